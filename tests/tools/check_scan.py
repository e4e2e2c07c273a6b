#!/usr/bin/env python3
"""What other programs read of the scan of a report: on each page the text of that page of the report, and the images' bytes.
usage: check_scan.py REPORT.pdf SCAN.pdf [PAGE...]: the report's pages that the scan has; all"""
import subprocess
import sys

import pypdf
import pypdfium2


def poppler(path, *options):
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", *options, path, "-"], check=True, capture_output=True).stdout.decode()
    return text.split("\f")[:-1]


def mupdf(path):
    text = subprocess.run(["mutool", "draw", "-q", "-F", "txt", "-o", "-", path], check=True, capture_output=True).stdout.decode()
    # what parts pages is not of either
    return [page.strip("\n") for page in text.split("\f")[:-1]]


def pdfium(path):
    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_range() for page in document]


def plain(path):
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


READERS = {
    "pdftotext": poppler,
    "pdftotext -layout": lambda path: poppler(path, "-layout"),
    "pdftotext -raw": lambda path: poppler(path, "-raw"),
    "MuPDF": mupdf,
    "PDFium": pdfium,
    "pypdf": plain,
}


def main():
    report, scan = sys.argv[1:3]
    fault = 0
    for name, reader in READERS.items():
        there, here = reader(report), reader(scan)
        pages = [int(page) for page in sys.argv[3:]] or range(1, len(there) + 1)
        if len(here) != len(pages):
            print(f"{name}: {len(here)} pages and not {len(pages)}")
            fault = 1
            continue
        for text, page in zip(here, pages):
            if not text.strip() or text != there[page - 1]:
                print(f"{name}: page {page} reads otherwise:\n{there[page - 1]}\n----\n{text}")
                fault = 1
    sys.exit(fault)


main()
