"""Titles of datasets as people say them."""

import re
from collections.abc import Collection

LONGEST = 60
"""A longer title is cut where it still is one."""

SPOKEN, CUT = 105, 70
"""The same in a question, where more of it must be kept to say which, and how much of a longer one is kept."""

_TAKES_ARTICLE = {
    "archive", "atlas", "catalogue", "census", "database", "dataset", "index", "inventory", "list", "map",
    "network", "record", "register", "survey",
}  # fmt: skip
_DASHES = dict.fromkeys((0x96, 0x97), "-")
_HEAD = re.compile(r" (of|for|in|from|by)\b| ?[-–(:,]")  # noqa: RUF001 - a dash as people type it
_ASIDE = re.compile(r"\s*(\([^)]*\)|\[[^\]]*\])")
_END = re.compile(r" [-–] |[:;]|, (?=\d)")  # noqa: RUF001 - a dash as people type it
_DASH = re.compile(r" [-–] ")  # noqa: RUF001 - a dash as people type it
_SUBTITLE = re.compile(r"[:;]|, (?=\d)")
_WHOSE = re.compile(r"^[^()]+\([A-Z][\w ]{1,15}\)\s+(?=\w+ \w)")
_AFTERWARDS = re.compile(r", (?:Great Britain|England|Scotland|Wales|Northern Ireland|UK|United Kingdom)$")
_PLACE = re.compile(
    r"(?:(?: (?:in|for|of|across))?,? (?:the )?(?:Great Britain|Britain|England|Scotland|Wales|Northern Ireland|GB|UK"
    r"|United Kingdom|and))+,?(?: \d{4})?$"
)
_RELATION = re.compile(r",? (?=(?:of|with|for|in|from|by|at|across|between) )|, (?=[A-Z])| - ")
_RELATIONS = (re.compile(r" (?=(?:for|in|from|by|at|across|between) )"), re.compile(r" (?=(?:of|with) )"))


def named(title: str) -> str:
    """Return a dataset's title as it stands in a sentence, with an article where one is usual.

    >>> named("Flood Map for Planning"), named("National Soil Map"), named("LIDAR Composite DTM")
    ('the Flood Map for Planning', 'the National Soil Map', 'LIDAR Composite DTM')
    >>> named("Survey: AMAR 1/17"), named("Vegetation plot data from the Countryside Survey")
    ('Survey: AMAR 1/17', 'Vegetation plot data from the Countryside Survey')
    >>> named("Rural Programme Delivery  East"), named("Delivery \x96 North East")
    ('Rural Programme Delivery East', 'Delivery - North East')
    """
    title = _legible(title)
    head, *rest = _HEAD.split(title, maxsplit=1)
    words = head.casefold().split()
    alone = len(words) == 1 and bool(rest) and rest[0] is None
    takes = bool(words) and words[-1] in _TAKES_ARTICLE and words[0] != "the" and not alone
    return f"the {title}" if takes else title


def _legible(title: str) -> str:
    """Return a title on one line with one space between words, and dashes where a catalogue lost them.

    Windows writes a dash as a sign that is none to anybody else.
    """
    return " ".join(title.translate(_DASHES).split())


def short(title: str) -> str:
    """Return a title without what only a catalogue needs, as somebody would say it aloud.

    >>> short("National Coastal Erosion Risk Mapping (NCERM) - National (2018 - 2021)")
    'National Coastal Erosion Risk Mapping'
    >>> short("Flood Map for Planning (Rivers and Sea) - Flood Zone 2")
    'Flood Map for Planning'
    >>> short("Monthly estimates of river flow and soil moisture in the uplands for Great Britain by model")
    'Monthly estimates of river flow and soil moisture'
    >>> short("Water Framework Directive (WFD) Groundwaterbodies Cycle 2")
    'Water Framework Directive Groundwaterbodies Cycle 2'
    """
    said = _ASIDE.sub("", title).strip() or title.strip()
    head = _END.split(said, maxsplit=1)[0].strip()
    if len(head.split()) > 1:
        said = head
    for relation in _RELATIONS:
        head = relation.split(said, maxsplit=1)[0]
        if len(said) > LONGEST and len(head.split()) > 2:
            said = head
    if len(said) > 2 * LONGEST:
        said = f"{said[: 2 * LONGEST].rsplit(' ', 1)[0]}…"
    return said


def spoken(title: str, others: Collection[str] = ()) -> str:
    """Return a title as it stands in a question: between quotation marks, and as much as says which.

    What only a catalogue needs goes: initials, years behind a comma, a subtitle. What stands behind a dash says
    which, and stays unless it says nothing new; where a long title is cut, that shows. Whole if what is left would
    fit one of `others`.

    >>> spoken("Pond data from the North survey, 2020 and 2021"), spoken("Sites of Interest (SI) - Wales")
    ('“Pond data from the North survey”', '“Sites of Interest”')
    >>> spoken("Sites of Special Scientific Interest (England)"), spoken("Soil Atlas (SA)")
    ('“Sites of Special Scientific Interest (England)”', 'the “Soil Atlas”')
    >>> spoken("Pond data, 2020", ["Pond data, 2020", "Pond data from Wales"])
    '“Pond data, 2020”'
    >>> spoken("Lake Indicator, State of lakes - depth"), spoken("National Lake Map (NLM) - National (2018 - 2021)")
    ('“Lake Indicator, State of lakes - depth”', 'the “National Lake Map”')
    >>> spoken("")
    ''
    """
    title, others = _legible(title), [_legible(one) for one in others]
    said = _ASIDE.sub(
        lambda one: one[0] if _PLACE.fullmatch(f" {one[0].strip(' ()')}") else "", title
    ).strip()
    said = _which(" ".join(said.split()))
    if len(said) > SPOKEN:
        heads = [said[: one.start()] for one in _RELATION.finditer(said) if one.start() <= CUT]
        said = next((f"{one}…" for one in reversed(heads) if len(one.split()) > 2), said)
    unclear = any(one != title and one.casefold().startswith(said.rstrip("…").casefold()) for one in others)
    whole = named(title if unclear or not said else said)
    article = "the " if whole.startswith("the ") and not title.startswith("the ") else ""
    return f"{article}“{whole.removeprefix(article)}”" if whole else ""


def _which(title: str) -> str:
    """Return a title without its subtitle and years, and without a piece behind a dash that says nothing new."""
    first, *pieces = _DASH.split(title)
    head = _SUBTITLE.split(first, maxsplit=1)[0].strip()
    said = _AFTERWARDS.sub("", head if len(head.split()) > 1 else first)
    known = set(said.casefold().split())
    for piece in pieces:
        one = _SUBTITLE.split(piece, maxsplit=1)[0].strip()
        words = set(one.casefold().split())
        if words - known and not _PLACE.fullmatch(f" {one}"):
            said, known = f"{said} - {one}", known | words
    return said


def pieces(title: str) -> list[str]:
    """Return the parts of a title between dashes, colons and the like, and without whose it is, as names themselves.

    >>> pieces("EWCO - Keeping Rivers Cool Riparian Buffers")
    ['Keeping Rivers Cool Riparian Buffers']
    >>> pieces("Flood Map for Planning (Rivers and Sea) - Flood Zone 2"), pieces("Training records")
    (['Flood Map for Planning', 'Flood Zone 2'], [])
    >>> pieces("2001 The Environment Agency (EA) Tamar and Lynher Shad surveys")
    ['Tamar and Lynher Shad surveys']
    """
    rest = _WHOSE.sub("", title)
    parts = [one.strip() for one in _END.split(_ASIDE.sub("", rest))]
    return [one for one in parts if len(one.split()) > 1] if len(parts) > 1 or rest != title else []


def without_place(title: str) -> str:
    """Return a title without the country that it ends in, and a year behind it.

    >>> without_place("National Forest Inventory GB 2023"), without_place("Incidence of TB in Cattle Great Britain")
    ('National Forest Inventory', 'Incidence of TB in Cattle')
    >>> without_place("Cattle deaths in Wales"), without_place("Wales")
    ('Cattle deaths', 'Wales')
    """
    return _PLACE.sub("", title) or title
