from datetime import timedelta

import pytest

from matchmaker.documents.plans.table_cards import CardRound, TableCard, cards_pdf

HALF, EDGE = 148.5, 13.5


@pytest.fixture
def card(starts):
    def make(number, *meetings, note=""):
        rounds = tuple(
            CardRound(round_, starts(round_), starts(round_) + timedelta(minutes=15), people)
            for round_, people in enumerate(meetings, start=1)
        )
        return TableCard(number, rounds, note)

    return make


def test_a_card_shows_first_names_and_full_names_where_first_names_repeat_once_for_a_reader(
    card, stamp, heard
):
    seven = card(
        7,
        ("Priya Nair", "Tom Price"),
        ("Tom Price", "Tom Okafor", "Dr Aoife Byrne"),
        (),
        note="step-free",
    )
    assert heard(cards_pdf([seven], stamp)) == (
        "Data Together plan 3, 9.42am on 12 November 2026 Table 7 step-free 10am Priya and Tom "
        "10.20am Tom Price , Tom Okafor and Aoife 10.40am free"
    )


def is_front(word):
    return (word.top + word.bottom) / 2 > HALF


def test_both_sides_of_the_fold_say_the_same(card, stamp, words):
    (page,) = words(cards_pdf([card(7, ("Priya Nair", "Tom Price"), (), note="step-free")], stamp))
    back, front = ([word for word in page if is_front(word) is lower] for lower in (False, True))
    assert sorted(word.text for word in back) == sorted(word.text for word in front)
    turned = {word.text: (word.left, word.bottom) for word in back if word.text in ("Priya", "free")}
    for word in front:
        if word.text in turned:
            left, bottom = turned[word.text]
            assert word.right == pytest.approx(210 - left, abs=0.5)
            assert word.top == pytest.approx(297 - bottom, abs=3)


def test_the_number_is_read_at_ten_metres(card, stamp, words):
    for number in (3, 88, 101):
        (page,) = words(cards_pdf([card(number, ())], stamp))
        (figures,) = (word for word in page if word.text == str(number) and is_front(word))
        # A box of text is 1.2 times and more the height of a figure: 50 mm tall in all.
        assert figures.bottom - figures.top > 70
        assert figures.right < 210 - 12


def test_cards_come_in_the_order_of_the_tables_one_sheet_each(card, stamp, reader):
    cards = [card(number, ("Priya Nair", "Tom Price")) for number in (12, 3, 101)]
    made = reader(cards_pdf(cards, stamp))
    assert len(made.pages) == 3
    assert [one.title for one in made.outline] == ["Table 3", "Table 12", "Table 101"]


@pytest.mark.parametrize("rounds", [1, 6, 12, 20])
def test_no_round_is_lost_and_nothing_leaves_the_card(
    rounds, hard_names, card, stamp, any_fonts, words, heard
):
    people = [(hard_names[number % 13], hard_names[(number + 5) % 13]) for number in range(rounds)]
    made = cards_pdf([card(3, *people)], stamp, any_fonts)
    assert heard(made).count(" and ") >= rounds
    for page in words(made):
        for word in page:
            assert word.left >= EDGE, word
            assert word.right <= 210 - EDGE, word
            if is_front(word):
                assert word.bottom <= 297 - 4, word
                assert word.bottom <= 297 - 11 or word.text in "Card 1 of 2 3", word


def test_nobody_to_print_for_is_said_in_words(stamp):
    with pytest.raises(ValueError, match=r"^There is nothing to print\.$"):
        cards_pdf([], stamp)
