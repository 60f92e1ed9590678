"""What is read as English, and what is said of a text that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from secondsource import languages
from secondsource.cli import run
from secondsource.extractor import Extractor, version, versions
from secondsource.language import english, told, unread

FOREIGN = {
    "German": "Der Minister sagte am Montag, dass das Schiff an einen Händler verkauft worden sei.",
    "French": "Le ministère a déclaré que le navire avait été vendu à un courtier de la ville.",
    "Spanish": "El ministro dijo que el barco había sido vendido a un comerciante de la ciudad.",
    "Italian": "Il ministro ha detto che la nave era stata venduta a un commerciante della città.",
    "Dutch": "De minister zei dat het schip was verkocht aan een handelaar in de stad.",
    "Hungarian": "A miniszter azt mondta, hogy a hajót eladták egy kereskedőnek, és ez nem volt titok.",
    "Indonesian": "Menteri mengatakan bahwa kapal itu telah dijual kepada seorang pedagang.",
    "Cyrillic script": "Министр сказал, корабль продан.",
    "Arabic script": "قال الوزير إن السفينة بيعت.",
    "Chinese characters": "部长说这艘船已经卖给了商人。",
    "Korean": "장관은 배가 상인에게 팔렸다고 말했다.",
    "Hebrew": "השר אמר שהספינה נמכרה לסוחר.",
    "Greek": "Ο υπουργός είπε ότι το πλοίο πουλήθηκε.",
}
UNNAMED = [
    "O ministro disse que o navio tinha sido vendido a um comerciante.",
    "Waziri alisema kuwa meli hiyo iliuzwa kwa mfanyabiashara mmoja wa mji.",
    "Ministras sakė, kad laivas buvo parduotas prekybininkui.",
    "Ministri tha se anija i ishte shitur një tregtari.",
    "Bộ trưởng nói rằng con tàu đã được bán cho một thương gia.",
]
ENGLISH = [
    "The ministry said that the ship was sold.",
    "Residents complained of brown water.",
    "Analysts forecast that prices would fall, and the bank did not object to it.",
    "“We left,” he said.",
    "No.",
    "",
]


@pytest.mark.parametrize(("name", "text"), FOREIGN.items(), ids=FOREIGN)
def test_another_language_is_told_and_named(name: str, text: str) -> None:
    reason = unread([text])
    assert reason is not None
    if name not in {"Cyrillic script", "Arabic script"}:
        assert reason == f"it is in {name}, and claims are read from English only"


@pytest.mark.parametrize("text", [*FOREIGN.values(), *UNNAMED])
def test_another_language_is_never_taken_for_english(text: str) -> None:
    assert unread([text])
    assert unread(["Orlesk", text, text])
    assert english([text]) == [False]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read(text: str) -> None:
    assert unread([text]) is None


def test_a_headline_without_little_words_goes_with_the_text_before_it() -> None:
    prose = "The ministry said that the ship was sold to a broker in the town."
    headline = "Sea Cables Severed, Sabotage Suspected"
    assert english([headline, prose, headline]) == [True, True, True]
    assert english([prose, FOREIGN["German"], headline]) == [True, False, False]
    assert english([headline]) == [False]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (FOREIGN["Cyrillic script"], "ru"),
        ("Об этом сообщил завод «Купол».", "ru"),
        ("Президент Тирвана прибыл в Orlesk Hotel.", "ru"),
        ("Міністр сказав, що корабель продано.", None),
        ("Министърът каза, че корабът е продаден на търговец от града.", None),
        ("Министар је рекао да је брод продат.", None),
        (FOREIGN["Chinese characters"], "zh"),
        ("奥尔列斯克公司的Garpiya-3无人机", "zh"),
        ("大臣は船が売られたと述べた。", None),
        (FOREIGN["Korean"], None),
        (FOREIGN["Arabic script"], None),
        (FOREIGN["German"], None),
        (ENGLISH[0], "en"),
    ],
)
def test_the_language_of_a_paragraph_is_told(text: str, code: str | None) -> None:
    assert told([text]) == [code]


def test_each_paragraph_has_its_language() -> None:
    assert told([ENGLISH[0], FOREIGN["Cyrillic script"], FOREIGN["Chinese characters"]]) == ["en", "ru", "zh"]
    assert told([]) == []


@pytest.fixture
def without_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "is_installed", lambda code: False)


@pytest.mark.usefixtures("without_extras")
@pytest.mark.parametrize("text", [*FOREIGN.values(), *UNNAMED])
def test_no_claim_is_read_from_another_language_and_the_extraction_says_why(
    extractor: Extractor, text: str
) -> None:
    found = extractor.extract("0" * 64, f"{text}\n{text}\n")
    assert found.claims == ()
    assert found.unread


def test_english_paragraphs_of_a_mixed_text_are_read(extractor: Extractor) -> None:
    prose = "The ministry said that the ship was sold to a broker."
    found = extractor.extract("0" * 64, f"{FOREIGN['German']}\n\n{prose}\n\n{FOREIGN['Arabic script']}\n")
    assert found.unread is None
    assert [one.content.text for one in found.claims] == ["the ship was sold to a broker"]


@pytest.mark.usefixtures("without_extras")
def test_without_its_extra_a_document_says_what_is_missing_and_is_read_once_it_is_there(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = extractor.extract("0" * 64, FOREIGN["Cyrillic script"])
    assert found.reason == (
        "no claims are read from it: it is in Russian: claims and names are read from it with the extra "
        "secondsource[ru], not installed here"
    )
    chinese = extractor.extract("0" * 64, FOREIGN["Chinese characters"])
    assert "names, but no claims, are read from it with the extra secondsource[zh]" in (chinese.reason or "")
    assert found.missing == ("ru",)
    assert version(found) in versions()
    monkeypatch.setattr(languages, "is_installed", lambda code: code == "ru")
    assert version(found) not in versions()
    assert version(chinese) in versions()


def test_extract_says_in_one_line_why_it_prints_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bericht.txt"
    path.write_text(FOREIGN["German"] + "\n", "utf-8")
    assert run(["extract", str(path)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    told = "no claims are read from it: it is in German, and claims are read from English only"
    assert said.err == f"secondsource: {path}: {told}\n"


def test_a_case_keeps_the_text_and_says_why_it_has_no_claims(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SECONDSOURCE_CASE", raising=False)
    path = tmp_path / "bericht.txt"
    path.write_text(FOREIGN["German"] + "\n", "utf-8")
    assert run(["ingest", str(path)]) == 0
    capsys.readouterr()
    assert run(["documents"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.endswith(f"{path} · no claims are read from it: {unread([FOREIGN['German']])}")
    assert run(["text", str(path)]) == 0
    assert capsys.readouterr().out.strip() == FOREIGN["German"]
