"""The forms of a page as a browser sees them: what they ask, what they say, and what it would send."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import html5lib

NOT_TYPED = {"hidden", "submit", "file", "button"}

Said = dict[str, list[str]]
"""What a browser sends for each name; nothing for a box that is not ticked."""


@dataclass
class Typed:
    """A field of a form: its name, its kind, what it says now, and what a list offers."""

    name: str
    kind: str
    value: str
    offered: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form of a page as a browser sees it."""

    page: str
    action: str
    fields: list[Typed]

    @property
    def typed(self) -> list[Typed]:
        """The fields that somebody can fill in."""
        return [one for one in self.fields if one.kind not in NOT_TYPED]

    @property
    def token(self) -> Said:
        """The token of the session in which the page was opened, which `sent` leaves out."""
        return {one.name: [one.value] for one in self.fields if one.name == "csrf_token"}

    def sent(self, changed: Said | None = None) -> dict[str, list[str]]:
        """Return what the browser sends, with the values of some names changed."""
        changed = changed or {}
        found: dict[str, list[str]] = {}
        for one in self.fields:
            if (
                one.name in {*changed, "csrf_token"}
                or one.kind == "submit"
                or (one.kind in ("checkbox", "radio") and not one.value)
            ):
                continue
            found.setdefault(one.name, []).append(one.value)
        return found | {name: values for name, values in changed.items() if values}


def forms_of(page: str, html: str) -> list[Form]:
    """Return the forms of a page that post."""
    # Nothing else of a page is parsed, which is most of it: that whole pages parse, `proof_read` sees.
    forms = "".join(re.findall(r"<form.*?</form>", html, re.S))
    tree = html5lib.parse(forms, namespaceHTMLElements=False)
    return [
        Form(page, (one.get("action") or page).partition("#")[0], list(_fields(one)))
        for one in tree.iter("form")
        if (one.get("method") or "").lower() == "post"
    ]


def _fields(form: Any) -> Iterator[Typed]:
    boxes: dict[str, Typed] = {}
    for one in form.iter():
        name = one.get("name")
        if one.tag == "input" and name:
            kind, value = one.get("type") or "text", one.get("value") or ""
            kind = "number" if one.get("inputmode") == "numeric" else kind
            if kind in ("checkbox", "radio"):
                here = boxes.setdefault(name, Typed(name, kind, ""))
                here.offered.append(value)
                here.value = value if one.get("checked") is not None else here.value
                if len(here.offered) == 1:
                    yield here
            else:
                yield Typed(name, kind, value)
        elif one.tag == "textarea" and name:
            yield Typed(name, "textarea", (one.text or "").removeprefix("\n"))
        elif one.tag == "select" and name:
            options = list(one.iter("option"))
            chosen = [x.get("value") or "" for x in options if x.get("selected") is not None]
            offered = [x.get("value") or "" for x in options]
            yield Typed(name, "select", (chosen or offered or [""])[0], offered)
