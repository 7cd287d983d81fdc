from datetime import timedelta

import pytest

from matchmaker.documents.plans.schedules import FREE_ROUND, Partner, Slip, SlipRow, slips_html, slips_pdf

TOM = Partner("Tom Price", "Natural England", "Analyst")
WHY = "You are stuck on the Water Quality Archive; they keep it up to date."


@pytest.fixture
def slip(starts):
    """A person's day of so many rounds, each with the same partners."""

    def make(name, rounds=6, partners=(TOM,), **rest):
        rows = tuple(
            SlipRow(
                number, starts(number), starts(number) + timedelta(minutes=15), number + 10, partners, WHY
            )
            for number in range(1, rounds + 1)
        )
        return Slip(name, "Environment Agency", rows, **rest)

    return make


def no_asset(path):
    return f"/static/{path}"


def test_a_slip_says_when_where_who_and_why(slip, stamp, parsed, texts):
    page = parsed(slips_html([slip("Priya Nair", rounds=1, pool_word="Host")], stamp, no_asset))
    assert texts(page, "place-1") == [
        "Data Together Priya Nair Environment Agency · Host Time Table Who and why 10am to 10.15am 11 "
        f"Tom Price Analyst, Natural England {WHY} plan 3, 9.42am Nobody there? Go to the desk"
    ]


def test_times_are_those_of_the_events_zone(stamp, starts, parsed, texts):
    summer = starts(1).replace(month=6)
    row = SlipRow(1, summer, summer, 1, (Partner("Tom Price"),))
    page = parsed(slips_html([Slip("Priya Nair", "", (row,))], stamp, no_asset))
    assert texts(page, "starts") == ["11am"]


def test_a_trio_shows_both_partners_and_who_is_in_reserve(stamp, starts, parsed, texts):
    both = (Partner("Tom Price"), Partner("Aoife Byrne"))
    row = SlipRow(1, starts(1), starts(2), 4, both, reserve="Sam Okafor")
    page = parsed(slips_html([Slip("Priya Nair", "", (row,))], stamp, no_asset))
    assert texts(page, "who") == ["Tom Price", "Aoife Byrne"]
    assert texts(page, "reserve") == ["If they cannot come: Sam Okafor"]


def test_a_free_round_says_what_to_do(stamp, starts, parsed, texts):
    rows = (
        SlipRow(1, starts(1), starts(2), None, ()),
        SlipRow(2, starts(2), starts(3), None, (), "You speak in the main hall."),
    )
    page = parsed(slips_html([Slip("Priya Nair", "", rows)], stamp, no_asset))
    assert texts(page, "free") == [FREE_ROUND, "You speak in the main hall."]


def test_what_people_wrote_is_never_markup(stamp, slip, parsed, texts):
    page = parsed(slips_html([slip("<script>alert(1)</script> & Söhne", rounds=1)], stamp, no_asset))
    assert page.find(".//script") is None
    assert [heading.text for heading in page.findall(".//h2")] == ["<script>alert(1)</script> & Söhne"]


def test_cut_piles_put_on_each_other_are_in_order(stamp, slip, parsed):
    names = [f"{letter}nna Price" for letter in "HGFEDCBA"] + ["Łucja Nowak"]
    page = parsed(slips_html([slip(name, rounds=1) for name in names], stamp, no_asset))
    sheets = [
        [(part.get("class").split()[-1], part.find("h2").text[0]) for part in sheet.findall("section")]
        for sheet in page.findall(".//div[@class='sheet']")
    ]
    assert sheets == [
        [("place-1", "A"), ("place-2", "D"), ("place-3", "G")],
        [("place-1", "B"), ("place-2", "E"), ("place-3", "H")],
        [("place-1", "C"), ("place-2", "F"), ("place-3", "Ł")],
    ]


def test_an_ordinary_day_of_six_rounds_fits_one_slip_with_job_titles(stamp, slip, parsed, texts):
    partner = Partner("Margaret Adeyemi-Clarke", "Natural England", "Senior data manager")
    page = parsed(slips_html([slip("Priya Nair", partners=(partner,))], stamp, no_asset))
    assert [part.get("class") for part in page.findall(".//section")] == ["slip close place-1"]
    assert texts(page, "close")[0].count("Senior data manager") == 6


def test_a_day_too_full_for_one_slip_goes_on_a_second(stamp, slip, parsed, texts):
    page = parsed(slips_html([slip("Priya Nair", rounds=12)], stamp, no_asset))
    assert texts(page, "foot") == ["plan 3, 9.42am Slip 1 of 2", "plan 3, 9.42am Slip 2 of 2"]
    assert len(texts(page, "who")) == 12


@pytest.mark.parametrize("rounds", [1, 6, 9])
def test_every_name_is_whole_and_nothing_runs_into_the_foot(
    rounds, hard_names, stamp, slip, laid_out, bottom, written, squeeze
):
    slips = [
        slip(
            name,
            rounds,
            (Partner(other, "Centre for Environment, Fisheries and Aquaculture Science", "Analyst"),),
        )
        for name, other in zip(hard_names, reversed(hard_names), strict=True)
    ]
    text = ""
    for box in laid_out(lambda asset: slips_html(slips, stamp, asset)):
        if box.element_tag == "section":
            foot = next(part for part in box.descendants() if _of_class(part, "foot"))
            table = next(part for part in box.descendants() if part.element_tag == "table")
            assert bottom(table) <= foot.position_y
            text += written(box)
    assert [text.count(squeeze(name)) >= 1 + rounds for name in hard_names] == [True] * len(hard_names)


def _of_class(box, name):
    return box.element is not None and name in (box.element.get("class") or "").split()


def test_every_name_is_in_the_pdf_and_sheets_hold_four(drawn_names, stamp, slip, pages, squeeze):
    slips = [slip(name, 3) for name in drawn_names]
    text = pages(slips_pdf(slips, stamp))
    assert len(text) == 2
    # Right-to-left text may come out of a PDF in the order it is drawn.
    read = "".join(text) + "".join(text)[::-1]
    assert [name for name in drawn_names if squeeze(name) not in read] == []


def test_large_print_is_an_a4_page_with_its_own_foot(stamp, slip, pages):
    slips = [
        slip("Priya Nair", 2),
        slip("Tom Price", 2, large_print=True),
        slip("Aoife Byrne", 9, large_print=True),
    ]
    text = pages(slips_pdf(slips, stamp))
    assert ["PriyaNair" in page for page in text] == [True, False, False, False]
    assert [page.count("plan3,9.42am,AoifeByrne") for page in text] == [0, 1, 1, 0]
    assert text[-1].count("plan3,9.42am,TomPrice") == 1


def test_a_long_job_reports_each_part_and_gives_one_file(stamp, slip, pages):
    told = []
    slips = [slip(f"Person {number:02}", 1) for number in range(45)]
    text = pages(slips_pdf(slips, stamp, lambda done, total: told.append((done, total))))
    assert told == [(1, 2), (2, 2)]
    assert len(text) == 12
    assert [sum(f"Person{number:02}" in page for page in text) for number in range(45)] == [1] * 45


def test_nobody_to_print_for_is_said_in_words(stamp):
    with pytest.raises(ValueError, match=r"^There is nothing to print\.$"):
        slips_pdf([], stamp)
