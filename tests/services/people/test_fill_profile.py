"""Keeping a profile: what is left out goes, except what somebody else has a part in."""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.recognition.states import ContributionState, EndorsementState
from matchmaker.services.people import fill_profile, list_in_directory
from matchmaker.services.people.fill_profile import (
    AboutAnswers,
    DatasetAnswers,
    DatasetLine,
    HelpAnswers,
)
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Presence, Registration
from matchmaker.store.session import Database

NOW = datetime(2027, 3, 1, tzinfo=UTC)
HELP = HelpAnswers(needs="Soil", offers="Gauges", topics=("Floods", "Peat", "floods"))
ABOUT = AboutAnswers(
    pronouns="she/her",
    job_title="Hydrologist",
    organisation="Met Office",
    team="Rivers",
    bio="Rain.",
    arrives=time(9),
    leaves=None,
    step_free=True,
    quiet=False,
    large_print=True,
    access_needs="Hearing loop",
    diet="Vegan",
    trio_ok=True,
)


class Ada:
    """Ada at two events; of two datasets one is thanked for. Ben has said the same of himself."""

    def __init__(self, make: Any) -> None:
        self.make, self.database = make, make.database
        event = make.event()
        self.row = make.registration(event)
        self.elsewhere = make.registration(make.event(), self.row.person, bio="Elsewhere")
        self.person = self.row.person
        self.ben = make.registration(event).person
        self.rivers, self.peat = make.dataset("River Levels"), make.dataset("Peat Depth")
        claimed = {"state": ContributionState.CLAIMED}
        make.contribution(self.ben, self.rivers, "built", **claimed)
        make.contribution(self.person, self.rivers, "built", note="Since the start", **claimed)
        self.thanked = make.contribution(self.person, self.peat, "curated", note="With Ben")
        make.endorsement(event, self.ben, self.thanked, state=EndorsementState.ACCEPTED)
        make.add(Use(person_id=self.person.id, dataset_id=self.peat.id, kind=UseKind.STUCK))
        make.add(Use(person_id=self.ben.id, dataset_id=self.peat.id, kind=UseKind.WANTS))

    def save(self, *links: tuple[Dataset | str, str]) -> None:
        self.tell(DatasetAnswers(self.lines(*links)))

    def lines(self, *links: tuple[Dataset | str, str]) -> tuple[DatasetLine, ...]:
        return tuple(
            DatasetLine("", one, standing)
            if isinstance(one, str)
            else DatasetLine(one.public_id, "", standing)
            for one, standing in links
        )

    def tell(self, told: fill_profile.ProfileAnswers) -> None:
        with self.database.writing() as session:
            fill_profile.save(session, session.get_one(Registration, self.row.id), told, NOW)

    def links(self) -> list[tuple[str, str]]:
        with self.database.reading() as session:
            return [(one.title, one.standing) for one in fill_profile.links(session, self.person.id)]

    def credits(self) -> list[tuple[str, ContributionState, str]]:
        with self.database.reading() as session:
            rows = session.execute(
                select(Contribution.role, Contribution.state, Contribution.note)
                .where(Contribution.person_id == self.person.id)
                .order_by(Contribution.role)
            )
            return [tuple(row) for row in rows]


@pytest.fixture
def ada(make: Any) -> Ada:
    return Ada(make)


def test_each_step_is_kept_of_this_event_alone_and_touches_no_other(database: Database, maker: Any) -> None:
    ada = Ada(maker(database))
    ada.tell(ABOUT)
    with database.reading() as session:
        row, person = session.get_one(Registration, ada.row.id), session.get_one(Person, ada.person.id)
        assert (person.pronouns, person.job_title, person.organisation) == (
            "she/her",
            "Hydrologist",
            "Met Office",
        )
        for name in (
            "team", "bio", "arrives", "leaves", "step_free", "quiet", "large_print", "access_needs", "diet",
            "trio_ok",
        ):  # fmt: skip
            assert getattr(row, name) == getattr(ABOUT, name)
        assert (row.needs, row.offers, row.topics, row.profile_saved_at) == ("", "", [], NOW)
    ada.tell(HELP)
    with database.reading() as session:
        row = session.get_one(Registration, ada.row.id)
        assert (row.needs, row.offers, [one.name for one in row.topics]) == (
            "Soil",
            "Gauges",
            ["Floods", "Peat"],
        )
        assert row.bio == "Rain."
        other = session.get_one(Registration, ada.elsewhere.id)
        assert (other.bio, other.topics, other.profile_saved_at) == ("Elsewhere", [], None)
    assert len(ada.links()) == 3


def test_the_directory_finds_whoever_is_in_it_by_the_new_words(ada: Ada) -> None:
    with ada.database.writing() as session:
        list_in_directory.choose(session, session.get_one(Registration, ada.row.id), True, NOW)
    ada.tell(HELP)
    with ada.database.reading() as session:
        words = session.get_one(Registration, ada.row.id).directory_key.split()
        assert {"gauges", "floods"} <= set(words)
        assert session.get_one(Registration, ada.elsewhere.id).directory_key == ""


@pytest.mark.parametrize("told", [HELP, ABOUT, DatasetAnswers((DatasetLine("", "Bog Maps", "built"),))])
def test_a_step_reads_what_it_kept(ada: Ada, told: fill_profile.ProfileAnswers) -> None:
    ada.tell(told)
    with ada.database.reading() as session:
        row = session.get_one(Registration, ada.row.id)
        read = fill_profile.stored(session, row, type(told))
        assert fill_profile.is_begun(session, row, type(told))
        if isinstance(read, HelpAnswers):
            assert read == replace(HELP, topics=("Floods", "Peat"))
        elif isinstance(read, DatasetAnswers):
            assert [(one.title, one.standing) for one in read.links] == [("Bog Maps", "built")]
        else:
            assert read == ABOUT


def test_whoever_is_here_stays_here_whatever_hours_they_say_in_their_profile(ada: Ada) -> None:
    with ada.database.writing() as session:
        row = session.get_one(Registration, ada.row.id)
        row.presence, row.presence_at = Presence.HERE, NOW
    for arrives in (time(8), time(15)):
        ada.tell(replace(ABOUT, arrives=arrives))
        with ada.database.reading() as session:
            row = session.get_one(Registration, ada.row.id)
            assert (row.arrives, row.presence, row.presence_at) == (arrives, Presence.HERE, NOW)


def test_what_a_list_brings_is_not_a_step_begun(ada: Ada) -> None:
    brought = AboutAnswers(
        "", "", "Met Office", "Rivers", "", None, None, *[False] * 3, "", "", trio_ok=False
    )
    for told, begun in ((brought, False), (replace(brought, bio="Rain."), True)):
        ada.tell(told)
        with ada.database.reading() as session:
            row = session.get_one(Registration, ada.row.id)
            assert fill_profile.is_begun(session, row, AboutAnswers) is begun


def test_the_step_of_datasets_is_begun_by_what_its_list_shows(sqlite: Database, make: Any) -> None:
    dataset = make.dataset("Peat Depth")
    make.contribution(make.person("Somebody else"), dataset)

    def begun(**kept: Any) -> bool:
        row = make.registration(make.event(), make.person("Ada"))
        if "kind" in kept:
            make.add(Use(person_id=row.person_id, dataset_id=dataset.id, **kept))
        elif kept:
            make.contribution(row.person, dataset, **kept)
        with sqlite.reading() as session:
            here = session.get_one(Registration, row.id)
            listed = bool(fill_profile.stored(session, here, DatasetAnswers).links)
            assert fill_profile.is_begun(session, here, DatasetAnswers) is listed
            return listed

    assert not begun()
    assert begun(kind=UseKind.WANTS)
    assert begun(role="built", state=ContributionState.CLAIMED)
    assert begun(role="built", state=ContributionState.ACCEPTED)
    assert not begun(role="built", state=ContributionState.HIDDEN)
    assert not begun(role="other", role_text="Drew it", state=ContributionState.ACCEPTED)


def test_the_list_shows_what_one_did_and_uses_by_title(ada: Ada) -> None:
    assert ada.links() == [("Peat Depth", "curated"), ("Peat Depth", "stuck"), ("River Levels", "built")]


def test_what_is_left_out_goes_and_what_was_thanked_for_is_only_hidden(
    database: Database, maker: Any
) -> None:
    ada = Ada(maker(database))
    ada.save()
    assert ada.links() == []
    assert ada.credits() == [("curated", ContributionState.HIDDEN, "With Ben")]
    with database.reading() as session:
        uses = session.execute(select(Use.person_id, Use.kind)).all()
        others = session.scalars(select(Contribution.role).where(Contribution.person_id == ada.ben.id))
        assert (list(map(tuple, uses)), list(others)) == ([(ada.ben.id, UseKind.WANTS)], ["built"])


def test_what_was_hidden_comes_back_as_it_was(ada: Ada) -> None:
    ada.save((ada.rivers, "built"))
    ada.save((ada.rivers, "built"), (ada.peat, "curated"))
    assert ada.credits() == [
        ("built", ContributionState.CLAIMED, "Since the start"),
        ("curated", ContributionState.ACCEPTED, "With Ben"),
    ]


def test_one_use_of_a_dataset_is_kept_the_last(ada: Ada) -> None:
    ada.save((ada.peat, "uses"), (ada.peat, "wants"), (ada.peat, "curated"), (ada.rivers, "uses"))
    assert ada.links() == [("Peat Depth", "curated"), ("Peat Depth", "wants"), ("River Levels", "uses")]


def test_a_new_title_is_added_once_and_a_known_one_found(ada: Ada) -> None:
    ada.save(("Bog  Maps", "uses"), ("Bog Maps", "built"), ("river levels", "wants"))
    assert ada.links() == [("Bog Maps", "built"), ("Bog Maps", "uses"), ("River Levels", "wants")]
    with ada.database.reading() as session:
        titles = session.scalars(select(Dataset.title).order_by(Dataset.title))
        assert list(titles) == ["Bog Maps", "Peat Depth", "River Levels"]
