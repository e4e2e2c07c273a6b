"""What a PDF's text must be, from `banthuek dump --stage=pages`.

A chunk is what stands between two paragraph ends, or ends of page: a paragraph, an item of a list,
the content of a cell. Page numbers, continuation words, leaders, repeated heads, marks and stamps
are no chunks."""
import collections
import re
import unicodedata

Chunk = collections.namedtuple("Chunk", "kind page text lines")
LINE = re.compile(r'text (\S+) (\S+) (?:(\S+) (\S+) )?(content|marker|figure) (\w+)#(\d+)'
                  r'(?: row (\d+))? "((?:[^"\\]|\\.)*)"( para-end)?$')


def unquote(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


def squash(text):
    """Without white space and line ends, in NFC; never NFKC."""
    return "".join(c for c in unicodedata.normalize("NFC", text) if not c.isspace())


def chunks(dump):
    page, lines, kind, found = 0, [], "", []

    def end():
        nonlocal lines
        text = "".join(lines)
        if squash(text):
            found.append(Chunk(kind, page, text, tuple(lines)))
        lines = []

    for line in dump.splitlines():
        if line.startswith("page "):
            end()
            page = int(line.split()[1])
            continue
        match = LINE.match(line)
        if not match:
            continue
        role, row, text, last = match[5], match[8], unquote(match[9]), match[10]
        of = "figure" if role == "figure" else "table" if row else "running"
        if lines and of != kind:
            end()
        kind = of
        lines.append(text)
        if last or role in ("marker", "figure"):
            end()
    end()
    return found
