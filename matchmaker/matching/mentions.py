"""Datasets that people name in what they write, added to their profiles as if they had listed them."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from matchmaker.matching.dataset_names import Names, names_of
from matchmaker.matching.denials import asked_for, offered, wants_another
from matchmaker.matching.language import sentences
from matchmaker.matching.mention import Mention
from matchmaker.matching.profile import DatasetLink, Profile

MOST_AT_ONCE = 40
"""A name that more datasets have is read as none of them."""

MOST_TOLD = 12
"""So many datasets called alike are told to the person who named them."""

_STUCK = re.compile(
    r"\b(?:stuck|struggl\w+|troubles?|problems?|errors?|broken?|breaks|fail\w*|crash\w*|wrong|puzzl\w+|lost"
    r"|(?:can|could|do|does|did|will|would)(?:not|n?[’']t| not))\b",  # noqa: RUF001 - the sign people type
    re.IGNORECASE,
)


def mentions_of(person: Profile, names: Names) -> Iterator[tuple[str, Mention, str]]:
    """Yield what a person names in free text: the field it stands in, the mention, and how they stand to it.

    That is one of `profile.SAID`. What they said is not meant is left out.
    """
    for field, sentence in read_in(person):
        for mention in names.find(sentence):
            meant = tuple(one for one in mention.datasets if one not in person.not_meant)
            if 0 < len(meant) <= MOST_AT_ONCE:
                stuck = field != "offers" and _STUCK.search(sentence) is not None
                other = field == "needs" and wants_another(sentence)
                asking = "bio" if other else "stuck" if stuck else field
                yield field, replace(mention, datasets=meant), asking


def read_in(person: Profile) -> Iterator[tuple[str, str]]:
    """Yield each sentence in which datasets may be named, behind its field."""
    for field, text in (
        ("needs", asked_for(person.needs)),
        ("offers", offered(person.offers)),
        ("bio", person.bio),
    ):
        yield from ((field, sentence) for sentence in sentences(text))


def mentioned(profiles: Iterable[Profile], names: Names) -> dict[str, list[tuple[str, str]]]:
    """Return what each of these people names in free text and do not list: (dataset, the words), by person.

    Many datasets that are called alike count as the first `MOST_TOLD` of them.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for person in profiles:
        listed = {link.id for link in person.datasets if not link.said}
        said = {
            one: mention.text
            for _, mention, _ in mentions_of(person, names)
            for one in mention.datasets[:MOST_TOLD]
            if one not in listed
        }
        found[person.id] = list(said.items())
    return found


def _plain(links: Iterable[DatasetLink]) -> tuple[DatasetLink, ...]:
    """Return datasets without how anybody stands to them, as the names are read from."""
    return tuple(
        replace(link, role="", use="", said="") if link.role or link.use or link.said else link
        for link in links
    )


def names_known(
    profiles: Sequence[Profile], catalogue: Sequence[DatasetLink]
) -> tuple[Names, dict[str, DatasetLink]]:
    """Return what the datasets of a catalogue and of these people are called, and each dataset by its id."""
    known = {link.id: link for link in catalogue}
    for person in profiles:
        known |= {link.id: link for link in person.datasets if link.title and link.id not in known}
    return names_of(_plain(known.values())), known


def with_mentions(
    profiles: Sequence[Profile], names: Names, known: Mapping[str, DatasetLink]
) -> tuple[Profile, ...]:
    """Return the profiles with a link for each dataset that somebody names and somebody else has to do with.

    Datasets that nobody else here has or names could match nothing. O(total words).
    """
    said = [_said(person, names) for person in profiles]
    holders: dict[str, set[str]] = {}
    for person, some in zip(profiles, said, strict=True):
        for dataset in {link.id for link in person.datasets} | {one for one, _ in some}:
            holders.setdefault(dataset, set()).add(person.id)
    return tuple(
        _added(person, [(known[one], how) for one, how in some if len(holders[one]) > 1 and one in known])
        for person, some in zip(profiles, said, strict=True)
    )


def with_own_mentions(
    person: Profile, names: Names, held: Callable[[Collection[str]], Mapping[str, str]]
) -> Profile:
    """Return one profile likewise; `held` gives the titles of those of some datasets that others have to do with."""
    said = _said(person, names)
    titles = held({one for one, _ in said})
    return _added(person, [(DatasetLink(one, titles[one]), how) for one, how in said if one in titles])


def _said(person: Profile, names: Names) -> list[tuple[str, str]]:
    """Return the datasets a person names, and how they stand to each, once each.

    Who made one and names it in what they need looks for people who use it: they do not ask about it.
    """
    made = {link.id for link in person.datasets if link.role}
    found = (
        (one, "bio" if how == "needs" and one in made else how)
        for _, mention, how in mentions_of(person, names)
        for one in mention.datasets
    )
    return list(dict.fromkeys(found))


def _added(person: Profile, said: Sequence[tuple[DatasetLink, str]]) -> Profile:
    if not said:
        return person
    listed = {link.id for link in person.datasets}
    stuck = {link.id for link in person.datasets if link.use == "stuck"}
    new = [
        replace(link, role="", use="", said=how)
        for link, how in said
        if (how != "bio" or link.id not in listed) and (how != "stuck" or link.id not in stuck)
    ]
    return replace(person, datasets=(*person.datasets, *new)) if new else person
