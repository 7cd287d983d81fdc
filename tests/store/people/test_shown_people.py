"""A row of an organiser's list: each value is the one that the registration and its person have."""

from datetime import UTC, datetime, time
from typing import Any

from matchmaker.store.people import guest_list, shown_people
from matchmaker.store.people.registrations import Pool, Presence, Registration, RegistrationState
from matchmaker.store.people.shown_people import ListOrder, ShownPerson
from matchmaker.store.session import Database

NINE, TEN = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_a_row_has_each_value_of_the_registration_and_its_person(database: Database, maker: Any) -> None:
    make = maker(database)
    here, elsewhere = make.event(), make.event()
    person = make.person("Ada Byron", organisation="Analytical Engines")
    one = make.registration(
        here, person, state=RegistrationState.CONFIRMED, pool=Pool.OUTSIDE, presence=Presence.HERE, presence_at=TEN,
        invited_at=NINE, arrives=time(9, 30), leaves=time(16), away_rounds=frozenset({2, 5}), step_free=True,
        quiet=False, large_print=True, fixed_table=7,
    )  # fmt: skip
    make.registration(elsewhere, person, state=RegistrationState.DECLINED, fixed_table=3)
    make.registration(here, make.person("Zoe Adams"))
    expected = ShownPerson(
        one.public_id, person.id, "Ada Byron", "Analytical Engines", RegistrationState.CONFIRMED, Pool.OUTSIDE,
        Presence.HERE, TEN, NINE, time(9, 30), time(16), frozenset({2, 5}), True, False, True, 7, "Ada Byron",
    )  # fmt: skip
    with database.reading() as session:
        assert shown_people.of(session, session.get_one(Registration, one.id)) == expected
        found = shown_people.search(session, here.id, "", [guest_list.anybody()], 50)
        assert [row.name for row in found] == ["Zoe Adams", "Ada Byron"]
        assert found[1] == expected
        by_name = shown_people.search(session, here.id, "", [], 50, by=ListOrder.NAME)
        assert [row.name for row in by_name] == ["Ada Byron", "Zoe Adams"]
        assert shown_people.search(session, here.id, "", [], 1, 1) == [expected]


def test_two_of_whom_nothing_differs_are_called_by_a_number_beside_their_organisation(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    here, elsewhere = make.event(), make.event()
    make.registration(elsewhere, make.person("Ben Cole", organisation="Kew"))
    for name, organisation in (
        ("Ben Cole", "Kew"),
        ("Ben Cole", "Kew"),
        ("Ben Cole", "Peat"),
        ("Flo Gray", "Kew"),
    ):
        row = make.registration(here, make.person(name, organisation=organisation))
    gone = make.registration(
        here, make.person("Flo Gray", organisation="Kew"), state=RegistrationState.DECLINED
    )
    with database.reading() as session:
        found = shown_people.search(session, here.id, "", [guest_list.anybody()], 50)
        assert sorted((one.called, one.name) for one in found) == [
            ("Ben Cole", "Ben Cole"), ("Ben Cole (1)", "Ben Cole"), ("Ben Cole (2)", "Ben Cole"),
            ("Flo Gray", "Flo Gray"), ("Flo Gray", "Flo Gray"),
        ]  # fmt: skip
        (second,) = shown_people.search(session, here.id, "", [], 1, 1)
        assert second.called == "Ben Cole (2)", "whoever else is on the page"
        for one in (row, gone):
            assert shown_people.of(session, session.get_one(Registration, one.id)).called == "Flo Gray"
