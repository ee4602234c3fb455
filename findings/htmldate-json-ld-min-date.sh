#!/usr/bin/env bash
# htmldate 1.11.0, told by min_date that pages may be as old as 1500, still returns no date for a page whose JSON-LD
# (https://schema.org/datePublished) says 1987, while the same date in a <meta> is found. Archives of scanned and
# republished articles have such pages; their day has to be read from the JSON-LD beside htmldate.
# Output seen on 29 November 2026 (Linux, Python 3.11):
#     JSON-LD 1987: None; JSON-LD 1996: 1996-05-04; meta 1987: 1987-05-04
# Exits 0 if that is still so, 1 if it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check htmldate==1.11.0 lxml==6.1.3
"$folder/env/bin/python" - <<'PYTHON'
import json
import sys

from htmldate import find_date

TEXT = "<p>Pasar lama di tepi sungai dibuka kembali setelah tiga bulan ditutup karena banjir besar.</p>"


def page(head: str) -> str:
    return f"<html><head><title>Pasar dibuka</title>{head}</head><body><h1>Pasar dibuka</h1>{TEXT}</body></html>"


def json_ld(day: str) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "datePublished": day}
    return page(f'<script type="application/ld+json">{json.dumps(data)}</script>')


def found(html: str) -> str | None:
    return find_date(html, extensive_search=False, original_date=True, min_date="1500-01-01")


seen = {
    "JSON-LD 1987": found(json_ld("1987-05-04")),
    "JSON-LD 1996": found(json_ld("1996-05-04")),
    "meta 1987": found(page('<meta property="article:published_time" content="1987-05-04">')),
}
print("; ".join(f"{name}: {date}" for name, date in seen.items()))
sys.exit(0 if list(seen.values()) == [None, "1996-05-04", "1987-05-04"] else 1)
PYTHON
