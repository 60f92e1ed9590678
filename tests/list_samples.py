"""Invented entries in the layouts of official lists.  Nobody and nothing in them exists."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "lists"


def sample(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")
