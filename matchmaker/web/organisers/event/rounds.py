"""Rounds: add many at once, change one, remove one and see first whom it concerns."""

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.validators import Optional

from matchmaker.documents.counts import plural
from matchmaker.services.event import set_up_event
from matchmaker.services.event.set_up_event import RoundSlot
from matchmaker.services.refused import Refused
from matchmaker.store.event import hall
from matchmaker.store.event.events import Round, RoundFor, TopicsFrom
from matchmaker.store.people.comers import count_planned
from matchmaker.web.access import event
from matchmaker.web.event_time import ends_with_the_day, event_hours
from matchmaker.web.fields import (
    Between,
    RadioField,
    SelectChoice,
    SubmitField,
    TimeField,
    WholeNumberField,
    needed,
)
from matchmaker.web.form import EditForm, PageForm, done
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.event.moved import asks_before_it_moves
from matchmaker.web.transaction import session

Page = str | Response | tuple[str, int]
WHAT_FOR = {
    RoundFor.BOTH: "Meetings and table topics",
    RoundFor.MEETINGS: "Meetings alone",
    RoundFor.TOPICS: "Table topics alone",
}
_LONG = Between(1, 600)


class AddRoundsForm(PageForm):
    """A programme in one go: when it begins, how many rounds of how long, the gaps and one long break."""

    first = TimeField(
        "First round starts at",
        day=event_hours,
        description="For example, 10am or 13:30",
        validators=[needed("Enter when the first round starts")],
    )
    count = WholeNumberField(
        "How many rounds",
        validators=[
            needed("Enter how many rounds to add"),
            Between(1, 50),
        ],
    )
    minutes = WholeNumberField(
        "Minutes in each round", validators=[needed("Enter how many minutes a round has"), _LONG]
    )
    gap = WholeNumberField(
        "Minutes between rounds",
        description="Time to change tables. The round itself is not shortened by it.",
        validators=[
            needed("Enter how many minutes lie between rounds, 0 for none"),
            Between(0, 600),
        ],
    )
    break_after = WholeNumberField(
        "Long break after round",
        description="Leave empty for no long break. 3 means after the third of the rounds you add here.",
        validators=[Optional()],
    )
    break_minutes = WholeNumberField("Minutes of the long break", validators=[Optional(), _LONG])
    submit = SubmitField("Add rounds")

    def validate(self, extra_validators: object = None) -> bool:
        """A long break needs both of its fields, and a round to come after it."""
        fine: bool = super().validate(extra_validators)
        after, minutes = self.break_after.data, self.break_minutes.data
        if after is not None and minutes is None and not self.break_minutes.errors:
            self.break_minutes.errors = ["Enter how many minutes the long break has"]
            return False
        if minutes is not None and after is None and not self.break_after.errors:
            self.break_after.errors = ["Enter after which round the long break is"]
            return False
        if after is not None and self.count.data and not 1 <= after < self.count.data:
            self.break_after.errors = ["The long break must have a round before and after it"]
            return False
        return fine

    def slots(self) -> list[RoundSlot]:
        """Return the rounds that were described."""
        assert self.first.data is not None
        return set_up_event.slots(
            event(),
            self.first.data,
            self.count.data or 0,
            self.minutes.data or 0,
            self.gap.data or 0,
            self.break_minutes.data or 0,
            self.break_after.data or 0,
        )


class RoundForm(EditForm):
    """The times of one round."""

    starts = TimeField("Starts at", day=event_hours, validators=[needed("Enter when the round starts")])
    minutes = WholeNumberField("Minutes", validators=[needed("Enter how many minutes it has"), _LONG])
    is_for = RadioField(
        "What is this round for?",
        choices=[SelectChoice(one.value, words) for one, words in WHAT_FOR.items()],
        validators=[needed("Choose what this round is for")],
    )
    submit = SubmitField("Save")


@organisers.route("/rounds", methods=["GET", "POST"])
@ends_with_the_day
def rounds() -> Page:
    """List the rounds, and add more."""
    form = AddRoundsForm(data={"count": 6, "minutes": 20, "gap": 10} if not event().rounds else None)
    if form.validate_on_submit():
        try:
            set_up_event.add_rounds(session(), event(), form.slots())
        except Refused as refused:
            form.first.errors = [str(refused)]
        else:
            flash(f"{plural(len(form.slots()), 'round')} added", "success")
            return redirect(url_for("organisers.rounds"))
    people = count_planned(session(), event().id)
    places = set_up_event.places(people, len(event().rounds), hall.count_tables(session(), event().id).number)
    page = render_template(
        "organisers/event/rounds.html",
        event=event(),
        form=form,
        places=places,
        what_for={one.value: words for one, words in WHAT_FOR.items()} if _has_topics() else {},
    )
    return page, 422 if form.errors else 200


@organisers.route("/rounds/<int(max=99999):round>", methods=["GET", "POST"])
@ends_with_the_day
@asks_before_it_moves
def round(round: int) -> Page:
    """Change the times of one round."""
    one = _find(round)
    if _is_another(one):
        return _look_again()
    form = RoundForm(lambda: _now(one), of=(event(), one))
    if not _has_topics():
        del form.is_for
    if form.validate_on_submit():
        try:
            set_up_event.change_round(session(), event(), one, _slot(form, one), _what_for(form, one))
        except Refused as refused:
            form.starts.errors = [str(refused)]
        else:
            done(form, "The round is saved")
            return redirect(url_for("organisers.rounds"))
    page = render_template("organisers/event/round.html", form=form, round=one, row=one.id)
    return page, 422 if form.errors else 200


@organisers.route("/rounds/<int(max=99999):round>/remove", methods=["GET", "POST"])
@ends_with_the_day
def remove_round(round: int) -> Page:
    """Say whom removing a round concerns; then remove it."""
    one, form = _find(round), PageForm()
    if _is_another(one):
        return _look_again()
    people = set_up_event.affected_by_round(session(), event(), round)
    begun = one.starts_at <= datetime.now(UTC)
    refused = ""
    if form.validate_on_submit():
        refused = concerns_others(people.count)
        if begun and people.count and "begun" not in request.form:
            refused = "The round has begun since you opened the page. Nothing is changed: look again"
        if not refused:
            set_up_event.remove_round(session(), event(), one)
            flash(f"Round {round} is removed", "success")
            return redirect(url_for("organisers.rounds"))
    page = render_template(
        "organisers/event/remove_from_hall.html",
        form=form,
        what=f"round {round}",
        people=people,
        back=url_for("organisers.rounds"),
        refused=refused,
        row=one.id,
        begun=begun,
    )
    return page, 422 if refused else 200


def concerns_others(people: int) -> str:
    """Say that what is to be removed concerns more or fewer people than the page said, "" if it does not."""
    if request.form.get("concerns", str(people)) == str(people):
        return ""
    return (
        "Other people have meetings there now than when you opened the page. Nothing is changed: look again"
    )


def _has_topics() -> bool:
    return event().topics_from is not TopicsFrom.NOBODY


def _what_for(form: RoundForm, one: Round) -> RoundFor:
    return RoundFor(form.is_for.data) if "is_for" in form else one.is_for


def _now(one: Round) -> dict[str, Any]:
    local = one.starts_at.astimezone(event().tz)
    return {
        "starts": local.time().replace(tzinfo=None),
        "minutes": one.minutes,
        "is_for": one.is_for.value,
    }


def _slot(form: RoundForm, one: Round) -> RoundSlot:
    """Return when the round is to be. Whoever leaves its time as it is leaves it in the same of two hours alike."""
    starts, minutes = form.starts.data, form.minutes.data or 0
    if starts is None or starts == _now(one)["starts"]:
        return RoundSlot(one.starts_at, minutes)
    return set_up_event.slots(event(), starts, 1, minutes, 0)[0]


def _is_another(one: Round) -> bool:
    """Whether the round that a form was opened for has got another number since, or is gone."""
    return request.method == "POST" and request.form.get("row", str(one.id)) != str(one.id)


def _look_again() -> Response:
    flash(
        "Somebody has changed the rounds since you opened the page. Nothing is changed: look again",
        "important",
    )
    return redirect(url_for("organisers.rounds"))


def _find(number: int) -> Round:
    """Return the round of this number; a form finds it as it stands once whoever pressed before is done."""
    if request.method == "POST":
        set_up_event.hold(session(), event())
    found = hall.round_numbered(session(), event().id, number)
    if found is None:
        say_gone(
            f"There is no round {number} any more: somebody has removed it, or it had another number",
            url_for("organisers.rounds"),
            "See the rounds as they are now",
        )
    return found
