"""Names: one spelling, one way to take a name apart, for resolution and screening alike.

>>> normalise("ИЭМЗ «Купол»")
'iemz kupol'
>>> parse("IVANOV, Gen. Ivan", "Person").tokens
('ivan', 'ivanov')
>>> parse("АО «Купол»").forms
('joint-stock',)
"""

from secondsource.names.blends import SHORT_BLEND, shown
from secondsource.names.folding import fold, normalise, remember, skeleton
from secondsource.names.meanings import meanings
from secondsource.names.other_names import names_in, spellings
from secondsource.names.parsing import (
    LONGEST,
    ORGANISATION,
    PERSON,
    TELLING,
    Name,
    acronyms,
    given_name,
    is_hollow,
    is_nothing,
    is_pointer,
    is_state,
    kind_of,
    parse,
    same_kind,
    tells,
    weight,
)
from secondsource.names.scripts import in_latin, unmixed, warnings
from secondsource.names.slips import MOST_SLIPS, slips
from secondsource.names.vocabulary import LEADING_SURNAMES
from secondsource.names.words import Word, one_root, word

__all__ = [
    "LEADING_SURNAMES",
    "LONGEST",
    "MOST_SLIPS",
    "ORGANISATION",
    "PERSON",
    "SHORT_BLEND",
    "TELLING",
    "Name",
    "Word",
    "acronyms",
    "fold",
    "given_name",
    "in_latin",
    "is_hollow",
    "is_nothing",
    "is_pointer",
    "is_state",
    "kind_of",
    "meanings",
    "names_in",
    "normalise",
    "one_root",
    "parse",
    "remember",
    "same_kind",
    "shown",
    "skeleton",
    "slips",
    "spellings",
    "tells",
    "unmixed",
    "warnings",
    "weight",
    "word",
]
