"""What rows are named with where a person or a command may have to say it."""

from matchmaker.store.base import new_public_id


def test_a_public_id_is_16_signs_and_begins_and_ends_with_a_letter_or_digit() -> None:
    made = [new_public_id() for _ in range(2000)]
    assert {len(one) for one in made} == {16}
    assert {sign for one in made for sign in (one[0], one[-1])} & {"-", "_"} == set()
    assert len(set(made)) == 2000
