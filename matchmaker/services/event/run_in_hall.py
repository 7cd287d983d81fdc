"""Let one event run on a computer in the hall, without internet, and bring it back: nothing is lost on either side.

While it is out, the event here is read-only, but for what is everybody's own at any time: leaving, objecting, and
deleting oneself. These win when the event is brought back.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from matchmaker.documents.counts import plural
from matchmaker.services.credits.claim_credits import code_hash
from matchmaker.services.event.organisers import beyond
from matchmaker.services.people import erase_people, merge_people
from matchmaker.services.people.erase_people import OnlyOrganiser
from matchmaker.services.rate_limits import keyed
from matchmaker.services.suggestions import suggest_people
from matchmaker.settings import Settings
from matchmaker.store.credits import unclaimed
from matchmaker.store.event import (
    event_roles,
    events,
    hall_copies,
    hall_file,
    hall_installation,
    hall_return,
    hall_taking,
)
from matchmaker.store.event.event_roles import EventRole
from matchmaker.store.event.events import Event
from matchmaker.store.event.hall_copies import HallCopy, HallCopyState
from matchmaker.store.event.hall_file import HallFile, HallFileError
from matchmaker.store.event.hall_installation import RowChange
from matchmaker.store.event.hall_return import Applied, RowDifference
from matchmaker.store.people import people
from matchmaker.store.session import Session

Told = dict[str, list[RowChange]]


@dataclass
class HallReport:
    """What bringing back did: how many rows are new, changed and gone, and what the operator should read, in words.

    `jobs` are to be started once it is committed.
    """

    event: str
    new: int
    changed: int
    gone: int
    notes: list[str] = field(default_factory=list)
    jobs: list[int] = field(default_factory=list)


def find(session: Session, named: str) -> Event:
    """Return the event of this name, or whose address holds this; raises HallFileError where it is not one."""
    found = [one for one in events.all_events(session) if named in (one.name, one.public_id)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise HallFileError(
            f"There is no event called “{named}” here. `matchmaker organiser list` names them all."
        )
    ids = ", ".join(one.public_id for one in found)
    raise HallFileError(
        f"{len(found)} events are called “{named}”. Say which by what its address holds: {ids}."
    )


def take_out(session: Session, named: str, at: datetime) -> tuple[Event, bytes]:
    """Return an event and all it needs as one zip; from the commit on it is read-only here. Raises HallFileError."""
    hall_taking.one_moment(session)
    event = find(session, named)
    events.lock(session, event.id)
    if (copy := hall_copies.out(session, event.id)) is not None:
        raise HallFileError(
            f"{event.name} has been in the hall since {_when(event, copy)}. Bring it back with "
            f"`matchmaker hall bring-back FILE`, or give it up with `matchmaker hall cancel {event.public_id}`."
        )
    if event.erased_at is not None:
        raise HallFileError(f"The people of {event.name} have been erased, so there is nothing to take out.")
    if hall_taking.busy(session, event.id):
        raise HallFileError(
            f"Work on {event.name} is not done yet. Wait until its pages say so, then try again."
        )
    return event, hall_taking.take(session, event, at)


def close(session: Session, taken: HallFile, public_url: str, at: datetime) -> bytes:
    """Return, on the computer in the hall, what changed since the event was taken out; it is read-only from then on.

    `public_url` is where it was reached there, so that links in letters can be mended. It may be done again.
    """
    hall_taking.same_version(session, taken.about["revision"])
    (event,) = events.all_events(session)
    if hall_taking.busy(session, event.id):
        raise HallFileError(
            f"Work on {event.name} is not done yet. Wait until its pages say so, then try again."
        )
    about = {**taken.about, "direction": "back", "rows_sum": taken.rows_sum, "public_url": public_url}
    told = hall_installation.changes(session.connection(), taken)
    plain, _sum = hall_file.packed(about, ((table.name, lines) for table, lines in told))
    event.in_hall_since = event.in_hall_since or at
    session.flush()
    return plain


def cancel(session: Session, named: str, at: datetime) -> Event:
    """Give up the copy in the hall, so that the event is changed here again; HallFileError where none is out."""
    event = find(session, named)
    events.lock(session, event.id)
    copy = hall_copies.out(session, event.id)
    if copy is None:
        raise HallFileError(f"{event.name} is not in the hall. It can be changed here.")
    hall_copies.end(session, event, copy, HallCopyState.GIVEN_UP, at)
    return event


def bring_back(session: Session, file: HallFile, settings: Settings, at: datetime) -> HallReport:
    """Apply what was changed in the hall, and let the event be changed here again. Raises HallFileError.

    The whole file is checked before the first row is written. Whoever deleted themself in the hall is erased here.
    """
    copy, event = _copy_of(session, file)
    told = hall_installation.told(file)
    notes = _erase(session, told) + _keep_ways_in(session, event, told)
    for one in told.get("mail", []):
        if one.new is not None:
            # Links in letters lead to where they are opened.
            one.new["body"] = one.new["body"].replace(file.about["public_url"], settings.public_url)
    applied = hall_return.apply(session.connection(), told)
    session.expire_all()
    event = session.get_one(Event, event.id)
    _key_again(session, told, settings.secret_key)
    notes += _join_people(session, event, applied, copy.first_id)
    notes += [_in_words(session, one) for one in applied.differences]
    if applied.fell_away:
        notes.append(
            f"{plural(applied.fell_away, 'row from the hall was', 'rows from the hall were')} about people or things "
            "that are deleted here, and stay so."
        )
    hall_copies.end(session, event, copy, HallCopyState.BACK, at)
    job = suggest_people.ask_anew(session, event.id, None)
    return HallReport(
        event.name,
        sum(applied.new.values()),
        sum(applied.changed.values()),
        sum(applied.gone.values()),
        notes,
        [job.id],
    )


def _copy_of(session: Session, file: HallFile) -> tuple[HallCopy, Event]:
    """Return the copy and event that a file is of; raises HallFileError if it cannot be brought back."""
    copy = hall_copies.by_public_id(session, file.about["copy"])
    event = events.by_id(session, copy.event_id) if copy is not None else None
    if copy is None or event is None:
        raise HallFileError("This file is of an event that was not taken out of this installation.")
    events.lock(session, event.id)
    if copy.state is HallCopyState.BACK:
        raise HallFileError(
            f"{event.name} was brought back on {_ended(event, copy)}. Nothing was changed this time."
        )
    if copy.state is HallCopyState.GIVEN_UP:
        raise HallFileError(
            f"This copy of {event.name} was given up on {_ended(event, copy)}. Nothing was changed. "
            "Keep the file if the day took place with it, and type in what is missing."
        )
    if event.erased_at is not None:
        raise HallFileError(f"The people of {event.name} have been erased here. Delete the file.")
    if copy.rows_sum != file.about["rows_sum"]:
        raise HallFileError(
            f"This file does not stand on what was taken out of {event.name}. Nothing was changed."
        )
    hall_taking.same_version(session, file.about["revision"])
    return copy, event


def _erase(session: Session, told: Told) -> list[str]:
    """Erase whoever deleted themself in the hall, at every event; return what could not be."""
    notes = []
    for one in told.pop("person", []):
        if one.new is not None:
            told.setdefault("person", []).append(one)
            continue
        assert one.old is not None
        person = people.by_id(session, one.old["id"])
        if person is None:
            continue
        try:
            erase_people.erase_person(session, person, keep_thanks=_keeps_thanks(told, person.id))
        except OnlyOrganiser as alone:
            notes.append(
                f"{person.name} deleted themself in the hall and alone organises {alone}: make somebody else an "
                "organiser there, then delete them."
            )
    return notes


def _keeps_thanks(told: Told, person_id: int) -> bool:
    """Whether somebody who deleted themself left the thanks they gave, without a name."""
    given = [one for one in told.get("endorsement", []) if one.old and one.old["giver_id"] == person_id]
    return any(one.new is not None for one in given)


def _beyond_all(session: Session, event: Event, person_ids: Collection[int]) -> set[int]:
    """Return those of these people into whose entry no organiser of the event could write an address here."""
    found = set(person_ids)
    for person, role in event_roles.with_roles(session, event.id):
        found &= beyond(session, found, person) if role is EventRole.ORGANISER else found
    return found


def _keep_ways_in(session: Session, event: Event, told: Told) -> list[str]:
    """Leave out addresses of people whose ways to sign in no organiser may touch here; return it in words.

    In the hall it is not known who is at other events, or has a role there.
    """
    changes = [(one, _people_of(one)) for one in told.get("address", []) if not _only_written_out(one)]
    here = people.by_ids(session, {person for _, some in changes for person in some})
    kept = _beyond_all(session, event, here.keys())
    told["address"] = [one for one, some in changes if not some & kept]
    return [
        f"The email address of {here[one].name} was changed in the hall. It stays as it is here, as they are at "
        "another event, too, or have a role that your organisers do not give."
        for one in sorted({person for _, some in changes for person in some & kept})
    ]


def _only_written_out(one: RowChange) -> bool:
    """Whether an address was typed in of which the hall knew the mark alone."""
    return (
        one.old is not None and one.new is not None and people.mark_of(one.new["email"]) == one.old["email"]
    )


def _people_of(one: RowChange) -> set[int]:
    return {row["person_id"] for row in (one.old, one.new) if row}


def _key_again(session: Session, told: Told, secret_key: str) -> None:
    """Hash what is known of people who were named in the hall with the key of this installation."""
    session.flush()
    for one in told.get("unclaimed_credit", []):
        row = unclaimed.by_public_id(session, one.new["public_id"]) if one.new else None
        if row is None:
            continue
        if row.code_hash:
            row.code_hash = code_hash(secret_key, row.public_id)
        if row.email:
            row.address_hash = keyed(secret_key, "unclaimed address", row.email)
    session.flush()


def _join_people(session: Session, event: Event, applied: Applied, first_id: int) -> list[str]:
    """Make those one who were typed in in the hall with an address of somebody known here; return it in words.

    Nobody gets a further address by that whom no organiser could give one here.
    """
    notes = []
    for known_id, made_id in applied.same_person:
        known, made = people.by_id(session, known_id), people.by_id(session, made_id)
        if known is None or made is None:
            continue
        if made_id <= first_id:
            notes.append(
                f"{made.name} was given an address in the hall that is {known.name}'s here. It stays theirs."
            )
            continue
        name = made.name
        if _beyond_all(session, event, [known_id]):
            made.addresses.clear()
            session.flush()
        merge_people.join(session, known, made)
        notes.append(
            f"{name}, typed in in the hall, is {known.name}, who was known here: they are one person now."
        )
    return notes


def _in_words(session: Session, one: RowDifference) -> str:
    """Return what was changed on both sides as a sentence."""
    person_id = one.row["id"] if one.table == "person" else one.row.get("person_id")
    person = people.by_id(session, person_id) if person_id else None
    of = person.name if person else f"a row of “{one.table}”"
    matter = one.column.replace("_", " ")
    if one.here is None and one.in_hall is not None:
        return f"{of}, {matter}: “{one.in_hall}” from the hall could not be kept here."
    if one.in_hall is None:
        return f"{of}, {matter}: removed in the hall, changed here to “{one.here}”. It stays."
    return f"{of}, {matter}: “{one.here}” here, “{one.in_hall}” in the hall. What was said here holds."


def _when(event: Event, copy: HallCopy) -> str:
    return f"{copy.taken_out_at.astimezone(event.tz):%-d %B %Y at %H:%M}"


def _ended(event: Event, copy: HallCopy) -> str:
    assert copy.ended_at is not None
    return f"{copy.ended_at.astimezone(event.tz):%-d %B %Y at %H:%M}"
