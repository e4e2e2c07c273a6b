"""A report as a page of HTML, for programs that make PDFs of such: out of the document that our own
`dump --stage=document` tells, so that the text is the same."""
import html
import re
import subprocess

# a size of the style is drawn at this share in Laksaman, as ours is
SHARE = 0.66544
# width of the text, cm
ROOM = {"portrait": 16, "landscape": 25.7}
STYLE = """
@font-face { font-family: Laksaman; src: url("%(fonts)s/Laksaman.ttf") }
@font-face { font-family: Laksaman; font-weight: bold; src: url("%(fonts)s/Laksaman-Bold.ttf") }
@page { size: A4; margin: 2.5cm 2cm 2cm 3cm; @top-center { content: "- " counter(page) " -"; font: %(text)s Laksaman } }
@page :first { margin-top: 1.5cm; @top-center { content: none } }
@page landscape { size: A4 landscape; margin: 2.2cm 2cm 2cm 2cm }
section.landscape { page: landscape; counter-reset: page 1 }
body { font: %(text)s/21.3pt Laksaman; text-align: justify; margin: 0 }
p { margin: 0 }
p.body { margin: 6pt 0 0; text-indent: 2.5cm }
h1, h2, h3 { font-size: 1em; margin: 6pt 0 0; break-after: avoid }
h1, .caption, .center { text-align: center; font-weight: bold }
.crest { text-align: center; font: bold %(title)s/35pt Laksaman; overflow: hidden }
.crest img { float: left; height: 1.5cm }
.crest img + span { margin-left: -1.5cm }
.field { text-indent: 0; margin: 0; text-align: left }
.field b { font-size: %(label)s; margin-right: 8pt }
.field span { border-bottom: 1pt dotted }
.field:has(+ .beside) { float: left; width: 8.57cm }
.score, .score-head { text-indent: 0; margin-left: 2.5cm }
.keep, .signature, tr { break-inside: avoid }
.signature { text-align: center; margin-left: 3.6cm; padding-top: 63.9pt }
.line { border-bottom: 1pt dotted; height: 24pt }
ol, ul { margin: 0; padding-left: 2.5cm; text-align: left }
li { list-style: none }
table { border-collapse: collapse; width: 100%%; font-size: %(cell)s; line-height: 18.6pt; text-align: left; margin: 6pt 0; table-layout: fixed }
td, th { border: 0.5pt solid; padding: 1pt 4pt 2pt; vertical-align: top; font-size: %(cell)s; overflow-wrap: anywhere }
td p, td p.body, td ol, td ul { text-indent: 0; margin: 0; padding: 0 }
thead { display: table-header-group }
th { text-align: center }
table.scores { width: 12.8cm; margin: auto }
.chart { display: flex; align-items: flex-end }
.chart div { flex: 1; text-align: center; font-size: %(bar)s; line-height: 15pt; text-indent: 0 }
.chart i { display: block; background: #2F5597; margin: 0 20%% }
.chart small { display: block; font-size: 1em; height: 60pt }
"""
LINE = re.compile(r'^( *)(~?"(?P<text>.*)"|(?P<name>[a-z0-9]+)(?P<given>.*))$')


def unquoted(text):
    return text.replace('\\"', '"').replace("\\\\", "\\")


def tree(dump):
    """The elements of a dump: [name, attributes, children], text as strings."""
    top = ["", {}, []]
    open_ = [(-1, top)]
    for line in dump.splitlines():
        found = LINE.match(line)
        depth = len(found[1])
        while open_[-1][0] >= depth:
            open_.pop()
        if found["name"] is None:
            open_[-1][1][2].append(unquoted(found["text"]))
            continue
        given = {key: unquoted(value) for key, value in re.findall(r'([a-z-]+)="((?:[^"\\]|\\.)*)"', found["given"])}
        node = [found["name"], given, []]
        open_[-1][1][2].append(node)
        open_.append((depth, node))
    return top[2]


def widths(columns, room):
    """Widths of columns ("1cm 2* 1*") of a table that fills `room` cm: shares are of what is left.
    In percent, which all of them know."""
    given = [(float(re.sub("[a-z*]", "", one) or 1), one.endswith("*")) for one in columns.split()]
    fixed = sum(width for width, is_share in given if not is_share)
    shares = sum(width for width, is_share in given if is_share)
    room = room if shares else fixed
    percent = (100 * (width * (room - fixed) / shares if is_share else width) / room for width, is_share in given)
    return "".join(f'<col width="{one:.2f}%" style="width: {one:.2f}%">' for one in percent)


def signature(given):
    parts = [f"({given['name']})", given["position"] + (" " + given["acting"] if "acting" in given else "")]
    return '<div class="signature">' + "<br>".join(map(html.escape, parts + [given.get("acting-for", "")])) + "</div>"


def chart(given, bars):
    drawn = "".join(f'<div>{bar["value"]}<i style="height: {float(bar["value"]) * 1.5:.0f}pt"></i><small>{html.escape(bar["label"])}</small></div>'
                    for bar in bars)
    return f'<h1>{html.escape(given["title"])}</h1><div class="chart">{drawn}</div>'


def written(node, emblem, orientation="portrait"):
    if isinstance(node, str):
        return html.escape(node)
    name, given, children = node
    orientation = given.get("orientation", orientation)
    inside = "".join(written(child, emblem, orientation) for child in children)
    if name == "br":
        return "<br>"
    if name == "checkbox":
        return "☑" if given["checked"] == "yes" else "☐"
    if name == "head":
        picture = f'<img src="{emblem.as_uri()}" alt="ตราครุฑ">' if emblem else ""
        return f'<div class="crest">{picture}<span>บันทึกข้อความ</span></div>{inside}'
    if name == "field":
        return f'<p class="field{" beside" if "beside" in given else ""}"><b>{html.escape(given["label"])}</b><span>{inside}</span></p>'
    if name == "signature":
        return signature(given)
    if name == "opinion":
        lines = "" if any(child[0] != "signature" for child in children) else '<div class="line"></div>' * 2
        return f'<div class="keep"><h2>{html.escape(given["title"])}</h2>{lines}{inside}</div>'
    if name == "chart":
        return chart(given, [bar[1] for bar in children])
    if name == "keep":
        return f'<div class="keep">{inside}</div>'
    if name == "section":
        return f'<section class="{orientation}">{inside}</section>'
    if name == "li":
        return f'<li>{html.escape(given.get("marker", ""))} {inside}</li>'
    if name == "table":
        return f'<table border="1" width="100%" class="{given.get("class", "")}"><colgroup>{widths(given["columns"], ROOM[orientation])}</colgroup>{inside}</table>'
    if name == "p":
        given = {"class": "body", **given}
    kept = "".join(f' {key}="{given[key]}"' for key in ("class", "rowspan", "colspan") if key in given)
    return f"<{name}{kept}>{inside}</{name}>"


def page(program, document, fonts, emblem, file):
    named = ["--template", document.template] if document.template else []
    dump = subprocess.run([program, "dump", "--stage=document", "--preprinted", *named, document.report], check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    [[_, given, sections]] = tree(dump)
    sizes = {name: f"{size * SHARE:.2f}pt" for name, size in
             {"text": 16, "title": 29, "label": 20, "cell": 14, "bar": 12}.items()}
    head = f'<meta charset="utf-8"><title>{html.escape(given["title"])}</title><style>{STYLE % {"fonts": fonts.as_uri(), **sizes}}</style>'
    body = "".join(written(section, emblem) for section in sections)
    file.write_text(f'<!DOCTYPE html><html lang="th"><head>{head}</head><body>{body}</body></html>', encoding="utf-8")
    return file
