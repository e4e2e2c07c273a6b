"""What tests of rubrics against ../shared/reference/ita-years.md have in common: reading a rubric as the program
does, and counting what was compared and what differs."""
import json
import subprocess
import sys

faults, compared = [], 0


def same(what, found, wanted):
    global compared
    compared += 1
    if found != wanted:
        faults.append(f"{what}: {found!r}, not {wanted!r}")


def read(path):
    """The rubric as the program reads it."""
    done = subprocess.run([sys.argv[1], "dump", "--stage=canonical", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return json.loads(done.stdout)


def close(what):
    """Tells faults and counts, and ends the program: 1 when anything differs."""
    print("\n".join([*faults, f"{compared} {what}compared, {len(faults)} differ"]))
    sys.exit(len(faults) > 0)
