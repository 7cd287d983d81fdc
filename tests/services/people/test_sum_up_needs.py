"""What people need, in words, and what they eat, in counts and by name."""

from typing import Any

import pytest

from matchmaker.services.people.sum_up_needs import Diets, diets, needs_of
from matchmaker.store.people.comers import comers
from matchmaker.store.session import Database


def test_needs_are_in_words_and_a_diet_is_not_among_them(make: Any, sqlite: Database) -> None:
    event, other = make.event(tables=3), make.event()
    make.registration(event, make.person("Amara"), access_needs="Hearing loop\nBSL interpreter", diet="Vegan",
        quiet=True, most_meetings=1, helper="Ira Weiss")  # fmt: skip
    make.registration(event, make.person("Ben"), diet="Vegan")
    make.registration(other, make.person("Cy"), large_print=True)
    with sqlite.reading() as session:
        amara, ben = comers(session, event.id)
    assert needs_of(amara) == (
        "quiet table", "comes with Ira Weiss", "at most 1 meeting", "Hearing loop; BSL interpreter",
    )  # fmt: skip
    assert needs_of(ben) == ()


def test_everybody_with_a_diet_is_in_one_count_and_whoever_says_more_is_by_name(
    make: Any, sqlite: Database
) -> None:
    event = make.event()
    said = (
        "vegan, gluten-free",
        "Gluten free; vegan",
        "Vegan",
        "vegan\nno nuts",
        "",
        "None",
        "anything but olives",
    )
    for number, words in enumerate(said):
        make.registration(event, make.person(f"P{number}"), diet=words)
    with sqlite.reading() as session:
        found = diets(comers(session, event.id))
    assert found == Diets(
        7,
        (("gluten-free, vegan", 2), ("see the list of allergies", 1), ("vegan", 1),
         ("vegan, see the list of allergies", 1)),
        (("P3", "vegan; no nuts"), ("P6", "anything but olives")),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ticked", "words", "said"),
    [
        ("step_free", "Step-free access", ("step-free table",)),
        ("step_free", "I need step free access, please.", ("step-free table",)),
        ("step_free", "Step-free access; hearing loop", ("step-free table", "hearing loop")),
        ("step_free", "Hearing loop\nstep-free table", ("step-free table", "Hearing loop")),
        ("step_free", "Wheelchair user, by the door", ("step-free table", "Wheelchair user, by the door")),
        ("step_free", "No step-free needed", ("step-free table", "No step-free needed")),
        ("step_free", "Quiet table", ("step-free table", "Quiet table")),
        ("quiet", "quiet table please", ("quiet table",)),
        ("quiet", "A quiet room to rest", ("quiet table", "A quiet room to rest")),
        ("large_print", "Large print", ("large print",)),
        ("large_print", "I need a large table", ("large print", "I need a large table")),
        ("large_print", "A large seat. Hearing loop", ("large print", "A large seat. Hearing loop")),
        ("large_print", "print", ("large print", "print")),
        ("step_free", "A step, please", ("step-free table", "A step, please")),
        ("step_free", "Only free seating", ("step-free table", "Only free seating")),
    ],
)
def test_what_a_box_says_is_not_said_again_in_words_and_all_else_is(
    make: Any, sqlite: Database, ticked: str, words: str, said: tuple[str, ...]
) -> None:
    event = make.event(tables=3)
    make.registration(event, access_needs=words, **{ticked: True})
    with sqlite.reading() as session:
        (one,) = comers(session, event.id)
    assert needs_of(one) == said
