#!/usr/bin/env python3
"""Prints the SHA-256 of the stream of every image of a PDF as it stands in the file, one a line: read_images.py FILE.pdf"""
import hashlib
import sys

import pypdf

for object_id in range(1, (reader := pypdf.PdfReader(sys.argv[1])).trailer["/Size"]):
    found = reader.get_object(pypdf.generic.IndirectObject(object_id, 0, reader))
    if isinstance(found, pypdf.generic.StreamObject) and found.get("/Subtype") == "/Image":
        print(hashlib.sha256(found._data).hexdigest())
