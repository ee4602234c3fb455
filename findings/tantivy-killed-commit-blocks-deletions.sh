#!/usr/bin/env bash
# tantivy (Python package) 0.27.0: a commit that deletes documents writes a file of deletions named after the
# number of the operation, then meta.json. If the process ends in between (a kill, a power cut), the last commit
# stands, as it should; but the same deletion tried again counts to the same number and fails because the file is
# there already, and so does every later try: opening a writer does not clear it. garbage_collect_files() does.
# Output seen on 28 November 2026 (Linux, Python 3.11):
#     deleting again fails: FileAlreadyExists
#     and once more: FileAlreadyExists
#     after garbage_collect_files(): 1 document left
# Exits 0 if that is still so, 1 if it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check tantivy==0.27.0
"$folder/env/bin/python" - "$folder/index" <<'PYTHON'
import os
import shutil
import sys

import tantivy

folder = sys.argv[1]
os.mkdir(folder)
builder = tantivy.SchemaBuilder()
builder.add_text_field("id", tokenizer_name="raw")
index = tantivy.Index(builder.build(), folder)
writer = index.writer(15_000_000, 1)
for id in ("a", "b"):
    writer.add_document(tantivy.Document(id=id))
writer.commit()
writer.wait_merging_threads()
# What lies there when the process ends between the two writes: the last commit and the file of deletions.
shutil.copytree(folder, folder + "-before")


def delete(folder, clear=False):
    writer = tantivy.Index.open(folder).writer(15_000_000, 1)
    if clear:
        writer.garbage_collect_files()
    writer.delete_documents_by_term("id", "a")
    writer.commit()
    writer.wait_merging_threads()
    return tantivy.Index.open(folder).searcher().num_docs


def told(folder):
    try:
        return f"{delete(folder)} document left"
    except Exception as error:
        return "FileAlreadyExists" if "FileAlreadyExists" in str(error) else repr(error)


delete(folder)
for name in os.listdir(folder):
    if name.endswith(".del"):
        shutil.copy(os.path.join(folder, name), folder + "-before")
first, second = told(folder + "-before"), told(folder + "-before")
print("deleting again fails:", first)
print("and once more:", second)
left = delete(folder + "-before", clear=True)
print(f"after garbage_collect_files(): {left} document left")
sys.exit(0 if (first, second, left) == ("FileAlreadyExists", "FileAlreadyExists", 1) else 1)
PYTHON
