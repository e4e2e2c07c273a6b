#!/usr/bin/env python3
"""Measures ours beside Typst in one run, then what tags and data cost and how documents grow, as
tables. Runs are interleaved, as machines drift. A run of full length keeps its tables in RESULTS.md.
usage: bench.py BUILD_DIR TYPST_DIR [EMBLEM]      RUNS=1 is a quick look; PEERS=all adds other programs"""
import datetime
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

import documents
import measure
import peers

HERE = pathlib.Path(__file__).resolve().parent
FULL = 11
RUNS = int(os.environ.get("RUNS", FULL))
MEMOS = 200
ROWS = 10000
TEXT = 400  # paragraphs, about a hundred pages
ROLES = ["preparer", "opinion-1", "opinion-2", "opinion-3"]
ONE_THREAD = {"RAYON_NUM_THREADS": "1"}
HOW = """Written by `make bench`. CPU is user and system time of whole processes, the median of runs that
alternate between the programs: of Typst without what the same Python takes to import it and make
nothing, which "with start" includes; "× ours" is the median of the ratios of each round. All get the
same text, emblem and font files, set tables with heads that repeat, number pages, and make tagged
PDF/A-3a with the report's file inside. Ours looks for its fonts in the system unless it says so,
checks the data, carries the template too, sets links and bookmarks and claims PDF/UA-1. Typst gets
its data as JSON, is told where the fonts lie and looks at no others, and runs on one thread; its peak
memory counts its Python."""


class Bench:
    def __init__(self, build, typst, emblem, work):
        self.build = pathlib.Path(build).resolve()
        self.program = self.build / "banthuek"
        self.typst_dir = pathlib.Path(typst).resolve()
        self.python = self.typst_dir / "bin/python"
        self.emblem = pathlib.Path(emblem).resolve() if emblem else None
        self.work = work
        self.run = measure.Runner(self.build / "bench/run", work)
        self.fonts = self.same_fonts()
        self.lines = []

    def same_fonts(self):
        """A folder with the font files that ours takes, as its manifest tells them by hash."""
        folder = self.work / "fonts"
        folder.mkdir()
        for file in pathlib.Path("/usr/share/fonts/truetype/tlwg").glob("Laksaman*.ttf"):
            (folder / file.name).symlink_to(file)
        pdf, out = self.work / "probe.pdf", self.work / "probe"
        self.run([self.program, "render", "--preprinted", documents.ROOT / "samples/memo", "-o", pdf])
        self.run([self.program, "extract", pdf, "-o", out])
        manifest = documents.json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        for font in (one for one in manifest["inputs"] if one["role"] == "font"):
            file = folder / font["name"]
            if not file.exists() or documents.digest(file) != font["sha256"]:
                sys.exit(f"{font['name']} that banthuek takes is not the one of fonts-tlwg-laksaman-ttf")
        return folder

    def say(self, line=""):
        print(line, flush=True)
        self.lines.append(line)

    # ---- commands

    def ours(self, document, pdf, *more):
        named = ["--template", document.template] if document.template else []
        emblem = ["--emblem", self.emblem] if self.emblem else ["--preprinted"]
        return [self.program, "render", *emblem, *named, *more, document.report, "-o", pdf]

    def typst(self, document, pdf):
        rubric = documents.ROOT / "templates/ita-report/rubric/2566.yaml"
        return [self.python, HERE / "typst/make.py", "one", HERE / f"typst/{document.name}.typ", self.fonts, pdf,
                f"report={document.values}", f"data={document.carried}", f"rubric={rubric}", f"emblem={self.emblem or ''}"]

    def idle(self):
        return [self.python, HERE / "typst/make.py", "nothing"]

    def head(self):
        return "<head/>" if self.emblem else ""

    # ---- tables

    def table(self, *titles):
        self.say("| " + " | ".join(titles) + " |")
        self.say("|" + "---|" * len(titles))

    def titles(self):
        self.table("what", "program", "runs", "CPU ms", "least", "× ours", "with start", "peak MiB", "bytes", "pages")

    def row(self, what, figure, pdf=None):
        if pdf:
            figure.size, figure.pages = pdf.stat().st_size, pages(pdf)
        ratio = f"{figure.ratio():.2f}" if figure.ratio() < 9.95 else f"{figure.ratio():.1f}"
        self.say(f"| {what} | {figure.name} | {len(figure.seconds)} | {figure.median() * 1000:,.0f} "
                 f"| {min(figure.seconds) * 1000:,.0f} | {ratio} | {statistics.median(figure.whole) * 1000:,.0f} "
                 f"| {figure.memory:,.0f} | {figure.size:,} | {figure.pages:,} |")

    def compare(self, what, document, runs):
        pdfs = [self.work / f"{document.name}-{n}.pdf" for n in range(3)]
        programs = [
            ("ours", self.ours(document, pdfs[0]), None, None),
            ("Typst", self.typst(document, pdfs[1]), ONE_THREAD, self.idle()),
        ]
        if not document.template:
            told = self.ours(document, pdfs[2], "--font-dir", self.fonts)
            programs.append(("ours, told where its fonts lie", told, None, None))
        for figure, pdf in zip(measure.interleave(self.run, runs, programs), pdfs):
            self.row(what, figure, pdf)

    def compare_peers(self, what, document, programs):
        """Ours and others that make PDFs of a page of HTML; these few runs suffice for ratios as large."""
        runs = min(RUNS, 3)
        page = peers.page(self.program, document, self.fonts, self.emblem, self.work / f"{document.name}.html")
        made = [(name, *program(page, document, self.work)) for name, program in programs]
        for _, command, _ in made:
            self.run(command)  # the first run makes profiles and caches
        ours = self.work / f"{document.name}-ours.pdf"
        figures = measure.interleave(self.run, runs, [("ours", self.ours(document, ours), None, None)]
                                     + [(name, command, None, None) for name, command, _ in made])
        for figure, pdf in zip(figures, [ours] + [pdf for *_, pdf in made]):
            self.row(what, figure, pdf)

    def others(self):
        found, missing = peers.at_hand(self.typst_dir.parent)
        self.say()
        self.say(peers.HOW)
        for name in missing:
            self.say(f"{name} is not at hand.")
        self.say()
        self.titles()
        ita, memo = (documents.sample(self.program, self.work, name) for name in ("ita-2566", "memo"))
        self.compare_peers("ITA report", ita, [one for one in found if one[0] != "LibreOffice"])
        self.compare_peers("one-page memo", memo, found)
        self.compare_peers("1,000 table rows", documents.rows(self.work, 1000, self.head()), found)

    def compare_many(self, reports, runs):
        emblem = self.emblem or "-"
        yaml = [file.with_suffix(".yaml") for file in reports]

        def ours(count, folder):
            return [self.build / "bench/memos", count, emblem, folder, *yaml]

        def typst(count, folder):
            return [self.python, HERE / "typst/make.py", "many", HERE / "typst/memo.typ", self.fonts, count, folder,
                    emblem, *reports]

        counted = {}
        for name, command in (("ours", ours), ("Typst", typst)):
            folder = self.work / f"many-{name}"
            folder.mkdir()
            self.run(command(len(reports), folder), ONE_THREAD)
            counted[name] = sum(pages(pdf) for pdf in folder.iterdir())
            if counted[name] != len(reports):
                sys.exit(f"{name} makes {counted[name]} pages of {len(reports)} memos of one page")
        figures = measure.interleave(self.run, runs, [
            ("ours", ours(len(reports), "-"), None, None),
            ("Typst", typst(len(reports), "-"), ONE_THREAD, self.idle()),
        ])
        for figure in figures:
            figure.size, figure.pages = int(figure.printed.split()[0]), counted[figure.name]
            self.row(f"{len(reports)} different memos in one process", figure)
        seconds = [figure.median() / len(reports) for figure in figures]
        self.say()
        self.say("A memo in one process: " + ", ".join(
            f"{figure.name} {1000 * each:.1f} ms, {1 / each:.0f} a second" for figure, each in zip(figures, seconds)) + ".")
        again = 10
        _, peak, printed = self.run(ours(again * len(reports), "-"))
        first, last = (int(word) / 1024 for word in printed.split()[1:])
        self.say(f"Ours makes {again * len(reports):,} in one process: {first:.1f} MiB in use after {len(reports)},"
                 f" {last:.1f} after all; {peak:.1f} at most.")

    def lasting(self, what, document):
        """What the logical structure and the data cost: a whole run with them and without."""
        large, small, empty = (self.work / name for name in ("lasting.pdf", "plain.pdf", "empty.pdf"))
        plain, whole = measure.interleave(self.run, RUNS, [
            ("plain", self.ours(document, small, "--profile=plain"), None, None),
            ("lasting", self.ours(document, large), None, None),
        ])
        self.run(self.ours(document, empty, "--no-data"))
        sizes = [file.stat().st_size for file in (large, small, empty)]
        self.say(f"| {what} | {whole.ratio():.2f} | {plain.median() * 1000:,.0f} | {whole.median() * 1000:,.0f} "
                 f"| {sizes[0] / sizes[1]:.2f} | {sizes[1]:,} | {sizes[0]:,} | {sizes[2]:,} |")

    def chain(self, sign):
        """The sample without its data, which nothing can be compared with, and as three people sign that."""
        pdfs = [self.work / f"chain-{n}.pdf" for n in range(4)]
        self.run(self.ours(documents.sample(self.program, self.work, "ita-2566"), pdfs[0], "--no-data"))
        for role, old, new in zip(ROLES, pdfs, pdfs[1:]):
            self.run([*sign(old, role), "-o", new])
        return pdfs

    def fields(self, ita):
        """What the fields to sign in cost at rendering."""
        bare, made = (self.work / f"{name}.pdf" for name in ("bare", "made"))
        without, whole = measure.interleave(self.run, RUNS, [
            ("without", self.ours(ita, bare, "--no-fields"), None, None),
            ("with", self.ours(ita, made), None, None),
        ])
        self.say(f"Fields to sign in: {whole.ratio():.3f} of the CPU of the report without them ({without.median() * 1000:,.0f} ms), "
                 f"{made.stat().st_size - bare.stat().st_size:,} bytes.")

    def signing(self):
        """What signing and verifying cost beside rendering: the report, and with the signatures of its four people. A PDF without its
        data is signed with all but the comparison of its pages."""
        demo, made = self.work / "demo", self.work / "made.pdf"
        tests = documents.ROOT / "tests"
        self.run([tests / "demo-sign", self.build, demo], {"BANTHUEK_EMBLEM": str(self.emblem or "")})
        emblem = ["--emblem", self.emblem] if self.emblem else []
        pki = demo / "pki"

        def anew(*command):  # what is there is never written over
            return ["sh", "-c", 'rm -f "$0"; exec "$@"', made, *command]

        def words(pdf, role):
            return [self.program, "sign", pdf, "--as", role, "--opinion", "เพื่อโปรดพิจารณา"]

        def sign(pdf, role, key="p256"):
            return [*words(pdf, role), "--key", pki / f"{key}.key", "--cert", pki / f"{key}-chain.pem", "--name-differs",
                    "--as-shown", *emblem]

        def row(what, *command):
            return (what, anew(*command), None, anew("true"))

        first, last = ROLES[0], ROLES[3]
        bare = self.chain(sign)
        verify = [self.program, "verify", *emblem, "--trust", pki / "trust.pem"]
        ita = documents.sample(self.program, self.work, "ita-2566")
        self.fields(ita)
        self.say()
        self.table("the report of four", "× render", "CPU ms", "peak MiB")
        for figure in measure.interleave(self.run, RUNS, [
            ("render", self.ours(ita, self.work / "rendered.pdf"), None, None),
            row("sign, without key and comparison (preview)", *words(demo / "0.pdf", first), "--preview", made),
            row("sign, without comparison (P-256, no data inside)", *sign(bare[0], first), "-o", made),
            row("sign as the fourth, without comparison", *sign(bare[3], last), "-o", made),
            row("sign (P-256)", *sign(demo / "0.pdf", first), "-o", made),
            row("sign (RSA-3072)", *sign(demo / "0.pdf", first, "rsa"), "-o", made),
            row("sign as the fourth (P-256)", *sign(demo / "3.pdf", last), "-o", made),
            ("verify, with one signature", [*verify, demo / "1.pdf"], None, None),
            ("verify, with four", [*verify, demo / "4.pdf"], None, None),
            ("verify, with four, without comparison", [*verify, "--no-compare", demo / "4.pdf"], None, None),
        ]):
            self.say(f"| {figure.name} | {figure.ratio():.2f} | {figure.median() * 1000:,.0f} | {figure.memory:,.0f} |")

    def grow(self, what, make, counts):
        first = None
        for count in counts:
            pdf = self.work / "grown.pdf"
            seconds, memory, _ = self.run(self.ours(make(self.work, count), pdf))
            figures = (count, seconds, memory, pdf.stat().st_size)
            first = first or figures
            each = [f"{b / a / (count / first[0]):.2f}" for a, b in zip(first[1:], figures[1:])]
            self.say(f"| {what} | {count:,} | {seconds:.2f} | {memory:,.0f} | {figures[3]:,} | {' / '.join(each)} |")

    def all(self):
        ita, memo = (documents.sample(self.program, self.work, name) for name in ("ita-2566", "memo"))
        pool = documents.sentences(ita.values)
        few = max(1, min(RUNS, 5))
        self.titles()
        self.compare("ITA report", ita, RUNS)
        self.compare("one-page memo", memo, RUNS)
        self.compare(f"{ROWS:,} table rows", documents.rows(self.work, ROWS, self.head()), few)
        self.compare("full pages of text", documents.prose(self.work, pool, TEXT, self.head()), RUNS)
        self.compare_many(documents.memos(self.program, self.work, pool, MEMOS), RUNS)
        self.say()
        self.table("tags and data of ours", "× plain", "plain ms", "lasting ms", "× bytes", "plain", "lasting", "without data")
        self.lasting("ITA report", ita)
        self.lasting("one-page memo", memo)
        self.say()
        self.signing()
        self.say()
        self.table("ours grows", "count", "CPU s", "peak MiB", "bytes", "for each, of the first: CPU / memory / bytes")
        self.grow("pages with headings", documents.headings, (250, 500, 1000))
        self.grow("table rows", documents.rows, (12500, 25000, 50000))
        if os.environ.get("PEERS") == "all":
            self.others()


def pages(pdf):
    """How many pages a PDF has, as poppler counts them."""
    told = subprocess.run(["pdfinfo", pdf], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("Pages:")))


def machine():
    def told(file, key, mark):
        lines = pathlib.Path(file).read_text(encoding="utf-8").splitlines() if os.path.exists(file) else []
        return next((line.split(mark, 1)[1].strip(' "') for line in lines if line.startswith(key)), "unknown")

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{told('/proc/cpuinfo', 'model name', ':')}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB,"
            f" {told('/etc/os-release', 'PRETTY_NAME', '=')}, {platform.machine()}")


def versions(bench):
    ours = bench.run([bench.program, "version"])[2].split("\n")[0]
    made = subprocess.run(["git", "-C", HERE, "rev-parse", "--short", "HEAD"], check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL).stdout.decode().strip()
    asked = "import sys, importlib.metadata as m; print('Typst', m.version('typst'), 'in Python', sys.version.split()[0])"
    return f"{ours}{f' ({made})' if made else ''}; {bench.run([bench.python, '-c', asked])[2].strip()}"


def main(build, typst, emblem=""):
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(build, typst, emblem, pathlib.Path(name))
        bench.say("# Ours and Typst, measured")
        bench.say()
        bench.say(HOW)
        bench.say()
        bench.say(f"{datetime.date.today().isoformat()}; {machine()}; {versions(bench)}; "
                  f"{'with the emblem' if emblem else 'without an emblem: none was at hand'}.")
        bench.say()
        bench.all()
        if RUNS >= FULL:
            (HERE / "RESULTS.md").write_text("\n".join(bench.lines) + "\n", encoding="utf-8")
        else:
            print("\nToo few runs to be kept in RESULTS.md.")


if __name__ == "__main__":
    main(*sys.argv[1:])
