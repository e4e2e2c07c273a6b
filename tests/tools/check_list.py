#!/usr/bin/env python3
"""`archive list`, `show` and `open` tell of every document once, in order, as it was given, and as the schemas say; `keep` and `remove` do what they
say, also to what is imported later: check_list.py BANTHUEK WORK_DIR

Three made-up agencies over some years, in an archive and in one that imported it."""
import contextlib
import hashlib
import json
import os
import pathlib
import pwd
import random
import re
import sqlite3
import subprocess
import sys

import fastjsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM, WORK = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
AGENCIES = ["องค์การบริหารส่วนตำบลหนองสมมติ", "เทศบาลตำบลบึงตัวอย่าง", "องค์การบริหารส่วนตำบลดอนทดลอง"]


def schema(name):
    return fastjsonschema.compile(json.loads((ROOT / f"src/cli/{name}.schema.json").read_text("utf-8")))


schemas = {}


def banthuek(*arguments, archive="a.db", status=0):
    done = subprocess.run([PROGRAM, "archive", *map(str, arguments), "--lang=en", "--archive", WORK / archive], capture_output=True)
    if done.returncode != status:
        sys.exit(f"archive {arguments}: {done.returncode}\n{done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout.decode()


def as_json(name, *arguments, **more):
    said = json.loads(banthuek(*arguments, "--format=json", **more))
    if name not in schemas:
        schemas[name] = schema(name)
    schemas[name](said)
    return said


def listed(*arguments, **more):
    said = as_json("list", "list", *arguments, **more)
    assert said["count"] == len(said["documents"])
    return said["documents"]


def fill():
    """Documents in any order, each with what is said of it; entry n is documents[n - 1]."""
    documents = [{"agency": agency, "year": year, "number": f"สม 1/{number}", "date": f"{year}-03-0{number % 9 + 1}", "subject": f"รายงานฉบับที่ {number}"}
                 for agency in AGENCIES for year in range(2555, 2570, 3) for number in (2, 10)]
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
    assert listed("--since=2560", "--until=2564", "--agency=ตำบล", "--number=๑๐") == [d for d in found if 2560 <= d["year"] <= 2564 and d["number"].endswith("10")]
    for day in ("31/12/2566", "1/1/2567", "2569-11-30", "1/1/2799"):
        year = int(day.split("-")[0] if "-" in day else day[-4:])
        assert listed("--due", day) == [d for d in found if d["retention"] <= (f"{year}-01-01" if day.startswith("1/1") else f"{year}-12-31")], day
    assert listed("--due") == listed("--due=")
    lines = banthuek("list").splitlines()
    assert len(lines) == len(documents) + 2 and lines[-1] == f"documents: {len(documents)}"


def hash_of(*parts):
    return hashlib.sha256(b"".join(parts)).hexdigest()


def shows(documents, names, archive):
    """Each entry is tied to the one before, and its document comes out as it went in. `names`: of the entries 1, 2, …."""
    before = None
    for i, name in enumerate(names):
        said = as_json("show", "show", name, archive=archive)
        fields = {key: said[key] for key in ("digest", "time")} | {"kind": "add", "n": i + 1}
        assert before in (None, said["previous"])
        assert said["hash"] == hash_of(bytes.fromhex(said["previous"]), json.dumps(fields, separators=(",", ":"), sort_keys=True).encode())
        before = said["hash"]
        if i >= len(documents) or i % 4 > 0:
            continue
        assert {key: said["columns"][key] for key in documents[i]} == documents[i] and said["state"] == "there"
        out = WORK / f"{archive}-{i}.txt"
        banthuek("open", name, "-o", out, archive=archive)
        assert out.read_bytes() == (WORK / f"{i}.txt").read_bytes() and hash_of(out.read_bytes()) == said["sha256"]
        assert "was there already" in banthuek("open", name, "-o", out, archive=archive)
    return before


def reports():
    """A report of ours has its parts, and the register knows its number; all of it is in the JSON."""
    source = (ROOT / "samples/memo/report.yaml").read_text("utf-8")
    for name, number in (("first", "99902/7"), ("again", "99902/7")):
        text = re.sub(r"(?m)^ที่:.*", f"ที่: สม {number}", source).replace("0 0000 0000", "0 0000 0001" if name == "again" else "0 0000 0000")
        (WORK / f"{name}.yaml").write_text(text, "utf-8")
        subprocess.run([PROGRAM, "render", "--preprinted", WORK / f"{name}.yaml", "-o", WORK / f"{name}.pdf"], check=True)
    as_json("number", "register", "next", "--agency=องค์การบริหารส่วนตำบลหนองสมมติ", "--first=7", "--date=15/8/2566", archive="c.db")
    banthuek("add", WORK / "first.pdf", WORK / "again.pdf", archive="c.db")
    first, again, number = (as_json("show", "show", n, archive="c.db") for n in (2, 3, 1))
    assert first["newer"] == 3 and again["earlier"] == [2] and again["columns"]["supersedes"] == 2
    assert again["number_entry"] == 1 and number["number_state"] == "used" and number["documents"] == [3]
    assert [d["entry"] for d in listed(archive="c.db")] == [3] and [d["newer"] for d in listed("--all", archive="c.db")] == [3, None]
    for part in again["parts"]:
        assert part["there"]
        out = WORK / ("part-" + part["name"].replace("/", "-"))
        banthuek("open", 3, "--part", part["name"], "-o", out, archive="c.db")
        assert hash_of(out.read_bytes()) == part["sha256"] and out.stat().st_size == part["size"]
    assert (WORK / "part-report.yaml").read_text("utf-8").startswith("# ") and {p["role"] for p in again["parts"]} >= {"report", "template", "font"}
    as_json("search", "search", "ขออนุมัติ", archive="c.db")
    as_json("register", "register", "list", archive="c.db")


def rows(archive, query):
    with contextlib.closing(sqlite3.connect(WORK / archive)) as db:
        return db.execute(query).fetchall()


STATE = ("SELECT about, n, retention, text FROM note ORDER BY n", "SELECT n, newer, supersedes FROM document ORDER BY n", "SELECT n, by FROM removed ORDER BY n")


def same_state(archive, other):
    """What an archive that came out of a bag knows of versions, notes and removals is what the first one knows."""
    for query in STATE:
        assert rows(archive, query) == rows(other, query), (query, rows(archive, query), rows(other, query))


def holds(archive, piece):
    return [path.name for path in (WORK / archive, WORK / f"{archive}-wal") if path.exists() and piece in path.read_bytes()]


def removals():
    """A document that is removed is in neither the file nor its log; its versions are tied, and all of it outlasts export and import."""
    source = (ROOT / "samples/memo/report.yaml").read_text("utf-8").replace("หนองสมมติ", "เฉพาะแฟ้มนี้").replace("นางสมใจ", "นางลบแล้ว")
    source = re.sub(r"(?m)^เรื่อง:.*", "เรื่อง: เรื่องที่ต้องไม่เหลือ", source)
    for n in 1, 2, 3, 4:
        (WORK / f"v{n}.yaml").write_text(source.replace("0 0000 0000", f"0 0000 000{n}"), "utf-8")
        subprocess.run([PROGRAM, "render", "--preprinted", WORK / f"v{n}.yaml", "-o", WORK / f"v{n}.pdf"], check=True)
    (WORK / "other.txt").write_text("other", "utf-8")
    banthuek("add", *(WORK / f"v{n}.pdf" for n in (1, 2, 3)), WORK / "other.txt", archive="d.db")
    banthuek("keep", 2, "--years=30", "--reason=ขอสงวนไว้", "--who=ผู้เก็บ", archive="d.db")
    banthuek("keep", 4, "--for-ever", archive="d.db")
    banthuek("export", WORK / "before", archive="d.db")
    banthuek("import", WORK / "before", archive="e.db")
    same_state("d.db", "e.db")
    banthuek("remove", 2, "--reason=ครบกำหนด", archive="d.db", status=1)
    for n, tied in ((2, [(1, 3, None), (3, None, 2), (4, None, None)]), (3, [(1, None, None), (4, None, None)])):
        banthuek("remove", n, "--reason=ครบกำหนด", "--early", archive="d.db")
        assert rows("d.db", STATE[1]) == tied
    by = as_json("show", "show", 3, archive="d.db")["removed"]
    assert by["reason"] == "ครบกำหนด" and by["who"] == pwd.getpwuid(os.getuid()).pw_name
    # nothing is left of the last of them
    salts = [salt for salt, in rows("d.db", "SELECT salt FROM sealed WHERE n = 1")]
    pdf = (WORK / "v1.pdf").read_bytes()
    # a piece may lie over the end of a page of the file: of a few neighbours one does not
    parts = [next(pdf[at:at + 64] for at in range(start, start + 512, 64) if holds("d.db", pdf[at:at + 64]))
             for start in (0, len(pdf) // 2, len(pdf) - 576)]
    pieces = [*salts, *parts, *(word.encode() for word in ("เฉพาะแฟ้มนี้", "นางลบแล้ว", "เรื่องที่ต้องไม่เหลือ", "v1.pdf")), hashlib.sha256(pdf).digest()]
    assert all(holds("d.db", piece) for piece in pieces)
    said = banthuek("remove", 1, "--reason=ครบกำหนด", "--who=ผู้ลบ", "--early", archive="d.db")
    assert "gone: " in said and "by whom" in said
    left = [(piece[:20], holds("d.db", piece)) for piece in pieces if holds("d.db", piece)]
    assert not left, left
    assert as_json("search", "search", "เรื่องที่ต้องไม่เหลือ", archive="d.db")["hits"] == [] and [d["entry"] for d in listed("--all", archive="d.db")] == [4]
    # it may come again, as another entry
    assert "kept as entry 10" in banthuek("add", WORK / "v1.pdf", archive="d.db")
    # the same archive again, and the one that was imported before goes on
    head = as_json("export", "export", WORK / "after", archive="d.db")["head"]
    assert as_json("import", "import", WORK / "after", archive="g.db")["head"] == head
    same_state("d.db", "g.db")
    assert as_json("import", "import", WORK / "after", archive="e.db")["what"] == "continued"
    same_state("d.db", "e.db")
    assert not holds("e.db", salts[0]) and banthuek("open", 1, "-o", WORK / "v1.pdf", archive="e.db", status=1) == ""
    # beside other entries
    banthuek("add", WORK / "own.txt", archive="h.db")
    banthuek("import", WORK / "before", archive="h.db")
    banthuek("import", WORK / "after", archive="h.db")
    assert rows("h.db", "SELECT about, n, retention, text FROM note WHERE chain = 1 ORDER BY n") == rows("d.db", STATE[0])
    for archive in "d.db", "e.db", "g.db", "h.db":
        banthuek("verify", "--quick", archive=archive)
    assert "for ever" in banthuek("show", "4@เฉพาะ", archive="h.db") and "ครบกำหนด" in banthuek("show", "2@เฉพาะ", archive="h.db")
    for command in (("remove", "4@เฉพาะ", "--reason=x", "--early"), ("keep", "4@เฉพาะ", "--years=10", "--reason=x")):
        before = (WORK / "h.db").read_bytes()
        banthuek(*command, archive="h.db", status=1)
        assert (WORK / "h.db").read_bytes() == before


def main():
    documents = fill()
    lists(documents)
    head = shows(documents, range(1, len(documents) + 1), "a.db")
    assert as_json("head", "show", "--head")["hash"] == head
    reports()
    as_json("export", "export", WORK / "bag")
    (WORK / "own.txt").write_text("own", "utf-8")
    banthuek("add", WORK / "own.txt", "--year=2570", archive="b.db")
    as_json("import", "import", WORK / "bag", archive="b.db")
    chain, = as_json("show", "show", 2, archive="b.db")["columns"]["chains"]
    assert chain["head"] == shows(documents, [f"{n + 1}@{chain['archive'][:8]}" for n in range(len(documents))], "b.db") == head
    assert as_json("head", "show", "--head", f"@{chain['name']}", archive="b.db")["hash"] == head
    found = listed(archive="b.db")
    assert found[0]["file"] == "own.txt" and found[0]["archive"] is None
    assert {d["archive"] for d in found[1:]} <= set(AGENCIES) and len(found) == len(documents) + 1
    assert listed("--due=1/1/2799", archive="b.db") == found[:1]  # what was imported is not ours to remove
    removals()
    print(f"{len(documents)} documents listed, shown, given back and removed")


main()
