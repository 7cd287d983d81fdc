"""How a mail is laid out: plain sentences, one thing to do, who sends it and why it came.

Lines are at most 72 characters; a link has a line of its own and is never broken. Opening a link changes
nothing. What each letter says is in the `…_mail` modules of its subject.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from matchmaker.documents.counts import plural

COLUMNS = 72


@dataclass(frozen=True)
class Letter:
    """A mail to send: the subject is one line, the body ends with a line feed."""

    subject: str
    body: str


@dataclass(frozen=True)
class Sender:
    """Who stands behind a mail: `name`, as in `the organisers of Data Together`, and where to ask.

    The name is empty where nobody but the installation itself does, as for a code to sign in.
    """

    name: str
    contact: str


class Link(str):
    """An address: a line of its own, as long as it is."""


def lay_out(subject: str, *paragraphs: str, sender: Sender) -> Letter:
    """Return a letter of these paragraphs, signed by who stands behind it."""
    behind = f"{sender.name} with matchmaker" if sender.name else "matchmaker"
    signed = f"Sent by {behind}. Questions: {sender.contact}"
    body = "\n\n".join(_wrapped(paragraph) for paragraph in (*paragraphs, signed))
    return Letter(_one_line(subject), body + "\n")


def joined(letters: Sequence[Letter]) -> Letter:
    """Return several letters to one reader as one: one greeting and signature, each with its subject over it."""
    if len(letters) == 1:
        return letters[0]
    parts = [one.body.strip("\n").split("\n\n") for one in letters]
    greeting = [one for one in parts[0][:1] if one.startswith("Hello ")]
    signature = parts[0][-1]
    paragraphs = [*greeting, "There is more than one thing to tell you, so it comes in one letter."]
    for number, (letter, part) in enumerate(zip(letters, parts, strict=True), start=1):
        own = [one for one in part if one not in (*greeting, signature)]
        paragraphs += [_wrapped(f"{number}. {letter.subject}"), *own]
    others = plural(len(letters) - 1, "more thing")
    return Letter(f"{letters[0].subject}, and {others}", "\n\n".join([*paragraphs, signature]) + "\n")


def as_html(subject: str, body: str) -> str:
    """Return the body of a letter as simple HTML: its paragraphs, its links, no images and nothing from elsewhere."""
    paragraphs = (" ".join(one.split()) for one in body.split("\n\n"))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(subject)}</title></head>\n'
        # An address is longer than a phone is wide: in one piece, it would make the whole letter tiny.
        '<body style="max-width: 40em; font: 17px/1.5 sans-serif; color: #0b0c0c; overflow-wrap: anywhere; '
        'word-break: break-word">\n'
        + "\n".join(f"<p>{_linked(one)}</p>" for one in paragraphs if one)
        + "\n</body></html>\n"
    )


def _linked(paragraph: str) -> str:
    safe = escape(paragraph)
    is_link = paragraph.startswith(("https://", "http://")) and " " not in paragraph
    return f'<a href="{safe}" style="color: #0b5d3f">{safe}</a>' if is_link else safe


def stop_line(link: str) -> str:
    """Return what a letter that can be done without ends with; `link` stops letters like it with one press."""
    return f"\n{_wrapped('To get only letters that you cannot do without:')}\n\n{link}\n"


def _wrapped(paragraph: str) -> str:
    """Fold a paragraph at spaces only, so that a link or an address in it stays in one piece."""
    if isinstance(paragraph, Link):
        return _one_line(paragraph)
    return textwrap.fill(_one_line(paragraph), COLUMNS, break_long_words=False, break_on_hyphens=False)


def _one_line(text: str) -> str:
    """Join lines: a line feed in somebody's name must not start a header or a paragraph."""
    return " ".join(text.split())
