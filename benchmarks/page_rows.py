"""The pages that are measured: as whom each is opened, and at which addresses of an event."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select

from benchmarks.made import Made
from matchmaker.services.credits import claim_credits
from matchmaker.services.people import stay_signed_in
from matchmaker.services.plans import calendar as calendars
from matchmaker.store.attendee_lists.imports import Import
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.jobs import Job
from matchmaker.store.mail import Mail
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans.plans import Meeting, Plan, PlanState
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.session import Session


@dataclass(frozen=True)
class Row:
    """How a page is opened: as whom, and with which words after its address.

    `many`: an organiser's list or an export, which may take twice as long as another page.
    """

    role: str
    query: str = ""
    many: bool = False


_A, _O, _V = Row("attendee"), Row("organiser"), Row("visitor")
_LIST = Row("organiser", many=True)
ROWS: dict[str, Row] = {
    "public.home": _A,
    "public.accessibility": _V,
    "public.claim_slip": _V,
    "public.claim": _V,
    "public.demo_mail": _V,
    "public.demo_letter": _V,
    "public.event_privacy": _V,
    "public.how_suggestions_are_made": _V,
    "public.labels": _V,
    "public.label": _V,
    "public.public_label_file": _V,
    "public.letters": _V,
    "public.privacy": _A,
    "public.sign_in": _V,
    "public.sign_in_code": _V,
    "public.sign_in_personal": _V,
    "public.wall": _V,
    "public.board": _V,
    "public.calendar": _V,
    "attendees.calendar": _A,
    "attendees.directory": _A,
    "attendees.directory_ways": _A,
    "people.datasets": Row("attendee", "?q=river"),
    "people.dataset": _A,
    "people.claim": _A,
    "people.label_file": _A,
    "people.name_colleague": _A,
    "people.name_stranger": _A,
    "people.report": _A,
    "people.thank_several": _A,
    "people.thank": _A,
    "people.add_dataset": _A,
    "people.dataset_publishers": _A,
    "people.dataset_subjects": _A,
    "people.missing_labels": _A,
    "people.person": _A,
    "people.note": _A,
    "people.thanks": _A,
    "people.unsent": _A,
    "people.edit_thanks": _A,
    "attendees.home": _A,
    "attendees.choices": _A,
    "attendees.introduction": _A,
    "attendees.report_note": _A,
    "attendees.met": _A,
    "attendees.met_cards": _A,
    "attendees.met_person": _A,
    "attendees.met_card": _A,
    "attendees.solved": _A,
    "attendees.day_changes": _A,
    "attendees.day_worker": _A,
    "people.mine": _A,
    "people.signed_in": _A,
    "people.copy_mine": Row("attendee", many=True),
    "people.delete_me": _A,
    "attendees.leave": _A,
    "attendees.day": _A,
    "attendees.profile": _A,
    "attendees.profile_datasets": Row("attendee", "?words=river"),
    "attendees.profile_about": _A,
    "attendees.profile_seen": _A,
    "attendees.suggestions": _A,
    "attendees.topics": _A,
    "attendees.pitch_topic": _A,
    "attendees.change_topic": _A,
    "organisers.home": _O,
    "organisers.attendance": _LIST,
    "organisers.datasets": _LIST,
    "organisers.dataset": _O,
    "organisers.merge_dataset": _O,
    "organisers.series": _O,
    "public.ask_for_a_place": _V,
    "public.confirm_address": _V,
    "organisers.confirm_several": Row("organiser", "?act=not-coming&show=all&all=y"),
    "organisers.several_done": _O,
    "organisers.places": _O,
    "organisers.place_numbers": _O,
    "organisers.confirm_offers": _LIST,
    "organisers.day": _O,
    "organisers.mark_everybody_missing": _O,
    "organisers.walk_in": _O,
    "organisers.desk": _LIST,
    "organisers.show_code": _O,
    "organisers.exclusions": _LIST,
    "organisers.file": _O,
    "organisers.imports": _O,
    "organisers.upload": _O,
    "organisers.import_columns": _O,
    "organisers.import_attendees": _O,
    "organisers.import_catalogue": _O,
    "organisers.invitations": _LIST,
    "organisers.codes_ready": _O,
    "organisers.codes_file": _O,
    "organisers.confirm_invitations": Row("organiser", "?who=everybody&how=print", many=True),
    "organisers.job": _O,
    "organisers.labels": _O,
    "organisers.figures": _LIST,
    "organisers.wall": _O,
    "organisers.letters": _LIST,
    "organisers.letter": _O,
    "organisers.print_letter": _LIST,
    "organisers.lost_labels": _LIST,
    "organisers.print_lost_labels": _LIST,
    "organisers.moderation": _O,
    "organisers.people": _LIST,
    "organisers.person": _O,
    "organisers.person_attendance": _O,
    "organisers.merge_person": _O,
    "organisers.add_person": _O,
    "organisers.progress": _LIST,
    "organisers.report": _LIST,
    "organisers.report_pdf": _LIST,
    "organisers.print_paper": _O,
    "organisers.report_table": _LIST,
    "organisers.needs": _LIST,
    "organisers.organisations": _LIST,
    "organisers.programme": _O,
    "organisers.find_for_paper": _O,
    "organisers.enter_paper": _O,
    "organisers.plans": _O,
    "organisers.plan": _LIST,
    "organisers.edit_plan": _LIST,
    "organisers.confirm_publishing": _LIST,
    "organisers.edit_meeting": _LIST,
    "organisers.poster": _O,
    "organisers.printing": _O,
    "organisers.rounds": _O,
    "organisers.round": _O,
    "organisers.remove_round": _O,
    "organisers.sealed": _O,
    "organisers.setup": _O,
    "organisers.tables": _LIST,
    "organisers.table": _O,
    "organisers.topics": _LIST,
    "organisers.add_topic": _O,
    "organisers.topic": _O,
    "organisers.remove_tables": Row("organiser", "?first=1&last=2"),
    "organisers.unclaimed": _LIST,
    "organisers.event_organisers": _O,
    "people.new_event": _A,
}
"""Every page there is. A test compares this with the addresses of the application."""

LITERAL = {"kind": "credits.csv", "paper": "tags", "sheet": "slips"}


def cookie(session: Session, secret: str, person: Person) -> str:
    """Return the cookie of somebody who is signed in."""
    app = Flask("signing")
    app.secret_key = secret
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    token = stay_signed_in.begin(session, person, datetime.now(UTC))
    signed = serializer.dumps({"_user_id": token, "_fresh": True})
    return f"matchmaker={signed}"


@dataclass(frozen=True)
class World:
    """What addresses are made of: for each kind of thing some that are there, and a cookie for each role."""

    names: dict[str, list[str]]
    cookies: dict[str, list[str]]
    mine: list[dict[str, str]]
    """For each attendee, things that only they may open."""


def world(session: Session, made: Made, secret: str, several: int = 12) -> World:
    """Choose what is opened, spread over the event."""
    step = max(1, len(made.people) // several)
    ids = [made.people[place] for place in range(0, len(made.people), step)][:several]
    confirmed = select(Registration).where(
        Registration.event_id == made.event_id,
        Registration.person_id.in_(ids),
        Registration.state == "confirmed",
    )
    registered = list(session.scalars(confirmed))
    people = [session.get_one(Person, one.person_id) for one in registered]
    credits = [
        session.scalars(
            select(Contribution)
            .where(Contribution.person_id == one.id, Contribution.state == "accepted")
            .limit(1)
        ).one()
        for one in people
    ]
    datasets = [session.get_one(Dataset, one.dataset_id) for one in credits]
    host = session.get_one(Person, made.organiser_id)
    here = session.get_one(Event, made.event_id)

    def one_of(table: Any, *where: Any) -> str:
        return str(session.scalars(select(table.public_id).where(*where).order_by(table.id).limit(1)).one())

    unclaimed = one_of(UnclaimedCredit, UnclaimedCredit.event_id == made.event_id)
    plan = session.scalars(
        select(Plan).where(Plan.event_id == made.event_id, Plan.state == PlanState.DRAFT)
    ).one()
    meeting = session.scalars(select(Meeting).where(Meeting.plan_id == plan.id).limit(1)).one()
    thanks = [
        session.scalars(select(Endorsement.public_id).where(Endorsement.giver_id == one.id).limit(1)).first()
        for one in people
    ]
    topics = [
        session.scalars(select(TableTopic.public_id).where(TableTopic.host_id == one.id).limit(1)).first()
        for one in people
    ]
    return World(
        {
            "calendar": [calendars.proof(secret, one) for one in registered],
            "event": [here.public_id],
            "dataset": [one.public_id for one in datasets],
            "person": [one.public_id for one in people],
            "registration": [one.public_id for one in registered],
            "plan": [plan.public_id],
            "round": [str(meeting.round_number)],
            "table": [str(meeting.table_number)],
            "file": [one_of(File, File.event_id == made.event_id)],
            "upload": [one_of(Import, Import.event_id == made.event_id)],
            "job": [one_of(Job, Job.event_id == made.event_id)],
            "mail": [one_of(Mail)],
            "unclaimed": [unclaimed],
            "proof": [claim_credits.proof(secret, unclaimed, claim_credits.BY_MAIL)],
            "publisher": [str(one) for one in session.scalars(select(Publisher.id).limit(5))],
            "wall": [here.wall_key or ""],
            "pitched": [one_of(TableTopic, TableTopic.event_id == made.event_id)],
        },
        {
            "visitor": [""],
            "organiser": [cookie(session, secret, host)],
            "attendee": [cookie(session, secret, one) for one in people],
        },
        [
            {"person": one.public_id, "endorsement": given or "", "pitched": topic or ""}
            for one, given, topic in zip(people, thanks, topics, strict=True)
        ],
    )


def addresses(app: Flask, endpoint: str, row: Row, there: World) -> list[tuple[str, str]]:
    """Return addresses of one page, each with the cookie it is opened with."""
    rule = next(one for one in app.url_map.iter_rules(endpoint) if "GET" in (one.methods or ()))
    cookies = there.cookies[row.role]
    found = []
    for place in range(max(len(there.mine), 1)):
        values: dict[str, Any] = {name: LITERAL[name] for name in rule.arguments & LITERAL.keys()}
        for name in rule.arguments - LITERAL.keys():
            own = there.mine[place].get(name) if endpoint in OWN else None
            values[name] = own or islice(cycle(there.names.get(name, [""])), place, None).__next__()
        if endpoint == "people.thank":
            values["dataset"], values["person"] = (
                there.names["dataset"][place - 1],
                there.names["person"][place - 1],
            )
        if endpoint == "public.calendar":
            values["proof"] = there.names["calendar"][place % len(there.names["calendar"])]
        where = app.url_map.bind("localhost").build(endpoint, values)
        found.append((where + row.query, cookies[place % len(cookies)]))
    return found


OWN = {"people.note", "people.edit_thanks", "attendees.change_topic"}
"""Pages about the reader's own things."""
