"""Where a dataset is what joins two: what each of them says that is most about it.

That somebody uses a dataset does not say what for. What they offer, or need, does; and it says who they are.
"""

from collections.abc import Mapping

from matchmaker.matching.denials import asked_for, offered
from matchmaker.matching.language import sentences
from matchmaker.matching.quotes import MOST_SENTENCES, Quotes, shortened
from matchmaker.matching.reasons import SMALLEST, Kind, Reason
from matchmaker.matching.standings import is_own_words

NEARLY = 0.25
"""A need of which so many telling words are about a dataset says why somebody has to do with it."""

TELLS = 1.0
"""What holds fewer telling words says nothing: "happy to help"."""

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
        kind, said = _says(quotes, a, joined[what])
        found += [Reason(kind, what, 0.0, mine=said)] if said else []
    if not any(is_own_words(one.theirs) for one in others):
        kind, said = _says(quotes, b, joined[what])
        found += [Reason(kind, what, 0.0, theirs=said)] if said else []


def _says(quotes: Quotes, who: int, dataset: int) -> tuple[Kind, str]:
    """Return what somebody offers, or else needs, that is most about a dataset, as its kind and as it is shown.

    An offer about something else still says who they are; a need does not. Talk says nothing.
    """
    one, covering = quotes.vectors.profiles[who], quotes.vectors.covering
    about = covering.stems_of(quotes.vectors.texts[quotes.vectors.dataset_texts[dataset]])
    kind: Kind = "offers"
    best, most = "", -1.0
    for asking, text in ((False, offered(one.offers)), (True, asked_for(one.needs))):
        for said in sentences(text)[:MOST_SENTENCES]:
            named = float(sum(covering.telling[stem] for stem in covering.stems_of(said) & about))
            if named > most and covering.tells(said) >= TELLS and (not asking or named >= NEARLY):
                best, most, kind = shortened(said), named, "asks" if asking else "offers"
    return kind, best
