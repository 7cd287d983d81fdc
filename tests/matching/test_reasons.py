"""What a pair's reasons say to the one of the two who reads them."""

import pytest

from matchmaker.matching.reasons import Kind, Reason, speaks_to_reader

SAYS = Reason("offers", "Soil Atlas", 0.0, mine="reading soil maps")


def shared(theirs: str, people: int = 3) -> Reason:
    return Reason("dataset", "Soil Atlas", 0.5, "curated it", theirs, people=people, strength=1.0)


def topic(strength: float) -> Reason:
    return Reason("topic", "soils", 0.1, "soils", "soils", people=5, strength=strength)


@pytest.mark.parametrize(
    ("theirs", "kind", "strength", "says_more"),
    [
        ("uses it", "topic", 0.35, False),
        ("uses it", "topic", 0.5, True),
        ("analysed it and uses it", "topic", 0.35, True),
        ("analysed it and uses it", "topic", 0.0, False),
        ("uses it", "words", 0.5, False),
        ("uses it", "words", 0.75, True),
        ("uses it", "need", 0.6, True),
    ],
)
def test_who_made_a_dataset_hears_of_a_mere_user_only_with_more_than_a_topic_of_many(
    theirs: str, kind: Kind, strength: float, says_more: bool
) -> None:
    more = Reason(kind, "peat", 0.1, "peat", "peat", strength=strength)
    assert speaks_to_reader([shared(theirs), more, SAYS]) is says_more


def test_they_do_of_one_who_is_alone_with_them_or_says_anything_of_it_or_where_they_say_nothing() -> None:
    assert speaks_to_reader([shared("uses it", people=2), topic(0.0), SAYS])
    assert speaks_to_reader([shared("uses it"), topic(0.0), Reason("asks", "Soil Atlas", 0.0, theirs="maps")])
    assert speaks_to_reader([shared("uses it"), topic(0.0)])
    assert not speaks_to_reader([shared("uses it"), topic(0.0), SAYS])
