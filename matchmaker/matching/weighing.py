"""How far a dataset that two people share, or a need that one can meet, convinces, by who they are and what they say.

`conviction` says what counts how much; here it is looked up.
"""

from matchmaker.matching.conviction import ALONE, FEW, HAND, OWN, USERS, dataset_strength, need_strength
from matchmaker.matching.denials import wants_another
from matchmaker.matching.heads import in_reach, names_a_head
from matchmaker.matching.own_words import most_about
from matchmaker.matching.profile import Profile, folded
from matchmaker.matching.quotes import Quotes
from matchmaker.matching.words import words_of

SPEAKS, AT_LENGTH = 1.0, 1.15
"""Who says so many telling words of a dataset's title speaks of it, or tells more of it than one word does."""

NEAR, NEARLY, AT_ALL = 0.5, 0.25, 0.05
"""Who says so many telling words of all that is written of a dataset works on it; less of who made no other, or where
another user is asked as little.
"""

OF_THEIRS = 0.5
"""So many telling words of a title, said by who had a hand in the dataset, make it more than one of many."""

MOST = 0.5
"""So much of a need holds what it is a need for."""

BUILT = 0.6
"""How well somebody can answer about a dataset with which they built something, and of which they say nothing."""

IN_A_ROW = 0.5
"""So telling must two words in a row be for a need and an offer that both say them to be about one matter."""

KNOWS_ITS_STORY = OWN - {"built"}
"""Roles of those who know what a dataset is about, and not only how it was put there."""


def shared_strength(quotes: Quotes, a: int, b: int, dataset: int) -> float:
    """Return the strength of a dataset both have, by what they did with it and what their words are about."""
    vectors = quotes.vectors
    title = vectors.titles[dataset]
    links = [quotes.links(who, dataset) for who in (a, b)]
    roles, other_roles = (frozenset(link.role for link in some if link.role) for some in links)
    people, everybody = int(vectors.dataset_people[dataset]), len(vectors.profiles)
    nobody = frozenset[str]()
    if not roles | other_roles:
        near = all(_uses_and_speaks(quotes, who, dataset) for who in (a, b))
        return dataset_strength(people, everybody, nobody, nobody, near=near)
    told = any(link.said for some in links for link in some) or any(
        not quotes.prose(who) or quotes.spoken(who, title) >= SPEAKS for who in (a, b)
    )
    colleagues = bool(roles and other_roles) and quotes.are_colleagues(a, b)
    if not roles & other_roles:
        roles, other_roles = (_weighty(quotes, a, roles, title), _weighty(quotes, b, other_roles, title))
    near = (
        not (roles and other_roles)
        and _is_work_of(quotes, b if roles else a, a if roles else b, dataset)
        and (people <= ALONE or _one_says(quotes, a, b, dataset, own=bool((roles | other_roles) & OWN)))
    )
    return dataset_strength(
        people, everybody, roles, other_roles, told=told, near=near, colleagues=colleagues
    )


def _one_says(quotes: Quotes, a: int, b: int, dataset: int, *, own: bool) -> bool:
    """Whether one of two offers or needs anything that is about a dataset, or about what the other does.

    "Ben uses it, you made it" alone makes nobody get up. Who says nothing at all is believed. What somebody needs
    counts where it is the `own` of one of the two: another user is not known to have it.
    """
    for who, other in ((a, b), (b, a)):
        kind, said = most_about(quotes, who, other, dataset)
        if not quotes.prose(who) or (said and (own or kind == "offers")):
            return True
    return False


def _is_work_of(quotes: Quotes, user: int, maker: int, dataset: int) -> bool:
    """Whether who only uses a dataset works on such things, so that its maker wants to hear from them.

    Somebody who made others may use one by the way, and so may anybody one that many use; who made none is believed
    sooner. What its maker speaks of, too, is near whoever shares a topic with them.
    """
    vectors = quotes.vectors
    title, text = vectors.titles[dataset], vectors.texts[vectors.dataset_texts[dataset]]
    many = int(vectors.dataset_people[dataset]) > max(FEW, len(vectors.profiles) // USERS)
    by_the_way = many or any(link.role for link in vectors.profiles[user].datasets)
    if not quotes.prose(user) or quotes.spoken(user, text) >= (NEAR if by_the_way else NEARLY):
        return True
    spoken = quotes.spoken(maker, title) >= (AT_LENGTH if by_the_way else SPEAKS)
    return spoken and not many and _may_share_a_topic(vectors.profiles[maker], vectors.profiles[user])


def _may_share_a_topic(one: Profile, other: Profile) -> bool:
    topics, others = (set(map(folded, person.topics)) for person in (one, other))
    return bool(topics & others) or not topics or not others


def _uses_and_speaks(quotes: Quotes, who: int, dataset: int) -> bool:
    """Whether somebody uses a dataset and says anything of what it is about, or nothing at all."""
    text = quotes.vectors.texts[quotes.vectors.dataset_texts[dataset]]
    uses = any(link.use in ("", "uses") and not link.said for link in quotes.links(who, dataset))
    return uses and (not quotes.prose(who) or quotes.spoken(who, text) >= AT_ALL)


def works_with(quotes: Quotes, who: int, dataset: int) -> bool:
    """Whether a dataset is somebody's work, and not only used by the way: few here use it, or they speak of it."""
    few = int(quotes.vectors.dataset_people[dataset]) <= FEW
    text = quotes.vectors.texts[quotes.vectors.dataset_texts[dataset]]
    return few or not quotes.prose(who) or quotes.spoken(who, text) >= NEAR


def knows_at_most(quotes: Quotes, who: int, dataset: int) -> float:
    """Return how well somebody can answer about a dataset at most: who only built something with it is its user.

    What they built they know, and of the dataset itself what they speak of.
    """
    links = quotes.links(who, dataset)
    text = quotes.vectors.texts[quotes.vectors.dataset_texts[dataset]]
    used = {link.role for link in links if link.role} == {"built"} and not any(link.said for link in links)
    return BUILT if used and quotes.prose(who) and quotes.spoken(who, text) < NEAR else 1.0


def _weighty(quotes: Quotes, who: int, roles: frozenset[str], title: str) -> frozenset[str]:
    """Return the roles that count: who had a hand in a dataset of which they say nothing worked on it among many.

    Whoever published it hears from those who use it, whatever else they say.
    """
    if not quotes.prose(who) or quotes.spoken(who, title) >= OF_THEIRS:
        return roles
    by_the_way = (HAND | {"built"}) - {"published"}
    return frozenset("other" if role in by_the_way else role for role in roles)


def words_strength(
    quotes: Quotes, asker: int, giver: int, ask: tuple[int, int], give: tuple[int, int]
) -> float:
    """Return the strength of a need that an offer names part of: a text and a dataset each, which may be -1.

    Of a dataset its title counts. What is asked for in words must be among what is named (`heads`), within one step
    of what is offered, if that is not most of the need anyway, or said with two words in a row; all of it where a
    dataset meets it of which the asker knows nothing. One they have is no answer to who wants another, and one they
    made none but a user's.
    """
    vectors, (asked, given) = quotes.vectors, (ask[1], give[1])
    left = vectors.headings[asked] if asked >= 0 else vectors.texts[ask[0]]
    right = vectors.headings[given] if given >= 0 else vectors.texts[give[0]]
    had = given >= 0 and bool(quotes.links(asker, given))
    if asked < 0 and had and wants_another(left):
        return 0.0
    if asked < 0 <= given and not _can_tell(quotes, asker, giver, left, given):
        return 0.0
    telling, part = vectors.covering.shared(left, right)
    near = in_reach(right) if given < 0 else right
    in_a_row = asked < 0 and given < 0 and share_a_row(quotes, left, near)
    whole = given >= 0 and not had
    if (
        asked < 0
        and not in_a_row
        and (part < MOST or whole)
        and not (names_a_head(left, near, whole=whole) or _share_a_short_form(quotes, left, right))
    ):
        return 0.0
    return need_strength(telling + in_a_row, part, vectors.covering.shared(right, left)[1])


def _can_tell(quotes: Quotes, asker: int, giver: int, need: str, dataset: int) -> bool:
    """Whether somebody can answer a need by a dataset: it is theirs, or they speak of the matter themselves.

    Who made it and asks for people is not answered by who made it, too.
    """
    roles, mine = ({link.role for link in quotes.links(who, dataset) if link.role} for who in (giver, asker))
    if mine & (OWN | HAND):
        return not roles & (OWN | HAND) - {"analysed"}
    return bool(roles & KNOWS_ITS_STORY) or quotes.spoken(giver, need) >= OF_THEIRS


def share_a_row(quotes: Quotes, left: str, right: str) -> bool:
    """Whether two texts hold the same two words in a row, but for small ones between, that tell something.

    "grant letters", "method and result" and "changed a decision" say more than their words do.
    """
    covering = quotes.vectors.covering
    return any(
        sum(covering.telling[one] for one in row) >= IN_A_ROW
        for row in covering.rows_of(left) & covering.rows_of(right)
    )


def _share_a_short_form(quotes: Quotes, left: str, right: str) -> bool:
    """Whether both texts name a code or an abbreviation, which the first may write out."""
    terms_of = quotes.vectors.language.terms_of
    return bool(set(terms_of(left)).intersection(terms_of(right)).difference(words_of(left)))
