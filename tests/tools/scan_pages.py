#!/usr/bin/env python3
"""Pages of a PDF as office machines scan them, well and badly, and what is found on them: for each kind and resolution how many
pages were known by their code, and that no page was taken for another.

usage: scan_pages.py BUILD_DIR WORK_DIR FILE.pdf PAGES DPI,DPI,... [KIND...]   (ImageMagick and pdftoppm make the pictures)"""
import concurrent.futures
import os
import pathlib
import random
import re
import subprocess
import sys

# kinds that may be lost, but never taken for another page
HARD = {"stain", "pen-over-code"}

# arguments of ImageMagick, with @N for lengths in 1/10 mm; @xN and @yN are counted from the middle of the code

# what a hand or a cup does to paper
MARKS = {
    "fold": ["(", "+clone", "-fill", "none", "-stroke", "gray35", "-strokewidth", "@3", "-draw",
             "line 0,@y20 @4200,@y30 line @x25,0 @x32,@4200", ")", "-compose", "multiply", "-composite"],
    "stain": ["(", "+clone", "-fill", "#b08050", "-stroke", "#805020", "-strokewidth", "@12", "-draw",
              "ellipse @x60,@y-60 @100,@100 0,360", ")", "-compose", "multiply", "-composite"],
    "pen-over-code": ["(", "+clone", "-fill", "none", "-stroke", "#2848a0", "-strokewidth", "@4", "-draw",
                      "bezier @x-90,@y50 @x-20,@y10 @x20,@y60 @x90,@y-35", ")", "-compose", "multiply", "-composite"],
    "strokes": ["-fill", "none", "-stroke", "navy", "-strokewidth", "@7", "-draw",
                "bezier @200,@2500 @900,@1900 @1000,@2900 @1700,@2300 bezier @300,@600 @700,@900 @900,@300 @1500,@700"],
}

# what a scanner or a copier does to its picture
EFFECTS = {
    "noise": ["-attenuate", "0.5", "+noise", "Gaussian"],
    "blur": ["-gaussian-blur", "0x@1.2"],
    "shadow": ["(", "+clone", "-sparse-color", "barycentric", "0,0 white @2970,@2970 gray25 0,@2970 gray50", ")", "-compose",
               "multiply", "-composite"],
    "faint": ["+level", "35%,80%"],
}

BLACK_WHITE = ["-threshold", "60%", "-compress", "Group4"]
DITHERED = ["-ordered-dither", "o4x4", "-compress", "Group4"]

# each with the ending of its file
KINDS = {
    "grey": ("png", []),
    "colour": ("jpg", ["-quality", "85"]),
    "black-white": ("tif", BLACK_WHITE),
    "dithered": ("tif", DITHERED),
    "jpeg-40": ("jpg", ["-quality", "40"]),
    "jpeg-20": ("jpg", ["-quality", "20"]),
    "turned-2": ("jpg", ["-background", "white", "-rotate", "2", "-quality", "60"]),
    "turned-90": ("jpg", ["-rotate", "90", "-quality", "60"]),
    "turned-180": ("tif", ["-rotate", "180", *BLACK_WHITE]),
    "turned-268": ("jpg", ["-background", "white", "-rotate", "268", "-quality", "60"]),
    "noise": ("jpg", [*EFFECTS["noise"], "-quality", "60"]),
    "noise-bw": ("tif", ["-attenuate", "0.6", "+noise", "Gaussian", "-threshold", "55%", "-compress", "Group4"]),
    "blur": ("jpg", [*EFFECTS["blur"], "-quality", "60"]),
    "fold": ("jpg", [*MARKS["fold"], "-quality", "60"]),
    "shadow": ("jpg", [*EFFECTS["shadow"], "-quality", "60"]),
    "faint": ("jpg", [*EFFECTS["faint"], "-quality", "50"]),
    "stain": ("jpg", [*MARKS["stain"], "-quality", "60"]),
    "pen-over-code": ("jpg", [*MARKS["pen-over-code"], "-quality", "60"]),
    "strokes": ("jpg", [*MARKS["strokes"], "-quality", "60"]),
}


def set_up_imagemagick(folder):
    """Debian lets ImageMagick have 256 MiB: pages of 600 dpi take more, and thirty times as long then."""
    (folder / "policy.xml").write_text('<policymap><policy domain="resource" name="memory" value="2GiB"/></policymap>')
    os.environ["MAGICK_CONFIGURE_PATH"] = str(folder.resolve())
    os.environ["OMP_NUM_THREADS"] = "1"  # as many pictures are made at once as there are processors


def lengths(arguments, dpi, middle):
    def pixels(found):
        return f"{(float(found[2]) + {'x': middle[0], 'y': middle[1]}.get(found[1], 0)) * dpi / 254:.2f}"
    return [re.sub(r"@([xy]?)(-?[\d.]+)", pixels, argument) for argument in arguments]


def codes_on(build, picture):
    said = subprocess.run([f"{build}/tools/scan-codes", str(picture)], capture_output=True, text=True, check=True).stdout
    return said.split()


def middle_of(build, work, pdf, page):
    """Where the code stands on a page, in 1/10 mm."""
    picture = work / f"{page}-clean"
    subprocess.run(["pdftoppm", "-r", "200", "-f", str(page), "-l", str(page), "-singlefile", "-png", pdf, picture], check=True)
    words = codes_on(build, f"{picture}.png")
    return tuple(float(place) * 254 / float(words[2]) for place in words[10:12])


def make(work, pdf, page, dpi, kind, middle):
    ending, arguments = KINDS[kind]
    picture = work / f"{page}-{dpi}-{kind}.{ending}"
    if not picture.exists():
        source = work / f"{page}-{dpi}"
        colour = [] if kind in ("colour", "strokes") else ["-gray"]
        subprocess.run(["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", *colour, pdf,
                        f"{source}-{kind}"], check=True)
        drawn = next(work.glob(f"{page}-{dpi}-{kind}.p?m"))
        subprocess.run(["convert", "-seed", str(page), str(drawn), "-density", str(dpi), "-units", "PixelsPerInch",
                        *lengths(arguments, dpi, middle), str(picture)], check=True)
        drawn.unlink()
    return picture


def main():
    build, work, pdf, pages, resolutions = sys.argv[1:6]
    kinds = sys.argv[6:] or list(KINDS)
    work = pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    set_up_imagemagick(work)
    manifest = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    count = int(re.search(r"Pages: +(\d+)", manifest)[1])
    chosen = random.Random(1).sample(range(1, count + 1), min(int(pages), count))
    resolutions = [int(dpi) for dpi in resolutions.split(",")]
    code = set()
    good = {}
    wrong = []
    slow = 0.0
    middles = {page: middle_of(build, work, pdf, page) for page in chosen}
    jobs = [(page, dpi, kind) for kind in kinds for dpi in resolutions for page in chosen]

    def run(job):
        page, dpi, kind = job
        picture = make(work, pdf, page, dpi, kind, middles[page])
        words = codes_on(build, picture)
        if not os.environ.get("KEEP"):
            picture.unlink()
        return job, words

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for (page, dpi, kind), words in pool.map(run, jobs):
            found = words[4].rstrip("*")
            slow = max(slow, float(words[-1]))
            turn = int(re.match(r"turned-(90|180|268)", kind)[1]) if re.match(r"turned-(90|180|268)", kind) else 0
            lies = {0: 0, 90: 270, 180: 180, 268: 90}[turn]
            if found != "-":
                code.add(found[:17])
                if int(found[17:]) != page or len(code) > 1 or int(words[6]) != lies:
                    wrong.append(f"{kind} {dpi} dpi page {page}: {' '.join(words)}")
            if "blank 1" in " ".join(words):
                wrong.append(f"{kind} {dpi} dpi page {page} is taken for blank")
            good[kind, dpi] = good.get((kind, dpi), 0) + (found != "-")
    print(f"| of {len(chosen)} pages |" + "".join(f" {dpi} dpi |" for dpi in resolutions))
    for kind in kinds:
        print(f"| {kind}{' (may be lost)' if kind in HARD else ''} |" + "".join(f" {good[kind, dpi]} |" for dpi in resolutions))
    asked = [(key, number) for key, number in good.items() if key[1] >= 150 and key[0] not in HARD]
    known = sum(number for key, number in asked)
    for line in wrong:
        print("wrong:", line)
    share = known / (len(asked) * len(chosen)) if asked else 1
    print(f"{100 * share:.1f} % of {len(asked) * len(chosen)} pages at 150 dpi and more known by their code, {len(wrong)} wrong, "
          f"{slow:.0f} ms at most to find it")
    return 0 if share >= 0.99 and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
