"""Making text from other people's files fit to keep: no control characters, no markup, no odd spaces."""

import html
import re
import unicodedata
from html.parser import HTMLParser

_UNWANTED = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_TWICE = re.compile(r"(?<!\S)(\S*[^\W\d_](?: \S+){0,5}?)(?:\s*[,;/|–-]? +\1(?=[\s,;/|]|$))+", re.IGNORECASE)  # noqa: RUF001
_TAG_NAMES = (
    "a|abbr|address|article|b|big|blockquote|br|center|cite|code|col|dd|del|div|dl|dt|em|figure|font|footer|form|"
    "h[1-6]|head|header|hr|html|body|i|iframe|img|input|ins|li|link|main|meta|nav|object|ol|p|pre|q|s|script|"
    "section|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul|video"
)
_TAG = re.compile(rf"</?(?:{_TAG_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_INLINE = re.compile(r"a|abbr|b|big|cite|code|del|em|font|i|ins|q|s|small|span|strike|strong|sub|sup|tt|u")
_SILENT = frozenset({"script", "style", "head", "title", "svg", "iframe", "object"})
_MARKDOWN = (
    (re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"^[ \t]{0,3}(?:#{1,6}|>+)[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[*+-][ \t]+", re.MULTILINE), "\u2022 "),
    (re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"(?<![\w*])\*\*([^\s*](?:[^*]*[^\s*])?)\*\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])__([^\s_](?:[^_]*[^\s_])?)__(?![\w_])"), r"\1"),
    (re.compile(r"(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_([^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"), r"\1"),
    (re.compile(r"`{1,3}([^`]+)`{1,3}"), r"\1"),
)


def tidy(text: str) -> str:
    """Return `text` composed (NFC), without control characters, runs of white space one space.

    >>> tidy(" Jose\\u0301\\u00a0 \\u200bOkafor\\r\\n")
    'José Okafor'
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFC", _UNWANTED.sub("", text))).strip()


def spelling(name: str) -> str:
    """Return what is the same in all spellings of a name: its letters without accents, case, "the" and "&".

    >>> spelling("The Ville d\u2019\u00c9vian & Co"), spelling("Ville d'Evian and co.")
    ('villedevianandco', 'villedevianandco')
    """
    letters = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    return re.sub(r"[\W_]|\bthe\b", "", "".join(one for one in letters if not unicodedata.combining(one)))


def once(text: str) -> str:
    """Return a short text in which what is said twice in a row, as forms and merged columns have it, stands once.

    >>> once("Data Scientist Data Scientist"), once("Analyst, analyst"), once("Senior Senior Adviser / Adviser")
    ('Data Scientist', 'Analyst', 'Senior Adviser')
    >>> once("Head of Data and Data Science"), once("Go-Go Dancer")
    ('Head of Data and Data Science', 'Go-Go Dancer')
    """
    return _TWICE.sub(r"\1", text)


def tidy_lines(text: str) -> str:
    """Return `text` as `tidy` does, line by line, so that line breaks a person typed stay."""
    return "\n".join(line for line in map(tidy, re.split(r"\r\n?|\n", text)) if line)


def plain(text: str) -> str:
    """Return the words of a text that may hold HTML tags and entities, on one line.

    >>> plain("<p>Water &amp; soil</p><p>depth &lt; 5&nbsp;m</p>")
    'Water & soil depth < 5 m'
    """
    text = _without_comments(text)
    for _ in range(2):  # catalogues that escape HTML before storing it hold tags behind entities
        text = _without_tags(text) if _TAG.search(text) else html.unescape(text)
    return tidy(_without_tags(text) if _TAG.search(text) else text)


def plain_prose(text: str) -> str:
    """Return the words of a longer text that may be HTML or Markdown, on one line.

    >>> plain_prose("# Flow\\n\\nSee **the** [guide](https://example.org/a_b) on `flow_rate`")
    'Flow See the guide on flow_rate'
    """
    if not _TAG.search(text):
        for pattern, replacement in _MARKDOWN:
            text = pattern.sub(replacement, text)
    return plain(text)


class _Words(HTMLParser):
    """Collect the words between tags; a block tag parts words, an inline one does not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a block, or the start of something with no words for people."""
        self._silent += tag in _SILENT
        self._part(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a block such as `<br/>`."""
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a block, or of something with no words for people."""
        self._silent = max(0, self._silent - (tag in _SILENT))
        self._part(tag)

    def handle_data(self, data: str) -> None:
        """Keep words that people would see."""
        if not self._silent:
            self.parts.append(data)

    def _part(self, tag: str) -> None:
        if not _INLINE.fullmatch(tag):
            self.parts.append(" ")


def _without_comments(text: str) -> str:
    """Return the text without HTML comments; one that never ends stays. O(n), which a lazy regex would not be."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += (text[position:start], " ")
        position = end + 3
    return "".join(parts) + text[position:]


def _without_tags(text: str) -> str:
    """Return the words of HTML `text`; a `<` that opens no known tag stays as it is."""
    words = _Words()
    position = 0
    for tag in _TAG.finditer(text):
        words.handle_data(html.unescape(text[position : tag.start()]))
        words.feed(tag.group())
        position = tag.end()
    words.handle_data(html.unescape(text[position:]))
    return "".join(words.parts)
