"""Reading an email address as people paste it, and saying what is wrong with one that cannot be used."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from matchmaker.intake.cells import NOTHING
from matchmaker.intake.text import plain, tidy

_NO_ADDRESS = NOTHING | {
    "anonymous",
    "info requested",
    "unknown",
    "not known",
    "not provided",
    "no email",
    "withheld",
    "redacted",
}
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
_AT = re.compile(r"\s*[\[({<]\s*(?:at|@|ät|arroba)\s*[\])}>]\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|\.|punkt|point|punto)\s*[\])}>]\s*", re.IGNORECASE)
_SPELT = re.compile(r"([\w.+'-]+)\s+(?:at|AT)\s+([\w-]+(?:\s*\.\s*[\w-]+|\s+(?:dot|DOT)\s+[\w-]+)+)")
_FOUND = re.compile(r"[^\s<>()\[\],;:\"/|#]+@[^\s<>()\[\],;:\"/|#@]+")
_SLIPS = {
    "con": "com",
    "cmo": "com",
    "comm": "com",
    "vom": "com",
    "ocm": "com",
    "cim": "com",
    "orgg": "org",
    "ogr": "org",
    "rog": "org",
    "nett": "net",
    "nte": "net",
    "ukk": "uk",
    "couk": "co.uk",
    "govuk": "gov.uk",
    "edy": "edu",
    "goc": "gov",
    "gvo": "gov",
}
_DOMAIN_SLIPS = {
    "gmial.com": "gmail.com",
    "gmal.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gnail.com": "gmail.com",
    "gmail.co": "gmail.com",
    "gmaill.com": "gmail.com",
    "hotmial.com": "hotmail.com",
    "hotmal.com": "hotmail.com",
    "hotmail.co": "hotmail.com",
    "outlok.com": "outlook.com",
    "outloook.com": "outlook.com",
    "outlook.co": "outlook.com",
    "yahooo.com": "yahoo.com",
    "yaho.com": "yahoo.com",
    "defra.gov.co.uk": "defra.gov.uk",
    "defra.gsi.gov.uk": "defra.gov.uk",
    "defra.go.uk": "defra.gov.uk",
}


@dataclass(frozen=True)
class ReadAddress:
    """An address in small letters, "" for none; `doubt` is what a person should check, `mended` what it was."""

    email: str = ""
    doubt: str = ""


class BadAddressError(ValueError):
    """There is something that is no address; the message says what is wrong, as the end of a sentence."""


def read_address(cell: str) -> ReadAddress:
    """Return the address in a cell; raises BadAddressError for something that is none.

    Takes `Name <address>`, `mailto:`, links, full stops at the end, invisible characters, full-width signs and
    “(at)”. Of several addresses the first counts. Whether a domain exists is not asked: nothing uses the network.

    >>> read_address(" Maria Okafor <Maria.Okafor@Example.org>; ").email, read_address("anonymous").email
    ('maria.okafor@example.org', '')
    >>> read_address("f.six (at) example.org").email, read_address("x@example.con").doubt
    ('f.six@example.org', 'It ends in “.con”: perhaps “.com” is meant.')
    """
    text = tidy(_INVISIBLE.sub("", plain(cell))).replace("＠", "@").replace("．", ".").replace("。", ".")
    if text.casefold().strip(" .") in _NO_ADDRESS:
        return ReadAddress()
    text = re.sub(r"^'+|'+$", "", text)
    text = _DOT.sub(".", _AT.sub("@", text))
    if "@" not in text and (spelt := _SPELT.search(text)):
        domain = re.sub(r"\s*\.\s*|\s+(?:dot|DOT)\s+", ".", spelt[2])
        text = f"{spelt[1]}@{domain}"
    text = re.sub(r"(?i)\bmailto:|\bsmtp:|\be-?mail:\s*", " ", text)
    if re.fullmatch(r"[^\s@,]+@[\w.-]*(?:,[a-z]{2,6})+", text, re.IGNORECASE):
        raise BadAddressError(_what_is_wrong(text))
    addresses = _distinct(_tidied(part) for part in _FOUND.findall(_together(text)))
    if not addresses:
        raise BadAddressError(_what_is_wrong(text))
    usable = [email for part in addresses if (email := _checked(part))]
    if not usable:
        raise BadAddressError(_what_is_wrong(addresses[0]))
    return ReadAddress(usable[0], _doubt(usable, addresses, text))


def _together(text: str) -> str:
    """Return the text with the spaces around an @ and inside a domain's dots taken out."""
    return re.sub(r"\s*@\s*", "@", re.sub(r"(?<=@)([\w-]+)\s*\.\s+(?=[a-z]{2,4}\b)", r"\1.", text))


def _tidied(part: str) -> str:
    return re.split(r"[?]", part)[0].strip(" .,;:<>\"'`´“”‘’«»()[]{}*!")


def _distinct(parts: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for part in parts:
        found.setdefault(part.casefold(), part)
    return list(found.values())


def _checked(part: str) -> str:
    """Return the address in small letters, "" if it cannot be one."""
    try:
        found = validate_email(part, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return ""
    return found.normalized.lower()


def _doubt(usable: list[str], all_found: list[str], text: str) -> str:
    if others := [one for one in all_found if _checked(one) != usable[0]]:
        return f"Of several addresses {usable[0]} was taken, and not {', '.join(others)}."
    return slip(usable[0])


def slip(email: str) -> str:
    """Return what may be a slip of the pen in an address, "" if there is none.

    >>> slip("ana@gmial.com"), slip("ana@example.org")
    ('“gmial.com” may be meant as “gmail.com”.', '')
    """
    domain = email.rpartition("@")[2]
    if domain in _DOMAIN_SLIPS:
        return f"“{domain}” may be meant as “{_DOMAIN_SLIPS[domain]}”."
    ending = domain.rpartition(".")[2]
    if ending in _SLIPS:
        return f"It ends in “.{ending}”: perhaps “.{_SLIPS[ending]}” is meant."
    if email.startswith("www."):
        return "It begins with “www.”, as a web page does."
    return ""


def _what_is_wrong(text: str) -> str:
    """Return what is wrong, as a sentence."""
    local, at, domain = text.rpartition("@")
    faults = (
        (not at, "There is no @ in it."),
        (text.count("@") > 1 and " " not in text, "There is more than one @ in it."),
        (not local.strip(), "There is nothing before the @."),
        (not domain.strip(), "There is nothing after the @."),
        ("," in domain, f"There is a comma in it: perhaps {local}@{domain.replace(',', '.')} is meant."),
        ("." not in domain, f"“{domain}” has no ending such as .org or .gov.uk."),
        (".." in text, "There are two dots in a row."),
        (bool(re.search(r"\s", text)), "There is a space in it."),
    )
    found = next((sentence for wrong, sentence in faults if wrong), "")
    return found or _words_of_checker(text)


def _words_of_checker(text: str) -> str:
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        return str(error)
    return "It cannot be read."


def name_from_address(email: str) -> str:
    """Return the name that an address such as `maria.okafor-jones@…` spells out, "" where it does not.

    >>> name_from_address("maria.okafor-jones2@example.org"), name_from_address("datateam@example.org")
    ('Maria Okafor-Jones', '')
    """
    words = re.split(r"[._]", email.partition("@")[0].partition("+")[0])
    words = [word.rstrip("0123456789") for word in words]
    if len(words) < 2 or not all(re.fullmatch(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", word) for word in words):
        return ""
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in words)
