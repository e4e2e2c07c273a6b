#!/usr/bin/env python3
"""`archive verify --format=json` fits its schema and its status: check_archive_verify.py BANTHUEK ARCHIVE EXPECTED [OPTION…]

EXPECTED is a JSON object of which each member must be in the answer, with the same value; of objects inside each member, too."""
import json
import pathlib
import subprocess
import sys

import fastjsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
STATUS = {"good": 0, "bad": 1, "cannot-tell": 4}
validate = fastjsonschema.compile(json.loads((ROOT / "src/cli/archive-verify.schema.json").read_text("utf-8")))


def compare(expected, found, place):
    for key, value in expected.items():
        if isinstance(value, dict):
            compare(value, found[key], f"{place}.{key}")
        else:
            assert found[key] == value, (f"{place}.{key}", value, found[key])


def main():
    program, archive, expected, *options = sys.argv[1:]
    done = subprocess.run([program, "archive", "verify", "--format=json", "--lang=en", "--archive", archive, *options], stdout=subprocess.PIPE)
    found = json.loads(done.stdout.decode("utf-8"))
    validate(found)
    assert done.returncode == STATUS[found["verdict"]], (done.returncode, found["verdict"])
    codes = sorted({finding["code"] for finding in found["findings"]})
    wanted = json.loads(expected)
    assert codes == wanted.pop("codes", []), (codes, found["findings"])
    compare(wanted, found, "")


main()
