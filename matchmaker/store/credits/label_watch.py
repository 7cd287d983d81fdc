"""What the kept numbers of labels are worked out from: the tables and columns of which a change leaves a mark.

A mark is a row of `label_change`: of a kind, and with a key of that kind (`Kind`). `store.watch` says how it comes
there. Whoever only says of themselves that they worked on something, or is asked, changes no label.
"""

import enum
from collections.abc import Mapping

from matchmaker.store.watch import Watch, Watched, columns


class Kind(enum.StrEnum):
    """What a mark concerns: one publisher (0: none known), one event, what is public, any thanks, or all labels."""

    PUBLISHER = "publisher"
    EVENT = "event"
    PUBLIC = "public"
    THANKS = "thanks"
    LABELS = "labels"


_LABELS = "SELECT 'labels' AS kind, 0 AS key"
_THANKS = "SELECT 'thanks' AS kind, 0 AS key"
_PUBLISHERS = (
    "SELECT 'publisher' AS kind, coalesce(publisher_id, 0) AS key FROM dataset WHERE {of} UNION "
    "SELECT 'publisher', coalesce(publisher_id, 0) FROM dataset WHERE series_id = {id}"
)
"""The publishers of a dataset and of those that belong to it as to a series."""
_NAMED = f"{_PUBLISHERS.format(of='id = {row}.dataset_id', id='{row}.dataset_id')} UNION {_LABELS}"


def _where(concerns: str, condition: str) -> str:
    return f"SELECT kind, key FROM ({concerns}) AS touched WHERE {condition}"  # noqa: S608


WATCHED: Mapping[str, Watched] = {
    "contribution": Watched(
        _where(_NAMED, "{row}.state = 'accepted' AND NOT {row}.moderated AND {row}.sealed_by_id IS NULL"),
        read=columns("id dataset_id person_id role state moderated sealed_by_id"),
    ),
    "dataset": Watched(
        "SELECT 'publisher' AS kind, coalesce({row}.publisher_id, 0) AS key UNION "  # noqa: S608
        f"{_PUBLISHERS.format(of='series_id = {row}.id', id='{row}.id')} UNION {_LABELS}",
        read=columns("id public_id title title_key publisher_id is_series series_id merged_into_id"),
    ),
    "dataset_subject": Watched(_LABELS),
    "dataset_use": Watched(
        _PUBLISHERS.format(of="id = {row}.dataset_id", id="{row}.dataset_id"),
        read=columns("dataset_id person_id"),
    ),
    "endorsement": Watched(
        # Nobody is named in public for having been thanked.
        _where(_THANKS, "{row}.state = 'accepted' AND NOT {row}.moderated AND NOT {row}.sealed"),
        read=columns("id event_id giver_id contribution_id receiver_id dataset_id state moderated sealed"),
    ),
    "event": Watched(
        "SELECT 'event' AS kind, {row}.id AS key UNION SELECT 'public', 0 UNION SELECT 'labels', 0",
        read=columns("id labels_public"),
    ),
    "person": Watched(
        _LABELS,
        read=columns("id organisation public_since"),
    ),
    "publisher": Watched(
        f"SELECT 'publisher' AS kind, {{row}}.id AS key UNION {_LABELS}", read=columns("id name key")
    ),
    "registration": Watched(
        "SELECT 'event' AS kind, {row}.event_id AS key UNION "
        "SELECT 'public', 0 FROM event WHERE id = {row}.event_id AND labels_public",
        read=columns("event_id person_id state on_screen"),
    ),
    "unclaimed_credit": Watched(
        _where(_NAMED, "{row}.state = 'shown' AND NOT {row}.moderated"),
        read=columns("id event_id dataset_id role name_key organisation state moderated"),
    ),
}
"""By the name of a table."""

WATCH = Watch("label_watch_", "label_change", ("kind", "key"), WATCHED)
