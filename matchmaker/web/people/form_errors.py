"""Refusals of services as errors of a form."""

from collections.abc import Iterable

from matchmaker.recognition.rules import Refusal
from matchmaker.web.form import PageForm


def show(form: PageForm, problems: Iterable[Refusal]) -> None:
    """Put each problem at its field; one that is about the whole form stands at the first field."""
    first = next(iter(form._fields))
    for problem in problems:
        field = form._fields[problem.field or first]
        field.errors = [*field.errors, problem.message]
