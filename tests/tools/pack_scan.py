#!/usr/bin/env python3
"""Packs pictures of pages as office machines do: pack_scan.py KIND DPI OUT.pdf PAGE.png...
jpeg     one JPEG a page
strips   five JPEGs a page, one below the other
g4       one CCITT G4 image a page, of one bit
jbig2    the same data as a generic region of JBIG2 in MMR (ITU-T T.88 6.2.6, 7.4.6)
mrc      layers: the paper as a coarse JPEG, letters as a stencil in CCITT G4
jpx      one JPEG 2000 a page
flate    gray samples, deflated, with PNG predictors
lzw      gray samples as LZW, which PDF/A forbids
cmyk     one JPEG a page in colours of printing inks, which PDF/A forbids without a profile
Prints the SHA-256 of every image as it stands in the file."""
import hashlib
import struct
import subprocess
import sys
import zlib


def convert(*words):
    return subprocess.run(["convert", *words], check=True, capture_output=True).stdout


def size_of(page):
    return tuple(int(n) for n in convert(page, "-format", "%w %h", "info:").split())


def jpeg(page, *words):
    return convert(page, *words, "-quality", "60", "jpg:-")


def tags_of(tiff):
    """The tags of the first directory of a TIFF: number to list of integers."""
    order = "<" if tiff[:2] == b"II" else ">"
    at = struct.unpack(order + "I", tiff[4:8])[0]
    tags = {}
    for i in range(struct.unpack(order + "H", tiff[at:at + 2])[0]):
        tag, kind, count, value = struct.unpack(order + "HHI4s", tiff[at + 2 + 12 * i:at + 14 + 12 * i])
        form = {1: "B", 3: "H", 4: "I"}.get(kind)
        if form is None:
            continue
        size = struct.calcsize(form) * count
        where = struct.unpack(order + "I", value)[0]
        raw = value[:size] if size <= 4 else tiff[where:where + size]
        tags[tag] = list(struct.unpack(order + form * count, raw))
    return tags


def g4(page):
    """CCITT G4 data of a page of one bit, in one piece."""
    tiff = convert(page, "-colorspace", "Gray", "-threshold", "60%", "-type", "Bilevel", "-compress", "Group4",
                   "-define", "tiff:rows-per-strip=100000", "-define", "tiff:fill-order=msb", "tif:-")
    tags = tags_of(tiff)
    assert len(tags[273]) == 1 and tags[259] == [4] and tags.get(266, [1]) == [1] and tags[262] == [0], tags
    return tiff[tags[273][0]:tags[273][0] + tags[279][0]]


def jbig2(page):
    width, height = size_of(page)

    def segment(number, kind, data):
        return struct.pack(">IBBBI", number, kind, 0, 1, len(data)) + data
    return (segment(0, 48, struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)) +
            segment(1, 38, struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + g4(page)))


def lzw(data):
    """LZWDecode of ISO 32000-1 §7.4.4.2 with early change."""
    codes, bits, width, table = [], [], 9, {bytes([i]): i for i in range(256)}
    codes.append((256, 9))
    word = b""
    for byte in data:
        more = word + bytes([byte])
        if more in table:
            word = more
            continue
        codes.append((table[word], width))
        table[more] = len(table) + 2
        if len(table) + 2 >= (1 << width) - 0 and width < 12:
            width += 1
        word = bytes([byte])
        if len(table) + 2 >= 4094:
            codes.append((256, width))
            table, width = {bytes([i]): i for i in range(256)}, 9
    codes.append((table[word], width))
    codes.append((257, width))
    for code, wide in codes:
        bits.append(format(code, f"0{wide}b"))
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big")


class File:
    def __init__(self):
        self.objects = [b"", b""]  # catalog and pages
        self.pages = []

    def put(self, body):
        self.objects.append(body)
        return len(self.objects)

    def stream(self, entries, data):
        return self.put(b"<< " + entries + b" /Length %d >>\nstream\n" % len(data) + data + b"\nendstream")

    def image(self, width, height, entries, data):
        print(hashlib.sha256(data).hexdigest())
        return self.stream(b"/Type /XObject /Subtype /Image /Width %d /Height %d " % (width, height) + entries, data)

    def page(self, width, height, images, content):
        names = b" ".join(b"/Im%d %d 0 R" % (i, image) for i, image in enumerate(images))
        self.pages.append(self.put(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.3f %.3f] /Resources << /XObject << %s >> >> /Contents %d 0 R >>" %
            (width, height, names, self.stream(b"", content))))

    def write(self, path):
        self.objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
        self.objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
            len(self.pages), b" ".join(b"%d 0 R" % n for n in self.pages))
        out, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
        for i, body in enumerate(self.objects):
            places.append(len(out))
            out += b"%d 0 obj\n" % (i + 1) + body + b"\nendobj\n"
        table = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % at for at in places)
        out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, table)
        with open(path, "wb") as file:
            file.write(out)


GRAY, RGB, DCT = b"/ColorSpace /DeviceGray /BitsPerComponent 8 ", b"/ColorSpace /DeviceRGB /BitsPerComponent 8 ", b"/Filter /DCTDecode"
CCITT = b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns %d /Rows %d >>"


def place(name, width, height, y=0.0):
    return b"q %.3f 0 0 %.3f 0 %.3f cm /%s Do Q\n" % (width, height, y, name)


def rows_of(page):
    pnm = convert(page, "-colorspace", "Gray", "-depth", "8", "pgm:-")
    width, height = size_of(page)
    return width, height, pnm[-width * height:]


def add_strips(file, page, points):
    width, height = size_of(page)
    images, content, count = [], b"", 5
    for i in range(count):
        top, end = height * i // count, height * (i + 1) // count
        images.append(file.image(width, end - top, RGB + DCT,
                                 jpeg(page, "-type", "TrueColor", "-crop", f"{width}x{end - top}+0+{top}", "+repage")))
        tall = points[1] * (end - top) / height
        content += place(b"Im%d" % i, points[0], tall, points[1] - points[1] * end / height)
    file.page(*points, images, content)


def add_layers(file, page, points):
    width, height = size_of(page)
    paper = jpeg(page, "-type", "TrueColor", "-blur", "0x8", "-resize", "25%", "-brightness-contrast", "20x0")
    low = struct.unpack(">HH", next(paper[i + 5:i + 9] for i in range(2, len(paper)) if paper[i:i + 2] in (b"\xff\xc0", b"\xff\xc2")))
    back = file.image(low[1], low[0], RGB + DCT, paper)
    front = file.image(width, height, b"/ImageMask true /BitsPerComponent 1 " + CCITT % (width, height), g4(page))
    file.page(*points, [back, front], place(b"Im0", *points) + b"0.05 0.05 0.2 rg\n" + place(b"Im1", *points))


def add_one(file, kind, page, points):
    width, height = size_of(page)
    if kind == "jpeg":
        image = file.image(width, height, RGB + DCT, jpeg(page, "-type", "TrueColor"))
    elif kind == "cmyk":
        image = file.image(width, height, b"/ColorSpace /DeviceCMYK /BitsPerComponent 8 /Decode [1 0 1 0 1 0 1 0] " + DCT,
                           jpeg(page, "-colorspace", "CMYK"))
    elif kind == "jpx":
        image = file.image(width, height, b"/Filter /JPXDecode", convert(page, "-colorspace", "Gray", "-quality", "40", "jp2:-"))
    elif kind == "g4":
        image = file.image(width, height, b"/ColorSpace /DeviceGray /BitsPerComponent 1 " + CCITT % (width, height), g4(page))
    elif kind == "jbig2":
        image = file.image(width, height, b"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode", jbig2(page))
    else:
        width, height, rows = rows_of(page)
        if kind == "lzw":
            image = file.image(width, height, GRAY + b"/Filter /LZWDecode", lzw(rows))
        else:
            lines = b"".join(b"\0" + rows[i * width:(i + 1) * width] for i in range(height))
            image = file.image(width, height, GRAY + b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns %d >>" % width,
                               zlib.compress(lines))
    file.page(*points, [image], place(b"Im0", *points))


def main():
    kind, dpi, out, *pages = sys.argv[1:]
    file = File()
    for page in pages:
        points = tuple(side * 72 / float(dpi) for side in size_of(page))
        if kind == "strips":
            add_strips(file, page, points)
        elif kind == "mrc":
            add_layers(file, page, points)
        else:
            add_one(file, kind, page, points)
    file.write(out)


main()
