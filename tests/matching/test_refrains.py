"""What many say word for word is nobody's need or offer."""

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.matching.profile import Profile
from matchmaker.matching.refrains import Clauses, without
from matchmaker.matching.suggest import suggest

FIELDS = st.lists(
    st.sampled_from(["", "Ask me about any of it", "I am new to all of this, as ever"]),
    min_size=2,
    max_size=2,
)

TALK = "We inherited the whole archive from a colleague, who has retired"


def refrains(people):
    return Clauses.of(people).refrains()


def test_a_refrain_is_what_more_than_three_people_say_in_more_than_one_field():
    clause = "we inherited the whole archive from a colleague"
    whole = f"{clause} who has retired"
    said = [[TALK, ""], ["", TALK.upper()], [f"{TALK}!", ""], [f"Honestly: {TALK}; peat", ""]]
    assert refrains(said[:3]) == frozenset()
    assert refrains(said) == {clause}
    assert refrains([*said[:3], [TALK, ""]]) == {whole, clause}
    assert refrains([[TALK, ""]] * 9) == frozenset()
    assert refrains([["Peat and tides", "Peat and tides"]] * 9) == frozenset()


@given(st.lists(FIELDS, min_size=4, max_size=9), FIELDS)
def test_refrains_are_the_same_whether_one_person_is_counted_anew_or_everybody_is(people, now):
    changed = Clauses.of(people).with_other(people[0], now)
    assert changed.refrains() == refrains([now, *people[1:]])
    assert changed.with_other(now, people[0]).refrains() == refrains(people)


def test_the_rest_of_a_text_is_left_as_it_stands():
    known = refrains([[TALK, TALK]] * 4)
    assert without(f"{TALK}. Old peat cores", known) == " Old peat cores"
    assert without("Old peat cores", known) == "Old peat cores"
    assert without("Old peat cores", frozenset()) == "Old peat cores"


def test_what_everybody_says_finds_nobody_and_what_one_asks_for_beside_it_does():
    everybody = [
        Profile("ann", needs=f"{TALK}. Help with bathymetry and eelgrass"),
        Profile("ben", offers=f"{TALK}. Years of bathymetry and eelgrass"),
        Profile("cat", needs=f"{TALK}. Help with moss"),
        Profile("dan", offers=f"{TALK}. Years of glaciers"),
        *(Profile(f"p{number}", bio=f"I study beetle{number} and oak{number}") for number in range(20)),
    ]
    found = {one: [card.id for card in cards] for one, cards in suggest(everybody).items() if cards}
    assert found == {"ann": ["ben"], "ben": ["ann"]}
