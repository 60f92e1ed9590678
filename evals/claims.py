"""How well claims are found, on the annotated reporting in the folder ``shared`` beside the checkout.

Runs `secondsource extract` over the corpus and hands its output to the corpus's own scorer.

    python evals/claims.py [--errors 10]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
COMMAND = str(Path(sys.executable).with_name("secondsource"))


def main() -> int:
    documents = [str(path) for path in sorted((CORPUS / "docs").glob("*.txt"))]
    if not documents:
        print("no folder 'shared' beside the checkout: nothing is measured here")
        return 0
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as predicted:
        subprocess.run([COMMAND, "extract", *documents], check=True, stdout=predicted)
        scorer = [sys.executable, str(CORPUS / "score.py"), predicted.name, *sys.argv[1:]]
        return subprocess.run(scorer, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
