"""Other programs that make PDFs: how each is called on a page of HTML."""
import os
import pathlib
import shutil
import subprocess

import web

HOW = """Others, on the same text as HTML: WeasyPrint makes tagged PDF/A-3a and carries the data, LibreOffice
tagged PDF/A-3 and Chromium tagged PDF. CPU is that of all their processes, with start, peak memory
that of the largest. LibreOffice knows no landscape pages in HTML, and so makes no report."""

page = web.page


def weasyprint(program):
    def made(html, document, work):
        pdf = work / f"{document.name}-weasyprint.pdf"
        return [program, "--pdf-variant", "pdf/a-3a", "-a", document.carried, html, pdf], pdf
    return made


def office(program):
    kind = 'pdf:writer_web_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"3"},' \
           '"UseTaggedPDF":{"type":"boolean","value":"true"}}'

    def made(html, _, work):
        out = work / "office-made"
        return [program, f"-env:UserInstallation={(work / 'office').as_uri()}", "--headless", "--convert-to", kind,
                "--outdir", out, html], out / f"{html.stem}.pdf"
    return made


def chromium(program):
    def made(html, document, work):
        pdf = work / f"{document.name}-chromium.pdf"
        sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
        return [program, "--headless", *sandbox, "--disable-gpu", f"--user-data-dir={work / 'chromium'}",
                "--no-pdf-header-footer", f"--print-to-pdf={pdf}", html], pdf
    return made


def version(program):
    told = subprocess.run([program, "--version"], check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return told.stdout.decode().strip().split("\n")[0] if told.returncode == 0 else ""


def at_hand(build):
    """(name, what makes a command) of those that answer, and the names of the others."""
    found, missing = [], []
    for name, program, command in (("WeasyPrint", build / "weasyprint/bin/weasyprint", weasyprint),
                                   ("LibreOffice", shutil.which("soffice"), office),
                                   ("Chromium", shutil.which("chromium"), chromium)):
        if program and pathlib.Path(program).exists() and version(program):
            found.append((name, command(program)))
        else:
            missing.append(name)
    return found, missing
