"""What datasets can be found by: the stems of their words, each with a weight, one row a dataset and stem.

A table of its own, so that both databases search alike and by an index, whatever the catalogue's size.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import ForeignKey, Index, String, delete, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from matchmaker.matching.initials import Stands, initials
from matchmaker.matching.stems import stem
from matchmaker.matching.words import words_of
from matchmaker.store.base import Base

LONGEST_TERM = 40
MOST_WORDS = 120
"""So many words of a description are read."""

TITLE, NAME, TAG, INITIALS, DESCRIPTION, PUBLISHER = 100, 100, 60, 80, 30, 20
"""What a word counts by where it stands; a longer title counts less with each word."""

AT_ONCE = 500

Fields = tuple[str, Iterable[str], Iterable[str], str, Iterable[str]]
"""Title, other names, tags, description and the names of the publisher."""


class DatasetTerm(Base):
    """That a dataset can be found by a stem, and how much that counts."""

    __tablename__ = "dataset_term"
    __table_args__ = (Index("ix_dataset_term_term", "term", "weight", "dataset_id"),)

    dataset_id: Mapped[int] = mapped_column(ForeignKey("dataset.id", ondelete="CASCADE"), primary_key=True)
    # In the order of bytes, so that words that begin alike are found by the index.
    term: Mapped[str] = mapped_column(
        String(LONGEST_TERM).with_variant(String(LONGEST_TERM, collation="C"), "postgresql"), primary_key=True
    )
    weight: Mapped[int]


def stems(text: str) -> list[str]:
    """Return the stems of a text as they are searched."""
    return [stem(word)[:LONGEST_TERM] for word in words_of(text.replace("_", " "))]


def terms_of(fields: Fields) -> dict[str, int]:
    """Return what a dataset can be found by: each stem and the most that it counts anywhere."""
    title, names, tags, description, publishers = fields
    found: dict[str, int] = {}

    def count(text: str, weight: float) -> None:
        said = stems(text)[:MOST_WORDS]
        for one in said:
            found[one] = max(found.get(one, 0), round(weight))

    length = max(len(words_of(title)), 1)
    count(title, TITLE * min(1.0, (4 / length) ** 0.25))
    for name in names:
        count(name, NAME)
    for tag in tags:
        count(tag, TAG)
    for letters, stands in initials(title):
        if stands is not Stands.FOR_OTHER:
            count(letters, INITIALS)
    count(description, DESCRIPTION)
    for publisher in publishers:
        count(publisher, PUBLISHER)
    return found


def keep(session: Session, found: Mapping[int, Fields]) -> None:
    """Keep what these datasets can be found by, in place of what was kept."""
    ids = sorted(found)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        session.execute(delete(DatasetTerm).where(DatasetTerm.dataset_id.in_(some)))
        rows = [
            {"term": term, "dataset_id": one, "weight": weight}
            for one in some
            for term, weight in terms_of(found[one]).items()
        ]
        if rows:
            session.execute(insert(DatasetTerm), rows)
