"""The profile's first step: what an attendee would like help with, what they can help with, and their topics.

Buttons that add to the list of topics or take from it keep the whole step, as saving does, and lead back to it.
"""

from typing import Any

from flask import request
from werkzeug.wrappers import Response
from wtforms.fields import FieldList, HiddenField
from wtforms.validators import ValidationError

from matchmaker.services.people.fill_profile import MOST_TOPICS
from matchmaker.store.base import normalised
from matchmaker.store.people import directory
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.profile import steps
from matchmaker.web.attendees.profile.steps import HELP, at_most
from matchmaker.web.fields import LongTextField, TextField
from matchmaker.web.form import EditForm
from matchmaker.web.transaction import session
from matchmaker.web.widgets import options

LINE_LONGEST, TOPIC_LONGEST = 500, 100


class HelpForm(EditForm):
    """The first step; `topics` is the list as it stands on the page."""

    needs = LongTextField("I need help with", validators=[at_most(LINE_LONGEST, "What you need help with")])
    offers = LongTextField("I can help with", validators=[at_most(LINE_LONGEST, "What you can help with")])
    topics = FieldList(HiddenField())
    new_topic = TextField(
        "Add a topic",
        description="For example flooding, soil or data standards. Pick one from the list or type your own.",
        validators=[at_most(TOPIC_LONGEST, "A topic")],
    )

    def validate_new_topic(self, field: TextField) -> None:
        """Refuse more topics than help anybody."""
        if len(self.topics.entries) > MOST_TOPICS:
            raise ValidationError(f"Keep at most {MOST_TOPICS} topics: the ones you would like to talk about")


@attendees.route("/profile", methods=["GET", "POST"])
def profile() -> str | Response | tuple[str, int]:
    """Show the profile's first step, help and topics; change its list of topics, or keep it and go on."""
    form = HelpForm(lambda: steps.stored(HELP), of=(registration(), me()))
    if request.method != "POST":
        return _page(form)
    action, _, what = request.form.get("do", "save").partition(":")
    if action == "remove-topic":
        fill(form.topics, [name for name in form.topics.data if name != what])
    # The Enter key in the small field does what the button beside it does.
    stays = action in {"add-topic", "remove-topic"} or (action == "enter" and bool(form.new_topic.data))
    _take_topic(form)
    if not form.validate():
        return _page(form), 422
    if stays:
        steps.keep(HELP, form, topics=tuple(form.topics.data))
        return steps.again(HELP, "new_topic")
    return steps.save(HELP, form, topics=tuple(form.topics.data))


def fill(field: FieldList, values: list[Any]) -> None:
    """Make a list field hold exactly these, numbered from 0."""
    while field.entries:
        field.pop_entry()
    for value in values:
        field.append_entry(value)


def _page(form: HelpForm) -> str:
    known = directory.topic_names(session(), event().id)
    return steps.show(HELP, form, known_topics=options(known), sparse=steps.is_sparse())


def _take_topic(form: HelpForm) -> None:
    """Move what is typed in the small field into the list, so that nothing typed is lost."""
    name = " ".join((form.new_topic.data or "").split())
    if not name or len(name) > TOPIC_LONGEST:
        return
    if normalised(name) not in {normalised(one) for one in form.topics.data}:
        form.topics.append_entry(name)
    form.new_topic.data = form.new_topic.raw_data = None
