"""Finding people by a part of a name, as somebody at the desk types it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.services.people.find_people import best_first, matches, names


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("  ", True),
        ("OZTURK", True),
        ("türk zey", True),
        ("defra zeynep", True),
        ("zeynep smith", False),
        ("zeynepo", False),
    ],
)
def test_every_word_is_somewhere_in_any_order_case_and_accent(query: str, found: bool) -> None:
    assert matches(query, "Zeynep Öztürk", "Defra") is found


@given(st.text(), st.text())
def test_more_words_never_find_more(query: str, name: str) -> None:
    assert matches(query, name) or not matches(f"{query} x", name)


@pytest.mark.parametrize(
    ("query", "found"),
    [("ma", False), ("jo", True), ("jo ma", True), ("office", False), ("office br", True), ("", True)],
)
def test_an_organisation_alone_is_not_a_name(query: str, found: bool) -> None:
    assert names(query, "Jo Brown", "Marine Office") is found


def test_a_word_that_starts_so_comes_first_then_by_surname() -> None:
    people = ["Nora Amann", "Ann Zulu", "Jo Bannister", "Anna Young", "Åse Ann"]
    assert sorted(people, key=lambda name: best_first("ann", name)) == [
        "Åse Ann", "Anna Young", "Ann Zulu", "Nora Amann", "Jo Bannister",
    ]  # fmt: skip
    assert sorted(people, key=lambda name: best_first("", name)) == [
        "Nora Amann", "Åse Ann", "Jo Bannister", "Anna Young", "Ann Zulu",
    ]  # fmt: skip
