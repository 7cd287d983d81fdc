"""Each part of the list of people is said to have as many as are in it."""

from itertools import product
from typing import Any

import pytest

from matchmaker.store.people import guest_list
from matchmaker.store.people.list_parts import ListParts, count_parts
from matchmaker.store.people.registrations import Pool, Presence, RegistrationState
from matchmaker.store.session import Database
from matchmaker.web.organisers.people.people import parts


@pytest.mark.parametrize("over", [False, True])
def test_a_part_of_the_list_has_as_many_people_as_are_found_in_it(
    database: Database, maker: Any, over: bool
) -> None:
    make = maker(database)
    here, elsewhere, empty = make.event("Here"), make.event("Elsewhere"), make.event("Empty")
    for place, (state, presence) in enumerate(product(RegistrationState, Presence)):
        for number in range(2 + place % 3):
            make.registration(
                here, state=state, presence=presence,
                pool=Pool.INSIDE if (place + number) % 4 else Pool.OUTSIDE,
                invited_at=here.created_at if (place + number) % 2 else None,
                ask_next_time=number > 0, words=20 * number,
            )  # fmt: skip
        make.registration(elsewhere, state=state, presence=presence)
    make.registration(here, make.person("Without", email=""), state=RegistrationState.INVITED)
    listed = parts(over=over)
    with database.reading() as session:
        found = count_parts(session, here.id, listed)
        assert found == {
            name: guest_list.count(session, here.id, [rule]) for name, rule in listed.rules.items()
        }
        assert all(found.values())
        assert set(count_parts(session, empty.id, listed).values()) == {0}


def test_of_those_who_are_looked_for_alone_each_part_is_counted(database: Database, maker: Any) -> None:
    make = maker(database)
    event = make.event()
    for name, presence in (("Amara", Presence.HERE), ("Amara", Presence.ABSENT), ("Ben", Presence.HERE)):
        make.registration(event, make.person(name), presence=presence)
    rules = {"here": guest_list.here(over=False), "all": guest_list.anybody()}
    with database.reading() as session:
        assert count_parts(session, event.id, ListParts(rules)) == {"here": 2, "all": 3}
        named = ListParts(rules, guest_list.named("amara"))
        assert count_parts(session, event.id, named) == {"here": 1, "all": 2}
