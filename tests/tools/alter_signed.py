#!/usr/bin/env -S python3 -B
"""Alters a signed PDF in every way that a verifier must see: alter_signed.py FILE.pdf OUT_DIR

Writes OUT_DIR/NAME.pdf for each, and OUT_DIR/list.tsv: name, the overall verdict wanted (bad; level: not as good as
FILE; good), what must be found. What a file does not have (text fields, DSS, files inside) is not altered."""
import os
import re
import sys

from asn1crypto import cms
from pdf_update import NAME, File, pdf_bytes, stream
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, NumberObject, TextStringObject

ALL = []


class NotThere(Exception):
    """The file has nothing of the kind that is to be altered."""



def alteration(finding, verdict="bad"):
    def keep(function):
        ALL.append((function.__name__.replace("_", "-"), verdict, finding, function))
        return function
    return keep


def form(text, box=b"0 0 170 40"):
    """An appearance that shows a text."""
    content = b"q 1 1 1 rg 0 0 400 100 re f BT 0 g /H 12 Tf 4 8 Td (%s) Tj ET Q" % text
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[%s]/Resources<</Font<</H %s>>>>" % (box, font))


def replace(data, at, new):
    return data[:at] + new + data[at + len(new):]


def text_fields(file):
    """Text fields with values, of those who signed; the test is of nothing when there are none."""
    out = [one for one in file.fields() if one[2].get("/FT") == "/Tx" and "/V" in one[2] and one[0].endswith(".opinion")]
    if not out:
        raise NotThere("no text fields with values")
    return out


def last(file):
    return file.signatures()[-1]


def catalog(file, **entries):
    number = file.number(file.trailer.raw_get("/Root"))
    return {number: file.copy(number, **entries)}


def page_with_fields(file):
    return file.number(last(file)[2].raw_get("/P")) if "/P" in last(file)[2] else file.pages()[0]


def gap(file, signed):
    """The places around the value of a signature: "<" and behind ">"."""
    four = [int(n) for n in signed[2]["/V"]["/ByteRange"]]
    return four[1], four[2]


# ---- bytes


@alteration("bytes that were signed are changed")
def byte_of_content(file):
    at = file.data.index(b"stream", 200) + 60
    return replace(file.data, at, bytes([file.data[at] ^ 1]))


@alteration("the value of a signature is changed")
def byte_of_signature(file):
    start, end = gap(file, last(file))
    held = cms.ContentInfo.load(bytes.fromhex(file.data[start + 1:end - 1].decode()), strict=False)
    value = held["content"]["signer_infos"][0]["signature"].native
    at = file.data.lower().index(value.hex().encode(), start) + 2 * len(value) - 1
    return replace(file.data, at, b"0" if file.data[at:at + 1] != b"0" else b"1")


@alteration("bytes stand behind the signature's value")
def byte_behind_signature(file):
    _, end = gap(file, last(file))
    return replace(file.data, end - 9, b"deadbeef")


def with_range(file, change):
    """The last signature with other numbers in its ByteRange, in as many bytes."""
    start, _ = gap(file, last(file))
    four = [int(n) for n in last(file)[2]["/V"]["/ByteRange"]]
    found = [m for m in re.finditer(rb"/ByteRange ?\[ ?%d +%d +%d +%d *\]" % tuple(four), file.data)][-1]
    new = b"/ByteRange[%s]" % b" ".join(b"%d" % n for n in change(four))
    return replace(file.data, found.start(), new.ljust(len(found[0]))) if len(new) <= len(found[0]) else file.data[:-40]


@alteration("the gap that is not signed is wider than the value")
def range_with_wider_gap(file):
    return with_range(file, lambda four: [0, four[1] - 20, four[2], four[3]])


@alteration("the range ends before the revision does")
def range_that_ends_early(file):
    return with_range(file, lambda four: [0, four[1], four[2], four[3] - 8])


@alteration("the range does not begin with the file")
def range_that_begins_late(file):
    return with_range(file, lambda four: [9, four[1] - 9, four[2], four[3]])


@alteration("the file ends before the last signature's range does")
def cut_off(file):
    return file.data[:file.ends()[-1] - 300]


@alteration("the file ends within the last signature's value")
def cut_in_signature(file):
    start, end = gap(file, last(file))
    return file.data[:(start + end) // 2]


@alteration("bytes stand behind the end")
def bytes_behind_end(file):
    return file.data + b"\n% and more\n"


@alteration("bytes stand before the beginning")
def bytes_before_beginning(file):
    return b"% before\n" + file.data


@alteration("bytes that were signed are changed: a number of a rectangle, in place")
def rectangle_in_place(file):
    found = re.search(rb"/Rect *\[[^\]]*\d(\d)", file.data)
    at = found.start(1) if found else 1000
    return replace(file.data, at, b"%d" % ((file.data[at] - 47) % 10))


# ---- appearances and values


@alteration("what a field shows is changed, its value is not: the last signer's opinion")
def appearance_of_last(file):
    return appearance_of(file, -1)


@alteration("what a field shows is changed, its value is not: the first signer's opinion")
def appearance_of_first(file):
    return appearance_of(file, 0)


def appearance_of(file, which, text=b"Not approved"):
    _, number, _ = text_fields(file)[which]
    new = file.new()
    shown = DictionaryObject({NAME("/N"): file.ref(new)})
    return file.append({new: form(text), number: file.copy(number, AP=shown)})


@alteration("what a field shows is changed: its appearance is written again under its number")
def appearance_written_again(file):
    _, _, field = text_fields(file)[0]
    return file.append({file.number(field["/AP"].raw_get("/N")): form(b"Not approved")})


@alteration("what a signature shows is changed")
def appearance_of_signature(file):
    new = file.new()
    number = file.signatures()[0][1]
    return file.append({new: form(b"Somebody Else"), number: file.copy(number, AP=DictionaryObject({NAME("/N"): file.ref(new)}))})


@alteration("what a field shows is emptied, its value is not")
def appearance_removed(file):
    return file.append({text_fields(file)[0][1]: file.copy(text_fields(file)[0][1], AP=None)})


@alteration("a field has another state to be shown in")
def appearance_for_printing(file):
    new = file.new()
    _, number, field = text_fields(file)[0]
    shown = DictionaryObject({NAME("/N"): field["/AP"].raw_get("/N"), NAME("/D"): file.ref(new)})
    return file.append({new: form(b"Not approved"), number: file.copy(number, AP=shown)})


@alteration("a field is hidden")
def field_hidden(file):
    return file.append({text_fields(file)[0][1]: file.copy(text_fields(file)[0][1], F=NumberObject(6))})


@alteration("a field is moved")
def field_moved(file):
    _, number, field = text_fields(file)[-1]
    rect = ArrayObject(NumberObject(int(n) + 100) for n in field["/Rect"])
    return file.append({number: file.copy(number, Rect=rect)})


@alteration("a signature is moved")
def signature_moved(file):
    _, number, field = last(file)
    rect = ArrayObject(NumberObject(int(n) + 60) for n in field["/Rect"])
    return file.append({number: file.copy(number, Rect=rect)})


@alteration("a value is changed, with what it shows")
def value_changed(file):
    _, number, _ = text_fields(file)[0]
    new = file.new()
    shown = DictionaryObject({NAME("/N"): file.ref(new)})
    return file.append({new: form(b"Not approved"), number: file.copy(number, AP=shown, V=TextStringObject("Not approved"))})


@alteration("a value is changed, what it shows is not")
def value_alone(file):
    _, number, _ = text_fields(file)[-1]
    return file.append({number: file.copy(number, V=TextStringObject("Not approved"))})


@alteration("a value is removed")
def value_removed(file):
    _, number, _ = text_fields(file)[-1]
    return file.append({number: file.copy(number, V=None)})


@alteration("the opinions of two roles are exchanged")
def opinions_exchanged(file):
    (_, one, a), (_, other, b) = text_fields(file)[0], text_fields(file)[-1]
    return file.append({one: file.copy(one, V=b.raw_get("/V"), AP=b.raw_get("/AP")), other: file.copy(other, V=a.raw_get("/V"), AP=a.raw_get("/AP"))})


@alteration("a field has another name for people")
def field_called_otherwise(file):
    _, number, _ = last(file)
    return file.append({number: file.copy(number, TU=TextStringObject("Signature of somebody else"))})


@alteration("a field that was for one line, or read only, is not")
def field_opened(file):
    _, number, _ = text_fields(file)[0]
    return file.append({number: file.copy(number, Ff=NumberObject(0))})


# ---- signatures


@alteration("the signatures of two roles are exchanged")
def signatures_exchanged(file):
    (_, one, a), (_, other, b) = file.signatures()[0], last(file)
    return file.append({one: file.copy(one, V=b.raw_get("/V")), other: file.copy(other, V=a.raw_get("/V"))})


@alteration("two roles have one signature")
def signature_used_twice(file):
    (_, _, a), (_, other, _) = file.signatures()[0], last(file)
    return file.append({other: file.copy(other, V=a.raw_get("/V"))})


@alteration("a signature's dictionary is written again, with another name and reason")
def signature_written_again(file):
    _, _, field = last(file)
    number = file.number(field.raw_get("/V"))
    return file.append({number: file.copy(number, Name=TextStringObject("Somebody Else"), Reason=TextStringObject("EVIL"))})


@alteration("a signature's dictionary is written again, with another time")
def signature_of_other_time(file):
    number = file.number(file.signatures()[0][2].raw_get("/V"))
    return file.append({number: file.copy(number, M=TextStringObject("D:20200101000000Z"))})


@alteration("a signature is removed")
def signature_removed(file):
    _, number, _ = last(file)
    return file.append({number: file.copy(number, V=None)})


@alteration("all signatures are removed")
def signatures_removed(file):
    return file.append({number: file.copy(number, V=None) for _, number, _ in file.signatures()})


@alteration("a signature says that nothing may follow, or anything")
def rules_of_signature_changed(file):
    number = file.number(file.signatures()[0][2].raw_get("/V"))
    return file.append({number: file.copy(number, Reference=None)})


@alteration("a lock is removed")
def lock_removed(file):
    found = [one for one in file.signatures() if "/Lock" in one[2]]
    if not found:
        raise NotThere("no locks")
    return file.append({found[-1][1]: file.copy(found[-1][1], Lock=None)})


@alteration("a field is removed from the form")
def field_removed(file):
    number = file.number(file.root.raw_get("/AcroForm")) if isinstance(file.root.raw_get("/AcroForm"), generic.IndirectObject) else None
    fields = ArrayObject(list(file.root["/AcroForm"]["/Fields"])[:-1])
    if number:
        return file.append({number: file.copy(number, Fields=fields)})
    new = DictionaryObject(file.root["/AcroForm"])
    new[NAME("/Fields")] = fields
    return file.append(catalog(file, AcroForm=new))


@alteration("the form is replaced by one without fields")
def form_replaced(file):
    return file.append(catalog(file, AcroForm=DictionaryObject({NAME("/Fields"): ArrayObject()})))


@alteration("the form is removed")
def form_removed(file):
    return file.append(catalog(file, AcroForm=None))


def with_form(file, **entries):
    new = DictionaryObject({NAME(key): file.root["/AcroForm"].raw_get(key) for key in file.root["/AcroForm"]})
    new.update({NAME("/" + key): value for key, value in entries.items()})
    return file.append(catalog(file, AcroForm=new))


@alteration("viewers are asked to draw fields anew")
def need_appearances(file):
    return with_form(file, NeedAppearances=generic.BooleanObject(True))


@alteration("the form is one of XFA")
def form_of_xfa(file):
    return with_form(file, XFA=TextStringObject("<xdp/>"))


@alteration("fields of the form take other fonts")
def fonts_of_form(file):
    return with_form(file, DR=DictionaryObject())


@alteration("what the certifying signature allows is removed")
def perms_removed(file):
    if "/Perms" not in file.root:
        raise NotThere("no /Perms")
    return file.append(catalog(file, Perms=None))


def time_stamp(file):
    found = file.signatures("/DocTimeStamp")
    if not found:
        raise NotThere("no time stamp of the document")
    return found[-1]


@alteration("the time stamp of the document is removed")
def time_stamp_removed(file):
    number = time_stamp(file)[1]
    return file.append({number: file.copy(number, V=None)})


@alteration("a byte of the time stamp of the document is changed")
def byte_of_time_stamp(file):
    start, end = gap(file, time_stamp(file))
    held = cms.ContentInfo.load(bytes.fromhex(file.data[start + 1:end - 1].decode()), strict=False)
    value = held["content"]["signer_infos"][0]["signature"].native
    at = file.data.lower().index(value.hex().encode(), start)
    return replace(file.data, at, b"0" if file.data[at:at + 1] != b"0" else b"1")


# ---- pages


def with_page(file, number=None, **entries):
    number = number or file.pages()[0]
    return file.append({number: file.copy(number, **entries)})


@alteration("a page is turned")
def page_turned(file):
    return with_page(file, Rotate=NumberObject(180))


@alteration("a page is cropped")
def page_cropped(file):
    return with_page(file, CropBox=ArrayObject(NumberObject(n) for n in (0, 400, 595, 842)))


@alteration("a page has other content")
def page_replaced(file):
    new = file.new()
    number = file.pages()[0]
    return file.append({new: stream(b"BT ET"), number: file.copy(number, Contents=file.ref(new))})


@alteration("a page has more content")
def page_drawn_on(file):
    new = file.new()
    number = file.pages()[0]
    contents = file.get(number).raw_get("/Contents")
    both = ArrayObject((list(contents) if isinstance(contents, ArrayObject) else [contents]) + [file.ref(new)])
    return file.append({new: stream(b"q 1 g 0 0 600 400 re f Q"), number: file.copy(number, Contents=both)})


@alteration("a page's content is written again under its number")
def content_written_again(file):
    contents = file.get(file.pages()[0]).raw_get("/Contents")
    contents = contents[0] if isinstance(contents, ArrayObject) else contents
    return file.append({file.number(contents): stream(b"BT ET")})


def tree_of_pages(file, change):
    """The list of pages that the first page is in, changed."""
    parent = file.get(file.pages()[0])["/Parent"]
    number = file.number(file.get(file.pages()[0]).raw_get("/Parent"))
    kids = change(list(parent["/Kids"]))
    return {number: file.copy(number, Kids=ArrayObject(kids), Count=NumberObject(int(parent["/Count"]) + len(kids) - len(parent["/Kids"])))}


@alteration("a page is added")
def page_added(file):
    page, content, parent = file.new(), file.new(), pdf_bytes(file.get(file.pages()[0]).raw_get("/Parent"))
    added = b"<</Type/Page/Parent %s/MediaBox[0 0 595 842]/Resources<<>>/Contents %d 0 R>>" % (parent, content)
    return file.append({page: added, content: stream(b"0 g 90 90 90 90 re f"), **tree_of_pages(file, lambda kids: kids + [file.ref(page)])})


@alteration("a page is removed")
def page_removed(file):
    if len(file.pages()) < 2:
        raise NotThere("one page")
    return file.append(tree_of_pages(file, lambda kids: kids[1:]))


@alteration("pages are put in another order")
def pages_reordered(file):
    if len(file.pages()) < 2:
        raise NotThere("one page")
    return file.append(tree_of_pages(file, lambda kids: kids[::-1]))


# ---- fonts and pictures


def fonts(file):
    resources = file.get(file.pages()[0])["/Resources"]["/Font"]
    return [(name, file.number(resources.raw_get(name))) for name in resources]


@alteration("a font that pages use is another")
def font_replaced(file):
    return file.append({fonts(file)[0][1]: b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>"})


@alteration("a font's letters mean others")
def font_says_otherwise(file):
    number = next((n for _, n in fonts(file) if "/ToUnicode" in file.get(n)), None)
    if number is None:
        raise NotThere("no /ToUnicode")
    mapped = file.get(number)["/ToUnicode"].data.replace(b"<0E01>", b"<0E02>").replace(b"<0e01>", b"<0e02>") + b"\n"
    return file.append({file.number(file.get(number).raw_get("/ToUnicode")): stream(mapped)})


@alteration("a page takes its font under another name")
def font_exchanged(file):
    new = file.new()
    number = file.pages()[0]
    resources = DictionaryObject({NAME(k): file.get(number)["/Resources"].raw_get(k) for k in file.get(number)["/Resources"]})
    resources[NAME("/Font")] = DictionaryObject({NAME(name): file.ref(new) for name, _ in fonts(file)})
    return file.append({new: b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>", number: file.copy(number, Resources=resources)})


# ---- tables


def old_places(file, number):
    """Where older revisions have an object of this number, as rows of a table."""
    out = [(1, m.start(1), 0) for m in re.finditer(rb"[\r\n](%d 0 obj)" % number, file.data)]
    for holder in re.finditer(rb"[\r\n](\d+) 0 obj\s*<<[^>]*/Type ?/ObjStm", file.data):
        found = file.get(int(holder[1]))
        words = found.data[:found["/First"]].split()[::2]
        if b"%d" % number in words:
            out.append((2, int(holder[1]), words.index(b"%d" % number)))
    return out


@alteration("a revision of a table alone, which points back to how a field was before it was signed")
def table_points_back(file):
    for _, number, _ in text_fields(file):
        places = [row for row in old_places(file, number) if row != file.where(number)]
        if places:
            return file.append(rows={number: places[0]})
    raise NotThere("no object stands twice")


@alteration("a revision of a table alone, which points a page's content to another")
def table_points_elsewhere(file):
    contents = [file.get(page).raw_get("/Contents") for page in file.pages()]
    numbers = [file.number(c[0] if isinstance(c, ArrayObject) else c) for c in contents]
    if len(numbers) < 2:
        raise NotThere("one page")
    return file.append(rows={numbers[0]: file.where(numbers[1])})


@alteration("a revision of a table alone, which frees an object")
def table_frees(file):
    return file.append(rows={text_fields(file)[0][1]: (0, 0, 1)})


@alteration("a table that old readers see otherwise")
def table_hybrid(file):
    number, new = file.pages()[0], file.new()
    return file.append_hybrid({new: form(b"hidden")}, {number: file.copy(number, Rotate=NumberObject(90))})


@alteration("tables that lead to each other without end")
def table_loop(file):
    return file.append({file.new(): b"null"}, Prev=b"%d" % (len(file.data) + len(b"%d 0 obj\nnull\nendobj\n" % file.size)))


@alteration("a revision that leaves out those before it, with their signatures")
def table_skips(file):
    first = [int(n) for n in re.findall(rb"startxref\s+(\d+)\s+%%EOF", file.data)][0]
    return file.append({file.new(): b"null"}, Prev=b"%d" % first)


@alteration("a revision that says there are fewer objects")
def table_of_fewer(file):
    return file.append({file.new(): b"null"}, Size=b"20")


@alteration("a revision that says that the file is encrypted")
def encrypt_null(file):
    return file.append({file.new(): b"null"}, Encrypt=b"null")


@alteration("a revision with another catalog, of one page")
def catalog_replaced(file):
    root, pages, page = file.new(), file.new(), file.new()
    return file.append({root: b"<</Type/Catalog/Pages %d 0 R>>" % pages, pages: b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % page,
                        page: b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]>>" % pages}, Root=b"%d 0 R" % root)


# ---- the catalog


@alteration("the file does something when it is opened")
def open_action(file):
    return file.append(catalog(file, OpenAction=DictionaryObject({NAME("/S"): NAME("/JavaScript"), NAME("/JS"): TextStringObject("app.alert(1)")})))


@alteration("the file does something when it is printed")
def additional_actions(file):
    action = DictionaryObject({NAME("/S"): NAME("/JavaScript"), NAME("/JS"): TextStringObject("app.alert(1)")})
    return file.append(catalog(file, AA=DictionaryObject({NAME("/WP"): action})))


@alteration("the file has a program of its own")
def names_javascript(file):
    names = DictionaryObject({NAME(k): file.root["/Names"].raw_get(k) for k in file.root["/Names"]} if "/Names" in file.root else {})
    action = DictionaryObject({NAME("/S"): NAME("/JavaScript"), NAME("/JS"): TextStringObject("app.alert(1)")})
    names[NAME("/JavaScript")] = DictionaryObject({NAME("/Names"): ArrayObject([TextStringObject("a"), action])})
    return file.append(catalog(file, Names=names))


@alteration("layers can be hidden")
def layers(file):
    new = file.new()
    hidden = DictionaryObject({NAME("/OFF"): ArrayObject([file.ref(new)]), NAME("/Order"): ArrayObject()})
    return file.append({new: b"<</Type/OCG/Name(a)>>",
                        **catalog(file, OCProperties=DictionaryObject({NAME("/OCGs"): ArrayObject([file.ref(new)]), NAME("/D"): hidden}))})


@alteration("pages are to be shown otherwise")
def viewer_preferences(file):
    return file.append(catalog(file, PageMode=NAME("/FullScreen"), ViewerPreferences=DictionaryObject({NAME("/HideToolbar"): generic.BooleanObject(True)})))


@alteration("addresses begin with another")
def base_of_addresses(file):
    return file.append(catalog(file, URI=DictionaryObject({NAME("/Base"): TextStringObject("http://evil.example/")})))


@alteration("the title is changed (metadata)")
def metadata_changed(file):
    number = file.number(file.root.raw_get("/Metadata"))
    data = file.get(number).data
    changed = re.sub(rb"(<dc:title\b[^>]*>.*?<rdf:li[^>]*>)[^<]*", rb"\1Another title", data, flags=re.S)
    return file.append({number: stream(changed if changed != data else data + b" ", b"/Type/Metadata/Subtype/XML", packed=False)})


@alteration("the title is changed (information dictionary)")
def information_changed(file):
    if "/Info" not in file.trailer:
        raise NotThere("no /Info")
    number = file.number(file.trailer.raw_get("/Info"))
    return file.append({number: file.copy(number, Title=TextStringObject("Another title"))})


# ---- annotations


def with_annotation(file, annotation, *objects):
    page, new = file.pages()[0], file.new()
    annotations = ArrayObject(list(file.get(page).get("/Annots", [])) + [file.ref(new)])
    return file.append({new: annotation, **dict(objects), page: file.copy(page, Annots=annotations)})


@alteration("text is laid over a page")
def annotation_of_text(file):
    shown = file.new()
    return with_annotation(file, b"<</Type/Annot/Subtype/FreeText/Rect[60 500 500 700]/F 4/DA(/H 12 Tf)/Contents(Not approved)/AP<</N %d 0 R>>>>" % shown,
                           (shown, form(b"Not approved", b"0 0 440 200")))


@alteration("a stamp is laid over a page")
def annotation_of_stamp(file):
    shown = file.new()
    return with_annotation(file, b"<</Type/Annot/Subtype/Stamp/Rect[60 500 300 560]/F 4/AP<</N %d 0 R>>>>" % shown, (shown, form(b"URGENT")))


@alteration("a part of a page leads elsewhere")
def annotation_of_link(file):
    return with_annotation(file, b"<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/Border[0 0 0]/A<</S/URI/URI(http://evil.example/)>>>>")


@alteration("annotations are removed")
def annotations_removed(file):
    page = page_with_fields(file)
    return file.append({page: file.copy(page, Annots=None)})


@alteration("annotations lie in another order, one over the other")
def annotations_reordered(file):
    page = page_with_fields(file)
    return file.append({page: file.copy(page, Annots=ArrayObject(list(file.get(page)["/Annots"])[::-1]))})


@alteration("a signature is added whose field is new")
def field_added(file):
    page, new = file.pages()[0], file.new()
    widget = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(added)/V(Not approved)/Rect[60 500 300 560]/F 4/DA(/H 12 Tf)/P %d 0 R>>" % page
    annotations = ArrayObject(list(file.get(page).get("/Annots", [])) + [file.ref(new)])
    form_dictionary = DictionaryObject({NAME(key): file.root["/AcroForm"].raw_get(key) for key in file.root["/AcroForm"]})
    form_dictionary[NAME("/Fields")] = ArrayObject(list(form_dictionary["/Fields"]) + [file.ref(new)])
    return file.append({new: widget, page: file.copy(page, Annots=annotations), **catalog(file, AcroForm=form_dictionary)})


# ---- structure and files inside


def elements(file):
    """Numbers of structure elements."""
    waiting, out = [file.root["/StructTreeRoot"].raw_get("/K")], []
    while waiting and len(out) < 50:
        one = waiting.pop(0)
        value = one.get_object()
        if isinstance(value, ArrayObject):
            waiting = list(value) + waiting
        elif isinstance(value, DictionaryObject) and "/S" in value:
            out += [file.number(one)] if isinstance(one, generic.IndirectObject) else []
            waiting = ([value.raw_get("/K")] if "/K" in value else []) + waiting
    if not out:
        raise NotThere("no structure")
    return out


@alteration("what is read aloud is changed")
def text_read_aloud(file):
    number = elements(file)[-1]
    return file.append({number: file.copy(number, ActualText=TextStringObject("Not approved"))})


@alteration("structure: an element is of another kind")
def element_of_other_kind(file):
    number = elements(file)[-1]
    return file.append({number: file.copy(number, S=NAME("/Note"))})


@alteration("structure: all is removed")
def structure_removed(file):
    return file.append(catalog(file, StructTreeRoot=None, MarkInfo=None))


def file_inside(file):
    """The number of the first embedded file's stream."""
    for spec in file.root.get("/AF", []):
        return file.number(spec.get_object()["/EF"].raw_get("/F"))
    raise NotThere("no files inside")


@alteration("a file inside is replaced")
def file_inside_replaced(file):
    number = file_inside(file)
    return file.append({number: stream(b"replaced: true\n", b"/Type/EmbeddedFile")})


@alteration("the files inside are removed")
def files_inside_removed(file):
    file_inside(file)
    return file.append(catalog(file, AF=None, Names=None))


# ---- shadow attacks (RUB 2021), as far as they can be made after signing


@alteration("shadow attack, hide: what lay over something is emptied")
def shadow_hide(file):
    return file.append({text_fields(file)[0][1]: b"<<>>"})


@alteration("shadow attack, replace: a font that was signed is written again with other letters")
def shadow_replace(file):
    for _, number in fonts(file):
        font = file.get(number)
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        descriptor = inner["/FontDescriptor"] if "/FontDescriptor" in inner else {}
        for key in ("/FontFile2", "/FontFile3", "/FontFile"):
            if key in descriptor:
                return file.append({file.number(descriptor.raw_get(key)): stream(b"another font")})
    raise NotThere("no embedded font")


@alteration("shadow attack, hide and replace: the table alone gives a signed object of an earlier revision again")
def shadow_hide_and_replace(file):
    number = file.number(file.root.raw_get("/AcroForm")) if isinstance(file.root.raw_get("/AcroForm"), generic.IndirectObject) else None
    for candidate in [number, *(n for _, n, _ in file.signatures())]:
        places = [row for row in old_places(file, candidate) if row != file.where(candidate)] if candidate else []
        if places:
            return file.append(rows={candidate: places[0]})
    raise NotThere("no object stands twice")


# ---- not bad, but less


@alteration("a revision without change follows the signatures: no signature covers the end", "good")
def dss_written_again(file):
    if "/DSS" not in file.root:
        raise NotThere("no DSS")
    number = file.number(file.root.raw_get("/DSS"))
    return file.append({number: file.copy(number)})


@alteration("what proves the certificates is removed: the level falls, and that is said", "level")
def dss_emptied(file):
    if "/DSS" not in file.root:
        raise NotThere("no DSS")
    return file.append({file.number(file.root.raw_get("/DSS")): b"<<>>"})


@alteration("cut at the end of a signature: who has not signed is said", "good")
def cut_after_first(file):
    return file.data[:file.ends()[0]]


@alteration("cut at the end of a signature: who has not signed is said", "good")
def cut_before_last(file):
    return file.data[:file.ends()[-2]] if len(file.ends()) > 1 else file.data[:file.ends()[0]]


def main():
    with open(sys.argv[1], "rb") as source:
        data = source.read()
    os.makedirs(sys.argv[2], exist_ok=True)
    file = File(data)
    with open(os.path.join(sys.argv[2], "list.tsv"), "w") as told:
        for name, verdict, finding, function in ALL:
            file.next = file.size
            try:
                changed = function(file)
            except NotThere as missing:
                print("%s: not made: %s" % (name, missing), file=sys.stderr)
                continue
            with open(os.path.join(sys.argv[2], name + ".pdf"), "wb") as target:
                target.write(changed)
            told.write("%s\t%s\t%s\n" % (name, verdict, finding))


if __name__ == "__main__":
    main()
