"""Several people of the list at once: say what happens to whom, do it, and offer to undo it."""

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import HiddenField

from matchmaker.documents.counts import plural
from matchmaker.services.people import act_on_people
from matchmaker.services.people.act_on_people import KIND, UNDONE, Act, Reach
from matchmaker.services.refused import Refused
from matchmaker.services.suggestions.refresh_lists import ask_for
from matchmaker.store import jobs
from matchmaker.store.event import events
from matchmaker.store.jobs import Job
from matchmaker.store.people import guest_list, namesakes
from matchmaker.store.people.guest_list import Condition
from matchmaker.store.people.listed_people import ListPart
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.event_time import ends_with_the_event, say_over
from matchmaker.web.fields import Length, LongTextField
from matchmaker.web.form import PageForm
from matchmaker.web.gone import say_gone
from matchmaker.web.no_mail import on_the_way
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.people.as_shown import as_shown
from matchmaker.web.organisers.people.invitations import addresses_in_letters
from matchmaker.web.organisers.people.people import act_words, acts, part
from matchmaker.web.transaction import deliver_mail, session, start

Page = str | Response | tuple[str, int]
DONE: dict[Act, tuple[str, str]] = {
    Act.COMING: ("person is marked as coming", "people are marked as coming"),
    Act.NOT_COMING: ("person is marked as not coming", "people are marked as not coming"),
    Act.WAITING: ("person is on the waiting list", "people are on the waiting list"),
    Act.BACK: ("person is back on the list", "people are back on the list"),
    Act.REMOVE: ("person is removed from the list", "people are removed from the list"),
}


class ActOnPeopleForm(PageForm):
    """The yes to doing something to so many people."""

    act = HiddenField()
    count = HiddenField()
    whom = HiddenField()
    word = LongTextField(
        "How do you know that they come?",
        description="For example: “Attending” in the export of our tickets of 3 March. It is recorded with each.",
        validators=[Length(max=300)],
    )


@organisers.get("/people/several")
def confirm_several() -> str | Response:
    """Say what would happen to how many, and who is left out and why, before anything is done."""
    found = act_on_people.reach(session(), event(), *_chosen(request.args)) if "act" in request.args else None
    if found and found.act not in acts():
        return _over()
    if found is None or not (found.reached.people or found.left_out):
        flash("Tick at least one person, or everybody on the list shown", "important")
        return redirect(_back())
    return _confirm(found, ActOnPeopleForm(formdata=None))


@organisers.post("/people/several")
def act_on_several() -> Page:
    """Do it to all of them, if they are still the people whom the page named."""
    form = ActOnPeopleForm()
    events.lock(session(), event().id)
    act, asked = _chosen(request.form)
    if act not in acts():
        return _over()
    found = act_on_people.reach(session(), event(), act, asked)
    if not form.validate():
        return _confirm(found, form), 422
    whom = as_shown(found.reached.signs)
    if form.count.data != str(found.reached.people) or form.whom.data not in ("", None, whom):
        flash(
            "The list has changed since you opened the page. Nothing has been done. Look again", "important"
        )
        return _confirm(found, form), 422
    if not found.reached.people:
        return redirect(_back())
    try:
        job, people = act_on_people.carry_out(
            session(), event(), found, me(), form.word.data or "", datetime.now(UTC), addresses_in_letters()
        )
    except Refused as refused:
        form.word.errors = [str(refused)]
        return _confirm(found, form), 422
    if act is Act.INVITE:
        deliver_mail()
    else:
        start(ask_for(session(), event().id, [] if act is Act.REMOVE else people, me().id))
    return redirect(url_for("organisers.several_done", done=job.public_id))


@organisers.get("/people/several/<done>")
def several_done(done: str) -> str:
    """Say what was done to how many, with the button that undoes it where that can be."""
    job = _job(done)
    act = Act(job.details["act"])
    return render_template(
        "organisers/people/several_done.html",
        done=done,
        said=_said(act, job.details["people"]),
        can_undo=bool(job.result.get("before")) and act in acts(),
        undone=job.result.get("undone"),
        act=act.value,
    )


@organisers.post("/people/several/<done>/undo")
@ends_with_the_event
def undo_several(done: str) -> Response:
    """Put everybody back where they stood, unless somebody has changed that since."""
    back = act_on_people.undo(session(), event(), _job(done), datetime.now(UTC))
    if back:
        start(ask_for(session(), event().id, back, me().id))
    flash(f"{plural(len(back), 'person is', 'people are')} back where they stood", "success")
    return redirect(url_for("organisers.people", show="all"))


def _said(act: Act, people: int) -> str:
    """Return what was done to how many, as a heading."""
    if act is not Act.INVITE:
        return plural(people, *DONE[act])
    told = on_the_way(people, "invitation", "invitations", "make personal codes and hand them out instead")
    return told[:1].upper() + told[1:]


def _chosen(values: Any) -> tuple[Act, list[Condition]]:
    """Return what is to be done and to whom: those who are ticked, or everybody whom the list shows."""
    try:
        act = Act(values.get("act", ""))
    except ValueError:
        abort(400)
    show, query = values.get("show", ""), values.get("q", "").strip()
    if values.get("all") == "y":
        return act, [part(show), *guest_list.named(query, by_name=False)]
    return act, [guest_list.with_public_id(values.getlist("who"))]


def _confirm(found: Reach, form: ActOnPeopleForm) -> str:
    values = request.values
    if found.act is not Act.COMING:
        del form.word
    form.act.data, form.count.data, form.whom.data = (
        found.act.value,
        str(found.reached.people),
        as_shown(found.reached.signs),
    )
    everybody = values.get("all") == "y"
    parts = (found.reached, *(part for _, part in found.left_out))
    told = namesakes.told(session(), event().id, {one.id for part in parts for one in part.first})

    def as_told(part: ListPart) -> ListPart:
        return part._replace(
            first=[one._replace(name=told[one.id].alone) if one.id in told else one for one in part.first]
        )

    return render_template(
        "organisers/people/several.html",
        form=form,
        act=found.act.value,
        words=act_words(found.act),
        reached=as_told(found.reached),
        left_out=[(why, as_told(part)) for why, part in found.left_out],
        can_undo=found.act in UNDONE,
        hidden={"show": values.get("show", ""), "q": values.get("q", ""), "all": "y"} if everybody else {},
        who=[] if everybody else values.getlist("who"),
        back=_back(),
    )


def _over() -> Response:
    say_over()
    return redirect(_back())


def _back() -> str:
    return url_for("organisers.people", show=request.values.get("show"), q=request.values.get("q") or None)


def _job(public_id: str) -> Job:
    found = jobs.by_public_id(session(), event().id, public_id)
    if found is None or found.kind != KIND:
        say_gone(
            "What was done here is too long ago to be looked at or undone",
            url_for("organisers.people", show="all"),
            "People",
        )
    return found
