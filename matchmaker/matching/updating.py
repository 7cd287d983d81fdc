"""One profile changes: put it into the vectors of an event without reading everybody again."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from matchmaker.matching.circles import acquaintance_rows, same_circles
from matchmaker.matching.language import readable
from matchmaker.matching.mentions import with_own_mentions
from matchmaker.matching.needs import Needs, NeedsBuilder, add_needs
from matchmaker.matching.profile import DatasetLink, Profile, folded
from matchmaker.matching.row_products import IdLists, Ints, only_columns, unit_rows, with_row
from matchmaker.matching.vectors import OWN_WORDS, Meaning, Vectors, middles, text_rows


def with_profile(vectors: Vectors, person: Profile, meaning: Meaning | None = None) -> Vectors:
    """Return the vectors with this person's profile in place of the one with the same id, or added at the end.

    What counts as rare stays as it was learnt, so terms nobody used before count nothing until everybody is read
    again. `meaning` must be given if the vectors were made with it. Beside reading one profile it copies the arrays:
    O(stored numbers).
    """
    place = vectors.position.get(person.id, len(vectors.profiles))
    person = with_own_mentions(person, vectors.names, partial(_held_by_others, vectors, place))
    known = {**vectors.text_number}
    links, dataset_texts, datasets = _datasets(vectors, person, known)
    topics, topic_texts = _topics(vectors, person, known)
    asks, gives = NeedsBuilder(known), NeedsBuilder(known)
    add_needs(
        asks, gives, person, [(datasets[link.id], link) for link in person.datasets], dataset_texts.tolist()
    )
    bio = readable(person.bio)
    bios = [known.setdefault(bio, len(known))] if bio else []
    new_texts = list(known)[len(vectors.texts) :]
    people = vectors.profiles.with_one(place, person)
    rows = vectors.rows
    if new_texts:
        new_rows = text_rows(vectors.language, new_texts, meaning)
        rows = with_row(rows, rows.shape[0], new_rows)
    acquaintances, circles = vectors.acquaintances, vectors.circles
    if place == len(vectors.profiles) or not same_circles(vectors.profiles[place], person):
        acquaintances, circles = acquaintance_rows(people)
    updated = replace(
        vectors,
        profiles=people,
        texts=tuple(known),
        rows=rows,
        dataset_ids=(*vectors.dataset_ids, *(link.id for link in links)),
        titles=(*vectors.titles, *(link.title or link.id for link in links)),
        headings=(*vectors.headings, *(link.heading for link in links)),
        dataset_texts=dataset_texts,
        datasets=vectors.datasets.replaced(place, sorted({datasets[link.id] for link in person.datasets})),
        topics=vectors.topics.replaced(place, topics),
        topic_texts=topic_texts,
        bios=vectors.bios.replaced(place, bios),
        asks=_with_needs(vectors.asks, place, asks.built()),
        gives=_with_needs(vectors.gives, place, gives.built()),
        acquaintances=acquaintances,
        circles=circles,
    )
    _keep_middles(vectors, updated, place)
    vars(updated).update(dataset_number=datasets, text_number=known)
    if place < len(vectors.profiles):
        vars(updated)["position"] = vectors.position
    return updated


def _held_by_others(vectors: Vectors, place: int, ids: Collection[str]) -> dict[str, str]:
    """Return the titles of those of these datasets that somebody but the person at a place has to do with."""
    numbers = sorted(vectors.dataset_number[one] for one in ids if one in vectors.dataset_number)
    lists = vectors.datasets.replaced(place, []) if numbers else vectors.datasets
    held = np.zeros(len(vectors.dataset_ids), dtype=np.bool_)
    held[lists.items] = True
    return {vectors.dataset_ids[one]: vectors.titles[one] for one in numbers if held[one]}


def _datasets(
    vectors: Vectors, person: Profile, known: dict[str, int]
) -> tuple[list[DatasetLink], Ints, dict[str, int]]:
    """Return the datasets nobody had before, the text of every dataset, and the number of every dataset."""
    numbers = vectors.dataset_number
    links = [link for link in {link.id: link for link in person.datasets}.values() if link.id not in numbers]
    texts = [known.setdefault(text, len(known)) for text in (readable(link.text) for link in links)]
    numbers = numbers | {link.id: len(vectors.dataset_ids) + more for more, link in enumerate(links)}
    return links, np.append(vectors.dataset_texts, texts).astype(np.intp), numbers


def _topics(vectors: Vectors, person: Profile, known: dict[str, int]) -> tuple[list[int], Ints]:
    """Return the numbers of the person's topics and the text of every topic."""
    numbers = {vectors.texts[text]: number for number, text in enumerate(vectors.topic_texts)}
    before = len(numbers)
    labels = [label for topic in person.topics if (label := folded(topic))]
    own = sorted({numbers.setdefault(label, len(numbers)) for label in labels})
    texts = [known.setdefault(label, len(known)) for label in list(numbers)[before:]]
    return own, np.append(vectors.topic_texts, texts).astype(np.intp)


def _with_needs(needs: Needs, place: int, new: Needs) -> Needs:
    """Put one person's things at the end and point to them; the things they had before stay, unused."""
    return Needs(
        needs.of.replaced(place, (new.of.items + len(needs.texts)).tolist()),
        np.append(needs.texts, new.texts),
        np.append(needs.weights, new.weights),
        np.append(needs.datasets, new.datasets),
    )


def _keep_middles(vectors: Vectors, updated: Vectors, place: int) -> None:
    """Fill what would be worked out again for everybody, where it is known, and keep what is counted over all."""
    if "centres" in vars(vectors):
        own = [_only(lists, place) for lists in updated.said]
        bio = unit_rows(own[0].incidence(len(updated.texts)) @ updated.rows)
        centre = middles(own, updated.rows)
        words = only_columns(centre, np.arange(centre.shape[1]) < vectors.language.word_count)
        vars(updated)["centres"] = with_row(vectors.centres, place, centre)
        vars(updated)["words_said"] = with_row(vectors.words_said, place, words)
        vars(updated)["bio_rows"] = with_row(vectors.bio_rows, place, bio)
    for counted in ("users", "spellings", "by_column", "cut_up"):
        if counted in vars(vectors):
            vars(updated)[counted] = vars(vectors)[counted]
    if "clauses" in vars(vectors):
        before = vectors.profiles[place] if place < len(vectors.profiles) else Profile("")
        texts = ([getattr(one, field) for field in OWN_WORDS] for one in (before, updated.profiles[place]))
        vars(updated)["clauses"] = vectors.clauses.with_other(*texts)
    vars(updated)["covering_before"] = vars(vectors).get("covering", vectors.covering_before)


def _only(lists: IdLists, place: int) -> IdLists:
    items: Sequence[int] = lists.items[lists.start[place] : lists.start[place + 1]].tolist()
    return IdLists.of([items])
