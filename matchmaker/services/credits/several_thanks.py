"""Thank several people at once for one dataset: one sentence, a role for each; either all are thanked or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from matchmaker.recognition.rules import Refusal
from matchmaker.services.credits.build_labels import role_in_words
from matchmaker.services.credits.endorse_colleagues import Wish, endorse
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.people import registrations, together
from matchmaker.store.people.people import Person
from matchmaker.store.session import Session


@dataclass(frozen=True)
class Addressee:
    """Somebody to be thanked together with others, for a role of their own."""

    receiver: Person
    role: str
    role_text: str = ""


def several_refusals(
    session: Session, giver: Person, whom: Sequence[Addressee], dataset: Dataset, wish: Wish
) -> tuple[Refusal, ...]:
    """Return why these people cannot be thanked together; nothing is kept. The role of the wish is not used."""
    trial = session.begin_nested()
    try:
        return _give_all(session, giver, whom, dataset, wish, "", datetime.now(UTC))
    finally:
        trial.rollback()


def endorse_several(
    session: Session,
    giver: Person,
    whom: Sequence[Addressee],
    dataset: Dataset,
    wish: Wish,
    thanks_url: str,
    at: datetime,
) -> None:
    """Thank several people with one sentence, each for their role: all of them or nobody.

    Raises Refused with every problem; one that is about somebody begins with their name.
    """
    trial = session.begin_nested()
    problems = _give_all(session, giver, whom, dataset, wish, thanks_url, at)
    if problems:
        trial.rollback()
        raise Refused(*problems)
    trial.commit()


def _give_all(
    session: Session,
    giver: Person,
    whom: Sequence[Addressee],
    dataset: Dataset,
    wish: Wish,
    thanks_url: str,
    at: datetime,
) -> tuple[Refusal, ...]:
    problems: list[Refusal] = []
    shared = [together.newest_common_event(session, giver.id, one.receiver.id) for one in whom]
    for event_id in sorted({event.id for event in shared if event}):
        registrations.hold(session, event_id, giver.id)
    for one in whom:
        asked = replace(wish, role=one.role, role_text=one.role_text)
        try:
            endorse(session, giver, one.receiver, dataset, asked, thanks_url, at)
        except Refused as refused:
            who = f"{one.receiver.name}, {role_in_words(one.role, one.role_text)}"
            problems += [
                problem if problem.field else Refusal("", f"{who}: {problem.message}")
                for problem in refused.problems
            ]
    return tuple(dict.fromkeys(problems))
