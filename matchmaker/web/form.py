"""Forms that lose nothing: what was typed into a lost session comes back, and two who edit do not undo each other.

An `EditForm` carries, signed and hidden, what its fields said when it was shown. When it is sent, each field is
merged with what is stored by now:

* changed only in this form: what was typed is kept;
* changed only meanwhile, by somebody else or in another tab: what is stored is kept;
* a list changed on both sides: each side's additions and removals are kept;
* anything else changed on both sides: the form is shown again with both, and asks which to keep.

    form = RoundForm(lambda: {"starts": one.starts, "minutes": one.minutes}, of=(event, one))
    if form.validate_on_submit():
        change(session(), one, form.starts.data, form.minutes.data)
        done(form, "The round is saved")
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, current_app, flash
from flask_wtf import FlaskForm
from itsdangerous import BadData, URLSafeSerializer
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms.fields import HiddenField
from wtforms.fields.core import Field

from matchmaker.store.base import Base
from matchmaker.store.session import hold, identity
from matchmaker.web import field_values, lost_forms
from matchmaker.web.field_values import FieldVersion
from matchmaker.web.fields import RadioField, SelectChoice, needed
from matchmaker.web.filters import sentence_list
from matchmaker.web.transaction import session

SHOWN_FROM, KEEP, THEIRS = "shown_from", "keep-", "theirs"
NOTHING = "Nothing"
_VERSION = Markup('<span class="mm-typed">{}</span>')

Marks = dict[str, str | list[str]]
"""Field → the fingerprint of what it says, or of each of its items."""


class PageForm(FlaskForm):
    """Any form of a page. Opened again after a session was lost, it holds what was sent then."""

    clashes: tuple[Field, ...] = ()

    @property
    def is_unsaved(self) -> bool:
        """Whether the page shows what somebody typed and has not saved, rather than what is stored."""
        return lost_forms.sent() is not None

    class Meta(FlaskForm.Meta):
        """Where what was sent comes from."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Take what this request sent, or else what its sender could not save an hour ago or less."""
            wrapped = super().wrap_formdata(form, formdata)
            return lost_forms.put_back() if wrapped is None and formdata is not None else wrapped


class EditForm(PageForm):
    """A form that edits what is kept; `clashes` are the questions which of two versions to keep."""

    def __init__(
        self, stored: Callable[[], Mapping[str, Any]], *, of: tuple[Base, ...], **begun: Any
    ) -> None:
        """Show what `stored` returns, by the names of fields, of the rows `of`; or merge what was sent into it.

        When it is sent, nobody else changes these rows until it is saved. `begun` is what other fields begin with.
        """
        super().__init__(formdata=None)
        if self.is_submitted() and not hold(session(), *of):
            abort(404)
        now = dict(stored())
        self.process(None, data=begun | now)
        self.merged: list[str] = []
        self._now = {name: field_values.version(self[name]) for name in now if name in self}
        marks: Marks = {name: version.marks for name, version in self._now.items()}
        signer = URLSafeSerializer(
            current_app.secret_key or "", f"shown from {type(self).__name__} {[identity(row) for row in of]}"
        )
        if sent := lost_forms.sent():
            self.process(sent, data=begun | now)
            marks |= self._merge(sent, _shown_from(signer, sent, marks))
        self._add(SHOWN_FROM, HiddenField(), signer.dumps(marks))

    @property
    def is_changed(self) -> bool:
        """Whether it says anything else than what is stored."""
        return any(field_values.version(self[name]).marks != now.marks for name, now in self._now.items())

    def _merge(self, sent: MultiDict[str, str], was: Marks) -> Marks:
        """Merge each field with what is stored; return what the fields to be asked about were shown from."""
        asked: Marks = {}
        for name, now in self._now.items():
            mine, before = field_values.version(self[name]), was.get(name, "")
            if mine.marks == now.marks or before == now.marks:
                continue
            both = field_values.merged(self[name], before, mine, now)
            chosen = sent.get(f"{KEEP}{name}")
            if before == mine.marks or chosen == THEIRS:
                field_values.fill(self[name], now.pairs)
            elif both is not None:
                field_values.fill(self[name], both)
            elif chosen != _mine_over(now):
                self._ask(self[name], mine, now)
                asked[name] = before
                continue
            if chosen is None:
                self.merged.append(str(self[name].label.text))
        return asked

    def _ask(self, field: Field, mine: FieldVersion, now: FieldVersion) -> None:
        typed, there = (
            _VERSION.format(field_values.words(field, one.pairs) or NOTHING) for one in (mine, now)
        )
        question = RadioField(
            field.label.text,
            choices=[
                SelectChoice(_mine_over(now), "What you typed", render_kw={"hint": typed}),
                SelectChoice(THEIRS, "What is there now", render_kw={"hint": there}),
            ],
            validators=[needed(f"Choose which to keep under “{field.label.text}”")],
        )
        self.clashes = (*self.clashes, self._add(f"{KEEP}{field.short_name}", question))

    def _add(self, name: str, unbound: Any, data: str | None = None) -> Field:
        """Add a field that no class declares, at the end."""
        field: Field = unbound.bind(form=self, name=name, prefix=self._prefix)
        field.process(None, data)
        self._fields[name] = field
        return field


def done(form: EditForm, words: str) -> None:
    """Say that a form is saved, and what of it somebody else or another tab had changed meanwhile."""
    flash(words, "success")
    if form.merged:
        flash(
            f"{sentence_list(form.merged)} had been changed since you opened the page. That is kept as well",
            "important",
        )


def _mine_over(now: FieldVersion) -> str:
    """Return the choice of what was typed over exactly this version of what is stored."""
    return f"mine-{field_values.fingerprint(now.marks)}"


def _shown_from(signer: URLSafeSerializer, sent: MultiDict[str, str], now: Marks) -> Marks:
    """Return what a form that was sent was shown from.

    One that does not say was filled in by no page of ours, and counts as shown now; one that says it wrongly is of
    another form, or from before the installation's secret changed, and was shown from nothing that is known.
    """
    if SHOWN_FROM not in sent:
        return now
    try:
        marks: Marks = signer.loads(sent[SHOWN_FROM])
    except BadData:
        return {}
    return marks
