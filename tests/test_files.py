"""Files as people's programs write them (``tests/files``, made by ``build_files.py``; all fictional)."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import pytest

from build_files import BODY, NOTE, ROWS, TITLE
from secondsource.errors import Empty, LimitError, ReadError
from secondsource.model import Reading
from secondsource.readers import READERS, media_type, ocr, read, take
from secondsource.readers.blocks import in_order
from secondsource.readers.places import column, locate

FOLDER = Path(__file__).parent / "files"
FILES = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".reading.txt"))
PDFS = sorted(FOLDER.glob("[0-9]*.pdf"))
CONTAINERS = {
    "leak.zip": ["papers/report.docx", "papers/letter.eml", "papers/shipments.csv", "papers/attached.eml"],
    "leak.tar.gz": ["papers/report.odt", "papers/typed.rtf"],
    "letters.mbox": ["message-00001.eml", "message-00002.eml", "message-00003.eml"],
    "capture.warc.gz": ["https://tarnregister.example/pumps", "https://tarnregister.example/register.txt"],
    "capture.wacz": ["archive/data.warc.gz"],
}
ORDER = 0.85  # of the words of a first page, in the order of the hand-made reading; the worst has 0.89
HARBOUR = "Harbour Office"


def _read(name: str) -> Reading:
    return read((FOLDER / name).read_bytes(), name)


def _needs_tesseract() -> None:
    if ocr.TESSERACT is None:
        pytest.skip("no tesseract on this machine: words in pictures are not recognised")


def test_there_are_forty_files_and_ten_pdfs_with_a_reading_by_hand() -> None:
    assert len(FILES) >= 40
    assert len(PDFS) == 10
    assert all(path.with_name(f"{path.stem}.reading.txt").is_file() for path in PDFS)


@pytest.mark.parametrize(
    "path", [one for one in FILES if one.name not in CONTAINERS], ids=lambda one: one.name
)
def test_a_file_gives_its_words_with_a_place_for_each_block(path: Path) -> None:
    if path.stem == "scan":
        _needs_tesseract()
    reading = read(path.read_bytes(), path.name)
    text = " ".join(reading.text.split())
    assert in_order(reading.text, reading.blocks)
    assert (ROWS[1][1] if "shipments" in path.name else "Forty pumps of the type T-9 left the works") in text
    titled = [block for block in reading.blocks if block.kind != "title"]
    placed = [block.page or block.place or path.suffix in (".txt", ".md", ".msg") for block in titled]
    assert all(placed)


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_the_first_page_of_a_pdf_is_read_as_a_person_reads_it(path: Path) -> None:
    reading = read(path.read_bytes(), path.name)
    found = " ".join(reading.text[one.start : one.end] for one in reading.blocks if one.page == 1).split()
    by_hand = path.with_name(f"{path.stem}.reading.txt").read_text("utf-8").split()
    same = sum(block.size for block in SequenceMatcher(None, by_hand, found, False).get_matching_blocks())
    assert sorted(found) == sorted(by_hand)
    assert same / len(by_hand) >= ORDER
    assert all(block.box and block.box.left < block.box.right for block in reading.blocks)
    assert all(0 <= block.box.bottom < block.box.top <= 842 for block in reading.blocks if block.box)


@pytest.mark.parametrize(("name", "members"), CONTAINERS.items(), ids=list(CONTAINERS))
def test_a_container_gives_its_members_and_no_text(name: str, members: list[str]) -> None:
    taken = take((FOLDER / name).read_bytes(), name)
    assert isinstance(taken.refusal, Empty)
    assert [member.name for member in taken.members] == members
    assert all(member.data and not member.problem for member in taken.members)


def test_a_capture_keeps_record_address_and_time() -> None:
    (page, _) = take((FOLDER / "capture.warc.gz").read_bytes(), "capture.warc.gz").members
    assert (page.url, page.captured) == ("https://tarnregister.example/pumps", "2026-04-07T10:00:00Z")
    assert page.record == "<urn:uuid:00000000-0000-4000-8000-000000000000>"
    assert (page.kind, page.media_type) == ("response", "text/html")


def test_a_package_whose_archive_was_altered_says_so() -> None:
    data = (FOLDER / "capture.wacz").read_bytes().replace(b"sha256:", b"sha256:00", 1)
    assert data.count(b"sha256:00") == 1
    with pytest.raises(ReadError):
        list(take(data, "a.wacz").members) or read(data, "a.wacz")


@pytest.mark.parametrize(
    ("name", "attached"),
    [
        ("attached.eml", ["shipments.xlsx", "note.txt"]),
        ("forwarded.eml", ["message-1.eml"]),
        ("letter.msg", ["note.txt"]),
    ],
)
def test_attachments_are_documents_of_their_own(name: str, attached: list[str]) -> None:
    taken = take((FOLDER / name).read_bytes(), name)
    assert taken.reading
    assert NOTE not in taken.reading.text
    assert [member.name for member in taken.members] == attached
    assert {member.kind for member in taken.members} == {"attachment"}


def test_a_page_says_whom_it_credits_and_what_it_is_based_on() -> None:
    reading = _read("article.html")
    assert (reading.title, reading.publisher, reading.authors) == (TITLE, "Tarn Register", ("Mira Solveig",))
    assert (reading.agency, reading.dateline, reading.language) == ("Meldwire", "TARN, April 6", "en-GB")
    assert reading.based_on == ("https://meldwire.example/4711",)
    assert [(date.value, date.how) for date in reading.dates] == [
        ("2026-04-06T07:30:00+02:00", "meta article:published_time"),
        ("2026-04-07T09:00:00+02:00", "meta article:modified_time"),
    ]
    assert str(locate(reading, reading.text.index("Orle ministry"))) == "/html/body/article/p[3], line 7"
    assert locate(reading, reading.text.index("Merel")).place == "/html/body/article/table/tr[2]"


@pytest.mark.parametrize("name", ["saved.mhtml", "saved.mht"])
def test_a_saved_page_is_read_as_the_page_and_dated_by_the_saving(name: str) -> None:
    reading = _read(name)
    assert reading.url == "https://tarnregister.example/pumps"
    assert ("2026-04-07T10:00:00+00:00", "MHTML date of saving") in reading.dates
    assert reading.published == "2026-04-06T07:30:00+02:00"


def test_a_message_by_outlook_says_who_and_when() -> None:
    reading = _read("letter.msg")
    assert (reading.title, reading.publisher) == (TITLE, HARBOUR)
    assert (reading.published, reading.published_how) == ("2026-04-06T07:00:00+00:00", "MSG sent date")
    assert BODY[1] in reading.text


@pytest.mark.parametrize("name", ["shipments.xlsx", "shipments.xls", "shipments.ods"])
def test_a_cell_is_found_again_from_its_words(name: str) -> None:
    reading = _read(name)
    assert locate(reading, reading.text.index("Ostra")).place == "Shipments!B3"
    assert locate(reading, reading.text.index("18")).place == "Shipments!C3"
    assert locate(reading, reading.text.index(NOTE[:12])).place == "Notes!B2"


@pytest.mark.parametrize("name", ["shipments.csv", "shipments.tsv", "shipments-windows.csv"])
def test_a_cell_of_a_text_table_is_found_again(name: str) -> None:
    reading = _read(name)
    assert locate(reading, reading.text.index("Ostra")).place == "B3"
    assert locate(reading, reading.text.index("Crates")).place == "C1"


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [column(number) for number in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


@pytest.mark.parametrize("name", ["report.odt", "report.docx"])
def test_a_written_report_has_title_language_and_dates_of_making(name: str) -> None:
    reading = _read(name)
    assert (reading.title, reading.language, reading.published) == (TITLE, "en-GB", None)
    assert [date.value[:10] for date in reading.dates] == ["2026-04-02"]
    assert [block.kind for block in reading.blocks][-4:] == ["table"] * 4


@pytest.mark.parametrize("name", ["report.rtf", "typed.rtf"])
def test_rich_text_keeps_its_paragraphs_and_quotation_marks(name: str) -> None:
    reading = _read(name)
    assert (reading.title, reading.authors) == (TITLE, ("Mira Solveig",))
    found = [reading.text[block.start : block.end] for block in reading.blocks]
    assert set(BODY[:4]) <= set(found)


@pytest.mark.parametrize("name", ["talk.pptx", "talk.odp"])
def test_a_slide_is_a_page(name: str) -> None:
    reading = _read(name)
    assert [block.page for block in reading.blocks] == [1, 1, 1, 2, 2, 2]
    assert locate(reading, reading.text.index("denied that")).page == 2


@pytest.mark.parametrize("name", ["news.rss", "news.atom"])
def test_a_feed_gives_its_entries_with_their_addresses(name: str) -> None:
    reading = _read(name)
    assert reading.title == reading.publisher == "Tarn Register"
    assert locate(reading, reading.text.index("crate was sealed")).place == "https://tarnregister.example/2"
    assert [date.value[:10] for date in reading.dates] == ["2026-04-01", "2026-04-02", "2026-04-03"]


@pytest.mark.parametrize("name", ["scan.pdf", "scan.png", "scan.jpg"])
def test_words_in_a_picture_are_marked_with_their_confidence(name: str) -> None:
    _needs_tesseract()
    reading = _read(name)
    assert all(block.ocr and 0.5 < block.ocr <= 1 for block in reading.blocks)
    assert "OCR" in reading.notes[0]
    assert "harbour master, Ansel Dorrit" in " ".join(reading.text.split())


@pytest.mark.parametrize("name", ["scan.pdf", "scan.png"])
def test_without_a_recogniser_a_scan_is_refused_and_says_what_is_missing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "TESSERACT", None)
    monkeypatch.setattr("secondsource.readers.pdf.TESSERACT", None)
    with pytest.raises(ReadError, match=r"tesseract, which recognises words in pictures, is not installed"):
        _read(name)


# Whatever has words is one of these.
LENIENT = {".txt", ".text", ".md", ".csv", ".tsv", ".html", ".htm", ".xhtml"}
SUFFIXES = sorted({suffix for reader in READERS for suffix in reader.suffixes})


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_without_a_byte_is_empty_in_every_format(suffix: str) -> None:
    with pytest.raises(Empty, match=rf"^none{suffix} is empty$"):
        read(b"", f"none{suffix}")


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix not in LENIENT])
def test_a_broken_file_of_each_format_is_refused_by_name(suffix: str) -> None:
    with pytest.raises((ReadError, LimitError), match=rf"^broken{suffix} "):
        read(b"\x01\x02 not what the name says \xfe\xff" * 40, f"broken{suffix}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_cut_off_is_read_or_refused_by_name(path: Path) -> None:
    data = path.read_bytes()
    if path.stem == "scan":
        _needs_tesseract()
    for share in (0.3, 0.7, 0.97):
        taken = take(data[: int(len(data) * share)], path.name)
        assert taken.reading or str(taken.refusal).startswith(path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_format_is_known_without_the_name(path: Path) -> None:
    if path.suffix not in (".txt", ".md", ".csv", ".tsv", ".gz"):
        assert media_type(path.read_bytes(), "unnamed") == media_type(path.read_bytes(), path.name)
