"""Places: how many there are and who waits for one; offer the free ones, and decide about who asks."""

from datetime import UTC, datetime
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import HiddenField
from wtforms.validators import Optional

from matchmaker.documents.counts import plural
from matchmaker.services.event import places
from matchmaker.services.refused import Refused
from matchmaker.store.event import events
from matchmaker.store.people import places as rows
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.web.access import event
from matchmaker.web.fields import Between, CheckboxField, SubmitField, WholeNumberField, needed
from matchmaker.web.form import EditForm, PageForm, done
from matchmaker.web.no_mail import told_by_mail
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.people.as_shown import as_shown
from matchmaker.web.organisers.people.person import find
from matchmaker.web.paging import A_PAGE
from matchmaker.web.transaction import deliver_mail, session
from matchmaker.web.whole_numbers import whole

Page = str | Response | tuple[str, int]
_LIMIT = (Optional(), Between(0, 100_000))


class PlacesForm(EditForm):
    """How many places there are, and how long an offer is open."""

    places = WholeNumberField(
        "Places in total", description="Leave empty for no limit.", validators=[*_LIMIT]
    )
    places_inside = WholeNumberField(
        "Places for people from inside the department",
        description="Leave empty for no limit besides the total.",
        validators=[*_LIMIT],
    )
    places_outside = WholeNumberField(
        "Places for people from outside",
        description="Leave empty for no limit besides the total.",
        validators=[*_LIMIT],
    )
    offer_days = WholeNumberField(
        "Days to answer the offer of a place",
        description="After that, it is offered to the next person on the waiting list.",
        validators=[
            needed("Enter how many days somebody has to answer"),
            Between(1, 60),
        ],
    )
    open_registration = CheckboxField(
        "Anybody with the address may ask for a place",
        description="They confirm their email address, and you decide about each. Places has the address.",
    )
    submit = SubmitField("Save")


class OfferForm(PageForm):
    """The yes to offering places to so many people."""

    count = HiddenField()
    whom = HiddenField()


@organisers.get("/places", endpoint="places")
def show_places() -> str:
    """Show for each side places, taken, offered and waiting; who asks and who waits; and offer free places."""
    there, at = places.count(session(), event()), datetime.now(UTC)
    return render_template(
        "organisers/event/places.html",
        event=event(),
        there=there,
        rows=(("Inside the department", there.inside), ("Outside", there.outside), ("In total", there.total)),
        next=places.count_next(session(), event(), at, there),
        day_has_come=event().day_has_come(at),
        is_over=event().is_over(at),
        address=current_app.config["SETTINGS"].public_url
        + url_for("public.ask_for_a_place", event=event().public_id),
        over=places.over(there),
        asking=_first(RegistrationState.PENDING, there.total.asking),
        waiting=_first(RegistrationState.WAITING, there.total.waiting),
        offered=_first(RegistrationState.OFFERED, there.total.offered),
    )


@organisers.route("/places/numbers", methods=["GET", "POST"])
def place_numbers() -> Page:
    """Say how many places there are, and how long an offer is open."""
    form = PlacesForm(_now, of=(event(),))
    if form.validate_on_submit():
        for name in _now():
            setattr(event(), name, form[name].data)
        done(form, "The places are saved")
        return redirect(url_for("organisers.places"))
    page = render_template("organisers/event/place_numbers.html", form=form)
    return page, 422 if form.errors else 200


@organisers.get("/places/offer")
def confirm_offers() -> str:
    """Say who gets an offer, and until when they can answer, before anything is sent."""
    return _confirm()


@organisers.post("/places/offer")
def offer_places() -> Page:
    """Offer the free places to the next on the waiting list, if they are still those whom the page named."""
    form = OfferForm()
    count = request.form.get("count", type=whole)
    if not form.validate() or count is None:
        abort(400)
    link = current_app.config["SETTINGS"].public_url + url_for("attendees.home", event=event().public_id)
    events.lock(session(), event().id)
    if form.whom.data not in ("", None, as_shown(places.next_ones(session(), event(), datetime.now(UTC)))):
        flash(
            "Others are next on the waiting list than the page said. Nothing has been done. Look again",
            "important",
        )
        return _confirm(), 422
    try:
        offered = places.offer(session(), event(), count, link, datetime.now(UTC))
    except Refused as refused:
        flash(str(refused), "important")
        return _confirm(), 422
    deliver_mail()
    words = f"{plural(offered, 'place is', 'places are')} offered"
    flash(told_by_mail(words, "tell them yourself"), "success")
    return redirect(url_for("organisers.places"))


@organisers.post("/places/<registration>")
def decide_place(registration: str) -> Response:
    """Put somebody who asks for a place on the waiting list, or tell them that there is none for them."""
    one, said = find(registration), request.form.get("place", "")
    if said not in ("yes", "no"):
        abort(400)
    try:
        places.decide(session(), event(), one, yes=said == "yes")
    except Refused as refused:
        flash(str(refused), "important")
    else:
        deliver_mail()
        words = f"{one.person.name} {'is on the waiting list' if said == 'yes' else 'has no place'}"
        flash(told_by_mail(words, "tell them yourself"), "success")
    return redirect(url_for("organisers.places"))


def _confirm() -> str:
    at = datetime.now(UTC)
    chosen = places.next_ones(session(), event(), at)
    return render_template(
        "organisers/event/offer_places.html",
        event=event(),
        form=OfferForm(formdata=None, count=str(len(chosen)), whom=as_shown(chosen)),
        chosen=chosen,
        without_address=[one for one in chosen if not one.person.email],
        until=places.answer_by(event(), at),
        day_has_come=event().day_has_come(at),
        is_over=event().is_over(at),
    )


def _first(state: RegistrationState, number: int) -> list[dict[str, Any]]:
    """Return the first of so many people in a state, as they asked; the list of people has the others."""
    if not number:
        return []
    return [
        {
            "id": one.public_id,
            "name": one.person.name,
            "organisation": one.person.organisation,
            "pool": "Inside" if one.pool == "inside" else "Outside",
            "asked_at": one.asked_at,
            "until": places.last_day(event(), one),
        }
        for one in rows.in_state(session(), event().id, state, A_PAGE)
    ]


def _now() -> dict[str, Any]:
    names = ("places", "places_inside", "places_outside", "offer_days", "open_registration")
    return {name: getattr(event(), name) for name in names}
