"""A sentence of ours runs from left to right whoever it begins with; each name within it keeps its own direction."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from matchmaker.documents.credits.credit_mail import (
    CreditAwaiting,
    ModerationNotice,
    ThanksAwaiting,
    UnclaimedNotice,
    credit_awaiting,
    moderated,
    thanks_awaiting,
    unclaimed_credit,
)
from matchmaker.documents.directions import END, ISOLATE, isolated, side_by_side
from matchmaker.documents.mail import Letter, Sender
from matchmaker.documents.people.place_mail import Invitation, invitation
from matchmaker.documents.plans import day_papers
from matchmaker.documents.plans.plan_mail import PlanNews, plan_published
from matchmaker.documents.plans.schedules import Partner, SlipRow
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.documents.suggestions import reasons
from matchmaker.documents.suggestions.introduction_mail import (
    IntroductionNews,
    NoteNews,
    introduced,
    note_written,
)
from tests.documents.every_sheet import Said, every_pdf

NAME, OTHER, TITLE, WORK = "محمد بن سلمان", "יעל כהן", "مستويات الأنهار", "مدير"
LONDON = ZoneInfo("Europe/London")
AT = datetime(2026, 11, 12, 10, tzinfo=UTC)


def direction(line: str) -> str:
    """Return "L" or "R" as a mail program takes it from a line: from its first letter that is not isolated."""
    depth = 0
    for sign in line:
        depth += (sign == ISOLATE) - (sign == END)
        kind = unicodedata.bidirectional(sign)
        if not depth and kind in {"L", "R", "AL"}:
            return "L" if kind == "L" else "R"
    return "L"


def test_only_words_with_letters_that_run_right_to_left_are_marked() -> None:
    assert [isolated(one) for one in ("Ada", "Łucja 王", "")] == ["Ada", "Łucja 王", ""]
    assert isolated("Ada كهن") == f"{ISOLATE}Ada كهن{END}"
    assert side_by_side([WORK, "", "GASTAT"], ", ") == f"{ISOLATE}{WORK}{END}, GASTAT"
    assert side_by_side([NAME], ", ") == NAME, "alone it is no sentence of ours"
    assert direction(NAME) == "R"


SHARED = {"what": TITLE, "people": 9}
REASONS = [
    {"kind": "dataset", "mine": "maintains it", "theirs": "uses it", **SHARED},
    {"kind": "need", "mine": WORK, "theirs": WORK, "asker": "theirs", **SHARED},
    {"kind": "need", "mine": "uses it", "theirs": "is stuck on it", "asker": "theirs", **SHARED},
    {"kind": "words", "mine": WORK, "theirs": f"{TITLE}: uses it", **SHARED},
    {"kind": "offers", "theirs": WORK, **SHARED},
    {"kind": "asks", "theirs": WORK, **SHARED},
    {"kind": "topic", "mine": WORK, "theirs": TITLE, **SHARED},
    {"kind": "topic", **SHARED},
    {"kind": "semantic", "theirs": f"{TITLE}: uses it", **SHARED},
    {"kind": "acquaintance", **(SHARED | {"people": 0})},
]


@pytest.mark.parametrize("reason", REASONS, ids=lambda one: one["kind"])
@pytest.mark.parametrize("me", ["", OTHER])
def test_each_reason_to_meet_runs_left_to_right_with_each_name_and_title_apart(
    reason: dict[str, Any], me: str
) -> None:
    told = reasons.reason_sentence(reason, NAME, me)
    assert told
    brief = reasons.in_brief([reason], NAME, me)
    for text in (told, *reasons.why([reason], NAME, me), *([brief] if brief else ())):
        for sentence in text.split(". "):
            assert direction(sentence) == "L", sentence
        outside, depth = "", 0
        for sign in text:
            depth += (sign == ISOLATE) - (sign == END)
            outside += sign if not depth else ""
        assert not {unicodedata.bidirectional(sign) for sign in outside} & {"R", "AL"}, outside
        assert depth == 0


def letters(sender: Sender) -> Iterator[Letter]:
    stamp = Stamp("حدث البيانات", 3, AT, LONDON)
    row = SlipRow(1, AT, AT + timedelta(minutes=15), 4, (Partner(NAME, "GASTAT", WORK), Partner(OTHER)))
    yield plan_published(PlanNews(NAME, TITLE, (row,), stamp, "https://x.example", sender))
    yield introduced(
        IntroductionNews(NAME, TITLE, OTHER, WORK, (), "", "You meet at 10am.", "https://x.example", sender)
    )
    yield note_written(NoteNews(NAME, TITLE, OTHER, "Hello", "https://x.example", sender))
    given = {
        "name": NAME, "data_link": "https://x.example",
        "invited_by": OTHER, "named_by": OTHER, "thanked_by": OTHER, "did": "curated", "what": "Thanks",
        "dataset": TITLE, "event": TITLE, "place": TITLE, "sentence": "Thanks", "link": "https://x.example",
        "notice_link": "https://x.example", "sender": sender, "shown": True, "on": AT, "basis": "so",
        "zone": LONDON, "begins": AT, "erase_on": date(2027, 1, 1), "again": False,
    }  # fmt: skip
    for kind, write in (
        (Invitation, invitation), (CreditAwaiting, credit_awaiting), (ThanksAwaiting, thanks_awaiting),
        (UnclaimedNotice, unclaimed_credit), (ModerationNotice, moderated),
    ):  # fmt: skip
        yield write(kind(**{one.name: given[one.name] for one in fields(kind) if one.name in given}))


def test_every_subject_and_paragraph_of_ours_in_a_mail_runs_left_to_right(sender: Sender) -> None:
    written = list(letters(sender))
    assert len(written) == 8
    for letter in written:
        for line in (letter.subject, *letter.body.split("\n\n")):
            assert direction(line) == "L", line
    (plan, *_) = written
    assert f"{ISOLATE}{NAME}{END} ({ISOLATE}{ISOLATE}{WORK}{END}, GASTAT{END}) and {ISOLATE}{OTHER}{END}" in (
        " ".join(plan.body.split())
    )


def test_on_paper_what_we_say_of_somebody_stands_right_of_their_name(words: Callable[[bytes], Any]) -> None:
    said = Said((NAME, f"{OTHER} ב", "Ben Cole"), "GASTAT", WORK, TITLE, "حدث", "قاعة", TITLE, "لا شيء")
    seen: Counter[str] = Counter()
    for page in (page for made in every_pdf(said) for page in words(made)):
        for one in page:
            ours = next((word for word in ("uses", "GASTAT") if word in one.text), "")
            line = [
                x for x in page if x.top < middle(one) < x.bottom and one.left - 60 < x.left < one.right + 60
            ]
            drawn = " ".join(x.text for x in sorted(line, key=lambda x: x.left))
            if ours and runs_right_to_left(drawn):
                seen[ours] += 1
                assert runs_right_to_left(drawn.partition(ours)[0]), drawn
    assert min(seen["uses"], seen["GASTAT"]) >= 3


def test_words_that_somebody_wrote_from_right_to_left_still_begin_on_the_right(
    stamp: Stamp, words: Callable[[bytes], Any]
) -> None:
    (page,) = words(day_papers.run_sheets([], f"{TITLE} GIS", stamp).pdf())
    (latin,) = (one for one in page if one.text == "GIS")
    assert all(latin.right < one.left + 1 for one in page if runs_right_to_left(one.text))


def middle(one: Any) -> float:
    return float(one.top + one.bottom) / 2


def runs_right_to_left(word: str) -> bool:
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in word)
