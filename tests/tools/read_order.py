"""Walks the glyphs of a PDF as they are painted: none may begin before a mark in front of it ends, for
readers that sort by x would swap the two.

usage: read_order.py FILE.pdf"""
import sys

import pypdf
from pypdf.generic import ContentStream


def widths(font):
    """Of an embedded font, by number of glyph, in 1/1000."""
    found, entries = {}, font["/DescendantFonts"][0].get_object()["/W"].get_object()
    for first, row in zip(entries[::2], entries[1::2]):
        found.update((first + i, float(width)) for i, width in enumerate(row.get_object()))
    return found


def glyphs(page):
    """Yields text of TJ as (begin, end) of each glyph in 1/1000 of the size, and None for another place."""
    fonts = {name: widths(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    now, x = None, 0.0
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator == b"Tf":
            now = fonts[operands[0]]
        if operator in (b"Tf", b"Td", b"Tm", b"BT"):
            x = 0.0
            yield None
        shown = operands[0] if operator == b"TJ" else operands if operator == b"Tj" else []
        for part in shown:
            if isinstance(part, (int, float)):
                x -= float(part)
                continue
            codes = part.original_bytes
            for i in range(0, len(codes), 2):
                begin, x = x, x + now[codes[i] << 8 | codes[i + 1]]
                yield begin, x


def main():
    count = faults = moved = 0
    for page in pypdf.PdfReader(sys.argv[1]).pages:
        last = None
        for glyph in glyphs(page):
            if glyph is not None:
                count += 1
                if last is not None and last[0] == last[1] and glyph[0] < last[1] - 0.5:
                    faults += 1
                moved += last is not None and glyph[0] < last[1] - 0.5
            last = glyph
    print(f"{count} glyphs, {moved} moved to the left, {faults} of them before a mark's end")
    return faults > 0 or count == 0


sys.exit(main())
