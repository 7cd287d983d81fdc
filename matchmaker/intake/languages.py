"""Texts in several languages: how catalogues write them, and which one a reader is shown.

JSON-LD has a list of `{"@value", "@language"}` or an object of languages; CKAN portals have that object as JSON text,
`title_translated`, `title_en` or `titleMap`. All become language → text, in the order of the file.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

Value = TypeVar("Value")

LANGUAGE = re.compile(
    r"(?:[a-z]{2}|eng|fre|fra|ger|deu|spa|ita|nld|dut|por|swe|cym|wel|gle|gla|pol)(?:[-_][A-Za-z]{2,4})?"
)
UNTOLD = ""
"""The language of a text that does not say which it is in."""

_SHORT = {
    "eng": "en",
    "fre": "fr",
    "fra": "fr",
    "ger": "de",
    "deu": "de",
    "spa": "es",
    "ita": "it",
    "nld": "nl",
    "dut": "nl",
    "por": "pt",
    "swe": "sv",
    "cym": "cy",
    "wel": "cy",
    "gle": "ga",
    "gla": "gd",
    "pol": "pl",
}
_DEFAULT = frozenset({"default", "und", "none", "@none", "x-default", "mul"})


@cache
def tag(language: object) -> str:
    """Return a language as `en` or `en-gb`; "" where there is none.

    >>> tag("EN_GB"), tag("deu"), tag("langeng"), tag("default")
    ('en-gb', 'de', 'en', '')
    """
    words = str(language or "").strip().replace("_", "-").casefold().removeprefix("lang")
    if words in _DEFAULT:
        return UNTOLD
    first, _, region = words.partition("-")
    return "-".join(filter(None, (_SHORT.get(first, first), region)))


def is_language(key: str) -> bool:
    """Whether a key of an object names a language."""
    return bool(LANGUAGE.fullmatch(key)) or key in _DEFAULT or bool(re.fullmatch(r"lang[a-z]{3}", key))


def texts(value: Any) -> dict[str, str]:
    """Return the texts of a value by language; "" is the language of one that does not say.

    >>> texts({"fr": "", "de": "Wetter"}), texts([{"@value": "Pridd", "@language": "cy"}, "Soil"]), texts("Rain")
    ({'de': 'Wetter'}, {'cy': 'Pridd', '': 'Soil'}, {'': 'Rain'})
    """
    found: dict[str, str] = {}
    for language, text in _pairs(value, UNTOLD, 0):
        if text.strip():
            found.setdefault(language, text.strip())
    return found


def lists(value: Any) -> dict[str, list[str]]:
    """Return the texts of a value by language, several of each: keywords.

    >>> lists({"en": [], "de": ["klima", "regen"]}), lists(["soil", {"@value": "Boden", "@language": "de"}])
    ({'de': ['klima', 'regen']}, {'': ['soil'], 'de': ['Boden']})
    >>> lists([{"id": "eau", "label": "eau", "language": "fr"}])
    {'fr': ['eau']}
    """
    found: dict[str, list[str]] = {}
    for language, text in _pairs(value, UNTOLD, 0):
        if text.strip():
            found.setdefault(language, []).append(text.strip())
    return found


def _pairs(value: Any, language: str, depth: int) -> Iterable[tuple[str, str]]:
    if isinstance(value, str):
        inner = _unpacked(value)
        if inner is None:
            yield language, value
        else:
            yield from _pairs(inner, language, depth + 1)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield language, str(value)
    elif isinstance(value, list) and depth < 6:
        for item in value:
            yield from _pairs(item, language, depth + 1)
    elif isinstance(value, dict) and depth < 6:
        yield from _of_object(value, language, depth)


def _of_object(value: Mapping[str, Any], language: str, depth: int) -> Iterable[tuple[str, str]]:
    if "@value" in value:
        yield from _pairs(value["@value"], tag(value.get("@language")) or language, depth + 1)
        return
    if "language" in value:  # a keyword of data.europa.eu: {"id", "label", "language"}
        said = next((value[key] for key in ("label", "value", "name", "title") if value.get(key)), "")
        yield from _pairs(said, tag(value["language"]) or language, depth + 1)
        return
    if set(value) == {"id"} or not all(map(is_language, value)):
        return
    for key, inner in value.items():
        yield from _pairs(inner, tag(key), depth + 1)


def _unpacked(text: str) -> Any:
    """Return the languages that a text holds as JSON, None for a plain text."""
    start = text.lstrip()[:2]
    if len(text) > 200_000 or not start.startswith("{") or '"' not in text[:20]:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    good = isinstance(value, dict) and value and all(is_language(str(key)) for key in value)
    return value if good else None


def best(found: Mapping[str, Value], wanted: Iterable[str] = ("en",)) -> Value | None:
    """Return what a reader of `wanted` languages, the dearest first, is shown.

    Else what is in no told language, else the first there is. A region counts for its language: `en` is served by
    `en-gb`, and `en-gb` by `en`.

    >>> best({"fr": "Sol", "en-gb": "Soil"}), best({"fr": "Sol", "de": "Boden"}, ["de-AT", "fr"]), best({})
    ('Soil', 'Boden', None)
    """
    if len(found) == 1:
        return next(iter(found.values())) or None
    held = {language: value for language, value in found.items() if value}
    for language in map(tag, wanted):
        short = language.partition("-")[0]
        for fits in (language, short):
            if fits in held:
                return held[fits]
        near = next((name for name in held if name.partition("-")[0] == short), None)
        if near is not None:
            return held[near]
    return held.get(UNTOLD) or next(iter(held.values()), None)


def told(node: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return what a record says under these names, in whatever way it tells languages apart: one value for `texts`.

    >>> texts(told({"title_fr": "Pluie", "title_en": "Rain", "title": None}, "title"))
    {'fr': 'Pluie', 'en': 'Rain'}
    """
    found: dict[str, Any] = {}
    for name in names:
        for key, value in node.items():
            if value in (None, "", [], {}):
                continue
            if key == name:
                found.setdefault("default", []).append(value)
            elif key in {f"{name}_translated", f"{name}Map", f"{name}_multilingual"}:
                found.setdefault("default", []).insert(0, value)
            elif key.startswith(f"{name}_") and is_language(key[len(name) + 1 :]):
                found.setdefault(key[len(name) + 1 :], []).append(value)
        if found:
            break
    return found
