"""Changing a plan by hand: one round at a time, one meeting at a time, every change checked as it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from matchmaker.documents.directions import side_by_side
from matchmaker.services.plans import (
    change_meetings,
    edit_by_hand,
    kept_reviews,
    plan_versions,
    round_desk,
    shown_round,
)
from matchmaker.services.plans.change_meetings import Act, Sitting
from matchmaker.services.plans.review_plan import Review
from matchmaker.services.plans.round_desk import RoundDesk
from matchmaker.services.plans.shown_round import ShownRound
from matchmaker.services.refused import Refused
from matchmaker.store.people.comers import NamedPerson, named
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.event_time import ends_with_the_event
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.plans.plan import look, version, version_of
from matchmaker.web.paging import A_PAGE, MOST_CHOICES, page_asked, page_links, pages_of
from matchmaker.web.transaction import session
from matchmaker.web.whole_numbers import all_whole, whole

_CHANGED = (
    "Somebody has changed this plan since you opened the page, and their change stands. "
    "Look at it, then make yours again."
)


@dataclass(frozen=True)
class Option:
    """Somebody or something to choose in a list."""

    value: str
    words: str


@dataclass(frozen=True)
class MeetingRow:
    """A meeting of the round that the page shows."""

    table: int
    names: str
    locked: bool


@organisers.post("/plans/<plan>/edit")
@ends_with_the_event
def start_editing(plan: str) -> Response:
    """Take a draft up for changing by hand, or make a draft with the meetings of any other version."""
    seen = look(plan)
    if seen.faults:
        return redirect(url_for("organisers.plan", plan=plan))
    if seen.plan.state is PlanState.DRAFT:
        return redirect(url_for("organisers.edit_plan", plan=plan))
    draft, left_out = edit_by_hand.copy(session(), event(), seen.plan, me().id, datetime.now(UTC))
    flash(
        f"Version {draft.version} is a draft of your own to change. Nobody sees it until you publish it",
        "success",
    )
    for words in left_out:
        flash(words, "important")
    return redirect(url_for("organisers.edit_plan", plan=draft.public_id))


@organisers.get("/plans/<plan>/edit")
def edit_plan(plan: str) -> Response | str:
    """Show one round of a draft: its meetings, who is free, and what can be done."""
    draft = version(plan)
    number = request.args.get("round", type=whole) or next((one.number for one in event().rounds), 1)
    desk = _desk(draft, number)
    if desk is None:
        return redirect(url_for("organisers.plan", plan=plan))
    query = request.args.get("find", "")
    free = round_desk.free(session(), desk, query, MOST_CHOICES)
    taken = round_desk.taken(session(), desk)
    empty = sorted({*desk.tables} - {*taken})
    pages = pages_of(len(taken))
    page = min(page_asked(), pages)
    rows = round_desk.at_tables(session(), desk, taken[(page - 1) * A_PAGE : page * A_PAGE])
    names = _names(rows, _people(rows))
    return render_template(
        "organisers/plans/edit_plan.html",
        event=event(),
        plan=version_of(draft),
        shown=_as_shown(plan, number, shown_round.write(rows, empty[:MOST_CHOICES])),
        stood=desk.stood,
        round=number,
        rounds=desk.rounds,
        rows=[MeetingRow(one.table, names[one], one.locked) for one in rows],
        talks=desk.talks,
        page_links=page_links(
            "organisers.edit_plan", {"plan": plan, "round": number}, page, pages, "meetings"
        ),
        free=[name for _, name in free.first],
        free_count=free.count,
        choices=[Option(str(one), name) for one, name in free.found],
        query=query,
        most=MOST_CHOICES,
        tables=empty,
        fixed=number in draft.fixed_rounds,
        begun=desk.begun,
    )


@organisers.get("/plans/<plan>/rounds/<int(max=99999):round>/tables/<int(max=99999):table>")
def edit_meeting(plan: str, round: int, table: int) -> Response | str:
    """Show one meeting of a draft and what can be done with it."""
    draft = version(plan)
    desk = _desk(draft, round)
    if desk is None:
        return redirect(url_for("organisers.plan", plan=plan))
    one = next(iter(round_desk.at_tables(session(), desk, [table])), None)
    if one is None:
        say_gone(
            f"No meeting is at table {table} in round {round} of version {draft.version} any more",
            url_for("organisers.edit_plan", plan=plan, round=round),
            "See the round as it is now",
        )
    query = request.args.get("find", "")
    many, others = round_desk.others(session(), desk, one, query, MOST_CHOICES)
    sitting = round_desk.tables_of(session(), desk, [person for person, _ in others])
    few = len(desk.tables) <= MOST_CHOICES
    seen = {table, *(desk.tables if few else sitting.values())}
    here = round_desk.at_tables(session(), desk, seen)
    people = _people(here)
    names = _names(here, people)
    at = {person: f"at a table topic, table {x}" for person, x in desk.at_topics.items()}
    at |= {person: f"table {x}" for person, x in sitting.items()}
    by_whom = {x.table: f": {words}" for x, words in names.items()}
    return render_template(
        "organisers/plans/edit_meeting.html",
        event=event(),
        plan=version_of(draft),
        shown=_as_shown(plan, round, shown_round.write(here, seen, {x for x, _ in others} - sitting.keys())),
        stood=desk.stood,
        one=MeetingRow(table, names[one], one.locked),
        round=round,
        people=[Option(str(x), people[x].name) for x in one.people if x in people],
        others=[Option(str(x), f"{name}, {at.get(x, 'free')}") for x, name in others],
        many=many,
        query=query,
        rounds=desk.rounds,
        tables=[Option(str(x), f"Table {x}{by_whom.get(x, '')}") for x in desk.tables] if few else [],
    )


@organisers.post("/plans/<plan>/rounds/<int(max=99999):round>/tables/<int(max=99999):table>/<key>")
def change_meeting(plan: str, round: int, table: int, key: str) -> Response:
    """Lock, unlock, move, swap, remove or add a meeting of a draft."""
    place = (round, table)
    acts: dict[str, Act] = {
        "lock": change_meetings.lock(place, locked=True),
        "unlock": change_meetings.lock(place, locked=False),
        "remove": change_meetings.remove(place),
        "move": change_meetings.move(place, (_number("round"), _number("table"))),
        "swap": change_meetings.swap(place, _number("leaves"), _number("comes")),
    }
    done = {
        "lock": "The meeting is locked and stays in every later plan",
        "unlock": "The meeting is no longer locked",
        "remove": "The meeting is removed",
        "move": "The meeting is moved",
        "swap": "The two people have changed places",
    }
    if key not in acts:
        abort(404)
    return _change(plan, round, acts[key], done[key])


@organisers.post("/plans/<plan>/rounds/<int(max=99999):round>/<key>")
def change_round(plan: str, round: int, key: str) -> Response:
    """Lock or unlock all meetings of a round of a draft, fix the round or not, or add a meeting to it."""
    if key in ("fix", "unfix"):
        seen = _draft(plan)
        edit_by_hand.fix_round(session(), event(), seen.plan, round, fixed=key == "fix")
        words = "is fixed: nothing new is planned in it" if key == "fix" else "is no longer fixed"
        flash(f"Round {round} {words}", "success")
        return redirect(url_for("organisers.edit_plan", plan=plan, round=round))
    people = all_whole(request.form.getlist("people"))
    acts: dict[str, tuple[Act, str]] = {
        "lock": (change_meetings.lock_round(round, locked=True), "All meetings of the round are locked"),
        "unlock": (change_meetings.lock_round(round, locked=False), "No meeting of the round is locked"),
        "add": (change_meetings.add((round, _number("table")), people), "The meeting is added"),
    }
    if key not in acts:
        abort(404)
    return _change(plan, round, *acts[key])


def _change(plan: str, number: int, act: Act, done: str) -> Response:
    """Make one change, say what follows from it, and show its round."""
    seen = _draft(plan)
    here = redirect(url_for("organisers.edit_plan", plan=plan, round=number))
    try:
        follows = edit_by_hand.edit(
            session(),
            event(),
            seen.plan,
            request.form.get("revision", ""),
            act,
            datetime.now(UTC),
            _shown(plan, number),
        )
    except plan_versions.EditedMeanwhile:
        flash(_CHANGED, "important")
    except Refused as refused:
        flash(str(refused), "important")
    else:
        flash(". ".join([done, *(words.rstrip(".") for words in follows)]), "success")
    return here


def _signer(plan: str, number: int) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", f"round {number} of plan {plan} as shown")


def _as_shown(plan: str, number: int, line: str) -> str:
    """Return what a page shows of a round, for its forms to carry."""
    return str(_signer(plan, number).dumps(line))


def _shown(plan: str, number: int) -> ShownRound | None:
    """Return the round as the page showed it, or None if the form does not say."""
    try:
        line = _signer(plan, number).loads(request.form.get("shown", ""))
    except BadData:
        return None
    return shown_round.read(number, line) if isinstance(line, str) else None


def _draft(plan: str) -> Review:
    seen = look(plan)
    if seen.plan.state is not PlanState.DRAFT:
        say_gone(
            f"Version {seen.plan.version} is no draft any more: it has been published",
            url_for("organisers.plan", plan=plan),
            "See the version, and change it by hand in a new draft",
        )
    return seen


def _desk(draft: Plan, number: int) -> RoundDesk | None:
    """Return a round of a draft as it stands; None for what is no draft, or can no longer be shown."""
    at = datetime.now(UTC)
    if draft.state is not PlanState.DRAFT:
        return None
    said = kept_reviews.for_changing(session(), event(), draft, at)
    if said.found.faults:
        return None
    return round_desk.read_round(session(), event(), draft, number, said, at)


def _number(name: str) -> int:
    return request.form.get(name, default=0, type=whole)


def _people(meetings: Sequence[Sitting]) -> dict[int, NamedPerson]:
    """Return whoever sits in these meetings, by inside id."""
    return named(session(), {person for one in meetings for person in one.people}, event().id)


def _names(meetings: Sequence[Sitting], known: Mapping[int, NamedPerson]) -> dict[Sitting, str]:
    """Return who sits in each of these meetings, in words."""
    return {one: side_by_side((known[x].name for x in one.people if x in known), " and ") for one in meetings}
