"""Merging: all that is known of one entry becomes part of the other, on both databases, or nothing does."""

from datetime import UTC, datetime, time
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.people import merge_people
from matchmaker.services.plans import calendar
from matchmaker.services.refused import Refused
from matchmaker.store import schema
from matchmaker.store.attendee_lists.imports import Import, ImportKind
from matchmaker.store.base import now
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.outcomes import SolvedAnswer, StuckOutcome
from matchmaker.store.event.event_roles import EventRole, Organiser
from matchmaker.store.event.events import Event
from matchmaker.store.jobs import Job
from matchmaker.store.mail import Mail
from matchmaker.store.people import merged_registrations, people
from matchmaker.store.people.basis import BasisKind, BasisRecord
from matchmaker.store.people.encounters import Encounter
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import (
    Pool,
    Presence,
    Registration,
    RegistrationState,
)
from matchmaker.store.people.sign_in_codes import MailedCode, PersonalCode
from matchmaker.store.plans.plans import Meeting, Plan, Seat
from matchmaker.store.session import Database
from matchmaker.store.suggestions import mentions
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from matchmaker.store.suggestions.mentions import DatasetMention
from matchmaker.store.suggestions.suggestions import Suggestion

HANDLED = {
    "address.person_id", "answer.about_id", "answer.person_id", "contribution.declared_by_id",
    "contribution.person_id", "dataset_mention.person_id", "dataset.added_by_id", "dataset_use.person_id",
    "encounter.other_id", "encounter.person_id", "endorsement.giver_id",
    "exclusion.a_id", "exclusion.b_id", "import.made_by_id",
    "introduction_note.reader_id", "introduction_note.writer_id",
    "job.asked_by_id", "list_length.person_id", "mail.about_id", "mail.person_id",
    "mailed_code.person_id", "moderation_act.by_id", "organiser.person_id", "outcome.helper_id",
    "outcome.person_id", "plan.made_by_id",
    "kept_form.person_id", "sign_in.person_id",
    "registration.person_id", "report.reporter_id", "seat.person_id", "suggestion.other_id",
    "suggestion.person_id", "table_topic.host_id", "talk_seat.person_id", "topic_order.person_id",
    "topic_star.person_id",
    "unclaimed_credit.agreed_by_id", "unclaimed_credit.claimed_by_id",
    "unclaimed_credit.named_by_id",
}  # fmt: skip
"""Every column that points at a person. Rows of seats and of `suggestion` go: plans and lists are made again."""


class Hall:
    """An event, two entries of one person, an organiser, and bystanders whose rows must stay as they are."""

    def __init__(self, database: Database, maker: Any) -> None:
        self.database, self.make = database, maker(database)
        self.event: Event = self.make.event()
        self.keep: Person = self.make.person("Amara Okafor", "amara@inside.example", organisation="Defra")
        self.gone: Person = self.make.person("A. Okafor", "okafor@old.example", organisation="EA")
        self.third: Person = self.make.person("Third")
        self.fourth: Person = self.make.person("Fourth")
        self.boss: Person = self.make.organiser(self.event)

    def merge(self) -> None:
        with self.database.writing() as session:
            keep, gone, boss = (session.get_one(Person, one.id) for one in (self.keep, self.gone, self.boss))
            merge_people.merge(session, keep, gone, boss)

    def all(self, model: Any) -> list[Any]:
        with self.database.reading() as session:
            return list(session.scalars(select(model).order_by(model.id)))

    def person(self) -> Person:
        with self.database.reading() as session:
            found = people.by_email(session, "amara@inside.example")
            assert found is not None
            return found


@pytest.fixture
def hall(database: Database, maker: Any) -> Hall:
    return Hall(database, maker)


def test_every_column_that_points_at_a_person_is_thought_of() -> None:
    pointing = {
        f"{table.name}.{key.parent.name}"
        for table in schema.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }
    assert pointing == HANDLED


def test_addresses_move_and_the_kept_one_still_gets_the_mail(hall: Hall) -> None:
    hall.merge()
    person = hall.person()
    assert [one.email for one in person.addresses] == ["amara@inside.example", "okafor@old.example"]
    assert (person.id, person.name, person.organisation) == (hall.keep.id, "Amara Okafor", "Defra")
    assert {one.id for one in hall.all(Person)} == {
        one.id for one in (hall.keep, hall.third, hall.fourth, hall.boss)
    }


def test_what_was_said_of_meetings_and_outcomes_follows_and_of_two_the_one_that_gives_less_holds(
    hall: Hall,
) -> None:
    event, keep, gone, third = hall.event, hall.keep, hall.gone, hall.third
    dataset, other = hall.make.dataset(), hall.make.dataset()
    hall.make.add(
        Encounter(
            event_id=event.id, person_id=keep.id, other_id=third.id, share_email=True, next_step="gives"
        ),
        Encounter(event_id=event.id, person_id=gone.id, other_id=third.id, next_step="gives nothing"),
        Encounter(event_id=event.id, person_id=third.id, other_id=gone.id, next_step="of the other"),
        Encounter(event_id=event.id, person_id=gone.id, other_id=keep.id, next_step="of oneself"),
        Encounter(event_id=event.id, person_id=third.id, other_id=hall.fourth.id, next_step="of bystanders"),
        StuckOutcome(event_id=event.id, person_id=keep.id, dataset_id=dataset.id, said=SolvedAnswer.NO),
        StuckOutcome(event_id=event.id, person_id=gone.id, dataset_id=dataset.id, said=SolvedAnswer.YES),
        StuckOutcome(
            event_id=event.id,
            person_id=third.id,
            dataset_id=other.id,
            said=SolvedAnswer.YES,
            helper_id=gone.id,
        ),
    )
    hall.merge()
    assert [(one.person_id, one.other_id, one.next_step) for one in hall.all(Encounter)] == [
        (keep.id, third.id, "gives nothing"),
        (third.id, keep.id, "of the other"),
        (third.id, hall.fourth.id, "of bystanders"),
    ]
    assert [(one.person_id, one.said, one.helper_id) for one in hall.all(StuckOutcome)] == [
        (keep.id, SolvedAnswer.YES, None),
        (third.id, SolvedAnswer.YES, keep.id),
    ]


def test_what_only_says_who_did_something_follows(hall: Hall) -> None:
    event, gone = hall.event, hall.gone
    hall.make.add(
        Job(event_id=event.id, kind="suggest", asked_by_id=gone.id),
        Job(event_id=event.id, kind="suggest", asked_by_id=hall.third.id),
        Import(event_id=event.id, kind=ImportKind.ATTENDEES, file_name="a.csv", made_by_id=gone.id),
        Plan(event_id=event.id, version=1, problem={}, certificate={}, made_by_id=gone.id),
        Mail(kind="test", to="okafor@old.example", subject="", body="", person_id=gone.id, about_id=gone.id),
        MailedCode(email="okafor@old.example", person_id=gone.id, code_hash="x", expires_at=now()),
        Organiser(event_id=event.id, person_id=gone.id),
    )
    dataset = hall.make.dataset(added_by_id=gone.id)
    hall.make.contribution(hall.third, dataset).declared_by_id = gone.id
    hall.merge()
    keep = hall.keep.id
    assert [one.asked_by_id for one in hall.all(Job)] == [keep, hall.third.id]
    assert [one.made_by_id for one in hall.all(Import)] == [keep]
    assert [one.made_by_id for one in hall.all(Plan)] == [keep]
    assert [(one.person_id, one.about_id) for one in hall.all(Mail)] == [(keep, keep)]
    assert {one.person_id for one in hall.all(Organiser)} == {keep, hall.boss.id}
    with hall.database.reading() as session:
        assert session.scalars(select(MailedCode.person_id)).all() == [keep]


def test_of_two_roles_at_an_event_the_organisers_stays(hall: Hall) -> None:
    other = hall.make.event()
    hall.make.organiser(other, hall.keep, role=EventRole.HELPER)
    hall.make.organiser(other, hall.gone)
    hall.make.organiser(other, hall.boss)
    hall.merge()
    found = {(one.event_id, one.person_id): one.role for one in hall.all(Organiser)}
    assert found[other.id, hall.keep.id] is EventRole.ORGANISER


def test_what_was_said_not_to_be_meant_follows_and_what_is_found_again_goes(hall: Hall) -> None:
    ours, theirs = hall.make.dataset(), hall.make.dataset()
    event_id, gone, third = hall.event.id, hall.gone.id, hall.third.id
    hall.make.add(
        DatasetMention(event_id=event_id, person_id=gone, dataset_id=ours.id, words="SPZ", not_meant=True),
        DatasetMention(event_id=event_id, person_id=gone, dataset_id=theirs.id, words="NVZ"),
        DatasetMention(event_id=event_id, person_id=third, dataset_id=theirs.id, words="NVZ"),
    )
    hall.merge()
    with hall.database.reading() as session:
        assert mentions.not_meant(session, event_id) == {hall.keep.id: {ours.id}}
        assert [one.words for one in mentions.of_person(session, event_id, hall.keep.id)] == ["SPZ"]
        assert [one.words for one in mentions.of_person(session, event_id, third)] == ["NVZ"]


def test_contributions_and_the_thanks_for_them_move_together(hall: Hall) -> None:
    theirs = hall.make.contribution(hall.gone, hall.make.dataset())
    other = hall.make.contribution(hall.fourth, hall.make.dataset())
    hall.make.endorsement(hall.event, hall.third, theirs)
    hall.make.endorsement(hall.event, hall.third, other)
    hall.merge()
    assert [one.person_id for one in hall.all(Contribution)] == [hall.keep.id, hall.fourth.id]
    assert [(one.receiver_id, one.contribution_id) for one in hall.all(Endorsement)] == [
        (hall.keep.id, theirs.id),
        (hall.fourth.id, other.id),
    ]


def test_the_same_contribution_of_both_becomes_one_with_all_its_thanks(hall: Hall) -> None:
    dataset = hall.make.dataset()
    mine = hall.make.contribution(hall.keep, dataset, state=ContributionState.CLAIMED)
    theirs = hall.make.contribution(
        hall.gone, dataset, state=ContributionState.ACCEPTED, note="Since the flood", first_year=2014
    )
    words = "You made sense of the levels for all of us."
    hall.make.endorsement(hall.event, hall.third, mine, state=EndorsementState.AWAITING)
    hall.make.endorsement(hall.event, hall.third, theirs, sentence=words)
    hall.make.endorsement(hall.event, hall.fourth, theirs)
    hall.make.endorsement(hall.event, hall.boss, theirs, state=EndorsementState.WITHDRAWN)
    hall.merge()
    (one,) = hall.all(Contribution)
    assert (one.id, one.person_id, one.state) == (mine.id, hall.keep.id, ContributionState.ACCEPTED)
    assert (one.note, one.first_year) == ("Since the flood", 2014)
    thanks = hall.all(Endorsement)
    assert {(each.giver_id, each.receiver_id, each.contribution_id, each.state) for each in thanks} == {
        (hall.third.id, hall.keep.id, mine.id, EndorsementState.ACCEPTED),
        (hall.fourth.id, hall.keep.id, mine.id, EndorsementState.ACCEPTED),
        (hall.boss.id, hall.keep.id, mine.id, EndorsementState.WITHDRAWN),
    }
    assert words in {each.sentence for each in thanks}, "an answer beats none"


@pytest.mark.parametrize(
    ("mine", "theirs", "holds"),
    [
        (ContributionState.ACCEPTED, ContributionState.DECLINED, ContributionState.DECLINED),
        (ContributionState.HIDDEN, ContributionState.ACCEPTED, ContributionState.HIDDEN),
        (ContributionState.AWAITING, ContributionState.CLAIMED, ContributionState.CLAIMED),
    ],
)
def test_of_two_answers_about_a_credit_the_more_private_holds(
    mine: ContributionState, theirs: ContributionState, holds: ContributionState, hall: Hall
) -> None:
    dataset = hall.make.dataset()
    hall.make.contribution(hall.keep, dataset, state=mine)
    hall.make.contribution(hall.gone, dataset, state=theirs)
    hall.merge()
    assert [one.state for one in hall.all(Contribution)] == [holds]


def test_thanks_between_the_two_go_and_others_follow_their_giver(hall: Hall) -> None:
    mine = hall.make.contribution(hall.keep, hall.make.dataset())
    theirs = hall.make.contribution(hall.gone, hall.make.dataset())
    thirds = hall.make.contribution(hall.third, hall.make.dataset())
    hall.make.endorsement(hall.event, hall.keep, theirs)
    hall.make.endorsement(hall.event, hall.gone, mine)
    hall.make.endorsement(hall.event, hall.gone, thirds)
    hall.make.endorsement(hall.event, hall.keep, thirds, state=EndorsementState.DECLINED)
    hall.make.endorsement(hall.make.event(), hall.gone, thirds)
    hall.merge()
    assert [(one.giver_id, one.contribution_id, one.state) for one in hall.all(Endorsement)] == [
        (hall.keep.id, thirds.id, EndorsementState.DECLINED),
        (hall.keep.id, thirds.id, EndorsementState.ACCEPTED),
    ]


def test_a_credit_one_entry_gave_the_other_is_a_claim_of_their_own(hall: Hall) -> None:
    with hall.database.writing() as session:
        dataset = hall.make.dataset()
        session.add(
            Contribution(
                person_id=hall.keep.id,
                dataset_id=dataset.id,
                role="curated",
                state=ContributionState.AWAITING,
                declared_by_id=hall.gone.id,
            )
        )
    hall.merge()
    assert [(one.state, one.declared_by_id) for one in hall.all(Contribution)] == [
        (ContributionState.CLAIMED, hall.keep.id)
    ]


def test_uses_and_answers_join_and_the_stronger_word_holds(hall: Hall) -> None:
    both, only = hall.make.dataset(), hall.make.dataset()
    hall.make.add(
        Use(person_id=hall.keep.id, dataset_id=both.id, kind=UseKind.USES),
        Use(person_id=hall.gone.id, dataset_id=both.id, kind=UseKind.STUCK),
        Use(person_id=hall.gone.id, dataset_id=only.id, kind=UseKind.WANTS),
        Use(person_id=hall.third.id, dataset_id=only.id, kind=UseKind.USES),
    )
    event, elsewhere = hall.event, hall.make.event()
    hall.make.answer(event, hall.keep, hall.third, AnswerKind.MEET)
    hall.make.answer(event, hall.gone, hall.third, AnswerKind.BLOCK)
    hall.make.answer(event, hall.third, hall.gone, AnswerKind.MEET)
    hall.make.answer(event, hall.fourth, hall.keep, AnswerKind.NOT_FOR_ME)
    hall.make.answer(event, hall.fourth, hall.gone, AnswerKind.MEET)
    hall.make.answer(elsewhere, hall.gone, hall.third, AnswerKind.KNOW)
    hall.make.answer(event, hall.keep, hall.gone, AnswerKind.BLOCK)
    hall.make.answer(event, hall.third, hall.fourth, AnswerKind.MEET)
    hall.merge()
    keep, third, fourth = hall.keep.id, hall.third.id, hall.fourth.id
    assert {(one.person_id, one.dataset_id, one.kind) for one in hall.all(Use)} == {
        (keep, both.id, UseKind.STUCK),
        (keep, only.id, UseKind.WANTS),
        (third, only.id, UseKind.USES),
    }
    assert {(one.event_id, one.person_id, one.about_id, one.kind) for one in hall.all(Answer)} == {
        (event.id, keep, third, AnswerKind.BLOCK),
        (event.id, third, keep, AnswerKind.MEET),
        (event.id, fourth, keep, AnswerKind.NOT_FOR_ME),
        (elsewhere.id, keep, third, AnswerKind.KNOW),
        (event.id, third, fourth, AnswerKind.MEET),
    }


def test_pairs_to_keep_apart_follow_and_are_there_once(hall: Hall) -> None:
    def pair(one: Person, other: Person, reason: str = "") -> Exclusion:
        a, b = sorted((one.id, other.id))
        return Exclusion(event_id=hall.event.id, a_id=a, b_id=b, reason=reason)

    hall.make.add(
        pair(hall.keep, hall.gone, "the same person"),
        pair(hall.keep, hall.third),
        pair(hall.gone, hall.third, "line manager"),
        pair(hall.gone, hall.fourth),
        pair(hall.third, hall.fourth),
    )
    hall.merge()
    keep, third, fourth = hall.keep.id, hall.third.id, hall.fourth.id
    assert {(one.a_id, one.b_id, one.reason) for one in hall.all(Exclusion)} == {
        (min(keep, third), max(keep, third), "line manager"),
        (min(keep, fourth), max(keep, fourth), ""),
        (min(third, fourth), max(third, fourth), ""),
    }


def test_two_registrations_at_one_event_become_one_and_others_move(hall: Hall) -> None:
    early, late = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
    elsewhere = hall.make.event()
    hall.make.organiser(elsewhere, hall.boss)
    mine = hall.make.registration(
        hall.event, hall.keep, state=RegistrationState.INVITED, bio="Mine", invited_at=late, suggestible=False
    )
    theirs = hall.make.registration(
        hall.event, hall.gone, bio="Theirs", needs="Levels", team="Rivers", step_free=True, fixed_table=4,
        arrives=time(10), presence=Presence.HERE, presence_at=early, invited_at=early, profile_saved_at=late,
        pool=Pool.OUTSIDE, pool_reason="contractor",
    )  # fmt: skip
    there = hall.make.registration(elsewhere, hall.gone)
    bystander = hall.make.registration(hall.event, hall.third)
    with hall.database.writing() as session:
        rivers, soil = Topic(name="Rivers", key="rivers"), Topic(name="Soil", key="soil")
        one, two = (session.get_one(Registration, row.id) for row in (mine, theirs))
        one.topics, two.topics = [rivers], [rivers, soil]
    hall.make.add(
        BasisRecord(registration_id=mine.id, kind=BasisKind.OBJECTION, wording="No"),
        BasisRecord(registration_id=theirs.id, kind=BasisKind.NOTICE, wording="Read"),
        PersonalCode(registration_id=theirs.id, code_hash="a", expires_at=late),
        PersonalCode(registration_id=there.id, code_hash="b", expires_at=late),
    )
    hall.merge()
    rows = {one.id: one for one in hall.all(Registration)}
    assert set(rows) == {mine.id, there.id, bystander.id}
    one = rows[mine.id]
    assert (one.bio, one.needs, one.team) == ("Mine", "Levels", "Rivers")
    assert (one.state, one.suggestible) == (RegistrationState.CONFIRMED, False)
    assert (one.step_free, one.fixed_table, one.arrives, one.leaves) == (True, 4, time(10), None)
    assert (one.presence, one.presence_at) == (Presence.HERE, early)
    assert (one.invited_at, one.profile_saved_at) == (early, late)
    assert (one.pool, one.pool_reason) == (Pool.OUTSIDE, "contractor")
    assert rows[there.id].person_id == hall.keep.id
    assert rows[there.id].pool is Pool.INSIDE, "worked out from the address that is first now"
    with hall.database.reading() as session:
        assert [topic.name for topic in session.get_one(Registration, mine.id).topics] == ["Rivers", "Soil"]
        codes = select(PersonalCode.registration_id, PersonalCode.code_hash).order_by(PersonalCode.code_hash)
        assert [tuple(one) for one in session.execute(codes)] == [(mine.id, "a"), (there.id, "b")]
    assert [(one.registration_id, one.wording) for one in hall.all(BasisRecord)] == [
        (mine.id, "No"),
        (mine.id, "Read"),
    ]


def test_the_badges_and_calendars_of_all_who_became_one_lead_to_who_they_are_now(hall: Hall) -> None:
    key, other = "k" * 32, hall.make.event()
    rows = [hall.make.registration(hall.event, one) for one in (hall.keep, hall.gone, hall.third)]
    elsewhere = hall.make.registration(other, hall.fourth)
    with hall.database.writing() as session:
        calendar.renew(session, session.get_one(Registration, rows[2].id))
    addresses = [(one.public_id, calendar.proof(key, one)) for one in hall.all(Registration)]

    def leads_to() -> tuple[list[int | None], list[int | None]]:
        with hall.database.reading() as session:
            badges = [
                merged_registrations.by_badge_code(session, hall.event.id, one.badge_code) for one in rows
            ]
            feeds = [calendar.at_address(session, key, hall.event, *one) for one in addresses]
            return [one and one.id for one in badges], [one and one.id for one in feeds]

    with hall.database.writing() as session:
        people = [session.get_one(Person, one.id) for one in (hall.third, hall.gone, hall.keep)]
        merge_people.join(session, people[1], people[0])
        merge_people.join(session, people[2], people[1])
    assert leads_to() == ([rows[0].id] * 3, [rows[0].id] * 3 + [None])
    with hall.database.reading() as session:
        assert merged_registrations.by_badge_code(session, other.id, rows[1].badge_code) is None
        assert calendar.at_address(session, key, other, *addresses[1]) is None
        assert merged_registrations.by_badge_code(session, other.id, elsewhere.badge_code) is not None
    with hall.database.writing() as session:
        calendar.renew(session, session.get_one(Registration, rows[0].id))
    assert leads_to() == ([rows[0].id] * 3, [None] * 4), "no address from before opens a renewed calendar"
    with hall.database.writing() as session:
        session.delete(session.get_one(Registration, rows[0].id))
    assert leads_to() == ([None] * 3, [None] * 4)


def test_seats_and_suggestions_of_the_one_who_goes_go_too(hall: Hall) -> None:
    plan = Plan(event_id=hall.event.id, version=1, problem={"people": []}, certificate={})
    hall.make.add(plan)
    why = [
        {"reader": hall.third.id, "other": other, "mine": "Peat", "theirs": "Words of the one who goes"}
        for other in (hall.gone.id, hall.fourth.id)
    ]
    meeting = Meeting(plan_id=plan.id, round_number=1, table_number=1, why=why)
    hall.make.add(meeting)
    hall.make.add(
        *[
            Seat(meeting_id=meeting.id, plan_id=plan.id, round_number=1, person_id=one.id)
            for one in (hall.gone, hall.third)
        ],
        *[
            Suggestion(event_id=hall.event.id, person_id=a.id, other_id=b.id, position=1, score=0.5)
            for a, b in ((hall.gone, hall.third), (hall.fourth, hall.gone), (hall.third, hall.fourth))
        ],
    )
    with hall.database.reading() as session:
        seen = merge_people.preview(session, hall.event, hall.keep, session.get_one(Person, hall.gone.id))
    assert (seen.places_kept, seen.places_dropped) == (0, 0)
    hall.merge()
    with hall.database.reading() as session:
        assert session.scalars(select(Seat.person_id)).all() == [hall.third.id]
    assert [one.why for one in hall.all(Meeting)] == [why[1:]], "nobody could erase those words afterwards"
    assert [(one.person_id, one.other_id) for one in hall.all(Suggestion)] == [
        (hall.third.id, hall.fourth.id)
    ]


def test_the_preview_counts_what_would_move(hall: Hall) -> None:
    theirs = hall.make.contribution(hall.gone, hall.make.dataset())
    hall.make.contribution(hall.third, hall.make.dataset())
    hall.make.endorsement(hall.event, hall.keep, theirs)
    hall.make.endorsement(hall.event, hall.third, theirs)
    hall.make.registration(hall.event, hall.gone)
    with hall.database.reading() as session:
        keep, gone = session.get_one(Person, hall.keep.id), session.get_one(Person, hall.gone.id)
        seen = merge_people.preview(session, hall.event, keep, gone)
    assert seen.addresses == ("okafor@old.example",)
    assert (seen.contributions, seen.received, seen.given) == (1, 2, 0)
    assert (seen.registrations, seen.thanks_dropped, seen.places_dropped) == (1, 1, 0)


def test_who_may_do_more_than_the_organiser_is_not_merged(hall: Hall) -> None:
    hall.make.organiser(hall.make.event("A secret event"), hall.gone)
    with pytest.raises(Refused, match="is at an event that you do not organise"):
        hall.merge()
    assert len(hall.all(Person)) == 6 - 1


def test_an_organiser_does_not_merge_themselves_away(hall: Hall) -> None:
    with hall.database.reading() as session:
        with pytest.raises(Refused, match="merge yourself away"):
            merge_people.check(session, hall.keep, hall.boss, hall.boss)
        with pytest.raises(Refused, match="Choose somebody else"):
            merge_people.check(session, hall.keep, hall.keep, hall.boss)


def test_a_merge_that_fails_half_way_changes_nothing(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = hall.make.contribution(hall.gone, hall.make.dataset())

    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(merge_people, "_own_claims", fail)
    with pytest.raises(RuntimeError, match="the power went"):
        hall.merge()
    assert [(one.id, one.person_id) for one in hall.all(Contribution)] == [(theirs.id, hall.gone.id)]
    with hall.database.reading() as session:
        assert [one.email for one in session.get_one(Person, hall.gone.id).addresses] == [
            "okafor@old.example"
        ]


def test_of_two_printed_codes_that_of_the_entry_which_stays_goes_on(hall: Hall) -> None:
    late = datetime(2027, 2, 1, tzinfo=UTC)
    mine, theirs = (hall.make.registration(hall.event, one) for one in (hall.keep, hall.gone))
    for one, code in ((theirs, "a"), (mine, "b")):
        hall.make.add(PersonalCode(registration_id=one.id, code_hash=code, expires_at=late))
    hall.merge()
    with hall.database.reading() as session:
        assert list(session.scalars(select(PersonalCode.code_hash))) == ["b"]
