"""The documents of the archive's measures: memos of many agencies and ten years, and the yearly reports of one agency."""
import random
import re

import documents

AGENCIES = 100
FIRST, YEARS = 2560, 10
SYLLABLES = "กร ชัย นิ ดา ภา พร สม วิ ริ ยะ ธนา ศิ อัง คณา มณี รัต ปรี ชา บุญ เลิศ นภา ลักษ์ ทิพย์ วรร ณี สุ ระ".split()
PLACES = "ทราย หิน ดอน โนน บัว แก้ว ไผ่ ยาง ขาม โพธิ์".split()


def person(chance):
    return chance.choice(["นาย", "นาง", "นางสาว"]) + "".join(chance.sample(SYLLABLES, 2)) + " " + "".join(chance.sample(SYLLABLES, 3))


def agency(number):
    return f"องค์การบริหารส่วนตำบล{PLACES[number // 10 % 10]}{PLACES[number % 10]}สมมติ"


def memos(program, work, folder, count):
    """Memos of one page that differ in agency, year, number, people, sentences and sums: YAML files, by name in the order of their years."""
    pool = documents.sentences(documents.canonical(program, documents.ROOT / "samples/ita-2566", work / "ita.json"))
    chance = random.Random(2566)
    text = re.sub(r"(?m)^#.*\n| +#.*$", "", (documents.ROOT / "samples/memo/report.yaml").read_text(encoding="utf-8"))
    names = []
    for i in range(count):
        year = FIRST + i * YEARS // count
        people = chance.randint(10, 99)
        cost = [chance.randint(2, 9) * 600, people * 35, people * 40]
        body = "\n\n".join(" ".join(chance.sample(pool, 2)) for _ in range(2)) + " ดังนี้"
        body += "".join(f"\n{n}. {what} เป็นเงิน {sum_:,} บาท" for n, (what, sum_) in enumerate(
            zip(["ค่าตอบแทนวิทยากร", "ค่าอาหารว่างและเครื่องดื่ม", "ค่าเอกสารประกอบการอบรม"], cost), 1))
        body = "".join(f"  {line}\n" if line else "\n" for line in body.split("\n"))
        report = re.sub(r"เนื้อความ: \|\n(  .*\n|\n)*", lambda _: f"เนื้อความ: |\n{body}\n", text)
        report = report.replace("99902/", f"999{i % AGENCIES:02}/{i // AGENCIES + 1}").replace(
            "2566-08-15", f"{year}-{i % 12 + 1:02}-{i % 28 + 1:02}")
        report = report.replace("องค์การบริหารส่วนตำบลหนองสมมติ", agency(i % AGENCIES))
        report = report.replace("นางสมใจ นามสมมติ", person(chance)).replace("นายทดลอง นามสมมติ", person(chance))
        names.append(folder / f"{i // 1000:03}" / f"{i:06}.yaml")
        names[-1].parent.mkdir(parents=True, exist_ok=True)
        names[-1].write_text(report, encoding="utf-8")
    return names


def yearly(program, work, folder):
    """Five reports of five years of one agency: figures stay (they have to agree), years move, and of the sentences of the office two fifths are
    others each year, as new projects ask for."""
    text = (documents.ROOT / "samples/ita-2566/report.yaml").read_text(encoding="utf-8")
    rubric = (documents.ROOT / "templates/ita-report/rubric/2566.yaml").read_text(encoding="utf-8")
    pool = documents.sentences(documents.canonical(program, documents.ROOT / "samples/ita-2566", work / "ita.json"))
    chance = random.Random(77)

    def moved(what, by):
        return re.sub(r"256[0-9]", lambda found: str(int(found[0]) + by), what)

    def anew(line):
        bare = re.sub(r"^ *([0-9]+\.|\([0-9]+\)|-) +", "", line).strip()
        if bare not in pool or chance.random() > 0.4:
            return line
        first, last = (one.split(" ") for one in chance.sample(pool, 2))
        project = f"โครงการ{''.join(chance.sample(SYLLABLES, 4))} ร่วมกับชุมชน{''.join(chance.sample(PLACES, 2))}"
        return line.replace(bare, " ".join([*first[:len(first) // 2 + 1], project, *last[len(last) // 2:]]))

    made = []
    for year in range(2562, 2567):
        own = folder / str(year)
        (own / "rubric").mkdir(parents=True, exist_ok=True)
        lines = text.split("\n") if year == 2562 else lines
        lines = [anew(line) for line in lines]
        (own / "report.yaml").write_text(moved("\n".join(lines), year - 2566), encoding="utf-8")
        (own / "rubric" / f"{year}.yaml").write_text(moved(rubric, year - 2566), encoding="utf-8")
        made.append(own)
    return made
