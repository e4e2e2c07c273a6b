"""The documents that are measured: made-up reports in a folder, the same text for each program."""
import hashlib
import json
import pathlib
import random
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ROWS = """<memo title="แถว"><section page-format="- {n} -" digits="arabic" first-number="no">%s<table columns="1.5cm 2* 2* 1*"><thead>
<tr><th rowspan="2">ที่</th><th rowspan="2">ชื่อ</th><th colspan="2">ผล</th></tr><tr><th>คะแนน</th><th>สถานะ</th></tr></thead>
<tbody>{{#แถว}}<tr><td>{{@ลำดับ}}</td><td>{{.}}</td><td>ITA score</td><td>ดี</td></tr>{{/แถว}}</tbody></table></section></memo>"""
TEXT = """<memo title="ข้อความ"><section page-format="- {n} -" digits="arabic" first-number="no">%s{{#ย่อหน้า}}<p>{{.}}</p>{{/ย่อหน้า}}</section></memo>"""
# a heading, a list and a page of its own for each: what bookmarks and tags of many pages cost
PAGES = """<memo title="หน้า"><section>{{#แถว}}<h1>{{.}}</h1><p>{{.}} การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ
(Integrity and Transparency Assessment) ประจำปีงบประมาณ พ.ศ. ๒๕๖๖</p><ul><li>ข้อที่หนึ่ง</li><li>ข้อที่สอง</li></ul>
<pagebreak/>{{/แถว}}</section></memo>"""


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


class Document:
    """A report for ours (`report`, a file or folder, with the template folder `template` unless it
    names its own) and the same as JSON for the others (`values`)."""

    def __init__(self, name, report, values, template=None, carried=None):
        self.name, self.report, self.values, self.template = name, report, values, template
        self.carried = carried or report


def canonical(program, report, file):
    """The report's data as JSON, as the program itself writes it."""
    made = subprocess.run([program, "dump", "--stage=canonical", report], check=True, stdout=subprocess.PIPE)
    file.write_bytes(made.stdout)
    return file


def sample(program, work, name):
    folder = ROOT / "samples" / name
    values = canonical(program, folder, work / f"{name}.json")
    return Document("ita-report" if name.startswith("ita") else name, folder, values, carried=folder / "report.yaml")


def template(work, name, text, field):
    folder = work / f"template-{name}"
    folder.mkdir(exist_ok=True)
    (folder / "memo.xml").write_text(text, encoding="utf-8")
    (folder / "schema.yaml").write_text(f"fields:\n  {field}: {{type: list, item: {{type: text}}}}\n", encoding="utf-8")
    (folder / "style.yaml").write_text("{}\n", encoding="utf-8")
    return folder


def listed(work, name, text, field, entries):
    """A report that is one list, with a template of its own."""
    report, values = work / f"{name}.yaml", work / f"{name}.json"
    report.write_text(f"template: template-{name}\n{field}:\n" + "".join(f"  - {one}\n" for one in entries), encoding="utf-8")
    values.write_text(json.dumps({field: entries}, ensure_ascii=False), encoding="utf-8")
    return Document(name, report, values, template(work, name, text, field))


def rows(work, count, head=""):
    return listed(work, "rows", ROWS % head, "แถว", [f"รายการที่มีชื่อยาวพอสมควร {i}" for i in range(1, count + 1)])


def headings(work, count):
    return listed(work, "pages", PAGES, "แถว", [f"รายการที่มีชื่อยาวพอสมควร {i}" for i in range(1, count + 1)])


def sentences(values):
    """Sentences of the sample report that name no figures, so that they may stand in any memo."""
    found = []

    def walk(value):
        if isinstance(value, dict):
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)
        else:
            lines = (re.sub(r"^ *([0-9]+\.|\([0-9]+\)|-) +", "", line) for line in str(value).split("\n"))
            found.extend(line.strip() for line in lines if 60 < len(line) < 150 and not re.search(r"[0-9๐-๙:“#]", line))

    walk(json.loads(values.read_text(encoding="utf-8")))
    return sorted(set(found))


def prose(work, pool, count, head=""):
    """So many paragraphs of six sentences, no two alike."""
    chance = random.Random(2566)
    made = [f"เรื่องที่ {i} " + " ".join(chance.sample(pool, 6)) for i in range(1, count + 1)]
    return listed(work, "text", TEXT % head, "ย่อหน้า", made)


def memos(program, work, pool, count):
    """Memos of one page that differ in number, date, text and sums: the JSON files, with a YAML file
    of the same name beside each."""
    chance = random.Random(2566)
    text = (ROOT / "samples/memo/report.yaml").read_text(encoding="utf-8")
    folder = work / "memos"
    folder.mkdir()
    made = []
    for i in range(count):
        people = chance.randint(10, 99)
        cost = [chance.randint(2, 9) * 600, people * 35, people * 40]
        body = "\n\n".join([" ".join(chance.sample(pool, 2)), " ".join(chance.sample(pool, 2)) + " ดังนี้"])
        body += "".join(f"\n{n}. {what} เป็นเงิน {sum_:,} บาท" for n, (what, sum_) in enumerate(
            zip(["ค่าตอบแทนวิทยากร", "ค่าอาหารว่างและเครื่องดื่ม", "ค่าเอกสารประกอบการอบรม"], cost), 1))
        body = "".join(f"  {line}\n" if line else "\n" for line in body.split("\n"))
        report = re.sub(r"เนื้อความ: \|\n(  .*\n|\n)*", lambda _: f"เนื้อความ: |\n{body}\n", text)
        report = report.replace("99902/", f"{99000 + i}/").replace("2566-08-15", f"2566-08-{i % 28 + 1:02}")
        (folder / f"{i:04}.yaml").write_text(report, encoding="utf-8")
        made.append(canonical(program, folder / f"{i:04}.yaml", folder / f"{i:04}.json"))
    return made
