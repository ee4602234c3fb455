#!/usr/bin/env bash
# mammoth 1.13.0 converts runs of a Word document that are hidden (w:vanish, ISO/IEC 29500-1, 17.3.2.41) like any other,
# without a message: what an editor's office hid, such as notes to the printer, becomes text of the article.
# Output seen on 29 November 2026 (Linux, Python 3.11):
#     value: '<p>Panen dimulai. CATATAN TERSEMBUNYI</p>', messages: []
# Exits 0 if that is still so, 1 if it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check mammoth==1.13.0 python-docx==1.2.0
"$folder/env/bin/python" - <<'PYTHON'
import io
import sys

import docx
import mammoth

document = docx.Document()
paragraph = document.add_paragraph("Panen dimulai. ")
paragraph.add_run("CATATAN TERSEMBUNYI").font.hidden = True
file = io.BytesIO()
document.save(file)
file.seek(0)
result = mammoth.convert_to_html(file)
print(f"value: {result.value!r}, messages: {result.messages}")
sys.exit(0 if "TERSEMBUNYI" in result.value and not result.messages else 1)
PYTHON
