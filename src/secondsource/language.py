"""Which language a text is in: English by its little words, Russian and Chinese by their letters.

A fifth to a third of English prose is a few dozen words ("the", "of", "that") which hardly occur in
other languages, so that their share tells English from anything else without a model.  Russian and
Chinese, which an extra reads, are told by their scripts and the letters that neighbours alone have.
What else it is is told from the stop words that come with spaCy, and only to say so in a reason.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path

# Left out are those that are also common words elsewhere ("is", "for", "was", "in", "at").
_ENGLISH = frozenset(
    re.findall(
        r"\w+",
        """the of and to that it with by from been being has have having not but which their his its this
        these those are were would could should said says say after about than when there into who they she
        you our what where while because before between more most other through during against can might
        did does also any some only now just how why new years people them him himself itself both each
        every few many much such own too very again until out off up down
        told reported denied claimed announced confirmed warned asked called according officials""",
    )
)
_WORD = re.compile(r"[^\W\d_]+")
# What Ukrainian, Belarusian, Serbian, Macedonian and the Turkic languages write and Russian does not.
_NOT_RUSSIAN = re.compile("[іїєґўђјљњћџѓќѕәғқңөұүһҳҷӯ]")
_RUSSIAN = re.compile("[ыэё]")
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff]")
_READ = 20_000
_TELLING, _SOME, _MANY = 5, 8, 24
_SHARE_OF_SOME, _SHARE_OF_MANY, _SHARE_OF_LIST = 0.10, 0.12, 0.04
_OTHER, _LEAD = 3, 2
# ISO 639-1 codes, with names for the reason.
_NAMES = {
    "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "pl": "Polish", "ro": "Romanian", "cs": "Czech", "sv": "Swedish", "nb": "Norwegian", "da": "Danish",
    "fi": "Finnish", "hu": "Hungarian", "tr": "Turkish", "id": "Indonesian", "hr": "Croatian",
    "ru": "Russian", "uk": "Ukrainian", "bg": "Bulgarian", "ar": "Arabic", "fa": "Persian", "ur": "Urdu",
}  # fmt: skip
_SCRIPTS = {
    "CJK": "Chinese characters", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean",
    "HEBREW": "Hebrew", "GREEK": "Greek", "THAI": "Thai", "DEVANAGARI": "Devanagari script",
    "ARMENIAN": "Armenian", "GEORGIAN": "Georgian", "CYRILLIC": "Cyrillic script", "ARABIC": "Arabic script",
}  # fmt: skip


def english(paragraphs: Sequence[str]) -> list[bool]:
    """For each paragraph of a text, whether it is read as English.

    One that shows no language by itself (a headline, a list of names) goes with what stands before
    it.  All are False where nothing in the text reads as English, unless there is hardly a word.
    """
    told = [_reads_as_english(one) for one in paragraphs]
    if True not in told and (False in told or any(len(_words(one)) >= _TELLING for one in paragraphs)):
        return [False] * len(told)
    read: list[bool] = []
    for one in told:
        read.append(one if one is not None else (read[-1] if read else True))
    return read


def told(paragraphs: Sequence[str]) -> list[str | None]:
    """The ISO 639-1 code of each paragraph's language: "en", "ru", "zh", or None for any other.

    Letters that only one language has are sought in all paragraphs of a script, since a headline
    may have none.
    """
    read = english(paragraphs)
    scripts = [None if one else _script_read(text) for one, text in zip(read, paragraphs, strict=True)]
    of = {code: _is(code, paragraphs, scripts) for code in ("ru", "zh")}
    return [
        "en" if one else code if code and of[code] else None for one, code in zip(read, scripts, strict=True)
    ]


def _script_read(text: str) -> str | None:
    """The language to think of for most of a paragraph's letters; Latin words among them may stand."""
    letters = "".join(_WORD.findall(text[:_READ].lower()))
    if letters and 3 * len(_HAN.findall(letters)) >= len(letters):
        return "zh"
    return "ru" if letters and 2 * sum("а" <= one <= "ё" for one in letters) >= len(letters) else None


def _is(code: str, paragraphs: Sequence[str], scripts: Sequence[str | None]) -> bool:
    """Whether the paragraphs that may be in a language are."""
    chosen = (text for text, script in zip(paragraphs, scripts, strict=True) if script == code)
    text = "\n".join(chosen)[:_READ].lower()
    if code == "zh":
        return not _KANA.search(text)
    if _RUSSIAN.search(text):
        return not _NOT_RUSSIAN.search(text) or _other(_words(text)) == "Russian"
    return not _NOT_RUSSIAN.search(text) and _other(_words(text)) in {"Russian", None}


def unread(paragraphs: Sequence[str]) -> str | None:
    """Why no claims are read from a text, in one line; None where some of it is in English."""
    if not paragraphs or any(english(paragraphs)):
        return None
    words = _words("\n".join(paragraphs))
    name = _other(words) or _script(words) or "a language that is not English"
    return f"it is in {name}, and claims are read from English only"


@lru_cache(maxsize=1 << 10)
def _reads_as_english(text: str) -> bool | None:
    """What a paragraph's own words say; None where they say nothing."""
    words = _words(text)
    if not words:
        return None
    if not _is_latin(words):
        return False
    share = _share(words, _ENGLISH)
    if len(words) >= _SOME and share >= (_SHARE_OF_MANY if len(words) >= _MANY else _SHARE_OF_SOME):
        return True
    if _is_foreign(words) or (len(words) >= _MANY and share < _SHARE_OF_LIST and not _is_list(text)):
        return False
    return True if len(words) < _SOME and share else None


def _is_list(text: str) -> bool:
    """True for names or figures in a row, which a table of an English text has without little words."""
    words = _WORD.findall(text[:_READ])
    return bool(2 * sum(word[0].isupper() for word in words) >= len(words))


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:_READ].lower())


def _share(words: Sequence[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words)


def _is_latin(words: Sequence[str]) -> bool:
    """True where most letters are Latin ones."""
    letters = "".join(words)
    return letters.isascii() or 2 * sum(letter < "\u0250" for letter in letters) >= len(letters)


def _counts(words: Sequence[str]) -> list[tuple[int, str]]:
    """How many stop words of each other language there are, the most first."""
    return sorted(((sum(w in _stop_words(code) for w in words), code) for code in _NAMES), reverse=True)


def _is_foreign(words: Sequence[str]) -> bool:
    """True for words of which more are another language's little words than English ones."""
    most = _counts(words)[0][0]
    return most >= 2 and most > 2 * sum(word in _ENGLISH for word in words)


def _other(words: Sequence[str]) -> str | None:
    """The language besides English that a text is clearly in; None where two are as likely."""
    (first, code), (second, _), *_ = _counts(words)
    return _NAMES[code] if first >= _OTHER and first - second >= _LEAD else None


def _script(words: Sequence[str]) -> str | None:
    """What the script is that most words are written in; None for Latin."""
    count = Counter(unicodedata.name(word[0], "").split(" ")[0] for word in words)
    return _SCRIPTS.get(count.most_common(1)[0][0]) if count else None


@cache
def _stop_words(code: str) -> frozenset[str]:
    """spaCy's stop words of a language, less those that English has too.

    The file alone is run: importing a language compiles its tokenizer, three seconds for French.
    """
    words = run_path(str(_languages() / code / "stop_words.py"))["STOP_WORDS"]
    return frozenset(word.lower() for word in words) - (_ENGLISH if code == "en" else _stop_words("en"))


@cache
def _languages() -> Path:
    """Where spaCy keeps its languages."""
    spec = find_spec("spacy.lang")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent
