"""What the kept numbers of labels are worked out from: the tables and columns of which a change leaves a mark.

A mark is a row of `label_change`: of a kind, and with a key of that kind (`Kind`). `store.watch` says how it comes
there. Whoever only says of themselves that they worked on something, or is asked, changes no label.
"""

import enum
from collections.abc import Mapping

from matchmaker.store.watch import Watch, Watched, columns


class Kind(enum.StrEnum):
    """What a mark concerns.

    One publisher (0: none known), how many at one event agreed to be named, who is named or thanked for one dataset
    or for what belongs to it as to a series, the subjects of datasets, all of one event, or all labels.
    """

    PUBLISHER = "publisher"
    AGREED = "agreed"
    DATASET = "dataset"
    SUBJECTS = "subjects"
    EVENT = "event"
    LABELS = "labels"


_PUBLISHERS = (
    "SELECT 'publisher' AS kind, coalesce(publisher_id, 0) AS key FROM dataset WHERE {of} UNION "
    "SELECT 'publisher', coalesce(publisher_id, 0) FROM dataset WHERE series_id = {id}"
)
"""The publishers of a dataset and of those that belong to it as to a series."""
_DATASET = "SELECT 'dataset' AS kind, {row}.dataset_id AS key"
_NAMED = f"{_PUBLISHERS.format(of='id = {row}.dataset_id', id='{row}.dataset_id')} UNION {_DATASET}"
_MADE_BY = (
    "SELECT 'dataset' AS kind, dataset_id AS key FROM contribution WHERE state = 'accepted' AND person_id = "
)
_THANKED_AT = (
    "SELECT 'dataset', dataset_id FROM endorsement WHERE state = 'accepted' AND event_id = {row}.event_id"
)


def _where(concerns: str, condition: str) -> str:
    return f"SELECT kind, key FROM ({concerns}) AS touched WHERE {condition}"  # noqa: S608


WATCHED: Mapping[str, Watched] = {
    "contribution": Watched(
        _where(_NAMED, "{row}.state = 'accepted' AND NOT {row}.moderated AND {row}.sealed_by_id IS NULL"),
        read=columns("id dataset_id person_id role state moderated sealed_by_id"),
    ),
    "dataset": Watched(
        "SELECT 'publisher' AS kind, coalesce({row}.publisher_id, 0) AS key UNION "  # noqa: S608
        f"{_PUBLISHERS.format(of='series_id = {row}.id', id='{row}.id')} UNION "
        "SELECT 'dataset', {row}.id UNION SELECT 'subjects', 0 FROM dataset_subject WHERE dataset_id = {row}.id",
        read=columns("id public_id title title_key publisher_id is_series series_id merged_into_id"),
    ),
    "dataset_subject": Watched("SELECT 'subjects' AS kind, 0 AS key"),
    "dataset_use": Watched(
        _PUBLISHERS.format(of="id = {row}.dataset_id", id="{row}.dataset_id"),
        read=columns("dataset_id person_id"),
    ),
    "endorsement": Watched(
        _where(_DATASET, "{row}.state = 'accepted' AND NOT {row}.moderated AND NOT {row}.sealed"),
        read=columns("id event_id giver_id contribution_id receiver_id dataset_id state moderated sealed"),
    ),
    "event": Watched(
        "SELECT 'event' AS kind, {row}.id AS key UNION SELECT 'labels', 0 WHERE {row}.labels_public",
        read=columns("id labels_public"),
    ),
    "person": Watched(
        f"{_MADE_BY} {{row}}.id UNION SELECT 'agreed', event_id FROM registration WHERE person_id = {{row}}.id",
        read=columns("id organisation public_since show_name"),
    ),
    "publisher": Watched(
        # Public labels stand in the order of publishers.
        "SELECT 'publisher' AS kind, {row}.id AS key UNION "
        "SELECT 'labels', 0 FROM dataset WHERE publisher_id = {row}.id",
        read=columns("id name key"),
    ),
    "registration": Watched(
        f"{_MADE_BY} {{row}}.person_id UNION SELECT 'agreed', {{row}}.event_id UNION "
        f"{_THANKED_AT} AND giver_id = {{row}}.person_id UNION {_THANKED_AT} AND receiver_id = {{row}}.person_id",
        read=columns("event_id person_id state on_screen"),
    ),
    "unclaimed_credit": Watched(
        _where(_NAMED, "{row}.state = 'shown' AND NOT {row}.moderated"),
        read=columns("id event_id dataset_id role name_key organisation state moderated"),
    ),
}
"""By the name of a table."""

WATCH = Watch("label_watch_", "label_change", ("kind", "key"), WATCHED)
