"""Dates as people and spreadsheets write them, with numbers or with the name of a month."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

_MONTHS = (
    "jan janv januar january janvier enero gennaio januari ene gen",
    "feb febr februar february février fevrier febrero febbraio februari fév fev",
    "mar mär märz marz march mars marzo maart mrt",
    "apr april avril avr abril abr aprile",
    "may mai mayo maggio mei mag",
    "jun june juni juin junio giugno giu",
    "jul july juli juillet juil julio luglio lug",
    "aug august août aout agosto ago augustus",
    "sep sept september septembre septiembre settembre set",
    "oct okt october oktober octobre octubre ottobre ott",
    "nov november novembre noviembre",
    "dec dez dic déc december dezember décembre decembre diciembre dicembre",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NAME = rf"(?P<name>{'|'.join(sorted(_MONTH, key=len, reverse=True))})\b\.?"
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|mo|di|mi|do|fr|sa|so)\b\.?)?,?\s*"
)
_DAY = r"(?P<day>\d{1,2}(?!\d))(?:st|nd|rd|th|er|\.|º)?"
_YEAR = r"(?P<year>\d{4}|['’]?\d{2})(?!\d)(?!\s*[:.]\d)"  # noqa: RUF001
_EXCEL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
"""Days since the end of 1899, as Excel counts: from 1954 to 2091."""
_PART = r"[\s,./-]*(?:of\s+|de\s+)?"
_SHAPES = (
    re.compile(r"(?P<year>\d{4})(?P<part>[-/.])(?P<month>\d{1,2})(?P=part)(?P<day>\d{1,2})(?!\d)"),
    re.compile(
        rf"{_WEEKDAY}(?P<swapped>)(?P<day>\d{{1,2}})(?P<part>[-/.])(?P<month>\d{{1,2}})(?P=part)(?P<year>\d{{4}}|\d\d)(?!\d)"
    ),
    re.compile(rf"{_WEEKDAY}{_DAY}{_PART}{_NAME}{_PART}{_YEAR}"),
    re.compile(rf"{_WEEKDAY}{_NAME}{_PART}{_DAY}{_PART}{_YEAR}"),
    re.compile(rf"(?P<year>\d{{4}}){_PART}{_NAME}{_PART}{_DAY}(?!\d)"),
)
"""The ways to write a date; where only numbers do, the first may be the month after all."""
_BEFORE_TIME = re.compile(r"(?:[\s,]+(?:at|um|à)\s+|[\s,]+|t)(?=\S)", re.IGNORECASE)


def day(text: str) -> date | None:
    """Return the date at the start of a text, None if there is no readable one.

    The day goes before the month, as in the United Kingdom, unless only the other way round is a date.

    >>> [str(day(text)) for text in ("2020-03-18T04:48:27.035267", "18/03/2020", "03/18/2020", "2020-13-01")]
    ['2020-03-18', '2020-03-18', '2020-03-18', 'None']
    >>> {str(day(text)) for text in ("3 March 2027", "Mar 3, 2027", "3-Mar-27", "Wed 3rd March 2027", "3. März 2027")}
    {'2027-03-03'}
    >>> day("R/P1W"), day("3 flowers 2027"), day("31 June 2027"), day("March 2027"), str(day("1584507600000"))
    (None, None, None, None, '2020-03-18')
    >>> str(day("45731")), day("12345")
    ('2025-03-15', None)
    """
    words = text.strip().casefold()
    if re.fullmatch(r"\d{12,13}", words):  # milliseconds since 1970, as ArcGIS counts
        return datetime.fromtimestamp(int(words) / 1000, UTC).date()
    if _EXCEL.fullmatch(words):
        return date(1899, 12, 30) + timedelta(int(float(words)))
    for shape in _SHAPES:
        if match := shape.match(words):
            return _date(match.groupdict())
    return None


def without_day(text: str) -> str:
    """Return a text without the date that it begins with, as a time of the day is often written.

    >>> without_day("3 March 2027 at 9.30am"), without_day("Wed, Mar 3, 2027, 14:00"), without_day("2027-03-03T14:00")
    ('9.30am', '14:00', '14:00')
    >>> without_day("9.30"), without_day("3 March 2027")
    ('9.30', '3 March 2027')
    """
    for shape in _SHAPES:
        match = shape.match(text.casefold())
        if match and _date(match.groupdict()) and (time := _BEFORE_TIME.match(text, match.end())):
            return text[time.end() :]
    return text


def _date(found: Mapping[str, str | None]) -> date | None:
    year = int(re.sub(r"\D", "", found["year"] or ""))
    year += 0 if year > 99 else 2000 if year < 69 else 1900
    number = int(found["day"] or 0)
    month = int(found.get("month") or 0) or _MONTH[found.get("name") or ""]
    return _made(year, month, number) or (_made(year, number, month) if "swapped" in found else None)


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
