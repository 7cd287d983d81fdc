"""Merging two entries of one dataset: what was said of either holds for the one that stays.

The other keeps its row and its address, which leads on, so that its catalogue does not bring it back.
"""

from collections.abc import Hashable
from dataclasses import dataclass

from matchmaker.recognition.states import UnclaimedState
from matchmaker.services.attendee_lists import link_titles
from matchmaker.services.catalogue.tidy_catalogue import ALIAS_LONGEST, has_name
from matchmaker.services.people.merge_people import SOLVED_RANK, USE_RANK, join_rows, one_contribution
from matchmaker.services.refused import Refused
from matchmaker.store.base import normalised
from matchmaker.store.catalogue import datasets
from matchmaker.store.catalogue.datasets import Dataset, DatasetAlias
from matchmaker.store.credits.contributions import Contribution, Use
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.outcomes import StuckOutcome
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.people import merged_rows
from matchmaker.store.session import Session
from matchmaker.store.suggestions import mentions

UNCLAIMED_RANK = list(UnclaimedState)


@dataclass(frozen=True)
class Moves:
    """What would move from the entry that goes."""

    contributions: int
    thanks: int
    unclaimed: int
    uses: int
    members: int
    names: tuple[str, ...]


def check(keep: Dataset, gone: Dataset) -> None:
    """Raise Refused if these two cannot be one."""
    if keep.id == gone.id or keep.merged_into_id or gone.merged_into_id:
        raise Refused("Choose another dataset: these two are one already")
    if keep.is_series != gone.is_series:
        raise Refused("One of them is a series and the other is not, so they cannot be one")


def preview(session: Session, keep: Dataset, gone: Dataset) -> Moves:
    """Return what would move. Raises Refused as `check` does."""
    check(keep, gone)
    return Moves(
        contributions=merged_rows.count(session, Contribution.dataset_id, gone.id),
        thanks=merged_rows.count(session, Endorsement.dataset_id, gone.id),
        unclaimed=merged_rows.count(session, UnclaimedCredit.dataset_id, gone.id),
        uses=merged_rows.count(session, Use.dataset_id, gone.id),
        members=merged_rows.count(session, Dataset.series_id, gone.id),
        names=tuple(name for name in _names(gone) if not has_name(keep, name)),
    )


def merge(session: Session, keep: Dataset, gone: Dataset) -> None:
    """Make two datasets one, by the rules of merging people where both say something. Raises Refused."""
    # Of two organisers who each keep the other entry, the second reads here what the first has done.
    datasets.hold(session, (keep.id, gone.id))
    check(keep, gone)
    keep_id, gone_id = keep.id, gone.id
    _fill(keep, gone)
    session.flush()
    _contributions(session, keep_id, gone_id)
    pair = (keep_id, gone_id)
    join_rows(
        session,
        merged_rows.rows(session, Use.dataset_id, pair),
        stays=lambda one: bool(one.dataset_id == keep_id),
        same=lambda one: one.person_id,
        rank=lambda one: USE_RANK.index(one.kind),
        change={"dataset_id": keep_id},
    )
    join_rows(
        session,
        merged_rows.rows(session, StuckOutcome.dataset_id, pair),
        stays=lambda one: bool(one.dataset_id == keep_id),
        same=lambda one: (one.event_id, one.person_id),
        rank=lambda one: SOLVED_RANK.index(one.said),
        change={"dataset_id": keep_id},
    )
    join_rows(
        session,
        merged_rows.rows(session, UnclaimedCredit.dataset_id, pair),
        stays=lambda one: bool(one.dataset_id == keep_id),
        same=_said_of,
        rank=lambda one: UNCLAIMED_RANK.index(one.state) + len(UNCLAIMED_RANK) * one.moderated,
        change={"dataset_id": keep_id},
    )
    mentions.hand_over_dataset(session, gone_id, keep_id)
    merged_rows.point(session, Dataset.series_id, gone_id, keep_id)
    merged_rows.point(session, Dataset.merged_into_id, gone_id, keep_id)
    session.expire_all()
    gone.series_id = None
    gone.merged_into_id = keep_id
    session.flush()
    link_titles.link(session)


def _said_of(one: UnclaimedCredit) -> Hashable:
    """Return what a name's credit says while it is live; one that has been answered says nothing more."""
    if not one.name:
        return -one.id
    return one.event_id, one.role, one.role_text, one.name_key


def _contributions(session: Session, keep_id: int, gone_id: int) -> None:
    """Move contributions and their thanks; the foreign key of the thanks follows by itself (ON UPDATE CASCADE)."""
    mine = {_did(one): one for one in merged_rows.rows(session, Contribution.dataset_id, (keep_id,))}
    for theirs in merged_rows.rows(session, Contribution.dataset_id, (gone_id,)):
        own = mine.get(_did(theirs))
        if own is not None:
            one_contribution(session, own, theirs)
        else:
            theirs.dataset_id = keep_id
    session.flush()
    session.expire_all()


def _did(one: Contribution) -> tuple[int, str, str]:
    return one.person_id, one.role, one.role_text


def _names(dataset: Dataset) -> list[str]:
    return [dataset.title[:ALIAS_LONGEST], *(one.name for one in dataset.aliases)]


def _fill(keep: Dataset, gone: Dataset) -> None:
    """Give the one that stays the other's names, and what it does not say itself."""
    for name in _names(gone):
        if not has_name(keep, name):
            keep.aliases.append(DatasetAlias(name=name, key=normalised(name)[:ALIAS_LONGEST]))
    keep.description = keep.description or gone.description
    keep.licence = keep.licence or gone.licence
    keep.url = keep.url or gone.url
    keep.publisher = keep.publisher or gone.publisher
    keep.tags = list(dict.fromkeys([*keep.tags, *gone.tags]))
    if not keep.is_series:
        keep.series_id = keep.series_id or gone.series_id
    datasets.index(keep)
