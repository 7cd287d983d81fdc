"""The report's page, its PDF and its table say the same, and name nobody."""

from datetime import date
from typing import Any


def test_the_page_the_pdf_and_the_table_say_the_same_and_name_nobody(
    make: Any, browser: Any, legible: Any
) -> None:
    event = make.event("Data Together", held_on=date(2099, 3, 11), erase_on=date(2099, 6, 11))
    make.registration(event, make.person("Amara Okafor"))
    when = "Nothing has taken place yet: the day is on 11 March 2099."
    organiser = browser(make.organiser(event))
    at = f"/organise/{event.public_id}/report"
    page = organiser.get(at)
    printed = legible(organiser.client.get(f"{at}.pdf").data)
    table = organiser.client.get(f"{at}.csv").get_data(as_text=True)
    assert page.heading == "Report on Data Together"
    for text in (page.text, printed, table.replace(",,,", " ")):
        assert "People who are coming 1" in text
        assert "Amara" not in text
    assert when in page.text
    assert when in printed
