#!/usr/bin/env python3
"""The rubrics of 2567, 2568 and 2569 say what ../shared/reference/ita-years.md says: each name, number, date and level, letter
for letter, and nothing is marked surer than there. usage: rubric_years.py BANTHUEK RUBRIC_DIR ITA_YEARS"""
import pathlib
import re
import sys

from rubric_known import close, faults, read, same

CERTAINTY = {"C": "ยืนยัน", "1": "แหล่งเดียว", "U": "ยังไม่ยืนยัน", "U-own": "ยังไม่ยืนยัน"}
HEADS = {2567: "# 2. OIT 2567", 2568: "# 3. OIT 2568", 2569: "# 4. OIT 2569"}
# §0, §1.2, §1.3: of weights, indicators and levels
WEIGHTS = {2567: {"IIT": "1", "EIT": "1", "OIT": "C"}, 2568: dict.fromkeys(("IIT", "EIT", "OIT"), "U"),
           2569: dict.fromkeys(("IIT", "EIT", "OIT"), "U")}
INDICATORS = {2567: "1", 2568: "1", 2569: "U"}
LEVELS = {2567: "C", 2568: "C", 2569: "U"}
GROUPS = "U"  # the boundaries of every year


def certainty(what, entry, mark, key="ที่มา"):
    same(f"{what}: ความแน่ใจ", entry.get(key, {}).get("ความแน่ใจ"), CERTAINTY[mark])
    if not entry.get(key, {}).get("จาก"):
        faults.append(f"{what}: no source")


def section(text, year):
    start = text.index(HEADS[year])
    return text[start:text.index("\n# ", start + 5)]


def items_of(text):
    """Code, mark, name and other names of each item."""
    items = []
    for line in text.split("\n"):
        found = re.match(r"  - \{รหัส: (O\d+), +(?:ที่มา: (\w), )?ชื่อ: (.*)\}(?: +#.*)?$", line)
        if not found:
            continue
        code, mark, name = found.groups()
        others = re.search(r", ชื่ออื่น: \[(.*?)\]", name)
        name = re.sub(r", (?:ชื่ออื่น|หลักฐาน): \[.*\]$|, ปี: \d+$", "", name)
        items.append((code, mark or "1", name.strip('"'), [others[1]] if others else None))
    return items


def groups_of(text):
    found = re.findall(r"  - \{ตัวชี้วัด: (\d+), +ชื่อ: (.*?), +รายการ: O(\d+)-O(\d+)\}", text)
    return [(int(indicator), name, [f"O{n}" for n in range(int(first), int(last) + 1)])
            for indicator, name, first, last in found]


def date_of(text):
    found = re.search(r"^วันประกาศผล: (\S+) +# \[(.*?)\]", text, re.MULTILINE)
    return None if found[1] == "null" else (found[1], found[2])


def levels_of(text):
    block = text[text.index("## 1.2 Levels"):text.index("## 1.3")]
    found = re.findall(r"\{ชื่อ: (\S+), +คะแนนรวม: (\d+)(?:, ทุกเครื่องมือ: (\d+))?\}", block)
    return [(name, total, every or None) for name, total, every in found]


def moved_of(text, year):
    """What §4.1 puts into one line: the items of a year, and those of the year before."""
    table = text[text.index("## 4.1 What moved"):text.index("# 5. สอศ.")]
    at = year - 2566 + 2
    rows = []
    for line in table.split("\n"):
        cells = [re.sub(r"\*|\(.*?\)", "", cell) for cell in line.split("|")]
        if len(cells) < 7 or not re.search(r"O\d", cells[at]):
            continue
        rows.append([expand(cells[i]) for i in (at - 1, at)])
    return rows


def expand(cell):
    codes = []
    for first, last in re.findall(r"O(\d+)(?:–O?(\d+))?", cell):
        codes += [f"O{n}" for n in range(int(first), int(last or first) + 1)]
    return codes


def check_items(year, rubric, text):
    wanted = items_of(text)
    same(f"{year}: items", [item["รหัส"] for item in rubric["รายการ"]], [item[0] for item in wanted])
    for item, (code, mark, name, others) in zip(rubric["รายการ"], wanted):
        what = f"{year} {code}"
        same(f"{what}: ชื่อ", item["ชื่อ"], name)
        same(f"{what}: ชื่ออื่น", item.get("ชื่ออื่น"), others)
        certainty(what, item, mark)
        if "องค์ประกอบ" in item:  # known from one source each
            certainty(f"{what}: องค์ประกอบ", item, "1", "ที่มาขององค์ประกอบ")


def check_former(year, rubric, whole):
    """Every code of the year before is one that §4.1 puts into the same line."""
    rows = moved_of(whole, year)
    for item in rubric["รายการ"]:
        allowed = [code for before, now in rows if item["รหัส"] in now for code in before]
        strange = [code for code in item.get("เดิม", []) if code not in allowed]
        same(f"{year} {item['รหัส']}: เดิม of another line of §4.1", strange, [])


def check_year(folder, whole, year):
    text = section(whole, year)
    rubric = read(folder / f"{year}.yaml")
    same(f"{year}: ปี", rubric["ปี"], str(year))
    same(f"{year}: ยืนยันแล้ว", rubric["ยืนยันแล้ว"], False)
    date = date_of(text)
    same(f"{year}: วันประกาศผล", rubric.get("วันประกาศผล"), date and date[0])
    if date:
        certainty(f"{year}: วันประกาศผล", rubric, date[1], "ที่มาของวันประกาศผล")
    check_items(year, rubric, text)
    check_former(year, rubric, whole)
    same(f"{year}: groups", [(int(g["ตัวชี้วัด"]), g["ชื่อ"], g["รายการ"]) for g in rubric["กลุ่ม"]], groups_of(text))
    same(f"{year}: levels", [(l["ชื่อ"], l["คะแนนรวม"], l.get("ทุกเครื่องมือ")) for l in rubric["ระดับ"]],
         levels_of(whole))
    same(f"{year}: weights", {t["รหัส"]: t["น้ำหนัก"] for t in rubric["เครื่องมือ"]}, {"IIT": "30", "EIT": "30", "OIT": "40"})
    before = read(folder / "2566.yaml")
    for name in ("ลำดับ", "ชื่อ", "เครื่องมือ", "ชื่ออื่น"):
        same(f"{year}: {name} of indicators", [i.get(name) for i in rubric["ตัวชี้วัด"]],
             [i.get(name) for i in before["ตัวชี้วัด"]])
    for tool in rubric["เครื่องมือ"]:
        certainty(f"{year} {tool['รหัส']}", tool, WEIGHTS[year][tool["รหัส"]])
    for key, mark in (("ตัวชี้วัด", INDICATORS[year]), ("กลุ่ม", GROUPS), ("ระดับ", LEVELS[year])):
        for entry in rubric[key]:
            certainty(f"{year} {key} {entry['ชื่อ']}", entry, mark)


def main():
    folder, whole = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]).read_text("utf-8")
    for year in HEADS:
        check_year(folder, whole, year)
    close("names, numbers and certainties ")


main()
