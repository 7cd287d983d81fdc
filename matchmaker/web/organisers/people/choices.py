"""People to choose from within a form: everybody, or, where that is too long a list, whoever a search finds."""

from collections.abc import Collection

from flask import request

from matchmaker.store.people import guest_list, listed_people, namesakes, shown_people
from matchmaker.store.people.listed_people import ToChoose
from matchmaker.web import finding
from matchmaker.web.access import event
from matchmaker.web.fields import SelectChoice
from matchmaker.web.paging import A_PAGE, MOST_CHOICES
from matchmaker.web.transaction import session

NOBODY = SelectChoice("", "Choose a person")


def to_choose_from(*fields: str) -> tuple[list[SelectChoice], bool]:
    """Return people of this page's event, by the public id of their registration, and whether a search is needed.

    Whom one of these fields of the form names is there, too. Organisations tell namesakes apart, or else
    what `namesakes` says.
    """
    here, at = session(), event().id
    if guest_list.count(here, at, []) <= MOST_CHOICES:
        return _choices(listed_people.to_choose(here, at, [])), False
    words = finding.words()
    found = shown_people.search(here, at, "", [guest_list.any_named(words)], A_PAGE) if words else []
    chosen = {request.form.get(name, "") for name in fields} - {"", *(one.public_id for one in found)}
    named = listed_people.to_choose(here, at, [guest_list.with_public_id(chosen)]) if chosen else []
    return [
        *(_choice(one.public_id, one.called, one.organisation) for one in found),
        *_choices(named),
    ], True


def _choices(people: Collection[ToChoose]) -> list[SelectChoice]:
    told = namesakes.told(session(), event().id, [one.person_id for one in people])
    return [
        _choice(
            one.public_id,
            told[one.person_id].beside if one.person_id in told else one.name,
            one.organisation,
        )
        for one in people
    ]


def _choice(public_id: str, name: str, organisation: str) -> SelectChoice:
    return SelectChoice(public_id, ", ".join(filter(None, (name, organisation))))
