"""Where a dataset is what joins two: what each of them says that is most about it.

That somebody uses a dataset does not say what for. What they offer, or need, does; and it says who they are.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from matchmaker.matching.coverage import Coverage
from matchmaker.matching.denials import asked_for, offered
from matchmaker.matching.fillers import singular
from matchmaker.matching.language import sentences
from matchmaker.matching.quotes import MOST_SENTENCES, Quotes, shortened
from matchmaker.matching.reasons import SMALLEST, Kind, Reason
from matchmaker.matching.standings import is_own_words
from matchmaker.matching.stems import stem

ABOUT = 0.5
"""What shares so many telling words with a dataset, or with what the other asks for or offers, is about it."""

SHORT = 4
"""Words of a stem of no more letters than this are told apart: shad are no shade."""

QUOTING = frozenset({"need", "words", "semantic"})
"""Reasons that quote people."""


def add_own_words(
    quotes: Quotes, found: list[Reason], joined: Mapping[str, int], pair: tuple[int, int]
) -> None:
    """Add to the reasons of a pair what each says of the strongest dataset that joins them, `joined` by title.

    Not where their own words are told already. Carries nothing of the score.
    """
    joins = [one for one in found if one.what in joined and one.share >= SMALLEST]
    if not joins:
        return
    what = max(joins, key=lambda one: one.strength).what
    others = [one for one in found if one.kind in QUOTING and one.share >= SMALLEST]
    a, b = pair
    if not any(is_own_words(one.mine) for one in others):
        kind, said = most_about(quotes, a, b, joined[what])
        found += [Reason(kind, what, 0.0, mine=said)] if said else []
    if not any(is_own_words(one.theirs) for one in others):
        kind, said = most_about(quotes, b, a, joined[what])
        found += [Reason(kind, what, 0.0, theirs=said)] if said else []


def most_about(quotes: Quotes, who: int, other: int, dataset: int) -> tuple[Kind, str]:
    """Return what somebody offers or needs that is most about a dataset, as its kind and as it is shown, or "".

    It counts, too, how far it is about what the other needs or offers. What is about neither is left out: who offers
    grant letters beside cattle births says nothing of either.
    """
    vectors = quotes.vectors
    mine, theirs = (_said(vectors.profiles[one].offers, vectors.profiles[one].needs) for one in (who, other))
    texts = [vectors.texts[vectors.dataset_texts[dataset]], *(text for _, text in theirs)]
    kind: Kind = "offers"
    best, most = "", 0.0
    for each, said in mine:
        named = _telling(vectors.covering, said, texts)
        if named >= ABOUT and named > most:
            best, most, kind = shortened(said), named, each
    return kind, best


@lru_cache(maxsize=10_000)
def _said(offers: str, needs: str) -> tuple[tuple[Kind, str], ...]:
    """Return each sentence of what somebody offers, and then of what they need."""
    fields: tuple[tuple[Kind, str], ...] = (("offers", offered(offers)), ("asks", asked_for(needs)))
    return tuple((kind, said) for kind, text in fields for said in sentences(text)[:MOST_SENTENCES])


def _telling(covering: Coverage, said: str, texts: Sequence[str]) -> float:
    """Return how many telling words of what is said stand in one of these texts or another, if it is `ABOUT` them."""
    same = covering.stems_of(said) & frozenset[int]().union(*map(covering.stems_of, texts))
    if covering.telling[[*same]].sum() < ABOUT:
        return 0.0
    terms_of, numbers = covering.language.terms_of, covering.language.stems
    short = {
        numbers[stem(one)]: one for one in terms_of(said) if len(stem(one)) <= SHORT and stem(one) in numbers
    }
    if short.keys() & same:
        words = {singular(one) for text in texts for one in terms_of(text)}
        same -= {number for number, one in short.items() if singular(one) not in words}
    return float(sum(covering.telling[one] for one in same))
