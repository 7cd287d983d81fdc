"""Form fields ready to use: WTForms fields with GOV.UK widgets, and words for what can go wrong.

Forms stand beside the routes that use them and take their fields from here:

    class EndorseForm(PageForm):
        sentence = LongTextField("What for?", validators=[needed("Write a sentence."), Length(max=500)])
        submit = SubmitField("Send your thanks")

Choices are `SelectChoice(value, label)`; `SelectChoice(…, render_kw={"hint": "…"})` puts a hint under a radio
or checkbox. Any other option of the GOV.UK macro goes in `render_kw={"params": {…}}` or at the place of
rendering, `form.sentence(params={…})`.
"""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

from flask_wtf.file import FileField as _FileField
from wtforms import fields as plain
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, StopValidation, ValidationError
from wtforms.validators import Length as _Length

from matchmaker.intake.dates import day
from matchmaker.intake.day_times import BY_DAY, Day, clock
from matchmaker.intake.whole_names import as_said
from matchmaker.web import widgets
from matchmaker.web.whole_numbers import whole

__all__ = [
    "Between",
    "CheckboxField",
    "CheckboxesField",
    "DateField",
    "EmailField",
    "FileField",
    "Length",
    "LinesField",
    "LongTextField",
    "PersonNameField",
    "RadioField",
    "SelectChoice",
    "SelectField",
    "SubmitField",
    "TextField",
    "TimeField",
    "WholeNumberField",
    "needed",
]


_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_NEVER_IN_TEXT = re.compile(r"[\x00\u202a-\u202e\u2066-\u2069]")


def needed(message: str) -> InputRequired:
    """Return the validator that refuses an empty answer with `message`, which says what to do.

    The browser's own check is left out: it speaks before the page can say what is needed.
    """
    validator = _Needed(message)
    validator.field_flags = {}
    return validator


class _Needed(InputRequired):
    """Nothing but space is nothing: a name of one blank would be no name."""

    def __call__(self, form: Any, field: Any) -> None:
        typed = field.raw_data[0] if field.raw_data else None
        if isinstance(typed, str) and not strip(typed):
            field.errors = []
            raise StopValidation(self.message)
        super().__call__(form, field)


class Length(_Length):
    """How much fits; without words of its own, the message names the field, as an error summary stands apart."""

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse what is longer."""
        if self.message is None and len(field.data or "") > self.max:
            raise ValidationError(f"{quoted(field)} must be {self.max:,} characters or fewer")
        super().__call__(form, field)


class Between(NumberRange):
    """A number from `lowest` to `highest`; the message names the field."""

    def __init__(self, lowest: int, highest: int) -> None:
        """Take the two ends, which are both allowed."""
        super().__init__(lowest, highest)

    def refusal(self, field: Any) -> str:
        """Return what to say of anything else, numbers or not."""
        return f"{quoted(field)} must be a whole number from {self.min:,} to {self.max:,}"

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse what is smaller or larger; what could not be read is refused already."""
        if field.process_errors:
            return
        try:
            super().__call__(form, field)
        except ValidationError:
            raise ValidationError(self.refusal(field)) from None


def quoted(field: Any) -> str:
    """Return what a field is called, for a message that stands away from it."""
    return f"“{str(field.label.text).removesuffix(' (optional)')}”"


def strip(value: str | None) -> str:
    """Take the space off both ends of what was typed, and what no text may hold.

    That is U+0000, which PostgreSQL refuses, and the signs that turn round the direction of writing for whatever
    follows on the page: letters carry their direction themselves. A field that was not sent at all is an empty text,
    so that no form meets a text that is none.

    >>> strip(" Priya\u202e Shah ")
    'Priya Shah'
    """
    return _NEVER_IN_TEXT.sub("", value or "").strip()


def one_line(value: str | None) -> str:
    """Return what was typed as one line: a field of one line may be sent several by other means than a browser.

    >>> one_line("EA\\r\\nJane Smith, Met Office\\x07 ")
    'EA Jane Smith, Met Office'
    """
    return _CONTROLS.sub("", " ".join(strip(value).split()))


class TextField(plain.StringField):
    """One line of text, without the space at its ends."""

    widget = widgets.TextWidget()
    tidied = staticmethod(one_line)
    """What becomes of the text that was sent."""

    def __init__(self, *args: Any, filters: tuple[Any, ...] = (), **kwargs: Any) -> None:
        """Take the arguments of a WTForms field; the text is `tidied` before `filters` see it."""
        super().__init__(*args, filters=(self.tidied, *filters), **kwargs)


class PersonNameField(TextField):
    """Somebody's name; one typed with the family name and a comma first is put in the order in which it is said.

    So are names of lists, and only so is one found again that is there already. What is kept with its comma stays so
    while nobody types another name.
    """

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the name that was typed."""
        if valuelist:
            typed = one_line(valuelist[0])
            self.data = typed if typed == self.object_data else as_said(typed)


class EmailField(TextField):
    """An email address; add wtforms' `Email("…")` validator with the words of the page."""

    widget = widgets.EmailWidget()


class LongTextField(TextField):
    """Several lines of text; counts characters where a `Length(max=…)` or the parameter maxlength limits them."""

    widget = widgets.LongTextWidget()
    tidied = staticmethod(strip)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the arguments of a text field."""
        super().__init__(*args, **kwargs)
        given = (self.render_kw or {}).get("params", {})
        if self.flags.maxlength or "maxlength" in given:
            self.widget = widgets.CountedTextWidget()


class LinesField(LongTextField):
    """One thing a line, such as addresses: what two people add and remove at once is merged line by line."""


class WholeNumberField(plain.IntegerField):
    """A whole number of zero or more; `not_valid` is the message for anything else, else that of its `Between`."""

    widget = widgets.NumberWidget()

    def __init__(self, *args: Any, not_valid: str = "", **kwargs: Any) -> None:
        """Take the arguments of a WTForms field, and the words for what cannot be read."""
        super().__init__(*args, **kwargs)
        limits = (one.refusal(self) for one in self.validators if isinstance(one, Between))
        self.not_valid = not_valid or next(limits, f"{quoted(self)} must be a whole number, for example 12")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; nothing typed is no value, for the validators to judge."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        try:
            self.data = whole(typed) if typed else None
        except ValueError as unread:
            raise ValueError(self.not_valid) from unread


class DateField(plain.DateField):
    """A date typed as day, month (11, Nov or November) and year; `not_valid` is the message for one there is not."""

    widget = widgets.DateWidget()

    def __init__(self, *args: Any, not_valid: str = "", **kwargs: Any) -> None:
        """Take the arguments of a WTForms field, and the words for what cannot be read."""
        super().__init__(*args, format="%d %m %Y", **kwargs)
        self.not_valid = not_valid or f"{quoted(self)} must be a real date, for example 24 11 2027"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the three parts; all three empty is no value, for the validators to judge."""
        self.raw_data = [part.strip() for part in [*valuelist, "", "", ""][:3]]
        self.data = None
        if not any(self.raw_data):
            return
        month, year = self.raw_data[1:]
        if month.isalpha() and len(year) == 4:
            self.data = day(" ".join(self.raw_data))
        try:
            if self.data is None:
                super().process_formdata(self.raw_data)
        except ValueError as error:
            raise ValueError(self.not_valid) from error


class TimeField(plain.StringField):
    """A time of day, typed as 10, 9.30am, 14:00, 1400 or half past two; `data` is a `datetime.time` or None."""

    widget = widgets.TimeWidget()

    def __init__(
        self, *args: Any, not_valid: str = "", day: Callable[[], Day] = lambda: BY_DAY, **kwargs: Any
    ) -> None:
        """Take the arguments of a WTForms field, the words for what cannot be read, and the hours of the event."""
        super().__init__(*args, **kwargs)
        self.day = day
        self.not_valid = not_valid or f"{quoted(self)} must be a time, for example 9.30am or 14:00"

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; nothing typed is no value, for the validators to judge."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed:
            self.data = read_time(typed, self.day())
            if self.data is None:
                raise ValueError(self.not_valid)


def read_time(typed: str, day: Day = BY_DAY) -> time | None:
    """Read a time of day as people type it, in the way that lists are read, or return None.

    `day` is from when to when the event is.

    >>> [read_time(typed) for typed in ("10", "9.30am", "1400", "half past ten", "25:00", "all day")]
    [datetime.time(10, 0), datetime.time(9, 30), datetime.time(14, 0), datetime.time(10, 30), None, None]
    """
    try:
        return clock(typed, day)
    except ValueError:
        return None


class _Offered:
    """One of what is offered, or a message that names the field."""

    def pre_validate(self: Any, form: Any) -> None:
        """Refuse what is not offered, such as what has gone since the page was opened."""
        try:
            super().pre_validate(form)  # type: ignore[misc]
        except ValidationError:
            raise ValidationError(f"Choose again under {quoted(self)}") from None


class SelectField(_Offered, plain.SelectField):
    """One of a list; give the first choice a text, such as "Choose a publisher"."""

    widget = widgets.SelectWidget()


class RadioField(_Offered, plain.RadioField):
    """One of a few, all of them in sight."""

    widget = widgets.RadioWidget()


class CheckboxesField(_Offered, plain.SelectMultipleField):
    """Any of a few."""

    widget = widgets.CheckboxesWidget()


class CheckboxField(plain.BooleanField):
    """One thing to say yes to."""

    widget = widgets.CheckboxWidget()


class FileField(_FileField):
    """One file; `render_kw={"accept": ".csv,.xlsx"}` names the kinds to offer."""

    widget = widgets.FileWidget()


class SubmitField(plain.SubmitField):
    """The button of the form; a second click within a second is not sent."""

    widget = widgets.SubmitWidget()
