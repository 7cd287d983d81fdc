"""Table topics: what others want to talk about, with a star for each that the reader would go to; and their own."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.plans import pitch_topics
from matchmaker.services.plans.suggest_topics import suggest_topics
from matchmaker.services.refused import Refused
from matchmaker.store.event.events import TopicsFrom
from matchmaker.store.people import registrations
from matchmaker.store.people.registrations import COMING
from matchmaker.store.plans import table_topics
from matchmaker.store.plans.table_topics import TableTopic, TopicState
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.day import published_plan
from matchmaker.web.event_time import ends_with_the_event, time_of
from matchmaker.web.form import done
from matchmaker.web.gone import say_gone
from matchmaker.web.topic_form import FIELDS, PitchForm, TopicForm, details
from matchmaker.web.transaction import session

Page = str | Response | tuple[str, int]


@dataclass(frozen=True)
class TopicCard:
    """One topic as somebody who could come reads it."""

    id: str
    title: str
    about: str
    host: str
    organisation: str
    because: str
    starred: bool


@attendees.get("/topics")
def topics() -> str:
    """Show the topics of others, the closest first, and one's own."""
    there = pitch_topics.open_to(session(), event(), me().id)
    stars = table_topics.starred_by(session(), event().id, me().id)
    own = [one for one in table_topics.hosted_by(session(), me().id) if one.event_id == event().id]
    return render_template(
        "attendees/topics.html",
        event=event(),
        coming=registration().state in COMING,
        cards=[
            TopicCard(
                one.topic.public_id,
                one.topic.title,
                one.topic.about,
                one.topic.host.name,
                one.topic.host.organisation,
                one.because,
                one.topic.id in stars,
            )
            for one in suggest_topics(session(), registration(), there)
        ],
        own=[one for one in own if one.state is not TopicState.WITHDRAWN],
        given=len(pitch_topics.starred(there, stars)),
        most=pitch_topics.MOST_STARS,
        may_pitch=_may_pitch(),
        planned=published_plan() is not None,
    )


@attendees.post("/topics/<pitched>/star")
@ends_with_the_event
def star_topic(pitched: str) -> Response:
    """Give a topic a star, or take it back."""
    registrations.hold(session(), event().id, me().id)
    given = request.form.get("star")
    found = [one for one in pitch_topics.open_to(session(), event(), me().id) if one.public_id == pitched]
    if given not in ("yes", "no") or registration().state not in COMING:
        abort(404)
    if not found:
        say_gone(
            "This topic is not open for stars any more: it may have been taken back",
            url_for("attendees.topics"),
            "Table topics",
        )
    try:
        pitch_topics.star(session(), event(), found[0], me().id, given=given == "yes")
    except Refused as refused:
        flash(str(refused), "important")
    else:
        flash("You have given it a star" if given == "yes" else "You have taken your star back", "success")
    return redirect(url_for("attendees.topics", _anchor=f"topic-{pitched}"))


@attendees.route("/topics/pitch", methods=["GET", "POST"])
@ends_with_the_event
def pitch_topic() -> Page:
    """Pitch a topic; organisers look at it before others see it."""
    if not _may_pitch():
        return redirect(url_for("attendees.topics"))
    form = PitchForm(data={"seats": 8, "times": 1})
    if form.validate_on_submit():
        try:
            pitch_topics.pitch(session(), event(), me(), details(form))
        except Refused as refused:
            form.title.errors = [str(refused)]
        else:
            flash("Your topic is with the organisers. Others see it once they have accepted it", "success")
            return redirect(url_for("attendees.topics"))
    planned = published_plan() is not None
    page = render_template("attendees/topic.html", event=event(), form=form, topic=None, planned=planned)
    return page, 422 if form.errors else 200


@attendees.route("/topics/<pitched>", methods=["GET", "POST"])
@ends_with_the_event
def change_topic(pitched: str) -> Page:
    """Change one's own topic until an organiser has accepted it."""
    topic = _own(pitched)
    form = TopicForm(lambda: {name: getattr(topic, name) for name in FIELDS}, of=(topic,))
    if form.validate_on_submit():
        if topic.state is not TopicState.PITCHED:
            flash(
                "An organiser has looked at it meanwhile, so it stays as it is. Ask them to change it",
                "important",
            )
        else:
            pitch_topics.change(session(), topic, details(form))
            done(form, "Your topic is saved")
        return redirect(url_for("attendees.topics"))
    planned = published_plan() is not None
    page = render_template("attendees/topic.html", event=event(), form=form, topic=topic, planned=planned)
    return page, 422 if form.errors else 200


@attendees.post("/topics/<pitched>/withdraw")
@ends_with_the_event
def withdraw_topic(pitched: str) -> Response:
    """Take one's own topic back."""
    topic = _own(pitched)
    pitch_topics.withdraw(session(), topic)
    flash(f"You have taken “{topic.title}” back", "success")
    return redirect(url_for("attendees.topics"))


def _may_pitch() -> bool:
    comes = registration().state in COMING
    return event().topics_from is TopicsFrom.EVERYBODY and comes and not time_of(event()).over


def _own(public_id: str) -> TableTopic:
    found = table_topics.by_public_id(session(), event().id, public_id)
    if found is None or found.host_id != me().id or found.state is TopicState.WITHDRAWN:
        say_gone(
            "This topic is not here to change any more",
            url_for("attendees.topics"),
            "Table topics",
        )
    return found
