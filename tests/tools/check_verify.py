#!/usr/bin/env python3
"""What `banthuek verify` says of signed PDFs, in words and as JSON: check_verify.py BANTHUEK PKI_DIR WORK_DIR

WORK_DIR has what foreign_signed.py made of memo.pdf, which stands there too."""
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import fastjsonschema
import foreign_signed
from pdf_update import File, stream
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.validation.dss import DocumentSecurityStore

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM, PKI, WORK = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
SHARED = pathlib.Path(os.environ.get("BANTHUEK_SHARED") or ROOT.parent / "shared")
STATUS = {"good": 0, "bad": 1, "cannot-tell": 4}
validate = fastjsonschema.compile(json.loads((ROOT / "src/cli/verify.schema.json").read_text("utf-8")))
TRUST = ["--trust", PKI / "trust.pem"]


def run(path, *options, lang="en", **more):
    done = subprocess.run([PROGRAM, "verify", path, "--lang=" + lang, *options], capture_output=True, env={**os.environ, **more})
    assert done.returncode >= 0, (path, done)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def verify(path, verdict, *options):
    """The JSON of a file whose verdict must be this."""
    status, out, err = run(path, "--format=json", "--no-compare", *options)  # in English
    said = json.loads(out)
    validate(said)
    assert said["verdict"] == verdict and status == STATUS[verdict] and err == "", (str(path), said["verdict"], said["why"])
    said["codes"] = [one["code"] for signature in said["signatures"] for one in signature["remarks"]] + [one["code"] for one in said["remarks"]]
    return said


def only(said):
    assert len(said["signatures"]) == 1, said["signatures"]
    return said["signatures"][0]


def own_roots(data, path):
    """The certificates inside the signatures of a PDF, as a file to be trusted."""
    with open(path, "w") as out:
        for digits in set(re.findall(rb"<(30[0-9A-Fa-f]{400,})>", data)):
            done = subprocess.run(["openssl", "pkcs7", "-inform", "DER", "-print_certs"], input=bytes.fromhex(digits.decode()), capture_output=True)
            out.write(done.stdout.decode("utf-8", "replace"))


def attacks():
    """Files that were changed after signing are bad for what was changed, also for those who trust their signers."""
    expected = {
        "dss/replace": ("APPEARANCE_ALONE", "World Health|Attacker"),
        "dss/hide": ("STREAM|LIBRARY|OBJECT", ""),
        "dss/annotation-and-visible-change": ("PAGE_ANNOTATION", ""),
        "dss/modified_after_signature": ("HYBRID", "hybrid"),
        "dss/pades-spoofing-replaced-reason": ("SIGNATURE_CHANGED|FORM", ""),
        "dss/pdf-spoofing-attack": ("ENCRYPTED", "encrypted"),
        "shadow/hide-and-replace/manipulated": ("PAGES", ""),
        "shadow/hide-text/manipulated": ("PAGE_ANNOTATION|APPEARANCE_ALONE|FIELD", ""),
        "shadow/replace-overlay/manipulated": ("APPEARANCE_IN_PLACE|PAGE_ANNOTATION|FIELD_OTHER", ""),
    }
    found = {str(path.relative_to(SHARED / "attacks"))[:-4] for path in (SHARED / "attacks").rglob("*.pdf")}
    signed = {name for name in found if name.endswith("/signed")}
    assert found - signed == set(expected), found
    for name in sorted(found):
        path = SHARED / "attacks" / (name + ".pdf")
        roots = WORK / "roots.pem"
        own_roots(path.read_bytes(), roots)
        trust = ["--trust", roots]
        if name in signed:
            verify(path, "cannot-tell")
            one = only(verify(path, "good", *trust))
            assert one["unchanged"] == "yes" and one["level"] == "none" and one["proven"] is None
            assert {"VERIFY_CLAIMED", "VERIFY_EXPIRED_SINCE"} <= {remark["code"] for remark in one["remarks"]}
            assert "VERIFY_UNNAMED" in [remark["code"] for remark in one["remarks"]]
            verify(path, "good", *trust, "--at", "2020-12-01")
            assert "VERIFY_FUTURE" in verify(path, "bad", *trust, "--at", "2019-12-01")["codes"]
            continue
        for options in ([], trust):
            said = verify(path, "bad", *options)
            assert any(re.fullmatch(expected[name][0], code) for code in said["codes"]), (name, said["codes"])
        assert re.search(expected[name][1], run(path, "--no-compare", *trust)[1]), name
    third = verify(SHARED / "attacks/dss/annotation-and-visible-change.pdf", "bad")["signatures"]
    assert [one["unchanged"] for one in third] == ["no", "no", "yes"]
    spoofed = only(verify(SHARED / "attacks/dss/pades-spoofing-replaced-reason.pdf", "bad"))
    assert spoofed["reason"] == "DSS testing"
    assert verify(SHARED / "attacks/dss/pdf-spoofing-attack.pdf", "bad")["signatures"]


def other_programs():
    """Untouched files of pyHanko are good, each at its level."""
    for name, level in (("b-b", "B-B"), ("b-t", "B-T"), ("b-lt", "B-LT"), ("b-lta", "B-LTA"), ("pss", "B-B"), ("certified", "B-B"),
                        ("pkcs7", "none"), ("pkcs7-stamped", "none")):
        said = verify(WORK / (name + ".pdf"), "good", *TRUST)
        one = said["signatures"][0]
        assert one["level"] == level and one["whose"] == "known", (name, one)
        assert (one["proven"] is not None) == (name in ("b-t", "b-lt", "b-lta", "pkcs7-stamped")), name
        assert one["missing"] is None or level != "B-LTA"
        assert one["unchanged"] == ("allowed-additions" if name in ("b-lt", "b-lta") else "yes"), name
    assert [one["kind"] for one in verify(WORK / "b-lta.pdf", "good", *TRUST)["signatures"]] == ["signature", "time-stamp"]
    two = verify(WORK / "two.pdf", "good", *TRUST)["signatures"]
    assert [one["key"] for one in two] == ["RSA-3072", "P-384"] and two[0]["unchanged"] == "allowed-additions"
    assert two[0]["certificate"]["subject"] == "นายสมมติ นามตัวอย่าง"
    # a later signature that hides the first, or the page
    for box in ((60, 60, 260, 110), (20, 20, 580, 820)):
        foreign_signed.Office(str(PKI)).sign(WORK / "b-b.pdf", WORK / "hiding.pdf", name="p384", field="Signature2", box=box)
        signatures = codes(WORK / "hiding.pdf", "bad", *TRUST, wanted=["SIGNATURE_COVERS"])["signatures"]
        assert [one["unchanged"] for one in signatures] == ["no", "yes"]
    # letters that nobody sees are shown
    foreign_signed.Office(str(PKI)).sign(WORK / "memo.pdf", WORK / "unseen.pdf", reason="not\u200b \u202ea\u2800", location="\U000e0041")
    assert only(verify(WORK / "unseen.pdf", "good", *TRUST))["reason"] == "not\u200b \u202ea\u2800"
    assert "not<U+200B> <U+202E>a<U+2800>" in run(WORK / "unseen.pdf", "--no-compare", *TRUST)[1]
    # the same in words, in both languages
    for lang, word in (("en", "GOOD: "), ("th", "ใช้ได้: ")):
        status, out, err = run(WORK / "two.pdf", "--no-compare", *TRUST, lang=lang)
        assert (status, err) == (0, "") and out.startswith(word) and "นายมานะ นามสมมติ" in out, out


def whom_to_trust():
    path = WORK / "b-t.pdf"
    said = verify(path, "cannot-tell")
    assert "VERIFY_NO_TRUST" in said["codes"] and "--trust" in said["why"] and "time stamp" not in said["why"], said["why"]
    said = verify(path, "cannot-tell", "--trust", PKI / "stranger-root.pem")
    assert "VERIFY_UNKNOWN" in said["codes"] and only(said)["whose"] == "unknown"
    # the signer alone is trusted, but not the server that stamped the time
    said = verify(path, "good", "--trust", PKI / "p256.pem")
    assert "VERIFY_STAMP_UNKNOWN" in said["codes"] and only(said)["level"] == "B-B" and only(said)["proven"] is None
    folder = WORK / "roots"
    folder.mkdir(exist_ok=True)
    done = run(path, "--trust", folder)
    assert done[0] == 1 and "VERIFY_TRUST_EMPTY" in done[2], done
    (folder / "root.pem").write_bytes((PKI / "root.pem").read_bytes())
    verify(path, "good", "--trust", folder)
    verify(path, "good", "--trust", PKI / "stranger-root.pem", *TRUST)
    assert run(path, "--trust", WORK / "not-there.pem")[0] == 3
    done = run(path, *TRUST, "--at", "yesterday")
    assert done[0] == 1 and "VERIFY_AT" in done[2], done


def certificates():
    """What signs may not: expired, not for signing, of another's issuing, weak."""
    office = foreign_signed.Office(str(PKI))
    for name, code in (("expired", "VERIFY_CERT_EXPIRED"), ("not-yet", "VERIFY_CERT_EARLY"), ("no-usage", "VERIFY_CERT_USE"),
                       ("sha1", "VERIFY_CERT_WEAK"), ("rsa-1024", "VERIFY_KEY")):
        path = WORK / ("by-%s.pdf" % name)
        office.sign(WORK / "memo.pdf", path, name=name)
        said = verify(path, "bad", *TRUST)
        assert code in said["codes"] and only(said)["whose"] == "not-accepted" and only(said)["unchanged"] == "yes", (name, said["codes"])
    office.sign(WORK / "memo.pdf", WORK / "by-stranger.pdf", name="stranger")
    verify(WORK / "by-stranger.pdf", "cannot-tell", *TRUST)
    verify(WORK / "by-stranger.pdf", "good", "--trust", PKI / "stranger-root.pem")


def codes(path, verdict, *options, wanted=()):
    said = verify(path, verdict, *options)
    assert set(wanted) <= set(said["codes"]), (path, said["codes"])
    return said


def patched(name, old, new, count=1):
    """A copy of a file with bytes replaced in place."""
    data = (WORK / (name + ".pdf")).read_bytes()
    assert len(old) == len(new) and data.count(old) >= count, old
    path = WORK / (name + "-patched.pdf")
    path.write_bytes(data.replace(old, new))
    return path


def formats():
    codes(patched("b-b", b"/ETSI.CAdES.detached", b"/ETSI.Other.detached"), "bad", *TRUST, wanted=["VERIFY_FORMAT"])
    said = verify(patched("pkcs7", b"/adbe.pkcs7.detached", b"/adbe.pkcs7.sha1    "), "bad", *TRUST)
    assert "VERIFY_WEAK" in said["codes"] and "SHA-1" in said["why"]
    # usage rights are nobody's signature
    file = File((WORK / "memo.pdf").read_bytes())
    right = file.new()
    value = File((WORK / "b-b.pdf").read_bytes()).signatures()[0][2]["/V"]
    entries = b"".join(b"%s %s" % (key.encode(), generic_bytes(value.raw_get(key))) for key in value)
    root = file.number(file.trailer.raw_get("/Root"))
    rights = generic.DictionaryObject({generic.NameObject("/UR3"): file.ref(right)})
    path = WORK / "rights.pdf"
    path.write_bytes(file.append({right: b"<<%s>>" % entries, root: file.copy(root, Perms=rights)}))
    codes(path, "bad", *TRUST, wanted=["VERIFY_USAGE"])


def generic_bytes(value):
    import io
    out = io.BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()


def times():
    codes(WORK / "b-b.pdf", "bad", *TRUST, "--at", "2020-01-01", wanted=["VERIFY_FUTURE"])
    codes(WORK / "b-b.pdf", "good", *TRUST, "--at", "2031-01-01T08:00:00+07:00", wanted=["VERIFY_EXPIRED_SINCE"])
    codes(patched("b-b", b"/M (D", b"/N (D"), "bad", *TRUST, wanted=["VERIFY_NO_TIME", "VERIFY_DIGEST"])

    class Later(datetime.datetime):
        """The clock of a computer that goes ahead by a day."""

        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + datetime.timedelta(days=1)

    office, clock = foreign_signed.Office(str(PKI)), signers.pdf_signer.datetime
    signers.pdf_signer.datetime = Later
    office.sign(WORK / "memo.pdf", WORK / "ahead.pdf", stamp=True)
    signers.pdf_signer.datetime = clock
    tomorrow = (datetime.datetime.now() + datetime.timedelta(days=3)).date().isoformat()
    codes(WORK / "ahead.pdf", "good", *TRUST, "--at", tomorrow, wanted=["VERIFY_TIME_DIFFERS"])


def lapsed():
    """A time stamp whose server's certificate has ended proves nothing, unless a later one that still does covers it."""
    later = [*TRUST, "--at", "2031-01-01"]
    office = foreign_signed.Office(str(PKI))
    for source, out in (("b-t", "stamped-long"), ("b-b", "only-long"), ("b-lta", "lta-long")):
        with open(WORK / (source + ".pdf"), "rb") as given, open(WORK / (out + ".pdf"), "wb") as target:
            signers.PdfTimeStamper(office.stamper_named("tsa-long")).timestamp_pdf(IncrementalPdfFileWriter(given), "sha256", output=target)
    for name, level in (("stamped-long", "B-T"), ("only-long", "B-T"), ("lta-long", "B-LTA")):
        one = codes(WORK / (name + ".pdf"), "good", *later, wanted=["VERIFY_EXPIRED_SINCE"])
        assert one["signatures"][0]["level"] == level and one["signatures"][0]["proven"], (name, one)
        assert "VERIFY_STAMP_LAPSED" not in one["codes"], one["codes"]
        codes(WORK / (name + ".pdf"), "cannot-tell", *TRUST, "--at", "2035-02-01", wanted=["VERIFY_STAMP_LAPSED"])
    for name in ("b-t", "b-lt", "b-lta", "pkcs7-stamped"):
        one = codes(WORK / (name + ".pdf"), "cannot-tell", *later, wanted=["VERIFY_STAMP_LAPSED", "VERIFY_CLAIMED"])
        assert one["signatures"][0]["proven"] is None and "not renewed in time" in one["why"], (name, one["why"])


def with_dss(name, out, certificates=(), crls=()):
    """A file with a DSS of these; it has none yet."""
    from asn1crypto import crl, pem
    office = foreign_signed.Office(str(PKI))
    lists = [crl.CertificateList.load(pem.unarmor((PKI / one).read_bytes())[2]) for one in crls]
    with open(WORK / (name + ".pdf"), "rb") as source, open(WORK / (out + ".pdf"), "wb") as target:
        writer = IncrementalPdfFileWriter(source)
        DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=[office.certificate(one) for one in certificates], crls=lists)
        writer.write(target)
    return WORK / (out + ".pdf")


def revocation():
    """What tells whether certificates were revoked: what the file has, or what is fetched."""
    served = [ROOT / "tests/tools/pki-server", PKI]
    local = [*TRUST, "--fetch-local"]

    def fetched(name, verdict, *faults):
        (PKI / "faults").write_text("".join(fault + "\n" for fault in faults))
        done = subprocess.run([*served, PROGRAM, "verify", WORK / (name + ".pdf"), "--format=json", "--no-compare", *local],
                              capture_output=True)
        (PKI / "faults").unlink()
        said = json.loads(done.stdout)
        assert said["verdict"] == verdict and done.returncode == STATUS[verdict], (name, faults, said["why"])
        return [one["code"] for one in said["signatures"][0]["remarks"]]

    office = foreign_signed.Office(str(PKI))
    office.sign(WORK / "memo.pdf", WORK / "by-revoked.pdf", name="revoked", stamp=True)
    assert "VERIFY_NOT_ASKED" in codes(WORK / "by-revoked.pdf", "good", *TRUST)["codes"]
    assert "VERIFY_NOT_ASKED" not in fetched("b-b", "good")
    assert "VERIFY_REVOKED" in fetched("by-revoked", "bad")
    assert "VERIFY_REVOKED" in fetched("by-revoked", "bad", "ocsp down")
    # of the server of a time stamp, too
    office.stamper = office.stamper_named("tsa-revoked")
    office.sign(WORK / "memo.pdf", WORK / "revoked-server.pdf", stamp=True)
    codes(WORK / "revoked-server.pdf", "good", *TRUST, wanted=["VERIFY_NOT_ASKED"])
    assert "VERIFY_REVOKED" in fetched("revoked-server", "bad")
    for fault in ("other", "old", "stranger", "broken"):
        assert "VERIFY_NOT_FETCHED" in fetched("b-b", "cannot-tell", "ocsp " + fault, "crl down"), fault
    # nothing of this machine is asked unless the user says so
    codes(WORK / "b-b.pdf", "cannot-tell", *TRUST, "--fetch", wanted=["SIGN_FETCH_LOCAL", "VERIFY_NOT_FETCHED"])
    # what the file has
    codes(with_dss("by-revoked", "revoked-dss", ["revoked"], ["issuing.crl", "root.crl"]), "bad", *TRUST, wanted=["VERIFY_REVOKED"])
    codes(with_dss("b-t", "no-lists", ["p256", "issuing"]), "cannot-tell", *TRUST, wanted=["VERIFY_REVOCATION_MISSING"])
    codes(with_dss("b-t", "old-lists", ["p256"], ["old.crl"]), "cannot-tell", *TRUST, wanted=["VERIFY_REVOCATION_OLD"])
    one = only(codes(with_dss("b-t", "lists", ["p256", "issuing"], ["issuing.crl", "root.crl"]), "good", *TRUST))
    assert one["level"] == "B-LT" and one["missing"]
    # revoked later than the proven time: nothing changes, but without proof anybody could say that it was earlier
    own = WORK / "later"
    shutil.rmtree(own, ignore_errors=True)
    shutil.copytree(PKI, own)
    config = (own / "issuing.cnf").read_text("utf-8").replace(str(PKI), str(own))
    (own / "issuing.cnf").write_text(config, "utf-8")
    for line in (["-revoke", "p256.pem"], ["-revoke", "rsa.pem"], ["-gencrl", "-out", "later.crl"]):
        subprocess.run(["openssl", "ca", "-config", "issuing.cnf", *line], cwd=own, check=True, capture_output=True)
    shutil.copy(own / "later.crl", PKI / "later.crl")
    tomorrow = (datetime.datetime.now() + datetime.timedelta(days=3)).date().isoformat()
    codes(with_dss("b-t", "revoked-later", ["p256"], ["later.crl", "root.crl"]), "good", *TRUST, "--at", tomorrow,
          wanted=["VERIFY_REVOKED_LATER"])
    codes(with_dss("b-b", "revoked-unproven", ["rsa"], ["later.crl", "root.crl"]), "bad", *TRUST, "--at", tomorrow,
          wanted=["VERIFY_REVOKED"])


def memos():
    """What only our own memos are asked."""
    office, fill = foreign_signed.Office(str(PKI)), PROGRAM.replace("banthuek", "tools/fill-fields")
    subprocess.run([PROGRAM, "render", "--preprinted", ROOT / "samples/ita-2566", "-o", WORK / "ita.pdf"], check=True, capture_output=True)

    def signed(source, out, name, role, *values):
        """Filled in, and signed in a role's own field."""
        if values:
            subprocess.run([fill, WORK / (source + ".pdf"), WORK / "filled.pdf", *values], check=True)
            source = "filled"
        office.sign(WORK / (source + ".pdf"), WORK / (out + ".pdf"), name=name, field=role + ".signature", box=None)

    signed("ita", "first", "rsa", "preparer", "preparer.name=นายสมมติ นามตัวอย่าง", "memo_number=๑๒๓")
    said = codes(WORK / "first.pdf", "good", *TRUST, wanted=["VERIFY_HEAD_UNSIGNED"])
    assert only(said)["role"] == "preparer" and only(said)["signs_for"] is None, said
    assert [one["role"] for one in said["memo"]["waiting"]] == ["opinion-1", "opinion-2", "opinion-3"]
    signed("first", "second", "p256", "opinion-1", "opinion-1.name=นางสาวตัวอย่าง นามสมมติ")
    codes(WORK / "second.pdf", "good", *TRUST, wanted=["VERIFY_HEAD_UNSIGNED"])

    # opinions that let it go no further, or may not
    for opinion, code in (("พิจารณาแล้ว เห็นควรไม่อนุมัติ", "VERIFY_REFUSES"), ("ส่งคืนแก้ไข", "VERIFY_RETURNS"), ("เอกสารไม่ครบ ส่งคืน", "VERIFY_UNCLEAR")):
        signed("first", "answer", "p256", "opinion-1", "opinion-1.name=นางสาวตัวอย่าง นามสมมติ", "opinion-1.opinion=" + opinion)
        codes(WORK / "answer.pdf", "good", *TRUST, wanted=[code])

    # the number, filled in by who signs, and by nobody who says so: drawn as banthuek does, or not at all
    key = ["--key", PKI / "rsa.key", "--cert", PKI / "rsa.pem", "--chain", PKI / "issuing.pem", "--chain", PKI / "root.pem"]
    subprocess.run([PROGRAM, "sign", WORK / "ita.pdf", "--as", "preparer", "--number", "๑๒๓", *key, "-o", WORK / "numbered.pdf"],
                   check=True, capture_output=True)
    said = codes(WORK / "numbered.pdf", "good", *TRUST, wanted=["VERIFY_HEAD_FILLED"])
    assert "by นายสมมติ นามตัวอย่าง" in run(WORK / "numbered.pdf", "--no-compare", *TRUST)[1]

    def number(writer):
        field = [one for one in writer.root["/AcroForm"]["/Fields"] if one.get_object()["/T"] == "memo_number"][0]
        field.get_object()[generic.NameObject("/V")] = generic.TextStringObject("๑๒๓")
        writer.mark_update(field)

    office.sign(WORK / "ita.pdf", WORK / "not-drawn.pdf", field="preparer.signature", box=None, fill=number)
    codes(WORK / "not-drawn.pdf", "bad", *TRUST, wanted=["VERIFY_CHANGED_BEFORE"])
    # without the font it cannot be told what fields show
    (WORK / "no-fonts.conf").write_text('<?xml version="1.0"?><fontconfig></fontconfig>')
    assert "with the fonts that are here" in run(WORK / "second.pdf", "--no-compare", *TRUST,
                                                 FONTCONFIG_FILE=str(WORK / "no-fonts.conf"))[1]  # VERIFY_NO_FONT
    # the certificate of another
    signed("ita", "other", "p384", "preparer")
    assert only(codes(WORK / "other.pdf", "good", *TRUST, wanted=["VERIFY_SIGNS_FOR"]))["signs_for"] == "นายสมมติ นามตัวอย่าง"
    # a stand-in who is named on the page
    signed("ita", "stand-in", "rsa-b", "preparer", "preparer.name=นายทดลอง นามสมมติ\nหัวหน้าสำนักปลัด\nรักษาราชการแทน")
    assert only(codes(WORK / "stand-in.pdf", "good", *TRUST, wanted=["VERIFY_STANDS_IN"]))["signs_for"] == "นายสมมติ นามตัวอย่าง"
    # another date than that of signing
    signed("ita", "dated", "rsa", "preparer", "preparer.date=๑ ตุลาคม ๒๕๖๖")
    said = codes(WORK / "dated.pdf", "good", *TRUST, wanted=["VERIFY_DATE_DIFFERS"])
    assert "the date beside preparer is not the day of signing" in said["why"], said["why"]
    # what stands in the fields of one who has not signed
    subprocess.run([fill, WORK / "first.pdf", WORK / "words.pdf", "opinion-3.opinion=อนุมัติ"], check=True)
    codes(WORK / "words.pdf", "bad", *TRUST, wanted=["VERIFY_UNSIGNED"])
    # a number that is there already
    subprocess.run([fill, WORK / "first.pdf", WORK / "number.pdf", "memo_number=๙๙๙"], check=True)
    codes(WORK / "number.pdf", "bad", *TRUST, wanted=["VERIFY_HEAD_CHANGED"])
    # the data inside make the pages, or it cannot be told
    assert "compare" not in "".join(run(WORK / "first.pdf", *TRUST)[1:])
    data = bytearray((WORK / "ita.pdf").read_bytes())
    data[10:14] = b"ABCD"
    (WORK / "touched.pdf").write_bytes(data)
    signed("touched", "touched-signed", "rsa", "preparer")
    status, text, _ = run(WORK / "touched-signed.pdf", "--format=json", *TRUST)
    assert status == 1 and "VERIFY_OTHER_PAGES" in text and json.loads(text)["memo"]["pages"] == "other-pages", text
    # what was changed on its pages before anybody signed it
    file = File((WORK / "ita.pdf").read_bytes())
    drawn, page = file.new(), file.pages()[0]
    both = generic.ArrayObject([file.get(page).raw_get("/Contents"), file.ref(drawn)])
    (WORK / "drawn.pdf").write_bytes(file.append({drawn: stream(b"1 g 0 0 600 400 re f"), page: file.copy(page, Contents=both)}))
    signed("drawn", "drawn-signed", "rsa", "preparer")
    said = codes(WORK / "drawn-signed.pdf", "bad", *TRUST, wanted=["VERIFY_CHANGED_BEFORE"])
    assert said["memo"]["pages"] == "other-pages" and "what stands on page 1 was changed" in said["why"], said
    subprocess.run([PROGRAM, "render", "--no-data", ROOT / "samples/memo", "-o", WORK / "no-data.pdf"], check=True, capture_output=True)
    office.sign(WORK / "no-data.pdf", WORK / "no-data-signed.pdf")
    status, text, _ = run(WORK / "no-data-signed.pdf", "--format=json", *TRUST)
    assert status == 0 and "VERIFY_NOT_COMPARED" in text and json.loads(text)["memo"]["pages"] == "no-data", text


def looks():
    """A role's field is drawn as banthuek draws it, by whoever signs it: what its text reads as is not enough."""
    office, fill = foreign_signed.Office(str(PKI)), PROGRAM.replace("banthuek", "tools/fill-fields")
    subprocess.run([fill, WORK / "ita.pdf", WORK / "filled.pdf", "preparer.opinion=ทราบ"], check=True)
    source = File((WORK / "filled.pdf").read_bytes())
    number, field = [(number, field) for name, number, field in source.fields() if name == "preparer.opinion"][0]
    size = re.search(rb"/F1 ([0-9.]+) Tf", field["/AP"]["/N"].data)[1]
    wide = field["/Rect"][2] - field["/Rect"][0]

    def case(name, verdict, code, draw, font=None):
        def sign_all(writer):
            look = writer.import_object(field["/AP"]["/N"])
            look = generic.StreamObject(dict(look), stream_data=draw(look.data))
            for key in ("/Filter", "/Length"):
                look.pop(key, None)
            if font is not None:
                look["/Resources"]["/Font"]["/F1"][generic.NameObject("/BaseFont")] = generic.NameObject(font)
            own = writer.get_object(generic.Reference(number, 0, writer))
            own[generic.NameObject("/V")] = generic.TextStringObject(field["/V"])
            own[generic.NameObject("/AP")] = generic.DictionaryObject({generic.NameObject("/N"): writer.add_object(look)})
            writer.update_container(own)

        path = WORK / ("look-%s.pdf" % name)
        office.sign(WORK / "ita.pdf", path, field="preparer.signature", box=None, fill=sign_all)
        said = codes(path, verdict, *TRUST, wanted=[code] if code else [])
        assert code is None or code != "VERIFY_CHANGED_BEFORE" or "preparer.opinion" in said["why"], said["why"]

    def moved(content):
        return re.sub(rb"0 ([0-9.]+) Td", b"%d \\1 Td" % (wide - 8), content)

    bad = "VERIFY_CHANGED_BEFORE"
    case("as-ours", "good", None, lambda content: content)
    case("small", "bad", bad, lambda content: content.replace(size + b" Tf", b"3.1 Tf"))
    case("pale", "bad", bad, lambda content: content.replace(b"0 g", b"0.5 g"))
    case("cut", "bad", bad, moved)
    case("clipped", "bad", bad, lambda content: content.replace(b"BT", b"0 0 9 40 re W n BT"))
    case("more", "bad", bad, lambda content: content + b"q 0.9 g 0 0 30 20 re f Q")

    case("other-font", "cannot-tell", "VERIFY_OTHER_FONT", lambda content: content, "/ABCDEF+Another")


OPINIONS = [None, "ทราบ", "เห็นชอบ", "อนุมัติ"]
SIGNERS = [("preparer", "rsa"), ("opinion-1", "p256"), ("opinion-2", "rsa-b"), ("opinion-3", "p384")]


def ours():
    """A memo that was signed by all four of its route is good, after each of them."""
    at = WORK / "ita.pdf"
    for number, ((role, name), opinion) in enumerate(zip(SIGNERS, OPINIONS), 1):
        to = WORK / ("by-%d.pdf" % number)
        key = ["--key", PKI / (name + ".key"), "--cert", PKI / (name + ".pem"), "--chain", PKI / "issuing.pem", "--chain", PKI / "root.pem"]
        said = ["--opinion", opinion] if opinion else []
        subprocess.run([PROGRAM, "sign", at, "--as", role, *said, *key, "-o", to], check=True, capture_output=True)
        at = to
        signatures = verify(to, "good", *TRUST)["signatures"]
        assert [one["role"] for one in signatures] == [one for one, _ in SIGNERS[:number]]
        assert [one["opinion"] for one in signatures] == OPINIONS[:number]
        assert "VERIFY_DATE_DIFFERS" not in run(to, "--format=json", "--no-compare", *TRUST)[1]
        assert all(one["level"] == "B-B" and one["signs_for"] is None for one in signatures), signatures
    status, text, _ = run(at, *TRUST, lang="th")
    assert status == 0 and "ตรงกับที่ทำจากข้อมูลข้างใน" in text and "ยังไม่ลงนาม" not in text, text
    status, text, _ = run(WORK / "by-3.pdf", *TRUST)
    assert status == 0 and "1 of 4 have not signed yet" in text, text


def lasting():
    """The same at all levels, and renewed: each signature has the level that it was made at, or a better one by what came later."""
    url, at = (PKI / "url").read_text().strip(), WORK / "ita.pdf"
    chain = ["--chain", PKI / "issuing.pem", "--chain", PKI / "root.pem"]
    levels = ["B-B", "B-T", "B-LT", "B-LTA"]

    def with_server(*command):
        subprocess.run([ROOT / "tests/tools/pki-server", PKI, PROGRAM, "sign", *command], check=True, capture_output=True)

    for number, ((role, name), opinion) in enumerate(zip(SIGNERS, OPINIONS)):
        to = WORK / ("lasting-%d.pdf" % number)
        key = ["--key", PKI / (name + ".key"), "--cert", PKI / (name + ".pem"), *chain]
        stamped = ["--level", levels[number], "--tsa", url + "/tsa"] if number else []
        with_server(at, "--as", role, *(["--opinion", opinion] if opinion else []), *key, *stamped, "-o", to)
        at = to
        if number < 3:
            assert [one["level"] for one in verify(to, "good", *TRUST)["signatures"]] == levels[:number + 1]
    with_server("--renew", at, "--tsa", url + "/tsa", *chain, "-o", WORK / "renewed.pdf")
    for name, stamps in (("lasting-3", 1), ("renewed", 2)):
        signatures = verify(WORK / (name + ".pdf"), "good", *TRUST)["signatures"]
        assert [one["kind"] for one in signatures] == 4 * ["signature"] + stamps * ["time-stamp"]
        assert [one["level"] for one in signatures[:4]] == ["B-T", "B-T", "B-LTA", "B-LTA"], name
        assert all(one["proven"] for one in signatures[:4]) and all(one["whose"] == "known" for one in signatures)
    # years later, when all certificates have expired and nobody renewed it again
    verify(WORK / "renewed.pdf", "cannot-tell", *TRUST, "--at", "2031-01-01")


def pinned():
    """A memo that says whose certificate counts."""
    office = foreign_signed.Office(str(PKI))
    report = (ROOT / "tests/golden/check-routing/route.yaml").read_text("utf-8")
    report = re.sub(r"ใบรับรอง: .+", "ใบรับรอง: " + office.certificate("rsa-b").sha256.hex(), report)
    (WORK / "route.yaml").write_text(report, "utf-8")
    subprocess.run([PROGRAM, "render", "--preprinted", WORK / "route.yaml", "-o", WORK / "route.pdf"], check=True, capture_output=True)
    for name, verdict in (("rsa-b", "good"), ("p384", "bad")):
        office.sign(WORK / "route.pdf", WORK / "pinned.pdf", name=name, field="ปลัด-2.signature", box=None)
        said = verify(WORK / "pinned.pdf", verdict, *TRUST)
        assert ("VERIFY_PINNED" in said["codes"]) == (verdict == "bad"), said["codes"]
    # anybody can write that he stands in
    fill = PROGRAM.replace("banthuek", "tools/fill-fields")
    for name, verdict in (("rsa-b", "good"), ("p384", "cannot-tell")):
        subprocess.run([fill, WORK / "route.pdf", WORK / "filled.pdf", "ปลัด-2.name=นายมานะ นามสมมติ\nรองปลัด\nรักษาราชการแทน"], check=True)
        office.sign(WORK / "filled.pdf", WORK / "pinned.pdf", name=name, field="ปลัด-2.signature", box=None)
        said = verify(WORK / "pinned.pdf", verdict, *TRUST)
        assert ("VERIFY_PINNED_STAND_IN" in said["codes"]) == (verdict != "good"), said["codes"]
        assert only(said)["whose"] == "known" and (verdict == "good" or "not by the certificate" in said["why"]), said["why"]


def no_signatures():
    said = verify(WORK / "memo.pdf", "bad", *TRUST)
    assert said["signatures"] == [] and "nobody has signed" in said["why"]
    assert [one["role"] for one in said["memo"]["waiting"]] == ["preparer", "opinion-1"]
    (WORK / "empty.pdf").write_bytes(b"")
    (WORK / "text.pdf").write_bytes(b"not a PDF")
    for name, code in (("empty", "PDFIN_EMPTY"), ("text", "PDFIN_NOT_PDF")):
        status, out, _ = run(WORK / (name + ".pdf"), "--format=json")
        validate(json.loads(out))
        assert status == 1 and code in out and json.loads(out)["readable"] is False, out
    assert run(WORK / "not-there.pdf")[0] == 3


def alterations():
    """What tests/whole/altered does to our own files, done to one of two signers that another program made: none is good."""
    out = WORK / "altered"
    subprocess.run([sys.executable, "-B", str(ROOT / "tests/tools/alter_signed.py"), WORK / "two.pdf", out], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    lines = (out / "list.tsv").read_text("utf-8").splitlines()
    assert len(lines) >= 60, len(lines)
    for line in lines:
        alteration, wanted, finding = line.split("\t")
        status, text, _ = run(out / (alteration + ".pdf"), "--no-compare", *TRUST)
        assert status == (1 if wanted == "bad" else 0), (alteration, finding, text)
        assert alteration != "rules-of-signature-changed" or "replaced" in text, text  # VERIFY_HIDDEN, or what is said of its dictionary


if __name__ == "__main__":
    if (SHARED / "attacks").is_dir():
        attacks()
    other_programs()
    whom_to_trust()
    certificates()
    formats()
    times()
    lapsed()
    revocation()
    memos()
    looks()
    ours()
    lasting()
    pinned()
    no_signatures()
    alterations()
    print("verify: all as expected")
