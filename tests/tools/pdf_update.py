"""Appends to PDFs what an attacker would: revisions with any objects, tables and trailers, right or wrong."""
import io
import re
import struct
import zlib

from check_signatures import Reader
from pyhanko.pdf_utils import generic

NAME = generic.NameObject


def pdf_bytes(value):
    """A value in PDF syntax; bytes are taken as they are."""
    if isinstance(value, bytes):
        return value
    out = io.BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()


def stream(data, head=b"", packed=True):
    data = zlib.compress(data) if packed else data
    return b"<<%s%s/Length %d>>stream\n%s\nendstream" % (head, b"/Filter/FlateDecode" if packed else b"", len(data), data)


class File:
    """A signed PDF, and what is found in it."""

    def __init__(self, data):
        self.data = data
        self.reader = Reader(io.BytesIO(data), strict=False)
        self.root = self.reader.root
        self.trailer = self.reader.trailer
        self.startxref = int(re.findall(rb"startxref\s+(\d+)\s+%%EOF", data)[-1])
        self.size = int(self.trailer["/Size"])
        self.next = self.size

    def new(self):
        """A number that no object has."""
        self.next += 1
        return self.next - 1

    @staticmethod
    def number(value):
        """Of the object that a value is, or refers to."""
        return value.reference.idnum if isinstance(value, generic.IndirectObject) else value.container_ref.idnum

    @staticmethod
    def ref(number):
        return generic.IndirectObject(number, 0, None)

    def get(self, number):
        return generic.Reference(number, 0, self.reader).get_object()

    def pages(self):
        """Numbers of the pages, in order; our tree of pages may have several levels."""
        out, waiting = [], [self.root.raw_get("/Pages")]
        while waiting:
            node = waiting.pop(0)
            page = node.get_object()
            if "/Kids" in page:
                waiting = list(page["/Kids"]) + waiting
            else:
                out.append(self.number(node))
        return out

    def fields(self):
        """(full name, number, dictionary) of the fields that have values, in order."""
        out = []

        def walk(refs, name):
            for one in refs:
                field = one.get_object()
                full = ".".join(part for part in (name, str(field.get("/T", ""))) if part)
                if "/Kids" in field and "/FT" not in field:
                    walk(field["/Kids"], full)
                else:
                    out.append((full, self.number(one), field))

        walk(self.root["/AcroForm"]["/Fields"], "")
        return out

    def signatures(self, kind="/Sig"):
        """Fields with signatures of people (or /DocTimeStamp), in the order of signing."""
        signed = [one for one in self.fields() if one[2].get("/FT") == "/Sig" and "/V" in one[2]
                  and one[2]["/V"].get("/Type", "/Sig") == kind]
        return sorted(signed, key=lambda one: int(one[2]["/V"]["/ByteRange"][2]) + int(one[2]["/V"]["/ByteRange"][3]))

    def ends(self):
        """Where the bytes end that each signature covers."""
        ranges = [one[2]["/V"]["/ByteRange"] for one in self.signatures()]
        return [int(four[2]) + int(four[3]) for four in ranges]

    def copy(self, number, **changes):
        """An object's dictionary with entries changed; None removes one. Of a stream only the dictionary."""
        out = generic.DictionaryObject({NAME(key): value for key, value in ((k, self.get(number).raw_get(k)) for k in self.get(number))})
        for key, value in changes.items():
            if value is None:
                out.pop(NAME("/" + key), None)
            else:
                out[NAME("/" + key)] = value
        return out

    def where(self, number):
        """What the newest table says of an object: a row of a cross-reference stream."""
        entry = self.reader.xrefs[generic.Reference(number, 0, self.reader)]
        return (1, entry, 0) if isinstance(entry, int) else (2, entry.obj_stream_id, entry.ix_in_stream)

    def trailer_entries(self, **changes):
        out = {"Root": b"%d 0 R" % self.number(self.trailer.raw_get("/Root")), "ID": pdf_bytes(self.trailer.raw_get("/ID"))}
        if "/Info" in self.trailer:
            out["Info"] = b"%d 0 R" % self.number(self.trailer.raw_get("/Info"))
        out.update(Size=b"%d" % self.next, Prev=b"%d" % self.startxref)
        out.update({key: pdf_bytes(value) for key, value in changes.items()})
        return b"".join(b"/%s %s" % (key.encode(), value) for key, value in out.items() if value)

    def append(self, objects=(), rows=(), **trailer):
        """The file with a revision more: objects by number (bytes or values), further rows of its table (number to
        (type, a, b)), entries of its trailer (b"" leaves one out)."""
        out = bytearray(self.data)
        table = dict(rows)
        for number, value in dict(objects).items():
            table[number] = (1, len(out), 0)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, pdf_bytes(value))
        own = self.new()
        at = len(out)
        table[own] = (1, at, 0)
        numbers = sorted(table)
        packed = zlib.compress(b"".join(struct.pack(">BQH", *table[number]) for number in numbers))
        index = b" ".join(b"%d 1" % number for number in numbers)
        out += b"%d 0 obj\n<</Type/XRef/W[1 8 2]/Filter/FlateDecode/Length %d/Index[%s]%s>>stream\n%s\nendstream\nendobj\n" % (
            own, len(packed), index, self.trailer_entries(**trailer), packed)
        return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % at

    def append_table(self, objects=(), places=()):
        """The same with a table of the old kind: objects by number, and places of what lies in the file already."""
        out = bytearray(self.data)
        table = dict(places)
        for number, value in dict(objects).items():
            table[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, pdf_bytes(value))
        at = len(out)
        out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % (number, table[number]) for number in sorted(table))
        return bytes(out) + b"trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n" % (self.trailer_entries(), at)

    def append_hybrid(self, objects, hidden):
        """A revision with a table of the old kind, and a stream beside it that old readers do not see."""
        out = bytearray(self.data)
        table = {}
        for number, value in list(objects.items()) + list(hidden.items()):
            table[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, pdf_bytes(value))
        own, beside = self.new(), len(out)
        packed = b"".join(struct.pack(">BQH", 1, table[number], 0) for number in sorted(hidden))
        out += b"%d 0 obj\n<</Type/XRef/W[1 8 2]/Length %d/Index[%s]%s>>stream\n%s\nendstream\nendobj\n" % (
            own, len(packed), b" ".join(b"%d 1" % number for number in sorted(hidden)), self.trailer_entries(), packed)
        at = len(out)
        out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % (number, table[number]) for number in sorted(objects))
        return bytes(out) + b"trailer\n<<%s/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % (self.trailer_entries(), beside, at)
