#!/usr/bin/env python3
"""`archive search --format=json` fits its schema, and shows what was found as it stands there: check_search.py BANTHUEK WORK_DIR FILE.pdf…

Pieces of the texts that pdftotext finds are looked for; each must be found, and every mark must be what was looked for."""
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import unicodedata

import fastjsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM, WORK, FILES = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]
validate = fastjsonschema.compile(json.loads((ROOT / "src/cli/search.schema.json").read_text("utf-8")))
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def run(*arguments):
    return subprocess.run([PROGRAM, "archive", *arguments, "--lang=en", "--archive", WORK / "a.db"], capture_output=True, check=True).stdout.decode("utf-8")


def search(*words):
    found = json.loads(run("search", "--format=json", *words))
    validate(found)
    return found


def folded(text):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).translate(DIGITS).casefold())


def main():
    run("add", *FILES)
    chance = random.Random(15)
    asked = 0
    for path in FILES:
        text = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, check=True).stdout.decode("utf-8")
        words = [word for word in re.split(r"[\s\f\"“”]+", text) if len(word) > 3 and word[0] not in "-–" and re.match(r"[ก-ฮa-zA-Z0-9๐-๙]", word)]
        for word in chance.sample(words, min(40, len(words))):
            found = search("--limit=1000", word)
            hits = [hit for hit in found["hits"] if hit["file"] == pathlib.Path(path).name]
            assert hits, (path, word)
            for hit in found["hits"]:
                assert hit["snippets"], word
                for snippet in hit["snippets"]:
                    for begin, end in snippet["marks"]:
                        assert folded(word) in folded(snippet["text"][begin:end]) or snippet["cut_behind"], (word, snippet)
            asked += 1
    assert search("--limit=1", "--by=fit", "การ")["more"]
    assert search("zzqqzz")["hits"] == []
    print(f"{asked} words of {len(FILES)} PDFs found")


main()
