"""Words of 200 letters without a space, as many as a field takes: nothing leaves its paper or lies on another."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.documents.every_sheet import Said, every_pdf

A4 = 297
EDGE = 3
"""Printers leave so many millimetres at each edge."""


def long(word: str, letters: int = 200) -> str:
    return (word * letters)[:letters]


@pytest.fixture(scope="module")
def made() -> list[bytes]:
    said = Said(
        (long("Wolfeschlegelsteinhausen"), f"{long('Abcdefghij', 100)} {long('Klmnopqrst', 99)}", "Ben Cole"),
        *map(long, ("Llanfairpwllgwyngyll", "Oberdatenverwalter", "Datenschutzgrundverordnung")),
        *map(long, ("Datenveranstaltung", "Victoriahalle", "Pegelmessung", "Unverträglichkeit")),
    )
    return every_pdf(said)


def test_no_word_of_any_sheet_leaves_its_paper_or_lies_on_another(
    made: list[bytes], words: Callable[[bytes], Any]
) -> None:
    pages = [page for pdf in made for page in words(pdf)]
    assert len(pages) > 20
    for number, page in enumerate(pages, start=1):
        for one in page:
            assert one.left > EDGE, (number, one)
            assert one.top > EDGE, (number, one)
            assert one.right < 210 - EDGE, (number, one)
            assert one.bottom < A4 - EDGE, (number, one)
        # The figures of a table card fill less of their height than letters do.
        lines = sorted((one for one in page if one.bottom - one.top < A4 / 10), key=lambda one: one.top)
        for place, one in enumerate(lines):
            for other in lines[place + 1 :]:
                if other.top > one.bottom:
                    break
                across = min(one.right, other.right) - max(one.left, other.left)
                # Lines touch, as letters with accents and tails do; one that lies on another hides half of it.
                down = min(one.bottom, other.bottom) - max(one.top, other.top)
                least = min(one.bottom - one.top, other.bottom - other.top)
                assert across < 0.3 or down < least / 2, (number, one, other)


def test_whatever_is_repeated_on_each_page_says_as_much_of_a_name_as_a_line_holds(
    made: list[bytes], text: Callable[[bytes], str], squeeze: Callable[[str], str]
) -> None:
    whole = squeeze(text(made[0]))
    assert "MeetingsofAbcdefghijAbcdefghij" in whole
    assert "replacesplan2,AbcdefghijAbcdefghij" in whole
