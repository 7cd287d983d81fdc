"""Every page that counts datasets says the same number: a series is no dataset, its members are."""

import re
from collections.abc import Callable
from typing import Any

import pytest

PAGES = 25


@pytest.mark.parametrize("several", [3, PAGES], ids=["one page", "two pages"])
def test_pages_count_the_same_datasets(several: int, browser: Callable[..., Any], make: Any) -> None:
    series = make.dataset("Rivers", "Agency", is_series=True)
    for number in range(several):
        make.dataset(f"Rivers, part {number}", "Agency", series_id=series.id)
    merged = make.dataset("Lakes", "Agency")
    make.dataset("Lochs", "Agency", merged_into_id=merged.id)
    event = make.event()
    reader, olga = browser(make.registration(event).person), browser(make.organiser(event))
    count = several + 1
    assert f"{count} datasets and 1 series" in reader.get("/datasets").text
    assert f"{count} datasets and 1 series" in reader.get("/datasets?page=2").text
    assert "1 series with “rivers”" not in reader.get("/datasets?q=lakes").text
    publishers = reader.get("/datasets/publishers")
    assert f"of {count} have a name" in publishers.text
    publisher = re.search(r'href="(/datasets\?publisher=[^"]+)"', publishers.html)
    assert publisher is not None
    assert f"{count} datasets and 1 series" in reader.get(publisher.group(1)).text
    for page in (reader.get("/datasets/without-a-name"), olga.get(f"/organise/{event.public_id}/labels")):
        assert re.search(rf"\bof {count} datasets", page.text), page.text[:600]
