"""What somebody says they do not offer or need: "we no longer…", "I used to…", "no help needed with…"."""

import re

_WHO = (
    r"(?:\b(?:i|we|they|she|he|my team|our team)(?:[’'](?:m|re|ve))?"  # noqa: RUF001 - the sign people type
    r"(?:\s+(?:am|are|was|were|have|do|did|can|could|will|really|also|just))*\s+)"
)
_NOT_OFFERED = re.compile(
    rf"{_WHO}(?:no longer|never (?:did|do|use|used|work|worked)|not|used to|stopped|gave up|cannot"
    r"|(?:haven|don|can|won)[’']t)\b"  # noqa: RUF001
    r"|^\W*(?:no longer|not(?! only| just)|used to|formerly|previously|never(?! too)|don[’']t|do not|no more"  # noqa: RUF001
    r"|retired from)\b"
    r"|\b(?:no|little) (?:experience|knowledge|idea|time) (?:of|with|for|about|in|on)\b"
    r"|\b(?:apart from|except(?: for)?|other than|anything but)\b",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"(?:\b(?:i|we|they|she|he|you)\s+)?\b(?:no longer|not|don[’']t|do not|didn[’']t|never)\s+(?:really\s+)?"  # noqa: RUF001
    r"(?:need|want|look(?:ing)? for|after|interested)\b"
    r"|^\W*(?:no (?:need|help)|nothing about|anything but|not)\b"
    r"|\b(?:apart from|except(?: for)?|other than|anything but)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:\w+er (?:\w+ )?than|(?:more|less) \w+ than|other than|instead of|that (?:is|are) not)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?;\n]+|\Z)")
_TURN = re.compile(
    r"[,;–-]?\s*\b(?:but|though|although|however|yet|instead|now(?! and))\b"  # noqa: RUF001
    r"|,\s*(?=(?:i|we|you|my|our|the|it|there|please|any|ask|always|happy|glad|come)\b)",
    re.IGNORECASE,
)


def offered(text: str) -> str:
    """Return the parts of an offer that are one.

    >>> offered("We no longer fly drones, but I can teach lidar. Ask me about bogs.")
    'but I can teach lidar. Ask me about bogs.'
    >>> offered("which products may be sprayed on oil, and where never")
    'which products may be sprayed on oil, and where never'
    """
    return _without(text, _NOT_OFFERED)


def asked_for(text: str) -> str:
    """Return the parts of a need that are one.

    >>> asked_for("I cannot open the LIDAR tiles. We don't need help with QGIS")
    'I cannot open the LIDAR tiles.'
    """
    return _without(text, _NOT_ASKED)


def wants_another(text: str) -> bool:
    """Whether a need names something only to say what is wanted in its place.

    >>> wants_another("season lengths newer than the old averages"), wants_another("season lengths by county")
    (True, False)
    """
    return _ANOTHER.search(text) is not None


def _without(text: str, denied: re.Pattern[str]) -> str:
    """Take out of each sentence what is denied: from the word that denies to where the sentence turns, or its end."""
    kept: list[str] = []
    for sentence in _SENTENCE.findall(text):
        rest = sentence
        found = denied.search(rest)
        if found is None:
            kept.append(rest)
            continue
        turn = _TURN.search(rest, found.end())
        kept += [rest[: found.start()], *([rest[turn.start() :].lstrip(" ,;")] if turn else [])]
    return "".join(kept).strip() if len(kept) > 1 or kept != [text] else text
