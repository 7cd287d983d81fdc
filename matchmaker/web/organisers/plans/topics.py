"""Table topics for organisers: who may pitch, what to do with each topic, and topics pitched for somebody."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.recognition.name_order import folded, sought
from matchmaker.services.plans import pitch_topics
from matchmaker.services.refused import Refused
from matchmaker.store.event import hall
from matchmaker.store.event.events import TopicsFrom
from matchmaker.store.people import namesakes
from matchmaker.store.plans import plans, table_topics
from matchmaker.store.plans.table_topics import ListedTopic, TableTopic, TopicState
from matchmaker.store.session import hold
from matchmaker.web import finding
from matchmaker.web.access import event
from matchmaker.web.event_time import ends_with_the_event
from matchmaker.web.fields import RadioField, SelectChoice, SelectField, SubmitField, needed
from matchmaker.web.form import EditForm, done
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.people.choices import NOBODY, to_choose_from
from matchmaker.web.organisers.people.person import find
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
from matchmaker.web.topic_form import FIELDS, PitchForm, TopicForm, details
from matchmaker.web.transaction import session

Page = str | Response | tuple[str, int]
STATES = {
    TopicState.PITCHED: "Waits for you",
    TopicState.ACCEPTED: "Accepted",
    TopicState.DECLINED: "Declined",
    TopicState.WITHDRAWN: "Taken back by its host",
}


class WhoPitchesForm(EditForm):
    """Whether the event has table topics, and who may pitch them."""

    topics_from = RadioField(
        "Who may pitch a table topic?",
        choices=[
            SelectChoice(TopicsFrom.NOBODY.value, "Nobody: there are only meetings"),
            SelectChoice(TopicsFrom.ORGANISERS.value, "Organisers alone, for people who come"),
            SelectChoice(
                TopicsFrom.EVERYBODY.value,
                "Everybody who comes",
                render_kw={"hint": "You accept each topic before others see it."},
            ),
        ],
        validators=[needed("Choose who may pitch a table topic")],
    )
    submit = SubmitField("Save")


class PitchForSomebodyForm(PitchForm):
    """A topic that an organiser pitches for its host."""

    host = SelectField("Host", validators=[needed("Choose who hosts it")])
    submit = SubmitField("Add this topic")


@organisers.route("/topics", methods=["GET", "POST"])
@ends_with_the_event
def topics() -> Page:
    """List the topics with their stars, fifty a page or by words, and choose who may pitch."""
    form = WhoPitchesForm(lambda: {"topics_from": event().topics_from.value}, of=(event(),))
    if form.validate_on_submit():
        pitch_topics.choose_who_pitches(session(), event(), TopicsFrom(form.topics_from.data))
        done(form, "Who may pitch is saved")
        return redirect(url_for("organisers.topics"))
    order = list(STATES)
    stars = table_topics.count_stars(session(), event().id)
    query = request.args.get("q", "").strip()
    there = table_topics.listed(session(), event().id)
    found = [one for one in there if all(word in _words(one) for word in sought(query))]
    found.sort(key=lambda one: (order.index(one.state), -stars.get(one.id, 0), one.id))
    pages = pages_of(len(found))
    number = min(page_asked(), pages)
    shown = found[(number - 1) * A_PAGE : number * A_PAGE]
    page = render_template(
        "organisers/plans/topics.html",
        event=event(),
        form=form,
        query=query,
        search=len(there) > A_PAGE,
        topics=shown,
        hosts=namesakes.names_at(session(), event().id, {one.host_id: one.host for one in shown}),
        page_links=page_links("organisers.topics", {"q": query or None}, number, pages, "topics"),
        stars=stars,
        states={state.value: words for state, words in STATES.items()},
        planned=plans.published_id(session(), event().id) is not None,
        places=hall.count_tables(session(), event().id).for_topics,
    )
    return page, 422 if form.errors else 200


def _words(one: ListedTopic) -> str:
    """Return what a search looks through: the topic's title and its host's name."""
    return folded(f"{one.title} {one.host}")


@organisers.route("/topics/add", methods=["GET", "POST"])
@ends_with_the_event
def add_topic() -> Page:
    """Pitch a topic for somebody who comes; it is accepted at once."""
    people, search = to_choose_from("host")
    form = PitchForSomebodyForm(data={"seats": 8, "times": 1})
    form.host.choices = [NOBODY, *people]
    if not finding.only_finds() and form.validate_on_submit():
        host = find(form.host.data).person
        try:
            pitch_topics.pitch(session(), event(), host, details(form), by_organiser=True)
        except Refused as refused:
            form.host.errors = [str(refused)]
        else:
            flash(f"“{form.title.data}” is added", "success")
            return redirect(url_for("organisers.topics"))
    page = render_template(
        "organisers/plans/topic.html",
        form=form,
        topic=None,
        search=search,
        query=finding.words(),
        people=len(people),
    )
    return page, 422 if form.errors else 200


@organisers.route("/topics/<pitched>", methods=["GET", "POST"])
@ends_with_the_event
def topic(pitched: str) -> Page:
    """Change a topic, in the words and numbers of its host."""
    found = _find(pitched)
    form = TopicForm(lambda: {name: getattr(found, name) for name in FIELDS}, of=(found,))
    if form.validate_on_submit():
        pitch_topics.change(session(), found, details(form))
        done(form, "The topic is saved")
        return redirect(url_for("organisers.topics"))
    host = namesakes.names_at(session(), event().id, {found.host_id: found.host.name})[found.host_id]
    page = render_template("organisers/plans/topic.html", form=form, topic=found, host=host, search=False)
    return page, 422 if form.errors else 200


@organisers.post("/topics/<pitched>/decide")
@ends_with_the_event
def decide_topic(pitched: str) -> Response:
    """Accept a topic, or decline it."""
    found, said = _find(pitched), request.form.get("accept")
    if said not in ("yes", "no"):
        abort(400)
    hold(session(), found)
    if request.form.get("was", found.state.value) != found.state.value:
        flash(
            f"“{found.title}” was decided about meanwhile: {STATES[found.state].lower()}. Nothing is changed",
            "important",
        )
        return redirect(url_for("organisers.topics"))
    try:
        pitch_topics.decide(session(), found, accept=said == "yes")
    except Refused as refused:
        flash(str(refused), "important")
    else:
        flash(f"“{found.title}” is {'accepted' if said == 'yes' else 'declined'}", "success")
    return redirect(url_for("organisers.topics"))


def _find(public_id: str) -> TableTopic:
    found = table_topics.by_public_id(session(), event().id, public_id)
    if found is None:
        say_gone(
            "This topic is not here any more. Whoever hosted it may have left",
            url_for("organisers.topics"),
            "Table topics",
        )
    return found
