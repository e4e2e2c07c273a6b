"""Makes PDFs with Typst. Run by the Python that it is installed for.
usage: make.py nothing
       make.py one SOURCE FONTS PDF NAME=VALUE...
       make.py many SOURCE FONTS COUNT FOLDER EMBLEM REPORT...   (JSON; the YAML beside it is carried)
"""
import pathlib
import resource
import sys

import typst

STANDARD = "a-3a"


def compiler(source, fonts):
    # these fonts alone: looking through the system's would cost it more
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    return typst.Compiler(source, root="/", font_paths=found)


def one(source, fonts, pdf, *inputs):
    made = compiler(source, fonts).compile(sys_inputs=dict(pair.split("=", 1) for pair in inputs), pdf_standards=STANDARD)
    pathlib.Path(pdf).write_bytes(made)


def memory_in_use():
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024


def many(source, fonts, count, folder, emblem, *reports):
    opened, total, first = compiler(source, fonts), 0, 0
    for i in range(int(count)):
        report = reports[i % len(reports)]
        inputs = {"report": report, "data": report.removesuffix("json") + "yaml", "emblem": emblem.removeprefix("-")}
        made = opened.compile(sys_inputs=inputs, pdf_standards=STANDARD)
        total += len(made)
        if folder != "-":
            pathlib.Path(folder, f"{i:04}.pdf").write_bytes(made)
        if i + 1 == len(reports):
            first = memory_in_use()
    print(total, first, memory_in_use())


if __name__ == "__main__":
    {"nothing": lambda: None, "one": one, "many": many}[sys.argv[1]](*sys.argv[2:])
