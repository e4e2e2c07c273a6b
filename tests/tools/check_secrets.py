#!/usr/bin/env python3
"""Passphrases of `sign`: from a file, a descriptor and the terminal, where nothing of them is shown, which is left as it was; asked
once for many files, never twice. usage: check_secrets.py BANTHUEK PKI PDF WORK_DIR"""
import os
import pathlib
import pty
import select
import signal
import subprocess
import sys
import termios
import time

program, pki, pdf, work = sys.argv[1:]
work = pathlib.Path(work)
secret = pathlib.Path(pki, "passphrase").read_bytes().rstrip(b"\n")
command = [program, "--lang=en", "sign", pdf, "--as", "preparer", "--name-differs", "--key", f"{pki}/rsa-encrypted.key", "--cert", f"{pki}/rsa.pem",
           "--chain", f"{pki}/root.pem", "--chain", f"{pki}/issuing.pem"]


def run(name, *more, status=0, **how):
    out = work / name
    done = subprocess.run(command + ["-o", str(out), *more], capture_output=True, start_new_session=True, **how)
    assert done.returncode == status, (name, done)
    assert out.exists() == (status == 0), name
    assert secret not in done.stdout + done.stderr
    return done


(work / "secret").write_bytes(secret + b"\r\nnot this\n")
(work / "wrong").write_bytes(b"another\n")
(work / "empty").write_bytes(b"")
run("file.pdf", "--secret-file", str(work / "secret"))
assert b"SIGN_PASSPHRASE" in run("wrong.pdf", "--secret-file", str(work / "wrong"), status=1).stderr
assert b"SIGN_SECRET_NONE" in run("empty.pdf", "--secret-file", str(work / "empty"), status=1).stderr
with open(work / "secret") as source:
    run("fd.pdf", "--secret-fd", str(source.fileno()), pass_fds=[source.fileno()])
# without a terminal there is none
assert b"SIGN_SECRET_NONE" in run("none.pdf", status=1, stdin=subprocess.DEVNULL).stderr


def terminal(arguments, typed, expect):
    """Runs at a terminal of its own; what it shows, and how it ended. `typed` is sent when it asks."""
    pid, master = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # however these tests were begun
        os.execv(program, arguments)
    shown, sent, end = b"", False, time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([master], [], [], 0.2)[0]:
            try:
                piece = os.read(master, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        if not sent and b"Passphrase of " in shown:
            assert not termios.tcgetattr(master)[3] & termios.ECHO, "asked before the terminal was silent"
            core = [line for process in children(pid) for line in open(f"/proc/{process}/limits") if "core" in line]
            assert core and all(line.split()[4] == "0" for line in core), core
            os.write(master, typed)
            sent = True
    assert sent, shown
    assert termios.tcgetattr(master)[3] & termios.ECHO, "the terminal is left without echo"
    _, status = os.waitpid(pid, 0)
    os.close(master)
    assert secret not in shown and typed.strip() not in shown, shown
    assert os.waitstatus_to_exitcode(status) == expect, (status, shown)
    return shown


def children(pid):
    found = [pid]
    with open(f"/proc/{pid}/task/{pid}/children") as source:
        for child in source.read().split():
            found += children(int(child))
    return found


terminal(command + ["-o", str(work / "tty.pdf")], secret + b"\n", 0)
# a letter taken back, in bytes of UTF-8, and the whole line
terminal(command + ["-o", str(work / "erased.pdf")], b"x\x15" + secret + "ก".encode() + b"\x7f\n", 0)
assert terminal(command + ["-o", str(work / "twice.pdf")], b"no such words\n", 1).count(b"Passphrase of") == 1
terminal(command + ["-o", str(work / "cancel.pdf")], b"\x03", -signal.SIGINT)
assert not (work / "twice.pdf").exists() and not (work / "cancel.pdf").exists()
# many files are asked for once
(work / "many").mkdir()
for name in "abc":
    (work / f"{name}.pdf").write_bytes(pathlib.Path(pdf).read_bytes())
several = command[:3] + [str(work / f"{name}.pdf") for name in "abc"] + command[4:] + ["--out-dir", str(work / "many")]
assert terminal(several, secret + b"\n", 0).count(b"Passphrase of") == 1
assert len(list((work / "many").iterdir())) == 3
print("secrets are asked for once and shown nowhere")
