import pytest

from matchmaker.documents.plans.master_list import ListRound, ListRow, list_html, list_pdf


@pytest.fixture
def rounds(starts):
    return lambda count: [
        ListRound(number, starts(number), starts(number + 1)) for number in range(1, count + 1)
    ]


def test_people_stand_under_their_letter_accents_folded(rounds, stamp, parsed, texts):
    names = ["Zoë Ash", "Łucja Nowak", "Lena Berg", "ángel Ruiz", "Anna Price", "王小明", "Ŵyn Rees"]
    rows = [ListRow(name, "Natural England", (4,)) for name in names]
    page = parsed(list_html(rows, rounds(1), stamp, lambda path: path))
    assert texts(page, "letter") == ["A", "L", "W", "Z", "Other letters"]
    assert [row.find("th").text for row in page.iter("tr") if row.get("class") == "person"] == [
        "ángel Ruiz", "Anna Price", "Lena Berg", "Łucja Nowak", "Ŵyn Rees", "Zoë Ash", "王小明",
    ]  # fmt: skip


def test_a_row_has_a_box_the_organisation_and_the_table_of_each_round(rounds, stamp, parsed, texts):
    rows = [ListRow("Priya Nair", "Rural Payments Agency", (7, None, 12))]
    page = parsed(list_html(rows, rounds(3), stamp, lambda path: path))
    assert texts(page, "person") == ["Priya Nair Rural Payments Agency 7 – 12"]
    assert len(texts(page, "box")) == 1
    assert texts(page, "table") == ["10am", "10.20am", "10.40am", "7", "–", "12"]
    assert texts(page, "key")[0].startswith("1 person, ")


def test_two_people_of_one_name_are_told_apart_by_organisation(rounds, stamp, parsed, texts):
    rows = [ListRow("Tom Price", place, (1,)) for place in ("Natural England", "Environment Agency")]
    page = parsed(list_html(rows, rounds(1), stamp, lambda path: path))
    assert texts(page, "person") == ["Tom Price Environment Agency 1", "Tom Price Natural England 1"]


def test_a_row_that_does_not_match_the_rounds_is_refused_by_name(rounds, stamp):
    with pytest.raises(ValueError, match=r"^Tom Price has 1 entries for 2 rounds\.$"):
        list_html([ListRow("Tom Price", "", (1,))], rounds(2), stamp, lambda path: path)


def test_the_pdf_holds_every_name_with_running_heads_and_page_n_of_m(
    rounds, drawn_names, stamp, pages, squeeze
):
    ordinary = [f"{letter}nna Price" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for _ in range(4)]
    rows = [ListRow(name, "Natural England", (1, 2, None, 4, 5, 6)) for name in [*ordinary, *drawn_names]]
    text = pages(list_pdf(rows, rounds(6), stamp))
    assert [f"Page{number}of{len(text)}" in page for number, page in enumerate(text, start=1)] == [
        True
    ] * len(text)
    assert len(text) == 5
    assert "Ato" in text[0]
    assert "toOtherletters" in text[-1]
    assert all("plan3,9.42amon12November2026" in page for page in text)
    everything = "".join(text)
    for name in {*ordinary, *drawn_names}:
        assert squeeze(name) in everything + everything[::-1]
    assert everything.count("AnnaPrice") == 4


def test_many_rounds_turn_the_paper_on_its_side(rounds, stamp, parsed, texts):
    for count, expected in ((7, "pages list"), (8, "pages list wide")):
        page = parsed(
            list_html([ListRow("Tom Price", "", (1,) * count)], rounds(count), stamp, lambda path: path)
        )
        assert page.find(".//main").get("class") == expected


def test_a_list_of_nobody_says_so(stamp, pages):
    (only,) = pages(list_pdf([], [], stamp))
    assert "Nobodyisregisteredyet" in only
