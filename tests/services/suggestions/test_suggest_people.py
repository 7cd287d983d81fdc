"""Suggestions from rows to rows: every rule is kept, also when it changes while lists are worked out."""

from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.matching.profile import DatasetLink
from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.people import coming
from matchmaker.services.suggestions import give_answers, refresh_lists, suggest_people
from matchmaker.store.base import now
from matchmaker.store.catalogue import topics
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.people import profiles
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.registrations import Presence, Registration, RegistrationState
from matchmaker.store.session import Database
from matchmaker.store.suggestions import mentions, suggestions
from matchmaker.store.suggestions.answers import AnswerKind
from matchmaker.store.suggestions.mentions import DatasetMention
from matchmaker.store.suggestions.suggestions import Suggestion

PEAT = {"needs": "Help with peat depth maps", "offers": "Peat depth maps"}
"""What gives any two people a reason to meet."""


def work_out(database: Database, event_id: int) -> int:
    with database.reading() as session:
        material = suggest_people.load(session, event_id)
    found = suggest_people.compute(refresh_lists.read(material).vectors, material.each)
    with database.writing() as session:
        return suggest_people.save(session, event_id, found)


def listed(database: Database, event_id: int, person_id: int) -> set[int]:
    with database.reading() as session:
        return {one.other_id for one in suggestions.for_person(session, event_id, person_id)}


@pytest.fixture
def hall(make: Any) -> Any:
    """Give an event with four people, and a second one with the same people and rules that are not its own."""

    event, other = make.event("Ours"), make.event("Another")
    ann, ben, cat, dan = (make.person(name) for name in ("Ann", "Ben", "Cat", "Dan"))
    rows = {
        person.name: make.registration(event, person, bio=f"{person.name} and {person.name}ites", **PEAT)
        for person in (ann, ben, cat, dan)
    }
    for person in (ann, ben):
        make.registration(other, person)
    make.answer(other, ann, ben, AnswerKind.NOT_FOR_ME)
    make.answer(other, cat, dan, AnswerKind.KNOW)
    make.add(Exclusion(event_id=other.id, a_id=ann.id, b_id=cat.id))
    return SimpleNamespace(event=event, other=other, ann=ann, ben=ben, cat=cat, dan=dan, rows=rows)


def test_a_profile_holds_what_the_person_told_and_who_must_not_be_paired_with_them(
    sqlite: Database, make: Any
) -> None:
    event, noise = make.event(), make.event()
    ann, ben, cat, dan, eve = (make.person(name, organisation="Peat Office") for name in "ABCDE")
    row = make.registration(event, ann, bio="Peat", offers="maps", needs="a vet", team="Bogs")
    for person in (ben, cat, dan, eve):
        make.registration(event, person)
    with sqlite.writing() as session:
        session.get_one(Registration, row.id).topics = [
            topics.find_or_add(session, name) for name in ("Soil", "Peat")
        ]
    peat = make.dataset("Peat Depth", description="How deep", tags=["peat"])
    make.contribution(ann, peat, "curated", state=ContributionState.CLAIMED)
    make.contribution(ann, peat, "checked", state=ContributionState.HIDDEN)
    make.contribution(ann, peat, "built", state=ContributionState.AWAITING)
    make.contribution(ben, peat, "published", state=ContributionState.ACCEPTED)
    make.add(Use(person_id=ann.id, dataset_id=peat.id, kind=UseKind.STUCK))
    make.answer(event, ben, ann, AnswerKind.NOT_FOR_ME)
    make.answer(event, ann, cat, AnswerKind.MEET)
    make.answer(noise, cat, ann, AnswerKind.BLOCK)
    make.answer(noise, dan, ann, AnswerKind.NOT_FOR_ME)
    make.answer(event, eve, ann, AnswerKind.KNOW)
    make.add(Exclusion(event_id=event.id, a_id=ann.id, b_id=dan.id))
    with sqlite.reading() as session:
        found = {one.id: one for one in profiles.at_event(session, event.id)}
    mine = found[str(ann.id)]
    link = DatasetLink(str(peat.id), "Peat Depth", "How deep", ("peat",))
    assert mine.organisation == "Peat Office"
    assert (mine.team, mine.bio, mine.offers, mine.needs) == ("Bogs", "Peat", "maps", "a vet")
    assert mine.topics == ("Peat", "Soil")
    assert mine.datasets == (
        DatasetLink(link.id, link.title, link.description, link.tags, role="curated"),
        DatasetLink(link.id, link.title, link.description, link.tags, use="stuck"),
    )
    assert mine.not_with == {str(ben.id), str(cat.id), str(dan.id)}
    assert mine.knows == {str(eve.id)}
    assert found[str(ben.id)].not_with == {str(ann.id)}
    assert found[str(eve.id)].knows == {str(ann.id)}


def test_only_people_who_are_coming_and_do_not_object_are_suggested(
    sqlite: Database, make: Any, hall: Any
) -> None:
    objecting = make.registration(hall.event, suggestible=False, **PEAT)
    declined = make.registration(hall.event, state=RegistrationState.DECLINED, **PEAT)
    invited = make.registration(hall.event, state=RegistrationState.INVITED, bio="Eels", **PEAT)
    assert work_out(sqlite, hall.event.id) > 0
    everybody = {one.id for one in (hall.ann, hall.ben, hall.cat, hall.dan)} | {invited.person_id}
    for person in everybody:
        assert listed(sqlite, hall.event.id, person) == everybody - {person}
    for left_out in (objecting, declined):
        assert listed(sqlite, hall.event.id, left_out.person_id) == set()
    with sqlite.reading() as session:
        assert len(profiles.at_event(session, hall.event.id)) == 6


def test_nobody_gets_a_card_without_a_reason_when_nothing_is_known_of_anybody(
    sqlite: Database, make: Any
) -> None:
    event = make.event(suggestions_each=3)
    for _ in range(8):
        make.registration(event)
    assert work_out(sqlite, event.id) == 0


def test_what_is_named_in_words_is_kept_and_what_is_not_meant_is_left_out_next_time(
    sqlite: Database, make: Any
) -> None:
    event, noise = make.event(), make.event()
    lidar = make.dataset("LIDAR Composite DSM 2017 - 2m")
    ann, ben = make.person("Ann"), make.person("Ben")
    row = make.registration(event, ann, needs="I can't get the LIDAR composite to open", bio="Ants")
    make.registration(event, ben, bio="Bears")
    make.registration(noise, ann, needs="The LIDAR composite again", bio="Ants")
    make.contribution(ben, lidar, "collected", state=ContributionState.ACCEPTED)
    for meant in (True, False):
        with sqlite.reading() as session:
            material = suggest_people.load(session, event.id)
        named = suggest_people.named(refresh_lists.read(material).vectors)
        assert named == {ann.id: [(lidar.id, "LIDAR composite")] if meant else [], ben.id: []}
        with sqlite.writing() as session:
            suggest_people.keep_named(session, event.id, named)
        assert work_out(sqlite, event.id) == (2 if meant else 0)
        with sqlite.writing() as session:
            kept = mentions.of_person(session, event.id, ann.id)
            assert [(one.words, one.dataset_id, one.not_meant) for one in kept] == [
                ("LIDAR composite", lidar.id, not meant)
            ]
            suggest_people.say_meant(
                session, session.get_one(Registration, row.id), [lidar.public_id], meant=False
            )
            assert mentions.not_meant(session, noise.id) == {}


def test_what_one_person_does_not_mean_at_an_event_says_nothing_for_others_or_elsewhere(
    sqlite: Database, make: Any
) -> None:
    event, noise = make.event(), make.event()
    lidar, rivers = make.dataset("LIDAR Composite"), make.dataset("River Levels")
    ann, ben = make.person("Ann"), make.person("Ben")
    row = make.registration(event, ann)
    for here, person in ((event, ann), (event, ben), (noise, ann)):
        for dataset in (lidar, rivers):
            make.add(
                DatasetMention(event_id=here.id, person_id=person.id, dataset_id=dataset.id, words="LIDAR")
            )
    with sqlite.writing() as session:
        suggest_people.say_meant(
            session, session.get_one(Registration, row.id), [lidar.public_id], meant=False
        )
        assert mentions.not_meant(session, event.id) == {ann.id: {lidar.id}}
        assert mentions.not_meant(session, noise.id) == {}


@pytest.mark.parametrize("people", [0, 1])
def test_nobody_to_meet_is_an_empty_list_and_no_error(sqlite: Database, make: Any, people: int) -> None:
    event = make.event()
    for _ in range(people):
        make.registration(event)
    assert work_out(sqlite, event.id) == 0


@pytest.mark.parametrize("kind", [AnswerKind.BLOCK, AnswerKind.NOT_FOR_ME, AnswerKind.KNOW])
def test_an_answer_takes_the_two_off_both_lists_at_once_and_for_good(
    sqlite: Database, hall: Any, kind: AnswerKind
) -> None:
    work_out(sqlite, hall.event.id)
    with sqlite.writing() as session:
        assert give_answers.answer(session, hall.event.id, hall.ann.id, hall.ben.id, kind, now())
    for _ in range(2):
        assert hall.ben.id not in listed(sqlite, hall.event.id, hall.ann.id)
        assert hall.ann.id not in listed(sqlite, hall.event.id, hall.ben.id)
        assert hall.ann.id in listed(sqlite, hall.event.id, hall.cat.id)
        work_out(sqlite, hall.event.id)


def test_a_meet_moves_nothing_and_asks_for_nothing(sqlite: Database, hall: Any) -> None:
    work_out(sqlite, hall.event.id)
    before = listed(sqlite, hall.event.id, hall.ann.id)
    with sqlite.writing() as session:
        asked = give_answers.answer(session, hall.event.id, hall.ann.id, hall.ben.id, AnswerKind.MEET, now())
    assert not asked
    assert listed(sqlite, hall.event.id, hall.ann.id) == before


def test_what_changes_while_lists_are_worked_out_is_obeyed_when_they_are_kept(
    sqlite: Database, make: Any, hall: Any
) -> None:
    with sqlite.reading() as session:
        material = suggest_people.load(session, hall.event.id)
        found = suggest_people.compute(refresh_lists.read(material).vectors, material.each)
    make.answer(hall.event, hall.ben, hall.ann, AnswerKind.BLOCK)
    with sqlite.writing() as session:
        coming.object_to_suggestions(session, session.get_one(Registration, hall.rows["Cat"].id), now())
        coming.leave(session, session.get_one(Registration, hall.rows["Dan"].id))
        assert suggest_people.save(session, hall.event.id, found) == 0


def test_a_list_is_read_by_the_rules_of_now_even_if_it_was_kept_before(
    sqlite: Database, make: Any, hall: Any
) -> None:
    late = make.registration(hall.event, presence=Presence.ABSENT)
    rows = [(hall.ann, hall.ben), (hall.ann, hall.cat), (hall.ann, hall.dan), (hall.ann, late.person)]
    make.add(
        *(
            Suggestion(event_id=hall.event.id, person_id=a.id, other_id=b.id, position=place, score=0.5)
            for place, (a, b) in enumerate(rows, start=1)
        )
    )
    assert listed(sqlite, hall.event.id, hall.ann.id) == {hall.ben.id, hall.cat.id, hall.dan.id}
    make.answer(hall.event, hall.ben, hall.ann, AnswerKind.KNOW)
    make.add(Exclusion(event_id=hall.event.id, a_id=hall.ann.id, b_id=hall.cat.id))
    make.answer(hall.other, hall.dan, hall.ann, AnswerKind.BLOCK)
    assert listed(sqlite, hall.event.id, hall.ann.id) == set()


def test_another_events_lists_stay_as_they_are(sqlite: Database, make: Any, hall: Any) -> None:
    make.add(
        Suggestion(event_id=hall.other.id, person_id=hall.ben.id, other_id=hall.cat.id, position=1, score=0.5)
    )
    work_out(sqlite, hall.event.id)
    with sqlite.reading() as session:
        kept = session.scalars(select(Suggestion).where(Suggestion.event_id == hall.other.id)).all()
    assert [(one.person_id, one.other_id) for one in kept] == [(hall.ben.id, hall.cat.id)]


def test_profiles_take_as_many_queries_for_three_people_as_for_thirty(
    sqlite: Database, make: Any, queries: Any
) -> None:
    def asked(event_id: int) -> int:
        with sqlite.reading() as session, queries() as sent:
            suggest_people.load(session, event_id)
        return len(sent)

    small, large = make.event(), make.event()
    for event, people in ((small, 3), (large, 30)):
        for _ in range(people):
            row = make.registration(event)
            make.contribution(row.person, make.dataset())
    assert asked(small.id) == asked(large.id) > 10


def test_what_somebody_unnamed_did_for_a_dataset_is_no_reason_but_what_they_use_is(
    sqlite: Any, make: Any
) -> None:
    event = make.event()
    shy = make.registration(event, make.person("Shy", show_name=False)).person
    open_ = make.registration(event, make.person("Open")).person
    rivers, soils = make.dataset("Rivers"), make.dataset("Soils")
    for person in (shy, open_):
        make.contribution(person, rivers, "curated")
        make.add(Use(person_id=person.id, dataset_id=soils.id, kind=UseKind.STUCK))
    with sqlite.reading() as session:
        told = {
            one.id: [(link.title, link.role, link.use) for link in one.datasets]
            for one in profiles.at_event(session, event.id)
        }
    assert told[str(shy.id)] == [("Soils", "", "stuck")]
    assert told[str(open_.id)] == [("Rivers", "curated", ""), ("Soils", "", "stuck")]


def test_acquaintances_are_those_whose_thanks_everybody_may_read_and_series_those_worked_on(
    sqlite: Any, make: Any
) -> None:
    event = make.event()
    ann, ben, cat, shy = (
        make.registration(event, make.person(name, show_name=name != "Shy")).person
        for name in ("Ann", "Ben", "Cat", "Shy")
    )
    away, unnamed = make.person("Away"), make.person("Unnamed", show_name=False)
    rivers = make.dataset("River Levels", is_series=True)
    january = make.dataset("River Levels, January", series_id=rivers.id)
    for person, dataset in ((ann, january), (ben, rivers), (cat, make.dataset("Soils")), (shy, january)):
        work = make.contribution(person, dataset)
        make.endorsement(event, away, work)
        make.endorsement(event, unnamed, work)
    hidden = make.contribution(ann, make.dataset("Peat"), "built", state=ContributionState.HIDDEN)
    make.endorsement(event, cat, hidden)
    sealed = make.contribution(ann, make.dataset("Air"), "built")
    make.endorsement(event, ben, sealed, sealed=True)
    make.endorsement(event, shy, sealed, state=EndorsementState.AWAITING)
    make.endorsement(event, cat, sealed, state=EndorsementState.HIDDEN)
    with sqlite.reading() as session:
        found = {one.id: one for one in profiles.at_event(session, event.id)}
    told = {
        name: (found[str(one.id)].endorsers, found[str(one.id)].series)
        for name, one in {"Ann": ann, "Ben": ben, "Cat": cat, "Shy": shy}.items()
    }
    assert told == {
        "Ann": ({str(away.id)}, {"River Levels"}),
        "Ben": ({str(away.id)}, {"River Levels"}),
        "Cat": ({str(away.id)}, set()),
        "Shy": (set(), set()),
    }
