"""From bytes to characters: what the bytes declare, then UTF-8, then a plausible Windows-1252.

Nothing is replaced in a plain text file: its text is the evidence, so it decodes
whole or is refused.  A page or a message that declares its encoding may hold a few
bad bytes, which become U+FFFD, for everyone to see.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from secondsource.errors import ReadError

FOREIGN_SHARE = 0.25  # of the letters; Western European text in Windows-1252 stays under 0.15
DAMAGED_SHARE = 0.001  # U+FFFD to characters: above, the declared encoding is the wrong one
CONTROL_SHARE = 0.001  # control characters to characters: above, it is not text

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LEAD_AND_TAIL = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# The characters a Western report has beside letters; a run of anything else is another encoding.
_TYPOGRAPHY = set("€‚„…‹‘’“”•–—›™\xa0¡£§©ª«®°±²³´·º»¼½¾¿×")
# What the web means by these labels (WHATWG Encoding Standard).
_WEB = {"latin-1": "cp1252", "iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}


def marked(data: bytes) -> tuple[str, bytes] | None:
    """The encoding that a byte order mark names, and the bytes after the mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return None


def peek(data: bytes, length: int = 4096) -> str:
    """The first bytes as characters, good enough to look for markup in."""
    encoding, rest = marked(data[: length + 4]) or ("latin-1", data[:length])
    return rest.decode(encoding, "ignore")


def decode(data: bytes, name: str) -> str:
    """All of ``data`` as text, without its byte order mark, which is not part of the text.

    Raises ReadError where it is not text, or in an encoding that it does not declare.
    """
    found = marked(data)
    if found:
        return _text(_strict(found[1], found[0], name), name)
    if b"\0" in data:
        raise ReadError(_with_nulls(data, name))
    try:
        return _text(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        return _western(data, name, error)


def decode_declared(data: bytes, name: str, label: str | None) -> str:
    """``data`` in the encoding a page or a message declares; a byte order mark is stronger.

    Raises ReadError where more than `DAMAGED_SHARE` of it does not decode.
    """
    encoding = _known(label)
    if encoding is None or marked(data):
        return decode(data, name)
    for candidate in (encoding, "utf-8"):
        try:
            return data.decode(candidate)
        except UnicodeDecodeError as error:
            failure = error
    return _damaged(data, encoding) or _western(data, name, failure)


def _damaged(data: bytes, encoding: str) -> str | None:
    """``data`` with U+FFFD for a few bad bytes; None where they are too many."""
    text = data.decode(encoding, "replace")
    return text if text.count("\ufffd") <= DAMAGED_SHARE * len(text) else None


def _known(label: str | None) -> str | None:
    """The codec of a declared label; None for none, and for what is no text encoding."""
    try:
        codec = codecs.lookup((label or "").strip())
        # "hex" and "zip" are codecs too, and refuse characters.
        "a".encode(codec.name)
    except (LookupError, ValueError, AttributeError):
        return None
    if codec.name in {"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}:
        return None
    return _WEB.get(codec.name, codec.name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name} has the wrong encoding: its byte order mark says {encoding.upper()},"
            f" byte {error.start} does not"
        ) from None


def _text(text: str, name: str) -> str:
    if len(_CONTROL.findall(text)) > CONTROL_SHARE * len(text):
        raise ReadError(f"{name} is not text: it holds control characters")
    return text


def _with_nulls(data: bytes, name: str) -> str:
    """Why bytes with NULs are no text: the other half of most characters, or binary."""
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    binary = _CONTROL.search(head.replace(b"\0", b"").decode("latin-1"))
    if min(even, odd) == 0 and max(even, odd) > len(head) / 4 and not binary:
        return f"{name} has the wrong encoding: it looks like UTF-16 without a byte order mark"
    return f"{name} is not text: it holds NUL bytes"


def _western(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    """``data`` as Windows-1252, where that gives words as a Western language writes them."""
    if _LEAD_AND_TAIL.search(data):
        where = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8 like the rest"
        raise ReadError(f"{name} has the wrong encoding: {where}")
    text = data.decode("cp1252", "replace")
    if _CONTROL.search(text):
        raise ReadError(f"{name} is not text")
    if not _plausible(text):
        raise ReadError(
            f"{name} has the wrong encoding: neither UTF-8 nor plausible Windows-1252; save it as UTF-8"
        )
    return text


def _plausible(text: str) -> bool:
    counts = {character: text.count(character) for character in set(text)}
    letters = sum(count for character, count in counts.items() if character.isalpha())
    foreign = [character for character in counts if character > "\x7f" and character not in _TYPOGRAPHY]
    return sum(counts[character] for character in foreign) <= FOREIGN_SHARE * letters and all(
        unicodedata.category(character) in ("Ll", "Lu") for character in foreign
    )
