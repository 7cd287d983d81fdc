import pytest

from matchmaker.documents.plans.master_list import ListRound, ListRow, list_pdf


@pytest.fixture
def rounds(starts):
    return lambda count: [
        ListRound(number, starts(number), starts(number + 1)) for number in range(1, count + 1)
    ]


def test_people_stand_under_the_letter_of_their_surname_accents_folded(rounds, stamp, heard):
    names = ["Zoë Ash", "Anna Łuczak", "Lena Berg", "Jo van der Berg", "王小明", "Ŵyn ap Rees", "ángel"]
    said = heard(list_pdf([ListRow(name, "Natural England", (4,)) for name in names], rounds(1), stamp))
    assert said.endswith(
        "A ángel Natural England 4 Ŵyn ap Rees Natural England 4 Zoë Ash Natural England 4 "
        "B Lena Berg Natural England 4 L Anna Łuczak Natural England 4 V Jo van der Berg Natural England 4 "
        "# 王小明 Natural England 4"
    )


def test_a_row_has_the_organisation_and_the_table_of_each_round(rounds, stamp, heard):
    rows = [ListRow("Priya Nair", "Rural Payments Agency", (7, None, 12))]
    assert heard(list_pdf(rows, rounds(3), stamp)) == (
        "Everyone at Data Together, by surname 1 person, by the word in bold. Tick the box "
        "when a person arrives. Numbers are tables; – is no meeting. A–Z Here Name Organisation 10am 10.20am "
        "10.40am N Priya Nair Rural Payments Agency 7 – 12"
    )


def test_two_people_of_one_name_are_told_apart_by_organisation(rounds, stamp, heard):
    rows = [ListRow("Tom Price", place, (1,)) for place in ("Natural England", "Environment Agency")]
    said = heard(list_pdf(rows, rounds(1), stamp))
    assert said.endswith("P Tom Price Environment Agency 1 Tom Price Natural England 1")


def test_a_row_that_does_not_match_the_rounds_is_refused_by_name(rounds, stamp):
    with pytest.raises(ValueError, match=r"^Tom Price has 1 entries for 2 rounds\.$"):
        list_pdf([ListRow("Tom Price", "", (1,))], rounds(2), stamp)


def test_forty_people_stand_on_a_sheet_with_running_heads_and_page_n_of_m(rounds, stamp, pages):
    place = "Centre for Environment, Fisheries and Aquaculture Science"
    rows = [
        ListRow(f"Anna{number} {letter}nnaPrice", place, (1, 2, None, 4, 5, 6))
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for number in range(10, 18)
    ]
    text = pages(list_pdf(rows, rounds(6), stamp))
    assert [f"Page{number}of5" in page for number, page in enumerate(text, start=1)] == [True] * 5
    assert [page.count("nnaPrice") >= 40 for page in text[:4]] == [True] * 4
    assert "AtoF" in text[0]
    assert "toZ" in text[-1]
    assert all("plan3,9.42amon12November2026" in page for page in text)


def test_every_name_is_whole_whatever_it_is_written_in(
    rounds, hard_names, stamp, any_fonts, text, words, is_in
):
    rows = [ListRow(name, name, (1,) * 7) for name in hard_names]
    made = list_pdf(rows, rounds(7), stamp, any_fonts)
    there = text(made)
    assert [name for name in map(any_fonts.drawable, hard_names) if not is_in(name, there)] == []
    assert all(word.left >= 12.5 and word.right <= 210 - 12.5 for page in words(made) for word in page)


def test_many_rounds_turn_the_paper_on_its_side(rounds, stamp, reader):
    for count, wide in ((7, False), (8, True)):
        page = reader(list_pdf([ListRow("Tom Price", "", (1,) * count)], rounds(count), stamp)).pages[0]
        assert (page.mediabox.width > page.mediabox.height) is wide


def test_a_list_of_nobody_says_so(stamp, heard):
    assert "Nobody is registered yet" in heard(list_pdf([], [], stamp))
