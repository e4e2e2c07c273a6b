#!/usr/bin/env python3
"""Does to an archive what no command does, past all checks: alter_archive.py ARCHIVE SQL

flip(BLOB, AT) is the blob with one bit of byte AT changed. A log of changes is brought into the file first."""
import sqlite3
import sys


def flip(blob, at):
    changed = bytearray(blob)
    changed[at] ^= 1
    return bytes(changed)


archive = sqlite3.connect(sys.argv[1])
archive.create_function("flip", 2, flip)
archive.executescript("PRAGMA foreign_keys = OFF; BEGIN; " + sys.argv[2] + "; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")
archive.close()
