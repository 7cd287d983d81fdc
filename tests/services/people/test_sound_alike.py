"""A name typed with a slip, or as it was heard, leads to who may be meant."""

from typing import Any

import pytest

from matchmaker.services.people.sound_alike import alike
from matchmaker.store.session import Database


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Kathryn", ["Catherine McLeod"]),
        ("macleod", ["Catherine McLeod"]),
        ("Okafro", ["Amara Okafor"]),
        ("amara okafro", ["Amara Okafor"]),
        ("rmara", ["Amara Okafor"]),
        ("catherine mjleod", ["Catherine McLeod"]),
        ("Co", []),
        ("Smith", []),
        ("", []),
    ],
)
def test_names_that_sound_or_are_spelt_alike_are_offered_from_this_event_alone(
    database: Database, maker: Any, query: str, expected: list[str]
) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    for name in ("Catherine McLeod", "Amara Okafor", "Bo Li"):
        make.registration(event, make.person(name))
    make.registration(other, make.person("Kathryn Okafro"))
    with database.reading() as session:
        assert alike(session, event.id, query) == expected
