"""What a form about a table topic asks, of its host and of organisers alike."""

from matchmaker.services.plans.pitch_topics import TopicDetails
from matchmaker.web.fields import (
    Between,
    Length,
    LongTextField,
    SubmitField,
    TextField,
    WholeNumberField,
    needed,
)
from matchmaker.web.form import EditForm, PageForm

FIELDS = ("title", "about", "seats", "times")
"""What a topic's form asks, by the names of its columns."""


class TopicFields:
    """What a topic is, as its host or an organiser says it."""

    title = TextField(
        "Topic",
        description="As it stands in the programme, such as: Who owns the rivers list?",
        validators=[needed("Enter what the topic is called"), Length(max=120)],
    )
    about = LongTextField(
        "What it is about",
        description="One or two sentences: what you would talk about, and who should come.",
        validators=[needed("Enter a sentence on what it is about"), Length(max=500)],
    )
    seats = WholeNumberField(
        "How many people at once, the host included",
        validators=[
            needed("Enter how many people can be there at once"),
            Between(2, 50),
        ],
    )
    times = WholeNumberField(
        "How often it may be held",
        description="More than once lets more people come. The host is there each time.",
        validators=[
            needed("Enter how often it may be held"),
            Between(1, 10),
        ],
    )


class PitchForm(TopicFields, PageForm):
    """A new topic."""

    submit = SubmitField("Pitch this topic")


class TopicForm(TopicFields, EditForm):
    """A topic that is there already."""

    submit = SubmitField("Save")


def details(form: PitchForm | TopicForm) -> TopicDetails:
    """Return what was typed."""
    return TopicDetails(
        form.title.data or "", form.about.data or "", form.seats.data or 0, form.times.data or 0
    )
