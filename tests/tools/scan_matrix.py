#!/usr/bin/env python3
"""Reports on paper, scanned in every way, are bound to what they are of, or it is told what is wrong: scan_matrix.py BUILD_DIR WORK_DIR
ROUNDS NAME... In WORK_DIR/reports are NAME.pdf and NAME-pen.pdf. In a round each page is scanned once: each report by itself, with
pages doubled, missing and of others, and all of them at once into an archive. Of each scanned page the truth is known."""
import dataclasses
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys

from scan_feeder import Feeder, differences, texts_of
from scan_pages import set_up_imagemagick
from scan_pictures import Pictures, in_parallel, show_pages

BUILD, WORK = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
faults = []


@dataclasses.dataclass
class Report:
    """One on paper; those with the same stem in their name are versions of one."""
    name: str
    plain: pathlib.Path
    pen: pathlib.Path
    code: str
    pages: int
    entry: int = 0  # in the archive

    def is_version_of(self, other):
        return self is not other and self.name.split("-")[0] == other.name.split("-")[0]


def report_of(name):
    plain, pen = WORK / f"reports/{name}.pdf", WORK / f"reports/{name}-pen.pdf"
    texts = texts_of(pen)
    return Report(name, plain, pen, re.search(r"\b(\w{4}-){4}\w\b", texts[0])[0], len(texts))


def fault(*words):
    faults.append(" ".join(str(word) for word in words))
    print("wrong:", faults[-1], flush=True)


def expect(is_so, *words):
    if not is_so:
        fault(*words)


def judge(feeder, told):
    """Compares what was found on each sheet with what it is. Those on which nothing was found are marked."""
    expect([(page["file"], page["number"]) for page in told["pages"]] == [(str(s.file), s.number) for s in feeder.sheets],
           feeder.folder, "other pages than were scanned")
    for sheet, page in zip(feeder.sheets, told["pages"]):
        picture = sheet.picture
        if page["state"] in ("known", "typed"):
            turned = 0 if sheet.is_typed else -sheet.lies % 360
            expect(picture.report is not None and (page["state"] == "typed") == sheet.is_typed and
                   (page["code"], page["page"], page["turned"]) == (picture.report.code, picture.page, turned), picture, "taken for", page)
        else:
            expect(page["state"] == "no code" or picture.page == 0, picture, "taken for", page)
            picture.is_lost = picture.report is not None


def check_pdf(report, words, pdf, feeder):
    """The pages of a bound scan: the right pictures in the right order, upright, with the words of their page of a PDF."""
    first = {}
    for sheet in feeder.sheets:
        if sheet.picture.report is report:
            first.setdefault(sheet.picture, sheet)  # copies are left out
    sheets = sorted(first.values(), key=lambda sheet: sheet.picture.page)
    texts, texts_there, shown = texts_of(pdf), texts_of(words), show_pages(pdf)
    if not len(texts) == len(shown) == len(sheets):
        return fault(pdf, len(texts), "pages and not", len(sheets))
    for number, (sheet, text, page) in enumerate(zip(sheets, texts, shown), 1):
        turn = 0 if not sheet.is_typed else sheet.lies
        there = texts_there[sheet.picture.page - 1]
        # over a page that nobody could turn upright words stand in other places
        expect(text == there or turn != 0 and sorted("".join(text.split())) == sorted("".join(there.split())), pdf, "page", number,
               "reads otherwise")
        near = differences(page, sheets)
        index, shown_turn = min(near, key=lambda which: near[which])
        best = sheets[index].picture
        expect((best.page, shown_turn) == (sheet.picture.page, turn), pdf, "page", number, "shows", best, shown_turn, "and not",
               sheet.picture, turn)


def bind(report, feeder, types=True):
    """Binds what lies in the feeder to one of the PDFs of a report: status, JSON and messages."""
    out = feeder.folder.with_suffix(".pdf")
    source = feeder.rng.choice([report.plain, report.pen])
    status, told, said = feeder.scan("--for", source, "-o", out, types=types)
    judge(feeder, told)
    expect(status in (0, 1) and (status == 0) == out.exists(), feeder.folder, "status", status, said)
    if status == 0:
        check_pdf(report, source, out, feeder)
    return status, told, said


def bind_alone(report, feeder):
    """All pages, shuffled. Where codes are lost, so many are told, and what is typed then is believed."""
    status, told, said = bind(report, feeder, types=False)
    lost = sum(sheet.picture.is_lost for sheet in feeder.sheets)
    expect(said.count("PAPER_NO_CODE") == lost and (status == 1) == (lost > 0), feeder.folder, lost, "lost, but", status, said)
    if lost > 0:
        status, told, said = bind(report, feeder)
        expect(status == 0, feeder.folder, "codes typed, but", said)


def bind_doubled(report, feeder):
    status, told, said = bind(report, feeder)
    expect(status == 0 and (told["reports"][0]["doubles"], told["reports"][0]["same"]) == (1, 1), feeder.folder, "doubled, but", said)


def refuse(report, feeder, pattern):
    status, told, said = bind(report, feeder)
    expect(status == 1 and told["reports"] == [] and re.search(pattern, said), feeder.folder, "not refused with", pattern, "but", said)


class Round:
    def __init__(self, number, reports):
        self.work = WORK / f"round-{number}"
        self.work.mkdir()
        self.reports = reports
        maker = Pictures(BUILD, self.work / "pictures", self.chance("pictures"))
        self.pictures = [maker.plan(report, page) for report in reports for page in range(1, report.pages + 1)]
        self.again = [maker.plan(report, maker.rng.randint(1, report.pages), is_easy=True) for report in reports]
        self.others = [maker.plan(None, 0) for _ in range(5)] + [maker.plan(None, 1, pdf=reports[i].plain) for i in (0, -1)]
        in_parallel(maker.make, self.pictures + self.again + self.others)

    def chance(self, name):
        """The same at each run, though reports are worked on at once."""
        return random.Random(f"{self.work.name} {name}")

    def of(self, report):
        return [picture for picture in self.pictures if picture.report is report]

    def feeder(self, name, pictures, copies=()):
        return Feeder(BUILD, self.work / name, pictures, copies, self.chance(name))

    def doubled(self, report):
        twice = next(picture for picture in self.again if picture.report is report)
        pictures = self.of(report)
        bind_doubled(report, self.feeder(f"{report.name}-doubled", [*pictures, twice], pictures[:1]))

    def missing(self, report):
        out = self.chance(report.name).choice(self.of(report))
        pictures = [picture for picture in self.of(report) if picture is not out]
        if pictures:
            refuse(report, self.feeder(f"{report.name}-missing", pictures),
                   rf"of the {report.pages} pages of this report, these were not scanned: {out.page};.*PAPER_MISSING")

    def mixed(self, report):
        """A page of another report is there, too; or one of another version instead of the own."""
        known = [picture for picture in self.pictures if picture.report is not report and not picture.is_lost]
        versions = [picture for picture in known if picture.report.is_version_of(report)]
        for name, strange in (("other", known), ("version", versions)):
            if not strange:
                continue
            other = self.chance(report.name).choice(strange)
            pictures = [picture for picture in self.of(report) if name == "other" or picture.page != other.page]
            refuse(report, self.feeder(f"{report.name}-{name}", [*pictures, other]), f"code {other.report.code}.*PAPER_STRANGER")

    def alone(self, report):
        bind_alone(report, self.feeder(report.name, self.of(report)))

    def spoilt(self, report):
        self.doubled(report)
        self.missing(report)
        self.mixed(report)

    def of_all(self):
        """All reports, blank backs and pages of others at once, into the archive: whose pages are all known is kept, the rest
        when the codes were typed."""
        archive = self.work / "archive.db"
        shutil.copy(WORK / "archive.db", archive)
        feeder = self.feeder("all", self.pictures + self.others)
        for types in (False, True):
            status, told, said = feeder.scan("--archive", archive, types=types)
            judge(feeder, told)
            expect(status == 1 and said.count("PAPER_NO_CODE") >= 2, "two pages of no report were not told:", said)
            for report in self.reports:
                self.check_kept(report, told, feeder, archive, types)

    def check_kept(self, report, told, feeder, archive, types):
        lost = [picture.page for picture in self.of(report) if picture.is_lost and not types]
        kept = next((kept for kept in told["reports"] if kept["code"] == report.code), None)
        if kept is None:
            return expect(len(lost) == report.pages, report.name, "is not told of")
        expect((kept["missing"], kept["bound"], kept["entry"]) == (lost, not lost, report.entry), report.name, lost, "but", kept)
        if not kept["bound"]:
            return
        out = self.work / f"{report.name}-kept-{types}.pdf"
        columns = show_entry(archive, kept["added"])["columns"]
        expect((columns["code"], columns["scan"], columns["file"]) == (report.code.replace("-", "")[:-1], 1, f"{report.name}-scan.pdf"),
               report.name, columns)
        command("archive", "open", str(kept["added"]), "--archive", archive, "-o", out)
        check_pdf(report, report.plain, out, feeder)

    def run(self):
        in_parallel(self.alone, self.reports)
        in_parallel(self.spoilt, self.reports)
        self.of_all()
        for picture in self.pictures:
            if picture.is_lost and picture.is_asked:
                shutil.copy(picture.file, WORK / "lost")
        shutil.rmtree(self.work)


def command(*words):
    return subprocess.run([BUILD / "banthuek", *words, "--lang", "en"], check=True, capture_output=True, text=True).stdout


def show_entry(archive, entry):
    return json.loads(command("archive", "show", str(entry), "--archive", archive, "--format=json"))


def fill_archive(reports):
    for number, report in enumerate(reports, 1):
        said = command("archive", "add", report.plain, "--archive", WORK / "archive.db")
        report.entry = int(re.search(r"entry (\d+)", said)[1])
        expect(report.entry == number, said)


def table(title, names, chosen):
    print(f"| {title} | pages | by the QR alone |")
    for name in names:
        pictures = chosen(name)
        if pictures:
            print(f"| {name} | {len(pictures)} | {100 * sum(not picture.is_lost for picture in pictures) / len(pictures):.1f} % |")
    print()


def show_figures(pictures):
    """The share of pages that had to be known by their QR alone."""
    asked = [picture for picture in pictures if picture.is_asked]
    found = sum(not picture.is_lost for picture in asked)
    free = [picture for picture in pictures if not picture.is_covered]
    table("dpi", sorted({picture.dpi for picture in free}), lambda dpi: [picture for picture in free if picture.dpi == dpi])
    names = sorted({name for picture in asked for name in picture.ways})
    table("150 dpi and more", names, lambda name: [picture for picture in asked if name in picture.ways])
    table("covered, may be lost", sorted({picture.mark for picture in pictures if picture.is_covered}),
          lambda name: [picture for picture in pictures if picture.is_covered and picture.mark == name])
    for picture in asked:
        if picture.is_lost:
            print("lost:", picture)
    share = found / len(asked)
    print(f"{100 * share:.1f} % of {len(asked)} pages at 150 dpi and more known by their QR alone, {len(faults)} wrong")
    return share


def main():
    (WORK / "lost").mkdir()
    set_up_imagemagick(WORK)
    reports = [report_of(name) for name in sys.argv[4:]]
    expect(len({report.code for report in reports}) == len(reports), "two reports have the same code")
    fill_archive(reports)
    pictures = []
    for number in range(int(sys.argv[3])):
        one = Round(number, reports)
        pictures += one.pictures
        one.run()
    return 0 if show_figures(pictures) >= 0.99 and not faults else 1


sys.exit(main())
