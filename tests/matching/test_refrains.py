"""What many say word for word is nobody's need or offer."""

from matchmaker.matching.profile import Profile
from matchmaker.matching.refrains import refrains, without
from matchmaker.matching.suggest import suggest

TALK = "We inherited the whole archive from a colleague, who has retired"


def test_a_refrain_is_what_more_than_three_people_say_in_more_than_one_field():
    clause = "we inherited the whole archive from a colleague"
    whole = f"{clause} who has retired"
    said = [[TALK, ""], ["", TALK.upper()], [f"{TALK}!", ""], [f"Honestly: {TALK}; peat", ""]]
    assert refrains(said[:3]) == frozenset()
    assert refrains(said) == {clause}
    assert refrains([*said[:3], [TALK, ""]]) == {whole, clause}
    assert refrains([[TALK, ""]] * 9) == frozenset()
    assert refrains([["Peat and tides", "Peat and tides"]] * 9) == frozenset()


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
