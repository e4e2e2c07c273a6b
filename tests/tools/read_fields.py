"""The fields to sign in of a PDF are as those who sign, and read signatures, rely on.

usage: read_fields.py FILE.pdf PAGES.txt ROLE…    (PAGES.txt: banthuek dump --stage=pages; roles in their order,
fields of the head, which are no roles, behind them)"""
import re
import sys

import pypdf

PARTS = ["opinion", "name", "date", "signature"]
LEAST_LETTERS = 4


def number_tree(node):
    """All entries of a number tree."""
    found = {}
    flat = node.get("/Nums", [])
    for i in range(0, len(flat), 2):
        found[flat[i]] = flat[i + 1]
    for kid in node.get("/Kids", []):
        found |= number_tree(kid.get_object())
    return found


def read_dump(path):
    """Page, place, size and pitch of every field, as layout says."""
    found, page, height = {}, 0, 0.0
    for line in open(path, encoding="utf-8"):
        words = line.split()
        if words[0] == "page":
            page, height = int(words[1]) - 1, float(words[3])
        elif words[0] == "field":
            name, rest = re.search(r'"([^"]*)"(.*)', line).groups()
            x, y, width, tall = map(float, words[1:5])
            found[name] = (page, [x, height - y - tall, x + width, height - y], rest.split())
    return found


class Reader:
    def __init__(self, path, dump):
        self.pdf = pypdf.PdfReader(path)
        self.root = self.pdf.trailer["/Root"]
        self.dump = read_dump(dump)
        self.parents = number_tree(self.root["/StructTreeRoot"]["/ParentTree"])
        self.pages = {page.indirect_reference.idnum: i for i, page in enumerate(self.pdf.pages)}
        self.appearances = set()

    def check_widget(self, ref, full):
        widget = ref.get_object()
        page, rect, looks = self.dump.pop(full)
        assert [round(float(n), 3) for n in widget["/Rect"]] == [round(n, 3) for n in rect], full
        assert self.pages[widget.raw_get("/P").idnum] == page, full
        assert ref in self.pdf.pages[page]["/Annots"], full
        assert self.pdf.pages[page]["/Tabs"] == "/S", full
        assert widget["/Subtype"] == "/Widget" and widget["/F"] == 4 and "/V" not in widget, full
        assert len(re.findall("[ก-ฮ]", widget["/TU"])) >= LEAST_LETTERS, full
        appearance = widget["/AP"]["/N"]
        assert appearance["/Subtype"] == "/Form" and appearance.get_data() == b"", full
        form = self.parents[widget["/StructParent"]].get_object()
        assert form["/S"] == "/Form" and form["/K"]["/Type"] == "/OBJR" and form["/K"].raw_get("/Obj") == ref, full
        return widget, looks

    def check_text(self, widget, looks, full, lines):
        assert widget["/FT"] == "/Tx" and widget["/Ff"] == (4097 if lines else 1), full
        size, pitch = (f"{float(n):g}" for n in looks[:2])
        assert widget["/DA"] == f"/F1 {size} Tf {pitch} TL 0 g", (full, widget["/DA"], looks)
        assert widget["/Q"] == (looks[2] == "center"), full

    def check_role(self, ref, role):
        node = ref.get_object()
        assert node["/T"] == role and not {"/FT", "/Subtype", "/V"} & set(node), role
        assert [kid.get_object()["/T"] for kid in node["/Kids"]] == PARTS, role
        for kid, part in zip(node["/Kids"], PARTS):
            full = f"{role}.{part}"
            widget, looks = self.check_widget(kid, full)
            assert widget.raw_get("/Parent") == ref, full
            if part != "signature":
                self.check_text(widget, looks, full, part in ("opinion", "name"))
                continue
            lock = widget["/Lock"]
            assert widget["/FT"] == "/Sig" and lock["/Action"] == "/Include", full
            assert lock["/Fields"] == [f"{role}.{own}" for own in PARTS], full

    def check(self, roles):
        form = self.root["/AcroForm"]
        assert form["/SigFlags"] == 3 and not {"/NeedAppearances", "/XFA"} & set(form)
        font = form["/DR"]["/Font"].raw_get("/F1")
        used = [fonts.raw_get(name) for page in self.pdf.pages for fonts in [page["/Resources"]["/Font"]] for name in fonts]
        assert font in used and "Bold" not in font.get_object()["/BaseFont"]
        assert len(form["/Fields"]) == len(roles)
        for ref, role in zip(form["/Fields"], roles):
            if not role.startswith("memo_"):
                self.check_role(ref, role)
                continue
            widget, looks = self.check_widget(ref, role)
            assert widget["/T"] == role and "/Parent" not in widget
            self.check_text(widget, looks, role, False)
        assert not self.dump, self.dump
        everything = [ref for page in self.pdf.pages for ref in page.get("/Annots", [])]
        widgets = [ref for ref in everything if ref.get_object()["/Subtype"] == "/Widget"]
        assert len(widgets) == len(set(widgets)) == sum(1 if role.startswith("memo_") else 4 for role in roles)


Reader(sys.argv[1], sys.argv[2]).check(sys.argv[3:])
