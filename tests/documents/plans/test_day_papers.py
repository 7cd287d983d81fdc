from datetime import timedelta

import pytest

from matchmaker.documents.plans.day_papers import (
    DayStep,
    DietCounts,
    NeedsLine,
    access_sheets,
    allergy_sheets,
    back_sheets,
    blank_sheets,
    caterer_sheets,
    run_sheets,
)


@pytest.fixture
def steps(starts):
    return [
        DayStep("Round 1", starts(1), starts(1) + timedelta(minutes=15), 9, (1, 2, 3, 7), ("Zoë Ash",)),
        DayStep("Break", starts(2), starts(3), 8),
    ]


def test_the_host_reads_times_tables_and_who_has_nobody(steps, stamp, heard):
    assert heard(run_sheets(steps, "Victoria Hall", stamp).pdf()) == (
        "Run sheet for Data Together Victoria Hall Say when a round starts, when two minutes are left, and when it "
        "ends. Time What Tables in use Without a meeting in this round "
        "10am to 10.15am Round 1 1 to 3, 7 Zoë Ash 10.20am to 10.40am Break –"
    )


def test_the_caterer_reads_numbers_and_no_name(steps, stamp, heard):
    assert heard(
        caterer_sheets(steps, "", DietCounts(9, (("vegan", 2), ("gluten-free, vegan", 1))), stamp).pdf()
    ) == (
        "Numbers for the caterer of Data Together At most 9 people are there at one time. "
        "Time What People there 10am to 10.15am Round 1 9 10.20am to 10.40am Break 8 "
        "Diets Of 9 people, 3 have asked for a diet. Diet People Vegan 2 Gluten-free, vegan 1"
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((), "Of 9 people, nobody has asked for a diet."),
        ((("halal", 1),), "Of 9 people, 1 has asked for a diet."),
    ],
)
def test_the_caterer_reads_how_many_have_a_diet(steps, stamp, counts, said):
    assert caterer_sheets(steps, "", DietCounts(9, counts), stamp).values["below"][0]["leads"] == [said]


def test_the_kitchen_reads_who_must_not_eat_what_and_that_it_is_private(stamp, heard):
    people = [("Zoë Ash", "no nuts"), ("Ann Okafor", "coeliac, no traces"), ("Li Abe", "no egg")]
    assert heard(allergy_sheets(people, stamp).pdf()) == (
        "Allergies and diets at Data Together For the kitchen and nobody else: it says what each person must not "
        "eat. Whoever has asked for a diet such as vegan, and nothing else, is only in the caterer's numbers. "
        "Destroy it after the day. Name In their own words Li Abe no egg Zoë Ash no nuts "
        "Ann Okafor coeliac, no traces"
    )
    with pytest.raises(ValueError, match="nothing to print"):
        allergy_sheets([], stamp)


def test_the_hall_reads_what_each_person_needs_and_that_it_is_private(stamp, heard):
    people = [
        NeedsLine("Ann Okafor", ("step-free table", "large print"), (2, 3)),
        NeedsLine("Zoë Ash", ("quiet table",), ()),
    ]
    assert heard(access_sheets(people, stamp).pdf()) == (
        "What people need at Data Together For the people who set up the hall and nobody else: it says what each "
        "person needs. Destroy it after the day. Name Needs Tables "
        "Zoë Ash quiet table – Ann Okafor step-free table, large print 2, 3"
    )
    with pytest.raises(ValueError, match="nothing to print"):
        access_sheets([], stamp)


def test_the_back_of_a_slip_asks_of_each_meeting_what_my_day_asks(starts, stamp, pages):
    (sheet,) = pages(back_sheets([starts(1), starts(2)], stamp).pdf())
    asked = "TimeDidyoumeet?Kneweachother?Useful?"
    answers = "yesnoyesnoverysomewhatnotWhatnext?"
    assert sheet.count(f"{asked}10am{answers}10.20am{answers}plan3,9.42am") == 4
    assert len(pages(back_sheets([starts(one) for one in range(1, 13)], stamp).pdf())) == 1


def test_a_blank_slip_has_the_times_and_room_to_write(starts, stamp, pages):
    (sheet,) = pages(blank_sheets([starts(1), starts(2)], "Victoria Hall", 1, stamp).pdf())
    assert sheet.count("DataTogetherVictoriaHallNameTimeTableWho10am10.20amplan3,9.42am") == 4
    assert len(pages(blank_sheets([starts(1)], "", 3, stamp).pdf())) == 3
