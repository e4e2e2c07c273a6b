#!/usr/bin/env python3
"""What other programs say of the signatures in PDFs: check_signatures.py [--trust CA.pem]... [--level LEVEL] [--ours] [--json] FILE...

pyHanko reads strictly and says of each signature whether it is intact and valid, whom --trust makes known, what
was changed after it, and its level (B-LT and B-LTA only when revocation of the whole chain can be told from the file alone);
pdfsig's word stands beside it. --ours asks for what banthuek promises besides: the signed attributes contentType, messageDigest
and signingCertificateV2 and no others, one signer, no changes but further signatures and what proves them.
Exit status 0: all good, at the level asked for; 1: not, with lines "NAME: PROBLEM ..." that say why."""
import argparse
import io
import json
import logging
import subprocess
import sys

from asn1crypto import pem, x509
from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import DocumentSecurityStore, SignatureCoverageLevel, validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

LEVELS = ["none", "B-B", "B-T", "B-LT", "B-LTA"]
OUR_ATTRIBUTES = {"content_type", "message_digest", "signing_certificate_v2"}


class Reader(PdfFileReader):
    """pyHanko's, which reads the head of an object stream once and not for every object in it: 13 s become 1."""

    def _get_object_from_stream(self, number, holder, index):
        heads = self.__dict__.setdefault("heads", {})
        stream = generic.Reference(holder, 0, self).get_object()
        if holder not in heads or heads[holder][0] is not stream:
            data = stream.data
            words = data[:stream["/First"]].split()
            heads[holder] = stream, data, [(int(a), int(b)) for a, b in zip(words[::2], words[1::2])]
        _, data, table = heads[holder]
        if stream["/Type"] != "/ObjStm" or len(table) != stream["/N"] or not index < len(table) or table[index][0] != number:
            raise misc.PdfStrictReadError("object %d is not where it should be" % number)
        source = io.BytesIO(data)
        source.seek(stream["/First"] + table[index][1])
        return generic.read_object(source, generic.Reference(number, 0, self))


def certificates(paths):
    out = []
    for path in paths:
        with open(path, "rb") as source:
            data = source.read()
        ders = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        out += [x509.Certificate.load(der) for der in ders]
    return out


def known(roots):
    return ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")


def attributes(signature):
    return [one["type"].native for one in signature.signer_info["signed_attrs"]]


def shape(signature):
    """What is not as PAdES baseline signatures are (EN 319 142-1)."""
    dictionary, names = signature.sig_object, attributes(signature)
    digest = signature.signer_info["digest_algorithm"]["algorithm"].native
    wrong = {
        "SubFilter %s" % dictionary.get("/SubFilter"): dictionary.get("/SubFilter") != "/ETSI.CAdES.detached",
        "no /M": "/M" not in dictionary,
        "/Cert": "/Cert" in dictionary,
        "an attribute twice": len(names) != len(set(names)),
        "no messageDigest": "message_digest" not in names,
        "no contentType": "content_type" not in names,
        "no signingCertificate": not {"signing_certificate", "signing_certificate_v2"} & set(names),
        "signingTime": "signing_time" in names,
        "SMIMECapabilities": "smime_capabilities" in names or "1.2.840.113549.1.9.15" in names,
        "content inside": signature.signed_data["encap_content_info"]["content"].native is not None,
        "%d signers" % len(signature.signed_data["signer_infos"]): len(signature.signed_data["signer_infos"]) != 1,
        "digest %s" % digest: digest not in ("sha256", "sha384", "sha512"),
    }
    return [name for name, is_so in wrong.items() if is_so]


def is_lasting(signature, roots, reader):
    """Whether the DSS alone tells that nothing of the signer's and the time stamp's chain is revoked."""
    try:
        held = DocumentSecurityStore.read_dss(reader).as_validation_context(
            {"trust_roots": roots, "allow_fetching": False, "revocation_mode": "require"})
        status = validate_pdf_signature(signature, signer_validation_context=held, ts_validation_context=held)
        return bool(status.trusted and status.timestamp_validity.trusted)
    except Exception:  # its errors are of many kinds, all of them mean no
        return False


def level_of(signature, roots, reader, is_stamped):
    """The level reached; is_stamped: a document time stamp stands after it."""
    if shape(signature):
        return "none"
    if "signature_time_stamp_token" not in [one["type"].native for one in signature.signer_info["unsigned_attrs"]]:
        return "B-B"
    if not roots or not is_lasting(signature, roots, reader):
        return "B-T"
    return "B-LTA" if is_stamped else "B-LT"


def status_of(signature, roots):
    if signature.sig_object_type == "/DocTimeStamp":
        return validate_pdf_timestamp(signature, validation_context=known(roots))
    return validate_pdf_signature(signature, signer_validation_context=known(roots), ts_validation_context=known(roots))


def about(signature, roots, reader, later):
    """What is to be said of one signature, with its problems."""
    out = {"field": signature.field_name, "type": str(signature.sig_object_type)[1:], "problems": []}
    try:
        status = status_of(signature, roots)
    except Exception as error:
        out["problems"].append("%s: %s" % (type(error).__name__, error))
        return out
    stamp = getattr(status, "timestamp_validity", None)
    modified = status.modification_level.name if status.modification_level else None
    wrong = {
        "bytes are not what was signed": not status.intact,
        "signature does not hold": not status.valid,
        "not of --trust": bool(roots) and not status.trusted,
        "changes that are not allowed (%s)" % modified: getattr(status, "docmdp_ok", True) is False or modified == "OTHER",
        "covers only %s" % status.coverage.name: status.coverage < SignatureCoverageLevel.ENTIRE_REVISION,
        "bytes after the last signature": not later and not modified and status.coverage < SignatureCoverageLevel.ENTIRE_FILE,
        "time stamp": stamp is not None and not (stamp.valid and stamp.intact and (stamp.trusted or not roots)),
    }
    out.update(signer=status.signing_cert.subject.human_friendly, modification=modified, coverage=status.coverage.name,
               intact=status.intact, valid=status.valid, trusted=status.trusted if roots else None,
               problems=[name for name, is_so in wrong.items() if is_so])
    if out["type"] == "Sig":
        out.update(attributes=attributes(signature), shape=shape(signature), level=level_of(signature, roots, reader, any(one.sig_object_type == "/DocTimeStamp" for one in later)))
    return out


def pdfsig(path, signatures):
    """Problems of the signatures that poppler can check; it knows no document time stamps."""
    done = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, errors="replace")
    valid, wanted = done.stdout.count("Signature is Valid."), sum(one["type"] == "Sig" for one in signatures)
    return [] if valid >= wanted else ["pdfsig: %d of %d valid" % (valid, wanted)]


def judge(path, roots, level="none", ours=False):
    """All that is said of a file: {"signatures": [...], "problems": [...], "good": bool}."""
    logging.disable(logging.CRITICAL)
    out = {"signatures": [], "problems": []}
    try:
        with open(path, "rb") as source:
            reader = Reader(source, strict=True)
            found = list(reader.embedded_signatures)
            out["signatures"] = [about(one, roots, reader, found[i + 1:]) for i, one in enumerate(found)]
    except Exception as error:
        out["problems"].append("cannot be read: %s: %s" % (type(error).__name__, error))
    if not out["signatures"] and not out["problems"]:
        out["problems"].append("no signature")
    for one in out["signatures"]:
        problems = list(one["problems"])
        if one["type"] == "Sig" and not problems:
            if LEVELS.index(one["level"]) < LEVELS.index(level):
                problems.append("level %s, not %s (%s)" % (one["level"], level, ", ".join(one["shape"])))
            if ours:
                problems += one["shape"]
                problems += ["attributes %s" % one["attributes"]] if set(one["attributes"]) != OUR_ATTRIBUTES else []
        out["problems"] += ["%s: %s" % (one["field"], problem) for problem in problems]
    out["problems"] += pdfsig(path, out["signatures"]) if out["signatures"] else []
    out["good"] = not out["problems"]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--trust", action="append", default=[])
    parser.add_argument("--level", choices=LEVELS, default="none")
    parser.add_argument("--ours", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    roots, good = certificates(options.trust), True
    for path in options.files:
        said = judge(path, roots, options.level, options.ours)
        good = good and said["good"]
        if options.json:
            print(json.dumps({"file": path, **said}, ensure_ascii=False, indent=1))
            continue
        for one in said["signatures"]:
            print("%s: %s: %s, %s, later changes %s" % (path, one["field"], one.get("level", one["type"]), one.get("signer"),
                                                       one.get("modification")))
        for problem in said["problems"]:
            print("%s: PROBLEM %s" % (path, problem))
        print("%s: %s" % (path, "GOOD" if said["good"] else "BAD"))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
