"""FollowTheMoney: a case, and the entries of lists, as the entities and statements that its world reads.

The JSON and the CSV are written here; the library itself needs a compiled ICU and is the extra
``secondsource[ftm]``, which checks what is written (`flaws`).  Kinds and properties are those of
FollowTheMoney 4 (https://followthemoney.tech/explorer/).
"""

from __future__ import annotations

from secondsource.ftm.case import KINDS as KINDS
from secondsource.ftm.case import Exported as Exported
from secondsource.ftm.case import entities as entities
from secondsource.ftm.case import statements as statements
from secondsource.ftm.designations import designation as designation
from secondsource.ftm.designations import designation_id as designation_id
from secondsource.ftm.statement import COLUMNS as COLUMNS
from secondsource.ftm.statement import Statement as Statement
from secondsource.ftm.validation import flaws as flaws
