#!/usr/bin/env python3
"""`routing --format=json` fits src/cli/routing.schema.json and says what pypdf finds in the PDFs. usage:
check_routing.py BANTHUEK PDF…"""
import hashlib
import json
import pathlib
import subprocess
import sys

import fastjsonschema
import pypdf

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
schemas = {name: json.loads((ROOT / f"src/cli/{name}.schema.json").read_text("utf-8")) for name in ("check", "routing")}
validate = fastjsonschema.compile(schemas["routing"])
for key in "maxItems", "items":
    assert schemas["routing"]["properties"]["messages"][key] == schemas["check"][key], key

program, *files = sys.argv[1:]
done = subprocess.run([program, "routing", "--format=json", *files], capture_output=True)
assert done.returncode == 0, done.stderr.decode()
told = json.loads(done.stdout)
validate(told)
assert [file["file"] for file in told["files"]] == files
for file in told["files"]:
    data = pathlib.Path(file["file"]).read_bytes()
    for revision in file["revisions"]:
        assert hashlib.sha256(data[: revision["size"]]).hexdigest() == revision["sha256"], file["file"]
    assert file["revisions"][-1]["size"] == len(data)
    fields = pypdf.PdfReader(file["file"]).get_fields()
    for role in file["roles"]:
        signed = f"{role['role']}.signature" in fields and "/V" in fields[f"{role['role']}.signature"]
        assert signed == (role["state"] in ("signed", "refused", "returned")), role
        for key, name in ("opinion", "opinion"), ("signer", "name"), ("date", "date"):
            value = fields.get(f"{role['role']}.{name}", {}).get("/V") if signed else None
            assert role[key] == (value or None), (role, value)
print(f"{len(files)} PDFs have the routes that pypdf finds")
