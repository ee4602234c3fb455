#!/usr/bin/env bash
# latexcodec 3.0.1, by which pybtex 0.26.1 reads BibTeX: of the signs that LaTeX wants a backslash before, it decodes
# all but the dollar. A BibTeX file that writes the title of an article about prices as LaTeX has it (US\$ 2.900)
# is shown with the backslash in it, though "\%", "\&", "\#" and "\_" beside it are shown as readers expect.
# Output seen on 28 November 2026 (Linux, Python 3.11):
#     percent: '50%'; ampersand: 'A & B'; hash: '#1'; underscore: 'a_b'; dollar: 'US\\$ 2.900'
# Exits 0 if that is still so, 1 if it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pybtex==0.26.1 latexcodec==3.0.1
"$folder/env/bin/python" - <<'PYTHON'
import sys

from pybtex.richtext import Text

written = {
    "percent": (r"50\%", "50%"),
    "ampersand": (r"A \& B", "A & B"),
    "hash": (r"\#1", "#1"),
    "underscore": (r"a\_b", "a_b"),
    "dollar": (r"US\$ 2.900", r"US\$ 2.900"),
}
shown = {name: str(Text.from_latex(latex)) for name, (latex, _) in written.items()}
print("; ".join(f"{name}: {text!r}" for name, text in shown.items()))
sys.exit(0 if all(shown[name] == expected for name, (_, expected) in written.items()) else 1)
PYTHON
