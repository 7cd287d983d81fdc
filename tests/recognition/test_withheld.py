"""Names in words of others: replaced where they may not be read, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.recognition.label import Credit, LabelPerson, Thanks, make_claims, make_label, unread
from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.recognition.withheld import ManyUnread, Unread, among_words, names_in_address, without_names

TOM = Unread("Tom Price", "someone at Ofwat")
YES = ContributionState.ACCEPTED


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Thanks to Tom for it.", "Thanks to someone at Ofwat for it."),
        ("TOM PRICE and tom price", "someone at Ofwat and someone at Ofwat"),
        ("Tom’s notes, and tom's", "someone at Ofwat’s notes, and someone at Ofwat's"),
        ("Ask Mr Price.", "Ask someone at Ofwat."),
        ("I owe Price a lunch.", "I owe someone at Ofwat a lunch."),
        ("The House Price Index at a good price", "The House Price Index at a good price"),
        ("Price Paid Data", "Price Paid Data"),
        ("Atomic customs at Tomorrow", "Atomic customs at Tomorrow"),
        ("", ""),
    ],
)
def test_a_name_goes_in_whatever_form_and_a_word_stays(words: str, read: str) -> None:
    assert without_names(words, [TOM]) == read


@pytest.mark.parametrize(
    ("name", "words", "read"),
    [
        (
            "Will Grant",
            "It will help; Will did. A grant for Will Grant.",
            "It will help; X did. A grant for X.",
        ),
        ("Dr Zoë Ash", "ZOE and Zoe Ash", "X and X"),
        ("Jo van der Berg", "Jo and van der Berg; Jo Berg", "X and X; X"),
        ("Siân O’Brien", "Sian O'Brien", "X"),
        ("王小明", "谢谢王小明的帮助", "谢谢X的帮助"),
        ("Björk", "With Björk it sang.", "With X it sang."),
    ],
)
def test_names_of_every_make_are_known(name: str, words: str, read: str) -> None:
    assert without_names(words, [Unread(name, "X")]) == read


def test_of_somebody_elsewhere_only_the_whole_name_goes() -> None:
    elsewhere = Unread("Tom Price", "X", wholly=True)
    assert without_names("Tom Price and Tom and Price", [elsewhere]) == "X and Tom and Price"


def test_a_first_name_means_whoever_it_is_said_to() -> None:
    assert without_names("Tom, you and Tom Price did it.", [TOM], ["Tom Okafor"]) == (
        "Tom, you and someone at Ofwat did it."
    )


def test_the_web_address_of_a_person_is_known_by_their_name() -> None:
    assert names_in_address("https://example.org/staff/Tom_Price.html", [TOM])
    assert not names_in_address("https://example.org/house-price-index", [TOM])


def test_of_many_names_those_are_kept_that_words_may_hold() -> None:
    assert among_words(["Ask Tom."], [TOM, Unread("Ada Reed", "X")]) == (TOM,)
    many = ManyUnread(
        [Unread("Ada Reed", "X"), TOM, Unread("王小明", "Y"), Unread("Tom Okafor", "Z", wholly=True)]
    )
    assert [one.name for one in many.among(["谢谢王小明的帮助", "tom’s"])] == [
        "Tom Price",
        "王小明",
        "Tom Okafor",
    ]
    assert many.among(["Nobody", ""]) == ()


NAMES = st.sampled_from(
    (
        "Tom Price",
        "tom",
        "Dr Zoë Ash",
        "Jo van der Berg",
        "Ash, Zoe",
        "王小明",
        "王",
        "Will Grant MBE",
        "Björk",
        "(Kit)",
        "",
    )
)
SAID = st.lists(
    st.sampled_from(
        ("Tom", "price", "Zoë", "Ash,", "van", "der", "Berg", "谢谢王小明", "Will", "will", "Grant’s", "Kit")
    ),
    max_size=9,
).map(" ".join)


@given(st.lists(st.builds(Unread, NAMES, st.sampled_from("XYZ"), st.booleans()), max_size=6), SAID, SAID)
def test_words_read_the_same_whether_all_names_are_looked_for_or_those_that_they_may_hold(
    unread: list[Unread], words: str, beside: str
) -> None:
    few = ManyUnread(unread).among([beside, words])

    assert without_names(words, few) == without_names(words, unread)


def people() -> tuple[LabelPerson, LabelPerson, LabelPerson]:
    return (
        LabelPerson(1, "Ada Reed", "Defra"),
        LabelPerson(2, "Tom Price", "Ofwat", shows_name=False),
        LabelPerson(3, "Ceri Lloyd", "Coast Office"),
    )


def said(giver: LabelPerson, receiver: LabelPerson, sentence: str, **more: str) -> Thanks:
    return Thanks(giver, receiver, "checked", sentence, EndorsementState.ACCEPTED, **more)


def test_a_label_names_nobody_in_a_thanks_whom_it_does_not_name_itself() -> None:
    ada, tom, ceri = people()
    credits = [Credit(ada, "checked", YES), Credit(tom, "checked", YES)]
    label = make_label(credits, [
        said(ceri, tom, "Tom found it, and Ada helped."),
        said(ceri, ada, "Ada, you and Tom Price.", evidence_url="https://example.org/tom-price"),
    ])  # fmt: skip
    assert [(one.sentence, one.evidence_url) for one in label.thanks] == [
        ("someone at Ofwat found it, and Ada helped.", ""),
        ("Ada, you and someone at Ofwat.", ""),
    ]
    assert "Tom" not in repr(label)


def test_whoever_hid_or_has_not_answered_is_not_named_by_others_either() -> None:
    ada, _, ceri = people()
    for state in (ContributionState.HIDDEN, ContributionState.DECLINED, ContributionState.AWAITING):
        shy = LabelPerson(4, "Ben Okafor", "Met Office")
        credits = [Credit(ada, "checked", YES), Credit(shy, "curated", state)]
        (one,) = make_label(credits, [said(ceri, ada, "Ada and Ben.")]).thanks
        assert one.sentence == "Ada and someone at Met Office."


def test_words_of_a_role_name_nobody_either() -> None:
    ada, tom, _ = people()
    credits = [Credit(ada, "other", YES, "Tom's editor"), Credit(tom, "checked", YES)]
    assert make_label(credits).lines[-1].entries[0].role_text == "someone at Ofwat's editor"
    own = [Credit(ada, "other", ContributionState.CLAIMED, "Tom's editor"), Credit(tom, "checked", YES)]
    assert make_claims(own)[0].entries[0].role_text == "someone at Ofwat's editor"


def test_nobody_who_is_shown_is_withheld() -> None:
    ada, tom, ceri = people()
    credits = [
        Credit(ada, "checked", YES),
        Credit(ada, "curated", ContributionState.HIDDEN),
        Credit(tom, "built", YES),
    ]
    assert unread(credits, [said(ceri, ada, "…")]) == [Unread("Tom Price", "someone at Ofwat")]
