"""Whether a sentence speaks of data that somebody handles, or of a subject, people and places."""

import re
from collections.abc import Sequence

from matchmaker.matching.name_words import NameWord

_HANDLED = re.compile(
    r"""\b(?:
    open(?:s|ed|ing)?|load(?:s|ed|ing)?|unzip\w*|zip|download\w*|upload\w*|import(?:s|ed|ing)?|pars(?:e|ed|es|ing)
    |read\s+(?:the|it|in)|join(?:ed|ing)?\s+(?:the|to|it|with)|merg(?:e|ed|ing)|clip(?:ped|ping)?|tiling|reproject\w*
    |use[ds]?\s+(?:the|it)|using\s+the|work(?:s|ed|ing)?\s+with\s+the
    |stuck|struggling|(?:questions?|query|queries)\s+(?:about|on)|puzzled\s+by
    |know\s+the|maintain(?:s|ed|ing)?|edit(?:s|ed|ing)?|compil(?:e|ed|es|ing)|publish(?:ed|es|ing)?|digitis(?:e|ed|ing)
    |drew|drawn|draw\s+the|collated?|collected|clean(?:ed|ing)?|cite|citing|plot(?:ted|ting)|process(?:ed|ing)
    |script|columns?|fields?|rows?|attributes?|metadata|edition|version|format|schema|csv|xlsx?|json|geojson
    |gpkg|shp|netcdf|raster|gis|qgis|arcgis|excel|postgis|api|wfs|wms|download|dataset|datum|projection|resolution
    |processed|update[ds]?|numbers|hexagons|polygons?|tiles?|plots?|stills|newer|latest|older
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PEOPLE = frozenset(
    """
    adviser advisor alumni assembly association board charity club coach committee community conference consent
    convention course department directive expert forum group law legislation manager meeting ministry officer
    organisation partnership policy project regulation rule scheme staff strategy student team training trust
    volunteer workshop
    """.split()  # noqa: SIM905 - a list to read
)
_NOT_DATA = _PEOPLE | frozenset(
    (
        "background",
        "event",
        "job",
        "lead",
        "management",
        "measure",
        "office",
        "programme",
        "surveyor",
        "talk",
        "trip",
        "unit",
        "walk",
        "work",
    )
)
"""What follows a name as its noun where people or rules are meant: "MCZ policy", "AONB partnership"."""


def handles_data(text: str) -> bool:
    """Whether a sentence speaks of handling data.

    >>> handles_data("the NFI won't load in my browser"), handles_data("I lead on MCZ policy")
    (True, False)
    """
    return _HANDLED.search(text) is not None


def is_of_people(tokens: Sequence[NameWord]) -> bool:
    """Whether any of these words says that people or rules are spoken of."""
    return any(one.raw.lower().removesuffix("s") in _PEOPLE for one in tokens)


def is_one_of_many(tokens: Sequence[NameWord], place: int) -> bool:
    """Whether a word is spoken of as one of many things: "I live in an AONB"."""
    return place > 0 and tokens[place - 1].raw.lower() in ("a", "an", "each", "every")


def is_not_data(text: str, tokens: Sequence[NameWord], last: int) -> bool:
    """Whether the word right after a name says that people or rules are meant, not data.

    >>> from matchmaker.matching.name_words import name_words
    >>> said = "AONB partnership with an SSSI layer"
    >>> [is_not_data(said, list(name_words(said)), place) for place in (0, 4)]
    [True, False]
    """
    if last + 1 >= len(tokens):
        return False
    after = tokens[last + 1]
    between = text[tokens[last].end : after.start]
    return between.isspace() and after.raw.lower().removesuffix("s") in _NOT_DATA
