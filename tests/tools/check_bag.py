#!/usr/bin/env python3
"""Archives go out as bags and come back as they were: check_bag.py BANTHUEK WORK_DIR

Five made-up agencies over six years; what comes out is valid for other programs and byte for byte what went in; what is wrong with a bag
leaves the archive as it was."""
import contextlib
import filecmp
import hashlib
import json
import logging
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

import bagit

PROGRAM, WORK = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
AGENCIES = ["หนองสมมติ", "บึงตัวอย่าง", "ดอนทดลอง", "คลองสมมุติ", "เขาตัวอย่าง"]
REPORT = """template: memo
ส่วนราชการ: องค์การบริหารส่วนตำบล%s
โทร: 0 0000 0000
ที่: สม 9990%d/%d
วันที่: %d-0%d-15
เรื่อง: รายงานประจำปี %d
เรียน: นายก
เนื้อความ: |
  รายงานผลของปี %d
สรุป: จึงเรียนมาเพื่อโปรดทราบ
ลงนาม:
  ชื่อ: นางสมใจ นามสมมติ
  ตำแหน่ง: ผู้อำนวยการกองคลัง
"""
logging.disable(logging.CRITICAL)


def banthuek(*arguments, archive=None, status=0):
    done = subprocess.run([PROGRAM, *map(str, arguments), "--lang=en", *(["--archive", archive] if archive else [])], capture_output=True)
    if done.returncode != status:
        sys.exit(f"banthuek {arguments}: {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout.decode()


def export(archive, name, *options):
    folder = WORK / name
    done = json.loads(banthuek("archive", "export", folder, "--format=json", *options, archive=archive))
    return folder, done


def take(archive, *folders, status=0):
    lines = banthuek("archive", "import", *folders, "--format=json", archive=archive, status=status).splitlines()
    return [json.loads(line) for line in lines]


def same(one, other):
    """Whether two folders have the same files with the same bytes."""
    names = [sorted(p.relative_to(folder) for p in folder.rglob("*")) for folder in (one, other)]
    return names[0] == names[1] and not filecmp.cmpfiles(one, other, [p for p in names[0] if (one / p).is_file()], shallow=False)[1]


def is_valid(folder):
    bagit.Bag(str(folder)).validate()
    for kind in "sha256", "sha512":
        subprocess.run([f"{kind}sum", "--quiet", "-c", f"manifest-{kind}.txt", f"tagmanifest-{kind}.txt"], cwd=folder, check=True)


def check(true, what):
    if not true:
        sys.exit(f"check_bag: {what}")


def documents(number, agency):
    """Six years of an agency, a file of another program, and one that is classified."""
    made = []
    for year in range(2564, 2570):
        report = WORK / f"{number}-{year}.yaml"
        report.write_text(REPORT % (agency, number, year - 2563, year, number + 1, year, year), "utf-8")
        pdf = WORK / f"{number}-{year}.pdf"
        banthuek("render", "--preprinted", report, "-o", pdf)
        made.append(pdf)
    (WORK / f"{number}.csv").write_text(f"=1+1,{agency}\n", "utf-8")
    return [*made, WORK / f"{number}.csv"]


def agency_archive(number, agency):
    archive = WORK / f"{number}.db"
    files = documents(number, agency)
    banthuek("archive", "add", *files, archive=archive)
    (WORK / "secret.txt").write_text(f"ลับ {agency}", "utf-8")
    banthuek("archive", "add", WORK / "secret.txt", "--secret", archive=archive)
    return archive, files


def round_trip(archive, files, number):
    for options in (), ("--secret",), ("--no-assets",):
        name = f"{number}{''.join(options)}"
        bag, out = export(archive, name, *options)
        is_valid(bag)
        check(out["entries"] == 8 and out["documents"] == 7 + ("--secret" in options), f"{out}")
        again = WORK / f"back-{name}.db"
        back, = take(again, bag)
        check(back["what"] == "restored" and back["head"] == out["head"], f"{back} {out}")
        second, out = export(again, f"{name}-again", *options)
        check(same(bag, second), f"{second} differs")
        there = {hashlib.sha256(path.read_bytes()).digest() for path in bag.rglob("*") if path.is_file()}
        check(all(hashlib.sha256(path.read_bytes()).digest() in there for path in files), "a document did not come out as it went in")
        check((hashlib.sha256((WORK / "secret.txt").read_bytes()).digest() in there) == ("--secret" in options), "classified")
    return WORK / f"{number}"


def federation(bags, archives):
    central = WORK / "central.db"
    check([done["what"] for done in take(central, *bags)] == ["taken"] * 5, "not taken")
    before, _ = export(central, "central")
    is_valid(before)
    check([done["what"] for done in take(central, *bags)] == ["unchanged"] * 5, "changed")
    check(same(before, export(central, "central-again")[0]), "an import of the same changed something")
    found = json.loads(banthuek("archive", "search", "รายงานประจำปี", "--format=json", "--limit=100", archive=central))
    check(len(found["hits"]) == 30, f"{len(found['hits'])} found")
    # one goes on
    (WORK / "more.txt").write_text("more", "utf-8")
    banthuek("archive", "add", WORK / "more.txt", archive=archives[0])
    longer, _ = export(archives[0], "longer")
    done, = take(central, longer)
    check(done["what"] == "continued" and done["entries"] == 1, f"{done}")
    check(take(central, bags[0])[0]["what"] == "unchanged", "an earlier bag changed something")
    # what was withheld comes later, and changes no head
    whole, _ = export(archives[1], "with-secret", "--secret")
    done, = take(central, whole)
    check(done["what"] == "continued" and done["documents"] == 1, f"{done}")
    # the whole federation in one bag
    everything, out = export(central, "everything", "--secret")
    is_valid(everything)
    fresh = WORK / "fresh.db"
    done, = take(fresh, everything)
    check(done["what"] == "restored" and done["archives"] == 5 and done["head"] == out["head"], f"{done}")
    check(same(everything, export(fresh, "everything-again", "--secret")[0]), "a federation comes back otherwise")
    # two copies that went on apart
    (WORK / "fork.txt").write_text("fork", "utf-8")
    banthuek("archive", "add", WORK / "fork.txt", archive=WORK / "back-0--secret.db")
    fork, _ = export(WORK / "back-0--secret.db", "fork", "--secret")
    take(central, fork, status=1)
    check(same(everything, export(central, "after-fork", "--secret")[0]), "a fork changed something")
    return central, everything


def killed(bag):
    """Ended at any moment an import left all of it or nothing, and an export no folder."""
    for moment in range(6):
        archive, folder = WORK / f"killed-{moment}.db", WORK / f"killed-{moment}"
        banthuek("archive", "add", WORK / "0.csv", archive=archive)
        before = export(archive, f"killed-before-{moment}")[1]["head"]
        for arguments in (["import", bag], ["export", folder]):
            running = subprocess.Popen([PROGRAM, "archive", *arguments, "--archive", archive], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(0.02 * moment)
            running.send_signal(signal.SIGKILL)
            running.wait()
        after = export(archive, f"killed-after-{moment}")[1]
        check(after["head"] == before and after["entries"] == 1 or after["entries"] > 40, f"{after}")
        if folder.exists():
            is_valid(folder)
        take(archive, bag)


def signed():
    """A memo that was signed, and got its number behind the signature: both come out of the bag as they went in, and still good; the
    register comes back with what is used."""
    pki, archive, report = WORK.parent / "pki", WORK / "signed.db", WORK / "open.yaml"
    report.write_text(re.sub("^(ที่: สม 99901/).*$", r"\1", re.sub("^(วันที่: 2569)-.*$", r"\1-11", REPORT % ("หนองสมมติ", 1, 1, 2569, 1, 2569, 2569), flags=re.M),
                             flags=re.M), "utf-8")
    plain, one, numbered = WORK / "plain.pdf", WORK / "one.pdf", WORK / "numbered.pdf"
    banthuek("render", "--preprinted", report, "-o", plain)
    banthuek("sign", plain, "--as", "preparer", "--name-differs", "--key", pki / "rsa.key", "--cert", pki / "rsa.pem", "--chain", pki / "issuing.pem",
             "-o", one)
    banthuek("archive", "register", "next", "--for", one, "-o", numbered, "--date", "30/11/2569", archive=archive)
    banthuek("archive", "register", "next", "--date", "30/11/2569", archive=archive)
    banthuek("archive", "add", one, numbered, archive=archive)
    before = banthuek("archive", "register", "list", "--format=json", archive=archive)
    check('"state": "used"' in before and '"state": "given"' in before, before)
    bag, _ = export(archive, "signed")
    is_valid(bag)
    back = WORK / "signed-back.db"
    check(take(back, bag)[0]["what"] == "restored", "signed")
    check(banthuek("archive", "register", "list", "--format=json", archive=back) == before, "the register came back otherwise")
    again, _ = export(back, "signed-again")
    check(same(bag, again), "signed PDFs come back otherwise")
    for path in one, numbered:
        there = [other for other in again.rglob("*.pdf") if other.read_bytes() == path.read_bytes()]
        check(len(there) == 1, f"{path} is not there")
        banthuek("verify", there[0], "--trust", pki / "trust.pem")


def peak(*arguments, archive):
    """Bytes of memory that a command had at most, or this one when it began it."""
    child = subprocess.Popen([PROGRAM, "archive", *map(str, arguments), "--archive", archive], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    check(status == 0, f"{arguments}: {status}")
    return used.ru_maxrss * 1024


def flat():
    """What an export keeps in memory does not grow with the archive. AddressSanitizer keeps what was given back."""
    peaks = []
    for count in 100, 2500:
        folder, archive = WORK / f"many-{count}", WORK / f"many-{count}.db"
        folder.mkdir()
        for i in range(count):
            (folder / f"{i}.txt").write_text(f"{i}", "utf-8")
        banthuek("archive", "add", folder, "--agency", "องค์การบริหารส่วนตำบลหนองสมมติ", "--subject", "รายงานผลการดำเนินงาน" * 5,
                 archive=archive)
        peaks.append(peak("export", WORK / f"bag-{count}", archive=archive))
    sanitized = b"__asan_init" in pathlib.Path(PROGRAM).with_name("libexec").joinpath("banthuek-archive").read_bytes()
    check(sanitized or peaks[1] < peaks[0] * 1.2, f"{peaks[1]} bytes of memory with 2,500 documents, {peaks[0]} with 100")


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir()
    signed()
    flat()
    archives, bags = [], []
    for number, agency in enumerate(AGENCIES):
        archive, files = agency_archive(number, agency)
        archives.append(archive)
        bags.append(round_trip(archive, files, number))
    _, everything = federation(bags, archives)
    killed(everything)
    # what a spreadsheet would take for a formula is none
    text = (bags[0] / "data/entries.csv").read_text("utf-8")
    check(text.startswith("\ufeff") and "\r\n" in (bags[0] / "data/entries.csv").read_bytes().decode(), "csv")


start = time.monotonic()
main()
print(f"5 agencies, {time.monotonic() - start:.1f} s")
