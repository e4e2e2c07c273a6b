"""Checks the files that a PDF carries, and writes them into a folder.
usage: read_inside.py FILE.pdf FOLDER"""
import hashlib
import json
import pathlib
import sys

import pypdf

RELATIONS = {"report.canonical.json": "/Data", "findings.json": "/Supplement", "manifest.json": "/Supplement"}
TYPES = {".yaml": "/application/yaml", ".json": "/application/json", ".xml": "/application/xml", ".txt": "/text/plain",
         ".csv": "/text/csv", ".png": "/image/png",
         ".xlsx": "/application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

pdf, folder = sys.argv[1], pathlib.Path(sys.argv[2])
reader = pypdf.PdfReader(pdf)
root = reader.trailer["/Root"]
tree = root["/Names"]["/EmbeddedFiles"]["/Names"]
keys, specs = tree[0::2], tree[1::2]
files = {}
for key, reference in zip(keys, specs):
    spec = reference.get_object()
    name = spec["/UF"]
    assert name == spec["/F"] == key and name not in files, name
    stream = spec["/EF"]["/F"].get_object()
    files[name] = stream.get_data()
    assert spec["/AFRelationship"] == RELATIONS.get(name, "/Source"), name
    assert spec["/Desc"], name
    assert stream["/Subtype"] == TYPES[pathlib.PurePath(name).suffix], name
    assert stream["/Params"]["/Size"] == len(files[name]), name
    assert stream["/Params"]["/ModDate"] == reader.trailer["/Info"]["/CreationDate"], name
# name trees are sorted by the bytes of their keys, and every file is associated with the document
raw = [k.original_bytes for k in keys]
assert raw == sorted(raw), raw
assert sorted(r.idnum for r in root["/AF"]) == sorted(r.idnum for r in specs)

manifest = json.loads(files["manifest.json"])
for name in ("report.canonical.json", "findings.json"):
    if name in files:
        json.loads(files[name])
told = {one["name"]: one for one in manifest["inputs"] if one["role"] in ("report", "data", "template", "rubric")}
carried = set(files) - set(RELATIONS)
assert carried == ({n for n in told if manifest["options"]["data"] or n.startswith("template/")}), carried ^ set(told)
for name in carried:
    assert told[name]["size"] == len(files[name]), name
    assert told[name]["sha256"] == hashlib.sha256(files[name]).hexdigest(), name
for one in manifest["inputs"]:
    assert "/" not in one["name"] or one["role"] not in ("font", "emblem"), one

for name, data in files.items():
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
print(f"{len(files)} files")
