"""Fields are called on every page as their form calls them, and every state has words."""

import pytest
from wtforms.fields.core import UnboundField

from matchmaker.documents.people.field_words import NAMES, VALUES, name_in_words, value_in_words
from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.store.people.basis import BasisKind
from matchmaker.store.people.encounters import Useful
from matchmaker.store.people.registrations import Pool, Presence, RegistrationState
from matchmaker.store.plans.table_topics import TopicState
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.web import app as _every_form  # noqa: F401 - importing it imports all of them
from matchmaker.web.attendees.met import MetForm
from matchmaker.web.attendees.profile.about import AboutForm
from matchmaker.web.attendees.profile.help import HelpForm


@pytest.mark.parametrize("form", [HelpForm, AboutForm, MetForm])
def test_a_field_is_called_as_its_form_calls_it(form: type) -> None:
    labels = {
        name: str(made.args[0]).rstrip("?")
        for name in NAMES
        if isinstance(made := getattr(form, name, None), UnboundField) and made.args
    }
    assert labels
    assert {name: name_in_words(name) for name in labels} == labels


@pytest.mark.parametrize(
    ("field", "kinds"),
    [
        ("state", (RegistrationState, ContributionState, EndorsementState, TopicState)),
        ("counted_as", (Pool,)),
        ("you_said", (AnswerKind,)),
        ("kind", (BasisKind,)),
        ("on_the_day", (Presence,)),
        ("useful", (Useful,)),
    ],
)
def test_every_value_has_words(field: str, kinds: tuple[type, ...]) -> None:
    assert {one.value for kind in kinds for one in kind} == set(VALUES[field])
    assert value_in_words(field, "something else") == "something else"
