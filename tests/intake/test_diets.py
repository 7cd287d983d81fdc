"""Diets in people's own words: what can be counted, and that nothing dangerous is."""

import pytest

from matchmaker.intake.diets import Diet, diet


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("Vegan", ("vegan",)), ("I am vegetarian, thank you", ("vegetarian",)), ("Végétarien", ("vegetarian",)),
        ("gluten free and dairy free", ("dairy-free", "gluten-free")), ("GF", ("gluten-free",)),
        ("Halal food only please", ("halal",)), ("kosher\nno gluten", ("gluten-free", "kosher")),
        ("Pescetarian", ("pescatarian",)), ("vegan; none", ("vegan",)),
    ],
)  # fmt: skip
def test_a_plain_diet_is_counted_and_needs_no_name(words: str, kinds: tuple[str, ...]) -> None:
    assert diet(words) == Diet(kinds, by_name=False)


@pytest.mark.parametrize(
    "words",
    ["", "None", "n/a", "No dietary requirements", "no allergies", "I eat everything", "-"],
)
def test_who_eats_everything_is_in_no_count(words: str) -> None:
    assert diet(words) == Diet()


@pytest.mark.parametrize(
    "words",
    [
        "not vegan", "vegan or vegetarian", "Nuts", "coeliac", "sometimes vegetarian", "vegetarian but eats fish",
        "no pork", "ask me", "vegan at lunch but not dinner", "allergic to gluten free flour", "mostly halal",
    ],
)  # fmt: skip
def test_whatever_else_is_said_is_read_by_name_and_never_counted(words: str) -> None:
    assert diet(words) == Diet((), by_name=True)


def test_what_is_counted_and_what_is_read_by_name_stand_side_by_side() -> None:
    assert diet("Vegetarian. Severe nut allergy") == Diet(("vegetarian",), by_name=True)
