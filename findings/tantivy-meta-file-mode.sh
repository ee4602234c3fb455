#!/usr/bin/env bash
# tantivy (Python package) 0.27.0: with umask 022 the files of an index are made readable for everybody
# (0644), but meta.json and .managed.json, which a reader needs as well, for their owner alone (0600), at
# every commit anew. A server that runs as another user than the indexer therefore cannot open an index
# whose segments it may all read, and a chmod lasts only until the next commit.
# Output seen on 28 November 2026 (Linux, Python 3.11):
#     after a commit: meta.json 600, .managed.json 600, segment files 644
#     after chmod 644 and another commit: meta.json 600
# Exits 0 if that is still so, 1 if it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check tantivy==0.27.0
umask 022
"$folder/env/bin/python" - "$folder/index" <<'PYTHON'
import os
import sys

import tantivy

folder = sys.argv[1]
os.mkdir(folder)
builder = tantivy.SchemaBuilder()
builder.add_text_field("body", stored=True)
index = tantivy.Index(builder.build(), folder)


def commit():
    writer = index.writer(15_000_000, 1)
    writer.add_document(tantivy.Document(body="banjir di demak"))
    writer.commit()
    writer.wait_merging_threads()


def mode(name):
    return f"{os.stat(os.path.join(folder, name)).st_mode & 0o777:o}"


commit()
segments = {mode(name) for name in os.listdir(folder) if name.endswith((".idx", ".store", ".term"))}
first = mode("meta.json"), mode(".managed.json"), *sorted(segments)
print("after a commit: meta.json {}, .managed.json {}, segment files {}".format(*first))
os.chmod(os.path.join(folder, "meta.json"), 0o644)
commit()
print("after chmod 644 and another commit: meta.json", mode("meta.json"))
is_so = (first, mode("meta.json")) == (("600", "600", "644"), "600")
sys.exit(0 if is_so else 1)
PYTHON
