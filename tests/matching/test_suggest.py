import dataclasses
from collections import Counter
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.matching.candidates import score_pairs
from matchmaker.matching.explain import Explanations, explain
from matchmaker.matching.profile import DatasetLink, Profile, same_team
from matchmaker.matching.rules import Rules
from matchmaker.matching.scores import Weights
from matchmaker.matching.suggest import suggest
from matchmaker.matching.vectors import vectorise
from tests.tries import tries

FLOOD = DatasetLink("flood-map", "Flood Map for Planning", "Areas that may flood from rivers and the sea")
LIDAR = DatasetLink("lidar", "LIDAR Composite DTM", "Height of the ground from the air")
WOODS = DatasetLink("woods", "Ancient Woodland Inventory", "Woods that have been there since 1600")
BIRDS = DatasetLink("birds", "Wetland Bird Counts", "Monthly counts of waterbirds")


def linked(dataset, role="", use=""):
    return dataclasses.replace(dataset, role=role, use=use)


SHARED = (linked(WOODS, role="checked"),)
"""Beside another that two checked: who made one thing together may have met, who made two has enough to say."""


def ids(suggestions):
    return [one.id for one in suggestions]


def crowd(count, nearly_empty=0.0):
    """Invented people in five fields of work, the first part of them with hardly anything said.

    Two or three work with the same part of a dataset, which is a reason to meet.
    """
    fields = [
        ("river flooding and flood warnings", FLOOD),
        ("heights of the ground from the air", LIDAR),
        ("old woods and veteran trees", WOODS),
        ("wading birds on estuaries", BIRDS),
        ("soil carbon and peat depth", DatasetLink("peat", "Peat Depth Survey")),
    ]
    people = []
    for number in range(count):
        words, whole = fields[number % 5]
        part = number // 5 % -(-count // 15)
        dataset = dataclasses.replace(whole, id=f"{whole.id}-{part}", title=f"{whole.title}, part {part}")
        if number < count * nearly_empty:
            people.append(
                Profile(f"p{number}", organisation=f"org{number % 7}", bio="Analyst" if number % 3 else "")
            )
        else:
            bio = f"I work on {words}, mostly in district {number} and with tool{number % 11}."
            people.append(
                Profile(
                    f"p{number}", f"org{number % 7}", f"team{number % 31}", bio, datasets=(linked(dataset),)
                )
            )
    return people


def test_somebody_stuck_on_a_dataset_is_told_first_of_whoever_maintains_it():
    people = [
        Profile("ann", datasets=(linked(FLOOD, use="stuck"),)),
        Profile("ben", datasets=(linked(FLOOD, use="uses"),)),
        Profile("cat", datasets=(linked(FLOOD, role="maintained"),)),
        Profile("dan", datasets=(linked(LIDAR, role="maintained"),)),
    ]
    best = suggest(people)["ann"][0]
    assert best.id == "cat"
    reason = best.reasons[0]
    assert (reason.kind, reason.what, reason.asker, reason.people) == ("need", FLOOD.title, "mine", 2)
    assert (reason.mine, reason.theirs) == (f"{FLOOD.title}: is stuck on it", f"{FLOOD.title}: maintains it")


def test_the_other_reads_the_same_reason_from_the_other_side():
    people = [
        Profile("ann", needs="Somebody who can read old bird count cards"),
        Profile("ben", offers="I can read old bird count cards"),
    ]
    found = suggest(people)
    mine, theirs = found["ann"][0], found["ben"][0]
    assert mine.score == theirs.score > 0
    first, turned = mine.reasons[0], theirs.reasons[0]
    assert (first.kind, first.asker, turned.asker) == ("need", "mine", "theirs")
    assert (first.mine, first.theirs, first.share) == (turned.theirs, turned.mine, turned.share)


def test_shares_add_up_to_exactly_one_and_other_is_last():
    for suggestions in suggest(crowd(40)).values():
        for one in suggestions:
            if one.score > 0:
                assert sum(reason.share for reason in one.reasons) == pytest.approx(1, abs=1e-12)
                assert [reason.kind for reason in one.reasons].index("other") == len(one.reasons) - 1
                assert all(0 <= reason.share <= 1 for reason in one.reasons)


def test_a_topic_few_people_share_is_told_and_a_common_one_is_not():
    people = [
        Profile("ann", topics=("water", "bryophytes", "liverworts")),
        Profile("ben", topics=("water", "bryophytes", "liverworts")),
        *(Profile(f"x{number}", topics=("water",)) for number in range(20)),
    ]
    best = suggest(people)["ann"][0]
    assert best.id == "ben"
    told = [(reason.what, reason.people) for reason in best.reasons]
    assert told == [("bryophytes", 2), ("liverworts", 2), ("", 0)]


def test_each_reason_shows_both_peoples_own_words():
    people = [
        Profile("ann", bio="I like tea. I map LiDAR heights of sea walls.", topics=("Coastal change",)),
        Profile("ben", bio="Sea walls again! Nothing else.", topics=("coastal  Change",)),
    ]
    reasons = suggest(people)["ann"][0].reasons
    topic = next(reason for reason in reasons if reason.kind == "topic")
    words = next(reason for reason in reasons if reason.kind == "words")
    assert (topic.mine, topic.theirs) == ("Coastal change", "coastal Change")
    assert words.what == "sea walls"
    assert (words.mine, words.theirs) == ("I map LiDAR heights of sea walls.", "Sea walls again!")


def test_a_chance_likeness_is_never_called_a_need():
    people = [
        Profile("ann", needs="Whether ice cream counted as a direct sale, and other things of the kind"),
        Profile("ben", offers="Shad, eels and further fish that one seldom gets counted in rivers at night"),
        *crowd(30),
    ]
    for one in suggest(people)["ann"]:
        assert "need" not in [reason.kind for reason in one.reasons]


def test_a_dataset_takes_the_words_of_its_description_along():
    people = [
        Profile("ann", datasets=(linked(FLOOD, use="uses"),)),
        Profile("ben", datasets=(linked(FLOOD, use="uses"),)),
        *crowd(10),
    ]
    best = suggest(people)["ann"][0]
    assert best.id == "ben"
    assert [reason.kind for reason in best.reasons] == ["dataset", "other"]


def test_not_with_and_knows_count_whoever_said_it_and_a_team_is_never_paired():
    flood = (linked(FLOOD, role="maintained"), *SHARED)
    people = [
        Profile("ann", team="Rivers", bio="Ants", datasets=flood, not_with=frozenset({"ben"})),
        Profile("ben", team="Coast", bio="Bears", datasets=flood, knows=frozenset({"cat"})),
        Profile("cat", team="  rivers ", bio="Cats", datasets=flood),
        Profile("dan", bio="Dormice", datasets=flood, not_with=frozenset({"nobody here", "dan"})),
        Profile("eve", bio="Eels", datasets=flood),
    ]
    found = {who: set(ids(suggestions)) for who, suggestions in suggest(people).items()}
    assert found == {
        "ann": {"dan", "eve"},
        "ben": {"dan", "eve"},
        "cat": {"dan", "eve"},
        "dan": {"ann", "ben", "cat", "eve"},
        "eve": {"ann", "ben", "cat", "dan"},
    }


def test_a_team_is_one_only_within_its_organisation_or_where_that_is_not_known():
    flood = (linked(FLOOD, role="maintained"), *SHARED)
    people = [
        Profile("ann", "Cefas", "Data", "Ants", datasets=flood),
        Profile("ben", "Forest Research", "data", "Bears", datasets=flood),
        Profile("cat", " CEFAS", "DATA", "Cats", datasets=flood),
        Profile("dan", "", "Data", "Dormice", datasets=flood),
        Profile("eve", "Cefas", "", "Eels", datasets=flood),
    ]
    assert {who: set(ids(suggestions)) for who, suggestions in suggest(people).items()} == {
        "ann": {"ben", "eve"},
        "ben": {"ann", "cat", "eve"},
        "cat": {"ben", "eve"},
        "dan": {"eve"},
        "eve": {"ann", "ben", "cat", "dan"},
    }
    for a in people:
        for b in people:
            told = b.id in ids(suggest(people)[a.id])
            assert told == (a != b and not same_team(a.team, a.organisation, b.team, b.organisation))


def test_two_whom_the_same_person_thanked_have_a_reason_to_meet_and_know_that_person_already():
    people = [
        Profile("ann", endorsers=frozenset({"x"}), series=frozenset({"Countryside Survey"})),
        Profile("ben", endorsers=frozenset({"y"}), series=frozenset({"Countryside Survey", "Soil Atlas"})),
        Profile("cat", knows=frozenset({"x"}), series=frozenset({"Soil Atlas"})),
        Profile("x"),
    ]
    explained = Explanations(vectorise(people)).of([(0, 1), (0, 2), (1, 2), (1, 3)])
    told = {pair: [(r.what, r.people) for r in one.reasons] for pair, one in explained.items()}
    assert told[0, 2] == [("people you both know", 1), ("", 0)]
    assert told[0, 1] == [("Countryside Survey", 0), ("", 0)]
    assert told[1, 2] == [("Soil Atlas", 0), ("", 0)]
    assert told[1, 3] == []
    assert (
        not Rules.of(vectorise(people), strangers_only=True).allowed(np.array([0, 2]), np.array([3, 3])).any()
    )


def test_common_acquaintances_are_a_modest_reason_that_names_nobody():
    people = [
        Profile("ann", knows=frozenset({"x", "y"})),
        Profile("ben", knows=frozenset({"y", "x"})),
        Profile("cat"),
        Profile("x"),
        Profile("y"),
    ]
    first = Explanations(vectorise(people)).of([(0, 1)])[0, 1].reasons[0]
    assert (first.kind, first.people) == ("acquaintance", 2)
    assert "x" not in first.mine + first.theirs + first.what.split()[0]
    assert suggest(people)["ann"] == ()


def test_those_that_convince_are_the_same_whether_the_words_of_the_others_are_looked_for_or_not():
    vectors = vectorise(crowd(60, 0.2))
    pairs = [(a, b) for a in range(60) for b in range(a + 1, 60)]
    full = Explanations(vectors).of(pairs)
    assert Explanations(vectors).convincing(pairs) == {
        pair: one for pair, one in full.items() if one.convinces
    }
    assert 0 < sum(one.convinces for one in full.values()) < len(pairs)


@pytest.mark.parametrize("nearly_empty", [0.0, 0.3, 0.6, 1.0])
def test_whoever_has_a_reason_to_meet_somebody_is_on_a_list_and_nobody_is_on_too_many(nearly_empty):
    people = crowd(150, nearly_empty)
    found = suggest(people, top=5)
    lists = Counter(one for suggestions in found.values() for one in ids(suggestions))
    holders = Counter(person.datasets[0].id for person in people if person.datasets)
    reason = [person.id for person in people if person.datasets and holders[person.datasets[0].id] > 1]
    assert set(lists) == {who for who, suggestions in found.items() if suggestions} == set(reason)
    if reason:
        assert max(lists.values()) <= 3 * median(lists.values())


@pytest.mark.parametrize(("top", "most"), [(1, 1), (2, 3), (4, 6)])
def test_somebody_whom_everybody_needs_is_on_half_as_many_lists_again_as_a_list_is_long(top, most):
    words = ("Otter", "Badger", "Heron", "Beetle", "Moss", "Lichen", "Trout", "Eel", "Peat", "Chalk")
    needed = [DatasetLink(f"d{word}", f"{word} Survey", f"Counts of {word.lower()}") for word in words]
    everybody = [
        Profile("expert", "org", datasets=tuple(linked(one, role="maintained") for one in needed)),
        *(Profile(one.id, f"org of {one.id}", datasets=(linked(one, use="stuck"),)) for one in needed),
    ]
    found = suggest(everybody, top=top)
    assert sum("expert" in ids(suggestions) for suggestions in found.values()) == most


@pytest.mark.parametrize("top", [2, 3])
def test_short_lists_leave_nobody_out_either(top):
    found = suggest(crowd(30), top=top)
    assert {one for suggestions in found.values() for one in ids(suggestions)} == set(found)


def test_whoever_says_nothing_gets_no_card_and_is_on_nobodys_list():
    found = suggest([*crowd(30), Profile("quiet")], top=4)
    assert found["quiet"] == ()
    assert "quiet" not in {one for suggestions in found.values() for one in ids(suggestions)}


def test_one_common_topic_or_word_is_no_reason_for_a_card():
    people = [
        Profile(f"p{number}", bio=f"Towns, and street{number}", topics=("Flooding",)) for number in range(20)
    ]
    assert set(suggest(people).values()) == {()}


@pytest.mark.parametrize(("role", "convinces"), [("cleared", False), ("backed", False), ("collected", True)])
def test_who_only_let_a_dataset_through_or_paid_for_it_is_nobody_to_meet_for_using_it(role, convinces):
    people = [
        Profile("maker", datasets=(linked(FLOOD, role=role),)),
        *(Profile(f"u{number}", bio="Rivers", datasets=(linked(FLOOD, use="uses"),)) for number in range(6)),
        Profile("bystander", bio="Boats", datasets=(linked(BIRDS, use="uses"),)),
    ]
    assert all(bool(some) == convinces for who, some in suggest(people).items() if who != "bystander")


@pytest.mark.parametrize(
    ("needs", "offers", "use", "told"),
    [
        ("sea temperatures for the same rocks, back to the old surveys", "surveys of old rocks", "", False),
        (
            "sea temperatures for the same rocks, back to the old surveys",
            "sea temperatures of rocks",
            "",
            True,
        ),
        ("a dog", "walked lines of long trails, dog detours and stiles marked", "", False),
        ("wetland bird counts by month", "", "", True),
        ("", "", "stuck", False),
        ("", "", "wants", False),
    ],
)
def test_a_need_is_met_by_what_it_is_a_need_for_and_by_no_user_who_does_not_speak_of_it(
    needs, offers, use, told
):
    """Ben has what Ann asks for in words, or collected the birds; of the flood map he is a user."""
    people = [
        Profile("ann", bio="Ants", needs=needs, datasets=(linked(FLOOD, use=use),) if use else ()),
        Profile(
            "ben",
            bio="Bees",
            offers=offers,
            datasets=(*((linked(FLOOD, use="uses"),) if use else ()), linked(BIRDS, role="collected")),
        ),
        *(Profile(f"u{number}", datasets=(linked(FLOOD, use="uses"),)) for number in range(6)),
        *crowd(20),
    ]
    (pair,) = explain(vectorise(people), np.array([0]), np.array([1]), Weights())
    assert pair.convinces is told


@pytest.mark.parametrize(
    ("needs", "asked"), [("wetland bird counts", True), ("newer ones than wetland bird counts", False)]
)
def test_what_is_named_only_to_say_what_is_wanted_in_its_place_is_not_asked_for(needs, asked):
    people = [
        Profile("ann", needs=needs),
        Profile("ben", datasets=(linked(BIRDS, role="collected"),)),
        *crowd(20),
    ]
    (pair,) = explain(vectorise(people), np.array([0]), np.array([1]), Weights())
    assert [one.kind for one in pair.reasons[:1]] == ["need" if asked else "dataset"]


def test_whose_own_a_dataset_is_meets_who_uses_it_for_their_work_and_not_who_made_it_alongside():
    people = [
        Profile("owner", datasets=(linked(FLOOD, role="collected"),)),
        Profile("near", bio="Rivers that flood", datasets=(linked(FLOOD, use="uses"),)),
        Profile("far", bio="Old letters", datasets=(linked(FLOOD, use="uses"),)),
        Profile("alongside", datasets=(linked(FLOOD, role="collected"),)),
        Profile("checker", datasets=(linked(FLOOD, role="checked"),)),
    ]
    zeros = np.zeros(4, dtype=np.intp)
    found = explain(vectorise(people), zeros, np.arange(1, 5), Weights())
    assert [one.convinces for one in found] == [True, False, False, True]


@pytest.mark.parametrize(("role", "convinces"), [("cleared", False), ("maintained", True)])
def test_a_dataset_both_have_adds_nothing_to_the_need_that_it_meets(role, convinces):
    people = [
        Profile("stuck", datasets=(linked(FLOOD, use="stuck"),)),
        Profile("giver", datasets=(linked(FLOOD, role=role),)),
        *(Profile(f"u{number}", datasets=(linked(FLOOD, use="uses"),)) for number in range(6)),
    ]
    a, b = np.array([0]), np.array([1])
    (pair,) = explain(vectorise(people), a, b, Weights())
    assert {one.kind for one in pair.reasons} == {"need", "dataset", "other"}
    assert pair.convinces is convinces


def test_rights_are_a_thing_people_ask_for_though_right_is_a_word_of_talk():
    people = [
        Profile("ann", needs="publishers who got a clear answer from a rights holder"),
        Profile("ben", offers="one clear answer on derived data and third-party rights"),
        Profile("cat", offers="the right tool in the wrong hands"),
    ]
    found = suggest(people)
    assert (ids(found["ann"]), ids(found["ben"]), found["cat"]) == (["ben"], ["ann"], ())


def test_at_most_two_cards_of_a_list_rest_on_one_need():
    asker = Profile("ann", needs="Somebody who matches outfalls to sewer asset numbers")
    offers = [
        Profile(f"o{number}", bio=f"Bee{number}", offers="Matching outfalls to sewer asset numbers")
        for number in range(5)
    ]
    found = suggest([asker, *offers, *crowd(20)])
    assert len(found["ann"]) == 2
    assert {one.reasons[0].kind for one in found["ann"]} == {"need"}


def test_the_questions_of_a_list_differ():
    people = [
        Profile(f"p{number}", datasets=(linked(FLOOD, role="maintained"), *SHARED)) for number in range(8)
    ]
    for suggestions in suggest(people, top=3).values():
        asked = [one.opening for one in suggestions if one.opening]
        assert len(set(asked)) == len(asked) >= 2


@pytest.mark.parametrize(
    ("needs", "offers", "met"),
    [
        ("Outfalls matched to sewers", "We no longer match outfalls to sewers", False),
        ("Outfalls matched to sewers", "I used to match outfalls to sewers, but now I keep bees", False),
        ("Outfalls matched to sewers", "We no longer keep bees, but match outfalls to sewers", True),
        ("I don't need outfalls matched to sewers", "Matching outfalls to sewers", False),
    ],
)
def test_what_somebody_denies_is_no_offer_and_no_need(needs, offers, met):
    people = [Profile("ann", needs=needs), Profile("ben", offers=offers), *crowd(20)]
    explained = Explanations(vectorise(people)).of([(0, 1)])[0, 1]
    assert ("need" in [one.kind for one in explained.reasons]) == met


def test_a_long_offer_is_quoted_where_it_meets_the_need():
    talk = "I have been here for many years and have seen most of what there is to see in this building. "
    people = [
        Profile("ann", needs="Somebody who matches outfalls to sewer asset numbers"),
        Profile("ben", offers=talk * 3 + "I match outfalls to sewer asset numbers. " + talk * 3),
        *crowd(10),
    ]
    first = suggest(people)["ann"][0].reasons[0]
    assert first.theirs == "I match outfalls to sewer asset numbers."


def test_there_is_a_bridge_to_another_organisation_where_possible():
    people = crowd(60)
    homes = {person.id: person.organisation for person in people}
    for who, suggestions in suggest(people, top=6).items():
        bridges = [one.id for one in suggestions if one.bridge]
        assert len(bridges) == 1
        assert homes[bridges[0]] != homes[who]
        assert all(reason.strength for one in suggestions if one.bridge for reason in one.reasons[:1])


def test_nobody_is_a_bridge_where_all_are_of_one_organisation():
    people = [dataclasses.replace(person, organisation="One") for person in crowd(20)]
    assert not any(one.bridge for suggestions in suggest(people).values() for one in suggestions)


def test_lists_are_the_same_however_many_pairs_are_dealt_at_once(monkeypatch):
    wanted = suggest(crowd(20))
    assert any(one.bridge for mine in wanted.values() for one in mine)
    monkeypatch.setattr("matchmaker.matching.choose.AT_ONCE", 7)
    assert suggest(crowd(20)) == wanted


def test_near_copies_do_not_fill_a_list():
    flood = (linked(FLOOD, role="maintained"), *SHARED)
    copies = [
        Profile(f"copy{number}", bio="Flood warnings for valleys in the north", datasets=flood)
        for number in range(9)
    ]
    others = [
        Profile(f"other{number}", bio=f"Gauge {number} and bees{number}", datasets=flood)
        for number in range(9)
    ]
    reader = Profile("reader", bio="Flood warnings for valleys", datasets=flood)
    listed = ids(suggest([reader, *copies, *others], top=5)["reader"])
    assert sum(one.startswith("copy") for one in listed) == 2


def test_the_order_of_the_people_changes_no_score():
    people = crowd(30)
    pairs = [(people[one].id, people[two].id) for one in range(30) for two in range(one)]
    assert score_pairs(people, pairs) == pytest.approx(score_pairs(people[::-1], pairs), abs=1e-12)


def test_the_same_people_give_the_same_suggestions():
    assert suggest(crowd(40)) == suggest(crowd(40))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_very_small_event_is_no_error(count):
    people = [Profile(f"p{number}", datasets=(linked(FLOOD, use="uses"),)) for number in range(count)]
    assert {who: ids(suggestions) for who, suggestions in suggest(people).items()} == (
        {"p0": ["p1"], "p1": ["p0"]} if count == 2 else {f"p{number}": [] for number in range(count)}
    )


def test_everybody_in_one_team_gets_nobody():
    people = [dataclasses.replace(person, organisation="One", team="We") for person in crowd(8)]
    assert set(map(len, suggest(people).values())) == {0}


@pytest.mark.parametrize(
    "bio",
    [
        "water",
        "the and of it is",
        "R",
        "Rwy'n gweithio ar ddŵr a llifogydd yng Nghymru",
        "我研究洪水和河流数据",
        "أعمل على بيانات المياه",
        "💧💧💧",
        "\x00\x01 \ufffd",
        "<script>alert(1)</script> {{ 7*7 }} %s",
        "flood " * 20_000,
        "".join(chr(0x4E00 + number % 20_000) for number in range(100_000)),
    ],
    ids=[
        "one word",
        "stop words",
        "one letter",
        "Welsh",
        "Chinese",
        "Arabic",
        "emoji",
        "control",
        "markup",
        "long",
        "huge",
    ],
)
def test_odd_texts_are_no_error_and_two_alike_score_best(bio):
    people = [*crowd(10), Profile("odd", bio=bio, topics=(bio,)), Profile("same", bio=bio, topics=(bio,))]
    suggest(people, top=3)
    scores = score_pairs(people, [("odd", other.id) for other in people if other.id != "odd"])
    assert 0 < max(scores) == scores[-1] <= 1


def test_welsh_is_found_without_its_accents():
    people = [*crowd(10), Profile("a", bio="ansawdd dŵr"), Profile("b", bio="Ansawdd dwr afonydd")]
    scores = score_pairs(people, [("a", other.id) for other in people if other.id != "a"])
    assert 0 < max(scores) == scores[-1]


def test_two_people_with_one_id_are_refused():
    with pytest.raises(ValueError, match="same id"):
        suggest([Profile("a"), Profile("a")])


WORDS = st.lists(
    st.sampled_from(["flood", "river", "bird", "wood", "map", "data", "the", "soil"]), max_size=6
).map(" ".join)
LINKS = st.lists(
    st.builds(
        linked,
        st.sampled_from([FLOOD, LIDAR, WOODS, BIRDS]),
        role=st.sampled_from(["", "maintained", "curated", "other"]),
        use=st.sampled_from(["", "uses", "wants", "stuck"]),
    ),
    max_size=4,
).map(tuple)
SOME_IDS = st.frozensets(st.sampled_from([f"p{number}" for number in range(9)]), max_size=2)
PEOPLE = st.lists(
    st.builds(
        Profile,
        id=st.just(""),
        organisation=st.sampled_from(["", "A", "B"]),
        team=st.sampled_from(["", "", "T", "U"]),
        bio=WORDS,
        topics=st.lists(WORDS, max_size=3).map(tuple),
        offers=WORDS,
        needs=WORDS,
        datasets=LINKS,
        not_with=SOME_IDS,
        knows=SOME_IDS,
    ),
    max_size=9,
).map(lambda people: [dataclasses.replace(person, id=f"p{number}") for number, person in enumerate(people)])


@tries(60)
@given(PEOPLE, st.integers(1, 5))
def test_whatever_people_say_the_rules_hold(people, top):
    found = suggest(people, top=top)
    profile = {person.id: person for person in people}
    assert list(found) == [person.id for person in people]
    for who, suggestions in found.items():
        me = profile[who]
        listed = ids(suggestions)
        assert len(set(listed)) == len(listed) <= top
        allowed = {
            other.id
            for other in people
            if other.id != who
            and other.id not in me.not_with | me.knows
            and who not in other.not_with | other.knows
            and not same_team(me.team, me.organisation, other.team, other.organisation)
        }
        assert set(listed) <= allowed
        assert [one.score for one in suggestions] == sorted((one.score for one in suggestions), reverse=True)
        for one in suggestions:
            assert 0 <= one.score <= 1
            assert sum(reason.strength for reason in one.reasons) >= 1 - 1e-9
            assert sum(reason.share for reason in one.reasons) == pytest.approx(1, abs=1e-12)
