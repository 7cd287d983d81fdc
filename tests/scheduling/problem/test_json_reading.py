"""JSON text is read key by key, and what is not there or not of its kind is refused by its field."""

from typing import Any

import pytest

from matchmaker.scheduling.problem.json_reading import (
    json_object,
    of_kind,
    only_keys,
    texts,
    whole_numbers,
)
from matchmaker.scheduling.problem.parts import ProblemError
from matchmaker.scheduling.problem.plan import PlanError


def test_an_object_is_read_with_or_without_a_byte_order_mark() -> None:
    assert json_object('\ufeff{"a": 1}', ProblemError) == json_object('{"a": 1}', ProblemError) == {"a": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: is not JSON: Expecting value."),
        ('{\n"a": 1,,\n}', "line 2: is not JSON: Expecting property name enclosed in double quotes."),
        ("[1]", "line 1: must be one JSON object, starting with {."),
        ("[" * 100_000, "line 1: is not a problem or a plan: it is nested too deeply."),
        (
            f'{{"a": {"9" * 5000}}}',
            "line 1: is not a problem or a plan: a number in it has thousands of digits.",
        ),
        (
            r'{"a": "\ud83c"}',
            r"line 1: is not a problem or a plan: \ud83c is only half of a character.",
        ),
    ],
)
def test_text_that_is_no_json_object_is_refused_by_line(text: str, message: str) -> None:
    with pytest.raises(ProblemError) as refused:
        json_object(text, ProblemError)
    assert str(refused.value) == message


def test_a_character_written_in_two_halves_is_read_as_one() -> None:
    assert json_object(r'{"a": "\ud83c\udf0a"}', ProblemError) == {"a": "\U0001f30a"}


def test_the_error_is_of_the_kind_that_was_asked_for() -> None:
    with pytest.raises(PlanError, match=r"^line 1: "):
        json_object("", PlanError)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"b": True}, "there.a: is missing."),
        ({"a": 1, "z": 2}, "there.z: is not a key that is known here; use a, b."),
        ({"a": "1"}, "there.a: must be a whole number."),
        ({"a": True}, "there.a: must be a whole number."),
        ({"a": 1, "b": 1}, "there.b: must be true or false."),
        ([1], "there: must be an object, such as {a, b}."),
    ],
)
def test_an_object_has_the_keys_that_are_known_and_all_that_are_needed(data: Any, message: str) -> None:
    with pytest.raises(ProblemError) as refused:
        only_keys("there", data, {"a": int, "b": bool}, ("a",), ProblemError)
    assert str(refused.value) == message


def test_a_key_of_the_whole_file_is_named_by_itself() -> None:
    with pytest.raises(ProblemError, match=r"^a: is missing\.$"):
        only_keys("", {}, {"a": int}, ("a",), ProblemError)


def test_several_kinds_are_named_one_after_the_other() -> None:
    of_kind("there", None, (list, type(None)), ProblemError)
    with pytest.raises(ProblemError, match=r"^there: must be a list or text\.$"):
        of_kind("there", 3, (list, str), ProblemError)


def test_a_list_holds_nothing_of_another_kind() -> None:
    assert (whole_numbers("there", [1, 2]), texts("there", ["a"])) == ([1, 2], ["a"])
    for wrong in ([1, "2"], [1, True], [1.0]):
        with pytest.raises(ProblemError, match=r"^there: must be a whole number\.$"):
            whole_numbers("there", wrong)
    with pytest.raises(ProblemError, match=r"^there: must be text\.$"):
        texts("there", ["a", 1])
