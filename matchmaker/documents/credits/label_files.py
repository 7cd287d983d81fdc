"""Labels to take away as text: a table for a spreadsheet, credits to paste, a README snippet and a badge."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from matchmaker.documents.counts import plural
from matchmaker.documents.plans.spreadsheets import Cell, csv_file
from matchmaker.recognition.label import Entry, Label, Line, Voices
from matchmaker.recognition.roles import OTHER

CSV_HEAD = (
    "dataset_id",
    "dataset_title",
    "publisher",
    "person",
    "organisation",
    "role",
    "level",
    "self_declared",
    "endorsed_by_colleagues",
    "endorsed_by_organisations",
    "comments",
)
_BADGE_TYPE = 11
_BADGE_HEIGHT = 20
_WIDE, _NARROW = frozenset("mwMW"), frozenset("ijlftrI: ")


@dataclass(frozen=True)
class Labelled:
    """A dataset and its label as one circle of readers may see it.

    `identifier` is the catalogue's own; `landing_page` the dataset's page there and `public_page` that of its
    public label, each empty if there is none.
    """

    identifier: str
    title: str
    publisher: str
    landing_page: str
    label: Label
    public_page: str = ""


def labels_csv(datasets: Iterable[Labelled]) -> bytes:
    """Write one row a person and role; no cell is a formula. Levels are never guessed, so that column is empty."""
    return csv_file(
        CSV_HEAD,
        (
            _row(one, line, entry)
            for one in datasets
            for line in one.label.lines
            for entry in line.entries
        ),
    )  # fmt: skip


def _row(one: Labelled, line: Line, entry: Entry) -> Sequence[Cell]:
    return (
        one.identifier,
        one.title,
        one.publisher,
        entry.shown,
        entry.organisation,
        entry.role_text or line.role.id,
        "",
        "yes" if entry.self_declared else "no",
        entry.voices.colleagues,
        entry.voices.organisations,
        " | ".join(quotation.sentence for quotation in entry.thanks),
    )


def role_words(line: Line, entry: Entry) -> str:
    """Return what a person did, in words: the role's label, or their own for another one."""
    return entry.role_text if line.role.id == OTHER and entry.role_text else line.role.label


def by_person(label: Label) -> list[tuple[str, str, list[str]]]:
    """Return who is on a label, each once: name, organisation and roles in words, in the order of the label.

    Two people of one organisation who do not show their names cannot be told apart, and are one line.
    """
    found: dict[tuple[int | None, str, str], list[str]] = {}
    for line in label.lines:
        for entry in line.entries:
            words = found.setdefault((entry.person_id, entry.shown, entry.organisation), [])
            if role_words(line, entry) not in words:
                words.append(role_words(line, entry))
    return [(shown, organisation, words) for (_, shown, organisation), words in found.items()]


def signed(shown: str, organisation: str) -> str:
    """Write a name with its organisation, once.

    >>> signed("Priya Nair", "Forest Office"), signed("someone at Forest Office", "Forest Office")
    ('Priya Nair, Forest Office', 'someone at Forest Office')
    """
    return shown if not organisation or organisation in shown else f"{shown}, {organisation}"


def credits_text(one: Labelled) -> str:
    """Write the credits as plain text: a heading, then a line a person."""
    lines = [one.title, "=" * min(len(one.title), 72)]
    if one.publisher:
        lines.append(f"Published by {one.publisher}")
    lines += ["", f"{from_whom(one.label.makers)}:", ""]
    for shown, organisation, words in by_person(one.label):
        lines.append(f"{signed(shown, organisation)}: {'; '.join(words)}")
    return "\n".join(lines) + "\n"


def readme(one: Labelled, badge: str = "") -> str:
    """Write a Markdown snippet for a README; `badge` is the address of the badge, empty if nobody may fetch it."""
    lines = ["## Who this dataset is from", ""]
    if badge:
        picture = f"![{_markdown(from_whom(one.label.makers))}]({badge})"
        lines += [f"[{picture}]({one.public_page})" if one.public_page else picture, ""]
    lines += [f"**{_markdown(one.title)}** is from:", ""]
    for shown, organisation, words in by_person(one.label):
        lines.append(f"- {_markdown(signed(shown, organisation))}: {_markdown('; '.join(words))}")
    return "\n".join(lines) + "\n"


def from_whom(makers: Voices) -> str:
    """Say in one line how many people of how many organisations a dataset is from; never who has more.

    >>> from_whom(Voices(0, 0))
    'From: nobody is named yet'
    """
    people, places = makers.colleagues, makers.organisations
    if not people:
        return "From: nobody is named yet"
    who = plural(people, "person", "people")
    where = {0: "", 1: " at 1 organisation"}.get(places, f" at {places} organisations")
    return f"From {who}{where}"


def badge(label: Label) -> str:
    """Draw the badge as an SVG picture that needs nothing from elsewhere."""
    words = from_whom(label.makers)
    wide = round(_width(words) * _BADGE_TYPE) + 34
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{_BADGE_HEIGHT}" '
        f'viewBox="0 0 {wide} {_BADGE_HEIGHT}" role="img" aria-label="{escape(words)}">'
        f"<title>{escape(words)}</title>"
        f'<path fill="#0f7a52" d="M10 0h{wide - 12}a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H10L0 10z"/>'
        '<circle cx="12" cy="10" r="3" fill="#fff"/>'
        f'<text x="22" y="14" fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" '
        f'font-size="{_BADGE_TYPE}" textLength="{wide - 30}" lengthAdjust="spacingAndGlyphs">'
        f"{escape(words)}</text></svg>\n"
    )


def _width(words: str) -> float:
    """Estimate the width of our own words in a rather wide sans serif, in multiples of the type size."""
    return sum(
        0.9 if sign in _WIDE else 0.32 if sign in _NARROW else 0.64 if sign.isupper() else 0.53
        for sign in words
    )


def _markdown(text: str) -> str:
    """Write other people's text so that Markdown and the HTML it becomes leave it as it is."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>~&])", r"\\\1", " ".join(text.split()))
