#!/usr/bin/env python3
"""Measures the archive beside programs that know nothing but SQLite, with goals, as tables. A run with 8,300 entries keeps them in ARCHIVE.md.
usage: archive.py BUILD_DIR      N=83000 measures so many (tens of minutes and 8 GB), N=1100 is a quick look"""
import datetime
import hashlib
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

import archive_documents
import documents
import measure
from bench import machine

HERE = pathlib.Path(__file__).resolve().parent
FULL = 8300
N = int(os.environ.get("N", FULL))
FEW = 1000
BAGS = 77
RUNS = 5
TERMS = ["สมมติ", "รายงาน", "ค่าตอบแทนวิทยากร", "ดอนบัวสมมติ", "ภารัต", "สม 99912/5", '"สม 12"', "ธนาคาร", "อบรม จุดบริการ", "คู่มือ -อบรม",
         "สมมติ -อนุมัติ"]
HOW = """Written by `make bench-archive`. Memos of one page, of {agencies} made-up agencies over {years} years, each with a PDF, a report and sentences
of its own, are added, searched and listed in one process, without a terminal; the program by hand has the same tables and tokenizers, and
gets rows, packed blobs and folded texts ready from memory, {group} entries a transaction as `archive add` does, both with a sync at each
commit. They take turns every 500 entries, so that what else the machine does meets both. Of questions the least of {runs} runs in turn counts; a
list begins with no page of the file in memory, on both sides, as the command does. By hand a question is one statement of SQL, which asks the
index of pairs, compares each block, and takes the newest 21 documents; of several words nobody wrote one. CPU is user and system time."""


class Bench:
    def __init__(self, build, work):
        self.build = pathlib.Path(build).resolve()
        self.program, self.tool = self.build / "banthuek", self.build / "bench/archive"
        self.work = work
        self.run = measure.Runner(self.build / "bench/run", work)
        self.lines = []
        self.missed = []

    def say(self, line=""):
        print(line, flush=True)
        self.lines.append(line)

    def table(self, *titles):
        self.say()
        self.say("| " + " | ".join(titles) + " |")
        self.say("|" + "---|" * len(titles))

    def row(self, *cells):
        self.say("| " + " | ".join(cells) + " |")

    def goal(self, what, value, most, shown):
        good = value <= most
        if not good:
            self.missed.append(what)
        return f"{shown} {'✓' if good else 'missed'}"

    def measured(self, *command):
        """CPU and wall seconds, peak MiB."""
        begin = time.monotonic()
        cpu, memory, _ = self.run([self.program, *command])
        return cpu, time.monotonic() - begin, memory

    def figures(self, *command):
        done = subprocess.run([self.tool, *map(str, command)], check=True, stdout=subprocess.PIPE)
        return {line.split()[0]: [float(one) for one in line.split()[1:]] for line in done.stdout.decode().splitlines()}

    # ---- documents

    def memos(self):
        """Folders of 1,000 PDFs with their reports, kept in the build folder as long as what makes them is the same."""
        folder = self.build / "bench/archive-memos"
        made = folder / "made"
        key = f"{N} {hashlib.sha256(self.program.read_bytes()).hexdigest()} {hashlib.sha256((HERE / 'archive_documents.py').read_bytes()).hexdigest()}"
        if not made.exists() or made.read_text() != key:
            subprocess.run(["rm", "-rf", folder], check=True)
            reports = archive_documents.memos(self.program, self.work, folder, N)
            for own in sorted({one.parent for one in reports}):
                subprocess.run([self.tool, "render", own, *(one for one in reports if one.parent == own)], check=True)
            made.write_text(key)
        return sorted(one for one in folder.iterdir() if one.is_dir())

    # ---- tables

    def adding(self, folders):
        files = [file for folder in folders for file in sorted(folder.glob("*.pdf"))]
        listed = self.work / "files"
        listed.write_text("\n".join(map(str, files)))
        took = self.figures("add", self.work / "ours.db", self.work / "hand.db", listed)
        self.table("adding a memo", "wall ms", "CPU ms", "wall ×", "CPU ×", "goal")
        keep, hand, read, render = (took[one] for one in ("keep", "hand", "read", "render"))
        self.row("rows, blobs and indexes by hand", *(f"{one:.2f}" for one in hand), "1", "1", "")
        worst = max(keep[0] / hand[0], keep[1] / hand[1])
        self.row("the same by `archive add`", *(f"{one:.2f}" for one in keep), *(f"{a / b:.2f}" for a, b in zip(keep, hand)),
                 self.goal("add", worst, 2, "at most 2 ×"))
        self.row("reading the PDF", *(f"{one:.2f}" for one in read), "", "", self.goal("reading", read[1], render[1], "at most a render (CPU)"))
        self.row("rendering it, in the same process", *(f"{one:.2f}" for one in render), "", "", "")
        return files

    def command(self, folders, read_and_keep):
        self.table("the command `archive add`", "entries", "CPU ms an entry", "wall ms an entry", "peak MiB", "goal")
        few, all_ = self.work / "few.db", self.work / "all.db"
        rows = [("a folder of", few, folders[:1], FEW), ("folders of", all_, folders, N), ("the same folders again", all_, folders, N)]
        peaks = []
        for what, db, named, count in rows:
            cpu, wall, memory = self.measured("archive", "add", "--archive", db, *named)
            peaks.append(memory)
            goal = self.goal("memory of add", memory, peaks[0] * 1.1, "at most 1.1 × the first") if len(peaks) == 2 else ""
            self.row(what, f"{count:,}", f"{cpu / count * 1000:.2f}", f"{wall / count * 1000:.2f}", f"{memory:,.0f}", goal)
        return few, all_

    def sizes(self, db, pdfs):
        """Bytes beyond those of an empty archive: all, beyond the PDFs, and beyond the files inside as they are kept."""
        empty = self.work / "empty.db"
        subprocess.run([self.program, "archive", "add", "--archive", empty, self.work / "nowhere"], check=False, stderr=subprocess.DEVNULL)
        size = db.stat().st_size - empty.stat().st_size
        asked = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
        given, = asked.execute("SELECT sum(length(bytes)) FROM content WHERE kind = 1").fetchone()
        inside, = asked.execute("SELECT sum(length(bytes)) FROM content WHERE kind > 1").fetchone()
        asked.close()
        assert given == sum(file.stat().st_size for file in pdfs)
        return size, size - given, size - given - inside

    def growth(self, db, files):
        self.table("growth", "PDFs, bytes an entry", "beyond PDF", "beyond PDF and attachments", "goal")
        made = []
        for own in archive_documents.yearly(self.program, self.work, self.work / "yearly"):
            made.append(self.work / f"ita-{own.name}.pdf")
            self.run([self.program, "render", "--preprinted", own, "-o", made[-1]])
        yearly = self.work / "yearly.db"
        self.measured("archive", "add", "--archive", yearly, *made)
        for what, own, pdfs, most in (("memos", db, files, 6), ("five yearly ITA reports of one agency", yearly, made, 25)):
            size, beyond, rest = (one / len(pdfs) for one in self.sizes(own, pdfs))
            self.row(what, f"{size - beyond:,.0f}", f"{beyond:,.0f}", f"{rest:,.0f}", self.goal("growth", rest, most * 1024, f"at most {most} KB"))

    def questions(self, db):
        self.table("question", "found", "by year ms", "by hand ms", "×", "goal", "by fit ms", "goal")
        for term in TERMS:
            took = self.figures("search", db, RUNS, term)
            year, hand, fit = took["year"][0], took["hand"][0], took["fit"][0]
            by_hand = hand > 0.01
            most = self.goal("search by year", year, min(50, max(2 * hand, 2)) if by_hand else 50, "2 × and 50 ms" if by_hand else "50 ms")
            self.row(term, f"{took['found'][0]:.0f}", f"{year:.1f}", f"{hand:.1f}" if by_hand else "", f"{year / hand:.2f}" if by_hand else "", most,
                     f"{fit:.1f}", self.goal("search by fit", fit, 50, "50 ms"))
        took = self.figures("list", db, RUNS)
        ours, hand = took["list"][0], took["hand"][0]
        self.row("`archive list`, all", f"{took['found'][0]:,.0f}", f"{ours:.1f}", f"{hand:.1f}", f"{ours / hand:.2f}",
                 self.goal("list", ours, min(50, 2 * hand) if N <= FULL else 2 * hand, "2 × and 50 ms"), "", "")

    def memory(self, few, all_):
        self.table("peak MiB of", f"{FEW:,} entries", f"{N:,}", "goal")
        bags = iter(self.work / name for name in ("bag-few", "bag-all"))
        for what, command in (("search by fit", lambda db: ["search", "รายงาน", "--by=fit"]), ("list", lambda db: ["list"]),
                              ("export", lambda db: ["export", next(bags)]), ("verify --quick", lambda db: ["verify", "--quick"])):
            first, last = (self.measured("archive", *command(db), "--archive", db)[2] for db in (few, all_))
            self.row(what, f"{first:,.1f}", f"{last:,.1f}", self.goal(f"memory of {what}", last, first * 1.1, "flat: at most 1.1 ×"))

    def importing(self, files):
        """Each of 77 archives has its share of the memos."""
        share = len(files) // BAGS
        bags = []
        for i in range(BAGS):
            db = self.work / f"province-{i}.db"
            bags.append(self.work / f"bag-{i}")
            self.measured("archive", "add", "--archive", db, *files[i * share:(i + 1) * share])
            self.measured("archive", "export", bags[-1], "--archive", db)
        cpu, wall, memory = self.measured("archive", "import", "--archive", self.work / "country.db", *bags)
        self.table("import", "entries", "wall s", "CPU s", "CPU ms an entry", "peak MiB")
        count = share * BAGS
        self.row(f"{BAGS} bags into one archive", f"{count:,}", f"{wall:.1f}", f"{cpu:.1f}", f"{cpu / count * 1000:.2f}", f"{memory:,.0f}")
        cpu, wall, memory = self.measured("archive", "import", "--archive", self.work / "country.db", *bags)
        self.row("the same again", f"{count:,}", f"{wall:.1f}", f"{cpu:.1f}", f"{cpu / count * 1000:.2f}", f"{memory:,.0f}")

    def all(self):
        folders = self.memos()
        files = self.adding(folders)
        few, all_ = self.command(folders, None)
        self.growth(all_, files)
        self.questions(all_)
        self.memory(few, all_)
        self.importing(files)


def main(build):
    with tempfile.TemporaryDirectory(dir=build) as name:
        bench = Bench(build, pathlib.Path(name).resolve())
        bench.say("# The archive, measured")
        bench.say()
        bench.say(HOW.format(agencies=archive_documents.AGENCIES, years=archive_documents.YEARS, group=50, runs=RUNS))
        bench.say()
        bench.say(f"{datetime.date.today().isoformat()}; {machine()}; {N:,} entries; SQLite {sqlite3.sqlite_version}.")
        bench.all()
        bench.say()
        bench.say("All goals are met." if not bench.missed else "Missed: " + ", ".join(dict.fromkeys(bench.missed)) + ".")
        if N == FULL:
            (HERE / "ARCHIVE.md").write_text("\n".join(bench.lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
