"""The organisers' list of people: finding, adding, changing; and pairs to keep apart."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from typing import Any

import pytest
from sqlalchemy import event as sql
from sqlalchemy import select

from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.event.events import Event
from matchmaker.store.jobs import Job
from matchmaker.store.people import exclusions, registrations
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Pool, Presence, Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions import suggestions
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion

Open = Callable[..., Any]
LONG = "I look after the archive of river levels, and I would like it to be used more widely."


@pytest.fixture
def event(make: Any) -> Event:
    made: Event = make.event("The day", tables=4)
    other = make.event("Another day", tables=9)
    make.registration(other, make.person("Noise Nora"))
    return made


@pytest.fixture
def olga(event: Event, make: Any) -> Person:
    person: Person = make.organiser(event, make.person("Olga Organiser"))
    return person


@pytest.fixture
def organiser(olga: Person, browser: Open) -> Any:
    return browser(olga)


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Count the statements of the block."""
    seen: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            seen.append(statement)

    sql.listen(database.engine, "before_cursor_execute", note)
    yield seen
    sql.remove(database.engine, "before_cursor_execute", note)


def at(event: Event, *parts: str) -> str:
    return "/".join([f"/organise/{event.public_id}", *parts])


def names(page: Any) -> list[str]:
    return re.findall(r'<a class="govuk-link" href="[^"]*/people/[^"?]+" dir="auto">([^<]+)</a>', page.html)


def row(sqlite: Database, registration: Registration) -> Registration:
    with sqlite.reading() as session:
        (found,) = [
            one for one in registrations.at_event(session, registration.event_id) if one.id == registration.id
        ]
        return found


def typed(registration: Registration, **changed: Any) -> dict[str, Any]:
    """What the page of a person holds, with some of it changed."""
    person = registration.person
    return {
        "name": person.name,
        "organisation": person.organisation,
        "job_title": person.job_title,
        "emails": "\n".join(one.email for one in person.addresses),
        "pool": "",
        **changed,
    }


def test_the_list_says_who_is_coming_and_how_much_is_known(organiser: Any, event: Event, make: Any) -> None:
    amara = make.registration(event, make.person("Amara Okafor", organisation="Defra"), bio=LONG)
    make.registration(event, make.person("Ben Price"), state=RegistrationState.INVITED, pool=Pool.OUTSIDE)
    make.registration(event, make.person("Cleo Quiet"), state=RegistrationState.CANCELLED)
    page = organiser.get(at(event, "people"))
    assert names(page) == ["Amara Okafor", "Ben Price"]
    assert "Amara Okafor Defra Inside Coming Enough" in page.text
    assert re.search(r"Ben Price Office \d+ Outside Not invited yet Nearly empty", page.text)
    assert "Everybody who has not said no (2)" in page.text
    assert "Noise Nora" not in page.text
    assert names(organiser.get(at(event, "people?show=all"))) == ["Amara Okafor", "Ben Price", "Cleo Quiet"]
    assert amara.person.email not in page.html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ozt", ["Zeynep Öztürk"]),
        ("ÖZTÜRK zey", ["Zeynep Öztürk"]),
        ("wyn", ["Ŵyn Søndergård"]),
        ("sonder", ["Ŵyn Søndergård"]),
        ("forestry", ["Zeynep Öztürk"]),
        ("nobody", []),
        ("  ", ["Zeynep Öztürk", "Ŵyn Søndergård"]),
        ("'; DROP TABLE", []),
    ],
)
def test_any_part_of_a_name_finds_it(
    query: str, found: list[str], organiser: Any, event: Event, make: Any
) -> None:
    make.registration(event, make.person("Zeynep Öztürk", organisation="Forestry Commission"))
    make.registration(event, make.person("Ŵyn Søndergård"))
    assert names(organiser.get(at(event, "people"), query_string={"q": query})) == found


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("coming", ["Asked", "Cleo", "Invited", "Somebody"]),
        ("confirmed", ["Cleo", "Somebody"]),
        ("no-answer", ["Asked"]),
        ("not-invited", []),  # whoever is marked as not here is asked no more
        ("nearly-empty", ["Asked", "Cleo", "Invited"]),
        ("no-address", ["Cleo"]),
        ("inside", ["Asked", "Invited", "Somebody"]),
        ("outside", ["Cleo"]),
        ("absent", ["Invited"]),
        ("out", ["Declined"]),
        ("all", ["Asked", "Cleo", "Declined", "Invited", "Somebody"]),
        ("nonsense", ["Asked", "Cleo", "Invited", "Somebody"]),
    ],
)
def test_every_part_of_the_list_has_its_people(
    show: str, found: list[str], organiser: Any, event: Event, make: Any
) -> None:
    then = datetime(2027, 1, 1, tzinfo=UTC)
    make.registration(event, make.person("Somebody"), bio=LONG)
    make.registration(event, make.person("Asked"), state=RegistrationState.INVITED, invited_at=then)
    make.registration(
        event,
        make.person("Invited"),
        state=RegistrationState.INVITED,
        presence=Presence.ABSENT,
        presence_at=then,
    )
    make.registration(event, make.person("Cleo", email=""), pool=Pool.OUTSIDE)
    make.registration(event, make.person("Declined"), state=RegistrationState.DECLINED)
    assert names(organiser.get(at(event, f"people?show={show}"))) == found


def test_whom_to_chase_can_be_written_to(organiser: Any, event: Event, make: Any) -> None:
    make.registration(event, make.person("Empty Ed", "ed@inside.example"))
    make.registration(event, make.person("No Mail", email=""))
    make.registration(event, make.person("Full Fay", "fay@inside.example"), bio=LONG)
    words = organiser.get(at(event, "people?show=nearly-empty")).text
    assert "Copy 1 address to write to them" in words
    assert "ed@inside.example" in words
    assert "fay@inside.example" not in words


def test_a_topic_or_a_dataset_is_enough_of_a_profile(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    user, topical, made = (
        make.registration(event, make.person(name)) for name in ("User", "Topical", "Maker")
    )
    make.registration(event, make.person("Empty"))
    make.add(Use(person_id=user.person_id, dataset_id=make.dataset().id, kind=UseKind.STUCK))
    make.contribution(made.person, make.dataset())
    with sqlite.writing() as session:
        found = session.get_one(Registration, topical.id)
        found.topics.append(Topic(name="Rivers", key="rivers"))
    assert names(organiser.get(at(event, "people?show=nearly-empty"))) == ["Empty"]


def test_the_list_asks_the_database_as_often_for_three_people_as_for_one(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    make.registration(event)
    with counted(sqlite) as for_one:
        organiser.get(at(event, "people"))
    make.registration(event, make.person(), bio=LONG)
    make.contribution(make.registration(event).person, make.dataset())
    with counted(sqlite) as for_three:
        organiser.get(at(event, "people"))
    assert len(for_one) == len(for_three) <= 12


def test_somebody_is_added_as_invited_and_nothing_is_sent(
    organiser: Any, event: Event, sqlite: Database
) -> None:
    page = organiser.follow(
        at(event, "people", "add"),
        {
            "name": " Amara Okafor ",
            "email": "Amara@Inside.example",
            "organisation": "Defra",
            "job_title": "Hydrologist",
            "team": "Rivers",
        },
    )
    assert "Amara Okafor is on the list" in page.text
    with sqlite.reading() as session:
        (one,) = registrations.at_event(session, event.id)
        assert (one.person.name, one.person.email, one.person.organisation) == (
            "Amara Okafor", "amara@inside.example", "Defra",
        )  # fmt: skip
        assert (one.person.job_title, one.team, one.pool) == ("Hydrologist", "Rivers", Pool.INSIDE)
        assert (one.state, one.invited_at) == (RegistrationState.INVITED, None)


def test_somebody_known_from_another_event_stays_who_they_are(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    known = make.person("Amara Okafor", "amara@elsewhere.example", organisation="Defra")
    organiser.follow(at(event, "people", "add"), {"name": "A Okafor", "email": "AMARA@elsewhere.example"})
    with sqlite.reading() as session:
        (one,) = registrations.at_event(session, event.id)
        assert (one.person_id, one.person.name, one.pool) == (known.id, "Amara Okafor", Pool.OUTSIDE)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ({"name": "", "email": "a@b.example"}, "Enter the person’s name"),
        ({"name": "Amara", "email": "amara at defra"}, "amara at defra is not an email address"),
        (
            {"name": "Amara", "email": "BEN@inside.example"},
            "Ben Price is on the list with this address already",
        ),
        ({"name": "ben price", "organisation": "DEFRA"}, "Ben Price of Defra is on the list already"),
        ({"name": "Élise Óg", "organisation": "Ŵy Trust"}, "Élise Óg of Ŵy Trust is on the list already"),
        ({"name": "ELISE OG", "organisation": "wy trust"}, "Élise Óg of Ŵy Trust is on the list already"),
    ],
)
def test_somebody_who_cannot_be_added_is_explained_and_nothing_typed_is_lost(
    new: dict[str, str], words: str, organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    make.registration(event, make.person("Ben Price", "ben@inside.example", organisation="Defra"))
    make.registration(event, make.person("Élise Óg", organisation="Ŵy Trust"))
    make.registration(make.event(), make.person("Amara"))
    page = organiser.post(at(event, "people", "add"), {"job_title": "Keeper of words", **new}, status=422)
    assert words in page.text
    assert "Keeper of words" in page.html
    with sqlite.reading() as session:
        assert len(registrations.at_event(session, event.id)) == 2


def test_sending_the_same_person_twice_adds_one(organiser: Any, event: Event, sqlite: Database) -> None:
    for new in ({"name": "Amara", "email": "a@inside.example"}, {"name": "Ben", "organisation": "Defra"}):
        organiser.post(at(event, "people", "add"), new)
        organiser.post(at(event, "people", "add"), new, status=422)
    with sqlite.reading() as session:
        assert [one.person.name for one in registrations.at_event(session, event.id)] == ["Amara", "Ben"]


def test_a_namesake_without_an_address_can_be_added_on_purpose(
    organiser: Any, event: Event, sqlite: Database
) -> None:
    ben = {"name": "Ben", "organisation": "Defra"}
    organiser.post(at(event, "people", "add"), ben)
    organiser.post(at(event, "people", "add"), {**ben, "somebody_else": "y"})
    with sqlite.reading() as session:
        assert len(registrations.at_event(session, event.id)) == 2


def test_everything_about_a_person_can_be_changed(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    one = make.registration(event, make.person("Ben Price", "ben@inside.example"))
    bystander = make.registration(event, make.person("Bystander"))
    organiser.follow(
        at(event, "people", one.public_id),
        typed(
            one, name="Benedict Price", organisation="EA", job_title="Modeller",
            emails="new@ea.example\n BEN@inside.example", team="Floods", bio="Models", offers="Maps",
            needs="Levels", arrives="10am", leaves="3pm", step_free="y", quiet="y", fixed_table="3",
            large_print="y", trio_ok="y", pool="outside", pool_reason="contractor", most_meetings="4",
            meetings_in_a_row="2", helper="Ira Weiss", access_needs="Hearing loop", diet="No nuts",
        ),
    )  # fmt: skip
    now = row(sqlite, one)
    assert (now.person.name, now.person.organisation, now.person.job_title) == (
        "Benedict Price",
        "EA",
        "Modeller",
    )
    assert [address.email for address in now.person.addresses] == ["new@ea.example", "ben@inside.example"]
    assert (now.team, now.bio, now.offers, now.needs) == ("Floods", "Models", "Maps", "Levels")
    assert (now.arrives, now.leaves) == (time(10), time(15))
    assert (now.most_meetings, now.meetings_in_a_row, now.helper) == (4, 2, "Ira Weiss")
    assert (now.access_needs, now.diet) == ("Hearing loop", "No nuts")
    assert (now.step_free, now.quiet, now.fixed_table, now.large_print, now.trio_ok) == (
        True,
        True,
        3,
        True,
        True,
    )
    assert (now.pool, now.pool_reason) == (Pool.OUTSIDE, "contractor")
    assert now.state is RegistrationState.CONFIRMED
    untouched = row(sqlite, bystander)
    assert (untouched.team, untouched.fixed_table, untouched.person.name) == ("", None, "Bystander")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": ""}, "Enter the person’s name"),
        ({"emails": "not an address"}, "not is not an email address"),
        ({"emails": "taken@inside.example"}, "taken@inside.example is the address of Taken Tom"),
        ({"fixed_table": "9"}, "There is no table 9 in the hall"),
        ({"arrives": "3pm", "leaves": "10am"}, "They must leave later than they arrive"),
        ({"pool": "inside"}, "Say why you set it by hand"),
    ],
)
def test_a_slip_about_a_person_is_named_and_changes_nothing(
    changed: dict[str, str], words: str, organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    make.person("Taken Tom", "taken@inside.example")
    one = make.registration(event, make.person("Ben Price", "ben@inside.example"))
    page = organiser.post(
        at(event, "people", one.public_id), typed(one, team="New team", **changed), status=422
    )
    assert words in page.text
    assert "New team" in page.html
    now = row(sqlite, one)
    assert (now.team, now.person.name, now.person.email) == ("", "Ben Price", "ben@inside.example")


def test_an_address_that_is_taken_away_signs_its_owner_out(
    organiser: Any, event: Event, make: Any, browser: Open, sqlite: Database
) -> None:
    one = make.registration(event, make.person("Ben Price", "ben@inside.example"))
    ben = browser(one.person)
    ben.get(f"/events/{event.public_id}/")
    organiser.post(at(event, "people", one.public_id), typed(one, emails="new@inside.example"))
    assert "/sign-in" in ben.get(f"/events/{event.public_id}/", status=302).location
    assert row(sqlite, one).person.email == "new@inside.example"


def test_an_organiser_of_another_event_keeps_their_own_addresses(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    boss = make.person("Boss", "boss@inside.example")
    make.organiser(make.event("A secret event"), boss)
    one = make.registration(event, boss)
    assert "boss@inside.example" not in organiser.get(at(event, "people", one.public_id)).html
    organiser.follow(at(event, "people", one.public_id), typed(one, emails="mine@evil.example", team="Top"))
    now = row(sqlite, one)
    assert ([address.email for address in now.person.addresses], now.team) == (["boss@inside.example"], "Top")


def test_the_page_offers_the_moves_there_are_and_no_other(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    one, bystander = make.registration(event, state=RegistrationState.WAITING), make.registration(event)
    where = at(event, "people", one.public_id)
    offered = re.findall(r'name="state" value="([a-z]+)"', organiser.get(where).html)
    assert offered == ["confirmed", "declined", "cancelled"]
    organiser.post(f"{where}/state", {"state": "offered"}, status=400)
    assert "waiting" in organiser.get(where).text.lower()
    organiser.follow(f"{where}/state", {"state": "confirmed"})
    refused = organiser.follow(f"{where}/state", {"state": "waiting"})
    assert "Their registration has changed since you opened the page" in refused.text
    assert row(sqlite, one).state is RegistrationState.CONFIRMED
    assert row(sqlite, bystander).state is RegistrationState.CONFIRMED


def test_cancelling_takes_somebody_off_every_list_at_once_and_twice_is_once(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    one, other, third = (make.registration(event) for _ in range(3))
    pairs = [(one, other), (other, one), (other, third)]
    make.add(
        *[
            Suggestion(event_id=event.id, person_id=a.person_id, other_id=b.person_id, position=1, score=0.5)
            for a, b in pairs
        ]
    )
    for _ in range(2):
        organiser.follow(at(event, "people", one.public_id, "state"), {"state": "cancelled"})
    with sqlite.reading() as session:
        theirs = suggestions.for_person(session, event.id, other.person_id)
        assert one.person_id not in {kept.other_id for kept in theirs}
        assert len(session.scalars(select(Job).where(Job.kind == "refresh")).all()) == 1


def test_a_state_that_does_not_exist_is_a_bad_request(organiser: Any, event: Event, make: Any) -> None:
    one = make.registration(event)
    organiser.post(at(event, "people", one.public_id, "state"), {"state": "vip"}, status=400)


def test_somebody_at_another_event_is_not_found(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    elsewhere = make.registration(make.event())
    organiser.get(at(event, "people", elsewhere.public_id), status=404)
    organiser.post(at(event, "people", elsewhere.public_id), typed(elsewhere, name="Mine now"), status=404)
    organiser.post(at(event, "people", elsewhere.public_id, "state"), {"state": "cancelled"}, status=404)
    now = row(sqlite, elsewhere)
    assert (now.person.name, now.state) == (elsewhere.person.name, RegistrationState.CONFIRMED)


def test_a_pair_is_kept_apart_and_allowed_again(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    one, other = make.registration(event, make.person("Amara")), make.registration(event, make.person("Ben"))
    pair = {"one": other.public_id, "other": one.public_id, "reason": "line manager"}
    page = organiser.follow(at(event, "exclusions"), pair)
    assert "Amara and Ben line manager" in page.text
    organiser.follow(at(event, "exclusions"), {**pair, "one": one.public_id, "other": other.public_id})
    with sqlite.reading() as session:
        (kept,) = session.scalars(select(Exclusion))
        assert {kept.a_id, kept.b_id} == {one.person_id, other.person_id}
    organiser.follow(at(event, "exclusions", kept.public_id, "remove"), {})
    organiser.post(at(event, "exclusions", kept.public_id, "remove"), {}, status=404)
    with sqlite.reading() as session:
        assert exclusions.count(session, event.id) == 0


@pytest.mark.parametrize(
    ("who", "words"), [("same", "Choose two different people"), ("", "Choose the second person")]
)
def test_a_pair_that_is_none_is_refused(
    who: str, words: str, organiser: Any, event: Event, make: Any
) -> None:
    one = make.registration(event)
    make.registration(event)
    other = one.public_id if who else ""
    page = organiser.post(at(event, "exclusions"), {"one": one.public_id, "other": other}, status=422)
    assert words in page.text


def test_somebody_of_another_event_cannot_be_chosen(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    one, elsewhere = make.registration(event), make.registration(make.event())
    organiser.post(at(event, "exclusions"), {"one": one.public_id, "other": elsewhere.public_id}, status=422)
    with sqlite.reading() as session:
        assert exclusions.count(session, event.id) == 0


def test_what_people_say_in_private_is_on_no_page_of_the_organisers(
    organiser: Any, event: Event, make: Any
) -> None:
    one, other = make.registration(event, make.person("Amara")), make.registration(event, make.person("Ben"))
    pages = [
        at(event, "exclusions"),
        at(event, "people"),
        at(event, "people", one.public_id),
        at(event, "desk"),
        at(event),
    ]

    def words() -> list[str]:
        return [organiser.get(page).text for page in pages]

    before = words()
    make.answer(event, one.person, other.person, AnswerKind.BLOCK)
    make.answer(event, other.person, one.person, AnswerKind.NOT_FOR_ME)
    assert words() == before


def test_what_other_events_rely_on_is_not_changed_by_an_organiser_of_one(
    browser: Any, make: Any, sqlite: Any
) -> None:
    mine, foreign = make.event(), make.event()
    person = make.person("Ada", "ada@inside.example", organisation="Water Office")
    make.registration(foreign, person=person)
    registration = make.registration(mine, person=person)
    one, address = (
        browser(make.organiser(mine)),
        f"/organise/{mine.public_id}/people/{registration.public_id}",
    )
    assert "at an event that you do not organise" in one.get(address).text
    changed = {
        "name": "Eve",
        "organisation": "X",
        "job_title": "X",
        "emails": "eve@x.example",
        "team": "Maps",
    }
    one.post(address, {**changed, "pool": ""})
    with sqlite.reading() as session:
        row = session.get_one(Registration, registration.id)
        assert (row.person.name, row.person.organisation, row.person.email, row.team) == (
            "Ada", "Water Office", "ada@inside.example", "Maps",
        )  # fmt: skip


def test_people_stand_by_surname_and_by_first_name_where_asked(
    organiser: Any, event: Event, make: Any
) -> None:
    for name in ("Zoë Ash", "Ann Okafor", "Ben van der Berg"):
        make.registration(event, make.person(name))
    make.registration(make.event(), make.person("Noise Nora"))
    assert names(organiser.get(at(event, "people"))) == ["Zoë Ash", "Ann Okafor", "Ben van der Berg"]
    assert names(organiser.get(at(event, "people?by=name"))) == ["Ann Okafor", "Ben van der Berg", "Zoë Ash"]


def test_a_changed_name_stands_at_its_new_place(
    organiser: Any, event: Event, make: Any, sqlite: Database
) -> None:
    first, _ = (make.registration(event, make.person(name)) for name in ("Zoë Ash", "Ben Berg"))
    with sqlite.writing() as session:
        session.get_one(Registration, first.id).person.name = "Zoë Carr"
    assert names(organiser.get(at(event, "people"))) == ["Ben Berg", "Zoë Carr"]
