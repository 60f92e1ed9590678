"""The desk in a browser: pages, and the same answers as JSON.  A door: it translates `Desk`."""

from secondsource.web.app import create_app

__all__ = ["create_app"]
