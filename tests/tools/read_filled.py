"""Compares the values of a PDF's text fields with what programs read of its pages, where appearances are read too.

usage: read_filled.py FILE.pdf COUNT [FIELD=TEXT...]    (how many fields have a value, and some of the values)"""
import subprocess
import sys

import pypdf
from expected import squash


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


READERS = {
    "pdftotext": ("pdftotext", "-enc", "UTF-8"),
    "pdftotext -layout": ("pdftotext", "-layout", "-enc", "UTF-8"),
    "pdftotext -raw": ("pdftotext", "-raw", "-enc", "UTF-8"),
    "mutool": ("mutool", "draw", "-q", "-F", "txt", "-o", "-"),
}


def main():
    path, count = sys.argv[1], int(sys.argv[2])
    wanted = dict(argument.split("=", 1) for argument in sys.argv[3:])
    fields = pypdf.PdfReader(path).get_fields()
    values = {name: field["/V"] for name, field in fields.items() if field.get("/FT") == "/Tx" and "/V" in field}
    bad = [f"{name} is {values.get(name)!r}" for name, text in wanted.items() if values.get(name) != text]
    if len(values) != count:
        bad.append(f"{len(values)} fields have a value")
    for name, command in READERS.items():
        text = squash(run(*command, path, *(["-"] if command[0] == "pdftotext" else [])))
        # pdftotext takes a hyphen at a line's end for hyphenation unless asked for the layout
        bad += [f"{name}: {field}: {line!r} is not read" for field, value in values.items() for line in value.split("\n")
                if squash(line).rstrip("-") not in text]
        bad += [f"{name}: U+FFFD"] * ("\ufffd" in text)
    print(f"{len(values)} values of {sum(len(v) for v in values.values())} characters, {len(bad)} faults")
    for fault in bad[:10]:
        print(f"    {fault}")
    return bool(bad)


sys.exit(main())
