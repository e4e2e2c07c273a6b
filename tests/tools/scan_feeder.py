"""Pictures of pages as they come out of a scanner's feeder, and what `banthuek scan` says of them."""
import dataclasses
import json
import os
import pathlib
import subprocess

from scan_pictures import turned


@dataclasses.dataclass(eq=False)
class Sheet:
    file: pathlib.Path
    number: int  # in the file
    picture: object
    lies: int    # degrees clockwise by which it is turned when it is shown
    is_typed: bool = False


class Feeder:
    """A folder of scans: pictures in any order, those in PDFs as one PDF, whose pages are turned besides. Copies are
    the same files once more."""

    def __init__(self, build, folder, pictures, copies, rng):
        folder.mkdir()
        self.build, self.folder, self.rng = build, folder, rng
        pdfs = [picture for picture in pictures if picture.file.suffix == ".pdf"]
        rest = [picture for picture in pictures if picture.file.suffix != ".pdf"] + list(copies)
        rng.shuffle(rest)
        rng.shuffle(pdfs)
        self.sheets = self.merge(pdfs)
        for picture in rest:
            file = folder / f"{len(self.sheets):03}{picture.file.suffix}"
            os.link(picture.file, file)
            self.sheets.append(Sheet(file, 1, picture, picture.lies))

    def merge(self, pdfs):
        if not pdfs:
            return []
        file = self.folder / "000.pdf"
        turns = [self.rng.choice((0, 0, 90, 180, 270)) for _ in pdfs]
        subprocess.run(["qpdf", "--empty", "--pages", *(picture.file for picture in pdfs), "--",
                        *(f"--rotate=+{turn}:{i}" for i, turn in enumerate(turns, 1) if turn), file], check=True)
        return [Sheet(file, i, picture, (picture.lies + turn) % 360) for i, (picture, turn) in enumerate(zip(pdfs, turns), 1)]

    def scan(self, *words, types=True):
        """Status, JSON and messages. The codes of pages on which they were lost are typed when `types`."""
        codes = []
        for i, sheet in enumerate(self.sheets, 1):
            sheet.is_typed = types and sheet.picture.is_lost
            if sheet.is_typed:
                codes += ["--code", f"{i}={sheet.picture.report.code}/{sheet.picture.page}"]
        done = subprocess.run([self.build / "banthuek", "scan", self.folder, *words, *codes, "--format=json", "--lang", "en"],
                              capture_output=True, text=True)
        return done.returncode, json.loads(done.stdout or '{"pages": [], "reports": []}'), done.stderr


def texts_of(pdf):
    return subprocess.run(["pdftotext", "-enc", "UTF-8", pdf, "-"], check=True, capture_output=True, text=True).stdout.split("\f")[:-1]


def differences(page, sheets):
    """How much a page differs from each sheet, turned by degrees clockwise: (index of the sheet, degrees) to a number."""
    out = {}
    for i, sheet in enumerate(sheets):
        rows = sheet.picture.small
        for turn in (0, 90, 180, 270):
            out[i, turn] = sum((a - b) ** 2 for left, right in zip(page, rows) for a, b in zip(left, right))
            rows = turned(rows)
    return out
