"""Decisions from the desk, listed names in documents, the log as a file, and what is called stale."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

import newsroom
from secondsource.cli import run
from secondsource.desk import Desk
from secondsource.desk.lists import Stated
from secondsource.errors import SecondSourceError

LIST = (
    "id,name,schema,aliases\n7,Rustel Gavdoren,Person,Orel\n8,Grey Ness,Vessel,\n"
    '9,=HYPERLINK("x"),Company,\n10,Trading House,Company,\n'
)
REPORT = (
    "Ministry papers name Rustel Gavdoren, known as Orel, who met the crew of the Grey Ness. "
    "The trading house denied it.\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "mine.csv").write_text(LIST)
    (tmp_path / "report.txt").write_text(REPORT)
    (tmp_path / "other.txt").write_text("An orel is an eagle. Nothing else was said in Tarvesk.\n")
    with Desk(tmp_path / "case") as desk:
        desk.add_list(tmp_path / "mine.csv")
        desk.ingest([tmp_path / "report.txt", tmp_path / "other.txt"], only="read")
    return tmp_path / "case"


@pytest.fixture
def web(case: Path) -> Iterator[httpx.Client]:
    with newsroom.serving(case) as client:
        yield client


def decide(web: httpx.Client, decision: str = "negative", **headers: str) -> httpx.Response:
    told = {
        "query": "Rustel Gavdoren",
        "list": "mine",
        "entry": "7",
        "decision": decision,
        "reason": "born later",
    }
    shown = {"name": "Rustel Gavdoren", "schema": "Person"}
    return web.post("/screening/decision", data={**told, **shown}, headers=headers)


def test_a_decision_on_the_page_is_obeyed_from_then_on(web: httpx.Client, case: Path) -> None:
    page = web.get("/screening", params={"name": "Rustel Gavdoren"}).text
    assert page.count('action="/screening/decision"') >= 2  # at the result, and in the queue
    answer = decide(web, **{"sec-fetch-site": "same-origin", "origin": "null"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/screening?name=Rustel+Gavdoren&schema=Person"
    page = web.get(answer.headers["location"]).text
    assert "Decided to be another, not counted as a potential match" in page
    assert "born later" in page
    assert "Waiting for a decision" not in page
    with Desk(case) as desk:
        assert [one.decision for one in desk.match_judgements()] == ["negative"]
        assert desk.verify() == []


@pytest.mark.parametrize("wrong", ["guilty", ""])
def test_what_is_no_decision_is_refused(web: httpx.Client, wrong: str) -> None:
    assert decide(web, wrong).status_code == 422


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"origin": "http://elsewhere.example"}, False),
        ({"origin": "null"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:3333"}, False),
        ({"sec-fetch-site": "same-origin"}, True),
    ],
)
def test_no_page_from_elsewhere_decides(
    web: httpx.Client, case: Path, headers: dict[str, str], allowed: bool
) -> None:
    assert (decide(web, **headers).status_code == 303) is allowed
    with Desk(case) as desk:
        assert bool(desk.match_judgements()) is allowed


def test_openrefine_in_a_browser_of_this_machine_reads_and_nobody_elsewhere(web: httpx.Client) -> None:
    def allowed(origin: str) -> Any:
        answer = web.get("/yente/reconcile/default", headers={"origin": origin})
        return answer.headers.get("access-control-allow-origin")

    assert allowed("http://127.0.0.1:3333") == "http://127.0.0.1:3333"
    assert allowed("http://elsewhere.example") is None
    asked = {"queries": json.dumps({"q": {"query": "Rustel Gavdoren"}})}
    local = {"origin": "http://localhost:3333", "sec-fetch-site": "cross-site"}
    assert web.post("/yente/reconcile/default", data=asked, headers=local).status_code == 200
    foreign = {"origin": "http://elsewhere.example", "sec-fetch-site": "cross-site"}
    assert web.post("/yente/reconcile/default", data=asked, headers=foreign).status_code == 403
    assert "access-control-allow-origin" not in web.get("/questions", headers=local).headers


def test_listed_names_in_documents_become_mentions(case: Path, web: httpx.Client) -> None:
    with Desk(case) as desk:
        assert desk.lists_looked_for() is None
        assert desk.mention_lists() == 3
        (document,) = [one for one in desk.documents() if one.path.endswith("report.txt")]
        mentions = desk.list_mentions()[document.id]
        assert [(one.text, one.id) for one in mentions] == [
            ("Rustel Gavdoren", "7"),
            ("Orel", "7"),  # a single word, supported by the fuller name before it
            ("Grey Ness", "8"),
        ]
        assert all(document.text[one.start : one.end] == one.text for one in mentions)
        assert len(desk.list_mentions()) == 1  # “orel” alone and “trading house” name nobody
        assert desk.verify() == []
    page = web.get(f"/documents/{document.id}").text
    assert "Listed names in this text" in page
    assert "A mention of a name, and no verdict" in page
    assert "sanctioned" not in page.casefold()


def test_mentions_of_another_text_or_other_lists_are_not_kept_as_if_they_were_of_now(
    case: Path, tmp_path: Path
) -> None:
    with Desk(case) as desk:
        desk.mention_lists()
        assert desk.lists_looked_for() is not None
        (tmp_path / "mine.csv").write_text(LIST.replace("Grey Ness", "Blue Ness"))
        desk.add_list(tmp_path / "mine.csv")
        assert desk.lists_looked_for() is None
        assert desk.mention_lists() == 2


def test_documents_are_searched_from_the_command_line(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["screen", "--documents", "--json", "--case", str(case)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"document", "start", "end", "text", "name", "list", "id"} == set(rows[0])
    assert run(["documents", "--case", str(case)]) == 0
    assert "mentions 3 listed names" in capsys.readouterr().out


def test_the_log_as_a_table_has_no_formula(case: Path, tmp_path: Path) -> None:
    with Desk(case) as desk:
        desk.screen('=HYPERLINK("x")')
        desk.screen("Somebody Quite Other")
        desk.judge_match("@Rustel Gavdoren", "mine", "7", "negative", reason="=1+1", by="Ana")
        desk.export_screenings(tmp_path / "log.csv")
        desk.export_screenings(tmp_path / "log.jsonl")
        with pytest.raises(SecondSourceError, match="ends in neither"):
            desk.export_screenings(tmp_path / "log.txt")
    with (tmp_path / "log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row.values() if cell)
    assert [row["kind"] for row in rows].count("judgement") == 1
    assert rows[0]["query"] == '\'=HYPERLINK("x")'
    assert "sha256:" in rows[0]["lists"]
    other = [row for row in rows if row["query"] == "Somebody Quite Other"]
    assert [row["potential_match"] for row in other if row["potential_match"] == "yes"] == []
    kinds = [json.loads(line)["kind"] for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert kinds == ["screening", "screening", "judgement"]


def test_a_replay_says_that_the_way_of_comparing_is_another(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Desk(case) as desk:
        made = desk.screen("Rustel Gavdoren")
        desk.store().add_screenings([replace(made, algorithm="words-0")])
        replay = desk.replay(made.id)
        assert (replay.same, replay.again is not None) == (False, True)
    assert run(["screenings", "replay", made.id, "--case", str(case)]) == 1
    said = capsys.readouterr()
    assert "words-0, which this version does not have" in said.err
    assert "Now it gives:" in said.out


def test_a_stale_list_is_called_stale_wherever_it_is_used(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Desk(case) as desk:
        desk.add_list(tmp_path / "mine.csv", stated=Stated(published="2025-01-01", rhythm=7))
        desk.screen("Rustel Gavdoren")
    (tmp_path / "rows.csv").write_text("hs code,description,consignee\n854231,chips,Rustel Gavdoren\n")
    for command in (
        ["screen", "Rustel Gavdoren", "--json"],
        ["screen", "Rustel Gavdoren"],
        ["screen", "--text", str(tmp_path / "report.txt")],
        ["screenings", "again"],
        ["goods", "trade", str(tmp_path / "rows.csv"), "-o", str(tmp_path / "ranked.csv")],
    ):
        assert run([*command, "--case", str(case)]) == 0
        assert "stale: mine is of 2025-01-01" in capsys.readouterr().err, command
    with newsroom.serving(case) as web:
        assert "stale" in web.get("/screening", params={"name": "Rustel Gavdoren"}).text
        assert web.get("/yente/catalog").json()["outdated"] == ["mine"]


def test_a_table_with_a_name_that_cannot_be_screened_says_so_and_goes_on(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["Rustel Gavdoren", "—", "x" * 10_000, "12345", "🚢", "Рustel Гavdoren"]
    (tmp_path / "names.csv").write_text("query\n" + "".join(f"{name}\n" for name in names))
    table = str(tmp_path / "names.csv")
    assert run(["screen", table, "--column", "query", "--json", "--case", str(case)]) == 0
    said = capsys.readouterr()
    assert [json.loads(line)["query"] for line in said.out.splitlines()] == [names[0], names[3], names[5]]
    assert [f"line {line}" in said.err for line in (3, 4, 6)] == [True] * 3
    (tmp_path / "none.csv").write_text("query\n—\n")
    assert run(["screen", str(tmp_path / "none.csv"), "--case", str(case)]) == 1
    assert run(["screen", "—", "--case", str(case)]) == 1
    assert run(["screen", "x" * 10_000, "--case", str(case)]) == 1


def test_what_is_no_birth_date_is_refused_and_not_left_out(
    case: Path, web: httpx.Client, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["screen", "Rustel Gavdoren", "--born", "banana", "--case", str(case)]) == 2
    assert "'banana' is no date" in capsys.readouterr().err
    assert run(["screen", "Rustel Gavdoren", "--born", "2.3.1961", "--case", str(case)]) == 0
    with Desk(case) as desk:
        assert desk.screenings()[-1].birth_dates == ("1961-03-02",)
    page = web.get("/screening", params={"name": "Rustel Gavdoren", "born": "banana"}).text
    assert "“banana” is no date" in page
    assert 'aria-label="Results"' not in page


def test_a_match_that_was_decided_is_called_so(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Desk(case) as desk:
        (match, *_) = desk.screen("Rustel Gavdoren").results
        desk.judge_match("Rustel Gavdoren", match.designation.list, match.designation.id, "negative")
    assert run(["screen", "Rustel Gavdoren", "--case", str(case)]) == 0
    out = capsys.readouterr().out
    assert "1 decided to be another" in out
    assert out.count("· decided to be another") == 1


def test_the_page_counts_the_matches_and_shows_what_the_list_tells_of_an_entry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "1,Rustel Gavdoren,Person,Rustl Gavdoreff;R. Gavdoren,1961-03-02,Drovia\n"
    (tmp_path / "told.csv").write_text("id,name,schema,aliases,birth_date,countries\n" + rows)
    folder = str(tmp_path / "told")
    assert run(["lists", "add", str(tmp_path / "told.csv"), "--case", folder]) == 0
    assert run(["screen", "Rustel Gavdoren", "--case", folder]) == 0
    assert "as listed: born 1961-03-02; countries Drovia" in capsys.readouterr().out
    with newsroom.serving(tmp_path / "told") as web:
        page = web.get("/screening", params={"name": "Rustel Gavdoren"}).text
        assert "1 potential match of “Rustel Gavdoren”" in page
        assert "Born: 1961-03-02. Countries: Drovia. Also listed as: Rustl Gavdoreff; R. Gavdoren." in page
        assert "No potential match of “Orlesk Works”" in web.get("/screening?name=Orlesk+Works").text
