"""Names in Chinese, by the extra ``secondsource[zh]``, in a case; everybody and everything is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondsource import Desk, languages
from secondsource.extractor import Extractor
from secondsource.gazetteers import Known, WatchList

TEXT = "新桥精密机械有限公司否认此事。李建国说，新桥公司没有向奥尔列斯克海关申报机床。\n"
ENGLISH = "Li Jianguo, a spokesman, told reporters that Haiyan had sold no drones.\n"
RUSSIAN = "Об этом заявил министр Олег Гранин.\n"
needs_extra = pytest.mark.skipif(
    not languages.is_installed("zh"), reason="the extra zh is not installed: Chinese is not read"
)


@needs_extra
def test_one_person_is_one_in_characters_and_in_pinyin(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text(TEXT, "utf-8")
    (tmp_path / "en.txt").write_text(ENGLISH, "utf-8")
    with Desk(tmp_path / "case") as desk:
        desk.ingest([tmp_path / "zh.txt", tmp_path / "en.txt"])
        (person,) = [one for one in desk.entities() if one.schema == "Person"]
        assert set(person.names) == {"李建国", "Li Jianguo"}
        assert desk.verify() == []


@needs_extra
def test_names_that_a_user_gives_go_first_in_characters_anywhere_and_in_letters_as_words() -> None:
    watch = WatchList(
        {
            "精密机械": Known("Precision", "Product"),
            "Garpiya-3": Known("Garpiya-3", "Product"),
            "arp": Known("No word", "Product"),
        }
    )
    text = "新桥精密机械有限公司出口了Garpiya-3无人机。\n"
    found = Extractor(watch).extract("0" * 64, text).mentions
    assert [(one.excerpt.text, one.name, one.how) for one in found] == [
        ("精密机械", "Precision", "list"),
        ("Garpiya-3", "Garpiya-3", "list"),
    ]


@pytest.mark.skipif(not languages.is_installed("ru"), reason="the extra ru is not installed")
def test_names_that_a_user_gives_go_first_in_russian() -> None:
    watch = WatchList({"Олег Гранин": Known("Granin, Oleg", "Person")})
    found = Extractor(watch).extract("0" * 64, RUSSIAN).mentions
    assert [(one.excerpt.text, one.name, one.how) for one in found] == [
        ("Олег Гранин", "Granin, Oleg", "list")
    ]


@needs_extra
@given(st.text(alphabet="新桥公司李建国说，。 \nab1«", max_size=60))
@settings(max_examples=40, deadline=None)
def test_every_name_is_the_text_at_its_place(text: str) -> None:
    text += "部长说这艘船已经卖给了商人"
    found = Extractor().extract("0" * 64, text).mentions
    starts = [one.excerpt.spans[0].start for one in found]
    assert starts == sorted(starts)
    assert all(one.excerpt.stands_in(text) for one in found)


def test_names_of_a_list_are_found_in_chinese_and_russian_without_an_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "is_installed", lambda code: False)
    (tmp_path / "list.csv").write_text(
        "id,schema,name,aliases\n1,Company,Xinqiao Precision,新桥精密机械有限公司\n"
        "2,Person,Oleg Granin,Олег Гранин\n",
        "utf-8",
    )
    with Desk(tmp_path / "case") as desk:
        desk.add_list(tmp_path / "list.csv")
        assert set(desk.listed(TEXT)) == {"新桥精密机械有限公司"}
        assert set(desk.listed(RUSSIAN)) == {"Олег Гранин"}
