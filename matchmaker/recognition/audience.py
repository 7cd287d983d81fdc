"""Who hears what: credits and thanks cut down to what the people in them agreed to tell a wider circle.

Inside, everything that was accepted is told. On the hall's screen and in public, consent is asked for anew,
and this is the one place where it is applied: what is left goes through `label.make_label` like everything.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace

from matchmaker.recognition.label import Credit, LabelPerson, Thanks, unread
from matchmaker.recognition.withheld import Unread


@dataclass(frozen=True)
class Audience:
    """Ids of people: whose credits may be told at all, and, of these, who may be named.

    Whoever may be told of but not named is "someone at" their organisation. Teams, and people who never signed
    up, are in here by their negative ids like everybody else.
    """

    told: Set[int]
    named: Set[int]


def narrow(
    credits: Iterable[Credit], thanks: Iterable[Thanks], audience: Audience
) -> tuple[list[Credit], list[Thanks]]:
    """Return what this audience may be told of these credits and thanks.

    The words of a thanks often name the person they are for, so they are told only if both its people may be
    named. A giver who was erased agreed to nothing.
    """
    return (
        [_as_told(credit, audience) for credit in credits if credit.person.id in audience.told],
        [one for one in thanks if {one.giver.id, one.receiver.id} <= audience.named],
    )


def names_to_leave_out(
    credits: Iterable[Credit], thanks: Iterable[Thanks], audience: Audience
) -> list[Unread]:
    """Return the names that this audience may not read in the words of others, of everybody these are about."""
    known = [_as_told(credit, audience) for credit in credits]
    return unread(known, (replace(one, giver=_known(one.giver, audience)) for one in thanks))


def _as_told(credit: Credit, audience: Audience) -> Credit:
    person = _known(credit.person, audience)
    return credit if person is credit.person else replace(credit, person=person)


def _known(person: LabelPerson, audience: Audience) -> LabelPerson:
    return person if person.id in audience.named else replace(person, shows_name=False)
