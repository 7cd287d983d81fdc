"""A dataset whose catalogue speaks several languages, in the reader's own."""

from collections.abc import Callable
from typing import Any

WORDINGS = [
    {"language": "en", "title": "Soil", "description": "Depth", "tags": ["soil"]},
    {"language": "cy", "title": "Pridd", "description": "Dyfnder", "tags": ["pridd"]},
]


def test_the_page_shows_the_language_that_the_browser_asks_for(
    make: Any, browser: Callable[..., Any]
) -> None:
    dataset = make.dataset(title="Soil", description="Depth", tags=["soil"], wordings=WORDINGS)
    reader = browser(make.person("Ada"))
    address = f"/datasets/{dataset.public_id}"

    for asked, title, words, other in (
        ("cy-GB,en;q=0.5", "Pridd", "Dyfnder", "Soil"),
        ("en-GB", "Soil", "Depth", "Pridd"),
        ("fr", "Soil", "Depth", "Pridd"),
    ):
        page = reader.client.get(address, headers={"Accept-Language": asked}).get_data(as_text=True)
        assert f"<title>{title}" in " ".join(page.split()).replace("<title> ", "<title>")
        assert words in page
        assert f">{other}</span>" in page
