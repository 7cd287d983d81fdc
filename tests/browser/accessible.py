"""What axe finds on a page: of one that is looked at again at another width, in what looks otherwise there."""

from pathlib import Path
from typing import Any
from weakref import WeakSet

from playwright.sync_api import BrowserContext, Page

SCRIPT = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
ASKED = {"resultTypes": ["violations"], "preload": False, "selectors": False}
"""What axe is asked for: to describe all that passes, and to fetch the styles again, took a third of its time, and to
find a selector for each place, beside its HTML, a sixth of what was left."""


class Accessible:
    """Fails on any accessibility violation that axe finds on a page.

    What looks the same as something in which it found none is not looked at again: a page word for word like another,
    at another width all but what the style sheets, or scripts, change there, such as the menu, and for their contrast
    letters of a size, in colours in which others were told apart, on whatever page.
    """

    def __init__(self) -> None:
        """Read axe once for the run."""
        scripts = (SCRIPT, Path(__file__).with_name("looked_at.js"))
        self.script = "\n".join(path.read_text(encoding="utf-8") for path in scripts)
        self.given: WeakSet[BrowserContext] = WeakSet()
        self.passed: set[tuple[int, bool, str]] = set()
        self.told_apart: set[str] = set()

    def __call__(self, page: Page, *, colours_alone: bool = False) -> None:
        """Look at a page as it is now.

        Where one that was looked at before is shown in other colours, only the rules about colours are asked again.
        """
        page.wait_for_load_state()
        words = self._words(page)
        parts = None if colours_alone else words["otherwise"]
        width = page.viewport_size["width"] if page.viewport_size else 0
        looks = [(width, colours_alone, one) for one in (*(parts or ()), words["whole"])]
        new = [number for number, one in enumerate(looks) if one not in self.passed]
        # The last is the whole page: where all that looks otherwise is known, so is that.
        if len(looks) - 1 not in new or (parts is not None and len(new) == 1):
            return
        asked = ASKED | ({"runOnly": COLOUR_RULES} if colours_alone else {})
        numbers = None if parts is None else new[:-1]
        violations, told_apart = page.evaluate(
            "([asked, numbers, known]) => violationsNow(asked, numbers, known)",
            [asked, numbers, [*self.told_apart]],
        )
        found = [one for one in violations if not _known(one)]
        assert found == [], "\n".join(
            f"{page.url}: {one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes'][:3]]}"
            for one in found
        )
        self.passed.update(looks)
        self.told_apart.update(told_apart)

    def _words(self, page: Page) -> dict[str, Any]:
        """Return what a page says, as a whole and where it looks otherwise; give it axe, unless it has it."""
        if page.context not in self.given:
            # Whatever is opened from now on has it already, which costs half of giving it to each page.
            page.context.add_init_script(self.script)
            self.given.add(page.context)
        words: dict[str, Any] | None = page.evaluate("window.wordsNow ? wordsNow() : null")
        if words is None:
            page.evaluate(self.script)
            words = page.evaluate("wordsNow()")
        assert words
        return words


def _known(violation: dict[str, Any]) -> bool:
    """Say whether this is GOV.UK Frontend's own `aria-expanded` on a radio that opens a further question.

    It is kept there on purpose: screen readers tell of it although the standard does not list it.
    """
    return violation["id"] == "aria-allowed-attr" and all(
        "govuk-radios__input" in node["html"] and "aria-expanded" in node["html"]
        for node in violation["nodes"]
    )
