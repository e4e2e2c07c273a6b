#!/usr/bin/env python3
"""Signs a PDF as other programs do: foreign_signed.py PKI_DIR FILE.pdf OUT_DIR

b-b, b-t, b-lt, b-lta (pyHanko, PAdES, a field that is seen on the first page), pss, certified (no change is allowed),
two (two signers), revoked (by a certificate that is),
pkcs7 (adbe.pkcs7.detached as Thai offices have it: RSA with SHA-256, the whole chain inside, no time stamp),
pkcs7-stamped (the same with a time stamp). Keys and CRLs are make-pki's; no server is needed."""
import functools
import logging
import os
import sys

from cryptography.hazmat.primitives import serialization
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

# an RSA key is examined whenever it is read, at each signature, which takes longer than all else; these are our own
for form in ("load_der_private_key", "load_pem_private_key"):
    setattr(serialization, form, functools.partial(getattr(serialization, form), unsafe_skip_rsa_key_validation=True))


class Office:
    """What signs for it: certificates of make-pki."""

    def __init__(self, pki):
        self.pki = pki
        self.root, self.issuing = self.certificate("root"), self.certificate("issuing")
        store = SimpleCertificateStore()
        store.register_multiple([self.issuing])
        self.store = store
        self.stamper = self.stamper_named("tsa")
        self.crls = [self.crl("root"), self.crl("issuing")]

    def stamper_named(self, name):
        return timestamps.DummyTimeStamper(self.certificate(name), load_private_key_from_pemder(self.path(name + ".key"), None),
                                           certs_to_embed=self.store)

    def path(self, name):
        return os.path.join(self.pki, name)

    def certificate(self, name):
        return load_cert_from_pemder(self.path(name + ".pem"))

    def crl(self, name):
        from asn1crypto import crl, pem
        with open(self.path(name + ".crl"), "rb") as source:
            return crl.CertificateList.load(pem.unarmor(source.read())[2])

    def signer(self, name, pss=False):
        store = SimpleCertificateStore()
        store.register_multiple([self.issuing, self.root])
        return signers.SimpleSigner(signing_cert=self.certificate(name), cert_registry=store, prefer_pss=pss,
                                    signing_key=load_private_key_from_pemder(self.path(name + ".key"), None))

    def known(self):
        return ValidationContext(trust_roots=[self.root], other_certs=[self.issuing], crls=self.crls, allow_fetching=False,
                                 revocation_mode="soft-fail")

    def sign(self, source, target, name="rsa", field="Signature1", box=(60, 60, 260, 110), stamp=False, pss=False, fill=None,
             **metadata):
        metadata.setdefault("subfilter", SigSeedSubFilter.PADES)
        with open(source, "rb") as given, open(target, "wb") as out:
            writer = IncrementalPdfFileWriter(given)
            if fill is not None:
                fill(writer)
            if box is not None:
                fields.append_signature_field(writer, fields.SigFieldSpec(field, on_page=0, box=box))
            about = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256", **metadata)
            signers.PdfSigner(about, signer=self.signer(name, pss), timestamper=self.stamper if stamp else None,
                              stamp_style=TextStampStyle(stamp_text="Signed by %(signer)s\n%(ts)s")).sign_pdf(writer, output=out)


def main():
    logging.disable(logging.CRITICAL)
    office, source, target = Office(sys.argv[1]), sys.argv[2], sys.argv[3]
    os.makedirs(target, exist_ok=True)

    def out(name):
        return os.path.join(target, name + ".pdf")

    lasting = {"embed_validation_info": True, "validation_context": office.known()}
    office.sign(source, out("b-b"))
    office.sign(source, out("b-t"), name="p256", stamp=True)
    office.sign(source, out("b-lt"), stamp=True, **lasting)
    office.sign(source, out("b-lta"), stamp=True, use_pades_lta=True, **lasting)
    office.sign(source, out("pss"), pss=True)
    office.sign(source, out("revoked"), name="revoked")
    office.sign(source, out("certified"), certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    office.sign(out("b-b"), out("two"), name="p384", field="Signature2", box=(300, 60, 500, 110))
    office.sign(source, out("pkcs7"), subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    office.sign(source, out("pkcs7-stamped"), subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED, stamp=True)


if __name__ == "__main__":
    main()
