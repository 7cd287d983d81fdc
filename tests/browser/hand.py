"""An organiser's hand: it presses, ticks and chooses on a page, and counts each time."""

import io
import os
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

PICTURES = os.environ.get("MATCHMAKER_PICTURES", "")
"""The folder for the pictures of the guide; "" to take none."""


def unfold(page: Page) -> None:
    """Unfold the buttons of the day, which are folded on any other day: no press of the day itself."""
    page.wait_for_load_state()
    folded = page.locator("details:not([open]) > summary", has_text="The buttons of the day")
    if folded.count():
        folded.click()


def rest(page: Page) -> None:
    """Wait until a page that waits for work has led on to its result, and that is whole.

    Work that is over shows no bar any more and has yet to lead on: whatever is asked of the page meanwhile is lost.
    """
    expect(page.locator("main .mm-progress")).to_have_count(0, timeout=120_000)
    page.wait_for_load_state()


class Hand:
    """Presses for one page. Typing is not counted; choosing a file, an option or a box is, like any press."""

    def __init__(self, page: Page) -> None:
        """Begin at nothing."""
        self.page = page
        self.presses = 0

    def press(self, name: str, **options: Any) -> None:
        """Press the button or link of the main part of the page that begins so, and wait where it leads."""
        main = self.page.locator("main")
        ways = main.get_by_role("button", name=name, **options).or_(
            main.get_by_role("link", name=name, **options)
        )
        unfold(self.page)
        # A page that waits for work may show no bar yet when the press is over.
        with self.page.expect_navigation():
            ways.first.click()
        self.presses += 1
        rest(self.page)

    def menu(self, name: str) -> None:
        """Go to a page of the menu."""
        with self.page.expect_navigation():
            self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
        self.presses += 1

    def tick(self, label: str) -> None:
        """Tick a box."""
        self.page.get_by_label(label).check()
        self.presses += 1

    def choose(self, label: str, option: str) -> None:
        """Choose one of a list."""
        self.page.get_by_label(label).select_option(label=option)
        self.presses += 1

    def upload(self, name: str, content: bytes) -> None:
        """Choose a file."""
        self.page.locator("main input[type=file]").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": content}
        )
        self.presses += 1

    def fill(self, **said: str) -> None:
        """Type into fields, by the name of each."""
        for name, words in said.items():
            self.page.locator(f"main [name={name}]").first.fill(words)

    def picture(self, name: str, height: int = 800) -> None:
        """Keep the top of the page as it looks now for docs/run-an-event.md, if `make pictures` asked for it."""
        if not PICTURES:
            return
        # Out of the picture: the skip link, and whatever has the keyboard.
        self.page.evaluate("document.activeElement.blur()")
        width = (self.page.viewport_size or {"width": 1280})["width"]
        size = {"x": 0, "y": 0, "width": width, "height": height}
        taken = Image.open(io.BytesIO(self.page.screenshot(clip=size, full_page=True)))
        small = taken.convert("RGB").resize(
            (min(width, 900), height * min(width, 900) // width), Image.Resampling.LANCZOS
        )
        small.quantize(48, dither=Image.Dither.NONE).save(f"{PICTURES}/{name}.png", optimize=True)

    def download(self, name: str, path: Path) -> Path:
        """Press a link to a file, and keep it."""
        with self.page.expect_download() as coming:
            self.page.locator("main").get_by_role("link", name=name).first.click()
        self.presses += 1
        coming.value.save_as(path)
        return path
