"""Compares what programs read out of a PDF with the chunks of its page dump.

usage: read_back.py PAGES.txt FILE.pdf [EXPECTED.txt]    (writes the expected lines when asked)

Running text: every chunk exact, in ascending order, in every program. Tables: every chunk exact and
in order in mutool, pdfium and pypdf; every set line found in the three modes of pdftotext."""
import subprocess
import sys
import unicodedata

import pypdf
import pypdfium2
from expected import chunks, squash


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


def pdfium(path):
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


READERS = {
    "pdftotext": lambda f: run("pdftotext", "-enc", "UTF-8", f, "-"),
    "pdftotext -layout": lambda f: run("pdftotext", "-layout", "-enc", "UTF-8", f, "-"),
    "pdftotext -raw": lambda f: run("pdftotext", "-raw", "-enc", "UTF-8", f, "-"),
    "mutool": lambda f: run("mutool", "draw", "-q", "-F", "txt", "-o", "-", f),
    "pdfium": pdfium,
    "pypdf": lambda f: "\n".join(p.extract_text() for p in pypdf.PdfReader(f).pages),
}


def in_order(text, wanted):
    """What of `wanted` is not found after the place of the one before."""
    at, missing = 0, []
    for want in wanted:
        found = text.find(want, at)
        if found < 0:
            missing.append(want)
        else:
            at = found + len(want)
    return missing


def split_words(raw, lines):
    """Blanks put inside the words of found lines: how many, and where."""
    faults = []
    flat = unicodedata.normalize("NFC", raw)
    for line in lines:
        for word in unicodedata.normalize("NFC", line).split():
            if word not in flat and squash(word) in squash(raw):
                faults.append(word)
    return faults


def main():
    found = chunks(open(sys.argv[1], encoding="utf-8").read())
    if len(sys.argv) > 3:
        with open(sys.argv[3], "w", encoding="utf-8") as out:
            out.writelines(c.text.strip() + "\n" for c in found if c.kind == "running")
    running = [squash(c.text) for c in found if c.kind == "running"]
    table = [squash(c.text) for c in found if c.kind == "table"]
    lines = [line for c in found for line in c.lines if squash(line)]
    bad = 0
    for name, read in READERS.items():
        raw = read(sys.argv[2])
        text = squash(raw)
        poppler = name.startswith("pdftotext")
        # pdftotext takes a hyphen at a line's end for hyphenation unless asked for the layout
        wanted = [r[:-1] if poppler and "layout" not in name and r.endswith("-") else r for r in running]
        faults = in_order(text, wanted)
        if poppler:
            faults += [l for l in lines if squash(l).rstrip("-") not in text]
        else:
            faults += in_order(text, table)
        faults += split_words(raw, lines)
        faults += ["U+FFFD"] * text.count("\ufffd")
        print(f"{name}: {len(running)} paragraphs, {len(table)} parts of cells, {len(faults)} faults")
        for fault in faults[:8]:
            print(f"    {fault}")
        bad += len(faults)
    return bool(bad) or not running


sys.exit(main())
