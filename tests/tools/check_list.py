#!/usr/bin/env python3
"""`archive list` tells of every document once, in order, and as the schema says: check_list.py BANTHUEK WORK_DIR

Three made-up agencies over some years, in an archive and in one that imported it."""
import json
import os
import pathlib
import random
import subprocess
import sys

import fastjsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM, WORK = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
AGENCIES = ["องค์การบริหารส่วนตำบลหนองสมมติ", "เทศบาลตำบลบึงตัวอย่าง", "องค์การบริหารส่วนตำบลดอนทดลอง"]


def schema(name):
    return fastjsonschema.compile(json.loads((ROOT / f"src/cli/{name}.schema.json").read_text("utf-8")))


def banthuek(*arguments, archive="a.db", status=0):
    done = subprocess.run([PROGRAM, "archive", *map(str, arguments), "--lang=en", "--archive", WORK / archive], capture_output=True)
    if done.returncode != status:
        sys.exit(f"archive {arguments}: {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout.decode()


def as_json(name, *arguments, **more):
    said = json.loads(banthuek(*arguments, "--format=json", **more))
    schema(name)(said)
    return said


def listed(*arguments, **more):
    said = as_json("list", "list", *arguments, **more)
    assert said["count"] == len(said["documents"])
    return said["documents"]


def fill():
    """Documents in any order, each with what is said of it; entry n is documents[n - 1]."""
    documents = [{"agency": agency, "year": year, "number": f"สม 1/{number}", "date": f"{year}-03-0{number % 9 + 1}", "subject": f"รายงานฉบับที่ {number}"}
                 for agency in AGENCIES for year in range(2555, 2570) for number in (2, 10)]
    random.Random(15).shuffle(documents)
    for i, document in enumerate(documents):
        (WORK / f"{i}.txt").write_text(f"{i}", "utf-8")
        banthuek("add", WORK / f"{i}.txt", *(f"--{key}={value}" for key, value in document.items()))
    return documents


def lists(documents):
    found = listed()
    assert [d["entry"] for d in found] == [documents.index(d) + 1 for d in sorted(documents, key=lambda d: (-d["year"], d["agency"], int(d["number"][5:])))]
    for document in found:
        assert {key: document[key] for key in documents[0]} == documents[document["entry"] - 1]
        assert document["retention"] == f"{document['year'] + 11}-01-01" and document["newer"] is None
    assert [d["entry"] for d in listed("--limit=7")] == [d["entry"] for d in found[:7]]
    assert listed("--since=2560", "--until=2562", "--agency=ตำบล", "--number=๑๐") == [d for d in found if 2560 <= d["year"] <= 2562 and d["number"].endswith("10")]
    for day in ("31/12/2566", "1/1/2567", "2569-11-30", "1/1/2799"):
        year = int(day.split("-")[0] if "-" in day else day[-4:])
        assert listed("--due", day) == [d for d in found if d["retention"] <= (f"{year}-01-01" if day.startswith("1/1") else f"{year}-12-31")], day
    assert listed("--due") == listed("--due=")
    lines = banthuek("list").splitlines()
    assert len(lines) == len(documents) + 2 and lines[-1] == f"documents: {len(documents)}"


def main():
    documents = fill()
    lists(documents)
    as_json("export", "export", WORK / "bag")
    (WORK / "own.txt").write_text("own", "utf-8")
    banthuek("add", WORK / "own.txt", "--year=2570", archive="b.db")
    as_json("import", "import", WORK / "bag", archive="b.db")
    found = listed(archive="b.db")
    assert found[0]["file"] == "own.txt" and found[0]["archive"] is None
    assert {d["archive"] for d in found[1:]} <= set(AGENCIES) and len(found) == len(documents) + 1
    assert listed("--due=1/1/2799", archive="b.db") == found[:1]  # what was imported is not ours to remove


main()
