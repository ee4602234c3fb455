#!/usr/bin/env bash
# tantivy (Python package) 0.27.0: every file of a segment ends with a CRC-32 of its content, but neither opening
# nor searching an index compares it, and the Python package has no call that does. An index whose column of
# numbers lost a bit on disk opens without a word and gives another number, here another date of the same article.
# Output seen on 28 November 2026 (Linux, Python 3.11):
#     the footer of the column file holds the CRC-32 of its content: before True, after False
#     the article's number: before 20241019, after 20241018, no error
# Exits 0 if that is still so, 1 if it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check tantivy==0.27.0
"$folder/env/bin/python" - "$folder/index" <<'PYTHON'
import glob
import json
import os
import struct
import sys
import zlib

import tantivy

folder = sys.argv[1]
os.mkdir(folder)
builder = tantivy.SchemaBuilder()
builder.add_integer_field("day", fast=True, indexed=True)
builder.add_text_field("body")
index = tantivy.Index(builder.build(), folder)
writer = index.writer(15_000_000, 1)
for day in (20241019, 20240101, 20250606):
    writer.add_document(tantivy.Document(day=day, body="banjir" if day == 20241019 else "gempa"))
writer.commit()
writer.wait_merging_threads()
(column,) = glob.glob(os.path.join(folder, "*.fast"))


def day():
    index = tantivy.Index.open(folder)
    searcher = index.searcher()
    ((_, address),) = searcher.search(index.parse_query("banjir", ["body"])).hits
    return searcher.fast_field_values("day", [address])[0]


def checksum_is_right():
    with open(column, "rb") as file:
        data = file.read()
    length, _magic = struct.unpack("<II", data[-8:])
    footer = json.loads(data[-8 - length : -8])
    return footer["crc"] == zlib.crc32(data[: -8 - length])


before, right_before = day(), checksum_is_right()
with open(column, "rb") as file:
    whole = file.read()
damaged = bytearray(whole)
damaged[2] ^= 1  # of the numbers
with open(column, "wb") as file:
    file.write(damaged)
after = day()
print("the footer of the column file holds the CRC-32 of its content:", end=" ")
print(f"before {right_before}, after {checksum_is_right()}")
print(f"the article's number: before {before}, after {after}, no error")
is_so = right_before and not checksum_is_right() and after not in (before, None)
has_call = any("checksum" in name.lower() for name in dir(index) + dir(index.searcher()))
sys.exit(0 if is_so and not has_call else 1)
PYTHON
