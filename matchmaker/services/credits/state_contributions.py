"""Say who did what for a dataset: yourself, or a colleague, who is asked before anybody else sees it.

Naming a colleague gives the same answer whatever became of it, so that nobody can find out that somebody hid or
declined a credit, or does not want their name shown.
"""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from matchmaker.documents.credits.credit_mail import CreditAwaiting, credit_awaiting
from matchmaker.documents.mail import Sender
from matchmaker.recognition.roles import OTHER
from matchmaker.recognition.rules import Claim, Refusal, contribution_problems, tidy
from matchmaker.recognition.states import ContributionState, Party, may_move
from matchmaker.services.attendee_lists import link_titles
from matchmaker.services.credits.build_labels import did
from matchmaker.services.outbox import post
from matchmaker.services.refused import Refused
from matchmaker.services.suggestions import forget_work
from matchmaker.store.catalogue import datasets, publishers
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions, endorsements
from matchmaker.store.credits.contributions import SHOWN, Contribution, Stated, Use, UseKind
from matchmaker.store.people import together
from matchmaker.store.people.people import Person
from matchmaker.store.session import IntegrityError, Session, hold
from matchmaker.store.suggestions import answers

NAMED_A_DAY = 20
NAMED_A_DAY_TO_ONE = 5
"""How many credits one person may state of others, and of one other, in a day: each sends a mail."""
TITLE_LONGEST = 300
PUBLISHER_LONGEST = 300
ADDED = "people"
"""The source of datasets that no catalogue lists and somebody added here."""


def claim(session: Session, person: Person, dataset: Dataset, said: Claim, at: datetime) -> Contribution:
    """Keep what somebody says of themselves; saying it again changes the note and the years.

    If a colleague has named them for it, this is their yes. Raises Refused.
    """
    _refuse(contribution_problems(said, this_year=at.year))
    row = contributions.one(session, person.id, dataset.id, said.role, role_text(said))
    if row is None:
        row = _new(person, dataset, said, person, ContributionState.CLAIMED)
        session.add(row)
    else:
        row.state = _agreed(session, row)
        _open_if_said_openly(session, row)
    row.note, row.first_year, row.last_year = tidy(said.note), said.first_year, said.last_year
    session.flush()
    return row


def name_colleague(
    session: Session,
    namer: Person,
    person: Person,
    dataset: Dataset,
    said: Claim,
    thanks_url: str,
    at: datetime,
) -> None:
    """Ask a colleague whether they want to be named for what they did; they get one mail.

    Nothing happens where that credit is known already, in whatever state, and for somebody who takes no thanks.
    Raises Refused for what the rules of contributions refuse, for oneself, for somebody who comes to no event
    with the namer, and past the limits of a day.
    """
    if person.id == namer.id:
        raise Refused(Refusal("person", "Select a colleague. To name yourself, use “I worked on it”"))
    event = together.newest_common_event(session, namer.id, person.id)
    if event is None:
        raise Refused(Refusal("person", "Select a colleague from the list"))
    _refuse(contribution_problems(said, this_year=at.year))
    _refuse_too_many(session, namer, person, at)
    row, is_new = find_or_ask(session, namer, person, dataset, said)
    if not is_new or not person.open_to_thanks:
        return
    letter = credit_awaiting(
        CreditAwaiting(
            name=person.name,
            named_by=namer.name,
            did=did(row.role),
            dataset=dataset.title,
            link=thanks_url,
            sender=Sender(f"the organisers of {event.name}", event.contact_email),
        )
    )
    post(
        session,
        letter,
        person,
        "credit awaiting",
        event_id=event.id,
        reply_to=event.contact_email,
        about=namer,
    )


def find_or_ask(
    session: Session, namer: Person, person: Person, dataset: Dataset, said: Claim
) -> tuple[Contribution, bool]:
    """Return the contribution there is, or a new one that waits for the person's yes; and whether it is new.

    If the person never got to see it (`unseen`), they are asked again in the name of this namer. If they take no
    thanks, it is declined from the start, which nobody else can tell from not having answered.
    """
    text = role_text(said)
    row = contributions.one(session, person.id, dataset.id, said.role, text)
    if row is not None:
        if not unseen(session, person.id, [row]):
            return row, False
        row.declared_by_id = namer.id
        session.flush()
        session.expire(row, ["declared_by"])
        return row, True
    state = ContributionState.AWAITING if person.open_to_thanks else ContributionState.DECLINED
    try:
        with session.begin_nested():
            row = _new(person, dataset, said, namer, state)
            session.add(row)
    except IntegrityError:
        # Two colleagues named them at the same moment; both mean the same credit.
        row = contributions.one(session, person.id, dataset.id, said.role, text)
        if row is None:
            raise
        return row, False
    return row, True


def decide(session: Session, contribution: Contribution, state: ContributionState) -> bool:
    """Let the person a credit is about accept, hide or decline it; say whether that was possible.

    Their yes to what only they have said makes it their claim: the label needs a colleague's word.
    """
    if unseen(session, contribution.person_id, [contribution]):
        return False
    if state is ContributionState.ACCEPTED:
        state = _agreed(session, contribution)
    if not may_move(contribution.state, state, Party.RECEIVER):
        return False
    contribution.state = state
    _open_if_said_openly(session, contribution)
    session.flush()
    if state not in SHOWN:
        forget(session, contribution)
    return True


def unseen(
    session: Session,
    person_id: int,
    rows: Iterable[Contribution | Stated],
    blocked: Collection[int] | None = None,
) -> set[int]:
    """Return which of a person's credits are hidden from them, by id: they await a yes, and whoever stated them
    has withdrawn their thanks for it or has a block with the person, so that the one looks like the other.

    `blocked` are all with whom the person has a block, where they are known.
    """
    waiting = [row for row in rows if row.state is ContributionState.AWAITING]
    if not waiting:
        return set()
    if blocked is None:
        blocked = answers.blocked_with(session, person_id)
    withdrawn = endorsements.withdrawn_alone(session, [row.id for row in waiting])
    return {
        row.id
        for row in waiting
        if row.declared_by_id in blocked or (row.id, row.declared_by_id) in withdrawn
    }


def _open_if_said_openly(session: Session, contribution: Contribution) -> None:
    """Take the seal off a credit that the person accepts by itself, or that an open thanks is for."""
    own_word = contribution.declared_by_id == contribution.person_id
    if not own_word or endorsements.any_accepted_openly(session, contribution.id):
        contribution.sealed_by_id = None


def _agreed(session: Session, contribution: Contribution) -> ContributionState:
    """Return where the person's own yes takes a credit."""
    own_word = contribution.declared_by_id == contribution.person_id
    if own_word and not endorsements.any_accepted(session, contribution.id):
        return ContributionState.CLAIMED
    return ContributionState.ACCEPTED


def take_back(session: Session, contribution: Contribution) -> bool:
    """Delete what somebody said of themselves and nobody else had a part in; say whether that was possible.

    What an organiser hides stays, with the log of it: said again it would be seen by everybody.
    """
    if not hold(session, contribution):
        # A second press at the same moment: it is taken back.
        return True
    claimed = contribution.state is ContributionState.CLAIMED
    if not claimed or contribution.moderated or endorsements.any_live(session, contribution.id):
        return False
    forget(session, contribution)
    session.delete(contribution)
    session.flush()
    return True


def forget(session: Session, contribution: Contribution) -> None:
    """Take what nobody may read any more out of the reasons that are kept."""
    dataset = contribution.dataset
    forget_work.forget_one(session, contribution.person_id, dataset.title, contribution.role)


def mark_use(session: Session, person: Person, dataset: Dataset, kind: UseKind | None) -> None:
    """Keep that somebody uses a dataset, wants it or is stuck on it, or no longer any of these."""
    row = contributions.use_of(session, person.id, dataset.id)
    if kind is None:
        if row is not None and hold(session, row):
            session.delete(row)
    elif row is None:
        session.add(Use(person_id=person.id, dataset_id=dataset.id, kind=kind))
    else:
        row.kind = kind
    session.flush()


def add_dataset(session: Session, person: Person, title: str, publisher: str) -> Dataset:
    """Keep a dataset that no catalogue lists, and link who named it in a list before.

    Raises Refused for a title that this publisher has already.
    """
    title, publisher = tidy(title), tidy(publisher)
    refuse_listed(session, title, publisher)
    dataset = Dataset(
        source=ADDED,
        source_id=secrets.token_urlsafe(12),
        title=title,
        publisher=publishers.find_or_add(session, publisher),
        added_by_id=person.id,
        tags=[],
    )
    datasets.index(dataset)
    session.add(dataset)
    session.flush()
    link_titles.link(session)
    return dataset


def refuse_listed(session: Session, title: str, publisher: str) -> None:
    """Raise Refused for a title that this publisher has already."""
    for known in datasets.by_title(session, title):
        name = known.publisher.name if known.publisher else ""
        if name.casefold() == tidy(publisher).casefold():
            raise Refused(Refusal("title", "This dataset is listed already. Open it, or enter another title"))


def _new(person: Person, dataset: Dataset, said: Claim, by: Person, state: ContributionState) -> Contribution:
    return Contribution(
        person_id=person.id,
        dataset_id=dataset.id,
        role=said.role,
        role_text=role_text(said),
        note=tidy(said.note),
        first_year=said.first_year,
        last_year=said.last_year,
        state=state,
        declared_by_id=by.id,
    )


def role_text(said: Claim) -> str:
    """Return the words of a role that has none of its own, as they are kept; "" for any other role."""
    return tidy(said.role_text) if said.role == OTHER else ""


def _refuse(problems: tuple[Refusal, ...]) -> None:
    if problems:
        raise Refused(*problems)


def _refuse_too_many(session: Session, namer: Person, person: Person, at: datetime) -> None:
    today = contributions.named_by(session, namer.id, at - timedelta(days=1))
    if today.count(person.id) >= NAMED_A_DAY_TO_ONE:
        raise Refused(
            Refusal(
                "person", f"You have named this person {NAMED_A_DAY_TO_ONE} times today. Try again tomorrow"
            )
        )
    if len(today) >= NAMED_A_DAY:
        raise Refused(Refusal("person", f"You have named {NAMED_A_DAY} people today. Try again tomorrow"))
