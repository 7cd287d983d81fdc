from datetime import UTC, datetime

import pytest

from matchmaker.documents.people.paper_form import NEEDS_CONSENT, QUESTIONS, FormHead, form_sheets

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


def form(event="Data Together", contact="Ada Obi (ada@example.org)"):
    return FormHead(
        event, "12 November 2026, Victoria Hall", ("We hold your name.", "It is erased."), contact
    )


def test_a_form_begins_with_the_notice_and_asks_in_the_order_given(heard):
    asked = ("needs", "arrives", "step_free", "trio")
    assert heard(form_sheets(asked, form(), AT).pdf()) == (
        "Form for Data Together 12 November 2026, Victoria Hall We hold your name. It is erased. "
        "For questions, for the whole notice and for anything you want changed, write to Ada Obi "
        "(ada@example.org). Everything but your name is optional. The form goes on overleaf. "
        "My name My organisation I need help with What makes meetings work for me "
        f"{NEEDS_CONSENT} I arrive at For example 9.30am. Leave it empty if you are there from the start. "
        "I need a table that can be reached without steps I am happy to meet two people at once "
        "Where somebody would otherwise be left without a meeting."
    )
    with pytest.raises(KeyError):
        form_sheets(("mood",), form(), AT)


def test_all_questions_fit_one_sheet_printed_on_both_sides(pages, words):
    made = form_sheets(list(QUESTIONS), form(), AT).pdf()
    assert [page.count("of2") for page in pages(made)] == [1, 1]
    for page in words(made):
        assert all(word.left >= 14 and word.right <= 196 and word.bottom <= 291 for word in page)


def test_events_and_contacts_with_hard_names_stand_whole_and_nothing_leaves_the_paper(
    hard_names, any_fonts, words, text, is_in
):
    for name in hard_names:
        made = form_sheets(list(QUESTIONS), form(name, name), AT).pdf(any_fonts)
        drawn = any_fonts.drawable({"name": name})["name"]
        assert is_in(drawn, text(made)), name
        for page in words(made):
            assert all(word.left >= 14 and word.right <= 196 for word in page), name
