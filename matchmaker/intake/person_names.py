"""The name of a person as a list writes it: what to take off, what is no name at all, and what to ask about."""

import re

from matchmaker.intake.cells import NOTHING
from matchmaker.intake.decoding import seems_wrong
from matchmaker.intake.text import plain, tidy

_LATER = (
    r"t\.?\s?b\.?\s?[acd]\.?|to be (?:confirmed|announced|advised|decided|determined|named|"
    r"nominated|notified|assigned|arranged)|"
    r"to follow|not (?:yet )?(?:known|confirmed|named|assigned|decided|available)|unknown|unnamed|"
    r"unassigned|unconfirmed|"
    r"pending|awaiting (?:name|details|confirmation)|name (?:pending|awaited|to follow|needed|required|here)|"
    r"(?:full |first |last |your )?name|(?:no|enter) name|a\.? ?n\.? ?other|another|n\.? ?n\.?|"
    r"xx+|yy+|zz+|\?+|\.+|_+|asdf\w*|test(?:ing)?(?: (?:test|user|person|name|attendee|account))?|"
    r"dummy|sample|example|info requested|anonymous|anon|blank|empty|deleted|redacted|withheld|"
    r"noch offen|wird noch (?:benannt|bekannt ?gegeben)|folgt|offen|unbekannt|à (?:confirmer|"
    r"préciser|définir)|inconnu|"
    r"por (?:confirmar|definir|determinar)|a confirmar|da (?:confermare|definire)|"
    r"nog (?:niet bekend|te bepalen)|nader te bepalen|nnb|"
    r"i'w gadarnhau"
)
_SPARE = (
    r"(?:spare|vacant|vacancy|reserved?|free|open|extra|additional|unused|unallocated|available|empty)"
    r"(?: (?:place|seat|ticket|spot|slot|space|table|delegate|attendee|badge|post|position|name|person)s?)?|"
    r"place ?holder|held(?: place)?|on hold|hold|"
    r"(?:reserved|held|saved|kept|booked|allocated|place|seat|spot|ticket)(?: (?:place|seat|spot|ticket)s?)?"
    r" (?:for|by)\b.*"
)
_SOMEBODY = (
    r"(?:\+|plus)\s*(?:\d+|one|two|three|guests?|ones?)(?: guests?| people| others?)?|"
    r"\d+\s*(?:more|extra|guests?|others?|tbc)|"
    r"(?:my |their |his |her |a |an |the )?(?:guests?|plus[- ]ones?|partner|colleagues?|"
    r"companions?|others?|delegates?|attendees?|participants?|"
    r"persons?|people|someone|somebody|(?:[a-z]{2,9} )?(?:representatives?|delegates?)|rep|"
    r"staff(?: member)?|team member|new starter|assistant|carer|support(?: worker)?|visitor|"
    r"members?)"
    r"(?: (?:no\.? ?|number )?#?\d{1,3}| ?[a-d])?|"
    r"(?:guests?|colleagues?|partner|companion|assistant|carer|plus[- ]one|\+\s?1|spouse|wife|"
    r"husband|deputy|representative|rep|someone|somebody|member) "
    r"(?:of|for|from|to|with)\b.*|"
    r".{2,60}['’]s? (?:guests?|plus[- ]ones?|\+\s?1|partner|colleagues?|companion|assistant|carer|deputy)|"
    r"gast(?: von .*)?|begleitung(?: von .*)?|begleitperson|invité(?:e)?(?: de .*)?|accompagnant|"
    r"invitado(?: de .*)?|acompañante|ospite(?: di .*)?|gwestai"
)
_NOBODY = re.compile(rf"(?:{_LATER}|{_SPARE}|{_SOMEBODY})", re.IGNORECASE)
_WITH_LATER = re.compile(
    r"(?:.*[\s(\[–—-])?(?:tbc|tba|tbd|t\.b\.[acd]\.?|to be (?:confirmed|announced|advised|"
    r"decided))(?:[\s)\]:,–—-].*)?",
    re.IGNORECASE,
)
_ENTRY = (
    "(?:records?|rows?|attendees?|people|guests?|registrations?|participants?|delegates?|results?|entries|"
    "tickets?|orders?|responses?|answers?|names?|persons?)"
)
_TOTAL = re.compile(
    r"(?:grand |sub[- ]?|overall |running )?totals?\b(?:(?! [a-z]+$).*"
    rf"| (?:{_ENTRY}|places?|numbers?|coming|invited|registered|confirmed))|(?:sum|count|average|"
    r"mean|median|max(?:imum)?|min(?:imum)?)(?:\s+of\b.*|\s*[:=].*|)|"
    rf"(?:no\.?|number|count|sum) of .*|\d[\d,. ]*\s+(?:{_ENTRY}|in total|total)\b.*|"
    r"(?:records?|rows?|attendees?|people|guests?|registrations?|participants?|delegates?|"
    r"results?|entries|tickets?|responses?)\s*[:=]\s*\d.*|"
    r"(?:gesamt|insgesamt|summe|gesamtzahl|anzahl|zwischensumme|totaal|aantal|totale|totaux|somme|"
    r"nombre|suma|razem|summa|cyfanswm)\b.*",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:report|list|file|data|document|page|sheet|export(?:ed)?|generated|created|printed|"
    r"downloaded|produced|prepared|extracted|run|compiled|"
    r"last (?:updated|modified|changed|refreshed)|updated|as (?:of|at)|date (?:of|created|printed|"
    r"generated)|printed|valid|correct)"
    r"\b.*(?:\b(?:generated|created|printed|exported|downloaded|produced|on|by|at|as of|end)\b|"
    r"\d{4}|\d[/.:-]\d).*|"
    r"\d\. (?:summary|participants|in[- ]meeting activit(?:y|ies))|"
    r"(?:host|panelist|attendee|registrant|participant|other attended|presenter|meeting|webinar|event)s?"
    r" (?:details|report|summary)|"
    r"page \d+(?: (?:of|/) ?\d+)?|\d+ ?/ ?\d+|(?:end of|-+ ?end|\*+ ?end)\b.*|end|eof|"
    r"(?:notes?|source|key|legend|filters?|filtered by|applied filters|sorted by|disclaimer|"
    r"confidential(?:ity)?|copyright|warning|contact|printed by|"
    r"exported (?:on|by|from)|generated (?:on|by|at)|created (?:on|by|with)|powered by|"
    r"prepared (?:by|for)|status as of|quelle|stand|hinweis|erstellt|"
    r"seite|remarque|fuente|nota)\b\s*(?:[:=].*|\b(?:on|by|at|from|with|for|as of|am|le)\b.*|)|"
    r"©.*|\(c\) .*|official(?:[- ]sensitive)?(?: .*)?|confidential.*|private and confidential.*|"
    r"https?://.*|www\..*|[-=_*~#. ]{3,}|"
    r"erstellt am .*|généré le .*|généré par .*|créé le .*|stand:? .*\d{4}",
    re.IGNORECASE,
)
_PRONOUN = (
    r"(?:she|her|hers|he|him|his|they|them|theirs?|ze|zir|xe|xem|hir|ey|em|it|its|"
    r"any(?: pronouns)?|all|sie|ihr|er|ihn|elle|il|iel|ella|él|hi|fe|nhw)"
)
_PRONOUNS = re.compile(
    rf"\s*[(\[]\s*(?:pronouns:?\s*)?{_PRONOUN}(?:\s*[/,&+]\s*{_PRONOUN}){{0,3}}\s*[)\]]|"
    rf"[\s,–-]+{_PRONOUN}(?:\s*/\s*{_PRONOUN}){{1,3}}(?=\s|$)",
    re.IGNORECASE,
)
_STYLE = re.compile(r"\s*[(\[]\s*(?:mr|mrs|ms|miss|mx)\b\.?\s*[)\]]\s*$", re.IGNORECASE)
_MARK = re.compile(r"\s*[(\[]\s*(?:unverified|external|ext\.?|guest)\s*[)\]]\s*$", re.IGNORECASE)
"""How calendars and meetings mark whoever is not of the organisation that asks."""
_MORE = re.compile(
    r"\s*(?:\(\s*)?(?:\+|\bplus\b|\band\b|&)\s*"
    r"(?:\d{1,2}|one|two|three|(?:\d{1,2} |a |his |her |their )?(?:guests?|partner|others?|colleagues?|companions?))"
    r"\s*(?:\)\s*)?$",
    re.IGNORECASE,
)
_TWO = re.compile(r"[^\W\d_][\w'’.-]+(?: [\w'’.-]+)+ (?:and|&|\+|/) [^\W\d_][\w'’.-]+(?: [\w'’.-]+)+")  # noqa: RUF001
_ADDRESS = re.compile(r"[<(\[]\s*(?:mailto:)?[^<>()\[\]\s@]+@[^<>()\[\]\s@]+\s*[>)\]]")
_PHONE = re.compile(
    r"(?<=[^\W\d_])[\s,;:|(–-]+(?:(?:tel|phone|mob|mobile|ph)\b\.?:?\s*)?\+?\(?\d(?:[\s().-]*\d){6,14}\)?$",  # noqa: RUF001
    re.IGNORECASE,
)
_LINK = re.compile(
    r"^=\s*HYPERLINK\s*\(\s*\"(?:[^\"]|\"\")*\"\s*[,;]\s*\"((?:[^\"]|\"\")*)\"\s*\)\s*$", re.IGNORECASE
)
_LITERAL = re.compile(r"^=\s*\"((?:[^\"]|\"\")*)\"\s*$")
_FORMULA = re.compile(
    r"^[=+-]\s*(?:@?[A-Z$_][A-Z0-9$_.]*\s*(?:[(!&+*/:,;^<>=]|$)|\d+(?:\.\d+)?\s*[-+*/^]|[('\"])",
    re.IGNORECASE,
)
_NOT_A_NAME = NOTHING - {
    "null",
    "none",
    "no",
    "nil",
    "na",
    "nope",
    "nobody",
    "nothing",
    "no one",
    "tbc",
    "tba",
    "tbd",
    "nan",
    "dim",
    "brak",
    "rien",
    "geen",
    "keine",
    "ingen",
    "x",
}
_WORDS_FOR_NOTHING = frozenset(
    {"null", "none", "no", "nil", "na", "nope", "nan", "nothing", "nobody", "undefined", "dim", "rien"}
)


def without_formula(cell: str) -> tuple[str, bool]:
    """Return what a cell shows that was written as a formula, and whether that is known.

    >>> without_formula('=HYPERLINK("http://x.example";"Eve")'), without_formula('=A2&" "&B2')
    (('Eve', True), ('', False))
    """
    text = cell.strip()
    if not text.startswith(("=", "+", "-", "@")):
        return cell, True
    for shape in (_LINK, _LITERAL):
        if match := shape.match(text):
            return match[1].replace('""', '"'), True
    if text.startswith("=") and _FORMULA.match(text):
        return "", False
    return cell, True


def cleaned(cell: str) -> str:
    """Return a name as it would stand on a badge: without tags, entities, pronouns, phone numbers, stray marks.

    >>> cleaned("Ren&eacute;e (she/her) Smith"), cleaned("<b>Eve</b>"), cleaned('"Ada Byrne"'), cleaned("Ada  Byrne,")
    ('Renée Smith', 'Eve', 'Ada Byrne', 'Ada Byrne')
    >>> cleaned("Byrne, Ada (Ms)"), cleaned("Ada Byrne (Guest)"), cleaned("Ada Byrne (MSC)")
    ('Byrne, Ada', 'Ada Byrne', 'Ada Byrne (MSC)')
    >>> cleaned("Ada Byrne 020 7946 0018"), cleaned("Ada Byrne (tel. +44 20 7946 0018)"), cleaned("Agent 47")
    ('Ada Byrne', 'Ada Byrne', 'Agent 47')
    """
    text = tidy(_MARK.sub("", _STYLE.sub("", _PRONOUNS.sub(" ", _ADDRESS.sub(" ", plain(cell))))))
    text = re.sub(r"^mailto:", "", text, flags=re.IGNORECASE)
    if len(text) > 1 and text[0] in '"“«' and text[-1] in '"”»' and text[1:-1].count(text[0]) == 0:
        text = text[1:-1]
    return tidy(_PHONE.sub("", text.strip(" ,;|*=\t")))


def pronouns_in(cell: str) -> str:
    """Return the pronouns that stand behind a name, as they are written.

    >>> pronouns_in("Renée (she/her) Smith"), pronouns_in("Ed Fox [They/Them]"), pronouns_in("Ed Fox (Kew)")
    ('she/her', 'They/Them', '')
    """
    found = _PRONOUNS.search(plain(cell))
    return re.sub(r"^pronouns:?\s*", "", found[0].strip(" ,–-()[]"), flags=re.IGNORECASE) if found else ""  # noqa: RUF001


def without_others(name: str) -> tuple[str, bool]:
    """Return a name without the unnamed people whom it brings, and whether more than one person may be meant.

    >>> without_others("Ada Byrne +1"), without_others("Ada Byrne and guest"), without_others("Ada Byrne & Ben Cole")
    (('Ada Byrne', True), ('Ada Byrne', True), ('Ada Byrne & Ben Cole', True))
    >>> without_others("Ada Byrne"), without_others("+1"), without_others("Band and Partner")
    (('Ada Byrne', False), ('+1', False), ('Band', True))
    """
    left = _MORE.sub("", name)
    if left and left != name:
        return tidy(left), True
    return name, _TWO.fullmatch(name) is not None


def is_nothing(text: str) -> bool:
    """Whether a part of a name is a sign for nothing. Words such as “No”, “Null” and “Na” are names of people."""
    return text.casefold().strip() in _NOT_A_NAME


def word_for_nothing(name: str) -> str:
    """Return the word in a name that could stand for nothing, "" if there is none.

    >>> word_for_nothing("Jen Null"), word_for_nothing("Ha-eun No"), word_for_nothing("Noah Null-Smith")
    ('Null', 'No', '')
    """
    return next((word for word in name.split() if word.casefold() in _WORDS_FOR_NOTHING), "")


def is_nobody(name: str) -> bool:
    """Whether a name stands for somebody who is not named yet.

    >>> [is_nobody(name) for name in ("TBC", "Guest of Ada Byrne", "+1", "Name TBC", "Tom Guest", "Spare")]
    [True, True, True, True, False, True]
    """
    text = tidy(name).strip(" ()[]{}<>*\"'.,:;-–—") or tidy(name)
    plain_text = re.sub(r"\s*\(.*\)$", "", text)
    return bool(
        _NOBODY.fullmatch(text)
        or _NOBODY.fullmatch(plain_text)
        or _NOBODY.fullmatch(tidy(name))
        or _WITH_LATER.fullmatch(text)
    )


def is_total(text: str) -> bool:
    """Whether a cell is the label of a total, or a note that a report puts below its rows.

    >>> [is_total(text) for text in ("Total", "Total attendees: 2", "Report generated 1 March 2027", "Page 1 of 2")]
    [True, True, True, True]
    >>> is_total("Total delegates"), is_total("Total Okafor")
    (True, False)
    >>> [is_total(text) for text in ("Ada Total", "Paige Turner", "Report", "Max", "Mark Page")]
    [False, False, False, False, False]
    """
    words = tidy(text)
    if words.casefold() in {
        "max",
        "maximum",
        "min",
        "minimum",
        "report",
        "sum",
        "key",
        "page",
        "end",
        "stand",
        "count",
        "median",
        "mean",
    }:
        return words.casefold() in {"sum", "count", "maximum", "minimum", "median", "end"}
    return bool(_TOTAL.fullmatch(words) or _REMARK.fullmatch(words))


def is_sentence(text: str) -> bool:
    """Whether a cell that stands alone in its row reads as a sentence rather than a name."""
    words = tidy(text).split()
    return len(words) >= 6 or (len(words) >= 3 and text.rstrip().endswith((".", ":", "!"))) or "://" in text


def odd_letters(name: str) -> str:
    """Return the first word of a name whose letters may be wrong, "" if there is none."""
    return next((word for word in name.split() if seems_wrong(word)), "")
