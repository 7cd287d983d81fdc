from datetime import timedelta

import pytest

from matchmaker.documents.plans.table_cards import CardRound, TableCard, cards_html, cards_pdf


@pytest.fixture
def card(starts):
    def make(number, *meetings, note=""):
        rounds = tuple(
            CardRound(round_, starts(round_), starts(round_) + timedelta(minutes=15), people)
            for round_, people in enumerate(meetings, start=1)
        )
        return TableCard(number, rounds, note)

    return make


def test_a_card_shows_first_names_and_full_names_where_first_names_repeat(card, stamp, parsed, texts):
    seven = card(
        7,
        ("Priya Nair", "Tom Price"),
        ("Tom Price", "Tom Okafor", "Dr Aoife Byrne"),
        (),
        note="step-free",
    )
    page = parsed(cards_html([seven], stamp, lambda path: path))
    assert texts(page, "front") == [
        "plan 3, 9.42am on 12 November 2026 Data Together Table step-free 7 10am Priya and Tom "
        "10.20am Tom Price, Tom Okafor and Aoife 10.40am free"
    ]


def test_both_sides_of_the_fold_say_the_same_and_a_screen_reader_hears_it_once(card, stamp, parsed, texts):
    page = parsed(cards_html([card(7, ("Priya Nair", "Tom Price"))], stamp, lambda path: path))
    assert texts(page, "back") == texts(page, "front")
    assert [part.get("aria-hidden") for part in page.findall(".//div[@class='sheet']/*")] == ["true", None]
    assert len(page.findall(".//h2")) == 1


def test_cards_come_in_the_order_of_the_tables_one_sheet_each(card, stamp, pages):
    cards = [card(number, ("Priya Nair", "Tom Price")) for number in (12, 3, 101)]
    text = pages(cards_pdf(cards, stamp))
    expected = ("Table3", "Table12", "Table101")
    assert [number in page for number, page in zip(expected, text, strict=True)] == [True] * 3


@pytest.mark.parametrize("rounds", [1, 6, 12, 20])
def test_no_round_is_lost_and_nothing_leaves_the_card(rounds, hard_names, card, stamp, laid_out, bottom):
    people = [hard_names[number % 8 : number % 8 + 2] or hard_names[:1] for number in range(rounds)]
    shown = 0
    for box in laid_out(lambda asset: cards_html([card(3, *people)], stamp, asset)):
        if box.element_tag == "section":
            left, low = box.position_x + box.padding_left, box.position_y + box.height + box.padding_top
            for column in (part for part in box.descendants() if part.element_tag == "table"):
                assert bottom(column) <= low
                assert left <= column.position_x
            shown += sum(type(part).__name__ == "TableRowBox" for part in box.descendants())
    assert shown == rounds


def test_ten_cards_a_part(card, stamp, pages):
    told = []
    text = pages(
        cards_pdf([card(n, ()) for n in range(1, 12)], stamp, lambda done, of: told.append((done, of)))
    )
    assert (len(text), told) == (11, [(1, 2), (2, 2)])
