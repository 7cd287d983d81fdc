import re
from dataclasses import replace
from datetime import timedelta

import pytest

from matchmaker.documents.plans.schedules import FREE_ROUND, Break, Partner, Slip, SlipRow, slips_pdf

TOM = Partner("Tom Price", "Natural England", "Analyst")
WHY = "You are stuck on the Water Quality Archive. Tom keeps it up to date."
BRIEF = "You are stuck on the Water Quality Archive."
WHERE = "12 November 2026, Victoria Hall, Leeds"
SLIP_HIGH, SLIP_WIDE, FOOT = 148.5, 105, 9


@pytest.fixture
def slip(starts):
    """A person's day of so many rounds, each with the same partners."""

    def make(name, rounds=6, partners=(TOM,), reserve="", why=WHY, **rest):
        rows = tuple(
            SlipRow(
                number,
                starts(number),
                starts(number) + timedelta(minutes=15),
                number + 10,
                partners,
                why,
                BRIEF,
                reserve,
            )
            for number in range(1, rounds + 1)
        )
        return Slip(name, "Environment Agency", rows, **rest)

    return make


def test_a_slip_says_when_where_who_and_why(slip, stamp, heard):
    assert heard(slips_pdf([slip("Priya Nair", rounds=1, pool_word="Host")], stamp, WHERE)) == (
        f"Data Together {WHERE} Priya Nair Environment Agency · Host Time Table Who and why 10am to 10.15am 11 "
        f"Tom Price Analyst, Natural England {WHY} plan 3, 9.42am Nobody there? Go to the desk"
    )


@pytest.mark.parametrize("large", [False, True])
def test_a_table_of_many_digits_does_not_touch_the_name_beside_it(stamp, starts, words, large):
    rows = tuple(
        SlipRow(n, starts(n), starts(n), table, (TOM,)) for n, table in ((1, 9), (2, 100), (3, 8888))
    )
    for page in words(slips_pdf([Slip("Priya Nair", "", rows, large_print=large)], stamp)):
        named = [one.left for one in page if one.text == "Tom"]
        for one in page:
            if one.text in ("9", "100", "8888"):
                assert one.right < min(named) - 1, one


@pytest.mark.parametrize("large", [False, True])
def test_whoever_is_there_in_no_round_reads_so_and_not_an_empty_table(stamp, starts, heard, large):
    nobody = Slip("Priya Nair", "Kew", (), large_print=large, breaks=(Break(starts(1), starts(2)),))
    said = heard(slips_pdf([nobody], stamp))
    assert "Who and why No meetings are planned for you yet. Ask at the desk." in said
    assert "Break" not in said


def test_times_are_those_of_the_events_zone(stamp, starts, heard):
    summer = starts(1).replace(month=6)
    row = SlipRow(1, summer, summer, 1, (Partner("Tom Price"),))
    assert "11am to 11am" in heard(slips_pdf([Slip("Priya Nair", "", (row,))], stamp))


def test_a_trio_shows_both_partners_and_who_is_in_reserve(stamp, starts, heard):
    both = (Partner("Tom Price"), Partner("Aoife Byrne"))
    row = SlipRow(1, starts(1), starts(2), 4, both, reserve="Sam Okafor")
    said = heard(slips_pdf([Slip("Priya Nair", "", (row,))], stamp))
    assert "4 Tom Price Aoife Byrne If they cannot come: Sam Okafor" in said


def test_pronouns_stand_beside_the_name_of_whoever_gave_them(stamp, starts, heard):
    both = (Partner("Tom Price", pronouns="he/him"), Partner("Aoife Byrne"))
    row = SlipRow(1, starts(1), starts(2), 4, both)
    assert "4 Tom Price (he/him) Aoife Byrne" in heard(slips_pdf([Slip("Priya Nair", "", (row,))], stamp))


def test_a_free_round_says_what_to_do(stamp, starts, heard):
    rows = (
        SlipRow(1, starts(1), starts(2), None, ()),
        SlipRow(2, starts(2), starts(3), None, (), "You speak in the main hall."),
    )
    said = heard(slips_pdf([Slip("Priya Nair", "", rows)], stamp))
    assert f"– {FREE_ROUND} 10.20am" in said
    assert "– You speak in the main hall. plan 3" in said


def test_breaks_stand_between_the_rounds_of_ones_own_day(stamp, slip, starts, heard):
    breaks = tuple(Break(starts(n) - timedelta(minutes=5), starts(n)) for n in (1, 3, 4))
    said = heard(slips_pdf([slip("Priya Nair", rounds=3, breaks=breaks)], stamp))
    assert re.findall("Break, [^ ]+ to [^ ]+", said) == ["Break, 10.35am to 10.40am"]
    assert said.index("10.20am") < said.index("Break,") < said.index("10.40am to 10.55am")


def test_what_changed_since_the_slip_it_replaces_is_marked_in_words(stamp, starts, heard):
    rows = tuple(
        SlipRow(number, starts(number), starts(number + 1), 4, (TOM,), changed=number == 2)
        for number in (1, 2, 3)
    )
    said = heard(slips_pdf([Slip("Priya Nair", "", rows)], stamp))
    assert said.count("Changed") == 1
    assert "10.20am to 10.40am Changed 4" in said


def test_what_people_wrote_is_never_markup(stamp, slip, text, reader):
    name = '#panic("x") *b* <script> $1/0$ @key // \\ [x] #read("/etc/passwd")'
    made = slips_pdf([slip(name, rounds=1)], stamp, '#read("slips.typ")')
    assert name in " ".join(text(made).split())
    assert [one.title for one in reader(made).outline] == [name]


def test_cut_piles_put_on_each_other_are_in_order(stamp, slip, words):
    names = [f"{letter}nna" for letter in "HGFEDCBA"] + ["Łucja"]
    made = words(slips_pdf([slip(name, rounds=1) for name in names], stamp))
    found = [
        [
            (word.text[0], word.left > SLIP_WIDE, word.top > SLIP_HIGH)
            for word in sorted(page, key=lambda word: (word.top > SLIP_HIGH, word.left > SLIP_WIDE))
            if word.text in names
        ]
        for page in made
    ]
    assert found == [
        [("A", False, False), ("D", True, False), ("G", False, True)],
        [("B", False, False), ("E", True, False), ("H", False, True)],
        [("C", False, False), ("F", True, False), ("Ł", False, True)],
    ]


def test_an_ordinary_day_of_six_rounds_fits_one_slip_with_job_titles(stamp, slip, heard):
    partner = Partner("Margaret Adeyemi-Clarke", "Natural England", "Senior data manager")
    said = heard(slips_pdf([slip("Priya Nair", partners=(partner,))], stamp))
    assert said.count("Senior data manager") == 6
    assert "Slip 1 of" not in said


def test_a_full_day_loses_job_titles_and_then_words_of_its_reasons_but_stays_on_one_slip(stamp, slip, heard):
    long = "You are stuck on the Water Quality Archive. " + "Tom keeps it up to date. " * 4
    for rounds, titles, whole, brief in ((3, 3, 3, 3), (6, 0, 0, 6), (9, 0, 0, 9), (12, 0, 0, 12)):
        said = heard(slips_pdf([slip("Priya Nair", rounds=rounds, why=long.strip())], stamp))
        counted = (said.count("Analyst"), said.count(long.strip()), said.count(BRIEF))
        assert (counted, "Slip 1 of" in said) == ((titles, whole, brief), False)


def test_a_slip_without_room_for_all_reasons_loses_only_the_longest(stamp, slip, heard):
    long = "You are stuck on the Water Quality Archive and on whatever came of the samples of last winter as well."
    usual = slip("Priya Nair", rounds=9, reserve="Sam Okafor", why=BRIEF)
    rows = tuple(replace(row, why=long, brief=long) if row.round in (2, 4, 7) else row for row in usual.rows)
    said = heard(slips_pdf([replace(usual, rows=rows)], stamp))
    assert (said.count(BRIEF), said.count(long), "Slip 1 of" in said) == (6, 1, False)


def test_each_of_several_slips_of_one_person_has_the_reasons_that_it_has_room_for(stamp, slip, words):
    pages = words(slips_pdf([slip("Priya Nair", rounds=22, reserve="Sam Okafor", why=BRIEF)], stamp))
    assert [[word.text for word in page].count("stuck") for page in pages] == [1, 8]


def test_a_day_of_very_many_rounds_goes_on_a_second_slip_in_the_same_pile(stamp, slip, words):
    people = [slip(f"Person{number}", rounds=22 if number == 3 else 1) for number in range(1, 8)]
    where = {}
    for sheet, page in enumerate(words(slips_pdf(people, stamp))):
        for word in page:
            if word.text.startswith("Person"):
                pile = (word.left > SLIP_WIDE) + 2 * (word.top > SLIP_HIGH)
                where.setdefault(word.text, []).append((pile, sheet))
    assert [len(where[f"Person{number}"]) for number in range(1, 8)] == [1, 1, 2, 1, 1, 1, 1]
    (first_pile, first), (second_pile, second) = where["Person3"]
    assert (second_pile, second) == (first_pile, first + 1)


@pytest.mark.parametrize("rounds", [1, 6, 9])
def test_every_name_is_whole_and_nothing_runs_into_the_foot_or_out_of_the_slip(
    rounds, hard_names, stamp, slip, any_fonts, words, text, is_in
):
    slips = [
        slip(
            name,
            rounds,
            (Partner(other, "Centre for Environment, Fisheries and Aquaculture Science", "Analyst"),),
            reserve=hard_names[number - 1],
        )
        for number, (name, other) in enumerate(zip(hard_names, reversed(hard_names), strict=True))
    ]
    made = slips_pdf(slips, stamp, WHERE, any_fonts)
    for page in words(made):
        for word in page:
            left, top = word.left % SLIP_WIDE, word.top % SLIP_HIGH
            assert left >= 6.5, word
            assert left + word.right - word.left <= SLIP_WIDE - 6.5, word
            assert top + word.bottom - word.top <= SLIP_HIGH - 4, word
            if top + word.bottom - word.top > SLIP_HIGH - FOOT:
                assert word.text in "plan 3, 9.42am Nobody there? Go to the desk Slip 1 of 2 3"
    there = text(made)
    drawn = [any_fonts.drawable(name) for name in hard_names]
    assert [name for name in drawn if not is_in(name, there)] == []


def test_large_print_is_a4_never_under_18_points_with_its_own_foot(stamp, slip, words, pages):
    slips = [
        slip("Priya Nair", 2),
        slip("Tom Price", 2, large_print=True),
        slip("Aoife Byrne", 9, large_print=True),
    ]
    made = slips_pdf(slips, stamp)
    text = pages(made)
    assert text[0].count("PriyaNair") == 1
    assert not any("PriyaNair" in page for page in text[1:])
    large = [page for page in text[1:] if "AoifeByrne" in page]
    assert len(large) > 1
    assert all(page.endswith("plan3,9.42am,AoifeByrne") for page in large)
    assert all("MeetingsofAoifeByrne" in page for page in large)
    assert text[-1].endswith("plan3,9.42am,TomPrice")
    smallest = min(word.bottom - word.top for page in words(made)[1:] for word in page)
    assert smallest >= 18 * 25.4 / 72


def test_nobody_to_print_for_is_said_in_words(stamp):
    with pytest.raises(ValueError, match=r"^There is nothing to print\.$"):
        slips_pdf([], stamp)
