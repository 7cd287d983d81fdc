"""Credits that nobody has claimed: people without an account, and teams. Ask them, print slips, record a yes."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.recognition.states import UNCLAIMED_LIVE, UnclaimedState
from matchmaker.services import ask_for_work
from matchmaker.services.credits import build_labels, name_strangers
from matchmaker.services.credits.name_strangers import HOW_LONGEST
from matchmaker.services.refused import Refused
from matchmaker.store.credits import unclaimed as store
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.gone import say_gone
from matchmaker.web.no_mail import no_mail, on_the_way
from matchmaker.web.organisers import organisers
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
from matchmaker.web.public.claim import invite
from matchmaker.web.transaction import session, start


@organisers.get("/unclaimed")
def unclaimed() -> str:
    """List everybody named for a dataset who has no account, and teams, each with what can be done."""
    count, slips = store.count_live(session(), event().id)
    page = min(page_asked(), pages_of(count))
    rows = store.a_page(session(), event().id, (page - 1) * A_PAGE, A_PAGE)
    return render_template(
        "organisers/credits/unclaimed.html",
        event=event(),
        waiting=[row for row in rows if row.state is UnclaimedState.WAITING],
        shown=[row for row in rows if row.state is UnclaimedState.SHOWN],
        slips=slips,
        page_links=page_links("organisers.unclaimed", {}, page, pages_of(count), "names"),
        role_in_words=build_labels.role_in_words,
        how_longest=HOW_LONGEST,
        reader=me(),
    )


@organisers.post("/unclaimed/slips")
def claim_slips() -> Response:
    """Ask for claim slips as a PDF, for everybody who has not answered."""
    address = current_app.config["SETTINGS"].public_url + url_for("public.claim_slip")
    job = ask_for_work.ask(session(), "claim-slips", event().id, me().id, {"claim_at": address})
    start(job)
    return redirect(url_for("organisers.job", job=job.public_id))


@organisers.post("/unclaimed/<unclaimed>/invite")
def invite_unclaimed(unclaimed: str) -> Response:
    """Write to somebody who was named, or remind them once."""
    row = _find(unclaimed)
    if no_mail():
        # Whoever was written to is written to once more at most: what reaches nobody must not count.
        said = on_the_way(1, "email", "emails", "print a claim slip, or ask them yourself")
        flash(f"{row.name} is not written to: {said}", "important")
        return redirect(url_for("organisers.unclaimed"))
    return _done(lambda: invite(row, event()), f"An email to {row.name} is on its way")


@organisers.post("/unclaimed/<unclaimed>/yes")
def record_unclaimed_yes(unclaimed: str) -> Response:
    """Record that a person agreed to be named, or approve a team."""
    row, how = _find(unclaimed), request.form.get("how", "")
    return _done(
        lambda: name_strangers.record_yes(session(), event(), row, me(), how, datetime.now(UTC)),
        f"{row.name} is on the label now",
    )


@organisers.post("/unclaimed/<unclaimed>/take-off")
def take_off_unclaimed(unclaimed: str) -> Response:
    """Take a name off the label again."""
    row = _find(unclaimed)
    return _done(
        lambda: name_strangers.take_off(session(), event(), row, me(), datetime.now(UTC)),
        f"{row.name} is no longer on the label",
    )


@organisers.post("/unclaimed/<unclaimed>/remove")
def remove_unclaimed(unclaimed: str) -> Response:
    """Remove a name for good."""
    row = _find(unclaimed)
    return _done(
        lambda: name_strangers.remove(session(), event(), row, me(), datetime.now(UTC)), "The name is removed"
    )


def _done(act: Callable[[], object], words: str) -> Response:
    """Do what was asked and say so, or say why it cannot be."""
    try:
        act()
    except Refused as stopped:
        flash(str(stopped), "important")
    else:
        flash(words, "success")
    return redirect(url_for("organisers.unclaimed"))


def _find(public_id: str) -> UnclaimedCredit:
    """Return an unanswered credit of this event; any other is not there."""
    row = store.by_public_id(session(), public_id)
    if row is None or row.event_id != event().id or row.state not in UNCLAIMED_LIVE:
        say_gone(
            "This name is not here any more: somebody has answered for it, or removed it",
            url_for("organisers.unclaimed"),
            "Named without an account",
        )
    return row
