"""A table of trade, screened: which rows are worth a look, in which order and why.

A table is read twice and never held: once for the names of its parties, which are screened
once each, once for everything else.  Every row with a reason goes to the answer, the weightiest first.
"""

from secondsource.trade.evidence import RULE, keep
from secondsource.trade.parties import Ask, Potential
from secondsource.trade.results import save, saved
from secondsource.trade.screening import Order, Screened, ScreenedRow, load_flags, screen_table
from secondsource.trade.signals import Settings
from secondsource.trade.tables import open_table

__all__ = [
    "RULE",
    "Ask",
    "Order",
    "Potential",
    "Screened",
    "ScreenedRow",
    "Settings",
    "keep",
    "load_flags",
    "open_table",
    "save",
    "saved",
    "screen_table",
]
