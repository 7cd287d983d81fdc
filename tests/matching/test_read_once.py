"""Topics that are read once for many readers: each is looked at as if read with them alone."""

from dataclasses import replace

import numpy as np
import pytest

from matchmaker.matching.explain import explain
from matchmaker.matching.language import MANY_DOCUMENTS
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.read_once import ReadOnce
from matchmaker.matching.scores import Weights
from matchmaker.matching.vectors import vectorise

ABOUT = [
    "Whose initials are these? ALC surveys after 1988, agricultural land field by field.",
    "Joining a bucket to a logger: sea temperatures before 1990. Bring the Coastal Tide Gauge Archive.",
    "Who keeps the coastal tide guage archive up to date, and who would like to?",
    "Counting garden birds at the weekend. Counting garden birds with schools.",
    "We no longer map peat. Environmental Stewardship Scheme agreements on peat, hedge by hedge.",
    "Come and find me at lunch for a chat",
    "",
]
TOPICS = [Profile(f"topic {at}", bio=words, offers=words) for at, words in enumerate(ABOUT)]
TIDES = DatasetLink("t", "Coastal Tide Gauge Archive", "Tide gauges since 1920", ("tides",), role="curated")
LAND = DatasetLink("l", "Land grades (ALC)", "Agricultural Land Classification, ALC, by field", use="stuck")
READERS = {
    "says nothing": Profile("1"),
    "says a stop word": Profile("1", bio="the"),
    "shares no word": Profile("1", bio="Quantum chromodynamics"),
    "asks for help": Profile(
        "1", needs="Tide gauges. Help with garden bird counts", topics=("Peat", "Birds")
    ),
    "has a dataset that topics name": Profile("1", bio="I run the tide gauge archive", datasets=(TIDES,)),
    "writes out what a topic shortens": Profile(
        "1", bio="Agricultural Land Classification", datasets=(LAND,)
    ),
    "shortens what a topic writes out": Profile("1", needs="an ESS agreement, ESS maps of peat and hedges"),
    "says it as three topics do": Profile("1", bio="Come and find me at lunch for a chat", offers=ABOUT[5]),
    "has many datasets": Profile(
        "1",
        needs="Hedges on peat",
        datasets=tuple(replace(TIDES, id=f"t{at}", title=f"Gauge {at}") for at in range(MANY_DOCUMENTS)),
    ),
}


def found(vectors, reader, others):
    """Return the score of a reader with each of the others, and the reasons."""
    here = np.full(len(others), reader, dtype=np.intp)
    return [*explain(vectors, here, np.asarray(others, dtype=np.intp), Weights())]


def told(reasons):
    return [replace(one, share=round(one.share, 5)) for one in reasons]


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_a_reader_is_as_close_to_topics_and_for_the_same_reasons_as_if_all_were_read_together(reader):
    count = len(TOPICS)
    ours = found(ReadOnce(TOPICS).with_one(reader), count, range(count))
    theirs = found(vectorise([reader, *TOPICS]), 0, range(1, count + 1))
    assert [one.score for one in ours] == pytest.approx([one.score for one in theirs], abs=1e-12)
    assert [told(one.reasons) for one in ours] == [told(one.reasons) for one in theirs]


def test_some_of_these_readers_are_told_something():
    kinds = {
        reason.kind
        for reader in READERS.values()
        for one in found(ReadOnce(TOPICS).with_one(reader), len(TOPICS), range(len(TOPICS)))
        for reason in one.reasons
    }
    assert {"need", "dataset", "words", "other"} <= kinds


def test_whoever_came_before_makes_no_difference_to_the_last_digit():
    many, alone = ReadOnce(TOPICS), {}
    for name, reader in READERS.items():
        alone[name] = ReadOnce(TOPICS).with_one(reader)
    for name in (*READERS, *reversed(READERS)):
        one = many.with_one(READERS[name])
        assert one.texts == alone[name].texts
        assert one.language.terms == alone[name].language.terms
        for rows, others in ((one.rows, alone[name].rows), (one.centres, alone[name].centres)):
            assert (rows != others).nnz == 0


def test_a_word_by_chance_in_a_long_biography_does_not_outweigh_what_is_really_about_a_topic():
    talk = (
        "I have run a choir in Leeds for eleven winters, sailed to Norway twice and keep a garden of old roses. "
        * 3
    )
    rest = "By day I write letters to ministers about sleepers, bus shelters and the price of bread in a village."
    reader = Profile("1", bio=talk + rest, needs="Whoever maintains tide gauges")
    vectors = ReadOnce(TOPICS).with_one(reader)
    scores = [one.score for one in found(vectors, len(TOPICS), range(len(TOPICS)))]
    assert scores[2] > 5 * scores[3] > 0
    short = found(ReadOnce(TOPICS).with_one(replace(reader, bio="garden")), len(TOPICS), [3])
    assert short[0].score > 2 * scores[3]


@pytest.mark.parametrize("nothing", ["", "the"])
def test_topics_that_say_nothing_can_be_read_once(nothing):
    once = ReadOnce([Profile("topic 1", bio=nothing)])
    for reader in READERS.values():
        assert found(once.with_one(reader), 1, [0])[0].score == 0
