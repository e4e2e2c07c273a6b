"""Writes the templates and reports of tests/whole/bad-input. usage: bad_reports.py DIR"""
import json
import pathlib
import sys

TEXTS = """<memo title="{{เรื่อง}}" author="{{ผู้เขียน}}" urgency="ด่วน">
  <section>
    <head><field label="( \\ )">{{ข้อความ}}</field></head>
    <h2>{{หัว}}</h2>
    <p>{{ข้อความ}} <b>{{ข้อความ}}</b></p>
    <ul><li marker="(\\)">{{ข้อความ}}</li></ul>
    <img src="box.png" alt="{{คำอธิบาย}}"/>
    <table columns="1* 1*"><thead><tr><th>{{ป้าย}}</th><th>{{ป้าย}}</th></tr></thead>
    <tr><td>{{ข้อความ}}</td><td><checkbox/> {{ข้อความ}}</td></tr></table>
    <p>{{ที่อยู่}}</p>
    <chart title="{{ป้าย}}" alt="{{คำอธิบาย}}"><bar label="(\\)" value="20"/></chart>
    <opinion title="{{ป้าย}}"><p>{{ข้อความ}}</p><signature name="{{ป้าย}}" position="{{ป้าย}}"/></opinion>
  </section>
</memo>
"""
FIELDS = ["เรื่อง", "ผู้เขียน", "ป้าย", "หัว", "ข้อความ", "คำอธิบาย", "ที่อยู่"]

# paragraphs, lists, tables, sections without content; heads that are odd; levels that are skipped
SHAPES = """<memo title="{{เรื่อง}}">
  <section>
    <h2>สอง</h2><h1>หนึ่ง</h1><h3>สาม ก</h3><h3>สาม ข</h3><h2>สอง ข</h2><h1>{{ว่าง}}</h1><h3>สาม ค</h3>
    <p></p><p>&nbsp;</p><p>{{ว่าง}}</p><p><b>{{ว่าง}}</b></p>
    <ul><li></li></ul><ul></ul><ol><li>{{ว่าง}}</li><li><p>{{ว่าง}}</p></li></ol>
    <table columns="1* 1*"><thead><tr><th></th><th>{{ว่าง}}</th></tr></thead><tr><td>ก</td><td>ข</td></tr></table>
    <table columns="1* 1*"><thead></thead><tbody></tbody><tr><td>ก</td><td>ข</td></tr></table>
    <table columns="1* 1*"><thead><tr></tr></thead><tr><td>ก</td><td>ข</td></tr></table>
    <table columns="1* 1*"><thead><tr><th colspan="2">รวม</th></tr></thead><tr><td>ก</td><td>ข</td></tr></table>
    <table columns="1* 1*"><thead><tr><th rowspan="2">ก</th><th>ข</th></tr><tr><th>ค</th></tr></thead>
    <tr><th rowspan="3">ง</th><td>จ</td></tr><tr><td></td></tr><tr><td>ฉ</td></tr></table>
    <table columns="1* 1*"><thead><tr><th colspan="2">มีแต่หัว</th></tr></thead></table>
    <table columns="1* 1*"><tr><td>ไม่มีหัว</td><td></td></tr></table>
    <table columns="1*"><tr><td>ช่องเดียว</td></tr></table>
    <table columns="1*"><tr><th>หัวเดียว</th></tr></table>
    <table columns="1*"><tr><td><p></p><ul><li></li></ul></td></tr></table>
    <table columns="1* 1* 1*"><tr><th rowspan="2">ก</th><td>ข</td></tr><tr><td colspan="2">ค</td></tr></table>
    <table columns="1* 1*"><thead><tr><td>ไม่ใช่</td><td>หัว</td></tr></thead><tr><td>ก</td></tr></table>
    <table columns="1*"></table>
    <p>The ITAสวัสดี and<b>ITA</b>score ประเมินAssessmentผล e-GP</p><p>ก<b>en</b>ข</p>
    <keep></keep><opinion title=""></opinion><opinion title="{{ว่าง}}"><p/></opinion><signature/>
    <chart/><chart title="ก"><bar label="" value="0"/></chart>
  </section>
  <section></section>
  <section><p/></section>
  <section orientation="landscape"><h3>ท้าย</h3></section>
</memo>
"""

# blocks inside of cells, items and opinions
NESTED = """<memo title="{{เรื่อง}}" secrecy="ลับ" urgency="ด่วน"><section>
<table columns="1* 1*"><thead><tr><th><p>หัว</p><ul><li>ในหัว</li></ul></th><th><img src="box.png" alt="ในหัว" width="1cm"/></th></tr></thead>
<tr><td><img src="box.png" alt="ในช่อง" width="1cm"/></td><td><chart title="ในช่อง" height="3cm"><bar label="ก" value="3"/></chart></td></tr>
<tr><td><table columns="1* 1*"><thead><tr><th>ซ้อน</th><th>ข</th></tr></thead><tr><td>ค</td><td>ง</td></tr></table></td><td><h2>หัวข้อในช่อง</h2><signature name="ก"/></td></tr>
<tr><td><opinion title="ความเห็น"><p>x</p></opinion></td><td><keep><p>ก</p></keep>ข<p>ค</p>ง</td></tr></table>
<ul><li>ก<img src="box.png" alt="ในข้อ" width="1cm"/>ข<table columns="1*"><tr><td>ในข้อ</td></tr></table></li><li><table columns="1*"><tr><th>ข้อ</th></tr></table></li><li><h3>หัว</h3></li></ul>
<opinion title="ก"><ul><li>ข</li></ul><table columns="1*"><tr><td>ค</td></tr></table><img src="box.png" alt="ง" width="1cm"/><opinion title="ซ้อน"/></opinion>
<field label="ก"><checkbox/> <b>ข<i>ค<u>ง</u></i></b><br/>www.a.go.th<br/><br/>จ</field>
</section></memo>
"""

SIGNS = "วงเล็บ ( ((ไม่ครบ) \\ \\( \\777 \"คำพูด' <>[]{}/%&;#$ <b>&amp;</b> ก่อน\u200e\u200f\u202aหลัง\u202e\u2066x\u2069 e\u0301 é"
ASCII = "ABC (x) \\ \"q\" ' <&> ((( %20 #41 \\) feff"
OUTSIDE = "🙂 𝛑 ก\U0001F1F9\U0001F1ED 𠮷"


def report(every, texts):
    return {"template": "texts", **{field: every for field in FIELDS}, **texts}


def reports():
    address = "ดู https://www.example.go.th/a(b)c?x=%41&y='z' (http://a.go.th/ข่าว_(1)) หรือ o'b+c@d.go.th ครับ"
    yield "signs", report(SIGNS, {"ที่อยู่": address})
    yield "ascii", report(ASCII, {"ที่อยู่": address})
    yield "outside", report("ก", {"เรื่อง": OUTSIDE, "ผู้เขียน": OUTSIDE, "คำอธิบาย": OUTSIDE})
    # as many as there may be; where nothing is lost by it, more than that
    most = ("ยาว " * 5000)[:16379] + "ก🙂"
    yield "longest", report("ก", {
        "เรื่อง": most, "ผู้เขียน": most, "คำอธิบาย": most, "หัว": "หัวเรื่องที่ยาวมาก " * 900,
        "ข้อความ": "word ข้อความ " * 60,
        "ที่อยู่": "https://a.go.th/" + "b/" * 3990 + " www.a.go.th/" + "b/" * 4000})
    yield "empty", {"template": "shapes", "เรื่อง": "ก"}
    yield "nested", {"template": "nesting", "เรื่อง": "ก"}


def main():
    work = pathlib.Path(sys.argv[1])
    templates = {"texts": (TEXTS, FIELDS), "shapes": (SHAPES, ["เรื่อง", "ว่าง"]),
                 "nesting": (NESTED, ["เรื่อง"])}
    for name, (markup, fields) in templates.items():
        (work / name).mkdir()
        (work / name / "memo.xml").write_text(markup, encoding="utf-8")
        (work / name / "style.yaml").write_text("{}\n")
        schema = "fields:\n" + "".join(f"  {field}: {{type: text, required: no}}\n" for field in fields)
        (work / name / "schema.yaml").write_text(schema, encoding="utf-8")
    for name, texts in reports():
        (work / f"{name}.json").write_text(json.dumps(texts), encoding="utf-8")


main()
