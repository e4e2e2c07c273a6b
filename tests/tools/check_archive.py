#!/usr/bin/env python3
"""Checks an archive without the program, by what src/archive/chain.h says: every hash of the chain is reckoned anew, every content is
compared with its hash, every file given is there byte for byte, and the columns are JSON in the one fixed form. Prints how many entries there are.
usage: check_archive.py ARCHIVE [FILE...]"""
import hashlib
import json
import re
import sqlite3
import sys
import zlib


def fail(text):
    sys.exit(f"{sys.argv[1]}: {text}")


def canonical(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # what is not seen is escaped: controls, ends of lines and paragraphs, marks of direction
    return re.sub("[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\x7f-\x9f]", lambda found: f"\\u{ord(found[0]):04x}", text).encode()


def unpacked(kept):
    """What archive/pack.h says: a number of seven bits a byte, twice the size and one more where it is deflated."""
    head = at = 0
    while True:
        head |= (kept[at] & 0x7F) << (7 * at)
        at += 1
        if kept[at - 1] < 0x80:
            break
    bytes_ = zlib.decompress(kept[at:], -15) if head & 1 else kept[at:]
    return bytes_ if len(bytes_) == head >> 1 else fail("a packed content has another size")


def content_of(kind, kept):
    return kept if kind == 1 else unpacked(kept)


def check_chain(db):
    archive_id = db.execute("SELECT value FROM meta WHERE key = 'id'").fetchone()[0]
    previous, last, count = hashlib.sha256(archive_id.encode()).digest(), "", 0
    rows = db.execute("""SELECT e.n, e.time, e.kind, e.digest, e.previous, e.hash, s.salt, s.columns, c.sha256, r.by FROM entry AS e
        LEFT JOIN sealed AS s ON s.chain = e.chain AND s.n = e.n LEFT JOIN content AS c ON c.id = s.content
        LEFT JOIN removed AS r ON r.chain = e.chain AND r.n = e.n WHERE e.chain = 0 ORDER BY e.n""")
    for n, time, kind, digest, before, own, salt, columns, content, removed in rows:
        count += 1
        told = canonical({"n": n, "time": time, "kind": kind, "digest": digest.hex()})
        if n != count or before != previous or time < last or hashlib.sha256(previous + told).digest() != own:
            fail(f"entry {n} does not hang on the one before")
        previous, last = own, time
        if salt is None:
            if removed is None:
                fail(f"entry {n} is empty, and nobody removed it")
            continue
        columns = unpacked(columns)
        if canonical(json.loads(columns)) != columns:
            fail(f"entry {n}: its columns are not in the fixed form")
        sealed = {"columns": json.loads(columns)} | ({"content": content.hex()} if content else {})
        if len(salt) != 32 or hashlib.sha256(salt + canonical(sealed)).digest() != digest:
            fail(f"entry {n} says something else than was sealed")
    return count


def main():
    db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    count = check_chain(db)
    for sha256, size, kind, kept in db.execute("SELECT sha256, size, kind, bytes FROM content"):
        content = content_of(kind, kept)
        if hashlib.sha256(content).digest() != sha256 or len(content) != size:
            fail(f"content {sha256.hex()} is another")
    for name in sys.argv[2:]:
        with open(name, "rb") as file:
            given = file.read()
        found = db.execute("SELECT kind, bytes FROM content WHERE sha256 = ?", (hashlib.sha256(given).digest(),)).fetchone()
        if found is None or content_of(*found) != given:
            fail(f"{name} is not there as it was given")
    print(count)


if __name__ == "__main__":
    main()
