"""GOV.UK widgets for the fields of forms: labels that stand out, hints where there is something to say."""

from typing import Any

from flask import current_app
from govuk_frontend_wtf import wtforms_widgets as gov
from markupsafe import Markup, escape

MOST_KEPT = 1000
"""So many drawn fields are kept in a process, some kilobytes each; then it begins anew."""
_VALUE = "what-is-in-the-field"
"""Stands for the value of a field that is drawn to be kept."""

_kept: dict[str, tuple[str, ...]] = {}
"""All that a drawn field comes from but its value → what stands before and after that."""


class _Alone:
    """Renders a macro with its values alone: what a page is given is worked out for it once, not for each field.

    A macro takes longer for one field than a question to the database, and draws nearly every field as it drew it on
    the page before, so it is kept, without the value. What went wrong is not: it may say again what somebody typed.
    """

    template: str
    value_once = False
    """Whether the macro writes the value as it is given, in one place, and does nothing else with it."""

    def render(self, params: dict[str, Any]) -> Markup:
        if "errorMessage" in params:
            return self._draw(params)
        value = params.get("value")
        apart = self.value_once and isinstance(value, str) and value != ""
        given = {**params, "value": _VALUE} if apart else params
        key = f"{self.template} {given!r}"
        parts = _kept.get(key)
        if parts is None:
            drawn = str(self._draw(given))
            parts = tuple(drawn.split(_VALUE)) if apart else (drawn,)
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            _kept[key] = parts
        if len(parts) != 1 + apart:  # somebody has called something else just so
            return self._draw(params)
        return Markup(str(escape(value)).join(parts))  # noqa: S704 - the macros escape

    def _draw(self, params: dict[str, Any]) -> Markup:
        template = current_app.jinja_env.get_template(self.template)
        return Markup(template.render(params=params))  # noqa: S704 - the macros escape


class _BoldLabel(_Alone):
    """Make a widget's label or legend bold, as on a page that asks more than one question."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        if "fieldset" in params:
            params["fieldset"]["legend"].setdefault("classes", "govuk-fieldset__legend--s")
        elif "label" in params:
            params["label"].setdefault("classes", "govuk-label--s")
        return params


class _Items(_BoldLabel):
    """Radios and checkboxes: no empty hint, and a hint under each item that has one."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params = super().map_gov_params(field, **kwargs)
        if not any((params.get("hint") or {}).values()):
            params["hint"] = None
        for item, choice in zip(params["items"], field.iter_choices(), strict=True):
            if "hint" in choice.render_kw:
                item.setdefault("hint", {"text": choice.render_kw["hint"]})
        return params


class TextWidget(_BoldLabel, gov.GovTextInput):
    """One line of text."""

    value_once = True


class EmailWidget(TextWidget):
    """An email address, which the browser may fill in."""

    input_type = "email"

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """Let the browser fill it in and correct nothing."""
        params = super().map_gov_params(field, **kwargs)
        return {"autocomplete": "email", "spellcheck": False, **params}


class NumberWidget(TextWidget):
    """A short field with the keys of numbers."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """Ask for the keys of numbers, in a short field."""
        params = super().map_gov_params(field, **kwargs)
        return {"inputmode": "numeric", "classes": "govuk-input--width-4", **params}


class TimeWidget(TextWidget):
    """A short field for a time of day."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """Make the field short."""
        return {"classes": "govuk-input--width-5", **super().map_gov_params(field, **kwargs)}


class LongTextWidget(_BoldLabel, gov.GovTextArea):
    """Several lines of text."""

    value_once = True


class CountedTextWidget(_BoldLabel, gov.GovCharacterCount):
    """A text area that counts what is left of what a Length, or else the parameters, say fits."""

    value_once = True

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """Say how much fits."""
        return {"maxlength": field.flags.maxlength, **super().map_gov_params(field, **kwargs)}


class SelectWidget(_BoldLabel, gov.GovSelect):
    """A list to choose one from."""

    def render(self, params: dict[str, Any]) -> Markup:
        """Write the options here: the macro takes a thousand times as long for each, and there may be hundreds."""
        items = params["items"]
        values, texts = (escaped([str(one[part]) for one in items]) for part in ("value", "text"))
        words = zip(items, values, texts, strict=True)
        options = "".join(
            [
                f'<option value="{value}"{" selected" if one["selected"] else ""}>{text}</option>\n'
                for one, value, text in words
            ]
        )
        empty = super().render({**params, "items": []})
        return Markup(str(empty).replace("</select>", f"{options}</select>"))  # noqa: S704 - escaped above


def escaped(words: list[str]) -> list[str]:
    """Return words with what has a meaning in HTML escaped: all at once, as one alone takes as long."""
    return str(escape("\0".join(words))).split("\0")[: len(words)]


def options(values: list[str]) -> Markup:
    """Return the options of a `datalist`: hundreds in a template take as long as the rest of a page."""
    lines = "".join([f'  <option value="{one}"></option>\n' for one in escaped(values)])
    return Markup(lines)  # noqa: S704 - escaped above


class RadioWidget(_Items, gov.GovRadioInput):
    """A few to choose one from, all in sight."""


class CheckboxesWidget(_Items, gov.GovCheckboxesInput):
    """A few to choose any from."""


class CheckboxWidget(_Alone, gov.GovCheckboxInput):
    """One checkbox; its description becomes the hint of the item, as there is no legend to hang it on."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """Put the description under the box."""
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)
        params["hint"] = None
        if field.description:
            params["items"][0].setdefault("hint", {"text": field.description})
        return params


class FileWidget(_BoldLabel, gov.GovFileInput):
    """A file to choose."""


class DateWidget(_BoldLabel, gov.GovDateInput):
    """Day, month and year; the error summary's link leads to the day."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the day the id that the summary of errors leads to."""
        params = super().map_gov_params(field, **kwargs)
        params["id"] = f"{field.id}-date"
        params["items"][0]["id"] = field.id
        return params


class SubmitWidget(_Alone, gov.GovSubmitInput):
    """A button that a second press within a second does not send again."""

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        """Let it be pressed once."""
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)
        return {"preventDoubleClick": True, **params}
