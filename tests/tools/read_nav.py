"""Compares bookmarks, page labels and links of a PDF with the dumps of its document and pages.

usage: read_nav.py DOCUMENT.txt PAGES.txt FILE.pdf

Titles and levels of bookmarks are those of the headings; a page's label is its number in the digits
that it is printed with; PDFium reads the text in the boxes of each link, and what stands where it leads."""
import re
import sys

import pypdf
import pypdfium2
from pypdf.generic import NullObject
from read_tags import DROPPED, TITLE, inline, read_document, unquote

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


QUOTED = r'"((?:[^"\\]|\\.)*)"'


def dumped(lines):
    """What the page dump says: (page, text, where) of each link and page, where being "name#id" or an
    address; and name#id: (page, height) of the targets. Of a link over lines each says its part."""
    found, targets, page, open_link = [], {}, -1, None
    for line in lines:
        if line.startswith("page "):
            page += 1
            height = float(line.split()[3])
        elif line.startswith("target "):
            _, top, name = line.split()
            targets[name] = (page, height - float(top))
        elif line.startswith("text "):
            said, end = line.rstrip("\n"), []
            while m := re.fullmatch(rf"(.*) -> {QUOTED} (?:{QUOTED}|(\w+#\d+))", said):
                said = m[1]
                end.insert(0, (page, unquote(m[2]), m[4] or unquote(m[3])))
            printed = unquote(re.search(rf"{QUOTED}(?: para-end)?$", said)[1]).strip()
            goes_on = bool(end) and open_link == end[0][::2] and printed.startswith(end[0][1].strip())
            if goes_on:
                found[-1] = (page, found[-1][1] + end[0][1], end[0][2])
            found += end[goes_on:]
            reaches_end = bool(end) and printed.endswith(end[-1][1].strip()) and not said.endswith(" para-end")
            open_link = end[-1][::2] if reaches_end else None
    return found, targets


def dense(text):
    """Without what stands for spaces and line ends."""
    return "".join(text.translate(DROPPED).split())


def boxes_of(annotation):
    left, bottom, right, top = map(float, annotation["/Rect"])
    corners = [float(n) for n in annotation.get("/QuadPoints", [left, top, right, top, left, bottom, right, bottom])]
    assert len(corners) % 8 == 0
    for i in range(0, len(corners), 8):
        x, y = corners[i:i + 8:2], corners[i + 1:i + 8:2]
        assert x[0] == x[2] < x[1] == x[3] and y[0] == y[1] > y[2] == y[3], corners
        assert left <= x[0] and x[1] <= right and bottom <= y[2] and y[0] <= top, "a box outside of its link"
        yield x[0], y[2], x[1], y[0]


def annotations(reader, path):
    """(page, text in its boxes, annotation) of all links."""
    document = pypdfium2.PdfDocument(path)
    for number, (page, same) in enumerate(zip(reader.pages, document)):
        text = same.get_textpage()
        for annotation in page.get("/Annots", []):
            annotation = annotation.get_object()
            if annotation["/Subtype"] == "/Widget":  # a field, of which read_fields.py knows
                continue
            assert annotation["/Subtype"] == "/Link" and annotation["/F"] == 4
            # PDFium reads letters that touch the box, too
            read = "".join(text.get_text_bounded(left + 0.5, bottom, right - 0.5, top)
                           for left, bottom, right, top in boxes_of(annotation))
            yield number, dense(read), annotation


def addresses(found):
    """(address, text in its boxes) of what leads out of the file; over a page end it is one."""
    rest, said = "", []
    for _, read, annotation in found:
        if "/A" not in annotation:
            continue
        uri, address = annotation["/A"]["/URI"], annotation["/Contents"]
        assert uri.isascii() and " " not in uri
        rest += read
        if rest == dense(address) or not dense(address).startswith(rest):
            said.append((address, rest))
            rest = ""
    return said


def inside(reader, found):
    """(page, text, page and height that it leads to, name) of what leads to a place of the file."""
    numbers = {page.indirect_reference.idnum: i for i, page in enumerate(reader.pages)}
    for number, read, annotation in found:
        if "/Dest" in annotation:
            assert "/A" not in annotation
            place = annotation["/Dest"]
            assert len(place) == 5 and place[1] == "/XYZ" and place[2] == place[4] == NullObject()
            yield number, read, (numbers[list.__getitem__(place, 0).idnum], float(place[3])), annotation["/Contents"]


def by_number(node):
    """Nodes and texts in the order of the document, as the page dump numbers them."""
    yield node
    for kid in node.kids:
        yield from by_number(kid)


def beginning(node):
    """How a node begins on its page."""
    if node.get("title"):
        return dense(node.get("title"))[:20]
    return next((t for t in (dense(n.text) for n in by_number(node)) if t), "")[:20]


def compare_places(document, lines, reader, path, found):
    """Links inside of the file against the page dump, and what stands where they lead against the
    document, as PDFium reads it."""
    said, targets = dumped(lines)
    nodes = list(by_number(document))
    pages = pypdfium2.PdfDocument(path)
    wanted = [(page, dense(text), where) for page, text, where in said if where in targets]
    places = list(inside(reader, found))
    # without structure PDFium finds words otherwise, and with them what is in a box
    tagged = "/MarkInfo" in reader.trailer["/Root"]
    wanted_texts = [(page, text if tagged else "") for page, text, _ in wanted]
    texts = [(page, read if tagged else "") for page, read, _, _ in places]
    assert wanted_texts == texts, f"{wanted_texts}\n{texts}"
    for (_, _, where), (_, _, (page, top), name) in zip(wanted, places):
        assert (page, round(top, 3)) == (targets[where][0], round(targets[where][1], 3))
        start = beginning(nodes[int(where.split("#")[1]) - 1])
        read = dense(pages[page].get_textpage().get_text_bounded(0, top - 20, 900, top + 1))
        assert start and start in read, f"{where} begins {start!r}, but there stands {read!r}"
        label = reader.page_labels[page]
        assert re.match(rf"ไปยังหน้า \D*{label}\D*: ", name) and dense(name.split(": ", 1)[1]).startswith(start[:10])
    return len(places)


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
    found = list(annotations(reader, sys.argv[3]))
    lines = open(sys.argv[2], encoding="utf-8").readlines()
    written = {(dense(text), where) for _, text, where in dumped(lines)[0]}
    if "/MarkInfo" in reader.trailer["/Root"]:
        out = addresses(found)
        for address, read in out:
            assert dense(address) == read or (read, address) in written, f"{address!r} is {read!r} in the box of its link"
        schemes = text_of(document).count("://") + sum("://" in where for _, where in written)
        assert schemes == sum("://" in address for address, _ in out), f"{schemes} addresses: {out}"
    count = compare_places(document, lines, reader, sys.argv[3], found)
    boxes = [(number, *map(float, annotation.get_object()["/Rect"]))
             for number, page in enumerate(reader.pages) for annotation in page.get("/Annots", [])
             if annotation.get_object()["/Subtype"] == "/Link"]
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipLongEdge"
    print(f"{len(marks)} bookmarks, {len(folios)} labels, {len(boxes)} links, {count} of them inside", boxes)


main()
