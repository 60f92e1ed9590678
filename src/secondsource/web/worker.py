"""The process that works on a case for the desk: ``python -m secondsource.web.worker CASE [retry]``."""

from __future__ import annotations

import os
import sys

from secondsource.config import Config
from secondsource.desk import Desk


def main() -> None:
    """Take in what waits, then derive the questions; how far it is stands in the case."""
    with Desk(sys.argv[1], config=Config.from_environ(os.environ)) as desk:
        desk.take_in(retry="retry" in sys.argv[2:])


if __name__ == "__main__":
    main()
