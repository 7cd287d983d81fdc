"""Reading what people eat from their own words: diets that a caterer can count, and what is left to read by name.

An allergy may be dangerous, so nothing is guessed: words count as a diet only where nothing else is said with it. All
other words are for the list by name. Nobody who has said something is ever counted as having said nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from matchmaker.intake.cells import says_nothing
from matchmaker.intake.text import tidy

_DIETS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{words})\b"))
    for name, words in (
        ("vegan", r"vegan\w*|plant[- ]based|végan\w*|végétalien\w*|fegan\w*"),
        (
            "vegetarian",
            r"(?:ovo[- ]?lacto |lacto[- ]?ovo )?vegetarian\w*|veggie|végétarien\w*|vegetarisch|llysieu\w*",
        ),
        ("pescatarian", r"pesc[ae]tarian\w*"),
        ("halal", r"halal"),
        ("kosher", r"kosher"),
        ("gluten-free", r"gluten[- ]?free|no gluten|glutenfrei|sans gluten|sin gluten|gf|heb glwten"),
        ("dairy-free", r"dairy[- ]?free|no dairy|lactose[- ]?free|no lactose|laktosefrei|sans lactose|df"),
    )
)
_AROUND = re.compile(
    r"\b(?:i am|i'm|am|i eat|i follow|a|an|the|is|diet|diets|food|foods|meals?|option|options|lunch|only|strictly|"
    r"strict|please|thank you|thanks|and|also|plus|with|requirements?|required|needed|preferred)\b|[\W_]+"
)
_NOTHING = re.compile(
    r"(?:no|none|nil|not applicable|nothing|nothing special|no thank(?:s| you)|anything|everything|omnivore|meat|"
    r"i eat (?:anything|everything|meat)|eats? (?:anything|everything)|standard|normal|regular|no (?:special )?"
    r"(?:diet|dietary|food)?(?: ?(?:restrictions?|requirements?|needs?|preferences?|allerg(?:y|ies)))?(?: or "
    r"(?:allergies|intolerances))?|no known allergies|"
    r"i have no(?:ne)?(?: (?:dietary|food))?(?: (?:requirements?|allergies|needs?))?)"
)
_CLAUSE = re.compile(r"[;,/&+\n.]+")
_OF_FOOD = re.compile(
    r"\b(?:diet|diets|dietary|intoleran\w*|nuts?|peanuts?|sesame|shellfish|seafood|fish|eggs?|soya?|milk|dairy|lactose|"
    r"gluten|wheat|coeliac|celiac|pork|beef|meat|alcohol|diabet\w*|fodmap)\b"
)
_PERHAPS_OF_FOOD = re.compile(r"\b(?:allerg\w*|eats?|eating|foods?)\b")


@dataclass(frozen=True)
class Diet:
    """What somebody eats: `kinds` that can be counted, A to Z; `by_name` where their words must be read besides."""

    kinds: tuple[str, ...] = ()
    by_name: bool = False


def diet(words: str) -> Diet:
    """Return what words say of what somebody eats.

    >>> diet("Vegan, gluten-free please"), diet("No dietary requirements")
    (Diet(kinds=('gluten-free', 'vegan'), by_name=False), Diet(kinds=(), by_name=False))
    >>> diet("Vegetarian; severe nut allergy"), diet("halal or vegetarian")
    (Diet(kinds=('vegetarian',), by_name=True), Diet(kinds=(), by_name=True))
    """
    kinds: set[str] = set()
    by_name = False
    for clause in _clauses(words):
        found = {name for name, pattern in _DIETS if pattern.search(clause)}
        rest = clause
        for _, pattern in _DIETS:
            rest = pattern.sub(" ", rest)
        if _AROUND.sub("", rest):
            by_name = True
        else:
            kinds |= found
    return Diet(tuple(sorted(kinds)), by_name)


def asks_nothing(words: str) -> bool:
    """Whether words say only that somebody eats everything.

    >>> asks_nothing("None"), asks_nothing("n/a"), asks_nothing("No nuts")
    (True, True, False)
    """
    return not list(_clauses(words))


def food_and_rest(words: str) -> tuple[str, str]:
    """Return what of an answer about food and access is about food, and what is not; what may be either is in both.

    >>> food_and_rest("Vegan, hearing loop; nut allergy"), food_and_rest("Allergic to perfume")
    (('Vegan; nut allergy', 'hearing loop'), ('Allergic to perfume', 'Allergic to perfume'))
    """
    food, rest = [], []
    for clause in filter(None, (part.strip() for part in re.split(r"[;,\n.]+", words))):
        surely = _is_of_food(clause.casefold())
        if surely or _PERHAPS_OF_FOOD.search(clause.casefold()):
            food.append(clause)
        if not surely:
            rest.append(clause)
    return ("; ".join(food), "; ".join(rest)) if food else ("", words)


def _is_of_food(clause: str) -> bool:
    return bool(_OF_FOOD.search(clause)) or any(pattern.search(clause) for _, pattern in _DIETS)


def _clauses(words: str) -> Iterable[str]:
    """Yield the parts of an answer that ask for something, in small letters."""
    text = words.casefold().replace("’", "'")
    if says_nothing(tidy(text)):
        return
    for part in _CLAUSE.split(text):
        clause = tidy(part).strip(" !?-–")
        if clause and not says_nothing(clause) and not _NOTHING.fullmatch(clause):
            yield clause
