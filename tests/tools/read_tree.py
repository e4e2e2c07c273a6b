"""Writes the structure of a PDF as an outline: an element a line, with what it says of itself and,
where it has content, its text.

usage: read_tree.py FILE.pdf [--shape]    (--shape: text of headings alone, without elements inside of
lines and cells; of elements that follow each other and are the same in that, how many there are)

Heads of a cell are named by their texts."""
import sys

import pypdf
from read_tags import page_content

INLINE = ("Span", "Link", "Form")
CELLS = ("TH", "TD")


class Outline:
    def __init__(self, path, shape):
        self.reader, self.shape, self.heads = pypdf.PdfReader(path), shape, {}
        maps = {}
        self.contents = {page.indirect_reference.idnum: page_content(page, self.reader, maps)[0]
                         for page in self.reader.pages}
        self.root = self.reader.trailer["/Root"]["/StructTreeRoot"]
        self.read_heads(self.root["/K"].get_object())

    def kids(self, element):
        kids = element.get("/K", [])
        return [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids])]

    def text(self, element, page=None):
        page = element.raw_get("/Pg").idnum if "/Pg" in element else page
        out = ""
        for kid in self.kids(element):
            if isinstance(kid, int):
                out += self.contents[page][kid]
            elif kid.get("/Type") == "/MCR":
                out += self.contents[kid.raw_get("/Pg").idnum][kid["/MCID"]]
            elif "/S" in kid:
                out += self.text(kid, page)
        return out

    def read_heads(self, element):
        if "/ID" in element:
            self.heads[element["/ID"]] = self.text(element)
        for kid in self.kids(element):
            if not isinstance(kid, int) and "/S" in kid:
                self.read_heads(kid)

    def attributes(self, element):
        for key, value in element.get("/A", {}).items():
            if key == "/Headers":
                yield "Headers=" + " + ".join(self.heads[head] for head in value)
            elif key == "/BBox":
                left, bottom, right, top = map(float, value)
                assert left < right and bottom < top, f"a figure without extent: {value}"
                yield "BBox"
            elif key not in ("/O", "/Placement"):
                yield f"{key[1:]}={str(value).lstrip('/')}"
        for key in ("/Lang", "/Alt"):
            if key in element:
                yield f"{key[1:]}={element[key]}"

    def lines(self, element, depth=0):
        kind = element["/S"][1:]
        kids = [kid for kid in self.kids(element) if not isinstance(kid, int) and "/S" in kid]
        below = [self.lines(kid, depth + 1) for kid in kids
                 if not (self.shape and (kind in CELLS or kid["/S"][1:] in INLINE))]
        line = "  " * depth + " ".join([kind, *self.attributes(element)])
        flows = all(kid["/S"][1:] in INLINE for kid in kids)
        if flows and (kind.startswith("H") if self.shape else True) and self.text(element):
            line += f' "{self.text(element)}"'
        return [line] + [line for lines in self.merge(below, depth + 1) for line in lines]

    def merge(self, below, depth):
        if not self.shape:
            return below
        merged = []
        for lines in below:
            if merged and merged[-1][0] == lines:
                merged[-1][1] += 1
            else:
                merged.append([lines, 1])
        return [lines if count == 1 else ["  " * depth + f"{count} ×"] + lines for lines, count in merged]


def main():
    outline = Outline(sys.argv[1], "--shape" in sys.argv[2:])
    print("\n".join(outline.lines(outline.root["/K"].get_object())))


main()
