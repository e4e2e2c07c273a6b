"""A little DER: what the tests' servers read of requests and write into answers."""
import subprocess


def tlv(tag, *parts):
    data = b"".join(parts)
    size = len(data)
    head = bytes([size]) if size < 128 else (lambda n: bytes([128 + len(n)]) + n)(size.to_bytes((size.bit_length() + 7) // 8, "big"))
    return bytes([tag]) + head + data


def seq(*parts):
    return tlv(0x30, *parts)


def integer(value):
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted):
    first, second, *rest = (int(n) for n in dotted.split("."))
    out = bytearray()
    for n in [first * 40 + second, *rest]:
        groups = [n & 127]
        while n > 127:
            n >>= 7
            groups.append(n & 127 | 128)
        out += bytes(reversed(groups))
    return tlv(6, bytes(out))


def octets(data):
    return tlv(4, data)


def bits(data):
    return tlv(3, b"\0" + data)


def when(time):
    """a datetime in UTC"""
    return tlv(0x18, time.strftime("%Y%m%d%H%M%SZ").encode())


def read(data, at=0):
    """What stands at a place: its tag, its content, and where the next begins."""
    tag, size, start = data[at], data[at + 1], at + 2
    if size > 128:
        start += size - 128
        size = int.from_bytes(data[at + 2:start], "big")
    if start + size > len(data):
        raise ValueError("DER ends early")
    return tag, data[start:start + size], start + size


def children(data):
    """What stands in a constructed value: (tag, content, all bytes) each."""
    out, at = [], 0
    while at < len(data):
        tag, content, end = read(data, at)
        out.append((tag, content, data[at:end]))
        at = end
    return out


def openssl(*command, given=b""):
    done = subprocess.run(["openssl", *command], input=given, capture_output=True)
    if done.returncode:
        raise RuntimeError("openssl %s: %s" % (command[0], done.stderr.decode(errors="replace").strip()))
    return done.stdout


def certificate(path):
    """A PEM file's first certificate as DER."""
    return openssl("x509", "-in", path, "-outform", "DER")
