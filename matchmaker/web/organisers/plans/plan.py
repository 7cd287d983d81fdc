"""One version of the plan: look at it by round or by person, see what it changes, take it away as a file."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.services import ask_for_work
from matchmaker.services.plans import kept_reviews
from matchmaker.services.plans.keep_meetings import PlanningWay
from matchmaker.services.plans.review_plan import Review, review
from matchmaker.store import jobs
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.plans import plans as rows
from matchmaker.store.plans.plans import Plan, PlanState
from matchmaker.web.access import also_for, event
from matchmaker.web.account import me
from matchmaker.web.event_time import ends_with_the_event
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.plans.grid import grid_asked, talks_by_topic
from matchmaker.web.transaction import session, start


@dataclass(frozen=True)
class Version:
    """What a page says of one version of the plan itself.

    Templates are given values, never a plan with its meetings: what a template has been given is freed late, by the
    collector of cycles, and thousands of rows at once have brought CPython 3.11 down there.
    """

    public_id: str
    version: int
    state: str
    made_at: datetime
    published_at: datetime | None
    revision: int


def version_of(plan: Plan) -> Version:
    """Return what a page says of a version."""
    return Version(
        plan.public_id, plan.version, plan.state.value, plan.made_at, plan.published_at, plan.revision
    )


def off_now(published: Plan | None) -> int:
    """Return how many meetings of the published plan, in rounds that have not begun, cannot take place."""
    if published is None or published.state is not PlanState.PUBLISHED:
        return 0
    return kept_reviews.gaps(session(), event(), published, datetime.now(UTC))


def mending(published: Plan | None) -> dict[str, str]:
    """Return the form that plans again, for the same people, with as few changes as possible."""
    asked = {"unanswered": "y"} if published and published.unanswered else {}
    return {"way": PlanningWay.LEAST.value, **asked}


@organisers.get("/plans/<plan>")
@also_for(EventRole.READER)
def plan(plan: str) -> str:
    """Show one version: how good it is, who meets whom, and what stands against it."""
    shown = version(plan)
    said = kept_reviews.of_plan(session(), event(), shown, datetime.now(UTC))
    found = said.found
    if found.faults:
        return render_template(
            "organisers/plans/plan_broken.html", event=event(), plan=version_of(shown), faults=found.faults
        )
    now = rows.published(session(), event().id)
    return render_template(
        "organisers/plans/plan.html",
        event=event(),
        plan=version_of(shown),
        found=found,
        stood=said.stood,
        wishes=shown.wishes,
        talks=talks_by_topic(found),
        rounds=len(shown.rounds),
        now=version_of(now) if now else None,
        gains=_gains(shown),
        off=off_now(shown),
        mending=mending(shown),
        grid=grid_asked(shown, found),
    )


@organisers.post("/plans/<plan>/what-if")
@ends_with_the_event
def what_if(plan: str) -> Response:
    """Ask what more tables or another round would give this version."""
    version(plan)
    job = ask_for_work.ask(session(), "what-if", event().id, me().id, {"plan": plan})
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


def _gains(plan: Plan) -> list[dict[str, Any]]:
    """Return what more tables or another round would give, if that was asked of this version as it stands."""
    job = jobs.latest(session(), event().id, "what-if")
    asked = job.result if job else {}
    same = (asked.get("plan"), asked.get("revision")) == (plan.public_id, plan.revision)
    gains = list(asked["gains"]) if same else []
    # What was worked out by an earlier release names its changes in another way.
    return gains if all("change" in one for one in gains) else []


@organisers.post("/plans/<plan>/table/<ending>")
def plan_table(plan: str, ending: str) -> Response:
    """Ask for the plan as a table: CSV, one row a meeting, or a workbook, by round and by person."""
    if ending not in ("csv", "xlsx"):
        abort(404)
    details = {"plan": version(plan).public_id, "ending": ending}
    job = ask_for_work.ask(session(), "plan-table", event().id, me().id, details)
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


def look(public_id: str) -> Review:
    """Return the review of a version of this event's plan, or show that there is none."""
    return review(session(), event(), version(public_id))


def version(public_id: str) -> Plan:
    """Return a version of this event's plan, or show that there is none."""
    found: Plan | None = rows.by_public_id(session(), event().id, public_id)
    if found is None:
        say_gone(
            "This version of the plan is not here any more",
            url_for("organisers.plans"),
            "All versions",
        )
    return found
