from datetime import timedelta

import pytest

from matchmaker.documents.plans.topic_cards import CornerCard, TopicTime, topic_sheets

HALF, EDGE = 148.5, 13.5


@pytest.fixture
def card(starts):
    def make(title, table=9, about="", host="Ann Okafor", rounds=(1,)):
        times = tuple(TopicTime(starts(one), starts(one) + timedelta(minutes=15), table) for one in rounds)
        return CornerCard(title, about, host, times)

    return make


def test_a_card_says_what_is_talked_about_who_hosts_it_and_when_once_for_a_reader(card, stamp, heard):
    soil = card("Soil at scale", about="Cores, maps and what lies between.", rounds=(1, 3))
    assert heard(topic_sheets([soil], stamp).pdf()) == (
        "Data Together plan 3, 9.42am on 12 November 2026 Soil at scale Cores, maps and what lies between. "
        "Hosted by Ann Okafor 10am to 10.15am, table 9 10.40am to 10.55am, table 9"
    )


def test_cards_are_in_the_order_of_the_tables_one_sheet_each(card, stamp, reader):
    made = reader(topic_sheets([card("Soil", 12), card("Rivers", 3), card("Air", 101)], stamp).pdf())
    assert len(made.pages) == 3
    assert [one.title for one in made.outline] == ["Rivers", "Soil", "Air"]


@pytest.mark.parametrize("rounds", [(1,), tuple(range(1, 11))])
def test_the_longest_words_stay_on_both_halves_of_the_card(card, stamp, hard_names, any_fonts, words, rounds):
    title = ("Who may say what a river is, and who counts " * 3)[:120]
    about = ("What we would all rather have known before the first flood came. " * 8)[:500]
    some = [card(title, about=about, host=name, rounds=rounds) for name in hard_names]
    some.append(card("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2))
    for page in words(topic_sheets(some, stamp).pdf(any_fonts)):
        for word in page:
            assert word.left >= EDGE, word
            assert word.right <= 210 - EDGE, word
            middle = (word.top + word.bottom) / 2
            assert word.bottom <= 297 - 5 if middle > HALF else word.top >= 5, word


def test_a_short_title_is_larger_than_a_long_one(card, stamp, words):
    def height(title):
        (page,) = words(topic_sheets([card(title)], stamp).pdf())
        return max(word.bottom - word.top for word in page)

    assert height("Soil") > 1.5 * height("Who may say what a river is, and who counts " * 2)


def test_no_topic_is_said_in_words(stamp):
    with pytest.raises(ValueError, match=r"^There is nothing to print\.$"):
        topic_sheets([], stamp)
