"""A profile as a plain record, such as a line of JSON holds, made into a `Profile` or refused by field."""

from collections.abc import Mapping
from typing import Any

from matchmaker.matching.profile import ROLES, USES, DatasetLink, Profile

PROFILE_FIELDS = frozenset(
    {"id", "organisation", "team", "bio", "topics", "offers", "needs", "datasets", "not_with", "knows"}
)
DATASET_FIELDS = frozenset({"id", "title", "description", "tags", "role", "use"})


class BadRecord(ValueError):
    """A record that cannot be understood; its text names the field and says what belongs there."""


def profile_from(record: object) -> Profile:
    """Make a profile of a record: every field but `id` may be absent or null. Raises BadRecord.

    Fields that are not known are left alone: `unknown_fields` names them. A dataset without an id is known by its
    title.
    """
    if not isinstance(record, Mapping):
        raise BadRecord('a person must be an object such as {"id": "p1", "bio": "…"}')
    return Profile(
        id=_id(record, ""),
        organisation=_text(record, "organisation"),
        team=_text(record, "team"),
        bio=_text(record, "bio"),
        topics=_texts(record, "topics"),
        offers=_text(record, "offers"),
        needs=_text(record, "needs"),
        datasets=tuple(_dataset(link, place) for place, link in enumerate(_list(record, "datasets"), 1)),
        not_with=frozenset(_texts(record, "not_with")),
        knows=frozenset(_texts(record, "knows")),
    )


def unknown_fields(record: object) -> set[str]:
    """Return the names in a record that mean nothing here, such as "topic" for "topics"."""
    if not isinstance(record, Mapping):
        return set()
    links = record.get("datasets")
    inside = [link for link in links if isinstance(link, Mapping)] if isinstance(links, list) else []
    return {
        *(str(name) for name in record if name not in PROFILE_FIELDS),
        *(f"datasets: {name}" for link in inside for name in link if name not in DATASET_FIELDS),
    }


def _dataset(record: object, place: int) -> DatasetLink:
    where = f"datasets, number {place}: "
    if not isinstance(record, Mapping):
        raise BadRecord(f'{where}a dataset must be an object such as {{"id": "d1", "title": "…"}}')
    title, own = _text(record, "title", where), _text(record, "id", where)
    return DatasetLink(
        id=own if own.strip() else _key(title, where),
        title=title,
        description=_text(record, "description", where),
        tags=_texts(record, "tags", where),
        role=_one_of(record, "role", ROLES, where),
        use=_one_of(record, "use", USES, where),
    )


def _key(title: str, where: str) -> str:
    """Return what stands for the id of a dataset that has only a title: the title in small letters."""
    key = " ".join(title.casefold().split())
    if not key:
        raise BadRecord(f"{where}a dataset needs an “id” or a “title”")
    return key


def _id(record: Mapping[Any, object], where: str) -> str:
    value = _text(record, "id", where)
    if not value.strip():
        raise BadRecord(f"{where}the field “id” is missing or empty")
    return value


def _text(record: Mapping[Any, object], name: str, where: str = "") -> str:
    value = record.get(name)
    return "" if value is None else _checked(value, name, where)


def _texts(record: Mapping[Any, object], name: str, where: str = "") -> tuple[str, ...]:
    return tuple(_checked(value, name, where) for value in _list(record, name, where))


def _list(record: Mapping[Any, object], name: str, where: str = "") -> list[object]:
    value = record.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadRecord(f"{where}the field “{name}” must be a list in square brackets")
    return value


def _one_of(record: Mapping[Any, object], name: str, allowed: frozenset[str], where: str) -> str:
    value = _text(record, name, where)
    if value not in allowed:
        raise BadRecord(f"{where}the field “{name}” must be one of: {', '.join(sorted(allowed - {''}))}")
    return value


def _checked(value: object, name: str, where: str) -> str:
    """Return `value` if it is text that can be written out again."""
    if not isinstance(value, str):
        raise BadRecord(f"{where}the field “{name}” must hold text in quotes")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadRecord(f"{where}the field “{name}” holds half a character (a lone surrogate)") from None
    return value
