"""Claims and names in Russian, by the extra ``secondsource[ru]``; everything in the texts is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secondsource import Desk, languages
from secondsource.cli import run
from secondsource.errors import SecondSourceError
from secondsource.extractor import Extractor, pool
from secondsource.extractor.pool import Task, extractions
from secondsource.model import Claim, Extraction, Reading

pytestmark = pytest.mark.skipif(
    not languages.is_installed("ru"), reason="the extra ru is not installed: Russian is not read"
)

ENGLISH = "Rostel Radio Plant Velta said that it had sold no engines, and Sergei Rovin denied it.\n"
STANCES = {
    "asserts": "Полиция сообщила, что склад сгорел.",
    "denies": "Компания «Литора» отрицает, что продала катера.",
    "confirms": "Министр подтвердил, что катера проданы.",
    "unaware": "Полиция не подтвердила, что склад сгорел.",
    "assesses": "Эксперты считают, что склад подожгли.",
    "warns": "Полиция предупредила, что дорога закрыта.",
    "plans": "Министр пообещал построить мост.",
    "asks": "Депутат потребовал закрыть порт.",
}


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _found(extractor: Extractor, text: str) -> Extraction:
    found = extractor.extract("0" * 64, text)
    assert all(one.stands_in(text) for claim in found.claims for one in claim.excerpts())
    assert all(one.excerpt.stands_in(text) for one in found.mentions)
    return found


def _one(extractor: Extractor, text: str) -> Claim:
    (claim,) = [one for one in _found(extractor, text).claims if one.voice == "attributed"]
    assert claim.language == "ru"
    return claim


@pytest.mark.parametrize(("stance", "text"), STANCES.items(), ids=STANCES)
def test_the_cue_gives_the_stance(extractor: Extractor, stance: str, text: str) -> None:
    assert _one(extractor, text).stance == stance


def test_not_to_know_is_no_denial(extractor: Extractor) -> None:
    claim = _one(extractor, "Министерство не располагает информацией о поставках двигателей.")
    assert (claim.stance, claim.content.text) == ("unaware", "поставках двигателей")
    assert claim.cue is not None
    assert claim.cue.text == "не располагает информацией"
    assert claim.source_kind == "government"


def test_words_beside_a_statement_give_it_to_a_source_and_hedges_its_certainty(extractor: Extractor) -> None:
    claim = _one(extractor, "Как пишет газета «Вечер», завод якобы купил станки.")
    assert claim.content.text == "завод якобы купил станки"
    assert claim.source is not None
    assert (claim.source.text, claim.source_kind, claim.certainty) == ("газета «Вечер»", "outlet", "possible")


def test_who_relays_stands_in_via_and_who_is_cited_is_the_basis(extractor: Extractor) -> None:
    relayed = _one(extractor, "Агентство «Меридиан» сообщило, что, по данным порта, судно шло из Дровии.")
    assert relayed.content.text == "судно шло из Дровии"
    assert [one.text for one in relayed.via] == ["Агентство «Меридиан»"]
    cited = _one(extractor, "Газета сообщила со ссылкой на документы, что катера ушли в мае.")
    assert cited.basis is not None
    assert (cited.basis.kind, cited.basis.excerpt.text) == ("documents", "документы")
    seen = _one(extractor, "Спутниковые снимки показывают, что крыша обрушилась.")
    assert seen.basis is not None
    assert (seen.basis.kind, seen.source_kind) == ("imagery", "document")


def test_a_quotation_interrupted_by_its_speaker_is_two_claims(extractor: Extractor) -> None:
    text = "«Мы ничего не продавали, — сказал директор Павел Вирень. — Склад пуст»."
    claims = [one for one in _found(extractor, text).claims if one.voice == "attributed"]
    assert [one.content.text for one in claims] == ["Мы ничего не продавали", "Склад пуст"]
    assert {one.source_name for one in claims} == {"Павел Вирень"}


def test_what_nobody_is_given_is_the_text_s_own(extractor: Extractor) -> None:
    (claim,) = _found(extractor, "Склад сгорел ночью.").claims
    assert (claim.voice, claim.content.text, claim.frame.predicate) == (
        "own",
        "Склад сгорел ночью",
        "сгореть",
    )


def test_names_have_their_normal_form_and_short_forms_join_them(extractor: Extractor) -> None:
    text = (
        "Рабочие Орлеского радиомеханического завода «Вельта» встретились с Сергеем Ровиным и Анной "
        "Тальковой. Ровину известно, что завод «Вельта» закрывают. Павел Вирень ушёл. У Виреня нет доли."
    )
    names = {one.excerpt.text: one.name for one in _found(extractor, text).mentions}
    assert (
        names["Орлеского радиомеханического завода «Вельта»"] == "Орлеский радиомеханический завод «Вельта»"
    )
    assert names["Сергеем Ровиным"] == names["Ровину"] == "Сергей Ровин"
    assert names["Анной Тальковой"] == "Анна Талькова"
    assert names["Виреня"] == "Павел Вирень"


def test_paragraphs_of_a_mixed_text_are_each_read_in_their_language(extractor: Extractor) -> None:
    found = _found(extractor, f"{ENGLISH}\n{STANCES['asserts']}\n\n{ENGLISH}")
    assert [one.language for one in found.claims if one.voice == "attributed"].count("ru") == 1
    assert {one.language for one in found.claims} == {"en", "ru"}
    assert found.unread is None
    starts = [one.excerpt.spans[0].start for one in found.mentions]
    assert starts == sorted(starts)


def test_several_processes_read_russian_too(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = [Task(f"{n:064}", f"{n}.txt", Reading(text + "\n")) for n, text in enumerate(STANCES.values())]

    def ids(jobs: int) -> list[tuple[str, ...]]:
        found = [one for _, one in extractions(extractor, tasks, jobs)]
        return [tuple(c.id for c in one.claims) for one in found if not isinstance(one, SecondSourceError)]

    alone = ids(1)
    monkeypatch.setattr(pool, "WORTH", 50)
    assert ids(2) == alone
    assert len(alone) == len(tasks)
    assert all(alone)


def test_a_plant_is_one_entity_under_its_russian_and_english_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(
        "Rostel Zavod Velta said that it had sold no engines. Sergei Rovin denied the report.\n", "utf-8"
    )
    (tmp_path / "b.txt").write_text(
        "Завод «Ростель» сообщил, что двигатели не продавались. Об этом Сергею Ровину не рассказали.\n"
        "Сергей Ровин заявил, что ничего не знает.\n",
        "utf-8",
    )
    with Desk(tmp_path / "case") as desk:
        desk.ingest([tmp_path / "a.txt", tmp_path / "b.txt"])
        rovin = next(one for one in desk.entities() if "Сергей Ровин" in one.names)
        assert "Sergei Rovin" in rovin.names
        assert len(rovin.documents) == 2
        assert all(document.reason is None for document in desk.documents())
    assert run(["extract", str(tmp_path / "b.txt")]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["language"] for row in rows} == {"ru"}


def test_a_case_read_without_the_extra_is_read_anew_once_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STANCES["denies"] + "\n", "utf-8")
    with monkeypatch.context() as without:
        without.setattr(languages, "is_installed", lambda code: False)
        with Desk(tmp_path / "case") as desk:
            desk.ingest([path])
            (document,) = desk.documents()
            assert "secondsource[ru]" in (document.reason or "")
            assert desk.claims() == []
            assert desk.finding.search("document", "катера").items
    with Desk(tmp_path / "case") as desk:
        desk.ingest()
        assert [one.stance for one in desk.claims()] == ["denies"]
        (document,) = desk.documents()
        assert document.reason is None
        assert desk.verify() == []
