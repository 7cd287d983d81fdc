"""Whether words in a row say the name of a dataset: whole, or so much of it that nothing else can be meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matchmaker.matching.data_talk import is_not_data, is_of_people
from matchmaker.matching.name_runs import is_styled, joined, near
from matchmaker.matching.name_words import GENERIC, TELLING, NameWord

PART = 0.4
"""So much of a name must be said, beside a word such as "layer", for a part of it to stand for it."""

WHOLE = 0.85
"""From this part on, the name is said whole."""

DENSE, MOSTLY = 0.5, 0.6
"""Three words in a row that are so much of one name alone stand for it: with how the name begins, in a sentence that
speaks of data; or in any."""

STYLED = 0.33
"""So much of one name, written with capitals, stands for it."""

YEAR = 4
"""Digits of one."""

LONG = 4
"""Of a name of more words than this, one may be left out."""

RARE = 8
"""A name of one word is one in small letters, too, if the word is so long as to have no other meaning."""


@dataclass(slots=True)
class Name:
    """What one or more datasets are called: the stems in order, and what each counts."""

    stems: tuple[str, ...]
    forms: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    """Ids by the stems in order: two names of the same words are told apart by it."""
    numbers: set[str] = field(default_factory=set)
    """Years and other numbers of the titles."""
    joined: set[frozenset[str]] = field(default_factory=set)
    """Stems with "and" between them. With it between others, two things are meant rather than one name."""
    lead: str = ""
    """The stem of capitals that a title begins with and people leave out: "DNPA Section 3 Moorland"."""
    mass: float = 0.0
    starts: frozenset[str] = frozenset()
    """Stems one of which is said with any part that stands for the name: the lead, and the first that tells."""

    @property
    def ids(self) -> list[str]:
        """The datasets called so."""
        return [one for some in self.forms.values() for one in some]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a sentence that a name has, one after the other, and what speaks for their saying it."""

    words: tuple[NameWord, ...]
    stems: frozenset[str]
    said: float
    """What the stems count, and `part` how much of the name that is."""
    part: float
    telling: int
    """How many stems tell something."""
    styled: bool
    around: bool
    """Whether a word such as "layer", or a number of the title, stands beside them; `cue`: or among them."""
    cue: bool
    dated: bool
    """Whether a year of the title stands beside them or among them: it counts like a generic word."""
    data: bool
    """Whether the sentence speaks of handling data."""
    together: bool
    """Whether no "and" makes two things of what is one name."""

    @property
    def headed(self) -> bool:
        """Whether the last word is such as "register"."""
        return self.words[-1].cue


def read(
    text: str,
    tokens: Sequence[NameWord],
    name: Name,
    run: Sequence[int],
    weights: Mapping[str, float],
    *,
    data: bool,
) -> Run | None:
    """Return what the words at these places say of a name; None where people or rules are meant."""
    words = tuple(tokens[one] for one in run)
    stems = frozenset(one.stem for one in words)
    styled = is_styled(text, words)
    if is_not_data(text, tokens, run[-1]) and not (styled and len(stems) > 2):
        return None
    if len(stems) < len(name.stems) and is_of_people(words[-1:]):
        return None
    inside = tokens[run[0] : run[-1] + 1]
    beside = [*near(tokens, run[0], run[-1])]
    numbers = {one.raw for one in (*beside, *inside)} & name.numbers
    dated = any(len(one) == YEAR for one in numbers)
    said = sum(weights[one] for one in stems) + GENERIC * dated
    around = bool(numbers) or any(one.cue for one in beside)
    return Run(
        words,
        stems,
        said,
        said / name.mass,
        sum(weights[one] >= TELLING for one in stems),
        styled,
        around,
        around or any(one.cue for one in inside),
        dated,
        data,
        name.joined.issuperset(joined(inside)),
    )


def says_whole(name: Name, run: Run) -> bool:
    """Whether the words are all of a name, or all but little of a long one, and it is a name that is meant."""
    left_out = len(name.stems) - len(run.stems) - (bool(name.lead) and name.lead not in run.stems)
    if left_out > 0 and not (len(name.stems) > LONG and run.part >= WHOLE):
        return False
    ordered = any(_is_within([one.stem for one in run.words], form) for form in name.forms)
    if len(name.stems) == 1:
        return bool(run.telling) and (run.styled or run.around or len(run.words[0].stem) >= RARE)
    if len(run.stems) < 2:
        return False
    if run.styled or (len(run.stems) > 2 and (run.telling > 1 or ordered)):
        return True
    return bool(run.telling) and (run.around or run.headed or (run.cue and ordered))


def says_part(name: Name, run: Run) -> bool:
    """Whether the words are so much of a name, and data is spoken of, that they stand for it and those like it."""
    begins = len(run.stems) > 1 and (run.dated or bool(run.stems & name.starts))
    return run.part >= PART and _is_marked(run) and (run.telling > 1 or (bool(run.telling) and begins))


def says_alone(name: Name, run: Run) -> bool:
    """Whether the words are so much of a name that they stand for it if no other name has them."""
    if run.telling < 2:
        return False
    if _is_marked(run) and (run.cue or run.part >= STYLED):
        return True
    begins = bool(run.stems & name.starts) or run.telling > 2
    spoken = run.data or run.cue or run.styled
    return len(run.stems) > 2 and run.part >= (DENSE if begins and spoken else MOSTLY)


def _is_marked(run: Run) -> bool:
    """Whether the words are marked as a name: by capitals where data is spoken of, or by a word such as "layer"."""
    capitals = run.styled and (run.data or run.cue or len(run.stems) > 2)
    return run.together and (capitals or (run.cue if run.telling > 1 else run.around))


def _is_within(said: Sequence[str], form: Sequence[str]) -> bool:
    rest = iter(form)
    return all(any(one == other for other in rest) for one in said)
