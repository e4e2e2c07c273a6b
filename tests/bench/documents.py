#!/usr/bin/env python3
"""What tags and attached data cost, and how large documents grow: sizes, processor time and memory
of whole runs, as ratios. Times are medians of RUNS pairs, taken in turn, as machines drift.
usage: documents.py BUILD_DIR [EMBLEM]"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

RUNS = 15
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ROWS = """<memo title="แถว"><section><table columns="1.5cm 2* 2* 1*"><thead><tr><th rowspan="2">ที่</th><th rowspan="2">ชื่อ</th>
<th colspan="2">ผล</th></tr><tr><th>คะแนน</th><th>สถานะ</th></tr></thead><tbody>{{#แถว}}<tr><td>{{@ลำดับ}}</td>
<td>{{.}}</td><td>ITA score</td><td>ดี</td></tr>{{/แถว}}</tbody></table></section></memo>"""
PAGES = """<memo title="หน้า"><section>{{#แถว}}<h1>{{.}}</h1><p>{{.}} การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ
(Integrity and Transparency Assessment) ประจำปีงบประมาณ พ.ศ. ๒๕๖๖</p><ul><li>ข้อที่หนึ่ง</li><li>ข้อที่สอง</li></ul>
<pagebreak/>{{/แถว}}</section></memo>"""


def run(*command):
    """CPU seconds and peak megabytes of one run."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed: {' '.join(map(str, command))}\n{errors.decode()}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(name, program, work, *arguments):
    lasting, plain = work / "lasting.pdf", work / "plain.pdf"
    times = []
    for _ in range(RUNS):
        a, _ = run(program, "render", *arguments, "-o", lasting)
        b, _ = run(program, "render", "--profile=plain", *arguments, "-o", plain)
        times.append((a, b, a / b))
    large, small = lasting.stat().st_size, plain.stat().st_size
    run(program, "render", "--no-data", *arguments, "-o", lasting)
    empty = lasting.stat().st_size
    a, b, ratio = (statistics.median(column) for column in zip(*times))
    print(f"{name:34} size {large / small:5.2f}  ({large:,} to {small:,} bytes; without data {empty / small:.2f})"
          f"  time {ratio:5.2f}  ({a * 1000:.0f} to {b * 1000:.0f} ms)")


def template(work, name, text):
    folder = work / name
    folder.mkdir()
    (folder / "memo.xml").write_text(text, encoding="utf-8")
    (folder / "schema.yaml").write_text("fields:\n  แถว: {type: list, item: {type: text}}\n", encoding="utf-8")
    (folder / "style.yaml").write_text("{}\n", encoding="utf-8")
    return folder


def grow(name, program, work, text, counts):
    folder = template(work, name.split()[0], text)
    first = None
    for count in counts:
        report = work / "report.yaml"
        items = "".join(f"  - รายการที่มีชื่อยาวพอสมควร {i}\n" for i in range(1, count + 1))
        report.write_text(f"template: {folder.name}\nแถว:\n{items}", encoding="utf-8")
        pdf = work / "grown.pdf"
        seconds, memory = run(program, "render", "--preprinted", "--template", folder, report, "-o", pdf)
        figures = (count, seconds, memory, pdf.stat().st_size)
        first = first or figures
        each = [f"{b / a / (count / first[0]):.2f}" for a, b in zip(first[1:], figures[1:])]
        print(f"{name:34} {count:6,}: {seconds:6.2f} s  {memory:5.0f} MB  {figures[3]:10,} bytes;"
              f"  for each, of the first: time {each[0]}, memory {each[1]}, size {each[2]}")


def office(program, work, count):
    """The table of so many rows as LibreOffice Writer makes it out of HTML, tagged and as PDF/A-3, in
    whatever font it finds for Thai."""
    soffice = shutil.which("soffice") or "soffice"
    page = work / "table.html"
    rows = "".join(f"<tr><td>{i}</td><td>รายการที่มีชื่อยาวพอสมควร {i}</td><td>ITA score</td><td>ดี</td></tr>"
                   for i in range(1, count + 1))
    page.write_text(f'<html lang="th"><meta charset="utf-8"><title>แถว</title><table border="1"><thead><tr><th>ที่'
                    f"<th>ชื่อ<th>คะแนน<th>สถานะ</tr></thead><tbody>{rows}</tbody></table></html>", encoding="utf-8")
    kind = 'pdf:writer_web_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"3"},' \
           '"UseTaggedPDF":{"type":"boolean","value":"true"}}'
    command = [soffice, f"-env:UserInstallation=file://{work}/office", "--headless", "--convert-to", kind,
               "--outdir", work / "made", page]
    made = work / "made" / "table.pdf"
    if shutil.which(soffice):
        # makes its profile; it answers 0 without its Writer, too
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not made.exists():
        print("LibreOffice: libreoffice-writer-nogui is not installed, not compared")
        return
    theirs, memory = run(*command)
    made = made.stat().st_size
    folder = template(work, "peer", ROWS)
    items = "".join(f"  - รายการที่มีชื่อยาวพอสมควร {i}\n" for i in range(1, count + 1))
    (work / "report.yaml").write_text(f"template: peer\nแถว:\n{items}", encoding="utf-8")
    ours, least = run(program, "render", "--preprinted", "--template", folder, work / "report.yaml",
                      "-o", work / "peer.pdf")
    size = (work / "peer.pdf").stat().st_size
    print(f"{'LibreOffice, as many rows':34} {count:6,}: size {made / size:.2f}  ({made:,} to {size:,} bytes)"
          f"  time {theirs / ours:.1f}  ({theirs:.2f} to {ours:.2f} s)  memory {memory / least:.1f}")


def main(build, emblem=""):
    program = pathlib.Path(build).resolve() / "banthuek"
    sample = ROOT / "samples/ita-2566"
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        compare("ITA, lasting against plain", program, work, sample, "--preprinted")
        if emblem:
            compare("the same with emblem", program, work, sample, "--emblem", emblem)
        grow("pages", program, work, PAGES, (250, 500, 1000))
        grow("rows", program, work, ROWS, (12500, 25000, 50000))
        office(program, work, 1000)


if __name__ == "__main__":
    main(*sys.argv[1:])
