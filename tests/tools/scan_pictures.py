"""Pictures of pages as scans of every kind: of each it is known what it shows, how it lies and what was done to it."""
import concurrent.futures
import dataclasses
import itertools
import os
import pathlib
import subprocess
import tempfile

from scan_pages import BLACK_WHITE, DITHERED, EFFECTS, HARD, MARKS, lengths, middle_of

SIDE = 32  # of the small picture by which pictures are told apart

# what scan_pages.py has, and: pens beside the code, and paper that was folded in the middle and lies a little shifted
PAPER = MARKS | {
    "strokes-near-code": ["-fill", "none", "-stroke", "navy", "-strokewidth", "@5", "-draw", "polyline @x-110,@y-74 @x76,@y-78 @x80,@y110"],
    "fold-shifted": ["(", "+clone", "-crop", "@4200x@1485+0+@1485", "+repage", ")", "-geometry", "+@5+@1488", "-composite",
                     "-geometry", "+0+0", "-strokewidth", "@4", "-stroke", "gray60", "-draw", "line 0,@1488 @4200,@1488",
                     "-stroke", "white", "-draw", "line 0,@1493 @4200,@1493"],
}

MODES = {"black-white": [*BLACK_WHITE], "dithered": [*DITHERED], "grey": [], "colour": []}

# so does a machine that makes one bit of a page which is not evenly lit
EVEN = ["(", "+clone", "-scale", "3%", "-blur", "0x2", "-resize", "{size}!", ")", "-compose", "divide_src", "-composite"]

# endings, and kinds of pack_scan.py; what takes long is not made of large pages (LARGE)
PACKED = {
    "black-white": ["tif", "tif", "png", "pdf-g4", "pdf-jbig2"],
    "dithered": ["tif", "pdf-g4", "pdf-jbig2"],
    "grey": ["jpg", "jpg", "png", "pdf-jpeg", "pdf-flate", "pdf-jpx"],
    "colour": ["jpg", "jpg", "png", "pdf-jpeg", "pdf-strips", "pdf-mrc"],
}
LARGE = ("png", "pdf-flate", "pdf-jpx", "pdf-mrc")
DARK = ("pdf-mrc",)  # which would be black in a shadow


@dataclasses.dataclass(eq=False)
class Picture:
    report: object  # None: of none
    page: int       # 0: blank
    pdf: pathlib.Path
    dpi: int
    ways: list      # names of all that was done to it
    mark: str
    effect: str
    mode: str
    skew: int
    lies: int       # degrees clockwise by which it is turned
    packed: str
    quality: int
    file: pathlib.Path
    small: list = None  # upright
    is_lost: bool = False

    @property
    def is_covered(self):
        """Something as dark as the code lies over it: so is a fold through it where there are no shades."""
        return self.mark in HARD or self.mark == "fold" and self.mode in ("black-white", "dithered")

    @property
    def is_asked(self):
        return self.dpi >= 150 and not self.is_covered

    def __repr__(self):
        of = self.report.name if self.report else "none"
        return f"{self.file.name} (page {self.page} of {of}, {self.dpi} dpi, {' '.join(self.ways)}, quality {self.quality})"


def in_parallel(work, items):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, items))


def turned(rows):
    """A small picture turned by 90 degrees clockwise."""
    return [list(row) for row in zip(*rows[::-1])]


def small_picture(pixels, side):
    """Rows of SIDE from those of a square, which has at least as many, as light or dark as all others on the whole."""
    times = side // SIDE
    rows = [[sum(sum(pixels[(y + i) * side + x:(y + i) * side + x + times]) for i in range(times)) for x in range(0, side, times)]
            for y in range(0, side, times)]
    mean = sum(map(sum, rows)) / SIDE ** 2
    spread = sum((pixel - mean) ** 2 for row in rows for pixel in row) ** 0.5 or 1
    return [[(pixel - mean) / spread for pixel in row] for row in rows]


def show_pages(pdf):
    """A small picture of each page."""
    side = 4 * SIDE
    with tempfile.TemporaryDirectory(dir=pdf.parent) as folder:
        subprocess.run(["pdftoppm", "-gray", "-scale-to-x", str(side), "-scale-to-y", str(side), pdf, f"{folder}/page"], check=True)
        return [small_picture(file.read_bytes()[-side ** 2:], side) for file in sorted(pathlib.Path(folder).iterdir())]


class Deck:
    """Cards that are drawn until none is left, so that each comes as often as it should."""

    def __init__(self, rng, cards):
        self.rng, self.cards, self.left = rng, list(cards), []

    def draw(self):
        if not self.left:
            self.left = self.rng.sample(self.cards, len(self.cards))
        return self.left.pop()


class Pictures:
    def __init__(self, build, folder, rng):
        folder.mkdir()
        self.build, self.folder, self.rng = build, folder, rng
        self.count = 0
        self.dpi = Deck(rng, [100] * 2 + [150] * 4 + [200] * 4 + [300] * 3 + [600])
        self.mark = Deck(rng, [""] * 4 + ["strokes", "strokes", "strokes-near-code", "fold", "fold-shifted"] * 2 + sorted(HARD))
        self.effect = Deck(rng, [""] * 5 + ["noise", "shadow"] * 2 + ["blur", "faint"])
        self.mode = Deck(rng, ["black-white", "grey", "colour"] * 3 + ["dithered"])
        self.turn = Deck(rng, [(0, 0)] * 3 + list(itertools.product((0, 90, 180, 270), (0, 2, -2))))

    def plan(self, report, page, pdf=None, is_easy=False):
        """A picture to be made of a page; an easy one is one whose code is found."""
        dpi, mode, (lies, skew) = self.dpi.draw(), self.mode.draw(), self.turn.draw()
        mark, effect = self.mark.draw(), self.effect.draw()
        unfit = LARGE if dpi == 600 else DARK if effect == "shadow" else ()
        packed = self.rng.choice([kind for kind in PACKED[mode] if kind not in unfit])
        if is_easy or page == 0:
            dpi, mark, effect = max(dpi % 600, 150), "", ""
        self.count += 1
        file = self.folder / f"{self.count:03}.{packed.split('-')[0]}"
        ways = [mode, packed, f"turned-{lies}", f"skewed{skew:+}" if skew else "straight", mark or "no mark", effect or "no effect"]
        return Picture(report, page, pdf or report and report.pen, dpi, ways, mark, effect, mode, skew, lies, packed,
                       self.rng.choice([20, 30, 40, 60, 90]), file)

    def draw(self, picture):
        """The page as it comes out of the printer."""
        base = picture.file.with_suffix("")
        if picture.page == 0:
            size = "x".join(str(round(side * picture.dpi / 25.4)) for side in (210, 297))
            subprocess.run(["convert", "-size", size, "xc:gray98", "-depth", "8", f"{base}.ppm"], check=True)
        else:
            subprocess.run(["pdftoppm", "-r", str(picture.dpi), "-f", str(picture.page), "-l", str(picture.page), "-singlefile",
                            picture.pdf, base], check=True)
        return pathlib.Path(f"{base}.ppm")

    def arguments(self, picture, size):
        """What ImageMagick does to the page, one after the other."""
        turned = ["-background", "white", "-rotate", str(picture.skew), "-gravity", "center", "-extent", size, "+gravity"]
        words = [*PAPER.get(picture.mark, []), *(turned if picture.skew else [])]
        words += [] if picture.mode == "colour" else ["-colorspace", "Gray"]
        words += EFFECTS.get(picture.effect, [])
        if picture.effect == "shadow" and picture.mode in ("black-white", "dithered"):
            words += [word.format(size=size) for word in EVEN]
        words += MODES[picture.mode]
        middle = (0, 0)
        if any("@x" in word for word in words):
            middle = middle_of(self.build, picture.file.with_suffix(""), picture.pdf, picture.page)
        return lengths(words, picture.dpi, middle)

    def make(self, picture):
        picture.file.with_suffix("").mkdir()
        drawn = self.draw(picture)
        size = "x".join(drawn.read_bytes()[:40].split()[i].decode() for i in (1, 2))
        whole = picture.file if not picture.packed.startswith("pdf") else picture.file.with_suffix(".png")
        subprocess.run(["convert", "-seed", picture.file.stem, drawn, "-density", str(picture.dpi), "-units", "PixelsPerInch",
                        *self.arguments(picture, size), "-rotate", str(picture.lies), "+repage",
                        "-quality", str(picture.quality if whole.suffix == ".jpg" else 10), whole], check=True)
        if picture.packed.startswith("pdf"):
            subprocess.run([pathlib.Path(__file__).parent / "pack_scan.py", picture.packed[4:], str(picture.dpi), picture.file, whole],
                           check=True, stdout=subprocess.DEVNULL)
            whole.unlink()
        drawn.unlink()
        picture.small = self.small(picture)

    def small(self, picture):
        """The picture as it was packed, upright."""
        if picture.file.suffix == ".pdf":
            rows = show_pages(picture.file)[0]
            for _ in range(-picture.lies % 360 // 90):
                rows = turned(rows)
            return rows
        pixels = subprocess.run(["convert", picture.file, "-colorspace", "Gray", "-scale", f"{SIDE}x{SIDE}!", "-rotate", str(-picture.lies),
                                 "-depth", "8", "gray:-"], check=True, capture_output=True).stdout
        return small_picture(pixels, SIDE)
