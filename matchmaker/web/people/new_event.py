"""Making an event: for people who already organise one, or own the installation."""

from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.event import make_event
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue import datasets
from matchmaker.store.event import event_roles
from matchmaker.web.account import me
from matchmaker.web.fields import (
    CheckboxField,
    DateField,
    Length,
    SelectChoice,
    SelectField,
    SubmitField,
    TextField,
    needed,
)
from matchmaker.web.form import PageForm
from matchmaker.web.people import people
from matchmaker.web.people.form_errors import show
from matchmaker.web.transaction import session


class NewEventForm(PageForm):
    """What an event needs before anything else."""

    name = TextField("Name of the event", validators=[needed("Enter the name of the event"), Length(max=200)])
    held_on = DateField(
        "Date", description="For example, 24 11 2027", validators=[needed("Enter the date of the event")]
    )
    like = SelectField(
        "Start from",
        description="An event like another takes over its set-up, texts, rounds and tables, and never its people.",
    )
    with_roles = CheckboxField(
        "Whoever has a part in that event has the same part in this one",
        description="Its organisers, helpers at the desk and readers. They are not told.",
    )
    submit = SubmitField("Make the event")


@people.route("/new-event", methods=["GET", "POST"])
def new_event() -> str | Response | tuple[str, int]:
    """Make an event, with the reader as its first organiser; for others there is no such page."""
    if not make_event.may_make(session(), me()):
        abort(404)
    organised = {one.public_id: one for one in event_roles.organised_by(session(), me().id)}
    form = NewEventForm(like=request.args.get("like", ""))
    form.like.choices = [
        SelectChoice("", "An empty event"),
        *(SelectChoice(key, f"Like {one.name}") for key, one in organised.items()),
    ]
    if form.validate_on_submit():
        assert form.held_on.data is not None
        today, like = datetime.now(UTC).date(), organised.get(form.like.data)
        try:
            event = make_event.make(
                session(),
                me(),
                form.name.data,
                form.held_on.data,
                today,
                like,
                with_roles=form.with_roles.data,
            )
        except Refused as refused:
            show(form, refused.problems)
        else:
            next_ = (
                "its people next" if datasets.any_there(session()) else "the datasets first, then its people"
            )
            flash(f"The event is made. Bring in {next_}", "success")
            return redirect(url_for("organisers.home", event=event.public_id))
    return render_template("people/new_event.html", form=form), 422 if form.errors else 200
