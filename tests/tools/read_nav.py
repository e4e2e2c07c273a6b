"""Compares bookmarks, page labels and links of a PDF with the dumps of its document and pages.

usage: read_nav.py DOCUMENT.txt PAGES.txt FILE.pdf

Titles and levels of bookmarks are those of the headings; a page's label is its number in the digits
that it is printed with; PDFium reads the address in the box of each link."""
import re
import sys

import pypdf
import pypdfium2
from read_tags import DROPPED, TITLE, inline, read_document

TITLE_MAX = 16382  # characters that a string of 32,767 bytes holds
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def headings(node):
    levels = {"head": 1, "h1": 1, "h2": 2, "opinion": 2, "h3": 3}
    if node.name in levels:
        title = {"head": node.get("title") or TITLE, "opinion": node.get("title")}.get(node.name)
        title = inline(node.kids) if title is None else title
        title = " ".join(title.replace("\n", " ").translate(DROPPED).split())
        if title:
            yield levels[node.name], title[:TITLE_MAX]
    for kid in node.kids:
        yield from headings(kid)


def nested(found):
    """(depth, title): below the heading before it of a higher level."""
    open_levels = []
    for level, title in found:
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        yield len(open_levels), title
        open_levels.append(level)


def bookmarks(reader, entries, depth=0):
    for entry in entries:
        if isinstance(entry, list):
            yield from bookmarks(reader, entry, depth + 1)
        else:
            page = reader.get_destination_page_number(entry)
            assert 0 <= entry.top <= reader.pages[page].mediabox.height
            yield depth, entry.title, page


def labels(lines):
    """The folio of each page, from what is printed on the pages of its section."""
    pages = [re.match(r'page \d+ \S+ \S+ section (\d+) number (\d+) "(.*)"$', line) for line in lines]
    pages = [m.groups() for m in pages if m]
    thai = {section: bool(re.search("[๐-๙]", label)) for section, _, label in pages if label}
    return [number.translate(THAI) if thai.get(section, True) else number
            for section, number, _ in pages]


def links(reader, path):
    """(address, address as read in its boxes): the lines of an address follow each other."""
    found, rest = [], ""
    document = pypdfium2.PdfDocument(path)
    for page, same in zip(reader.pages, document):
        for annotation in page.get("/Annots", []):
            annotation = annotation.get_object()
            assert annotation["/Subtype"] == "/Link" and annotation["/F"] == 4
            left, bottom, right, top = map(float, annotation["/Rect"])
            # PDFium reads letters that touch the box, too
            rest += same.get_textpage().get_text_bounded(left + 0.5, bottom, right - 0.5, top).strip()
            address = annotation["/Contents"]
            assert annotation["/A"]["/URI"].isascii()
            if rest == address or not address.startswith(rest):
                found.append((address, rest))
                rest = ""
    return found


def text_of(node):
    return node.text + "".join(text_of(kid) for kid in node.kids)


def main():
    document = read_document(open(sys.argv[1], encoding="utf-8"))
    reader = pypdf.PdfReader(sys.argv[3])
    marks = list(bookmarks(reader, reader.outline))
    wanted = list(nested(headings(document)))
    assert [m[:2] for m in marks] == wanted, f"{marks}\n{wanted}"
    assert [m[2] for m in marks] == sorted(m[2] for m in marks), "bookmarks go back"
    folios = labels(open(sys.argv[2], encoding="utf-8"))
    assert reader.page_labels == folios, f"{reader.page_labels}\n{folios}"
    if "/MarkInfo" in reader.trailer["/Root"]:
        found = links(reader, sys.argv[3])
        for address, read in found:
            assert address == read, f"{address!r} is {read!r} in the box of its link"
        schemes = text_of(document).count("://")
        assert schemes == sum("://" in address for address, _ in found), f"{schemes} addresses: {found}"
    boxes = [(number, *map(float, annotation.get_object()["/Rect"]))
             for number, page in enumerate(reader.pages) for annotation in page.get("/Annots", [])]
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipLongEdge"
    print(f"{len(marks)} bookmarks, {len(folios)} labels, {len(boxes)} links", boxes)


main()
