"""The project's own gold: annotation in the scheme of ``docs/claims.md``, checked and scored.

``evals/gold/gum`` annotates texts that are not part of the project: it keeps offsets, values and
names, and each file has the digest of its text.  ``evals/gold/reports``, where present, is invented
reporting with its annotation, as ``secondsource evaluate`` reads it; its index ``parts.json`` says which
documents are in which part.  Patterns may be tuned on ``dev`` only.

    python evals/gold.py                         check all of it, then score each part
    python evals/gold.py check                   check only
    python evals/gold.py write FOLDER --part dev that part as an annotated folder, texts included
    python evals/gold.py write FOLDER --of reports --part dev
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from secondsource.errors import ReadError
from secondsource.evaluate import annotated
from secondsource.model import Certainty, SourceKind, Stance
from secondsource.text import sha256

GOLD = Path(__file__).parent / "gold"
REPORTS = GOLD / "reports"
SHARED = Path(os.environ.get("SECONDSOURCE_SHARED", Path(__file__).parent.parent.parent / "shared"))
COMMAND = str(Path(sys.executable).with_name("secondsource"))
PARTS = ("dev", "test")
LONGEST_NAME = 100
"""Code points a stored string may have: names stand here, sentences stay with their text."""

ALLOWED: dict[str, tuple[object, ...]] = {
    "source_kind": get_args(SourceKind),
    "stance": get_args(Stance),
    "certainty": (None, *get_args(Certainty)),
}
_PLACES = ("content", "source_span", "source_mention", "cue", "refers_to")
_OPTIONAL = ("source_mention", "cue", "refers_to")

Gold = Mapping[str, Any]


def stored(part: str | None = None) -> list[Gold]:
    """The stand-off annotations of a part, or all, in the order of their names."""
    read = [json.loads(path.read_text("utf-8")) for path in sorted((GOLD / "gum").glob("*.json"))]
    return [gold for gold in read if part in (None, gold["part"])]


def texts() -> dict[str, str]:
    """The annotated texts by id; none where the folder ``shared`` is absent."""
    path = SHARED / "attribution" / "gum_train.jsonl"
    if not path.is_file():
        return {}
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return {row["doc_id"]: row["text"] for row in rows}


def problems(gold: Gold, text: str | None) -> Iterator[str]:
    """What is wrong with one stand-off annotation; without its text, only what shows without it."""
    if gold["part"] not in PARTS:
        yield f"part {gold['part']}"
    for number, claim in enumerate(gold["claims"], 1):
        for wrong in (*_wrong_values(claim), *_wrong_spans(claim)):
            yield f"claim {number}: {wrong}"
    yield from (f"“{name[:20]}…” is too long for a name" for name in _names(gold) if len(name) > LONGEST_NAME)
    if text is not None:
        yield from _misplaced(gold, text)


def _wrong_values(claim: Gold) -> Iterator[str]:
    for name, allowed in ALLOWED.items():
        if claim[name] not in allowed:
            yield f"{name} {claim[name]}"


def _wrong_spans(claim: Gold) -> Iterator[str]:
    for name in _PLACES:
        span = claim[name]
        if span is None and name in _OPTIONAL:
            continue
        if span is None or not 0 <= span["start"] < span["end"]:
            yield f"{name} {span}"


def _names(gold: Gold) -> Iterator[str]:
    """Every stored string that is to stand in the text."""
    for claim in gold["claims"]:
        yield from filter(None, (claim["source"], claim["nested_via"], claim.get("basis")))
    yield from (one["source"] for one in gold["no_comment"])
    for entity in gold["entities"]:
        yield from (entity["name"], *entity["same_as"])


def _misplaced(gold: Gold, text: str) -> Iterator[str]:
    if sha256(text.encode()) != gold["text_sha256"]:
        yield "the text is another edition than the one annotated"
        return
    spans = [claim[name] for claim in gold["claims"] for name in _PLACES if claim[name]]
    for span in (*spans, *gold["own_voice"], *(one["content"] for one in gold["no_comment"])):
        words = _at(span, text)
        if span["end"] > len(text) or not words or words != words.strip():
            yield f"span {span} holds no words, or more than them"
    for number, claim in enumerate(gold["claims"], 1):
        if _at(claim["source_span"], text) != claim["source"]:
            yield f"claim {number}: its source does not stand where it says"
    yield from (f"“{name}” does not stand in the text" for name in _names(gold) if name not in text)


def _at(span: Mapping[str, int] | None, text: str) -> str | None:
    return None if span is None else text[span["start"] : span["end"]]


def quoted(gold: Gold, text: str) -> dict[str, Any]:
    """One annotation with the words at its spans, as an annotated folder has it."""
    claims = [{**claim, **{name: _at(claim[name], text) for name in _PLACES}} for claim in gold["claims"]]
    for claim in claims:
        del claim["source_span"]
    return {
        **gold,
        "claims": claims,
        "own_voice": [_at(span, text) for span in gold["own_voice"]],
        "no_comment": [{**one, "content": _at(one["content"], text)} for one in gold["no_comment"]],
    }


def write(folder: Path, part: str | None = None) -> int:
    """Writes a part, or all, to a folder as docs/NAME.txt and gold/NAME.json; gives how many.

    Raises ReadError where a text is missing.
    """
    held = texts()
    for name in ("docs", "gold"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    documents = stored(part)
    for gold in documents:
        if gold["id"] not in held:
            raise ReadError(f"{gold['id']}: its text is not in {SHARED}")
        text = held[gold["id"]]
        (folder / "docs" / f"{gold['id']}.txt").write_text(text, "utf-8", newline="")
        whole = json.dumps(quoted(gold, text), ensure_ascii=False, indent=1)
        (folder / "gold" / f"{gold['id']}.json").write_text(whole, "utf-8")
    return len(documents)


def report_parts(folder: Path = REPORTS) -> dict[str, list[str]]:
    """The names of the annotated reports by part, as the folder's index has them."""
    parts: dict[str, list[str]] = json.loads((folder / "parts.json").read_text("utf-8"))
    return parts


def write_reports(folder: Path, part: str | None = None) -> int:
    """Copies a part of the reports, or all, to a folder in the form of ``write``; gives how many."""
    names = [name for each, listed in report_parts().items() if part in (None, each) for name in listed]
    for kind, suffix in (("docs", ".txt"), ("gold", ".json")):
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copyfile(REPORTS / kind / (name + suffix), folder / kind / (name + suffix))
    return len(names)


def misfiled(folder: Path = REPORTS) -> list[str]:
    """The annotated reports that are not in exactly one part, and what the index names in vain."""
    if not folder.is_dir():
        return []
    listed = Counter(name for part in PARTS for name in report_parts(folder)[part])
    held = {path.stem for path in (folder / "gold").glob("*.json")}
    wrong = sorted(name for name in held | set(listed) if name not in held or listed[name] != 1)
    return [f"{name}: parts.json lists it {listed[name]} times" for name in wrong]


def report_problems(folder: Path = REPORTS) -> list[str]:
    """What is wrong with the annotated reports; nothing where there are none."""
    if not folder.is_dir():
        return []
    try:
        documents = annotated(folder)
    except ReadError as error:
        return [str(error)]
    return [
        f"{one.path.stem}: claim {number}: {wrong}"
        for one in documents
        for number, claim in enumerate(one.claims, 1)
        for wrong in _wrong_values(claim)
    ]


def check() -> list[str]:
    """Everything that is wrong with the stored gold, one line each."""
    held = texts()
    wrong = [f"{gold['id']}: {one}" for gold in stored() for one in problems(gold, held.get(gold["id"]))]
    return wrong + report_problems() + misfiled()


def _count() -> None:
    for part in PARTS:
        _count_part(f"gum, {part}", stored(part))
    for part, names in report_parts().items() if REPORTS.is_dir() else ():
        files = [REPORTS / "gold" / f"{name}.json" for name in names]
        _count_part(f"reports, {part}", [json.loads(path.read_text("utf-8")) for path in files])


def _count_part(title: str, documents: Sequence[Gold]) -> None:
    claims = [claim for gold in documents for claim in gold["claims"]]
    stances = Counter(claim["stance"] for claim in claims)
    shown = ", ".join(f"{name} {number}" for name, number in stances.most_common())
    print(f"{title}: {len(documents)} documents, {len(claims)} claims ({shown})")


WRITERS: Mapping[str, Callable[[Path, str | None], int]] = {"gum": write, "reports": write_reports}


def _evaluate(folder: Path, title: str) -> None:
    print(f"\n{title}", flush=True)
    subprocess.run([COMMAND, "evaluate", str(folder)], check=True)


def _score() -> None:
    if not texts():
        print("no folder 'shared' beside the checkout: evals/gold/gum lacks its texts and is not scored")
    sets = [name for name, there in (("gum", bool(texts())), ("reports", REPORTS.is_dir())) if there]
    for name in sets:
        for part in PARTS:
            with tempfile.TemporaryDirectory() as folder:
                WRITERS[name](Path(folder), part)
                _evaluate(Path(folder), f"evals/gold/{name}, {part}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The project's own gold: check, score, write out.")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("check", help="check only")
    writing = commands.add_parser("write", help="write an annotated folder, texts included")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--part", choices=PARTS)
    writing.add_argument("--of", choices=tuple(WRITERS), default="gum")
    return parser.parse_args()


def main() -> int:
    asked = _arguments()
    try:
        if asked.command == "write":
            print(f"{WRITERS[asked.of](asked.folder, asked.part)} documents in {asked.folder}")
            return 0
    except ReadError as error:
        print(error, file=sys.stderr)
        return 1
    wrong = check()
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    _count()
    if asked.command is None:
        _score()
    return 0


if __name__ == "__main__":
    sys.exit(main())
