"""Compares the text of each structure element of a PDF with its source in the document tree, code
point for code point, and the order of all of them.

usage: read_tags.py DOCUMENT.txt FILE.pdf    (DOCUMENT.txt: banthuek dump --stage=document)

What a file says in marked content is read here with nothing but a parser of PDF objects: glyphs by
ToUnicode, content by its number on its page, elements from the structure tree."""
import re
import sys

import pypdf
from pypdf.generic import ContentStream

INLINE = {"a", "b", "i", "u", "br", "tab", "checkbox", "date"}
TITLE = "บันทึกข้อความ"
DROPPED = dict.fromkeys([0x200B, 0x2060, 0xAD, ord("\n"), ord("\t")]) | {0xA0: " "}


# ---- the document


class Node:
    def __init__(self, name, attributes, text):
        self.name, self.attributes, self.text, self.kids = name, attributes, text, []

    def get(self, name):
        return self.attributes.get(name, "")


def unquote(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


def read_document(lines):
    stack = []
    for line in lines:
        depth = (len(line) - len(line.lstrip(" "))) // 2
        body = line.strip("\n")[2 * depth:]
        text = re.fullmatch(r'~?"((?:[^"\\]|\\.)*)"', body)
        if text:
            node = Node(None, {}, unquote(text[1]))
        else:
            pairs = re.findall(r' ([a-z-]+)="((?:[^"\\]|\\.)*)"', body)
            node = Node(body.split(" ", 1)[0], {k: unquote(v) for k, v in pairs}, "")
        del stack[depth:]
        if stack:
            stack[-1].kids.append(node)
        stack.append(node)
    return stack[0]


def inline(nodes):
    text = ""
    for node in nodes:
        if node.name is None:
            text += node.text
        elif node.name == "checkbox":
            text += "☐" if node.get("checked") in ("", "no", "false") else "☑"
        elif node.name == "date":
            text += "......./......./......."
        else:
            text += inline(node.kids)
    return text


def runs(node):
    """What a cell or item holds: texts of runs of inline nodes, and blocks."""
    run = []
    for kid in node.kids + [None]:
        if kid is not None and (kid.name is None or kid.name in INLINE):
            run.append(kid)
            continue
        if run:
            yield inline(run).strip(" ")
        run = []
        if kid is not None:
            yield from sources(kid)


def sources(node, memo=None):
    """The texts that elements are to have, in order. A marker that layout counts is None."""
    name = node.name
    if name == "memo":
        heads = "head" in {k.name for s in node.kids for k in [s] + s.kids}
        yield node.get("secrecy")
        yield "" if heads else node.get("urgency")
        for kid in node.kids:
            yield from sources(kid, node)
    elif name == "head":
        yield memo.get("urgency")
        yield node.get("title") or TITLE
        for kid in node.kids:
            yield from sources(kid)
    elif name == "field":
        yield node.get("label")
        yield inline(node.kids).strip(" ")
    elif name in ("p", "h1", "h2", "h3"):
        yield inline(node.kids)
    elif name == "li":
        yield node.get("marker") + " " if node.get("marker") else None
        yield from runs(node)
    elif name in ("td", "th"):
        yield from runs(node)
    elif name == "opinion":
        yield node.get("title")
        for kid in node.kids:
            yield from sources(kid)
    elif name == "signature":
        yield "(" + (node.get("name") or "." * 47) + ")"
        yield " ".join(x for x in (node.get("position"), node.get("acting")) if x)
        yield node.get("acting-for")
    elif name == "chart":
        yield node.get("title")
    elif name is not None:
        for kid in node.kids:
            yield from sources(kid, memo)


# ---- the file


def to_unicode(font):
    text = font["/ToUnicode"].get_data().decode("ascii")
    return {int(a, 16): bytes.fromhex(b).decode("utf-16-be")
            for a, b in re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]*)>$", text, re.M)}


def shown(operand, cids):
    data = operand.original_bytes
    return "".join(cids[data[i] << 8 | data[i + 1]] for i in range(0, len(data), 2))


def page_content(page, reader, maps):
    """The text of each numbered sequence of a page; what is in none of them, nor an artifact."""
    texts, stack, font, loose = {}, [], None, 0
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BMC", b"BDC"):
            entries = operands[1] if operator == b"BDC" else {}
            number = entries.get("/MCID")
            assert operands[0] != "/Artifact" or not stack, "an artifact inside of content"
            assert number is None or not stack, "content inside of other content"
            stack.append(("artifact" if operands[0] == "/Artifact" else number))
            if number is not None:
                assert number not in texts, f"content {number} twice"
                texts[int(number)] = ""
        elif operator == b"EMC":
            stack.pop()
        elif operator == b"Tf":
            name = operands[0]
            if name not in maps:
                maps[name] = to_unicode(page["/Resources"]["/Font"][name])
            font = maps[name]
        elif operator in (b"Tj", b"TJ"):
            parts = operands[0] if operator == b"TJ" else operands
            text = "".join(shown(p, font) for p in parts if hasattr(p, "original_bytes"))
            if not stack:
                loose += 1
            elif isinstance(stack[0], int):
                texts[stack[0]] += text
        elif operator in (b"S", b"f", b"f*", b"Do") and not stack:
            loose += 1
    assert not stack, "a sequence that does not end"
    return texts, loose


def element_texts(element, pages, contents, page=None):
    """(type, text) of each element with content of its own, Spans, Links and Forms as part of what they are in."""
    page = element.get("/Pg", page)
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    own, has, below = "", False, []
    for kid in kids:
        kid = kid.get_object()
        if isinstance(kid, int):
            has = True
            own += contents[pages[page.raw_get("/Contents").idnum]].pop(kid)
        elif kid.get("/Type") == "/MCR":
            has = True
            own += contents[pages[kid["/Pg"].raw_get("/Contents").idnum]].pop(kid["/MCID"])
        elif kid.get("/Type") == "/OBJR":
            kind = {"/Link": "/Link", "/Widget": "/Form"}[kid["/Obj"]["/Subtype"]]
            assert element["/S"] == kind, f"an annotation in no {kind}"
        elif kid["/S"] in ("/Span", "/Link", "/Form"):
            inner = element_texts(kid, pages, contents, page)
            has = has or inner != []
            own += "".join(t for _, t in inner)
        else:
            below.extend(element_texts(kid, pages, contents, page))
    return ([(element["/S"], own)] if has else []) + below


def main():
    document = read_document(open(sys.argv[1], encoding="utf-8"))
    reader = pypdf.PdfReader(sys.argv[2])
    maps, contents, pages, loose = {}, [], {}, 0
    for index, page in enumerate(reader.pages):
        texts, outside = page_content(page, reader, maps)
        contents.append(texts)
        loose += outside
        pages[page.raw_get("/Contents").idnum] = index
    root = reader.trailer["/Root"]["/StructTreeRoot"]["/K"]
    found = [(s, t) for s, t in element_texts(root, pages, contents) if s != "/Figure"]
    wanted = [t if t is None else t.translate(DROPPED) for t in sources(document)]
    wanted = [t for t in wanted if t is None or t]
    faults = [f"{loose} operators outside of marked content"] if loose else []
    faults += [f"content {sorted(left)} of page {i + 1} is in no element"
               for i, left in enumerate(contents) if left]
    for (kind, have), want in zip(found, wanted):
        if want is None and kind == "/Lbl" and have.endswith(" "):
            continue
        if have != want:
            faults.append(f"{kind} has {have!r}, its source is {want!r}")
            break
    if len(found) != len(wanted):
        faults.append(f"{len(found)} elements with text, {len(wanted)} in the document")
    print(f"{len(found)} elements with text, {len(faults)} faults")
    print("\n".join(faults))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
