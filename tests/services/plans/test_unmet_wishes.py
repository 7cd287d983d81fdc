"""What a plan could not do, in sentences with names; nothing of those who no longer come."""

from matchmaker.services.plans.unmet_wishes import gave_way, unmet
from matchmaker.store.people.people import Person

PEOPLE = {1: Person(name="Ada"), 11: Person(name="Ben"), 2: Person(name="Cy")}


def test_a_wish_names_both_and_its_numbers_of_rounds_stay() -> None:
    said = {
        "unmet": [
            {
                "people": ["1", "11"],
                "because": "1 and 11 are never there in one round; 1 is there for 1 round.",
            },
            {"people": ["2", "1"], "because": "More was asked for of 2. No round is left."},
            {"people": ["1", "99"], "because": "99 left."},
        ]
    }
    found = [
        (one.names, one.because, one.places)
        for one in unmet(said, PEOPLE, [["1", "11", 3], ["1", "2", None]])
    ]
    assert found == [
        (("Ada", "Ben"), "Ada and Ben are never there in one round; 1 is there for 1 round.", 3),
        (("Cy", "Ada"), "More was asked for of Cy. No round is left.", None),
    ]


def test_what_gave_way_is_said_by_name_in_order() -> None:
    said = {
        "gave_way": [
            {"people": ["2", "1"], "because": "2 and 1 are of one organisation."},
            {"people": ["1", "11"], "because": "1 and 11 met at an earlier event."},
            {"people": ["11"], "because": "11 meets 1 people of another pool."},
            {"people": ["1", "99"], "because": "1 and 99 are of one organisation."},
        ]
    }
    assert gave_way(said, PEOPLE) == [
        "Ada and Ben met at an earlier event and meet again.",
        "Ada and Cy are of one organisation and meet.",
        "Ben meets 1 people from the other side, inside or outside.",
    ]
    assert gave_way({}, PEOPLE) == []
