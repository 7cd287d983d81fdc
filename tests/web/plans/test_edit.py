"""The organisers' pages on which a plan is changed by hand."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from matchmaker.store.base import now
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.web.organisers.plans import edit
from tests.made_once import MadeOnce
from tests.whole_plans import with_meetings


class Desk:
    """A published plan for seven people, one of whom is free in each round, with an organiser at a browser."""

    def __init__(self, make: Any, browser: Callable[..., Any], database: Any) -> None:
        self.database = database
        self.event = make.event(rounds=2, tables=4)
        with database.writing() as session:
            for row in session.merge(self.event).rounds:
                row.starts_at = now() + timedelta(days=1, hours=row.number)
        for name in ("Amara", "Ben", "Carys", "Dev", "Elin", "Farah", "Gwil"):
            make.registration(self.event, make.person(name))
        self.olga = make.organiser(self.event, make.person("Olga"))
        self.one = browser(self.olga)
        self.plans = f"/organise/{self.event.public_id}/plans"
        self.one.get(self.one.post(self.plans).location, status=302)
        self.one.post(self.address + "/publish", {"instead_of": "", "revision": "1"})

    @property
    def address(self) -> str:
        return f"{self.plans}/{self.latest().public_id}"

    def latest(self) -> Plan:
        with self.database.reading() as session:
            found = plans.latest(session, self.event.id)
            assert found is not None
            return with_meetings(found)

    def change(self, what: str, **data: str) -> Any:
        revision = {"revision": str(self.latest().revision)}
        return self.one.follow(f"{self.address}/{what}", {**revision, **data})


PUBLISHED = MadeOnce[Desk]()


@pytest.fixture
def desk(make: Any, browser: Any, sqlite: Any) -> Desk:
    mine = PUBLISHED.give(make, lambda: Desk(make, browser, sqlite))
    mine.database, mine.one = sqlite, browser(mine.olga)
    return mine


def test_changing_a_published_plan_makes_a_draft_of_ones_own(desk: Desk) -> None:
    page = desk.one.follow(desk.address + "/edit")
    assert page.heading == "Change version 2, round 1"
    assert desk.latest().state is PlanState.DRAFT
    page = desk.one.follow(desk.address + "/edit")
    assert page.heading == "Change version 2, round 1", "a draft is taken up, not copied again"


def test_a_meeting_is_locked_moved_and_removed_with_its_consequences(desk: Desk) -> None:
    desk.one.post(desk.address + "/edit")
    first = desk.latest().meetings[0]
    here = f"rounds/1/tables/{first.table_number}"
    a, b = (seat.person.name for seat in first.seats)
    meeting = desk.one.get(f"{desk.address}/{here}")
    assert f"{a} and {b}" in meeting.text
    assert "is locked" in desk.change(here + "/lock").text
    assert "Unlock it first" in desk.change(here + "/remove").text
    assert "Unlock it to change it" in desk.one.get(f"{desk.address}/{here}").text
    desk.change(here + "/unlock")
    assert "The meeting is moved" in desk.change(here + "/move", round="1", table="4").text
    page = desk.change("rounds/1/tables/4/remove")
    assert f"{a} then has no meeting in round 1. {b} then has no meeting in round 1" in page.text
    people = [str(seat.person_id) for seat in first.seats]
    page = desk.one.follow(
        f"{desk.address}/rounds/1/add",
        {"people": people, "table": "1", "revision": str(desk.latest().revision)},
    )
    assert "The meeting is added" in page.text or "Table 1 is taken" in page.text


def test_of_two_organisers_with_the_same_page_the_second_is_told(desk: Desk) -> None:
    desk.one.post(desk.address + "/edit")
    old = str(desk.latest().revision)
    first, second = desk.latest().meetings[:2]
    desk.change(f"rounds/1/tables/{first.table_number}/remove")
    page = desk.one.follow(f"{desk.address}/rounds/1/tables/{second.table_number}/remove", {"revision": old})
    assert "Somebody has changed this plan since you opened the page, and their change stands" in page.text
    assert len(desk.latest().meetings) == 5


def pressed(page: Any, what: str) -> dict[str, str]:
    """Return the hidden values of the form to an address that ends so."""
    form = next(x for x in re.findall(r"<form.*?</form>", page.html, re.S) if f'{what}"' in x)
    return dict(re.findall(r'name="(revision|shown)" value="([^"]*)"', form))


def test_two_organisers_change_two_meetings_of_a_round_and_both_changes_stand(desk: Desk) -> None:
    desk.one.post(desk.address + "/edit")
    first, second = (x.table_number for x in desk.latest().meetings[:2])
    at = [f"{desk.address}/rounds/1/tables/{table}" for table in (first, second)]
    pages = [desk.one.get(address) for address in at]
    for page, address in zip(pages, at, strict=True):
        done = desk.one.follow(f"{address}/lock", pressed(page, "/lock"))
        assert "The meeting is locked" in done.text
    assert sum(one.locked for one in desk.latest().meetings) == 2


def test_of_two_organisers_at_one_meeting_the_second_sees_who_sits_there_now(desk: Desk) -> None:
    desk.one.post(desk.address + "/edit")
    table = desk.latest().meetings[0].table_number
    here = f"{desk.address}/rounds/1/tables/{table}"
    page = desk.one.get(here)
    desk.one.follow(f"{here}/lock", pressed(page, "/lock"))
    names = re.search(r"<p class=\"govuk-body-l\"[^>]*>(.*?)</p>", page.html)
    assert names
    told = desk.one.follow(f"{here}/remove", pressed(page, "/remove"))
    assert "is locked. Unlock it first" in told.text
    told = desk.one.follow(f"{here}/unlock", {**pressed(page, "/lock")})
    assert f"It has {names[1]} now, locked" in told.text
    assert desk.latest().meetings[0].locked


@pytest.mark.parametrize("number", [1, 2])
def test_all_meetings_are_unlocked_unless_one_that_was_on_the_page_has_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    desk.one.post(desk.address + "/edit")
    monkeypatch.setattr(edit, "A_PAGE", 2)
    monkeypatch.setattr(edit, "pages_of", lambda count: -(-count // 2))
    shown = desk.one.get(f"{desk.address}/edit?round=1&page={number}")
    first = desk.latest().meetings[0].table_number
    names = " and ".join(seat.person.name for seat in desk.latest().meetings[0].seats)
    desk.change(f"rounds/1/tables/{first}/lock")
    told = desk.one.follow(f"{desk.address}/rounds/1/unlock", pressed(shown, "/rounds/1/unlock"))
    words = f"Somebody has changed table {first} in round 1 since you opened the page"
    assert (words in told.text, f"It has {names} now, locked" in told.text) == (number == 1, number == 1)
    locked = [one.locked for one in desk.latest().meetings if one.round_number == 1]
    assert locked == [number == 1, False, False]


def test_who_was_searched_for_is_not_given_a_seat_from_a_table_where_nobody_saw_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.one.post(desk.address + "/edit")
    monkeypatch.setattr(edit, "MOST_CHOICES", 2)
    first, second = desk.latest().meetings[:2]
    (leaves, _), (comes, _) = ([seat.person for seat in one.seats] for one in (first, second))
    here = f"{desk.address}/rounds/1/tables/{first.table_number}"
    page = desk.one.get(f"{here}?find={comes.name}")
    assert chosen_from(page.html, "comes") == [[f"{comes.name}, table {second.table_number}"]]
    choice = {**pressed(page, "/swap"), "leaves": str(leaves.id), "comes": str(comes.id)}
    free = (
        {1, 2, 3, 4} - {one.table_number for one in desk.latest().meetings if one.round_number == 1}
    ).pop()
    desk.change(f"rounds/1/tables/{second.table_number}/move", round="1", table=str(free))
    told = desk.one.follow(f"{here}/swap", choice)
    assert f"Somebody has changed table {free} in round 1 since you opened the page" in told.text
    assert {seat.person_id for seat in desk.latest().meetings[0].seats} == {
        seat.person_id for seat in first.seats
    }
    desk.change(f"rounds/1/tables/{free}/move", round="1", table=str(second.table_number))
    assert "Somebody has changed" not in desk.one.follow(f"{here}/swap", choice).text


def test_a_whole_round_is_locked_and_fixed(desk: Desk) -> None:
    desk.one.post(desk.address + "/edit")
    page = desk.change("rounds/2/lock")
    assert page.html.count(">Locked<") == 3
    assert "This round is fixed" in desk.change("rounds/2/fix").text
    assert "Round 2 is fixed: nobody is given a new meeting there" in desk.one.get(desk.plans).text
    assert "This round is fixed" not in desk.change("rounds/2/unfix").text


def test_a_published_plan_cannot_be_changed_in_place(desk: Desk) -> None:
    table = desk.latest().meetings[0].table_number
    desk.one.post(f"{desk.address}/rounds/1/tables/{table}/remove", {"revision": "1"}, status=404)
    assert desk.one.get(f"{desk.address}/edit", status=302).location.endswith(desk.latest().public_id)


def chosen_from(html: str, name: str) -> list[list[str]]:
    """Return the words of each list of this name to choose from."""
    lists = re.findall(rf'<select[^>]* name="{name}">(.*?)</select>', html, re.S)
    return [re.findall(r"<option[^>]*>([^<]*)</option>", one) for one in lists]


def test_of_many_people_and_tables_those_to_choose_are_searched_for_or_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.one.post(desk.address + "/edit")
    first = desk.latest().meetings[0]
    here = f"{desk.address}/rounds/1/tables/{first.table_number}"
    a, b = (seat.person.name for seat in first.seats)
    desk.change(f"rounds/1/tables/{first.table_number}/remove")
    monkeypatch.setattr(edit, "MOST_CHOICES", 2)
    (free,) = (one for one in ("Amara", "Ben", "Carys", "Dev", "Elin", "Farah", "Gwil") if one not in {
        seat.person.name for meeting in desk.latest().meetings if meeting.round_number == 1 for seat in meeting.seats
    } | {a, b})  # fmt: skip
    page = desk.one.get(f"{desk.address}/edit")
    assert "Find the two people for a new meeting" in page.text
    assert chosen_from(page.html, "people") == []
    assert f"{', '.join(sorted((a, b, free))[:2])} and 1 more" not in page.text, "of three, all are named"
    found = desk.one.get(f"{desk.address}/edit?find={a.lower()},{b[:3]}")
    assert chosen_from(found.html, "people") == [sorted((a, b))] * 2
    another = desk.latest().meetings[0]
    here = f"{desk.address}/rounds/{another.round_number}/tables/{another.table_number}"
    page = desk.one.get(here)
    assert chosen_from(page.html, "comes") == []
    assert re.search(r'<input[^>]* id="table" name="table" inputmode="numeric"', page.html)
    assert "Nobody who is here in this round has “zzz” in their name" in desk.one.get(f"{here}?find=zzz").text
    found = desk.one.get(f"{here}?find={free}")
    assert chosen_from(found.html, "comes") == [[f"{free}, free"]]


def test_a_round_of_many_meetings_is_shown_in_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.one.post(desk.address + "/edit")
    monkeypatch.setattr(edit, "A_PAGE", 2)
    tables = [str(one.table_number) for one in desk.latest().meetings if one.round_number == 1]
    monkeypatch.setattr(edit, "pages_of", lambda count: -(-count // 2))
    pages = [desk.one.get(f"{desk.address}/edit?round=1&page={number}").html for number in (1, 2, 9)]
    shown = [re.findall(r"mm-needs__title\">Table (\d+)<", page) for page in pages]
    assert shown == [tables[:2], tables[2:], tables[2:]]
    assert "round=1&amp;page=2" in pages[0]
