"""What a field of a form says, whatever its kind: to compare, to send as a browser would, and in words.

A field that holds a list (`FieldList`, `CheckboxesField`, `LinesField`) is a set of items: two people may add and
remove different ones, and both are right. Every other field has one value.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import fields as plain
from wtforms.fields.core import Field

from matchmaker.web.fields import LinesField

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Item:
    """One item of a list: a fingerprint of what it says, and its pairs without the beginning they share."""

    mark: str
    sent: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FieldVersion:
    """What a field says: its fingerprint, or that of each item; its items; and what a browser would send."""

    marks: str | list[str]
    items: list[Item] | None
    pairs: Pairs


def version(field: Field) -> FieldVersion:
    """Return what a field says as it stands."""
    listed = _items(field)
    marks = fingerprint(_said(field)) if listed is None else [one.mark for one in listed]
    return FieldVersion(marks, listed, list(_pairs(field)))


def merged(field: Field, before: str | list[str], mine: FieldVersion, now: FieldVersion) -> Pairs | None:
    """Return a list with what each side added and removed since `before`, as it would be sent.

    None for a field that is no list, and where both sides changed the order of what stands in an order.
    """
    if mine.items is None or now.items is None or isinstance(before, str):
        return None
    here, there = {one.mark for one in mine.items}, {one.mark for one in now.items}
    if isinstance(field, LinesField) and [x for x in mine.marks if x in there] != [
        x for x in now.marks if x in here
    ]:
        return None
    kept = [one for one in mine.items if one.mark in there or one.mark not in before]
    added = [one for one in now.items if one.mark not in here and one.mark not in before]
    return _as_pairs(field, kept + added)


def _items(field: Field) -> list[Item] | None:
    """Return the items of a field that holds a list, or None for any other field."""
    match field:
        case plain.FieldList():
            return [
                Item(
                    fingerprint(_said(one)),
                    tuple((name[len(one.name) :], value) for name, value in _pairs(one)),
                )
                for one in field.entries
            ]
        case plain.SelectMultipleField():
            return [Item(fingerprint(value), (("", value),)) for value in sorted(map(str, field.data or ()))]
        case LinesField():
            return [Item(fingerprint(line), (("", line),)) for line in lines(field)]
    return None


def _as_pairs(field: Field, listed: list[Item]) -> Pairs:
    """Return these items as the browser would send the field."""
    match field:
        case plain.FieldList():
            return [
                (f"{field.name}-{place}{name}", value)
                for place, one in enumerate(listed)
                for name, value in one.sent
            ]
        case LinesField():
            return [(field.name, "\n".join(one.sent[0][1] for one in listed))]
    return [(field.name, value) for one in listed for _name, value in one.sent]


def fill(field: Field, sent: Pairs) -> None:
    """Let a field say what these names and values say, as if they had been sent."""
    field.process(MultiDict(sent))


def words(field: Field, sent: Pairs) -> str:
    """Return what a field would say of what was sent, as somebody reads it; "" for nothing."""
    # Calling the class of a field makes one for a class of forms, so `copy` cannot copy one that is bound.
    other: Field = object.__new__(type(field))
    other.__dict__.update(field.__dict__)
    fill(other, sent)
    return _words(other)


def _words(field: Field) -> str:
    if field.process_errors:
        return "\n".join(map(str, field.raw_data or ()))
    match field:
        case plain.BooleanField():
            return "Yes" if field.data else "No"
        case plain.SelectField():
            return next((str(one.label) for one in field.iter_choices() if one.value == field.data), "")
    if isinstance(field.data, time):
        return field.data.strftime("%H:%M")
    if isinstance(field.data, date):
        return f"{field.data.day} {field.data:%B %Y}"
    return "" if field.data is None else str(field.data)


def lines(field: Field) -> list[str]:
    """Return the lines of a field that are not empty, without the space at their ends."""
    return [line.strip() for line in str(field.data or "").splitlines() if line.strip()]


def _said(field: Field) -> Any:
    if field.process_errors:
        return ["unreadable", *map(str, field.raw_data or ())]
    match field:
        case plain.FieldList():
            return [_said(one) for one in field.entries]
        case plain.FormField():
            return {name: _said(one) for name, one in field.form._fields.items()}
        case plain.SelectMultipleField():
            return sorted(map(str, field.data or ()))
        case LinesField():
            return lines(field)
    if isinstance(field.data, date | time):
        return field.data.isoformat()
    if isinstance(field.data, bool):
        return field.data
    # Browsers send every end of a line as two characters.
    return "" if field.data is None else "\n".join(str(field.data).splitlines()).strip()


def _pairs(field: Field) -> Iterator[tuple[str, str]]:
    if isinstance(field, plain.FieldList | plain.FormField):
        for part in field:
            yield from _pairs(part)
    elif field.process_errors:
        yield from ((field.name, str(value)) for value in field.raw_data or ())
    else:
        yield from ((field.name, value) for value in _values(field))


def _values(field: Field) -> list[str]:
    """Return what a browser would send for a field that has no parts."""
    match field:
        case plain.BooleanField():
            return ["y"] if field.data else []
        case plain.SelectMultipleField():
            return [str(value) for value in field.data or ()]
        case plain.SelectField():
            return ["" if field.data is None else str(field.data)]
        case plain.DateField():
            return field._value().split() or ["", "", ""]
    return [field._value()]


def fingerprint(said: Any) -> str:
    """Return a short text that is the same for the same values of JSON, and another for others."""
    plain_text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(plain_text.encode(), digest_size=8).hexdigest()
