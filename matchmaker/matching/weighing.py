"""How far a dataset that two people share, or a need that one can meet, convinces, by who they are and what they say.

`conviction` says what counts how much; here it is looked up.
"""

from matchmaker.matching.conviction import dataset_strength, need_strength
from matchmaker.matching.denials import wants_another
from matchmaker.matching.heads import names_a_head
from matchmaker.matching.quotes import Quotes
from matchmaker.matching.words import words_of

SPEAKS, NEAR = 1.0, 0.25
"""Who says so many telling words of a dataset's title speaks of it; of all that is written of it, works on it."""

MOST = 0.5
"""So much of a need holds what it is a need for."""


def shared_strength(quotes: Quotes, a: int, b: int, dataset: int) -> float:
    """Return the strength of a dataset both have, by what they did with it and what their words are about."""
    vectors = quotes.vectors
    links = [quotes.links(who, dataset) for who in (a, b)]
    roles, other_roles = (frozenset(link.role for link in some if link.role) for some in links)
    title, text = vectors.titles[dataset], vectors.texts[vectors.dataset_texts[dataset]]
    told = any(link.said for some in links for link in some) or any(
        _speaks_of(quotes, who, title) >= SPEAKS for who in (a, b)
    )
    if roles or other_roles:
        users = [who for who, some in ((a, roles), (b, other_roles)) if not some]
        near = any(not _said(quotes, who) or _speaks_of(quotes, who, text) >= NEAR for who in users)
    else:
        near = all(any(link.use in ("", "uses") and not link.said for link in some) for some in links)
    people = int(vectors.dataset_people[dataset])
    return dataset_strength(people, len(vectors.profiles), roles, other_roles, told=told, near=near)


def words_strength(quotes: Quotes, asker: int, ask: tuple[int, int], give: tuple[int, int]) -> float:
    """Return the strength of a need that an offer names part of: a text and a dataset each, which may be -1.

    Of a dataset its title counts. What is asked for in words must be among what is named (`heads`) if that is not
    most of the need anyway; all of it where a dataset meets it of which the asker knows nothing; one they have is no
    answer to who wants another.
    """
    vectors, (asked, given) = quotes.vectors, (ask[1], give[1])
    left = vectors.headings[asked] if asked >= 0 else vectors.texts[ask[0]]
    right = vectors.headings[given] if given >= 0 else vectors.texts[give[0]]
    had = given >= 0 and bool(quotes.links(asker, given))
    if asked < 0 and had and wants_another(left):
        return 0.0
    telling, part = vectors.covering.shared(left, right)
    whole = given >= 0 and not had
    if (
        asked < 0
        and (part < MOST or whole)
        and not (names_a_head(left, right, whole=whole) or _share_a_short_form(quotes, left, right))
    ):
        return 0.0
    return need_strength(telling, part, vectors.covering.shared(right, left)[1])


def _share_a_short_form(quotes: Quotes, left: str, right: str) -> bool:
    """Whether both texts name a code or an abbreviation, which the first may write out."""
    terms_of = quotes.vectors.language.terms_of
    return bool(set(terms_of(left)).intersection(terms_of(right)).difference(words_of(left)))


def _speaks_of(quotes: Quotes, who: int, text: str) -> float:
    """Return how many telling words of a text stand in what somebody says of themselves."""
    return quotes.vectors.covering.shared(text, _said(quotes, who))[0]


def _said(quotes: Quotes, who: int) -> str:
    person = quotes.vectors.profiles[who]
    return "\n".join(filter(None, (person.bio, person.offers, person.needs, *person.topics)))
