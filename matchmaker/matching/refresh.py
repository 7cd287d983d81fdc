"""One person's suggestions anew, and their place on the lists of others, without touching the rest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matchmaker.matching.choose import ALIKE, COPIES, MET, MOST_LISTS, MOST_ON_A_NEED
from matchmaker.matching.conviction import ENOUGH, Promising
from matchmaker.matching.explain import Explanations
from matchmaker.matching.organisations import home
from matchmaker.matching.reasons import Explained, Reason, rests_on, speaks_to_reader
from matchmaker.matching.row_products import Ints, row_products
from matchmaker.matching.rules import Rules
from matchmaker.matching.scores import Compared, Weights, compared, compared_needs
from matchmaker.matching.standing_lists import StandingLists
from matchmaker.matching.suggest import Suggestion, read_by, suggestion
from matchmaker.matching.vectors import Vectors

EXPLAINED_AT_ONCE = 40
"""So many pairs are gone through before looking whether they are enough."""

MOST_AT_ONCE = 16 * EXPLAINED_AT_ONCE
"""So many at most are explained at once."""

ENOUGH_LISTS = 4
"""So many times the length of a list of convincing people are looked for: some are on many lists already."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """What changes when one profile has changed.

    `own` is that person's list, best first. `joins` holds, by the id of whose list it is, the suggestion of that
    person to put on it, or to put in place of the one that is there. `leaves` are (whose list, who is taken off it).
    """

    own: tuple[Suggestion, ...]
    joins: Mapping[str, Suggestion]
    leaves: frozenset[tuple[str, str]]


def refresh(vectors: Vectors, who: str, standing: StandingLists, *, top: int = 10) -> Refresh:
    """Work out one person's suggestions, and on whose lists they should be, from the lists as they stand.

    `vectors` hold the profile as it is now (see `updating.with_profile`). The rules and limits are those of
    `suggest`. Others keep everyone else they have, except where somebody on at least one more list makes room. A list
    that this person leaves is shorter until its reader is refreshed, too: then it is as full as if everything had
    been worked out anew. O(people).
    """
    return _Refreshing(vectors, vectors.position[who], standing, top).result()


class _Refreshing:
    def __init__(self, vectors: Vectors, who: int, standing: StandingLists, top: int) -> None:
        self.vectors, self.who, self.top = vectors, who, top
        self.standing, people = standing, len(vectors.profiles)
        self.ids = [*vectors.profiles.each("id"), *standing.gone]
        self.load = standing.load(people, but=who)
        self.listing: list[int] = sorted(standing.reader[standing.entries_with(who)].tolist())
        """On whose lists this person is."""
        self.most = max(1, int(MOST_LISTS * min(top, max(people - 1, 1))))
        rules = Rules.of(vectors, strangers_only=True, whose=who)
        promising = Promising(vectors, who)
        self.others, self.compared = self.likely(promising, np.flatnonzero(rules.partners(who)))
        parts = self.compared.parts
        scores, met = parts.scores(Weights()), np.maximum(parts.a_gets, parts.b_gets)
        self.scores = dict(zip(self.others.tolist(), scores.tolist(), strict=True))
        self.met = dict(zip(self.others.tolist(), met.tolist(), strict=True))
        order = np.lexsort(((self.others - who) % max(people, 1), -scores))
        self.explanations = Explanations(vectors, promising=promising, whose=who)
        low, high = np.minimum(self.others, who), np.maximum(self.others, who)
        self.may_convince = self.explanations.most(low, high, self.compared) >= ENOUGH
        self.best = self.convincing(order[scores[order] > 0])

    def likely(self, promising: Promising, partners: Ints) -> tuple[Ints, Compared]:
        """Return which of these people could convince, compared with this person, whoever stands first first.

        What is asked for is compared with everybody, and the rest with those alone. Of each half one side is this
        person alone.
        """
        alone = np.full(len(partners), self.who)
        needs = compared_needs(self.vectors, alone, partners)
        could = promising.could(alone, partners, np.maximum(needs.a_gets, needs.b_gets))
        before, after = (np.flatnonzero(could & half) for half in (partners < self.who, partners > self.who))
        halves = [
            compared(self.vectors, partners[before], alone[before], needs.of_pairs(before).turned()),
            compared(self.vectors, alone[after], partners[after], needs.of_pairs(after)),
        ]
        return partners[np.concatenate([before, after])], Compared.joined(halves)

    def convincing(self, best: Ints) -> list[int]:
        """Return those there is a convincing reason to meet, best first: enough of them for every list.

        `best` are places in `others`.
        """
        found: list[int] = []
        strong = np.flatnonzero(self.may_convince[best])
        looked_at, convincing = 0, set[int]()
        for start in range(0, len(best), EXPLAINED_AT_ONCE):
            if np.any(strong[looked_at : looked_at + 1] < start + EXPLAINED_AT_ONCE):
                # Twice as many each time: it is quicker for many at once.
                more = looked_at + max(EXPLAINED_AT_ONCE, min(looked_at, MOST_AT_ONCE))
                convincing |= self.who_convinces(best[strong[looked_at:more]])
                looked_at = more
            some = self.others[best[start : start + EXPLAINED_AT_ONCE]].tolist()
            found += [one for one in some if one in convincing]
            if len(found) >= ENOUGH_LISTS * self.top:
                break
        left = best[np.isin(self.others[best], np.setdiff1d(self.listing, found))]
        convincing = self.who_convinces(left)
        return found + [one for one in self.listing if one in convincing]

    def who_convinces(self, places: Ints) -> set[int]:
        """Return those of some of the `others`, by their places there, whom there is a convincing reason to meet."""
        places = places[self.may_convince[places]]
        people = self.others[places].tolist()
        found = self.explanations.convincing([self.pair(one) for one in people], self.compared, places)
        return {one for one in people if self.pair(one) in found}

    def pair(self, there: int) -> tuple[int, int]:
        """Return this person and somebody, whoever stands first first."""
        return min(self.who, there), max(self.who, there)

    def explained(self, there: int) -> Explained:
        """Return this person's pair with somebody, explained."""
        pair = self.pair(there)
        return self.explanations.of([pair])[pair]

    def result(self) -> Refresh:
        own, bridge = self.own_list()
        joining, leaves = self.places()
        mine: list[Suggestion] = []
        for one in sorted(own, key=lambda there: -self.scores[there]):
            asked = {other.opening for other in mine}
            mine.append(suggestion(self.vectors, self.who, one, self.explained(one), bridge, asked))
        entries = self.standing.entries_with(self.who)
        bridging = {*self.standing.reader[entries[self.standing.bridge[entries]]].tolist()}
        joins = {
            self.ids[one]: suggestion(
                self.vectors, one, self.who, self.explained(one), self.who if one in bridging else -1
            )
            for one in joining
        }
        return Refresh(tuple(mine), joins, leaves)

    def own_list(self) -> tuple[list[int], int]:
        """Return whom to tell this person about, and who of them is the bridge (-1 for none)."""
        own: list[int] = []
        self.deal(own, max(self.top - 1, 1))
        bridge = self.bridge(own)
        if bridge not in own and len(own) == self.top:
            bridge = -1
        if bridge >= 0 and bridge not in own:
            own.append(bridge)
        self.deal(own, self.top)
        return own, bridge

    def deal(self, own: list[int], room: int) -> None:
        """Put the best who fit on this person's list until it has `room` entries."""
        for there in self.best:
            if len(own) < room and there not in own and self.fits(there, own):
                own.append(there)

    def fits(self, there: int, own: list[int]) -> bool:
        """Whether somebody is on few enough lists, and few enough near-copies of them are on this one."""
        if self.load[there] >= self.most or not self.suits(self.who, there, own):
            return False
        listed: Ints = np.asarray(own, dtype=np.intp)
        alike = row_products(self.vectors.centres, np.full(len(own), there), listed)
        return int((alike >= ALIKE).sum()) < COPIES

    def suits(self, reader: int, there: int, listed: Sequence[int]) -> bool:
        """Whether a card says anything to its reader, and few enough on the list rest on the same need of theirs."""
        (mine,) = self.read(reader, [there])
        need = rests_on(mine)
        if not speaks_to_reader(mine):
            return False
        return not need or sum(rests_on(one) == need for one in self.read(reader, listed)) < MOST_ON_A_NEED

    def read(self, reader: int, listed: Sequence[int]) -> list[tuple[Reason, ...]]:
        """Return the reasons of somebody's pair with each of these as they read them, explained at once."""
        pairs = [(min(reader, one), max(reader, one)) for one in listed]
        explained = self.explanations.of(pairs)
        return [read_by(reader, one, explained[pair]) for one, pair in zip(listed, pairs, strict=True)]

    def bridge(self, own: list[int]) -> int:
        """Return the best person of an organisation that is neither theirs nor on the list otherwise, or -1."""
        homes = [home(one) for one in self.vectors.profiles.each("organisation")]
        on_list = Counter(homes[one] for one in own)
        far = [
            one
            for one in self.best
            if homes[self.who]
            and homes[one] not in ("", homes[self.who])
            and on_list[homes[one]] == (one in own)
        ]
        far.sort(key=lambda one: -round(self.met[one], 3) if self.met[one] >= MET else 0.0)
        return next((one for one in far if one in own or self.fits(one, own)), -1)

    def places(self) -> tuple[list[int], frozenset[tuple[str, str]]]:
        """Return on whose lists this person belongs, and who is taken off which list."""
        convincing = {
            one
            for one in self.best
            if one not in self.listing or speaks_to_reader(*self.read(one, [self.who]))
        }
        kept = [one for one in self.listing if one in convincing]
        leaves = {(one, self.who) for one in self.listing if one not in convincing}
        for place in self.best[: 3 * self.top]:
            if place in kept:
                continue
            weakest = min(kept, key=lambda one: self.scores[one], default=-1)
            if len(kept) >= self.most and self.scores[weakest] >= self.scores[place]:
                break
            if (gone := self.to_make_room(place)) is None:
                continue
            listed = self.standing.listed[self.standing.entries_of(place)].tolist()
            people = len(self.vectors.profiles)
            if not self.suits(place, self.who, [one for one in listed if one < people and one not in gone]):
                continue
            leaves |= {(place, one) for one in gone}
            if len(kept) >= self.most:
                kept.remove(weakest)
                leaves.add((weakest, self.who))
            kept.append(place)
        return kept, frozenset((self.ids[one], self.ids[gone]) for one, gone in leaves)

    def to_make_room(self, place: int) -> list[int] | None:
        """Return whom to take off a list so that this person fits on it: one, nobody, or None if they do not fit.

        Only somebody who is a weaker match, is on another list, too, and is not its bridge makes room.
        """
        mine = self.standing.entries_of(place)
        if len(mine) < self.top:
            return []
        listed, scores = self.standing.listed[mine].tolist(), self.standing.score[mine].tolist()
        bridges = self.standing.bridge[mine].tolist()
        spare = [at for at, one in enumerate(listed) if not bridges[at] and self.load[one] > 1]
        worst = min(spare, key=scores.__getitem__, default=None)
        if worst is None or scores[worst] >= self.scores[place]:
            return None
        self.load[listed[worst]] -= 1
        return [listed[worst]]
