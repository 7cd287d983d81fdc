"""What need not be looked at again is looked at where it is other: at another width, or on another page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import Accessible

PHONE, DESKTOP = 320, 1280
PALE = "@media (min-width: 48em) { p { color: #ccc } }"
ON_DESKTOPS = "matchMedia('(min-width: 48em)').onchange = () => { %s; document.body.dataset.wide = 'yes' }"

WALL = """
.wall { background: #333; height: 200px }
.other { position: absolute; top: 150px; left: 20px }
h1 { position: absolute; top: 300px }
"""


def show(page: Page, main: str, style: str = "", script: str = "") -> None:
    """Show a page of one's own at the width of a phone."""
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.set_content(
        f"<!doctype html><html lang='en'><head><title>Words</title><style>{style}</style></head>"
        f"<body><main><h1>Words</h1>{main}</main><script>{script}</script></body></html>"
    )


@pytest.mark.parametrize(
    ("main", "style", "script", "rule"),
    [
        ("<p>Pale</p>", PALE, "", "color-contrast"),
        ("<p>Pale</p>", f"@supports (color: red) {{ {PALE} }}", "", "color-contrast"),
        ("<input>", "@media (max-width: 40em) { input { display: none } }", "", "label"),
        ("<p>Words</p>", "", "document.querySelector('p').setAttribute('role', 'nonsense')", "aria-roles"),
        (
            "<p>Words</p>",
            "",
            "document.querySelector('main').append(document.createElement('input'))",
            "label",
        ),
    ],
)
def test_what_is_wrong_at_another_width_alone_is_found_there(
    opened: Callable[..., Page], main: str, style: str, script: str, rule: str
) -> None:
    page, axe = opened(PHONE), Accessible()
    show(page, main, style, ON_DESKTOPS % script if script else "")
    axe(page)
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    if script:
        expect(page.locator("body[data-wide]")).to_be_attached()
    for _ in range(2):
        with pytest.raises(AssertionError, match=f": {rule}: "):
            axe(page)


def test_a_page_is_known_by_every_word_of_it_and_only_if_nothing_was_wrong(
    opened: Callable[..., Page],
) -> None:
    page, axe = opened(PHONE), Accessible()
    show(page, "<p>Words</p>")
    axe(page)
    for _ in range(2):
        show(page, "<p>Words</p><input>")
        with pytest.raises(AssertionError, match=": label: "):
            axe(page)
    show(page, "<p>Words</p>")
    page.evaluate("axe.run = () => { throw new Error('asked again') }; 0")
    axe(page)


@pytest.mark.parametrize(
    ("main", "style"),
    [
        ("<p class=other>Pale</p>", ".other { color: #ccc }"),
        ("<div class=other><p>Dark</p></div>", ".other { background: #333 }"),
        ("<div class=other><p>Faint</p></div>", ".other { opacity: .3 }"),
        ("<div class=wall></div><p class=other>Over</p>", WALL),
    ],
)
def test_letters_in_colours_that_were_not_told_apart_before_are_looked_at(
    opened: Callable[..., Page], main: str, style: str
) -> None:
    page, axe = opened(PHONE), Accessible()
    show(page, "<p>Words</p>", style)
    axe(page)
    for words in ("one", "another"):
        show(page, f"<p>{words}</p>{main}", style)
        with pytest.raises(AssertionError, match=": color-contrast: "):
            axe(page)


def test_whoever_asks_for_anything_on_another_machine_is_told_and_gets_nothing(browser: Browser) -> None:
    page = browser.new_page()
    with page.expect_console_message(lambda message: "ERR_NAME_NOT_RESOLVED" in message.text):
        page.set_content("<img src='http://elsewhere.example/picture.png'>")
    with page.expect_console_message(lambda message: "ERR_NAME_NOT_RESOLVED" in message.text):
        page.evaluate("fetch('http://192.0.2.1/').catch(() => 0)")
    page.close()
