"""Telling what people say in sentences from the things they list, in a cell that was meant for a list."""

import re
from collections.abc import Iterable
from itertools import pairwise

from matchmaker.intake.lists import as_code, bare, distinct, hard_parts, soft_parts
from matchmaker.intake.text import tidy, tidy_lines

_PEOPLE = (
    # A pronoun in small letters, or at the beginning before a small letter: "Our team", but not "Our Environment".
    r"(?-i:\bI(?:[’']\w+|\s+[a-z]))|(?-i:\b(?:we|my|our|me|myself|us|mine|ours)\b(?!-))"  # noqa: RUF001 - as typed
    r"|(?-i:^(?:We|My|Our)(?:[’']\w+|\s+[a-z]))"  # noqa: RUF001 - as typed
    r"|(?-i:\b(?:ich|wir|nous|rydw|rydym|dw i)\b)|^(?:ich|wir|je|nous|ik|jag|yo|rydw|rydym|dw i|rwy)\s"
    r"|\bj[’'](?:ai|utilise|aide|aimerais|travaille)\b|\b(?:me ocupo|mi occupo|zajmuję)\b"  # noqa: RUF001 - as typed
)
_DOING = (
    r"^(?:(?:and|also|but|mostly|mainly|usually|sometimes|currently|often|occasionally|regularly|just|only|still|"
    r"previously|used to|now) )*"
    r"(?:look(?:ing|s|ed)? (?:after|into|at|for)|help(?:ing|s|ed)?(?: out)? (?:with|on|the|people|others|colleagues)|"
    r"work(?:ing|s|ed)? (?:on|with|for|in|alongside)|us(?:e|es|ed|ing) (?:the|a|an|it|this|these|some|any|all|most)|"
    r"would|(?:want|wanting|wants|hope|hoping|try|trying|like|love|plan|planning|aim) to|"
    r"need(?:s|ing)? (?:to|the|a|an|some|help|more|better)|wish|(?:interested|involved|expert) in|"
    r"responsible for|in charge of|keen (?:to|on)|curious about|familiar with|new to|"
    r"(?:stuck|struggling|trouble|problems?|difficulty|difficulties) (?:on|with|getting|finding|opening|loading)|"
    r"(?:maintain|manage|run|keep|collect|curate|publish|made|make|build|built|own|lead|edit|create|produce|wrote|"
    r"analyse|support)(?:s|ed|d)? (?:the|a|an|all|most|some|several|it|these|this)|"
    r"(?:maintaining|managing|running|collecting|curating|publishing|making|building|leading|editing|creating|"
    r"producing|writing|analysing|supporting) (?:the|a|an|all|most|some|several|it|these|this)|"
    r"(?:not|nothing|none|no idea|don[’']?t|do not|can[’']?t|cannot) (?:yet|sure|really|know|certain|find|get)|"  # noqa: RUF001
    r"(?:everything|anything|something|things|stuff) (?:to do|about|related|on|from|that|in)|"
    r"(?:mostly|mainly|usually|sometimes) \S|"
    r"(?:too many|lots|loads|all sorts|a bit|bits) (?:to|of))\b"
)
_TELLING = (
    r"\b(?:looks? after|looked after|helps? (?:out )?with|helped with|works? (?:on|with)|responsible for|"
    r"would (?:like|love|be)|because|especially|in particular|please|cannot|could not|should be|have been|"
    r"has been|used to|wants? to|needs? to|"
    r"(?:uses|used|needs|keeps|runs|maintains|manages|collects|built|wrote|owns) (?:the|it|them|our|this|these)|"
    r"(?:do|does|did|is|are|was|were|wo|would|ca|has|have)n[’']?t)\b"  # noqa: RUF001 - as typed
)
_PROSE = re.compile(f"{_PEOPLE}|{_DOING}|(?-i:{_TELLING})", re.IGNORECASE)
_CARRIES_ON = re.compile(
    r"(?i:and|but|so|which|that|because|then|also|it|they|this|these|he|she|or|as|for) [a-z]"
)
_LEADS_IN = re.compile(r"([^:]{3,60}):\s+(\S.*)", re.DOTALL)
_FEWEST = 3
_WORD = r"[A-Za-z0-9]+(?:[-'/&.][A-Za-z0-9]+)*"
_PLAIN = re.compile(f"{_WORD}(?: {_WORD})*")
_PLAIN_AMONG_OTHERS = re.compile(rf"{_WORD}(?:,? \(?{_WORD}\)?)*")
"""Of several, one may have commas and brackets, which part only what stands alone."""


def is_prose(text: str) -> bool:
    """Whether a text says something of somebody, as a sentence does, rather than names a thing.

    >>> [is_prose(text) for text in ("I look after the river levels archive", "Mostly use the soil survey")]
    [True, True]
    >>> [is_prose(text) for text in ("Use of Pesticides", "Our Environment", "Annex I Habitats", "River levels.")]
    [False, False, False, False]
    """
    return len(text.split()) >= _FEWEST and _PROSE.search(text) is not None


def things_and_prose(cell: str) -> tuple[tuple[str, ...], str]:
    """Return the things listed in a cell, and what is said in sentences there, in the order of the cell.

    A sentence is never cut: where the parts of a cell are parted by no more than commas, one that tells makes all of
    it prose. What leads in a list (“I use: …”) falls away.

    >>> things_and_prose("I look after the river levels archive, and help with bathing water")
    ((), 'I look after the river levels archive, and help with bathing water')
    >>> things_and_prose("River levels; I also help with bathing water")
    (('River levels',), 'I also help with bathing water')
    >>> things_and_prose("I mostly use: river levels, soil survey")
    (('river levels', 'soil survey'), '')
    """
    parts = hard_parts(cell)
    if (
        as_code(cell) is not None or ";#" in cell
    ):  # by a program, or ticked in a form: things whatever they say
        return distinct(map(bare, parts)), ""
    if len(parts) == 1:
        return _one_line(tidy(cell))
    if _wrapped(cell.splitlines()):
        return (), tidy_lines(cell)
    return _sorted_out(parts)


def reads_back(things: tuple[str, ...]) -> bool:
    """Whether a cell with these things, parted by semicolons, is read as them and nothing else.

    Of plain words nothing but whether they are a sentence has to be looked at; anything else is read to see.

    >>> reads_back(("River levels", "Soil (arable), 2019")), reads_back(("River levels", "soil; wet"))
    (True, False)
    """
    form = _PLAIN if len(things) == 1 else _PLAIN_AMONG_OTHERS
    if all(form.fullmatch(one) and not is_prose(one) for one in things):
        return distinct(things) == things
    return things_and_prose("; ".join(things)) == (things, "")


def _one_line(text: str) -> tuple[tuple[str, ...], str]:
    led = _LEADS_IN.fullmatch(text)
    if led and _PROSE.search(f"{led[1]} it") and not is_prose(led[2]):
        text = led[2]
    return _sorted_out(soft_parts(text, sentence=is_prose(text)))


def _wrapped(parts: list[str]) -> bool:
    """Whether the parts are one sentence, broken within: it begins to tell, and goes on in small letters."""
    begun = [one for part in parts if (one := tidy(part))]
    if len(begun) < 2 or not is_prose(begun[0]) or begun[0].endswith(":"):
        return False
    return all(before[-1] not in ".!?:;" and after[0].islower() for before, after in pairwise(begun))


def _sorted_out(parts: Iterable[str]) -> tuple[tuple[str, ...], str]:
    things, prose = [], []
    telling = False
    for part in parts:
        text = bare(part)
        if text.endswith(":"):  # it leads in what follows
            continue
        telling = is_prose(text) or (telling and _CARRIES_ON.match(text) is not None)
        if not telling:
            things.append(text)
        else:
            prose.append(text)
    return distinct(things), "\n".join(prose)
