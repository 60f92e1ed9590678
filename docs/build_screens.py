"""Takes pictures of every page of the desk on a case: light and dark, wide and narrow.

    python docs/build_screens.py CASE [PAGE…]

Needs a Chromium.  The case of the pictures in the documentation is the fictional sample (`make demo`).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from playwright.sync_api import Page, sync_playwright

import newsroom
from secondsource.store import Store
from secondsource.store.finding import Wanted

SIZES = {"wide": (1280, 860), "narrow": (390, 844)}
SCHEMES = ("light", "dark")


def addresses(case: Path) -> dict[str, str]:
    """A page of each kind, those on one thing with the thing that has most to show."""
    store = Store.open(case, create=False)
    question = store.finding.questions(Wanted(status="contested")).items[0]
    entity = store.finding.entities().items[0][0]
    document = next(d for d in store.finding.documents().items if d.media_type == "text/html")
    printed = next(d for d in store.finding.documents().items if d.media_type == "application/pdf")
    store.close()
    fixed = (
        "search?q=deliveries",
        "documents",
        "entities",
        "timeline",
        "network",
        "map",
        "goods",
        "screening",
    )
    return {
        "questions": "/",
        "question": f"/questions/{question.id}",
        "document": f"/documents/{document.id}",
        "page": f"/documents/{printed.id}/pages/1",
        "entity": f"/entities/{entity.id}",
        **{each.partition("?")[0]: f"/{each}" for each in fixed},
        "judgements": "/judgements",
        "pairs": "/judgements/entities",
        "ledger": "/ledger",
    }


def take(page: Page, base: str, pages: dict[str, str], folder: Path) -> None:
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for name, address in pages.items():
                page.goto(f"{base}{address}", wait_until="networkidle")
                path = folder / f"{name}-{size}-{scheme}.jpg"
                page.screenshot(path=path, type="jpeg", quality=55)


def main() -> None:
    case, wanted = Path(sys.argv[1]), sys.argv[2:]
    folder = Path(__file__).parent / "images" / "desk"
    folder.mkdir(parents=True, exist_ok=True)
    pages = {name: at for name, at in addresses(case).items() if not wanted or name in wanted}
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with newsroom.serving(case) as client, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take(browser.new_page(), str(client.base_url).rstrip("/"), pages, folder)
        browser.close()


if __name__ == "__main__":
    main()
