"""The desk in a browser: pages, and the same answers as JSON.  A door: it translates `Desk`."""

from secondsource.web.app import create_app
from secondsource.web.cases import create_shelf

__all__ = ["create_app", "create_shelf"]
