"""Compares the texts that stand beside the pages of a PDF with those of its report: title and author
(in the information dictionary and in XMP, which are to agree), and alternatives.

usage: read_texts.py REPORT.json FILE.pdf"""
import json
import re
import sys
import unicodedata

import pypdf

# marks of direction are dropped when a report is read
DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def alternatives(element):
    if isinstance(element, list):
        for kid in element:
            yield from alternatives(kid.get_object())
    elif isinstance(element, dict):
        if element.get("/S") == "/Figure":
            yield str(element["/Alt"])
        yield from alternatives(element.get("/K", []).get_object() if "/K" in element else None)


def strings(value):
    """Every string of a file, at any depth of its objects."""
    if isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif hasattr(value, "original_bytes"):
        yield value.original_bytes


def main():
    report = json.load(open(sys.argv[1], encoding="utf-8"))
    reader = pypdf.PdfReader(sys.argv[2])
    want = {key: DIRECTION.sub("", unicodedata.normalize("NFC", text)).strip()
            for key, text in report.items()}
    info, xmp = reader.metadata, reader.xmp_metadata
    title, author = want["เรื่อง"], want.get("ผู้เขียน")
    assert info.title == title, f"title {info.title!r}, not {title!r}"
    assert xmp.dc_title == {"x-default": title}, f"title in XMP {xmp.dc_title!r}"
    assert info.author == author, f"author {info.author!r}, not {author!r}"
    assert xmp.dc_creator == ([author] if author else []), f"author in XMP {xmp.dc_creator!r}"
    found = list(alternatives(reader.trailer["/Root"]["/StructTreeRoot"]))
    if "คำอธิบาย" in want:
        assert found == [want["คำอธิบาย"]] * 2, f"alternatives {found!r}"
    assert all(found), "a figure without words"
    longest = max(len(s) for number in range(1, reader.trailer["/Size"])
                  for s in strings(reader.get_object(number)))
    assert longest <= 32767, f"a string of {longest} bytes"
    print(f"title, author, {len(found)} alternatives, strings of up to {longest} bytes")


main()
