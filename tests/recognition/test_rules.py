from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.recognition.roles import ROLES
from matchmaker.recognition.rules import (
    RELATIONS,
    SENTENCE_LONGEST,
    SENTENCE_SHORTEST,
    Claim,
    Offer,
    Refusal,
    contribution_problems,
    endorsement_problems,
    tidy,
)

GOOD = Offer(
    giver=1,
    receiver=2,
    role="checked",
    sentence="Found the decimal point that had moved in 1987.",
    relation="user",
)


def messages(offer):
    return [problem.message for problem in endorsement_problems(offer)]


def test_a_good_thanks_has_no_problem():
    assert endorsement_problems(GOOD) == ()


def test_nobody_thanks_themselves():
    assert messages(replace(GOOD, receiver=1)) == [
        "You cannot thank yourself. Add the dataset to your profile, so that others can thank you"
    ]


def test_an_alias_of_the_giver_is_the_giver():
    assert messages(replace(GOOD, giver_aliases=frozenset({7, 2}))) == messages(replace(GOOD, receiver=1))


def test_only_registered_people_give_thanks():
    assert messages(replace(GOOD, giver_registered=False)) == [
        "Only people registered for this event can give thanks here. Ask the organiser to add you"
    ]


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("", "Write a sentence about what they did and what it made possible"),
        (" \n\t ", "Write a sentence about what they did and what it made possible"),
        ("Thanks", "Your sentence must be at least 20 characters. Say what it made possible"),
        ("Thanks" + " " * 30, "Your sentence must be at least 20 characters. Say what it made possible"),
        ("a" + " " * 30 + "b", "Your sentence must be at least 20 characters. Say what it made possible"),
        ("x" * 501, "Your sentence must be 500 characters or fewer. It has 501"),
    ],
)
def test_a_sentence_must_say_something(sentence, message):
    assert endorsement_problems(replace(GOOD, sentence=sentence)) == (Refusal("sentence", message),)


@given(st.text(max_size=600))
def test_the_length_of_a_sentence_is_judged_as_it_is_kept(sentence):
    fits = SENTENCE_SHORTEST <= len(tidy(sentence)) <= SENTENCE_LONGEST
    assert (endorsement_problems(replace(GOOD, sentence=sentence)) == ()) is fits


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)


def test_the_way_of_knowing_must_be_chosen():
    assert list(RELATIONS) == ["together", "user", "manager", "met"]
    assert endorsement_problems(replace(GOOD, relation="cousin")) == (
        Refusal("relation", "Select how you know of their work"),
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/report",
        "http://localhost:8000/",
        " https://example.org/a?b=c#d ",
        "HTTPS://EXAMPLE.ORG",
    ],
)
def test_evidence_may_be_a_web_address(address):
    assert endorsement_problems(replace(GOOD, evidence_url=address)) == ()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://example.org/file",
        "example.org",
        "https://",
        "https://trusted.example@elsewhere.example/",
        "https://exa mple.org",
        "https://example.org/\nheader",
        'https://example.org/"onclick',
        "https://example.org:notaport/",
        "http://[::1",
        "data:text/html,hello",
        "//example.org",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_other_evidence_is_refused(address):
    assert endorsement_problems(replace(GOOD, evidence_url=address)) == (
        Refusal(
            "evidence_url", "Enter a web address that starts with https:// or http://, or leave this empty"
        ),
    )


@given(st.text())
def test_evidence_that_passes_is_always_http(address):
    if not endorsement_problems(replace(GOOD, evidence_url=address)):
        assert not address.strip() or address.strip().lower().startswith(("http://", "https://"))


def test_the_fifteenth_thanks_is_the_last():
    assert endorsement_problems(replace(GOOD, given_by_giver=14)) == ()
    assert messages(replace(GOOD, given_by_giver=15)) == [
        "You have given all your 15 thanks for this event. Withdraw one to give another"
    ]


def test_an_organiser_may_set_another_allowance():
    assert endorsement_problems(replace(GOOD, given_by_giver=15), allowance=20) == ()
    assert len(endorsement_problems(replace(GOOD, given_by_giver=15), allowance=0)) == 1


def test_nobody_gets_more_than_three_from_one_person():
    assert endorsement_problems(replace(GOOD, given_to_receiver=2)) == ()
    assert messages(replace(GOOD, given_to_receiver=3, given_by_giver=15)) == [
        "You have thanked this person 3 times at this event. Edit one of those thanks"
    ]


def test_every_problem_is_named_at_once_in_the_order_of_the_form():
    bad = replace(GOOD, role="?", sentence="short", relation="", evidence_url="nowhere")
    assert [problem.field for problem in endorsement_problems(bad)] == [
        "role",
        "sentence",
        "relation",
        "evidence_url",
    ]


@pytest.mark.parametrize("role", [role for role in ROLES if role != "other"])
def test_a_known_role_needs_no_text(role):
    assert contribution_problems(Claim(role), this_year=2027) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Say in a few words what it was"),
        ("   ", "Say in a few words what it was"),
        ("x" * 61, "What it was must be 60 characters or fewer"),
    ],
)
def test_other_must_say_what_in_few_words(text, message):
    assert contribution_problems(Claim("other", text), this_year=2027) == (Refusal("role_text", message),)
    assert endorsement_problems(replace(GOOD, role="other", role_text=text)) == (
        Refusal("role_text", message),
    )


def test_other_with_a_text_is_kept():
    assert contribution_problems(Claim("other", "x" * 60), this_year=2027) == ()


def test_a_long_note_is_refused():
    assert contribution_problems(Claim("built", note="x" * 301), this_year=2027) == (
        Refusal("note", "Your note must be 300 characters or fewer"),
    )


@pytest.mark.parametrize("year", [1899, 2028, 0, -5, 19999])
def test_a_year_must_be_of_this_age(year):
    assert contribution_problems(Claim("built", first_year=year), this_year=2027) == (
        Refusal("first_year", "Enter a year between 1900 and 2027"),
    )
    assert contribution_problems(Claim("built", last_year=year), this_year=2027) == (
        Refusal("last_year", "Enter a year between 1900 and 2027"),
    )


def test_years_run_forward():
    assert contribution_problems(Claim("built", first_year=2019, last_year=2019), this_year=2027) == ()
    assert contribution_problems(Claim("built", first_year=2020, last_year=2019), this_year=2027) == (
        Refusal("last_year", "The last year must be the same as or after the first year"),
    )
