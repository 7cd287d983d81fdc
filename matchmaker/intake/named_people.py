"""Who is meant by a name that somebody wrote down: one person, however the name is spelt."""

import re
from collections.abc import Callable, Sequence

from matchmaker.intake.text import spelling, tidy
from matchmaker.intake.whole_names import as_said
from matchmaker.name_words import letters_after, titles_before

_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_BETWEEN = re.compile(r"\s+(?:and|und|et|y|a|ac)\s+|\s*[&+/]\s*", re.IGNORECASE)


def name_key(name: str) -> str:
    """Return what is the same in all spellings of a person's name.

    Accents, apostrophes, hyphens, titles, letters after it, brackets and a family name that stands first make no
    difference.

    >>> name_key("Siobhan O'Neill") == name_key("Dr Siobhán O’Neill OBE (Kew)") == name_key("O’Neill, Siobhan")
    True
    >>> name_key("Ann Pugh-Jones") == name_key("ANN PUGH JONES"), name_key("Ann Lee") == name_key("Anne Lee")
    (True, False)
    """
    words = as_said(_IN_BRACKETS.sub("", tidy(name)) or tidy(name)).split()
    end = len(words) - letters_after(words)
    return spelling(" ".join(words[titles_before(words) : end])) or name.casefold().strip()


def as_known(said: Sequence[str], known: Callable[[str], bool]) -> list[str]:
    """Return the names in the parts of a cell so that as many as can be are `known`.

    A family name that a comma parted from the first name goes behind it, and two names with “and” are two.

    >>> people = {"Zoë Lee", "Ann Reed", "Ben Hay"}
    >>> as_known(["Lee", "Zoë", "Ann Reed and Ben Hay", "Cy Max"], people.__contains__)
    ['Zoë Lee', 'Ann Reed', 'Ben Hay', 'Cy Max']
    """
    found: list[str] = []
    place = 0
    while place < len(said):
        one, following = said[place], said[place + 1] if place + 1 < len(said) else ""
        place += 1
        family, _, given = one.partition(",")
        parts = _BETWEEN.split(one)
        if following and not known(following) and known(f"{following} {one}"):
            found.append(f"{following} {one}")
            place += 1
        elif not known(one) and given and known(f"{given.strip()} {family}"):
            found.append(f"{given.strip()} {family}")
        elif not known(one) and len(parts) > 1 and all(map(known, parts)):
            found += parts
        else:
            found.append(one)
    return found
