"""Who organises the event: add somebody, or remove them."""

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.validators import Email

from matchmaker.services.event import organisers as organising
from matchmaker.services.refused import Refused
from matchmaker.store.event import events
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.fields import EmailField, Length, SubmitField, TextField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session


class OrganiserForm(PageForm):
    """Somebody who is to organise the event, too."""

    name = TextField("Name", validators=[needed("Enter their name"), Length(max=200)])
    email = EmailField(
        "Email address",
        description="They sign in with it.",
        validators=[
            needed("Enter their email address"),
            Email("Enter an email address in the right form, like name@example.gov.uk"),
            Length(max=254),
        ],
    )
    submit = SubmitField("Add this organiser")


@organisers.route("/organisers", methods=["GET", "POST"])
def event_organisers() -> str | Response | tuple[str, int]:
    """List who organises the event, and add somebody."""
    form = OrganiserForm()
    if form.validate_on_submit():
        try:
            person, news = organising.add_to(session(), event(), form.email.data, form.name.data)
        except Refused as refused:
            form.email.errors = [str(refused)]
        else:
            said = (
                "now organises the event. Tell them to sign in with this address"
                if news
                else "organises it already"
            )
            flash(f"{person.name} {said}", "success")
            return redirect(url_for("organisers.event_organisers"))
    page = render_template(
        "organisers/event/organisers.html",
        event=event(),
        form=form,
        people=events.organisers(session(), event().id),
        me=me(),
    )
    return page, 422 if form.errors else 200


@organisers.post("/organisers/<person>/remove")
def remove_organiser(person: str) -> Response:
    """Let somebody no longer organise the event; its last organiser stays."""
    found = next((one for one in events.organisers(session(), event().id) if one.public_id == person), None)
    if found is None:
        abort(404)
    try:
        organising.dismiss(session(), event(), found)
    except Refused as refused:
        flash(str(refused), "important")
        return redirect(url_for("organisers.event_organisers"))
    flash(f"{found.name} no longer organises the event", "success")
    return redirect(url_for("public.home" if found.id == me().id else "organisers.event_organisers"))
