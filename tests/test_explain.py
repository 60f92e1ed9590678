"""What made a claim, in sentences, and what almost was one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from secondsource.cli import cli
from secondsource.extractor import Extractor
from secondsource.extractor.explain import Explained, rules, sentences

TEXT = (
    "Dorn, the director, told Reuters that the parts left in March. She did not say where they went.\n"
    "The ministry denied that it had ordered them.\nThe attack suggests nothing good.\n"
)


@pytest.fixture(scope="module")
def explained() -> Explained:
    return Extractor().explain("0" * 64, TEXT)


def test_each_step_that_made_a_claim_has_a_sentence(explained: Explained) -> None:
    [claim] = [one for one in explained.extraction.claims if one.stance == "denies"]
    said = list(sentences(claim, explained.cues[claim.id]))
    assert "Cue: “denied”, which the lexicon lists as denial." in said
    assert "Stance: denies, as the cue says." in said
    assert any(one.startswith("Source: “The ministry” (government)") for one in said)


def test_what_almost_was_a_claim_is_named_with_its_reason(explained: Explained) -> None:
    reasons = {near.word.text: near.reason for near in explained.near()}
    assert "negated" in reasons["say"]
    assert all(TEXT[slice(*near.word.spans[0])] == near.word.text for near in explained.near())


def test_no_word_is_both_a_cue_and_a_near_miss(explained: Explained) -> None:
    cues = {span for claim in explained.extraction.claims if claim.cue for span in claim.cue.spans}
    assert not cues & {near.word.spans[0] for near in explained.near()}


def test_every_rule_in_the_code_has_a_sentence(root: Path, sample: Path) -> None:
    named = set()
    for path in (root / "src" / "secondsource" / "extractor").glob("*.py"):
        source = path.read_text("utf-8")
        named |= set(re.findall(r'rule ?=[^"\n]*"([a-z-]+)"(?: if [^"\n]* else "([a-z-]+)")?', source))
    plain = {part for pair in named for part in pair if part}
    assert plain
    assert plain <= set(rules())
    extractor = Extractor()
    for path in sorted((sample / "documents").glob("*.txt")):
        for claim in extractor.extract("0" * 64, path.read_text("utf-8")).claims:
            assert set(claim.rule.split("+")) <= set(rules())


def test_the_command_explains_and_shows_near_misses(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(TEXT, "utf-8")
    shown = CliRunner().invoke(cli, ["extract", "--explain", "--near", str(file)])
    assert shown.exit_code == 0
    assert "“it had ordered them”" in shown.output
    assert "“say”: it is negated, only possible, passive or an infinitive." in shown.output
    missing = CliRunner().invoke(cli, ["extract", "--explain", str(tmp_path / "none.txt")])
    assert missing.exit_code == 1
