"""Overview: what waits for the organiser, each with its button, and the event in four numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import render_template, url_for

from matchmaker.documents.counts import plural
from matchmaker.services.event.overview import Overview, oversee
from matchmaker.services.plans.changed_since import ChangedSincePlan
from matchmaker.store.event.event_roles import EventRole
from matchmaker.web.access import also_for, event, role
from matchmaker.web.filters import sentence_list
from matchmaker.web.no_mail import no_mail
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.plans.plan import mending
from matchmaker.web.transaction import session


@dataclass(frozen=True)
class Need:
    """One thing to do: what, why, and the button that leads there, or does it at once with `fields`."""

    title: str
    words: str
    href: str
    action: str
    fields: Mapping[str, str] | None = None


@organisers.get("/")
@also_for(EventRole.READER)
def home() -> str:
    """Show what waits for the organiser, then people, plan, print and thanks with one number each."""
    seen = oversee(session(), event(), datetime.now(UTC))
    if role() is not EventRole.ORGANISER:
        return render_template("organisers/event/home.html", event=event(), seen=seen, needs=None)
    needs = [
        *([] if seen.over else _needs_before_it_is_over(seen)),
        *_credit_needs(seen),
        *_mail_needs(seen),
    ]
    return render_template("organisers/event/home.html", event=event(), seen=seen, needs=needs)


def _needs_before_it_is_over(seen: Overview) -> list[Need]:
    return [
        *_first_needs(seen),
        *_hall_needs(seen),
        *_place_needs(seen),
        *_people_needs(seen),
        *_plan_needs(seen),
    ]


def _first_needs(seen: Overview) -> list[Need]:
    """Return what goes before all else until there is a plan, in the order in which nothing has to be done again."""
    needs = []
    if seen.latest is None and not seen.set_up:
        words = "Where it is, what the data is used for, and whose email addresses count as inside the department."
        needs.append(Need("The set-up is not complete", words, url_for("organisers.setup"), "Complete it"))
    if seen.latest is None and not seen.datasets:
        words = (
            "People choose theirs from a catalogue. What a list of people names is kept until it is there."
        )
        imports = url_for("organisers.import_catalogue")
        needs.append(Need("There are no datasets yet", words, imports, "Import datasets"))
    # Whoever asks or waits for a place, or is offered one, is on the list: nobody else need be brought first.
    if not (seen.coming or seen.asking or seen.waiting):
        words = "Import a list from a file, or add people one by one."
        imports = url_for("organisers.import_attendees")
        needs.append(Need("Nobody is on the list yet", words, imports, "Import people"))
    return needs


def _hall_needs(seen: Overview) -> list[Need]:
    needs = []
    if not seen.rounds:
        words = "A round is a slot of time in which everybody meets one person."
        needs.append(Need("There are no rounds yet", words, url_for("organisers.rounds"), "Add rounds"))
    if not seen.tables:
        words = "Two people meet at each table in each round."
        needs.append(Need("There are no tables yet", words, url_for("organisers.tables"), "Add tables"))
    for count, kind in ((seen.no_step_free, "step-free"), (seen.no_quiet, "quiet")):
        if count:
            needs.append(
                Need(
                    f"{plural(count, 'person needs', 'people need')} a {kind} table, and none is marked so",
                    "Without one, the plan has no place for them.",
                    url_for("organisers.tables"),
                    "Mark tables",
                )
            )
    return needs


def _place_needs(seen: Overview) -> list[Need]:
    needs = []
    if seen.asking:
        needs.append(
            Need(
                f"{plural(seen.asking, 'person asks', 'people ask')} for a place",
                "Places are not offered any more: let them in at the desk, or tell them that there is no place."
                if seen.day_has_come
                else "Put them on the waiting list, or tell them that there is no place for them.",
                url_for("organisers.places"),
                "Decide",
            )
        )
    if seen.free:
        needs.append(
            Need(
                f"{plural(seen.free, 'place is', 'places are')} free for people who wait",
                "They go to the next on the list. A page says first who that is.",
                url_for("organisers.confirm_offers"),
                "Offer them",
            )
        )
    return needs


def _people_needs(seen: Overview) -> list[Need]:
    needs = []
    if seen.not_invited:
        needs.append(
            Need(
                f"{plural(seen.not_invited, 'person has', 'people have')} not been invited",
                "With a printed code, or through your own mailer."
                if no_mail()
                else "By email, with a printed code, or through your own mailer.",
                url_for("organisers.invitations"),
                "Invite them",
            )
        )
    if seen.no_answer:
        needs.append(
            Need(
                f"{plural(seen.no_answer, 'person has', 'people have')} not answered their invitation",
                "The next plan is for them too only if you tick that when you make it.",
                url_for("organisers.people", show="no-answer"),
                "See who",
            )
        )
    if seen.nearly_empty:
        needs.append(
            Need(
                f"{plural(seen.nearly_empty, 'profile is', 'profiles are')} nearly empty",
                "They get meetings all the same, but a good reason needs a few words from them.",
                url_for("organisers.people", show="nearly-empty"),
                "See who",
            )
        )
    return needs


def _plan_needs(seen: Overview) -> list[Need]:
    if seen.latest is None:
        return _no_plan_yet(seen)
    needs = []
    if seen.off and not seen.mended:
        needs.append(
            Need(
                f"{plural(seen.off, 'meeting')} of the published plan will not take place",
                f"The people in {'it' if seen.off == 1 else 'them'} are told"
                f"{' on “My day” alone, as no email leaves this computer' if no_mail() else ''}. Plan again with as "
                "few changes as possible: you see the new version before anybody else does.",
                url_for("organisers.make_plan"),
                "Mend the plan",
                mending(seen.published),
            )
        )
    elif seen.changes:
        needs.append(
            Need(
                f"Plan {seen.latest.version} is older than what it was made from",
                _changed(seen.changes),
                url_for("organisers.plans"),
                "Make it again",
            )
        )
    if seen.latest.published_at is None:
        needs.append(
            Need(
                f"Plan {seen.latest.version} is a draft",
                (f"It mends {plural(seen.off, 'meeting')} that cannot take place. " if seen.mended else "")
                + "Attendees see nothing of it until it is published.",
                url_for("organisers.plan", plan=seen.latest.public_id),
                "Look at it",
            )
        )
    return needs


def _no_plan_yet(seen: Overview) -> list[Need]:
    """Return that a plan can be made, or what one waits for where only answers are lacking."""
    if not (seen.rounds and seen.tables and seen.coming > 1):
        return []
    words = "Everything it needs is there."
    if seen.confirmed < 2 and seen.here < 2:
        words = (
            "Rounds and tables are there. A plan is for people who say that they come: wait for answers, mark "
            "people as coming, or plan in those who have not answered."
        )
    return [Need("There is no plan yet", words, url_for("organisers.plans"), "Make the plan")]


def _changed(changes: ChangedSincePlan) -> str:
    """Return what changed, as one sentence.

    >>> _changed(ChangedSincePlan(left=2, introductions=1))
    'Since then 2 people left and 1 pair agreed to meet.'
    """
    parts = [
        plural(count, one, many)
        for count, one, many in (
            (changes.left, "person left", "people left"),
            (changes.joined, "person joined", "people joined"),
            (changes.introductions, "pair agreed to meet", "pairs agreed to meet"),
        )
        if count
    ]
    if changes.hall:
        parts.append("the rounds or tables changed")
    return f"Since then {sentence_list(parts)}."


def _credit_needs(seen: Overview) -> list[Need]:
    needs = []
    if seen.reports:
        needs.append(
            Need(
                f"{plural(seen.reports, 'report waits', 'reports wait')} for your decision",
                "Somebody says that a thanks, a credit or a note is wrong.",
                url_for("organisers.moderation"),
                "Decide",
            )
        )
    if not seen.unclaimed:
        return needs
    return [
        *needs,
        Need(
            f"{plural(seen.unclaimed, 'name waits', 'names wait')} for a yes",
            "Colleagues named them for a dataset, and they have no account here.",
            url_for("organisers.unclaimed"),
            "See who",
        ),
    ]


def _mail_needs(seen: Overview) -> list[Need]:
    if not seen.refused_mail:
        return []
    return [
        Need(
            f"{plural(seen.refused_mail, 'letter', 'letters')} could not be sent",
            "They are tried again for a while. Often the address has a slip in it.",
            url_for("organisers.invitations"),
            "See which",
        )
    ]
