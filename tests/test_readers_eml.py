"""The EML reader, on messages as mail programs save them (all fictional)."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from secondsource.errors import Empty, ReadError
from secondsource.model import Reading
from secondsource.readers import read

PLAIN = "Dear reader,\r\n\r\nThe port is closed – “until Monday”.\r\n\r\n> Is it closed?\r\n> We ask.\r\n"


def letter(**headers: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    given = {
        "From": "Ministry of Ports <press@ports.example>",
        "Subject": "Statement on Kesh",
        "Date": "Fri, 06 Jun 2025 14:20:00 +0200",
        "Message-ID": "<1@ports.example>",
    }
    for name, value in (given | headers).items():
        if value:
            message[name] = value
    return message


def blocks(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind, reading.text[block.start : block.end]) for block in reading.blocks]


def test_the_subject_is_the_title_and_the_plain_body_the_text() -> None:
    message = letter()
    message.set_content(PLAIN)
    message.add_alternative("<p>The HTML body</p>", subtype="html")
    message.add_attachment(b"The port is open.", maintype="text", subtype="plain", filename="a.txt")
    assert blocks(read(message.as_bytes(), "a.eml")) == [
        ("title", "Statement on Kesh"),
        ("paragraph", "Dear reader,"),
        ("paragraph", "The port is closed – “until Monday”."),
        ("quote", "> Is it closed?"),
        ("quote", "> We ask."),
    ]


def test_the_headers_say_who_and_when() -> None:
    message = letter()
    message.set_content(PLAIN)
    reading = read(message.as_bytes(), "a.eml")
    assert reading.publisher == "Ministry of Ports"
    assert reading.authors == ("Ministry of Ports",)
    assert (reading.published, reading.published_how) == ("2025-06-06T14:20:00+02:00", "email Date header")


def test_a_bare_address_is_the_publisher_and_encoded_words_are_decoded() -> None:
    message = letter(From="press@ports.example", Subject="Häfen geschlossen")
    message.set_content(PLAIN)
    reading = read(message.as_bytes(), "a.eml")
    assert (reading.publisher, reading.title) == ("press@ports.example", "Häfen geschlossen")


def test_a_date_in_the_body_or_a_broken_header_is_no_date() -> None:
    for date in ("", "yesterday"):
        message = letter()
        message.set_content("The port closed on 3 March 2026.\n")
        data = message.as_bytes().replace(b"Date: Fri, 06 Jun 2025 14:20:00 +0200", f"Date: {date}".encode())
        reading = read(data, "a.eml")
        assert (reading.published, reading.published_how) == (None, None)


def test_an_html_body_is_read_as_a_page() -> None:
    message = letter()
    message.set_content(
        "<html><body><p>Zoë said no.</p><p>The port is closed.</p></body></html>",
        subtype="html",
        charset="cp1252",
    )
    assert blocks(read(message.as_bytes(), "a.eml")) == [
        ("title", "Statement on Kesh"),
        ("paragraph", "Zoë said no."),
        ("paragraph", "The port is closed."),
    ]  # fmt: skip


def test_flowed_lines_are_joined_and_the_signature_stays() -> None:
    data = (
        b"From: a@b.example\nSubject: Port\nContent-Type: text/plain; format=flowed\n\n"
        b"The port is \nclosed.\n\n> Is it \n> closed?\n\n-- \nPress office\n"
    )
    assert [text for _, text in blocks(read(data, "a.eml"))] == [
        "Port",
        "The port is closed.",
        "> Is it closed?",
        "-- \nPress office",
    ]


def test_a_web_archive_is_the_page_it_holds() -> None:
    message = EmailMessage(policy=SMTP)
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://velmondpost.example/port"
    message["Subject"] = "Port closed | Velmond Post"
    message["Date"] = "Mon, 1 Jun 2026 10:00:00 +0000"
    message.set_content(
        "<html><body><h1>Port closed</h1><p>The port is closed.</p></body></html>", subtype="html"
    )
    reading = read(message.as_bytes(), "a.mhtml")
    assert (reading.title, reading.url) == ("Port closed", "https://velmondpost.example/port")
    assert (reading.publisher, reading.authors, reading.published) == (None, (), None)


def test_a_message_with_attachments_only_is_empty() -> None:
    message = letter()
    message.add_attachment(b"\x00\x01", maintype="application", subtype="octet-stream", filename="a.bin")
    with pytest.raises(Empty, match=r"^a\.eml holds no text beside its attachments$"):
        read(message.as_bytes(), "a.eml")


def test_a_message_with_a_subject_only_is_empty() -> None:
    message = letter()
    message.set_content("\n")
    with pytest.raises(Empty, match=r"^a\.eml holds no text beside its subject$"):
        read(message.as_bytes(), "a.eml")


def test_a_file_without_headers_is_not_a_message() -> None:
    with pytest.raises(ReadError, match=r"^a\.eml is not a mail message: it begins with no header$"):
        read(b"Dear reader,\n\nthe port is closed.\n", "a.eml")
