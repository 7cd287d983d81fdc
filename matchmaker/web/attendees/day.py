"""My day: when, at which table, with whom and why, from the published plan alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from flask import Response, current_app, render_template, url_for

from matchmaker.documents.directions import isolated
from matchmaker.documents.people.names import first_name
from matchmaker.documents.suggestions.reasons import NO_REASON, why_meet
from matchmaker.services.people import coming, remember_meetings
from matchmaker.services.people.coming import Appointment
from matchmaker.services.plans.keep_meetings import begun
from matchmaker.services.plans.stand_ins import stand_ins
from matchmaker.services.plans.talks_on import as_things_stand
from matchmaker.store.event.events import Round
from matchmaker.store.people import encounters, hours, namesakes
from matchmaker.store.people.namesakes import AsTold
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence
from matchmaker.store.plans import planned_people, plans, talks
from matchmaker.store.plans.plans import Meeting, Plan
from matchmaker.store.plans.talks import Talk
from matchmaker.store.suggestions import answers
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.calendar import feed_address
from matchmaker.web.attendees.person_links import to_person
from matchmaker.web.filters import clock, when
from matchmaker.web.filters import day as day_of
from matchmaker.web.transaction import once, session


@dataclass(frozen=True)
class TablePartner:
    """Somebody at the reader's table."""

    name: str
    pronouns: str
    role: str
    organisation: str
    href: str


@dataclass(frozen=True)
class DayRow:
    """One round of the reader's day; `off`: its meeting cannot take place.

    `away`: they miss it, as they `said` or as they are not there by then. At a `topic`, by
    its title, `why` says what it is about and who hosts it.
    """

    number: int
    starts: str
    ends: str
    state: str
    table: int = 0
    partners: tuple[TablePartner, ...] = ()
    why: str = ""
    reserve: str = ""
    off: bool = False
    topic: str = ""
    away: bool = False
    said: bool = False
    cards: tuple["AfterCard", ...] = ()


@dataclass(frozen=True)
class AfterCard:
    """What the reader says of a meeting that has begun: `took_place` is None while they have not said."""

    id: str
    name: str
    took_place: bool | None
    in_touch: bool


@attendees.get("/day")
def day() -> str:
    """Show one row a round, or what will be here once a plan is published."""
    plan, rounds, now = plans.published(session(), event().id), event().rounds, datetime.now(UTC)
    return render_template(
        "attendees/day.html",
        event=event(),
        plan=plan,
        rows=_rows(plan, now) if plan else [],
        now=now,
        today=_is_today(now),
        begun=bool(rounds) and rounds[0].starts_at <= now,
        ahead=bool(rounds) and rounds[-1].starts_at > now,
        absent=registration().presence is Presence.ABSENT,
        stamp=_stamp(plan) if plan else "",
        late=plan is not None and not planned_people.is_made_for(session(), plan.id, me().id),
        feed=feed_address(),
        rounds=len(rounds),
        first=rounds[0].starts_at if rounds else None,
    )


@attendees.get("/day/worker.js")
def day_worker() -> Response:
    """Give the script that keeps My day readable without a network; it has a say over that page alone."""
    script = Path(current_app.static_folder or "", "day-worker.js").read_text(encoding="utf-8")
    return Response(
        script, mimetype="text/javascript", headers={"Service-Worker-Allowed": url_for("attendees.day")}
    )


@once
def published_plan() -> int | None:
    """Return the id of the published plan."""
    return plans.published_id(session(), event().id)


@once
def own_meetings() -> list[Meeting]:
    """Return the reader's meetings of the published plan that can take place, by round."""
    past = begun(event(), datetime.now(UTC))
    return coming.published_meetings(session(), event().id, me().id, published_plan(), past)


@once
def own_talks() -> list[Talk]:
    """Return the table topics of the published plan at which the reader can be, by round."""
    plan_id = published_plan()
    mine = talks.of_person(session(), plan_id, me().id) if plan_id else []
    return as_things_stand(session(), event().id, mine).open_to(me().id)


@once
def introduced() -> list[Person]:
    """Return the people with whom the reader has a mutual "meet", by name."""
    return answers.introduced_to(session(), event().id, me().id)


def appointments() -> dict[int, Appointment]:
    """Return when and where the reader meets whom, by person id, from the published plan alone."""
    now = datetime.now(UTC)
    return {
        seat.person_id: told
        for one in own_meetings()
        if (told := coming.appointment(event(), one, now))
        for seat in one.seats
    }


@once
def met_by_now() -> set[int]:
    """Return whom the reader has met, by id: a meeting of theirs has begun, and they did not say that it was none."""
    if not event().day_has_come(datetime.now(UTC)):
        return set()
    begun = {person_id for person_id, one in appointments().items() if not one.ahead}
    return begun - encounters.denied(session(), event().id, me().id) - {me().id} if begun else begun


def _is_today(now: datetime) -> bool:
    """Whether this is the day of the event, where it is held."""
    return now.astimezone(event().tz).date() == event().held_on


def _stamp(plan: Plan) -> str:
    """Say which plan this is and since when; the day is left out on the day itself."""
    published = plan.published_at or plan.made_at
    zone = event().zone
    today = day_of(published, zone) == day_of(datetime.now(UTC), zone)
    return f"Plan {plan.version}, published {clock(published, zone) if today else when(published, zone)}"


def _rows(plan: Plan, now: datetime) -> list[DayRow]:
    meetings = plans.meetings_of(session(), plan.id, me().id)
    on = coming.taking_place(session(), event().id, meetings, me().id, begun(event(), now))
    by_round = {one.round_number: one for one in meetings}
    gone = {number for one, number, _ in talks.lost(session(), plan.id) if one == me().id}
    held = as_things_stand(session(), event().id, talks.of_person(session(), plan.id, me().id))
    mine, open_ = {one.round_number: one for one in held.talks}, held.open_to(me().id)
    rounds = event().rounds
    following = next((one.number for one in rounds if one.ends_at > now), 0) if _is_today(now) else 0
    taking_place = [one for one in meetings if one.id in on]
    reserves = stand_ins(session(), event(), taking_place, me())
    people = [*reserves.values(), *(one.topic.host for one in mine.values())]
    people += [seat.person for one in meetings for seat in one.seats]
    names = namesakes.told_in_plan(session(), plan, people)
    cards = _cards(now, taking_place, names)
    rows = [_row(one, by_round.get(one.number), on, _state(one, now, following), names) for one in rounds]
    rows = [
        _at_topic(row, mine[row.number], names, mine[row.number] in open_)
        if row.number in mine and not row.away
        else replace(row, off=row.off or (row.number in gone and not row.away))
        for row in rows
    ]
    return [
        replace(
            row,
            reserve=names[reserves[row.number].id].alone if row.number in reserves else "",
            cards=tuple(cards.get(row.number, ())),
        )
        for row in rows
    ]


def _at_topic(row: DayRow, talk: Talk, names: Mapping[int, AsTold], on: bool) -> DayRow:
    topic = talk.topic
    if not on:
        return replace(row, off=True)
    others = f"{isolated(names[topic.host_id].alone)} hosts it, and you gave it a star."
    host = "You host it." if topic.host_id == me().id else others
    return replace(row, table=talk.table_number, topic=topic.title, why=f"{topic.about} {host}".strip())


def _cards(
    now: datetime, meetings: Sequence[Meeting], names: Mapping[int, AsTold]
) -> dict[int, list[AfterCard]]:
    """Return by round what the reader says of those of their meetings that have begun."""
    found: dict[int, list[AfterCard]] = {}
    for one in remember_meetings.met(session(), event(), me(), now, meetings):
        if one.round is not None:
            said = one.said.took_place if one.said else None
            card = AfterCard(one.person.public_id, names[one.person.id].alone, said, one.in_touch)
            found.setdefault(one.round.number, []).append(card)
    return found


def _state(round_: Round, now: datetime, following: int) -> str:
    if round_.ends_at <= now:
        return "past"
    if round_.number != following:
        return ""
    return "now" if round_.starts_at <= now else "next"


def _row(
    round_: Round, meeting: Meeting | None, on: set[int], state: str, names: Mapping[int, AsTold]
) -> DayRow:
    row = DayRow(
        number=round_.number,
        starts=clock(round_.starts_at, event().zone),
        ends=clock(round_.ends_at, event().zone),
        state=state,
    )
    if round_.number in hours.missed(event(), registration()):
        return replace(row, away=True, said=round_.number in registration().away_rounds)
    if meeting is None:
        return row
    if meeting.id not in on:
        return replace(row, off=True)
    reader = me().id
    others = [seat.person for seat in meeting.seats if seat.person_id != reader]
    return replace(
        row,
        table=meeting.table_number,
        partners=tuple(
            TablePartner(
                names[one.id].beside,
                one.pronouns,
                one.job_title,
                one.organisation,
                to_person(one.public_id, "day"),
            )
            for one in others
        ),
        why=_why(meeting, others, ahead=row.state != "past"),
    )


def _why(meeting: Meeting, others: Sequence[Person], *, ahead: bool) -> str:
    """Return why the reader meets these people, or how to begin without a reason, while that is `ahead`."""
    told = why_meet((meeting.reasons(me().id, one.id), first_name(one.name)) for one in others)
    return told if ahead or told != NO_REASON else ""
