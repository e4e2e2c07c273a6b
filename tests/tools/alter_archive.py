#!/usr/bin/env python3
"""Does to an archive what no command does, past all checks: alter_archive.py ARCHIVE SQL

flip(BLOB, AT) is the blob with one bit of byte AT changed, exchange(PACKED, OLD, NEW) packed bytes (archive/pack.h) with one text for
another. A log of changes is brought into the file first."""
import sqlite3
import sys

sys.dont_write_bytecode = True
from check_archive import unpacked  # noqa: E402


def flip(blob, at):
    changed = bytearray(blob)
    changed[at] ^= 1
    return bytes(changed)


def exchange(packed, old, new):
    changed = unpacked(packed).replace(old.encode(), new.encode())
    head, count = b"", 2 * len(changed)
    while count >= 0x80:
        head, count = head + bytes([count & 0x7F | 0x80]), count >> 7
    return head + bytes([count]) + changed


archive = sqlite3.connect(sys.argv[1])
archive.create_function("flip", 2, flip)
archive.create_function("exchange", 3, exchange)
archive.executescript("PRAGMA foreign_keys = OFF; BEGIN; " + sys.argv[2] + "; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
archive.close()
