"""What goes when a person or an event is erased, across all tables; and the counts that may stay."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    ScalarSelect,
    Select,
    bindparam,
    delete,
    func,
    not_,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import Session

from matchmaker.recognition.states import LIVE, EndorsementState
from matchmaker.store.among import among
from matchmaker.store.attendee_lists.imports import ColumnMeaning, Import
from matchmaker.store.base import JsonObject
from matchmaker.store.credits import outcomes
from matchmaker.store.credits.contributions import Contribution, Use, on_label
from matchmaker.store.credits.endorsements import Endorsement, shown
from matchmaker.store.credits.label_tallies import LabelTally
from matchmaker.store.credits.moderation import ModerationAct, Report
from matchmaker.store.credits.outcomes import SolvedAnswer, StuckOutcome
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.event_roles import Organiser, organises
from matchmaker.store.files import File
from matchmaker.store.jobs import Job
from matchmaker.store.mail import Mail
from matchmaker.store.people import encounters, sign_ins
from matchmaker.store.people.apart_organisations import ApartOrganisations
from matchmaker.store.people.encounters import Encounter
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.personal import blank
from matchmaker.store.people.registrations import COMING, Presence, Registration
from matchmaker.store.plans import meetings_off, plans
from matchmaker.store.plans.plan_reviews import EventReview, PlanReview
from matchmaker.store.plans.plans import Meeting, Plan, PlanState
from matchmaker.store.plans.table_topics import TableTopic, TopicStar
from matchmaker.store.plans.topic_orders import TopicOrder
from matchmaker.store.session import plainly
from matchmaker.store.suggestions import answers
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from matchmaker.store.suggestions.introduction_notes import IntroductionNote
from matchmaker.store.suggestions.list_lengths import ListLength
from matchmaker.store.suggestions.meanings import TextMeaning
from matchmaker.store.suggestions.mentions import DatasetMention
from matchmaker.store.suggestions.suggestions import Suggestion


def counts(session: Session, event_id: int) -> JsonObject:
    """Return what may be known of an event for ever: numbers that point to nobody."""
    published = select(Plan.id).where(Plan.event_id == event_id, Plan.state == PlanState.PUBLISHED)
    here = Registration.event_id == event_id
    return {
        "invited": _count(session, select(Registration.id).where(here)),
        "coming": _count(session, select(Registration.id).where(here, Registration.state.in_(COMING))),
        "here": _count(session, select(Registration.id).where(here, Registration.presence == Presence.HERE)),
        "suggestions": _count(session, select(Suggestion.id).where(Suggestion.event_id == event_id)),
        "introductions": len(answers.introductions(session, event_id)),
        "meetings": _count(session, select(Meeting.id).where(Meeting.plan_id.in_(published))),
        "met": encounters.told(session, event_id).took_place,
        "solved": outcomes.count(session, event_id).get(SolvedAnswer.YES, 0),
        "thanks": _count(
            session,
            select(Endorsement.id).where(
                Endorsement.event_id == event_id, Endorsement.state == EndorsementState.ACCEPTED
            ),
        ),
    }


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def only_credited(session: Session, event_id: int) -> set[int]:
    """Return the people of an event who stay after it because a colleague who does has credited them, and only so."""
    registered = select(Registration.person_id).where(Registration.event_id == event_id)
    stay = select(Registration.person_id).where(Registration.event_id != event_id)
    with_role = select(Organiser.person_id).where(or_(organises(), Organiser.event_id != event_id))
    thanked = select(Endorsement.receiver_id).where(Endorsement.event_id != event_id)
    return set(
        session.scalars(
            select(Person.id).where(
                Person.id.in_(registered),
                ~Person.is_owner,
                Person.id.not_in(union(stay, with_role, thanked)),
            )
        )
    ) - nowhere_else(session, event_id)


def tied_to_nothing(session: Session) -> set[int]:
    """Return the people whom nothing knows any more, such as a helper whose part was taken away.

    Kept are owners, those who agreed to be named on public labels, those who are registered, have a role, were
    thanked or took an unclaimed credit at any event, and those whom somebody who is kept has credited.
    """
    by_another = Contribution.declared_by_id != Contribution.person_id
    credits = session.execute(select(Contribution.declared_by_id, Contribution.person_id).where(by_another))
    kept: CompoundSelect[int] = union(
        select(Registration.person_id),
        select(Organiser.person_id),
        select(Endorsement.receiver_id),
        select(Person.id).join(UnclaimedCredit, UnclaimedCredit.claimed_by_id == Person.id),
    )
    loose = set(
        session.scalars(
            select(Person.id).where(~Person.is_owner, Person.public_since.is_(None), Person.id.not_in(kept))
        )
    )
    return loose - {person for by, person in credits if by not in loose}


def nowhere_else(session: Session, event_id: int) -> set[int]:
    """Return the people whom only this event knows: to be erased with it.

    Those it knows are registered there, were thanked there, took an unclaimed credit of it, or were credited
    by somebody registered there, or have a role there.
    Kept are owners, organisers of any event, people with a role at, registered at or thanked at another event, and
    people whom a colleague who stays has credited.
    """
    registered = set(session.scalars(select(Registration.person_id).where(Registration.event_id == event_id)))
    thanked = set(session.scalars(select(Endorsement.receiver_id).where(Endorsement.event_id == event_id)))
    credits = session.execute(
        select(Contribution.declared_by_id, Contribution.person_id).where(
            Contribution.declared_by_id != Contribution.person_id
        )
    ).all()
    took = set(
        session.scalars(
            select(UnclaimedCredit.claimed_by_id).where(
                UnclaimedCredit.event_id == event_id, UnclaimedCredit.claimed_by_id.is_not(None)
            )
        )
    )
    known = (
        registered
        | thanked
        | {person for person in took if person is not None}
        | {person for by, person in credits if by in registered}
        | set(session.scalars(select(Organiser.person_id).where(Organiser.event_id == event_id)))
    )
    elsewhere = set(
        session.scalars(
            union(
                select(Registration.person_id).where(Registration.event_id != event_id),
                select(Endorsement.receiver_id).where(Endorsement.event_id != event_id),
                select(Organiser.person_id).where(or_(organises(), Organiser.event_id != event_id)),
                select(Person.id).where(Person.is_owner),
            )
        )
    )
    gone = known - elsewhere
    return gone - {person for by, person in credits if by is not None and by not in gone}


def remove_people(session: Session, person_ids: Collection[int], *, keep_thanks: bool) -> None:
    """Remove people and all that hangs on them: addresses, registrations, credits, answers, seats, mail.

    Their words also leave the reasons kept with meetings. The thanks they gave go too, unless `keep_thanks`
    leaves those without a name; letters to others about them and other people's datasets stay unsigned.
    """
    plans.forget_reasons(session, person_ids)
    if not keep_thanks:
        session.execute(delete(Endorsement).where(among(Endorsement.giver_id, person_ids)))
    session.execute(delete(Person).where(among(Person.id, person_ids)))
    session.expire_all()


def remove_named_by_address(session: Session, person_id: int) -> None:
    """Remove what a person was named for by their address, as if they had no account, and letters sent there."""
    addresses = select(Address.email).where(Address.person_id == person_id)
    session.execute(delete(UnclaimedCredit).where(UnclaimedCredit.email.in_(addresses)))
    session.execute(delete(Mail).where(Mail.to.in_(addresses)))


def forget_answers(session: Session, event_id: int, person_id: int) -> None:
    """Remove what somebody off its list said of others at an event, but blocks, which hold if they return.

    What others said of them is the others' own, and stays like a pair that an organiser keeps apart.
    """
    here = select(TableTopic.id).where(TableTopic.event_id == event_id)
    for query in (
        delete(Answer).where(Answer.event_id == event_id, Answer.kind != AnswerKind.BLOCK),
        *(
            delete(said).where(said.event_id == event_id)
            for said in (Encounter, StuckOutcome, DatasetMention)
        ),
        delete(TopicStar).where(TopicStar.topic_id.in_(here)),
    ):
        session.execute(query.where(query.table.c.person_id == person_id))
    session.expire_all()


def remove_details(session: Session, event_id: int, staying: Collection[int] = ()) -> None:
    """Remove everything of an event that tells of people; its name, day, rounds, tables and organisers stay.

    Thanks that others may read stay if `staying` holds both who gave and who received them.
    """
    between = shown() & among(Endorsement.giver_id, staying) & among(Endorsement.receiver_id, staying)
    session.execute(
        delete(Endorsement).where(
            Endorsement.event_id == event_id, or_(Endorsement.giver_id.is_(None), not_(between))
        )
    )
    for table in (
        Registration, Answer, IntroductionNote, Suggestion, Exclusion, ModerationAct, Report, UnclaimedCredit, Plan,
        Import, File, ColumnMeaning, Job, Mail, TextMeaning, DatasetMention, Encounter, StuckOutcome, TableTopic,
        PlanReview, EventReview, LabelTally, ListLength, TopicOrder,
        ApartOrganisations,
    ):  # fmt: skip
        session.execute(delete(table).where(table.event_id == event_id))
    session.execute(delete(Organiser).where(Organiser.event_id == event_id, not_(organises())))
    # What was accepted in a round that was never opened is no secret without its thanks.
    session.execute(
        update(Contribution).where(Contribution.sealed_by_id == event_id).values(sealed_by_id=None)
    )
    session.expire_all()


def named_in_public(session: Session) -> set[int]:
    """Return everybody who agreed to be named on public labels, and that this outlives an event."""
    return set(session.scalars(select(Person.id).where(Person.public_since.is_not(None))))


def strip_to_credits(session: Session, person_ids: Collection[int]) -> None:
    """Leave of people their name, organisation and address, and the credits they accepted; all else goes."""
    session.execute(delete(Contribution).where(among(Contribution.person_id, person_ids), not_(on_label())))
    session.execute(update(Contribution).where(among(Contribution.person_id, person_ids)).values(note=""))
    strip_to_name(session, person_ids)


def strip_to_name(session: Session, person_ids: Collection[int]) -> None:
    """Leave of people their name, organisation, address and credits: what they use and told of themselves goes."""
    session.execute(delete(Use).where(among(Use.person_id, person_ids)))
    session.execute(update(Person).where(among(Person.id, person_ids)).values(blank(Person)))
    sign_ins.end_all(session, person_ids)
    session.expire_all()


def effects(session: Session, person_id: int, at: datetime) -> JsonObject:
    """Return what hangs on a person, counted for the page on which they say whether to erase it.

    `meetings` are those before them, and `hosted` the talks; who sat with them before is not concerned.
    """
    events, credits, given, received = plainly(session, _effects(), {"person": person_id}).one()
    return {
        "events": events,
        "credits": credits,
        "meetings": meetings_off.count_ahead(session, person_id, at),
        "hosted": meetings_off.count_hosted_ahead(session, person_id, at),
        "thanks_given": given,
        "thanks_received": received,
    }


@cache
def _effects() -> Select[int, int, int, int]:
    """Return the question for the numbers of one person's registrations, credits, and thanks given and received."""
    person = bindparam("person", type_=Integer)
    live = Endorsement.state.in_(LIVE)

    def number(*where: ColumnElement[bool]) -> ScalarSelect[int]:
        return select(func.count()).where(*where).scalar_subquery()

    return select(
        number(Registration.person_id == person),
        number(Contribution.person_id == person),
        number(live, Endorsement.giver_id == person),
        number(live, Endorsement.receiver_id == person),
    )
