#!/usr/bin/env python3
"""Each call of the command that changes a file fails in turn, or the disk is full from there on, or the process is killed there, or at any
moment: archive_faults.py BUILD_DIR WORK_DIR FAULTS_SO. What was acknowledged is there, nothing is there by half, and what is done again is done."""
import contextlib
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import time

BUILD, WORK, SHIM = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]), os.path.abspath(sys.argv[3])
KILLS = 200
REPORT = (pathlib.Path(__file__).parents[2] / "samples/memo/report.yaml").read_bytes()
HEAD = re.sub("^ที่: .*".encode(), "ที่: สม 99902/".encode(), REPORT, flags=re.M)


def fail(what):
    sys.exit(f"archive_faults: {what}")


def start(arguments, **environment):
    return subprocess.Popen([BUILD / "banthuek", "archive", *arguments, "--lang=en"], cwd=WORK, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            env=os.environ | environment, start_new_session=True)


def run(arguments, **environment):
    process = start(arguments, **environment)
    said = b"".join(process.communicate()).decode(errors="replace")
    return process.returncode, said


def must(arguments):
    status, said = run(arguments)
    if status != 0:
        fail(f"{arguments}: {status}\n{said}")
    return said


def entries(archive="a.db"):
    """How many entries a good archive has; without one, none."""
    if not (WORK / archive).exists():
        return 0
    said = subprocess.run([BUILD / "tools/check-archive", WORK / archive], capture_output=True, text=True).stdout.strip()
    return 0 if said == "ARCHIVE_NONE" else int(said) if said.isdigit() else fail(f"{archive}: {said}")


class Deed:
    """What is done to a copy of what lies in `before`."""

    def __init__(self, name, arguments, grows, prepare=None):
        self.name, self.arguments, self.grows = name, arguments, grows
        self.before = WORK / f"before-{name.replace(' ', '-')}"
        self.before.mkdir()
        for path in WORK.glob("a.db*"):
            path.unlink()
        for command in prepare or []:
            must(command)
        for path in WORK.glob("a.db*"):
            path.rename(self.before / path.name)
        self.entries = 0
        self.begin()
        self.entries = entries()
        self.done = 0  # how often it was there though it failed, of which nobody was told

    def begin(self):
        for path in [*WORK.glob("a.db*"), *WORK.glob("out*"), *WORK.glob(".*")]:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for path in self.before.iterdir():
            shutil.copy(path, WORK)
        (WORK / "report.yaml").write_bytes(HEAD)

    def check(self, status, said, where):
        there = entries()
        if there not in (self.entries, self.entries + self.grows):
            fail(f"{self.name}, {where}: {there} entries\n{said}")
        if status == 0 and there != self.entries + self.grows:
            fail(f"{self.name}, {where}: acknowledged and not there\n{said}")
        self.done += status not in (0, -9) and self.grows > 0 and there > self.entries
        if status not in (0, -9) and not re.search(r"\[[A-Z_]+\]|ended unexpectedly", said):
            fail(f"{self.name}, {where}: no message, status {status}\n{said}")
        if (WORK / "report.yaml").read_bytes() not in (HEAD, HEAD.replace("99902/".encode(), "99902/1".encode(), 1)):
            fail(f"{self.name}, {where}: the report was torn")
        self.check_folder(status, where)

    def check_folder(self, status, where):
        out = WORK / "out"
        if out.exists():
            for kind in "sha256", "sha512":
                subprocess.run([f"{kind}sum", "--quiet", "-c", f"manifest-{kind}.txt", f"tagmanifest-{kind}.txt"], cwd=out, check=True)
        elif status == 0 and self.name == "export":
            fail(f"{self.name}, {where}: no folder")
        if status != -9 and (left := [path.name for path in WORK.iterdir() if path.name.startswith((".", "out.", "report.yaml."))]):
            fail(f"{self.name}, {where}: {left} is left")

    def again(self, where):
        """Nothing of the fault lasts."""
        there = entries()
        if self.name == "export":
            shutil.rmtree(WORK / "out", ignore_errors=True)
        if self.grows == 0 or there == self.entries:
            (WORK / "report.yaml").write_bytes(HEAD)
            status, said = run(self.arguments)
            if status != 0 or entries() != self.entries + self.grows:
                fail(f"{self.name} again after {where}: {status}\n{said}")


def fail_each(deed):
    """Every call in turn, each kind of fault; how many calls there are."""
    mark, calls = WORK / "mark", 0
    for kind in "enospc", "eio", "short", "full", "kill":
        at = 1
        while True:
            deed.begin()
            mark.unlink(missing_ok=True)
            where = f"{kind} at {at}"
            status, said = run(deed.arguments, LD_PRELOAD=SHIM, FAULT_AT=str(at), FAULT_KIND=kind, FAULT_MARK=str(mark))
            if not mark.exists():
                break
            deed.check(status, said, where)
            deed.again(where)
            at += 1
        calls = max(calls, at - 1)
    return calls


def kill_often(deed):
    """At so many moments of the time that it takes; how many of them were before its end."""
    longest = 9.0
    for _ in range(5):
        deed.begin()
        before = time.monotonic()
        run(deed.arguments)
        longest = min(longest, time.monotonic() - before)
    killed = 0
    for count in range(KILLS):
        deed.begin()
        process = start(deed.arguments)
        time.sleep(random.uniform(0, longest))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        said = b"".join(process.communicate()).decode(errors="replace")
        deed.check(process.returncode, said, f"killed {count}")
        deed.again(f"killed {count}")
        killed += process.returncode == -9
    return killed if killed > KILLS // 5 else fail(f"{deed.name}: only {killed} were killed before they ended")


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    random.seed(15)
    for number in range(1, 6):
        (WORK / f"{number}.txt").write_text(f"memo {number}\n" * 200 * number)
    (WORK / "report.yaml").write_bytes(HEAD)
    here = ["--archive", "a.db"]
    must(["add", "3.txt", "4.txt", "--archive", "other.db"])
    must(["register", "next", "--agency", "กองคลัง", "--archive", "other.db"])
    must(["export", "bag", "--archive", "other.db"])
    some = [["add", "1.txt", "2.txt", *here]]
    deeds = [
        Deed("first add", ["add", "5.txt", *here], 1),
        Deed("add", ["add", "5.txt", *here], 1, some),
        Deed("register", ["register", "next", "--for", "report.yaml", "--agency", "กองคลัง", *here], 1, some),
        Deed("import", ["import", "bag", *here], 1, some),
        Deed("restore", ["import", "bag", *here], 3),
        Deed("export", ["export", "out", *here], 0, [["add", "1.txt", "2.txt", *here]]),
    ]
    if "remove" in must(["--help"]):
        deeds.append(Deed("remove", ["remove", "1", "--reason", "ครบกำหนด", "--early", "--who", "นาง ก", *here], 1, some))
    for deed in deeds:
        before = time.monotonic()
        calls, killed = fail_each(deed), kill_often(deed)
        print(f"{deed.name}: {calls} calls, {killed} killed, {deed.done} there though a fault was told, {time.monotonic() - before:.0f} s", flush=True)


main()
