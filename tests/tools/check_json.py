#!/usr/bin/env python3
"""`check --format=json` says what `check` says, as JSON that fits src/cli/check.schema.json: for the
checks of all goldens, and for names and texts that are hostile. So does `fields --format=json`.
usage: check_json.py BANTHUEK WORK_DIR"""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

import fastjsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LEVELS = {"th": {"error": "ผิดพลาด", "warning": "เตือน", "note": "หมายเหตุ"},
          "en": {"error": "error", "warning": "warning", "note": "note"}}
ACCEPTED = {"th": "ยอมรับโดย", "en": "accepted by"}
MARKS = {"th": {"open": "", "agrees": "ตรง", "differs": "✗", "below": "✗ ดูข้างบน", "accepted": "ยอมรับแล้ว"},
         "en": {"open": "", "agrees": "ok", "differs": "✗", "below": "✗ see above", "accepted": "accepted"}}
PARTS = {"th": " เฉลี่ยจากส่วนย่อย", "en": ", mean of its parts"}
HEADINGS = {"th": "คะแนน .* ต่างกัน", "en": "figure .* difference"}
LINE = {"th": "บรรทัด", "en": "line"}
program, work = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
validate = fastjsonschema.compile(json.loads((ROOT / "src/cli/check.schema.json").read_text("utf-8")))


def run(args, lang, *more, folder=ROOT):
    done = subprocess.run([program, "check", "--lang", lang, *more, *args], cwd=folder, stdout=subprocess.PIPE)
    return done.returncode, done.stdout


def commands():
    """The checks that goldens make: folder and arguments of each."""
    for case in sorted(ROOT.glob("tests/golden/*/run")):
        for line in case.read_text("utf-8").splitlines():
            if re.fullmatch(r"banthuek check [^|;<>&`$()]+", line) and not re.search("--(lang|format)", line):
                yield case.parent, shlex.split(line)[2:]


def as_text(message, lang):
    place = message["file"] or ""
    for number in (message["line"], message["column"]):
        place += f":{number}" if number and place else ""
    line = f"{place}: " if place else ""
    line += f"{LEVELS[lang][message['level']]}: {message['message']} [{message['code']}]"
    if message["accepted"]:
        line += "\n    {} {by}: {reason}".format(ACCEPTED[lang], **message["accepted"])
    return line


def as_row(figure, lang):
    cells = [figure["name"] + PARTS[lang] * figure["of_parts"],
             *(figure[key] or "–" for key in ("given", "computed", "difference")), MARKS[lang][figure["state"]]]
    return " ".join(" ".join(cells).split())


def table_of(text, lang):
    """The rows of the table of figures, with single blanks."""
    lines = text.split("\n")
    for start, line in enumerate(lines):
        if re.fullmatch(HEADINGS[lang], line):
            return [" ".join(row.split()) for row in lines[start + 1:lines.index("", start)]]
    return []


def as_entry(entry, lang):
    words = " ".join(filter(None, (entry["list"], entry["code"], entry["name"])))
    return f"    {LINE[lang]} {entry['line']}: {words}"


def entries_of(text, lang):
    """What the text lists of a rubric that is to be compared."""
    return re.findall(rf"^    {LINE[lang]} \d+: .*$", text, re.MULTILINE)


def check(folder, args):
    """The numbers of messages and of figures, after comparing both formats in both languages."""
    for lang in LEVELS:
        status, text = run(args, lang, folder=folder)
        json_status, output = run(args, lang, "--format=json", folder=folder)
        assert status == json_status, (args, status, json_status)
        plain = validate(json.loads(output.decode("utf-8", "strict")))
        messages = plain["messages"] if isinstance(plain, dict) else plain
        found = validate(json.loads(run(args, lang, "--format=json", "--figures", folder=folder)[1]))
        figures = found["figures"]
        assert found["messages"] == messages, (folder, args)
        lines = "\n" + text.decode("utf-8", "replace")
        for message in messages:
            wanted = "\n" + as_text(message, lang) + "\n"
            assert wanted in lines, (folder, args, wanted)
        assert any(m["level"] == "error" for m in messages) == (status != 0), (folder, args, status)
        assert (plain.get("entries") if isinstance(plain, dict) else None) == found.get("entries"), (folder, args)
        left = [entry for entry in found.get("entries", []) if not entry["compared"]]
        assert [as_entry(entry, lang) for entry in left] == entries_of(lines, lang), (folder, args)
        assert [as_row(f, lang) for f in figures] == table_of(lines, lang), (folder, args, figures)
    return len(messages), len(figures), {f["state"] for f in figures}


def hostile():
    """Names and texts that would break JSON when they were written as they are."""
    memo = (ROOT / "samples/memo/report.yaml").read_bytes()
    names = [b"plain.yaml", b'quote".yaml', b"back\\slash.yaml", b"line\nend.yaml", b"tab\t\x01\x1f\x7f.yaml",
             b"no \xff\xfe utf-8.yaml", "U+2028 \u2028.yaml".encode()]
    for name in names:
        path = os.fsencode(work) + b"/" + name
        pathlib.Path(os.fsdecode(path)).write_bytes(memo + 'ไม่มี"\\: x\n'.encode())
        status, output = run([path], "en", "--format=json")
        messages = validate(json.loads(output.decode("utf-8", "strict")))
        assert status == 1 and [m["code"] for m in messages] == ["FIELD_UNKNOWN"], messages
        assert messages[0]["path"] == 'ไม่มี"\\', messages
        expected = path.decode("utf-8", "replace")
        assert messages[0]["file"] == expected, (messages[0]["file"], expected)
    return len(names)


def many():
    """Of more messages than are kept, the last one tells how many."""
    memo = (ROOT / "samples/memo/report.yaml").read_text("utf-8")
    unused = "".join(f"ไม่มี{i}: x\n" for i in range(250))
    (work / "many.yaml").write_text(memo + unused, "utf-8")
    assert check(work, ["many.yaml"])[:2] == (201, 0)
    messages = json.loads(run([work / "many.yaml"], "en", "--format=json")[1])
    assert messages[-1] == {"code": "MESSAGES_DROPPED", "level": "error", "file": None, "line": None, "column": None,
                            "path": None, "message": "50 more messages are not shown; mend these first",
                            "accepted": None}, messages[-1]


def fields():
    """Of the templates, and of one with hostile texts. Returns the number of fields."""
    fit = fastjsonschema.compile(json.loads((ROOT / "src/cli/fields.schema.json").read_text("utf-8")))
    help_text = 'quo"te, back\\slash.'
    shutil.copytree(ROOT / "templates/memo", work / "hostile", dirs_exist_ok=True)
    (work / "hostile/schema.yaml").write_text(f"help: {json.dumps(help_text)}\nfields: {{เรื่อง: {{type: text}}}}\n", "utf-8")

    def ask(*args):
        done = subprocess.run([program, "fields", *args], stdout=subprocess.PIPE, check=True)
        return done.stdout.decode("utf-8", "strict")

    assert {"memo", "ita-report"} <= {t["name"] for t in fit(json.loads(ask("--format=json")))}
    output = ask("--format=json", "--template", work / "hostile")
    assert fit(json.loads(output))["help"] == help_text, output
    count = 0
    for name in "memo", "ita-report":
        found, text = fit(json.loads(ask(name, "--format=json"))), ask(name)
        lines = [line for line in text.split("\n\n", 1)[1].split("\n") if line]
        assert text.startswith(found["help"]) and len(lines) == len(found["fields"]) > 20, name
        for line, field in zip(lines, found["fields"]):
            assert line.startswith("  " * field["level"] + field["name"] + "  ("), line
            assert line.endswith(field["help"]) and ", ".join(field["choices"]) in line, line
            assert (", ต้องมี" in line, ", หลายบรรทัดได้" in line) == (field["required"], field["lines"]), line
        count += len(lines)
    return count


def main():
    work.mkdir(parents=True, exist_ok=True)
    many()
    counts = [check(folder, args) for folder, args in commands()]
    assert run(["samples/memo"], "en", "--format=json") == (0, b"[]\n")
    both = run(["samples/memo"], "en", "--format=json", "--figures")
    assert both == (0, b'{\n"messages": [],\n"figures": []\n}\n'), both
    messages, figures = sum(c[0] for c in counts), sum(c[1] for c in counts)
    assert len(counts) > 50 and messages > 100 and figures > 30, (messages, figures)
    assert set().union(*(c[2] for c in counts)) == set(MARKS["en"]) - {"accepted"}
    print(f"{messages} messages and {figures} figures of {len(counts)} checks, {hostile()} hostile names; {fields()} fields")


main()
