#!/usr/bin/env python3
"""`inspect --format=json` fits src/cli/inspect.schema.json and agrees with pypdf, for our PDFs and for foreign and
hostile ones; `extract` of ours gives what pypdf finds in it. usage: check_inspect.py BANTHUEK WORK_DIR"""
import hashlib
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys

import fastjsonschema
import pypdf

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
program, work = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).absolute()
schemas = {name: json.loads((ROOT / f"src/cli/{name}.schema.json").read_text("utf-8")) for name in ("check", "inspect")}
validate = fastjsonschema.compile(schemas["inspect"])
for key in "maxItems", "items":
    assert schemas["inspect"]["properties"]["messages"][key] == schemas["check"][key], key
shutil.rmtree(work, ignore_errors=True)
(work / "tmp").mkdir(parents=True)
checked = 0


def run(*args, status=0):
    """What a command prints; nothing may stay in the folder for temporary files."""
    done = subprocess.run(args, cwd=work, capture_output=True, env={**os.environ, "TMPDIR": str(work / "tmp")})
    assert done.returncode == status, (args, done)
    assert not list((work / "tmp").iterdir()), args
    return done.stdout.decode("utf-8")


def make(kind, *args):
    out = work / (kind + ".pdf")
    run(ROOT / "tests/tools/make-pdf", kind, out, *args)
    return out


def inspect(path, status=0):
    """The facts, after text and JSON in both languages have ended alike."""
    global checked
    checked += 1
    for lang in "en", "th":
        text = run(program, "inspect", "--lang", lang, path, status=status)
        facts = validate(json.loads(run(program, "inspect", "--lang", lang, "--format=json", path, status=status)))
        assert facts["readable"] == (status == 0) == bool(text), path
        assert not any(ord(c) < 32 and c != "\n" or 0x202A <= ord(c) <= 0x202E for c in text), text
        assert any(m["level"] == "error" for m in facts["messages"]) == (status != 0), facts["messages"]
    return facts


def agrees(path, facts):
    """Pages, tags, fonts and files are what pypdf finds."""
    pdf = pypdf.PdfReader(path)
    root = pdf.trailer["/Root"]
    assert facts["pages"]["count"] == len(pdf.pages)
    sizes = [(s["width"], s["height"]) for s in facts["pages"]["sizes"] for _ in range(s["count"])]
    for page, (width, height) in zip(pdf.pages, sizes):
        box = sorted((float(page.mediabox.width), float(page.mediabox.height)))
        assert all(abs(a - b) < 0.01 for a, b in zip(box, sorted((width, height))))
    elements = {}

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for kid in node:
                walk(kid)
        elif isinstance(node, dict):
            if "/S" in node:
                elements[node["/S"][1:]] = elements.get(node["/S"][1:], 0) + 1
            if "/K" in node:
                walk(node["/K"])

    if "/StructTreeRoot" in root:
        walk(root["/StructTreeRoot"])
    assert elements == {t["type"]: t["count"] for t in facts["tags"]["types"]}
    fonts = {f.get_object().get("/BaseFont", "/").split("+")[-1].lstrip("/")
             for p in pdf.pages for f in p.get("/Resources", {}).get("/Font", {}).values()}
    assert fonts == {f["name"] or "" for f in facts["fonts"]}, (fonts, facts["fonts"])
    files = {name: len(data) for name, [data] in pdf.attachments.items()}
    assert files == {f["name"]: f["size"] for f in facts["files"]}
    return pdf


def ours(report, *options):
    """A PDF of ours can be made again, byte for byte, and gives its files."""
    out, folder = work / "ours.pdf", work / "ours"
    shutil.rmtree(folder, ignore_errors=True)
    run(program, "render", *options, ROOT / report, "-o", out)
    facts = inspect(out)
    pdf = agrees(out, facts)
    assert facts["claims"] == {"pdfa": "3A", "pdfua": "1"} and facts["tags"]["marked"], facts["claims"]
    assert facts["again"] == {"result": "same-pages", "bytes": "same", "reason": None}, facts["again"]
    assert facts["messages"] == [] and all(f["embedded"] and f["to_unicode"] for f in facts["fonts"])
    run(program, "extract", out)
    for name, [data] in pdf.attachments.items():
        assert (folder / name).read_bytes() == data, name
    assert sum(p.is_file() for p in folder.rglob("*")) == len(pdf.attachments)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for entry in manifest["inputs"]:
        if entry["role"] not in ("font", "emblem"):
            assert hashlib.sha256((folder / entry["name"]).read_bytes()).hexdigest() == entry["sha256"]
    run(program, "render", *options, folder, "-o", "again.pdf")
    assert (work / "again.pdf").read_bytes() == out.read_bytes()
    return out


def changed(pdf):
    """What other programs make of a PDF of ours."""
    out = work / "changed.pdf"
    for options in (["--linearize"], ["--object-streams=disable", "--qdf"], ["--encrypt", "", "owner", "256", "--"]):
        subprocess.run(["qpdf", *options, pdf, out], check=True)
        facts = inspect(out)
        if "--encrypt" not in options:  # pypdf would need another package
            agrees(out, facts)
        assert facts["again"]["result"] == "same-pages" and facts["again"]["bytes"] == "other"
        assert [m["code"] for m in facts["messages"]] == ["ENGINE_AGAIN_BYTES"], facts["messages"]
        assert facts["encrypted"] == ("--encrypt" in options)
    writer = pypdf.PdfWriter(pdf, incremental=True)
    writer.add_metadata({"/Keywords": "later"})
    writer.write(out)
    facts = inspect(out)
    assert facts["again"]["bytes"] == "first-revision", facts
    # pypdf miscounts the objects
    assert {m["code"] for m in facts["messages"]} <= {"PDFIN_ODD"}, facts["messages"]
    writer = pypdf.PdfWriter(clone_from=pdf)
    writer.add_attachment("more/ไทย.txt", "added")
    writer.write(out)
    assert "more/ไทย.txt" in [f["name"] for f in inspect(out)["files"]]
    run(program, "extract", out, "-o", "with-more")
    assert (work / "with-more/more/ไทย.txt").read_text() == "added"


def damaged(pdf):
    """Cut anywhere and changed anywhere: told, or described, but never crashed upon (status 1 or 0)."""
    whole = pdf.read_bytes()
    states = set()
    for i in range(40):
        at = len(whole) * i // 40
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x55] * 7) + whole[at + 7:]):
            (work / "damaged.pdf").write_bytes(data)
            done = subprocess.run([program, "inspect", "--format=json", "damaged.pdf"], cwd=work, capture_output=True)
            assert done.returncode in (0, 1), (at, done)
            states.add(validate(json.loads(done.stdout))["readable"])
    assert states == {True, False}


def nowhere_to_write(pdf):
    """A PDF is made again where nothing can be unpacked."""
    done = subprocess.run([program, "inspect", "--format=json", pdf], cwd="/proc/self", capture_output=True, check=True,
                          env={**os.environ, "TMPDIR": "/proc/self"},
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)))
    assert json.loads(done.stdout)["again"]["bytes"] == "same", done


def scanned(pdf):
    """The scan of a report is told as one, by the hash of the report's PDF."""
    out = work / "scan.pdf"
    subprocess.run([pathlib.Path(program).parent / "tools/bind-scan", pdf, out], check=True)
    facts = inspect(out)
    agrees(out, facts)
    assert facts["claims"] == {"pdfa": "3B", "pdfua": None} and facts["messages"] == [], facts
    assert facts["again"]["result"] == "scan" and facts["scan"]["again"] == "same-pages", facts
    assert facts["scan"]["report_sha256"] == hashlib.sha256(pdf.read_bytes()).hexdigest(), facts["scan"]


memo = ours("samples/memo", "--preprinted")
scanned(memo)
changed(memo)
damaged(memo)
nowhere_to_write(memo)
run(program, "render", "--profile=plain", "--preprinted", ROOT / "samples/memo", "-o", "plain.pdf")
plain = inspect(work / "plain.pdf")
agrees(work / "plain.pdf", plain)
assert plain["claims"] == {"pdfa": "3U", "pdfua": None} and plain["again"]["result"] == "foreign"
assert plain["banthuek"] is None and not plain["data"]
for kind in "plain", "junk", "nested", "odd", "signed", "whole":
    inspect(make(kind))
for kind in "truncated", "xref", "page-loop", "no-pages", "many-tags":
    inspect(make(kind), status=1)
inspect(make("files", "../a=x", "/b=x", "\\x00=x", "\\u202ec=x", "=x", "d=LZW:x", "e=GONE:"))
(work / "empty.pdf").write_bytes(b"")
inspect(work / "empty.pdf", status=1)
print(f"{checked} PDFs inspected")
