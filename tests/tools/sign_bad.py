"""Signs with everything wrong that may be: sign_bad.py BANTHUEK WORK_DIR, below pki-server; see tests/whole/sign-bad."""
import concurrent.futures
import hashlib
import os
import resource
import signal
import subprocess
import sys

from pdf_update import File, stream
from pyhanko.pdf_utils.generic import NumberObject

banthuek, work = sys.argv[1:]
tools = os.path.dirname(os.path.abspath(__file__))
pki, token, here = work + "/pki", work + "/token", work + "/sign-bad"
url = open(pki + "/url").read().strip()
secrets = [open(pki + "/passphrase").read().strip(), open(token + "/pin").read().strip()]
environment = dict(os.environ, SOFTHSM2_CONF=token + "/softhsm2.conf", TMPDIR=here + "/tmp", BANTHUEK_LANG="en")
wrong = []


def run(*command, **more):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", env=environment, stdin=subprocess.DEVNULL, **more)


def render(name, *options):
    run(banthuek, "render", "--preprinted", "samples/memo", "-o", "%s/%s.pdf" % (here, name), *options)
    return "%s/%s.pdf" % (here, name)


def write(name, data):
    with open("%s/%s.pdf" % (here, name), "wb") as target:
        target.write(data)
    return "%s/%s.pdf" % (here, name)


def digest(path):
    with open(path, "rb") as source:
        return hashlib.sha256(source.read()).hexdigest()


def key(name, chain="-chain", *more):
    return ["--key", "%s/%s.key" % (pki, name), "--cert", "%s/%s%s.pem" % (pki, name, chain), "--chain", pki + "/root.pem", *more]


def secret(name, text):
    with open("%s/%s" % (here, name), "w") as target:
        target.write(text + "\n")
    return ["--secret-file", "%s/%s" % (here, name)]


def sign(pdf, out, options, **more):
    return run(banthuek, "sign", "--name-differs", pdf, "--as", "preparer", "-o", out, *options, **more)


def refused(name, code, options, pdf=None, **more):
    """Signing is refused with a code (one of several), and leaves nothing behind."""
    pdf, out = pdf or memo, "%s/%s-out.pdf" % (here, name)
    before = digest(pdf)
    done = sign(pdf, out, options, **more)
    told = done.stdout + done.stderr
    problems = [what for what, is_so in {
        "status %d" % done.returncode: done.returncode not in (1, 3),
        "not told as %s" % code: not any("[%s" % one in told for one in code.split()),
        "something was written": os.path.exists(out),
        "the PDF was changed": digest(pdf) != before,
        "a secret is told": any(one in told for one in secrets),
    }.items() if is_so]
    if problems:
        wrong.append("%s: %s: %s" % (name, ", ".join(problems), told.strip()))


def with_key(code, name, options):
    refused(name, code, options)


memo = render("memo")
with open(memo, "rb") as source:
    data = source.read()
file = File(data)
module = open(token + "/module").read().strip()
card = ["--pkcs11", module, "--chain", pki + "/issuing.pem", "--chain", pki + "/root.pem"]
pin = ["--secret-file", token + "/pin"]
raw = ["--cert", pki + "/rsa-chain.pem", "--chain", pki + "/root.pem", "--key-command"]

KEYS = [
    ("SIGN_PASSPHRASE", "wrong-passphrase", ["--key", pki + "/rsa.p12", *secret("wrong", "not it")]),
    ("SIGN_PASSPHRASE", "wrong-passphrase-old", ["--key", pki + "/rsa-old.p12", *secret("wrong", "not it")]),
    ("SIGN_PASSPHRASE", "wrong-passphrase-pem", ["--key", pki + "/rsa-encrypted.key", "--cert", pki + "/rsa-chain.pem", *secret("wrong", "not it")]),
    ("SIGN_SECRET_NONE", "no-passphrase", ["--key", pki + "/rsa.p12"]),
    ("SIGN_MISMATCH", "mismatch", ["--key", pki + "/rsa.key", "--cert", pki + "/p256-chain.pem", "--chain", pki + "/root.pem"]),
    ("SIGN_CERT_NONE", "no-certificate", ["--key", pki + "/rsa.key"]),
    ("SIGN_CERT_USAGE", "no-usage", key("no-usage")),
    ("SIGN_CERT_EXPIRED", "expired", key("expired")),
    ("SIGN_CERT_EARLY", "not-yet", key("not-yet")),
    ("SIGN_CERT_CA", "as-ca", key("as-ca")),
    ("SIGN_CERT_KEY", "rsa-1024", key("rsa-1024")),
    ("SIGN_CERT_WEAK", "sha1", key("sha1")),
    ("SIGN_CHAIN_INCOMPLETE", "chain-incomplete", ["--key", pki + "/rsa.key", "--cert", pki + "/rsa.pem"]),
    ("SIGN_KEY_UNKNOWN SIGN_KEY_NONE", "no-key", ["--key", "samples/memo/report.yaml", "--cert", pki + "/rsa-chain.pem"]),
    ("SIGN_KEY_NONE", "certificate-as-key", ["--key", pki + "/rsa.pem", "--cert", pki + "/rsa-chain.pem"]),
    ("SIGN_MODULE", "no-module", ["--pkcs11", "/nowhere.so", *pin]),
    ("SIGN_COMMAND_FAILED", "command-fails", [*raw, "%s/sign-raw %s/rsa.key fail" % (tools, pki)]),
    ("SIGN_COMMAND_EMPTY", "command-empty", [*raw, "%s/sign-raw %s/rsa.key empty" % (tools, pki)]),
    ("SIGN_WRONG", "command-garbage", [*raw, "%s/sign-raw %s/rsa.key garbage" % (tools, pki)]),
    ("SIGN_WRONG", "command-lies", [*raw, "%s/sign-raw %s/rsa.key wrong" % (tools, pki)]),
    ("SIGN_WRONG", "command-other-key", [*raw, "%s/sign-raw %s/rsa-b.key" % (tools, pki)]),
    ("SIGN_COMMAND_LONG", "command-endless", [*raw, "%s/sign-raw %s/rsa.key huge" % (tools, pki)]),
    ("SIGN_COMMAND_START", "command-not-there", [*raw, "/nowhere/sign"]),
    ("SIGN_CERT_MISSING SIGN_KEY", "command-without-certificate", ["--key-command", "%s/sign-raw %s/rsa.key" % (tools, pki)]),
]
TOKENS = [  # one after the other: SoftHSM does not find its tokens while another process opens them
    ("SIGN_TOKEN_KEYS", "token-two-keys", [*card, *pin, "--token", "banthuek"]),
    ("SIGN_MISMATCH", "token-wrong-certificate", [*card, *pin, "--token", "banthuek", "--key-id", "03"]),
    ("SIGN_CERT_MISSING", "token-no-certificate", [*card, *pin, "--token", "banthuek", "--key-id", "04"]),
    ("SIGN_TOKEN_NO_ID", "token-no-such-key", [*card, *pin, "--token", "banthuek", "--key-id", "77"]),
    ("SIGN_TOKEN_SEVERAL", "token-not-named", [*card, *pin]),
    ("SIGN_TOKEN_OTHER", "token-other", [*card, *pin, "--token", "nobody"]),
]
# of time stamps; the level is what --tsa gives
STAMPS = {
    "down": "SIGN_FETCH", "refuse": "SIGN_FETCH_ANSWER", "garbage": "SIGN_FETCH_ANSWER SIGN_STAMP", "empty": "SIGN_FETCH SIGN_STAMP",
    "huge": "SIGN_FETCH", "html": "SIGN_FETCH_ANSWER", "redirect": "SIGN_FETCH_ANSWER", "loop": "SIGN_FETCH_ANSWER",
    "reject": "SIGN_STAMP_REFUSED", "imprint": "SIGN_STAMP_WRONG", "nonce": "SIGN_STAMP_WRONG", "no-nonce": "SIGN_STAMP_WRONG",
    "time-early": "SIGN_STAMP_OFF", "time-late": "SIGN_STAMP_OFF", "version": "SIGN_STAMP", "no-eku": "SIGN_STAMP_WRONG",
    "expired": "SIGN_STAMP_WRONG", "no-certificate": "SIGN_STAMP_WRONG", "wrong-ess": "SIGN_STAMP_WRONG", "sha1": "SIGN_STAMP_WRONG",
    "content": "SIGN_STAMP",
}
# of OCSP answers, while there are no CRLs
ANSWERS = {"other": "", "old": "", "early": "", "unknown": "", "later": "", "stranger": "", "broken": "", "garbage": "", "down": "",
           "revoked": "SIGN_REVOKED"}


def pdfs():
    """PDFs that nothing is signed in: name, code, path."""
    run("qpdf", "--encrypt", "", "x", "256", "--", memo, here + "/encrypted.pdf")
    page = file.pages()[0]
    yield "plain", "SIGN_NOT_OURS", render("plain", "--profile=plain")
    yield "draft", "SIGN_DRAFT", render("draft", "--draft")
    yield "no-fields", "SIGN_NO_FIELDS", render("no-fields", "--no-fields")
    yield "not-ours", "SIGN_NOT_OURS PDFIN", write("not-ours", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
    yield "text", "PDFIN", write("text", b"no PDF\n" * 100)
    yield "empty", "PDFIN", write("empty", b"")
    yield "cut", "PDFIN SIGN_NOT_OURS", write("cut", data[:len(data) // 2])
    yield "encrypted", "PDFIN SIGN", here + "/encrypted.pdf"
    yield "turned", "SIGN_OTHER_PAGES SIGN", write("turned", file.append({page: file.copy(page, Rotate=NumberObject(90))}))
    yield "drawn-on", "SIGN_OTHER_PAGES SIGN", write("drawn-on", file.append({file.number(file.get(page).raw_get("/Contents")): stream(b"BT ET")}))
    yield "hybrid", "PDFIN SIGN", write("hybrid", file.append_hybrid({file.new(): b"null"}, {page: file.copy(page, Rotate=NumberObject(90))}))
    yield "loop", "PDFIN SIGN", write("loop", file.append({file.new(): b"null"}, Prev=b"%d" % (len(data) + 21)))
    yield "no-form", "SIGN", write("no-form", file.append({file.number(file.trailer.raw_get("/Root")): file.copy(
        file.number(file.trailer.raw_get("/Root")), AcroForm=None)}))


def at_once():
    """Two sign into one file: one of them does."""
    out = here + "/at-once.pdf"
    command = [banthuek, "sign", "--name-differs", memo, "--as", "preparer", "-o", out]
    both = [subprocess.Popen(command + key(name), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment) for name in ("rsa", "p256")]
    told = [one.communicate()[0].decode() for one in both]
    if sorted(one.returncode == 0 for one in both) != [False, True] or "SIGN_TAKEN" not in "".join(told) + "SIGN_TAKEN":
        wrong.append("two at once: %s" % told)
    if run("pdfsig", "-nocert", out).stdout.count("Signature is Valid") != 1:
        wrong.append("two at once: no whole file")


def full_disk():
    """A file may not become as large as it must."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))
    refused("full-disk", "BASE FILE CLI SIGN ENGINE", key("rsa"), preexec_fn=limit)


def time_off():
    """A wrong clock is no server that fails: the date would be wrong at a lesser level too."""
    for level in ("B-T", "B-LTA"):
        refused("time-off-" + level, "SIGN_STAMP_OFF", [*key("p256"), "--tsa", url + "/tsa/time-late", "--level", level, "--lesser-level"])


def hand():
    """An empty file is no picture."""
    empty = write("hand", b"")
    refused("empty-hand", "IMAGE", [*key("p256"), "--hand", empty])


def renewed():
    """What is needed to renew a time stamp is in the PDF."""
    first, second = here + "/lasting.pdf", here + "/renewed.pdf"
    done = sign(memo, first, [*key("p256"), "--tsa", url + "/tsa", "--level", "B-LTA"])
    again = run(banthuek, "sign", first, "--renew", "--tsa", url + "/tsa", "-o", second)
    if done.returncode != 0 or again.returncode != 0:
        wrong.append("renewed: %s" % (done.stderr + again.stderr))


def taken():
    """What is there already stays."""
    out = write("taken", b"mine\n")
    done = sign(memo, out, key("rsa"))
    if done.returncode == 0 or "SIGN_TAKEN" not in done.stderr or open(out, "rb").read() != b"mine\n":
        wrong.append("taken: %s" % done.stderr)


def faults(*lines):
    with open(pki + "/faults", "w") as target:
        target.write("".join(line + "\n" for line in lines))


with concurrent.futures.ThreadPoolExecutor(2) as pool:
    list(pool.map(lambda one: with_key(*one), KEYS))
    list(pool.map(lambda one: refused("tsa-" + one[0], one[1], [*key("p256"), "--tsa", url + "/tsa/" + one[0]]), STAMPS.items()))
    list(pool.map(lambda one: refused(one[0], one[1], key("p256"), one[2]), list(pdfs())))
for one in TOKENS:
    with_key(*one)
refused("wrong-pin", "SIGN_PIN", [*card, "--token", "single", *secret("wrong-pin", "000000")])
for fault, code in ANSWERS.items():
    faults("ocsp " + fault, "crl down")
    refused("ocsp-" + fault, code or "SIGN_REVOCATION SIGN_FETCH", [*key("p256"), "--tsa", url + "/tsa", "--level", "B-LT"])
for fault in ("old", "other", "broken"):
    faults("ocsp down", "crl " + fault)
    refused("crl-" + fault, "SIGN_REVOCATION SIGN_FETCH", [*key("p256"), "--tsa", url + "/tsa", "--level", "B-LT"])
faults()
refused("revoked", "SIGN_REVOKED", [*key("revoked"), "--tsa", url + "/tsa", "--level", "B-LT"])
refused("no-urls", "SIGN_REVOCATION_NONE", [*key("no-urls"), "--tsa", url + "/tsa", "--level", "B-LT"])
refused("no-server", "SIGN_FETCH_CONNECT", [*key("p256"), "--tsa", "http://127.0.0.1:1/"])
refused("https", "SIGN_FETCH_URL", [*key("p256"), "--tsa", "https://127.0.0.1/"])
at_once()
full_disk()
time_off()
hand()
renewed()
taken()
if os.listdir(here + "/tmp"):
    wrong.append("left in the temporary folder: %s" % os.listdir(here + "/tmp"))
stray = [name for name in os.listdir(here) if name.startswith((".", "banthuek")) or name.endswith("-out.pdf")]
if stray:
    wrong.append("left behind: %s" % stray)
print("\n".join(wrong) or "sign-bad: all as expected")
sys.exit(1 if wrong else 0)
