"""Every sheet there is, about the same few people, in words that a test chooses."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from matchmaker.documents import pdf
from matchmaker.documents.credits import claim_slips, gift_tags, publisher_letters
from matchmaker.documents.credits.claim_slips import ClaimSlip, SlipSheet
from matchmaker.documents.credits.gift_tags import GiftTag
from matchmaker.documents.credits.publisher_letters import NamelessDataset, PublisherLetter
from matchmaker.documents.pdf import Sheets
from matchmaker.documents.people import badges, codes, paper_form, roll_call
from matchmaker.documents.people.badges import Badge, BadgeRow
from matchmaker.documents.people.codes import CodeSheet, PrintedCode
from matchmaker.documents.plans import day_papers, master_list, schedules, table_cards, topic_cards
from matchmaker.documents.plans.day_papers import DayStep, DietCounts, NeedsLine
from matchmaker.documents.plans.master_list import ListRound, ListRow
from matchmaker.documents.plans.schedules import Partner, Slip, SlipRow
from matchmaker.documents.plans.stamp import Stamp
from matchmaker.documents.plans.table_cards import CardRound, TableCard
from matchmaker.documents.plans.topic_cards import CornerCard, TopicTime
from matchmaker.documents.suggestions.reasons import in_brief, why

ZONE = ZoneInfo("Europe/London")
MADE = datetime(2026, 11, 12, 9, 42, tzinfo=UTC)
TIMES = [MADE + timedelta(minutes=20 * number) for number in range(5)]


@dataclass(frozen=True)
class Said:
    """What people wrote: at least three names, and one of everything else."""

    names: tuple[str, ...]
    organisation: str
    job_title: str
    topic: str
    event: str
    place: str
    dataset: str
    note: str


def every_pdf(said: Said) -> list[bytes]:
    """Lay out every sheet: all that a plan and labels have as one PDF, then those that are never part of it."""
    one, *_, last = said.names
    sheet = CodeSheet(said.event, "matchmaker.example/sign-in", TIMES[4], MADE, ZONE)
    printed = codes.codes_pdf([PrintedCode(name, said.organisation, "012913") for name in said.names], sheet)
    claim = ClaimSlip(one, said.organisation, said.dataset, "Cleaned it", last, "BCD FGH")
    head = SlipSheet(said.event, "matchmaker.example/claim", date(2027, 6, 11), MADE)
    return [
        pdf.pack([*_of_plan(said), *_of_people(said), *_of_labels(said)], "Everything"),
        printed,
        claim_slips.claim_slips_pdf([claim], head),
    ]


def _of_plan(said: Said) -> list[Sheets]:
    stamp = Stamp(said.event, 3, MADE, ZONE, replaces=2)
    one, other, *_ = said.names
    reason = {
        "kind": "dataset",
        "what": said.dataset,
        "mine": "maintains it",
        "theirs": "uses it",
        "people": 3,
    }
    reasons = [reason]

    def row(number: int) -> SlipRow:
        name = said.names[number % len(said.names)]
        who = (Partner(name, said.organisation, said.job_title, "she/her"),)
        spoken = name.split()[0]
        told, brief = " ".join(why(reasons, spoken)), in_brief(reasons, spoken)
        return SlipRow(number, TIMES[number], TIMES[number + 1], 10 + number, who, told, brief, other)

    rows = (row(0), row(1), SlipRow(2, TIMES[2], TIMES[3], 12, (), "You host it.", topic=said.topic), row(3))
    slips = [
        Slip(name, said.organisation, rows, "Host", large_print=large)
        for name, large in ((one, False), (other, True))
    ]
    whole = {*said.names}
    rounds = tuple(
        CardRound(at, TIMES[at], TIMES[at + 1], said.names[:2], said.topic if at == 1 else "", whole)
        for at in range(4)
    )
    times = (TopicTime(TIMES[0], TIMES[1], 3),)
    columns = [ListRound(number, TIMES[number], TIMES[number + 1]) for number in range(3)]
    lines = [ListRow(name, said.organisation, (1, 2, None)) for name in said.names]
    step = DayStep("Round 1", TIMES[0], TIMES[1], 9, (1, 2), said.names, ((4, said.topic),))
    return [
        schedules.slips_sheets(slips, stamp, f"12 November 2026, {said.place}"),
        table_cards.cards_sheets([TableCard(1, rounds, said.note)], stamp),
        topic_cards.topic_sheets([CornerCard(said.topic, f"{said.topic} {said.topic}", one, times)], stamp),
        master_list.list_sheets(lines, columns, stamp),
        day_papers.run_sheets([step], said.place, stamp),
        day_papers.caterer_sheets([step], said.place, DietCounts(3, ((said.note, 2),)), stamp),
        day_papers.blank_sheets(TIMES[:2], said.place, 1, stamp),
        day_papers.back_sheets(TIMES[:2], stamp),
    ]  # fmt: skip


def _of_people(said: Said) -> list[Sheets]:
    stamp = Stamp(said.event, 3, MADE, ZONE)
    rows = tuple(BadgeRow(TIMES[number], number, said.names[:2]) for number in range(3))
    worn = [
        Badge(name, said.organisation, "she/her", "BCDFGHJKL", (*rows, BadgeRow(TIMES[3], 4, (), said.topic)))
        for name in said.names
    ]
    head = paper_form.FormHead(said.event, said.place, (f"{said.organisation} keeps this.",), "a@example.org")
    return [
        badges.folded_sheets(worn, stamp),
        badges.label_sheets(worn, stamp),
        roll_call.roll_call_sheets([(name, said.organisation) for name in said.names], stamp),
        day_papers.allergy_sheets([(name, said.note) for name in said.names], stamp),
        day_papers.access_sheets([NeedsLine(name, ("step-free", said.note), (1,)) for name in said.names], stamp),
        paper_form.form_sheets([], head, MADE),
    ]  # fmt: skip


def _of_labels(said: Said) -> list[Sheets]:
    page = "https://matchmaker.example/labels/abc"
    tags = [
        GiftTag(
            said.dataset, said.organisation, tuple((name, said.note) for name in said.names[:many]), page=page
        )
        for many in (1, 2, len(said.names))
    ]
    missing = (NamelessDataset(said.dataset, 3, 2),)
    letter = PublisherLetter(
        said.organisation, missing, 1, 4, said.event, said.organisation, "a@example.org", MADE, ZONE
    )
    return [gift_tags.tags_sheets(tags, said.event, MADE), publisher_letters.letters_sheets([letter])]
