"""From bytes to text: which letters a file is written in, and mending what was saved wrongly before.

UTF-8, UTF-16 and UTF-32 say what they are or show it. Any other file holds one byte a letter and does not say of
which alphabet: each usual one is tried, and the one whose words look most like words is taken.
"""

import codecs
import re
import unicodedata
from collections import Counter

from chardet import detect_all
from ftfy import fix_encoding

from matchmaker.intake.problems import IntakeError, Note

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
)
_ALPHABETS: dict[str, str] = {
    "cp1252": "Windows-1252",
    "mac-roman": "Macintosh",
    "cp850": "DOS (code page 850)",
    "cp1250": "Windows-1250 (Central European)",
    "iso8859-2": "ISO 8859-2 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "iso8859-15": "ISO 8859-15",
}
"""Codec → what a person may know it as, the likelier first."""

_RIVALS = {
    "cp1252": "cp1254",
    "iso8859-15": "cp1254",
    "cp1250": "iso8859-2 cp1257",
    "iso8859-2": "cp1250 cp1257",
}
"""Codec → those in which other languages have letters of the same kind in the same places: a matter of language."""
_OTHER_SCRIPTS = (
    "koi8-r koi8-u cp866 iso8859-5 mac-cyrillic iso8859-7 cp1255 cp1256 iso8859-6 cp874 "
    "cp932 euc_jis_2004 gb18030 big5hkscs cp949"
)
_FOREIGN_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_LATIN = frozenset({"cp1252", "mac-roman", "cp850", "cp1250", "iso8859-2", "iso8859-15"})
_SURE = frozenset({"cp1252", "mac-roman", "iso8859-15"})
_COMMON = frozenset("оеаинтслвркюьяαοιετνσςυρηάόίέώ")
"""The letters that most words in Cyrillic and Greek hold; in the wrong alphabet they come out as rarer ones."""
_WORD = re.compile(r"[^\x00-\x40\[-`{-\x7f]*[^\x00-\x7f][^\x00-\x40\[-`{-\x7f]*")
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3\u00c5\u00e2\u00d0\u00d1\u00ce\u221a\u0102][^\\x00-\\x7f]|\u00ef\u00bf\u00bd"
)
_INNER = frozenset("’‘'-·‐\u00ad\u200c\u200d")
MOST_WORDS = 5000


def decode(data: bytes, remarks: list[Note] | None = None) -> tuple[str, str]:
    """Return the text of `data` and the name of its encoding; what is doubtful is added to `remarks`.

    A file glued together from UTF-8 and another alphabet is read line by line; text that was read wrongly and saved
    again is put right. Raises IntakeError for bytes that are no text.
    """
    notes = remarks if remarks is not None else []
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _mended(data[len(mark) :].decode(encoding, errors="replace"), notes), name
    sample = data[:4000]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) > 3 and sample[offset::2].count(0) > len(sample) * 0.35:
            return _mended(data.decode(encoding, errors="replace"), notes), "UTF-16"
    try:
        return _mended(data.decode("utf-8"), notes), "UTF-8"
    except UnicodeDecodeError:
        return _without_mark(data, notes)


def _without_mark(data: bytes, notes: list[Note]) -> tuple[str, str]:
    """Decode bytes that are not UTF-8: lines that are stay so, the others are of one alphabet."""
    lines = data.split(b"\n")
    odd = [place for place, line in enumerate(lines) if not _is_utf8(line)]
    encoding = _alphabet(b"\n".join(lines[place] for place in odd), data.count(b"\n") == 0)
    foreign, name = set(odd), _ALPHABETS.get(_codec(encoding), encoding)
    text = "\n".join(
        line.decode(encoding if place in foreign else "utf-8", errors="replace")
        for place, line in enumerate(lines)
    )
    if _codec(encoding) not in _SURE:
        word = next(iter(_WORD.findall(text)), "")
        notes.append(
            Note(
                None,
                f"The file does not say which alphabet it is in. It was read as {name}: "
                f"check words such as “{word[:40]}”, or save the file as UTF-8 and choose that.",
            )
        )
    return _mended(text, notes), name


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _alphabet(data: bytes, mac_lines: bool) -> str:
    """Return the codec that bytes are read with.

    Where words are for the most part of letters that are not ASCII they may be of another script, of which a detector
    knows more than we do: of a few names with accents it knows less. It is asked, too, where the language decides.
    """
    foreign = b"".join(_FOREIGN_WORD.findall(data))
    if sum(byte > 0x7F for byte in foreign) * 2 >= len(foreign):
        script = _detected(data, [*_ALPHABETS, *_OTHER_SCRIPTS.split()], "cp1252")
        if _codec(script) not in _LATIN:
            return script
    ours = _likeliest(data, mac_lines)
    rival = _detected(data, [ours, *_RIVALS.get(ours, "").split()], ours)
    return ours if data.decode(rival, errors="replace") == data.decode(ours, errors="replace") else rival


def _detected(data: bytes, names: list[str], otherwise: str) -> str:
    """Return which of these the detector takes to be the likeliest; of equal ones, and of none, `otherwise`."""
    found = detect_all(data, include_encodings=names, ignore_threshold=True, no_match_encoding=otherwise)
    sure = {one["encoding"] or otherwise: one["confidence"] for one in found}
    best = max(sure, key=lambda name: (sure[name], _codec(name) == otherwise))
    return otherwise if _codec(best) == otherwise else best


def _codec(name: str) -> str:
    return codecs.lookup(name).name


def _likeliest(data: bytes, mac_lines: bool) -> str:
    """Return the alphabet under which most words look like words; lines that end as on old Macs tip a tie."""

    def merit(encoding: str) -> tuple[int, bool]:
        text = data[:500_000].decode(encoding, errors="replace")
        words = Counter(_WORD.findall(text)).most_common(MOST_WORDS)
        return sum(_merit(word) for word, _ in words), encoding == "mac-roman" and mac_lines

    return max(_ALPHABETS, key=merit)


def _merit(word: str) -> int:
    if seems_wrong(word) or any(
        character in "\ufffd" or unicodedata.category(character) == "Cc" for character in word
    ):
        return -3
    letters = [character for character in word if character.isalpha()]
    if not letters:
        return -1 if len(word) > 1 or word not in "–—‘’“”•…£€§©®°\u00a0" else 0
    foreign = [character for character in letters if not character.isascii()]
    latin = [character for character in foreign if "LATIN" in unicodedata.name(character, "")]
    if len(letters) == 1:
        return 0
    if foreign and not latin:
        common = sum(character.casefold() in _COMMON for character in letters)
        return 1 + (common * 2 > len(letters)) if len(foreign) == len(letters) else -3
    if len(latin) != len(foreign) or len(foreign) * 2 > len(letters) > 2:
        return -3
    return 1


def seems_wrong(word: str) -> bool:
    """Whether the letters of a word can hardly be meant, as when it was read in the wrong alphabet.

    >>> [seems_wrong(word) for word in ("JosŽ", "Núñez", "Dvoøák", "N£¤ez", "O’Hara", "Jos\ufffd", "ŁUCJA", "Mu?oz")]
    [True, False, True, True, False, True, False, True]
    """
    if "\ufffd" in word or re.search(r"[^\W\d_]\?|\?[^\W\d_]", word) or _MOJIBAKE.search(word):
        return True
    for before, after in zip(word, word[1:], strict=False):
        if before.islower() and after.isupper() and not after.isascii():
            return True
    inner = word.strip("".join(_INNER) + "–—‘’“”«»…()\u00a0.,;:!?ªº™®©")
    if any(not (mark.isalnum() or mark in _INNER or mark.isascii()) and _is_symbol(mark) for mark in inner):
        return bool(re.search(r"[^\W\d_]", word))
    return _central_european(word.casefold())


def _is_symbol(mark: str) -> bool:
    """Whether this is a sign that stands in no word; marks that combine with a letter, and emoji, may."""
    return unicodedata.category(mark)[0] in "PSNC" and mark < "\u2fff" and mark not in "•"


def _central_european(word: str) -> bool:
    """Whether a word reads as Czech, Polish or Hungarian seen through Western European letters."""
    return bool(
        re.search(r"(?=.*[øæ])(?=.*[ýìùèžšòï])|ø[íáéý]|[íáéý]k?ø|[a-z][ìò][a-z]|ù[a-z]{2}|[¹³²¿£¥¯]", word)
        or re.search(
            r"(?=.*õ)(?=.*[öóáéüí])|[bcdfghjklmnprstvz]õ$|^[a-zöóáéüí]+dõs|û(?=r|z|k|cs)|^è[aeiou]", word
        )
    )


def _mended(text: str, notes: list[Note]) -> str:
    """Return the text with words put right that were read wrongly and saved again; refuses what is no text."""
    _refuse_binary(text)
    text = text.replace("\x00", "")
    if not _MOJIBAKE.search(text):
        return text
    example, lines = "", text.split("\n")
    for place, line in enumerate(lines):
        if _MOJIBAKE.search(line) and (mended := fix_encoding(line)) != line:
            lines[place] = mended
            example = example or next(iter(_WORD.findall(mended)), "")
    if example:
        notes.append(
            Note(None, f"Letters had been saved wrongly and were put right, such as “{example[:40]}”.")
        )
    return "\n".join(lines)


def _refuse_binary(text: str) -> None:
    sample = text[:20000]
    odd = sum(
        character < " " and character not in "\t\r\n\x0b\x0c" or character == "\ufffd" for character in sample
    )
    if odd > 2 + len(sample) * 0.02:
        raise IntakeError("This file is not text that we can read. Export it again, and choose the new file.")
