"""Whatever a profile holds: a list or an empty one, never an error, and the same in every process."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.refresh import refresh
from matchmaker.matching.standing_lists import StandingLists
from matchmaker.matching.suggest import suggest
from matchmaker.matching.updating import with_profile
from matchmaker.matching.vectors import vectorise

NASTY = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            " \u200b\u00a0 ",
            "İIıß ﬁ ﬃ Dž",
            "a\u0301\u0301\u0301 e\u0300",
            "\u202eright to left\u202c",
            "Z\u0335\u0322\u0325a\u0337l\u0336g\u0338o",
            "- - - ... ,,, ;;; ((( ]]]",
            "x: uses it",
            ": maintains it",
            "{} {0} %s %(a)s $x `y` ${z}",
            "<b>bold</b> & \"quoted\" 'single'",
            "'; DROP TABLE person; --",
            "sea walls " * 2500,
            "walls/sea-walls–sea’walls",  # noqa: RUF001 - as typed
            "Llifogydd, dŵr a ffermydd yng Nghymru",
            "洪水 数据 河流",
            "بيانات الفيضانات",
            "𝕊𝕖𝕒 𝕨𝕒𝕝𝕝𝕤",
            "١٢٣ ２０２４ ½ ²",
        ]
    ),
)
LINK = st.builds(
    DatasetLink,
    id=st.sampled_from(["d1", "d2", "d3", "\n"]),
    title=NASTY,
    description=NASTY,
    tags=st.lists(NASTY, max_size=2).map(tuple),
    role=st.sampled_from(["", "maintained", "other"]),
    use=st.sampled_from(["", "uses", "wants", "stuck"]),
)
PROFILES = st.lists(
    st.builds(
        Profile,
        id=st.uuids().map(str),
        organisation=NASTY,
        team=NASTY,
        bio=NASTY,
        topics=st.lists(NASTY, max_size=3).map(tuple),
        offers=NASTY,
        needs=NASTY,
        datasets=st.lists(LINK, max_size=3).map(tuple),
        series=st.frozensets(NASTY, max_size=2),
    ),
    min_size=2,
    max_size=6,
    unique_by=lambda person: person.id,
)


def fine(suggestions):
    for one in suggestions:
        assert 0 <= one.score <= 1
        assert one.opening == "" or one.opening.endswith("?")
        assert not one.reasons or sum(reason.share for reason in one.reasons) == pytest.approx(1, abs=1e-12)
        for reason in one.reasons:
            assert 0 <= reason.share <= 1
            assert reason.kind == "other" or reason.what or reason.kind == "semantic"


@settings(max_examples=20)
@given(PROFILES)
def test_no_text_whatever_breaks_a_list_or_a_refresh(people):
    found = suggest(people, top=3)
    assert list(found) == [person.id for person in people]
    for suggestions in found.values():
        fine(suggestions)
    vectors = with_profile(vectorise(people[1:]), people[0])
    change = refresh(vectors, people[0].id, StandingLists.of_lists(vectors.position, found), top=3)
    fine(change.own)
    fine(change.joins.values())


def test_thousands_of_datasets_of_one_person_are_no_matter():
    many = tuple(DatasetLink(f"d{n}", f"Survey {n} of moss bog {n % 97}", use="uses") for n in range(1200))
    people = [
        Profile("ann", datasets=many),
        Profile("ben", datasets=(DatasetLink("d7", "Survey 7 of moss bog 7", role="maintained"),)),
        Profile("cat", datasets=many[::-1]),
        Profile("dan", bio="Bees and hedgerows in the north"),
    ]
    found = suggest(people, top=3)
    assert {one.id for one in found["ben"]} == {"ann", "cat"}
    for suggestions in found.values():
        fine(suggestions)


def test_identical_profiles_are_a_list_in_which_everybody_is_somewhere():
    needs, offers = "Help with flood warnings for river valleys", "Flood warnings for river valleys"
    people = [Profile(f"p{n}", needs=needs, offers=offers) for n in range(12)]
    found = suggest(people, top=4)
    assert {len(suggestions) for suggestions in found.values()} == {2}
    assert {one.id for suggestions in found.values() for one in suggestions} == set(found)
    assert len({round(one.score, 12) for suggestions in found.values() for one in suggestions}) == 1


PROGRAM = """
import json
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.suggest import suggest
words = "peat rivers bees soil woods coast air noise eels otters".split()
people = [
    Profile(
        f"p{n}", f"org{n % 3}", f"team{n % 7}", f"I study {words[n % 10]} and {words[n * 7 % 9]} by night",
        (words[n % 4], words[n % 5]), f"{words[n % 6]} maps", f"maps of {words[n % 7]}",
        (DatasetLink(f"d{n % 5}", f"Atlas of {words[n % 5]}", use="stuck" if n % 4 else "uses"),),
        frozenset({f"p{n + 1}"}), frozenset({f"p{n + 2}", "x", "y"}), frozenset({f"e{n % 2}", "f"}),
        frozenset(words[:2]),
    )
    for n in range(30)
]
found = suggest(people)
print(json.dumps({who: [(one.score.hex(), repr(one)) for one in some] for who, some in found.items()}))
"""


def test_scores_reasons_and_lists_are_the_same_in_every_process():
    answers = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "12345")
    ]
    assert len(json.loads(answers[0])) == 30
    assert answers[0] == answers[1]


@pytest.mark.parametrize("empty", [Profile("e"), Profile("e", bio=" "), Profile("e", bio="the and of")])
def test_an_empty_profile_is_told_to_say_more_and_gets_no_card_without_a_reason(empty):
    found = suggest([empty, *(Profile(f"p{n}", bio=f"Bees and hedgerow {n}") for n in range(4))], top=2)
    assert empty.is_sparse
    assert found["e"] == ()
