#!/usr/bin/env python3
"""The rubric of vocational colleges and that of plant-genetics say what §5 and §7A of ../shared/reference/ita-years.md say, each name
and number, and nothing is marked surer than there. usage: rubric_points.py BANTHUEK TEMPLATES ITA_YEARS"""
import pathlib
import re
import sys

import yaml

from rubric_known import close, faults, read, same


def facts(text, head):
    text = text[text.index(head):]
    return text[text.index("```yaml") + 7:text.index("\n```\n")]


def sure(rubric, lists, least):
    """No entry is surer than its list may be, and each says where it is from."""
    ranks = ["ยืนยัน", "แหล่งเดียว", "ยังไม่ยืนยัน"]
    same("ยืนยันแล้ว", rubric["ยืนยันแล้ว"], False)
    for name in lists:
        for entry in rubric[name]:
            origin = entry.get("ที่มา", {})
            if ranks.index(origin.get("ความแน่ใจ", "ยืนยัน")) < ranks.index(least) or not origin.get("จาก"):
                faults.append(f"{name}: {entry.get('ชื่อ')}: {origin}")


def colleges(rubric, known):
    same("การประเมิน", rubric["การประเมิน"], known["การประเมิน"])
    groups = [(group["ชื่อ"], "{}-{}".format(group["รายการ"][0], group["รายการ"][-1])) for group in rubric["กลุ่ม"]]
    same("กลุ่ม", groups, [(group["ชื่อ"], group["รายการ"]) for group in known["กลุ่ม"]])
    same("รหัส", [item["รหัส"] for item in rubric["รายการ"]], [item["รหัส"] for item in known["รายการ"]])
    for item, wanted in zip(rubric["รายการ"], known["รายการ"]):
        same(item["รหัส"], item["ชื่อ"], wanted["ชื่อ"])
        same(f"{item['รหัส']}: องค์ประกอบ", [line.removeprefix("- ") for line in item["องค์ประกอบ"].strip().split("\n")], wanted["องค์ประกอบ"])
    sure(rubric, ["กลุ่ม", "รายการ"], "แหล่งเดียว")
    sure(rubric, ["เครื่องมือ", "ตัวชี้วัด", "ระดับ"], "ยังไม่ยืนยัน")


def parts_of(known):
    """Name and mark of what is said to be below an item: {สะอาด: 20}, [20, 15], [คำสั่ง 15, แผน 25 (…)]."""
    if isinstance(known, dict):
        return list(known.items())
    parts = []
    for part in known or []:
        found = re.match(r"(.+?) (\d+)(?: \((.*)\))?$", str(part))
        parts.append((found[1], int(found[2])) if found else (None, int(part)))
    return parts


def plants(rubric, text):
    known = yaml.safe_load(text)
    pass_marks = known["เกณฑ์ผ่าน"]
    total = sum(side["เต็ม"] for side in known["ด้าน"])
    same("เต็ม", int(rubric["เต็ม"]), total)
    passed = rubric["ระดับ"][0]
    same("ผ่าน", int(passed["คะแนนรวม"]), pass_marks["รวม"])
    for least in passed["ขั้นต่ำ"]:
        same(f"ด้าน {least['ด้าน']}: ขั้นต่ำ", int(least["อย่างน้อย"]), pass_marks[f"ด้าน{least['ด้าน']}"])
    works, items, parts, work_items = [], [], [], []
    for number, side in enumerate(known["ด้าน"], 1):
        mine = rubric["ด้าน"][number - 1]
        same(f"ด้าน {number}", (f"ด้านที่ {mine['ลำดับ']} {mine['ชื่อ']}", int(mine["เต็ม"])), (side["ชื่อ"], side["เต็ม"]))
        for at, work in enumerate(side.get("งาน", []), 1):
            works.append((f"งานที่ {at}", str(number), work["ชื่อ"], work["เต็ม"]))
            work_items += [(str(at), name, mark) for name, mark in work["รายการ"].items()]
        for item in side.get("รายการ", []):
            items.append((str(item["รหัส"]), str(number), item["ชื่อ"], item["เต็ม"]))
            parts += [(str(item["รหัส"]), name, mark) for name, mark in parts_of(item.get("ย่อย"))]
    same("งาน", [(f"งานที่ {w['ลำดับ']}", w["ด้าน"], f"งานที่ {w['ลำดับ']} {w['ชื่อ']}", int(w["เต็ม"])) for w in rubric["งาน"]], works)
    same("รายการ", [(i["รหัส"], i["ด้าน"], i["ชื่อ"], int(i["เต็ม"])) for i in rubric["รายการ"]], items)
    same("รายการของงาน", [(i["งาน"], f"{i['รหัส']} {i['ชื่อ']}", int(i["เต็ม"])) for i in rubric["รายการของงาน"]], work_items)
    found = [(p["รายการ"], re.sub(r" \(.*\)$", "", p["ชื่อ"]) if "ชื่อ" in p else None, int(p["เต็ม"])) for p in rubric["ข้อย่อย"]]
    same("ข้อย่อย", found, parts)
    sure(rubric, ["ด้าน", "งาน", "รายการ", "รายการของงาน", "ข้อย่อย", "ระดับ"], "แหล่งเดียว")


def main():
    text = pathlib.Path(sys.argv[3]).read_text(encoding="utf-8")
    templates = pathlib.Path(sys.argv[2])
    colleges(read(templates / "ita-report/rubric/2569-อาชีวศึกษา.yaml"), yaml.safe_load(facts(text, "# 5. สอศ.")))
    plants(read(templates / "plant-genetics/rubric/2569.yaml"), facts(text, "## 7A."))
    close("")


main()
