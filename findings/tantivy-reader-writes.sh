#!/usr/bin/env bash
# tantivy (Python package) 0.27.0: opening an index only to search it needs permission to write. Index.open
# and a search of an index whose files and folder are all readable, but none writable, fail, because a lock
# file beside the segments is opened for writing; with that one file writable they succeed.
# Output seen on 28 November 2026 (Linux, Python 3.11, as a user without privileges):
#     nothing writable: ValueError: Failed to acquire Lockfile: IoError(Os { code: 13, kind: PermissionDenied, ... })
#     .tantivy-meta.lock writable: 1 hit
# Exits 0 if that is still so, 1 if it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check tantivy==0.27.0
"$folder/env/bin/python" - "$folder/index" <<'PYTHON'
import os
import subprocess
import sys

import tantivy

folder = sys.argv[1]
os.mkdir(folder)
builder = tantivy.SchemaBuilder()
builder.add_text_field("body", stored=True)
index = tantivy.Index(builder.build(), folder)
writer = index.writer(15_000_000, 1)
writer.add_document(tantivy.Document(body="banjir di demak"))
writer.commit()
writer.wait_merging_threads()
for name in os.listdir(folder):
    os.chmod(os.path.join(folder, name), 0o444)
os.chmod(folder, 0o555)

SEARCH = """
import os, sys
import tantivy
if os.getuid() == 0:
    os.setuid(65534)  # root may write everywhere
try:
    index = tantivy.Index.open(sys.argv[1])
    index.config_reader("manual")
    index.reload()
    found = index.searcher().search(index.parse_query("banjir", ["body"]), 10)
    print(len(found.hits), "hit")
except Exception as error:
    print(f"{type(error).__name__}: {error}")
"""


def search():
    command = [sys.executable, "-c", SEARCH, folder]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


os.chmod(os.path.dirname(folder), 0o755)
before = search()
print("nothing writable:", before)
os.chmod(os.path.join(folder, ".tantivy-meta.lock"), 0o666)
after = search()
print(".tantivy-meta.lock writable:", after)
sys.exit(0 if "PermissionDenied" in before and after == "1 hit" else 1)
PYTHON
