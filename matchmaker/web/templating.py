"""What every template can rely on: where templates come from, filters, asset addresses and the nonce.

Our own templates are strict: a name that does not exist is an error, not an empty space. The GOV.UK macros
are written for lenient templates, so they are compiled in a lenient copy of the environment.
"""

import json
import logging
import re
import secrets
from collections.abc import Callable, Mapping, MutableMapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, g, url_for
from flask_wtf.csrf import generate_csrf
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    Undefined,
)
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

from matchmaker.documents.suggestions.reasons import reason_sentence, why
from matchmaker.web import assets
from matchmaker.web.event_time import time_of
from matchmaker.web.filters import FILTERS

_log = logging.getLogger(__name__)

MACRO_PACKAGES = ("govuk_frontend_jinja", "govuk_frontend_wtf")
ATTRIBUTES = "govuk_frontend_jinja/macros/attributes.html"
"""Every other macro calls this one several times, so it is written here (`govuk_attributes`)."""


class ReadyTemplate(Template):
    """A template whose macros are made ready once, whoever imports them.

    Jinja compares all that the importing template may call with all that this one may, in case they differ, at each
    of some hundred imports of a page with a form. Here all is put into the one environment before the first page.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class LenientLoader(BaseLoader):
    """Load templates of other people in a copy of the environment in which a missing name is empty."""

    def __init__(self, loader: BaseLoader) -> None:
        """Wrap the loader that finds them."""
        self.loader = loader
        self.lenient: Environment | None = None

    def load(
        self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Compile the template called `name`; raises TemplateNotFound if none of the packages has it."""
        if self.lenient is None:
            self.lenient = environment.overlay(undefined=Undefined, trim_blocks=False, lstrip_blocks=False)
            vars(self.lenient)["getattr"] = _values_first(self.lenient.getattr)
            self.lenient.filters = {**environment.filters, "indent": _as_it_is}
            # Each macro asks for those it uses anew, two hundred times a form; none changes while this runs.
            vars(self.lenient)["get_template"] = cache(self.lenient.get_template)
        if name == ATTRIBUTES:
            return self.lenient.from_string("{% set govukAttributes = govuk_attributes %}", globals)
        return self.loader.load(self.lenient, name, globals)

    def list_templates(self) -> list[str]:
        """Return the names of all templates, in alphabetical order."""
        return self.loader.list_templates()


def govuk_attributes(attributes: Any = None) -> Markup:
    """Write attributes of an element as GOV.UK's macro of this name does: text as it is, or names with values.

    >>> print(govuk_attributes({"data-a": "<1>", "open": True, "hidden": {"value": None, "optional": True}}))
     data-a="&lt;1&gt;" open="true"
    """
    if isinstance(attributes, str):
        return Markup(attributes)  # noqa: S704 - our own, as the macro has it
    if not isinstance(attributes, Mapping):
        return Markup()
    words = "".join([_attribute(name, value) for name, value in attributes.items()])
    return Markup(words)  # noqa: S704 - each is escaped


def _attribute(name: str, said: Any) -> str:
    if not isinstance(said, Mapping):
        return f' {escape(name)}="{escape(str(said).lower() if isinstance(said, bool) else said)}"'
    value = said.get("value")
    optional = said.get("optional") is True
    if optional and value is True:
        return f" {escape(name)}"
    if optional and (value is None or value is False or isinstance(value, Undefined)):
        return ""
    return f' {escape(name)}="{escape(value)}"'


def _as_it_is(words: Any, *_how: Any, **_else: Any) -> Any:
    """Return words as they are, in place of indenting them.

    The macros indent the lines of each piece that they put into another, for whoever reads the page's source: a tenth
    of the time of a form, and it would put spaces into what somebody has typed in several lines.
    """
    return words


def _values_first(usual: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """Return how `params.name` is looked up: first as a key, where Jinja tries every object's attributes first.

    The macros are given dicts alone and ask each for a dozen names, most of which are not there: thousands of
    AttributeErrors a form. A name that every dict has, such as `items`, means what it does elsewhere.
    """

    def found(thing: Any, name: str) -> Any:
        if type(thing) is dict and name not in _OF_DICTS:
            return thing[name] if name in thing else Undefined(obj=thing, name=name)
        return usual(thing, name)

    return found


_OF_DICTS = frozenset(dir(dict))


def init_app(app: Flask) -> None:
    """Make `app` render our templates: loaders, strictness, filters and what every page may call."""
    macros = PrefixLoader({package: PackageLoader(package) for package in MACRO_PACKAGES})
    app.jinja_env.loader = ChoiceLoader([app.create_global_jinja_loader(), LenientLoader(macros)])
    app.jinja_env.template_class = ReadyTemplate
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    WTFormsHelpers(app)
    # Flask-WTF gives its own to every page as well, which would come before ours.
    app.context_processor(lambda: {"csrf_token": csrf_token})
    app.jinja_env.globals.update(
        asset=assets.init_app(app).address,
        as_you_type=as_you_type,
        csp_nonce=csp_nonce,
        csrf_token=csrf_token,
        govuk_attributes=govuk_attributes,
        htmx_config=htmx_config,
        reason_sentence=reason_sentence,
        row_address=row_address,
        row_piece=row_piece,
        time_of=time_of,
        why=why,
        # The layout asks for these on every page, also on an error page that no route has prepared.
        account=None,
        demo_personas=(),
        drafts_of="",
        event_name="",
        footer_links=(),
        home_url="/",
        is_unsent=lambda: False,
        navigation=(),
        runs_in_hall=False,
        waits_for_website=False,
        no_mail=False,
        no_phone=False,
        sign_in_has_ended=lambda: bool(g.get("sign_in_has_ended")),
    )
    if not Path(app.static_folder or "static", "vendor", "manifest.json").is_file():
        _log.warning(
            "The front-end files are missing, so pages will look bare. "
            "Run `npm ci && matchmaker assets build` once."
        )


def row_address(endpoint: str, **named: str | int) -> str:
    """Return the address of the page that public ids and numbers name, as `url_for` does, for the rows of a list.

    An address takes longer to make than the rest of a row, so what stands around the values is made once an answer.
    """
    kept: dict[tuple[str, ...], str] = g.setdefault("row_addresses", {})
    around = kept.get((endpoint, *named))
    if around is None:
        stand_ins: dict[str, Any] = {
            name: 97531 + place if isinstance(value, int) else f"what-the-row-has-{place}"
            for place, (name, value) in enumerate(named.items())
        }
        around = url_for(endpoint, **stand_ins).replace("%", "%%")
        for name, stand_in in stand_ins.items():
            around = re.sub(rf"(?<=[/=]){stand_in}(?![^/?&#])", f"%({name})s", around)
        kept[endpoint, *named] = around
    return around % {
        name: value if isinstance(value, int) else _quoted(value) for name, value in named.items()
    }


@lru_cache(10_000)
def _quoted(value: str) -> str:
    """Return a public id as an address has it: a row has several addresses, and is shown again and again."""
    return quote(value, safe="")


def row_piece(macro: Callable[..., Any], kind: tuple[Any, ...], **named: str) -> Markup:
    """Return a piece of a list's row as a macro draws it, for the rows of one kind once an answer.

    `macro` is called with `kind` and with stand-ins for what is `named`, which it writes as it is, or in an address
    as part of the path, where it must be a public id.
    """
    kept: dict[Any, str] = g.setdefault("row_pieces", {})
    key = macro, kind
    if key not in kept:
        stand_ins = {name: secrets.token_hex(8) for name in named}
        drawn = str(macro(*kind, **stand_ins)).replace("%", "%%")
        for name, stand_in in stand_ins.items():
            drawn = drawn.replace(stand_in, f"%({name})s")
        kept[key] = drawn
    return Markup(kept[key] % {name: escape(value) for name, value in named.items()})  # noqa: S704 - both escape


def csrf_token() -> str:
    """Return the token of this answer's forms, of which a list has a hundred: made once, and looked up shortly."""
    return str(g.get("csrf_token") or generate_csrf())


def csp_nonce() -> str:
    """Return this request's nonce for inline script and style; the response's header names the same one."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def as_you_type(address: str) -> dict[str, str]:
    """Return the attributes of a field that searches while somebody types.

    The page at `address`, asked with the field's name and words, shows what it finds in `#found` and says in
    `#count` how much that is; both are put in place of those on the page.
    """
    return {
        "spellcheck": "false",
        "data-hx-get": address,
        "data-hx-trigger": "input changed delay:300ms",
        "data-hx-target": "#found",
        "data-hx-select": "#found",
        "data-hx-swap": "outerHTML",
        "data-hx-select-oob": "#count:innerHTML",
        "data-hx-sync": "this:replace",
    }


def htmx_config() -> Markup:
    """Return htmx's settings as the content of its meta element.

    Only our own addresses, no evaluation, no injected style. 422 is a form shown again with its errors and is
    swapped in; other failures are not, so that an error page never lands inside a page.
    """
    return Markup.escape(
        json.dumps(
            {
                "allowEval": False,
                "includeIndicatorStyles": False,
                "selfRequestsOnly": True,
                "inlineScriptNonce": csp_nonce(),
                "inlineStyleNonce": csp_nonce(),
                "responseHandling": [
                    {"code": "204", "swap": False},
                    {"code": "[23]..", "swap": True},
                    {"code": "422", "swap": True},
                    {"code": "[45]..", "swap": False, "error": True},
                ],
            }
        )
    )
