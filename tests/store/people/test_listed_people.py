"""A part of an event's list, counted, with the first by name."""

from typing import Any

from matchmaker.store.people import guest_list, listed_people
from matchmaker.store.people.registrations import Registration, RegistrationState
from matchmaker.store.session import Database

S = RegistrationState


def test_each_part_of_a_list_is_counted_and_only_its_first_are_named(database: Database, maker: Any) -> None:
    make = maker(database)
    event = make.event()
    invited = [
        make.registration(event, make.person(name, organisation="Office"), state=S.INVITED)
        for name in ("Cleo", "Amara", "Ben")
    ]
    for name, state in (("Zoe", S.WAITING), ("Dan", S.DECLINED), ("Eve", S.DECLINED)):
        make.registration(event, make.person(name), state=state)
    make.registration(make.event(), make.person("Aaron of another event"), state=S.INVITED)
    rules = [
        (Registration.state == S.DECLINED, "no"),
        (Registration.state.in_((S.DECLINED, S.WAITING)), "waits"),
        (Registration.state == S.OFFERED, "nobody"),
    ]
    with database.reading() as session:
        rest, others = listed_people.parts(session, event.id, [guest_list.anybody()], rules, 2)
    assert (rest.people, [one[:2] for one in rest.first]) == (3, [("Amara", "Office"), ("Ben", "Office")])
    assert sorted(rest.signs) == sorted(f"{one.id}invited" for one in invited)
    assert {words: (one.people, [name for name, *_ in one.first]) for words, one in others.items()} == {
        "no": (2, ["Dan", "Eve"]),
        "waits": (1, ["Zoe"]),
    }
