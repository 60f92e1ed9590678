"""Names inside one document: what they are, which of them are one thing, and what the command prints of
it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from secondsource import Desk, gazetteers
from secondsource.cli import cli
from secondsource.errors import ReadError
from secondsource.extractor import Extractor
from secondsource.extractor.gazetteer import gazetteer
from secondsource.gazetteers import read_watch_list
from secondsource.model import Mention


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def _names(found: tuple[Mention, ...]) -> dict[str, str]:
    return {one.excerpt.text: one.schema for one in found if one.how != "adjective"}


def _together(found: tuple[Mention, ...], *forms: str) -> bool:
    ids = {form: {one.entity for one in found if one.excerpt.text == form} for form in forms}
    return all(ids.values()) and len(set().union(*ids.values())) == 1


KINDS = [
    ("Two tankers were seized, the Amber Reach and the Golden Sedge.", "Golden Sedge", "Vessel"),
    (
        "Officers boarded a Skerrin-flagged product tanker, Amber Reach, off the coast of the isle.",
        "Amber Reach",
        "Vessel",
    ),
    ("Orlesk Kezra, a maker of drones, denied that it had shipped any.", "Orlesk Kezra", "Company"),
    ("Invoices name Petalline Trade Co and Brandt & Loewick as buyers.", "Petalline Trade Co", "Company"),
    (
        "The spokesman of Oshmara's foreign ministry said it knew nothing.",
        "Oshmara's foreign ministry",
        "PublicBody",
    ),
    ("The Russian defence ministry did not reply.", "Russian defence ministry", "PublicBody"),
    ("They met in the town of Quelmar near the coast.", "Quelmar", "Location"),
    ("The minister Verrane Solheim denied the report.", "Verrane Solheim", "Person"),
    ("The crew of the Margarethe were taken ashore; the ship was towed.", "Margarethe", "Vessel"),
    ("It carried Shahed-136 drones past the Strait of Hormuz.", "Strait of Hormuz", "Location"),
    ("It carried Shahed-136 drones past the Strait of Hormuz.", "Shahed-136", "Vehicle"),
    ("OFAC added it to its list, Reuters reported.", "OFAC", "PublicBody"),
    ("OFAC added it to its list, Reuters reported.", "Reuters", "Organization"),
    ("TEHRAN (FNA) - The bridge was closed on Monday, a local official said.", "TEHRAN", "Location"),
]


KINDS += [
    ("The Belmarran coast guard said on request that it had none.", "Belmarran coast guard", "PublicBody"),
    ("The fuzes match those of the Pellworth ordnance works.", "Pellworth ordnance works", "Company"),
    ("Some 12,000 households on the island of Lorne had no power.", "Lorne", "Location"),
    ("The Straits League's centre for the sea has no record of it.", "Straits League", "Organization"),
    ("The Council of the Inland League met. The Council agreed.", "Council", "Organization"),
]


@pytest.mark.parametrize(("text", "form", "schema"), KINDS)
def test_a_name_is_what_tables_and_words_beside_it_say(
    extractor: Extractor, text: str, form: str, schema: str
) -> None:
    assert _names(extractor.extract("0" * 64, text).mentions).get(form) == schema


ALIASES = [
    (
        "The Straits Arms Control Commission met. The Commission adjourned.",
        "Straits Arms Control Commission",
        "Commission",
    ),
    ("The National Harbour Registry (NHR) replied. The NHR said no.", "National Harbour Registry", "NHR"),
    ("Moscow denied it. Russia had said so before.", "Moscow", "Russia"),
    ("The Garpiya-3 or G3 flew. The G3 landed.", "Garpiya-3", "G3"),
    ("Ines Vardholm spoke to them at the office. Vardholm then left.", "Ines Vardholm", "Vardholm"),
    (
        "The ship, then called the Amber Reach, was later renamed the Golden Sedge.",
        "Amber Reach",
        "Golden Sedge",
    ),
    ("The United States replied. The U.S. would wait.", "United States", "U.S."),
    (
        "The Ministry of Trade of Oshmara took note. The Ministry said no.\n\n"
        "Press Office of the Ministry of Trade",
        "Ministry of Trade of Oshmara",
        "Ministry",
    ),
    ("It is before the Inland League. Should the League decide, it will.", "Inland League", "League"),
]


@pytest.mark.parametrize(("text", "one", "other"), ALIASES)
def test_names_of_one_thing_share_a_cluster(extractor: Extractor, text: str, one: str, other: str) -> None:
    assert _together(extractor.extract("0" * 64, text).mentions, one, other)


APART = [
    ("Russia replied. A train left from Moscow on Monday.", "Russia", "Moscow"),
    ("The UN met. The UN Security Council did not.", "UN", "UN Security Council"),
    ("Ann Marlow and Jan Marlow spoke at the office of the party. Marlow left.", "Ann Marlow", "Marlow"),
    ("North Korea replied. South Korea did not.", "North Korea", "South Korea"),
]


@pytest.mark.parametrize(("text", "one", "other"), APART)
def test_other_things_do_not(extractor: Extractor, text: str, one: str, other: str) -> None:
    found = extractor.extract("0" * 64, text).mentions
    assert {one, other} <= _names(found).keys()
    assert not _together(found, one, other)


def test_an_adjective_of_nationality_is_kept_and_is_no_name(extractor: Extractor) -> None:
    found = extractor.extract(
        "0" * 64, "China replied. Chinese officials said they were not aware of it."
    ).mentions
    assert [one.how for one in found if one.excerpt.text == "Chinese"] == ["adjective"]
    assert _together(found, "China", "Chinese")


ODD = [
    ("The plant of IEMZ Kupol closed. Officials said on Monday that Кupol had moved to the north.", "Кupol"),
    ("Ines Vardholm spoke first. Then Inеs Vardholm denied that she had spoken to them.", "Inеs Vardholm"),
    ("The report says that Іran paid for all of them, and Iran denied it.", "Іran"),
]


@pytest.mark.parametrize(("text", "odd"), ODD)
def test_a_name_in_letters_of_two_alphabets_is_found_flagged_and_kept_apart(
    extractor: Extractor, text: str, odd: str
) -> None:
    found = extractor.extract("0" * 64, text).mentions
    (one,) = (one for one in found if one.excerpt.text == odd)
    (flag,) = one.flags
    assert "mixes Latin and Cyrillic letters" in flag
    assert one.schema in {other.schema for other in found if other is not one} | {"Organization"}
    assert one.entity not in {other.entity for other in found if other is not one}
    assert [other.flags for other in found if other is not one] == [()] * (len(found) - 1)


def test_a_line_of_mentions_has_flags_where_there_is_something_to_say(root: Path, tmp_path: Path) -> None:
    schema = json.loads((root / "docs" / "schemas" / "mention.schema.json").read_text("utf-8"))
    (tmp_path / "odd.txt").write_text(ODD[0][0], "utf-8")
    told = CliRunner().invoke(cli, ["mentions", str(tmp_path / "odd.txt")], catch_exceptions=False)
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    assert [row["text"] for row in rows if "flags" in row] == ["Кupol"]
    for row in rows:
        Draft202012Validator(schema).validate(row)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Three of the six ships changed their flag in May, officials said.", "Three"),
        ("The Kezra-2 left the works in May, officials told reporters.", "Kezra-2 left the works"),
        ("The Kupol works with a firm in the north, officials said.", "Kupol works"),
        ("The Minister of Trade said that he knew nothing of the matter.", "Minister of Trade"),
        ("The Asad regime did it, they say. The regime said that it had not.", "regime"),
    ],
)
def test_what_looks_like_a_name_and_is_none(extractor: Extractor, text: str, form: str) -> None:
    assert form not in _names(extractor.extract("0" * 64, text).mentions)


@pytest.mark.parametrize("nothing", ["N/A", "None", "GMT", "Specially Designated Nationals"])
def test_what_names_nothing_is_no_mention(extractor: Extractor, nothing: str) -> None:
    found = extractor.extract(
        "0" * 64, f"The field “{nothing}” was left as it was by the clerk on Monday."
    ).mentions
    assert nothing not in _names(found)


def test_a_name_of_ten_thousand_characters_is_none(extractor: Extractor) -> None:
    text = "The company " + " ".join(["Kezra"] * 1_700) + " Holding said it had sold nothing to anybody."
    assert all(len(one.excerpt.text) <= 120 for one in extractor.extract("0" * 64, text).mentions)


@settings(deadline=None, max_examples=40)  # the first example loads the model
@given(st.text(alphabet=st.sampled_from("Aa B.,'’“”()-&Ко3\n"), max_size=120))
def test_every_mention_stands_where_it_says(text: str) -> None:
    for one in _EXTRACTOR.extract("0" * 64, text).mentions:
        assert one.excerpt.stands_in(text)


_EXTRACTOR = Extractor()


def test_names_of_a_users_own_go_before_all_else(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("# mine\nVessel: Reuters | Amber Tide\n", "utf-8")
    found = (
        Extractor(read_watch_list(names))
        .extract("0" * 64, "Reuters left port. The Amber Tide sank.")
        .mentions
    )
    assert [(one.excerpt.text, one.schema, one.how) for one in found] == [
        ("Reuters", "Vessel", "list"),
        ("Amber Tide", "Vessel", "list"),
    ]
    assert _together(found, "Reuters", "Amber Tide")


@pytest.mark.parametrize("line", ["Amber Tide", "Boat: Amber Tide", "Vessel:"])
def test_a_line_that_is_no_name_is_refused_by_its_number(tmp_path: Path, line: str) -> None:
    names = tmp_path / "names.txt"
    names.write_text(f"Vessel: Golden Sedge\n{line}\n", "utf-8")
    with pytest.raises(ReadError, match="line 2"):
        read_watch_list(names)


def test_the_command_prints_what_its_schema_says(root: Path, sample: Path) -> None:
    schema = json.loads((root / "docs" / "schemas" / "mention.schema.json").read_text("utf-8"))
    [path, *_] = sorted((sample / "documents").glob("*.txt"))
    result = CliRunner().invoke(cli, ["mentions", str(path)])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows
    text = CliRunner().invoke(cli, ["text", str(path)]).stdout
    for row in rows:
        Draft202012Validator(schema).validate(row)
        [[start, end]] = row["spans"]
        assert (row["path"], row["text"]) == (str(path), text[start:end])
    assert "adjective" not in {row["how"] for row in rows}


def test_every_table_is_sound() -> None:
    for form in ("Russia", "Moscow", "RUSSIA", "Chinese", "Gulf of Oman", "Reuters", "OFAC"):
        assert gazetteers.known(form) is not None
    oslo = gazetteers.town("Oslo")
    assert oslo is not None
    assert oslo.country == "no"
    assert abs(oslo.at[0] - 59.9) < 0.2
    assert gazetteers.town("Drovia") is None
    for one in gazetteers.outlets():
        assert one.names
        assert one.owner
        assert len(one.country) == 2


def test_towns_of_one_name_come_largest_first() -> None:
    found = gazetteers.towns("Tripoli")
    assert len(found) > 1
    assert [one.population for one in found] == sorted((one.population for one in found), reverse=True)


LIST = """id,name,schema,aliases
w1,Orlesk Machine Works,Company,Orlesk Tube Mill
w2,Amber Reach,Vessel,
w3,Ministry of Quays,LegalEntity,
"""
LISTED = (
    "Amber Reach met them on Monday, said the Ministry of Quays. Orlesk Tube Mill was there.\n\n"
    "Orlesk Machine Works denied it. The office of Amber Reach Holdings Ltd said nothing."
)


def _told(*more: str) -> list[dict[str, str]]:
    told = CliRunner().invoke(cli, ["mentions", *more], catch_exceptions=False)
    return [json.loads(line) for line in told.stdout.splitlines()]


def test_names_on_a_list_of_the_case_give_mentions_their_spans_and_kinds(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    (tmp_path / "a.txt").write_text(LISTED)
    with Desk(tmp_path / "case") as desk:
        desk.add_list(tmp_path / "list.csv")
    assert not any(row["how"] == "list" for row in _told(str(tmp_path / "a.txt")))
    rows = _told("--case", str(tmp_path / "case"), str(tmp_path / "a.txt"))
    assert [(row["text"], row["schema"]) for row in rows if row["how"] == "list"] == [
        ("Amber Reach", "Vessel"),
        ("Ministry of Quays", "PublicBody"),
        ("Orlesk Tube Mill", "Company"),
        ("Orlesk Machine Works", "Company"),
    ]
    entities = {row["text"]: row["entity"] for row in rows}
    assert "Amber Reach Holdings Ltd" in entities
    assert entities["Orlesk Tube Mill"] != entities["Orlesk Machine Works"], "a match is a person's decision"


def _hows(desk: Desk) -> dict[str, str]:
    held = desk.store().mentions().values()
    return {one.excerpt.text: one.how for found in held for one in found}


def test_a_list_that_comes_later_corrects_what_was_taken_in(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    (tmp_path / "a.txt").write_text(LISTED)
    (tmp_path / "b.txt").write_text("Nobody of that list said anything here, officials told reporters.")
    with Desk(tmp_path / "case") as desk:
        desk.ingest([tmp_path / "a.txt", tmp_path / "b.txt"])
        assert "list" not in _hows(desk).values()
        desk.add_list(tmp_path / "list.csv")
        assert desk.mention_lists() == 5, "one of them inside a longer name"
        assert _hows(desk)["Amber Reach"] == "list"
        assert "Amber Reach" in {one.name for one in desk.entities()}
        runs = len(list(desk.store().ledger.entries("extraction")))
        desk.mention_lists()
        assert len(list(desk.store().ledger.entries("extraction"))) == runs, "nothing changed, nothing redone"
        (tmp_path / "list.csv").write_text(LIST.replace("w2,Amber Reach,Vessel,\n", ""))
        desk.add_list(tmp_path / "list.csv")
        desk.mention_lists()
        assert _hows(desk).get("Amber Reach") != "list", "a name that left the list is what it was before"


def test_a_case_with_lists_takes_documents_in_with_their_names(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    (tmp_path / "a.txt").write_text(LISTED)
    with Desk(tmp_path / "case") as desk:
        desk.add_list(tmp_path / "list.csv")
        desk.ingest([tmp_path / "a.txt"])
        listed = {text for text, how in _hows(desk).items() if how == "list"}
        assert listed >= {"Amber Reach", "Orlesk Machine Works"}


def test_a_users_own_name_goes_before_a_lists(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("Person: Amber Reach\n")
    own = Extractor(read_watch_list(tmp_path / "mine"))
    listed = {"Amber Reach": gazetteers.Known("AMBER REACH", "Vessel", "listed")}
    for extractor, kind in ((own, "Person"), (Extractor(), "Vessel")):
        found = extractor.knowing(listed).extract("0" * 64, "They met Amber Reach on Monday, officials said.")
        assert _names(found.mentions)["Amber Reach"] == kind


def test_every_shipped_outlet_is_one_to_claims_as_well() -> None:
    names = [name for one in gazetteers.outlets() for name in one.names]
    assert [name for name in names if not gazetteer().is_outlet(name)] == []
    assert not gazetteer().is_outlet("Orlesk Machine Works")
