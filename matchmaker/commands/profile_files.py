"""Reading people to be matched from a file: JSON Lines, or the attendee list that the site imports."""

import codecs
import json
import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from matchmaker.intake.attendees import AttendeeRow, IntakeError, read_attendees
from matchmaker.intake.named_people import as_known, name_key
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.records import BadRecord, profile_from, unknown_fields


class BadInput(click.ClickException):
    """Input that cannot be used: nothing is written, the exit code is 2."""

    exit_code = 2


def read_profiles(path: Path) -> list[Profile]:
    """Read people from JSON Lines or from an attendee list; raises BadInput naming the line and the field.

    A line of JSON must be right; a bad row of an attendee list is told on standard error and left out.
    """
    data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    return _from_json(data, _named(path)) if start in (b"", b"{", b"[") else _from_list(data, _named(path))


def _from_json(data: bytes, name: str) -> list[Profile]:
    people: list[Profile] = []
    lines: dict[str, int] = {}
    unknown: dict[str, int] = {}
    for number, record in _json_lines(data, name):
        try:
            person = profile_from(record)
        except BadRecord as problem:
            raise BadInput(f"{name}, line {number}: {problem}.") from None
        if person.id in lines:
            raise BadInput(
                f"{name}, line {number}: the id “{person.id}” is already on line {lines[person.id]}. "
                "Every person needs an id of their own."
            )
        lines[person.id] = number
        for name in sorted(unknown_fields(record)):
            unknown.setdefault(name, number)
        people.append(person)
    for name, number in unknown.items():
        click.echo(f"{name}, line {number}: there is no field “{name}”, so it is left out.", err=True)
    return _titles_as_ids(people)


def _titles_as_ids(people: list[Profile]) -> list[Profile]:
    """Return the people with datasets that were named by title alone under the id that others gave for that title.

    A title that stands for several ids stays a dataset of its own.
    """
    ids: dict[str, set[str]] = {}
    for person in people:
        for link in person.datasets:
            key = " ".join(link.title.casefold().split())
            if key and link.id != key:
                ids.setdefault(key, set()).add(link.id)
    known = {key: found.pop() for key, found in ids.items() if len(found) == 1}
    return [
        replace(
            person,
            datasets=tuple(replace(link, id=known.get(link.id, link.id)) for link in person.datasets),
        )
        for person in people
    ]


def read_pairs(path: Path, known: set[str]) -> list[tuple[str, str]]:
    """Read one pair of known ids a line; raises BadInput naming the line."""
    name = _named(path)
    data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    pairs: list[tuple[str, str]] = []
    for number, record in _json_lines(data, name):
        if not (
            isinstance(record, list) and len(record) == 2 and all(isinstance(one, str) for one in record)
        ):
            raise BadInput(f'{name}, line {number}: a pair must be two ids such as ["p1", "p7"].')
        for one in record:
            if one not in known:
                raise BadInput(f"{name}, line {number}: nobody in the profiles has the id “{one}”.")
        pairs.append((record[0], record[1]))
    return pairs


def _json_lines(data: bytes, name: str) -> Iterator[tuple[int, Any]]:
    """Yield the number and the value of every line that is not blank."""
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            if text:
                yield number, json.loads(text)
        except UnicodeDecodeError:
            raise BadInput(f"{name}, line {number}: this is not UTF-8 text.") from None
        except (ValueError, RecursionError):
            raise BadInput(f"{name}, line {number}: this is not one JSON value on a line.") from None


def _from_list(data: bytes, name: str) -> list[Profile]:
    try:
        found = read_attendees(data, name)
    except IntakeError as error:
        raise BadInput(f"{name}: {error}") from None
    for problem in found.problems:
        click.echo(f"{name}, {problem.where}: {problem.reason}", err=True)
    if found.not_read:
        click.echo(f"{name}: {found.not_read}", err=True)
    for note in found.notes:
        click.echo(f"{name}, {note.where}: {note.text}", err=True)
    ids = _row_ids(found.rows)
    known: dict[str, set[str]] = {}
    for row, own in zip(found.rows, ids, strict=True):
        for said in filter(None, (row.email, row.name)):
            known.setdefault(_key(said), set()).add(own)
    for sentence in _not_kept_apart(found.rows, known):
        click.echo(f"{name}, {sentence}", err=True)
    return [_attendee(row, own, known) for row, own in zip(found.rows, ids, strict=True)]


def _not_kept_apart(rows: Sequence[AttendeeRow], known: Container[str]) -> Iterator[str]:
    """Yield a sentence for each name that says whom to keep apart and that the list does not have."""
    for row in rows:
        for said in as_known(row.not_with, lambda one: _key(one) in known):
            if _key(said) not in known:
                yield f"line {row.line}: “{said}” is not on this list, so {row.name} may meet them."


def _key(said: str) -> str:
    """Return what is the same in all spellings of a name or an address."""
    return said.casefold() if "@" in said else name_key(said)


def _row_ids(rows: Sequence[AttendeeRow]) -> list[str]:
    """Return each person's address, or their name, or, where that is taken, their name and line."""
    ids: list[str] = []
    for row in rows:
        short = row.email or row.name
        ids.append(short if short not in ids else f"{row.name} (line {row.line})")
    return ids


def _attendee(row: AttendeeRow, own: str, known: Mapping[str, set[str]]) -> Profile:
    links = (
        *(DatasetLink(title.casefold(), title, role="other") for title in row.datasets_made),
        *(DatasetLink(title.casefold(), title, use="stuck") for title in row.datasets_stuck),
        *(DatasetLink(title.casefold(), title, use="wants") for title in row.datasets_wanted),
        *(DatasetLink(title.casefold(), title, use="uses") for title in row.datasets),
    )
    named = as_known(row.not_with, lambda one: _key(one) in known)
    apart = frozenset(one for said in named for one in known.get(_key(said), ()) if one != own)
    return Profile(
        id=own,
        organisation=row.organisation,
        team=row.team,
        bio=" ".join(filter(None, (row.job_title, row.bio))),
        topics=row.topics,
        offers=row.offers,
        needs=row.needs,
        datasets=links,
        not_with=apart,
    )


def _named(path: Path) -> str:
    return "Standard input" if str(path) == "-" else path.name
