"""Acting on several people: whom it reaches, who is left out and why, and what undoing brings back."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.people import act_on_people
from matchmaker.services.people.act_on_people import Act
from matchmaker.services.people.invite_people import Addresses
from matchmaker.services.refused import Refused
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.jobs import Job
from matchmaker.store.mail import Mail
from matchmaker.store.people import basis, exclusions, guest_list, people
from matchmaker.store.people.basis import BasisKind
from matchmaker.store.people.encounters import Encounter
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.listed_people import ListPart
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.plans.plans import Meeting, Plan, Seat
from matchmaker.store.plans.table_topics import TableTopic, TopicStar
from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion

S = RegistrationState
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
ADDRESSES = Addresses("https://m.example/sign-in", "https://m.example/data", "secret")


class List:
    """Somebody in every state at an event, and at another, whom nothing here may touch."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        self.event, self.other = make.event(), make.event()
        self.boss = make.organiser(self.event)
        self.rows = {
            state: make.registration(self.event, make.person(f"{state.value.title()}"), state=state)
            for state in S
        }
        self.noise = [make.registration(self.other, state=state) for state in S]

    def reach(self, session: Any, act: Act) -> act_on_people.Reach:
        event = session.get_one(Event, self.event.id)
        return act_on_people.reach(session, event, act, [guest_list.anybody()])

    def act(self, act: Act, word: str = "") -> int:
        with self.database.writing() as session:
            event, boss = session.get_one(Event, self.event.id), session.get_one(Person, self.boss.id)
            found = self.reach(session, act)
            return act_on_people.carry_out(session, event, found, boss, word, NOW, ADDRESSES)[0].id

    def undo(self, job_id: int) -> int:
        with self.database.writing() as session:
            event = session.get_one(Event, self.event.id)
            return len(act_on_people.undo(session, event, session.get_one(Job, job_id), NOW))

    def states(self) -> dict[RegistrationState, RegistrationState]:
        with self.database.reading() as session:
            noise = [session.get_one(Registration, one.id).state for one in self.noise]
            assert noise == list(S), "another event is not touched"
            return {was: session.get_one(Registration, one.id).state for was, one in self.rows.items()}


def names(part: ListPart) -> list[str]:
    return [name for name, *_ in part.first]


@pytest.mark.parametrize(
    ("act", "reached"),
    [
        (Act.INVITE, {S.INVITED}),
        (Act.COMING, set(S) - {S.CONFIRMED}),
        (Act.NOT_COMING, set(S) - {S.DECLINED, S.CANCELLED}),
        (Act.WAITING, set(S) - {S.CONFIRMED, S.WAITING}),
        (Act.BACK, {S.DECLINED, S.CANCELLED}),
        (Act.REMOVE, {S.INVITED, S.PENDING, S.WAITING}),
    ],
)
def test_an_act_reaches_whom_it_can_and_gives_a_reason_for_everybody_else(
    database: Database, maker: Any, act: Act, reached: set[RegistrationState]
) -> None:
    there = List(maker(database))
    with database.reading() as session:
        found = there.reach(session, act)
        assert names(found.reached) == sorted(one.title() for one in reached)
        out = [name for _, who in found.left_out for name in names(who)]
        assert sorted(out) == sorted(one.title() for one in set(S) - reached)
        assert all(why for why, _ in found.left_out)
        assert [one.people for _, one in found.left_out] == [len(one.first) for _, one in found.left_out]


@pytest.mark.parametrize("act", [Act.COMING, Act.NOT_COMING, Act.WAITING, Act.BACK])
def test_what_is_done_is_undone_once_for_those_nobody_has_changed_since(
    database: Database, maker: Any, act: Act
) -> None:
    there = List(maker(database))
    job = there.act(act, "they said so")
    after = {was: act_on_people.BECOMES[act](was) for was in S}
    changed = next(was for was, now in there.states().items() if was is not now)
    other = S.OFFERED if after[changed] is not S.OFFERED else S.PENDING
    with database.writing() as session:
        session.get_one(Registration, there.rows[changed].id).state = other
    expected = sum(was is not now for was, now in there.states().items()) - 1
    assert there.undo(job) == expected
    assert there.states() == {was: other if was is changed else was for was in S}
    assert there.undo(job) == 0


def test_who_is_taken_off_the_waiting_list_again_has_not_asked_by_that(sqlite: Database, make: Any) -> None:
    there = List(make)
    job = there.act(Act.WAITING)
    with sqlite.reading() as session:
        assert session.get_one(Registration, there.rows[S.INVITED].id).asked_at == NOW
    there.undo(job)
    with sqlite.reading() as session:
        assert session.get_one(Registration, there.rows[S.INVITED].id).asked_at is None


def test_that_people_come_is_recorded_with_how_the_organiser_knows(sqlite: Database, make: Any) -> None:
    there = List(make)
    with pytest.raises(Refused, match="Say how you know"):
        there.act(Act.COMING, "  ")
    assert there.states()[S.INVITED] is S.INVITED
    there.undo(there.act(Act.COMING, "Attending in the export of 3 March"))
    with sqlite.reading() as session:
        found = [(one.kind, one.wording) for one in basis.records(session, there.rows[S.INVITED].id)]
        assert basis.records(session, there.rows[S.CONFIRMED].id) == []
    assert found == [
        (BasisKind.ORGANISER, "You said that you come: Attending in the export of 3 March"),
        (BasisKind.ORGANISER, "That you come was taken back."),
    ]


def test_who_does_not_come_any_more_is_on_no_list(sqlite: Database, make: Any) -> None:
    there = List(make)
    invited, confirmed = there.rows[S.INVITED].person_id, there.rows[S.CONFIRMED].person_id
    make.add(
        *(
            Suggestion(
                event_id=there.event.id, person_id=one, other_id=two, position=1, score=0.5, reasons=[]
            )
            for one, two in ((invited, confirmed), (confirmed, invited))
        )
    )
    there.act(Act.NOT_COMING)
    assert there.states()[S.CONFIRMED] is S.CANCELLED
    assert there.states()[S.INVITED] is S.DECLINED
    with sqlite.reading() as session:
        assert session.query(Suggestion).count() == 0


def test_an_invitation_is_mailed_to_who_has_an_address_and_cannot_be_undone(
    sqlite: Database, make: Any
) -> None:
    there = List(make)
    make.registration(there.event, make.person("No Address", email=""), state=S.INVITED)
    with sqlite.reading() as session:
        assert ("They have no email address", ["No Address"]) in [
            (why, names(who)) for why, who in there.reach(session, Act.INVITE).left_out
        ]
    job = there.act(Act.INVITE)
    assert there.undo(job) == 0
    with sqlite.reading() as session:
        assert [one.to for one in session.query(Mail)] == [there.rows[S.INVITED].person.email]
        assert session.get_one(Registration, there.rows[S.INVITED].id).invited_at == NOW


def test_whoever_has_a_part_in_the_event_is_not_removed(sqlite: Database, make: Any) -> None:
    there = List(make)
    called = ("Wrote", "Here", "Sits", "Thanked", "Hosts", "Free")
    wrote, here, sits, thanked, hosts, free = (make.person(name) for name in called)
    make.registration(there.event, wrote, state=S.INVITED, profile_saved_at=NOW)
    make.registration(there.event, here, state=S.INVITED, presence=Presence.HERE)
    for one in (sits, thanked, hosts, free):
        make.registration(there.event, one, state=S.INVITED)
    plan = Plan(event_id=there.event.id, version=1, problem={}, certificate={}, rounds=[1], tables=[1])
    make.add(plan)
    make.add(Meeting(plan_id=plan.id, round_number=1, table_number=1, seats=[Seat(person_id=sits.id)]))
    make.add(
        TableTopic(event_id=there.event.id, host_id=hosts.id, title="Soil"),
        TableTopic(event_id=there.other.id, host_id=free.id, title="Soil"),
    )
    make.endorsement(there.event, there.boss, make.contribution(thanked, make.dataset()))
    with sqlite.reading() as session:
        found = there.reach(session, Act.REMOVE)
    assert names(found.reached) == ["Free", "Invited", "Pending", "Waiting"]
    assert {why.split(":")[0]: names(who) for why, who in found.left_out} == {
        "They said no or have no place": ["Cancelled", "Declined"],
        "They said yes, have an offer, or were at the desk": ["Confirmed", "Here", "Offered"],
        "They wrote about themselves": ["Wrote"],
        "They are in a plan, pitched a topic, or gave or received thanks": ["Hosts", "Sits", "Thanked"],
    }


def test_who_is_removed_is_erased_unless_another_event_knows_them(database: Database, maker: Any) -> None:
    there = List(maker(database))
    known = there.make.registration(there.other, there.rows[S.PENDING].person)
    gone = [there.rows[state] for state in (S.INVITED, S.PENDING, S.WAITING)]
    there.undo(there.act(Act.REMOVE))
    with database.reading() as session:
        assert [session.get(Registration, one.id) for one in gone] == [None, None, None]
        assert people.by_ids(session, [one.person_id for one in gone]).keys() == {known.person_id}
        assert session.get_one(Registration, known.id).state is S.CONFIRMED


def test_of_who_is_removed_and_known_elsewhere_this_event_keeps_no_letter_and_no_file(
    database: Database, maker: Any
) -> None:
    there = List(maker(database))
    invited = there.rows[S.INVITED].person
    there.make.registration(there.other, invited)
    there.act(Act.INVITE)
    letter = {"kind": "invitation", "to": "x@y.example", "subject": "", "body": ""}
    elsewhere = Mail(event_id=there.other.id, person_id=invited.id, **letter)
    there.make.add(elsewhere)
    kept = [
        File(event_id=event.id, name="badges.pdf", media_type="x", content=b"", purge_at=NOW)
        for event in (there.event, there.other)
    ]
    there.make.add(*kept)
    there.act(Act.REMOVE)
    with database.reading() as session:
        assert list(session.scalars(select(Mail.id))) == [elsewhere.id]
        assert list(session.scalars(select(File.id))) == [kept[1].id]


def test_who_is_removed_and_known_elsewhere_takes_their_answers_along_and_never_meets_whom_they_must_not(
    database: Database, maker: Any
) -> None:
    there = List(maker(database))
    make, invited = there.make, there.rows[S.INVITED].person
    make.registration(there.other, invited)
    ann, ben, cy = (make.registration(there.event).person for _ in range(3))
    for about, kind in ((ann, AnswerKind.MEET), (ben, AnswerKind.BLOCK)):
        make.answer(there.event, invited, about, kind)
    make.answer(there.event, ann, invited)
    make.answer(there.other, invited, ann, AnswerKind.KNOW)
    pair = sorted((invited.id, cy.id))
    topic = TableTopic(event_id=there.event.id, host_id=ann.id, title="Soil")
    make.add(Exclusion(event_id=there.event.id, a_id=pair[0], b_id=pair[1]), topic)
    make.add(
        TopicStar(topic_id=topic.id, person_id=invited.id),
        TopicStar(topic_id=topic.id, person_id=ben.id),
        Encounter(event_id=there.event.id, person_id=invited.id, other_id=ann.id),
        Encounter(event_id=there.event.id, person_id=ann.id, other_id=invited.id),
    )
    there.act(Act.REMOVE)
    with database.reading() as session:
        said = session.execute(select(Answer.event_id, Answer.person_id, Answer.kind).order_by(Answer.id))
        assert [tuple(one) for one in said] == [
            (there.event.id, invited.id, AnswerKind.BLOCK),
            (there.event.id, ann.id, AnswerKind.MEET),
            (there.other.id, invited.id, AnswerKind.KNOW),
        ]
        assert session.scalars(select(TopicStar.person_id)).all() == [ben.id]
        assert session.scalars(select(Encounter.person_id)).all() == [ann.id]
        assert exclusions.pairs(session, there.event.id) == {tuple(pair)}
