from datetime import UTC, date, datetime

import pytest

from matchmaker.documents.credits.claim_slips import ClaimSlip, SlipSheet, claim_slips_pdf

SHEET = SlipSheet(
    "Data Together",
    "matchmaker.example.org/claim",
    date(2027, 6, 11),
    datetime(2026, 11, 12, 9, 42, tzinfo=UTC),
)


def slip(name="Vera Lind", dataset="River levels"):
    return ClaimSlip(name, "Water Office", dataset, "Checked its quality", "Ada Byron", "ABCDE-FGHJK")


def test_a_slip_says_who_said_what_where_to_answer_and_what_is_kept(heard):
    assert heard(claim_slips_pdf([slip()], SHEET)) == (
        "Data Together Vera Lind Ada Byron says you worked on River levels : Checked its quality "
        "Is it so? Go to matchmaker.example.org/claim and type: ABCDE-FGHJK Nobody but the organisers sees your "
        "name until you agree; there you can also take it away. Erased after 11 June 2027."
    )


def test_a_long_title_gives_way_and_nothing_runs_into_the_foot(hard_names, any_fonts, words, text):
    made = claim_slips_pdf([slip(name, "A rather long title " * 20) for name in hard_names], SHEET, any_fonts)
    feet = 0
    for page in words(made):
        for word in page:
            assert word.left % 105 + word.right - word.left <= 105 - 6.5, word
            bottom = word.top % 59.4 + word.bottom - word.top
            assert bottom <= 59.4 - 2, word
            feet += bottom > 59.4 - 6 and word.text == "away."
            assert word.text != "ABCDE-FGHJK" or bottom <= 59.4 - 9, word
    assert feet == len(hard_names)
    assert text(made).count("…") == len(hard_names)


def test_no_slips_are_said_in_words():
    with pytest.raises(ValueError, match=r"^There is nothing to print\.$"):
        claim_slips_pdf([], SHEET)
