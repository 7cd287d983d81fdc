"""Which shared datasets and met needs convince: who made it, whose work it is, and what both say of it."""

import dataclasses

import numpy as np
import pytest

from matchmaker.matching.explain import explain
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.reasons import Reason, conviction
from matchmaker.matching.scores import Weights
from matchmaker.matching.suggest import suggest
from matchmaker.matching.vectors import vectorise

HIVES = DatasetLink("hives", "Hive Inspections of Wales", "Visits to apiaries, and what ailed the bees")
NOISE = [
    Profile(f"n{number}", f"office{number}", bio=f"Timber, tables and tin{number}", topics=("Furniture",))
    for number in range(60)
]
BEES = "I open hives and write down what ails bees"


def linked(role="", use="", dataset=HIVES):
    return dataclasses.replace(dataset, role=role, use=use)


def maker(name, role="curated", bio=BEES, **more):
    return Profile(name, bio=bio, datasets=(linked(role),), **more)


def user(name, bio, *more, topics=()):
    return Profile(name, bio=bio, topics=topics, datasets=(linked(use="uses"), *more))


def between(ann, ben, *others):
    (found,) = explain(vectorise([ann, ben, *others, *NOISE]), np.array([0]), np.array([1]), Weights())
    return found


@pytest.mark.parametrize(
    ("home", "other_home", "convinces"),
    [("Bee Board", "Bee Board", False), ("Bee Board", "Honey Board", True), ("", "", True)],
)
def test_two_makers_of_one_dataset_who_work_in_one_house_need_nobody_to_tell_them(
    home, other_home, convinces
):
    ann, ben = maker("ann", organisation=home), maker("ben", "checked", "Hives", organisation=other_home)
    assert between(ann, ben).convinces is convinces


def test_where_all_are_of_one_organisation_it_says_nothing_about_who_has_met():
    noise = [dataclasses.replace(one, organisation="Bee Board") for one in NOISE]
    ann, ben = maker("ann", organisation="Bee Board"), maker("ben", "checked", organisation="Bee Board")
    (found,) = explain(vectorise([ann, ben, *noise]), np.array([0]), np.array([1]), Weights())
    assert found.convinces


def test_colleagues_who_worked_on_one_series_know_each_other():
    ann, ben = (Profile(name, "Bee Board", series=frozenset({"Bee Counts"})) for name in ("ann", "ben"))
    assert not between(ann, ben).convinces
    assert between(ann, dataclasses.replace(ben, organisation="Honey Board")).convinces


@pytest.mark.parametrize(
    ("role", "bio", "convinces"),
    [
        ("checked", BEES, True),
        ("checked", "Everything that comes in is read by me", False),
        ("built", "Everything that comes in is read by me", False),
        ("curated", "Everything that comes in is read by me", True),
        ("checked", "", True),
    ],
)
def test_who_had_a_hand_in_a_dataset_and_does_not_speak_of_it_is_no_maker_to_meet(role, bio, convinces):
    crowd = [user(f"u{number}", "Ships") for number in range(4)]
    ann = maker("ann", "collected", "Hive inspections of all Wales")
    assert between(ann, maker("ben", role, bio), *crowd).convinces is convinces


@pytest.mark.parametrize(
    ("bio", "other_topic", "makes_another", "convinces"),
    [
        ("Old letters", "Honey", False, True),
        ("Old letters", "Ships", False, False),
        ("Old letters", "Honey", True, True),
        ("Old letters about hives", "Ships", True, True),
        ("Old letters", "", False, True),
    ],
)
def test_a_maker_meets_who_works_on_such_things_and_not_who_uses_it_by_the_way(
    bio, other_topic, makes_another, convinces
):
    letters = (linked("curated", dataset=DatasetLink("letters", "Letters")),) if makes_another else ()
    topics = tuple(filter(None, [other_topic]))
    found = between(maker("ann", topics=("Honey",)), user("ben", bio, *letters, topics=topics))
    assert found.convinces is convinces


def test_what_many_use_is_everybodys_and_a_topic_in_common_does_not_make_it_somebodys_work():
    crowd = [user(f"u{number}", "Ships", topics=("Honey",)) for number in range(8)]
    ann, ben = maker("ann", topics=("Honey",)), user("ben", "Old letters", topics=("Honey",))
    assert between(ann, ben).convinces
    assert not between(ann, ben, *crowd).convinces


@pytest.mark.parametrize(
    ("bio", "other_bio", "convinces"),
    [(BEES, "Bees", True), (BEES, "Ships", False), ("Boats", "Ships", False), (BEES, "", True)],
)
def test_two_users_of_a_rare_dataset_have_a_reason_only_if_both_say_anything_of_it(bio, other_bio, convinces):
    assert between(user("ann", bio), user("ben", other_bio)).convinces is convinces


@pytest.mark.parametrize(("bio", "convinces"), [(BEES, True), ("Ships", False)])
def test_who_wants_a_dataset_meets_a_user_whose_work_it_is(bio, convinces):
    crowd = [user(f"u{number}", "Ships") for number in range(4)]
    found = between(Profile("ann", bio="Ants", datasets=(linked(use="wants"),)), user("ben", bio), *crowd)
    assert found.convinces is convinces
    assert found.reasons[0].kind == "need"


@pytest.mark.parametrize(
    ("role", "bio", "convinces"),
    [
        ("built", "A service that nobody has to e-mail", False),
        ("built", BEES, True),
        ("built", "", True),
        ("curated", "A service that nobody has to e-mail", True),
    ],
)
def test_who_is_stuck_is_not_sent_to_who_only_built_something_with_the_dataset_and_does_not_speak_of_it(
    role, bio, convinces
):
    stuck = Profile("ann", bio="Ants", datasets=(linked(use="stuck"),))
    assert between(stuck, maker("ben", role, bio)).convinces is convinces


@pytest.mark.parametrize(("bio", "convinces"), [(BEES, True), ("Ships", False)])
def test_a_topic_and_a_dataset_that_two_merely_use_are_enough_only_if_both_say_anything_of_it(bio, convinces):
    crowd = [user(f"u{number}", "Boats") for number in range(2)]
    ann, ben = (user(name, text, topics=("Honey",)) for name, text in (("ann", BEES), ("ben", bio)))
    assert between(ann, ben, *crowd).convinces is convinces


@pytest.mark.parametrize(
    ("needs", "offers", "strength"),
    [
        ("farmers' own copies of old grant letters", "forty years of grant letters, and opinions", 1.25),
        ("farmers' own copies of old grant letters", "letters about a grant, and opinions", 0.0),
        (
            "somebody who publishes method and result together",
            "screening, method and result in one file",
            1.25,
        ),
        ("the hedge line on our north side, as the agency draws it", "trees, ponds and hedge ends", 0.0),
    ],
)
def test_two_words_in_a_row_that_both_say_are_one_matter_and_one_word_of_several_is_none(
    needs, offers, strength
):
    others = [
        Profile("mat", bio="letters to the agency, with a method"),
        Profile("nat", bio="results of screening, in files"),
        Profile("pat", bio="opinions of farmers, and lines on a side"),
    ]
    found = between(Profile("ann", needs=needs), Profile("ben", offers=offers), *others)
    assert max((one.strength for one in found.reasons if one.kind == "need"), default=0.0) == strength


@pytest.mark.parametrize(
    ("role", "bio", "told"),
    [
        ("curated", "Ships", True),
        ("documented", "Ships", False),
        ("documented", BEES, True),
        ("built", "Ships", False),
    ],
)
def test_a_need_in_words_is_answered_by_whose_own_the_dataset_is_or_who_speaks_of_the_matter(role, bio, told):
    found = between(Profile("ann", needs="the story behind hive inspections"), maker("ben", role, bio))
    assert any(one.kind == "need" for one in found.reasons) is told


def test_who_names_their_own_dataset_in_what_they_need_looks_for_its_users_and_does_not_ask_about_it():
    ann = dataclasses.replace(maker("ann"), needs="an honest user of the Hive Inspections of Wales")
    keeper, reader = maker("ben", "documented"), user("cat", "Honey, and bees")
    found = suggest([ann, keeper, reader, *NOISE])["ann"]
    needs = {one.id: [reason for reason in one.reasons if reason.kind == "need"] for one in found}
    assert not needs["ben"]
    assert [(one.mine, one.theirs) for one in needs["cat"]] == [
        ("an honest user of the Hive Inspections of Wales", "Hive Inspections of Wales: uses it")
    ]
    assert not any("asks about it" in reason.mine for one in found for reason in one.reasons)


SHIPS = "Ships and harbours, and their ropes"


@pytest.mark.parametrize(
    ("offers", "needs", "others", "convinces"),
    [
        ("Lantern slides", "Ships", 1, False),
        ("Opening hives in the rain", "", 1, True),
        ("", "hives that nobody has opened", 1, True),
        ("Lantern slides", "Ships", 0, True),
    ],
)
def test_a_bare_user_of_what_one_made_is_a_card_only_if_one_says_something_of_it_or_nobody_else_has_it(
    offers, needs, others, convinces
):
    crowd = [user(f"u{number}", SHIPS) for number in range(others)]
    ann = maker("ann", bio="Everything that comes in is read by me")
    ben = dataclasses.replace(user("ben", "Visits to bees that ail"), offers=offers, needs=needs)
    assert between(ann, ben, *crowd).convinces is convinces


@pytest.mark.parametrize(("role", "convinces"), [("curated", True), ("analysed", False)])
def test_what_somebody_needs_beside_a_dataset_counts_where_the_other_has_it_and_not_where_they_are_a_user_too(
    role, convinces
):
    ann = maker("ann", role, bio="Bees, and inspections of them")
    ben = dataclasses.replace(
        user("ben", "Visits to apiaries that ail"), needs="hives that nobody has opened"
    )
    assert between(ann, ben, user("cat", SHIPS)).convinces is convinces


@pytest.mark.parametrize(("others", "listed"), [(0, True), (1, False)])
def test_who_made_what_several_use_is_not_told_of_a_user_who_says_nothing_of_it_but_is_told_to_them(
    others, listed
):
    ann = maker("ann", offers="Opening hives in the rain")
    ben = user("ben", "Visits to bees that ail")
    crowd = [user(f"u{number}", SHIPS) for number in range(others)]
    found = suggest([ann, ben, *crowd, *NOISE])
    assert ("ben" in {one.id for one in found["ann"]}) is listed
    assert "ann" in {one.id for one in found["ben"]}


def test_two_datasets_of_which_neither_is_enough_are_told_as_one():
    wasps = DatasetLink("wasps", "Wasp Nests of Wales")
    weak = [
        Reason("dataset", one.title, 0.3, "curated it", "uses it", 9, strength=0.5) for one in (HIVES, wasps)
    ]
    assert conviction(weak) == pytest.approx(0.5)
    assert conviction([weak[0], dataclasses.replace(weak[1], mine="uses it")]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("offers", "convinces"),
    [
        ("names behind the initials on land grade surveys", False),
        ("land grade surveys of the east, initials and all", True),
        ("records of land grade for every field", True),
    ],
)
def test_what_is_two_steps_from_what_is_offered_meets_no_need(offers, convinces):
    ann = Profile("ann", needs="land grade for fields that were surveyed once and never put on the web")
    assert between(ann, Profile("ben", offers=offers)).convinces is convinces
