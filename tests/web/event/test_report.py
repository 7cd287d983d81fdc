"""The report's page, its PDF and its table say the same, and name nobody."""

from datetime import UTC, date, datetime
from typing import Any

from matchmaker.services.people import erase_people
from matchmaker.store.event.events import Round
from matchmaker.store.people.registrations import Presence
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat


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


def test_once_an_events_data_is_erased_its_pages_show_what_was_counted_and_claim_nothing_else(
    make: Any, browser: Any, legible: Any
) -> None:
    when = {"held_on": date(2026, 3, 11), "erase_on": date(2026, 6, 10), "zone": "UTC"}
    event = make.event("Data Together", tables=1, **when)
    make.add(Round(event_id=event.id, number=1, starts_at=datetime(2026, 3, 11, 10, tzinfo=UTC), minutes=20))
    organiser = make.organiser(event)
    rows = [make.registration(event, presence=Presence.HERE) for _ in range(2)]
    make.registration(event, make.person("Noise Nora"))
    plan = Plan(
        event_id=event.id, version=1, state=PlanState.PUBLISHED, problem={}, certificate={}, people=2,
        published_at=datetime(2026, 3, 10, tzinfo=UTC),
    )  # fmt: skip
    make.add(plan)
    seats = [Seat(person_id=one.person_id, plan_id=plan.id, round_number=1) for one in rows]
    make.add(Meeting(plan_id=plan.id, round_number=1, table_number=1, why=[], seats=seats))
    make.registration(make.event("Noise day", **when | {"erase_on": date(2099, 6, 10)}))
    one, at = browser(organiser), f"/organise/{event.public_id}"
    with make.database.writing() as session:
        erase_people.erase_past_events(session, datetime(2026, 6, 12, 3, tzinfo=UTC))
    page = one.get(f"{at}/report")
    printed = legible(one.client.get(f"{at}/report.pdf").data)
    table = one.client.get(f"{at}/report.csv").get_data(as_text=True).replace(",,,", " ")
    told = "What was kept about people was erased on 12 June 2026. These numbers were counted then"
    assert told in page.text
    assert told in printed
    for words in (
        "People on the list 3", "People who were coming 3", "People who were checked in 2",
        "Pairs who both wanted to meet 0", "Meetings planned 1", "Meetings that took place 1",
    ):  # fmt: skip
        assert [text for text in (page.text, printed, table) if words not in text] == [], words
    assert "Meetings across organisations" not in page.text
    home = one.get(f"{at}/").text
    assert "3 coming 2 checked in 1 meetings in the plan 0 thanks accepted" in home
    untrue = {
        "": "people were on the list", "progress": "Nobody answered", "plans": "None was published",
        "day": "were here", "desk": "Nobody was on the list",
    }  # fmt: skip
    assert [words for where, words in untrue.items() if words in one.get(f"{at}/{where}").text] == []
    assert "What people said was erased on 12 June 2026." in one.get(f"{at}/progress").text
    assert "0 of 0 people" not in one.get(f"{at}/desk").text
