"""A copy of everything about one person: a zip with a page to read, the same as JSON, and address cards."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from segno import helpers

from matchmaker.documents import clock, paper
from matchmaker.documents.people.field_words import name_in_words, value_in_words

Value = str | int | bool | date | None | Sequence[str]


@dataclass(frozen=True)
class Chapter:
    """One kind of thing that is kept: `key` names it in the JSON, each row has words → value."""

    key: str
    title: str
    rows: tuple[Mapping[str, Value], ...]


@dataclass(frozen=True)
class Acquaintance:
    """Somebody for the address book, as far as its owner may see them: what they gave the owner, and no more."""

    name: str
    organisation: str
    job_title: str
    where: str
    email: str = ""
    phone: str = ""
    link: str = ""


@dataclass(frozen=True)
class OwnData:
    """Everything about a person, in chapters; `people` are those whom they meet or are introduced to.

    `calendars` has a file for each event whose plan they are in.
    """

    name: str
    chapters: tuple[Chapter, ...]
    people: tuple[Acquaintance, ...]
    calendars: tuple[bytes, ...]
    made_at: datetime
    zone: ZoneInfo

    @property
    def day(self) -> str:
        """The date of the copy, in words."""
        return clock.day(self.made_at, self.zone)

    def shown(self, row: Mapping[str, Value]) -> list[tuple[str, str]]:
        """Return what each field of a row that is not empty is called, as its form does, and its value in words."""
        written = ((field, self.words(field, value)) for field, value in row.items())
        return [(name_in_words(field), words) for field, words in written if words]

    def words(self, field: str, value: Value) -> str:
        """Write the value of a field as the page shows it; "" for what is not there."""
        match value:
            case None:
                return ""
            case bool():
                return "Yes" if value else "No"
            case datetime():
                return f"{clock.day(value, self.zone)} at {clock.clock(value, self.zone)}"
            case date():
                return clock.day(datetime.combine(value, datetime.min.time(), self.zone), self.zone)
            case str():
                return value_in_words(field, value)
            case int():
                return str(value)
            case _:
                return "; ".join(value)


def archive(data: OwnData) -> bytes:
    """Return the zip; the same data gives the same bytes."""
    files = {
        "read-me-first.html": paper.page("own_data.html", lambda path: path, data=data).encode(),
        "everything.json": as_json(data),
        **({"people.vcf": cards(data.people)} if data.people else {}),
        **{f"calendar-{number}.ics": one for number, one in enumerate(data.calendars, start=1)},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            stamp = zipfile.ZipInfo(name, clock.local(data.made_at, data.zone).timetuple()[:6])
            stamp.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(stamp, content)
    return packed.getvalue()


def as_json(data: OwnData) -> bytes:
    """Return everything for a program to read."""
    found: dict[str, object] = {one.key: [dict(row) for row in one.rows] for one in data.chapters}
    whole = {"name": data.name, "made_at": data.made_at.isoformat(timespec="seconds"), **found}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_iso).encode() + b"\n"


def _iso(value: date) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def cards(people: Sequence[Acquaintance]) -> bytes:
    """Return a vCard for each of these people."""
    made = (
        helpers.make_vcard_data(
            _sorted_name(one.name),
            _one_line(one.name),
            org=_one_line(one.organisation) or None,
            title=_one_line(one.job_title) or None,
            email=one.email or None,
            phone=_one_line(one.phone) or None,
            url=one.link or None,
            memo=_one_line(one.where),
        )
        for one in people
    )
    return "".join(made).replace("\r\n", "\n").replace("\n", "\r\n").encode()


def _sorted_name(name: str) -> str:
    first, _, last = _one_line(name).replace(";", " ").rpartition(" ")
    return f"{last};{first}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
