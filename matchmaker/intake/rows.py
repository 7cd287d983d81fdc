"""Understanding one row of an attendee list: its values become an attendee, or a reason why not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import TypeVar

from matchmaker.intake import cells
from matchmaker.intake.text import tidy, tidy_lines

Value = TypeVar("Value")

LONGEST = 200
"""Most characters of a name, organisation, job title or team; longer ones are cut, with a note."""

GONE = frozenset(
    {
        *(
            "not attending",
            "no longer attending",
            "deleted",
            "refunded",
            "transferred",
            "abandoned",
            "expired",
            "void",
        ),
        *(
            "cancelled",
            "canceled",
            "refunded/cancelled",
            "refunded/canceled",
            "canceled (paid fee)",
            "payment failed",
        ),
        *(
            "rejected",
            "withdrawn",
            "declined",
            "not approved",
            "waiting list",
            "on waiting list",
            "waitlisted",
        ),
    }
)
"""Ticket and registration states of people who are not coming, or have no place yet."""

OPEN = frozenset(
    {"pending", "unpaid", "awaiting payment", "awaiting approval", "approval pending", "offline"}
)
"""States that are not settled: the person is read, with a note."""


class RefusedError(Exception):
    """The row cannot be used; the message says why and what to do."""


class LeftOutError(Exception):
    """The row is fine in itself but is not wanted; the message says why."""


@dataclass(frozen=True)
class AttendeeRow:
    """One person as a list describes them.

    `line` is where the row starts in the file. `email` is lower-case, or "" for somebody who will get a code
    at the desk. `datasets` are used, `datasets_made` made or looked after, `datasets_wanted` wished for,
    `datasets_stuck` got stuck on; all are titles as written, as are `topics`. `arrives` and `leaves` are
    local times of the day, None for all day. `fixed_table` is from 1. `not_with` holds names or addresses as
    written. `inside` is None where the list does not say.
    """

    line: int
    name: str
    email: str = ""
    organisation: str = ""
    job_title: str = ""
    team: str = ""
    bio: str = ""
    topics: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    datasets_made: tuple[str, ...] = ()
    datasets_wanted: tuple[str, ...] = ()
    datasets_stuck: tuple[str, ...] = ()
    offers: str = ""
    needs: str = ""
    arrives: time | None = None
    leaves: time | None = None
    step_free: bool = False
    quiet: bool = False
    fixed_table: int | None = None
    not_with: tuple[str, ...] = ()
    inside: bool | None = None
    trio: bool = False


@dataclass
class RowReader:
    """Turns the cells of one row, by field, into an attendee; `notes` collects what was understood how.

    `values` holds for each field the cells that are not empty, the likeliest column first.
    """

    line: int
    values: Mapping[str, Sequence[str]]
    notes: list[str] = field(default_factory=list)

    def attendee(self) -> AttendeeRow:
        """Return the person; raises RefusedError or LeftOutError."""
        self._check_status()
        email = self._email()
        name = self._name(email)
        arrives, leaves = self._times()
        step_free, quiet = self._access()
        return AttendeeRow(
            line=self.line,
            name=name,
            email=email,
            organisation=self._short("organisation"),
            job_title=self._short("job_title"),
            team=self._short("team"),
            bio=self._prose("bio"),
            topics=self._list("topics"),
            datasets=self._list("datasets"),
            datasets_made=self._list("datasets_made"),
            datasets_wanted=self._list("datasets_wanted"),
            datasets_stuck=self._list("datasets_stuck"),
            offers=self._prose("offers"),
            needs=self._prose("needs"),
            arrives=arrives,
            leaves=leaves,
            step_free=step_free,
            quiet=quiet,
            fixed_table=self._parsed(
                "fixed_table",
                cells.table_number,
                "is not the number of a table, so no table is fixed. Write 4, or leave it empty.",
            ),
            not_with=self._list("not_with"),
            inside=self._parsed(
                "inside",
                cells.inside_or_outside,
                "is neither inside nor outside, so the address decides. Write inside or outside.",
            ),
            trio=self._ticked("trio"),
        )

    def _cells(self, name: str) -> Sequence[str]:
        return self.values.get(name, ())

    def _first(self, name: str) -> str:
        return next((text for cell in self._cells(name) if (text := tidy(cell))), "")

    def _short(self, name: str) -> str:
        """Return a text of at most `LONGEST` characters."""
        text = self._first(name)
        if cells.says_nothing(text):
            return ""
        return self._cut(text)

    def _cut(self, text: str) -> str:
        if len(text) <= LONGEST:
            return text
        self.notes.append(f"“{text[:40]}…” has {len(text)} characters and was cut after {LONGEST}.")
        return text[: LONGEST - 1].rstrip() + "…"

    def _prose(self, name: str) -> str:
        """Return what was written, line breaks kept, several columns one below the other."""
        texts = [tidy_lines(cell) for cell in self._cells(name)]
        return "\n".join(text for text in texts if not cells.says_nothing(text))

    def _list(self, name: str) -> tuple[str, ...]:
        return cells.distinct(thing for cell in self._cells(name) for thing in cells.split_list(cell))

    def _parsed(self, name: str, parse: Callable[[str], Value | None], complaint: str) -> Value | None:
        """Return what `parse` makes of the first cell; None, with a note, where it refuses."""
        text = self._first(name)
        try:
            return parse(text)
        except ValueError:
            self.notes.append(f"“{text}” {complaint}")
            return None

    def _ticked(self, name: str) -> bool:
        text = self._first(name)
        answer = cells.yes_or_no(text)
        if answer is None:
            self.notes.append(f"“{text}” is neither yes nor no, so it was read as no. Write yes or no.")
        return bool(answer)

    def _check_status(self) -> None:
        for cell in self._cells("status"):
            state = tidy(cell).casefold()
            if state in GONE:
                raise LeftOutError(f"The list says “{tidy(cell)}”, so this person was not imported.")
            if state in OPEN:
                self.notes.append(f"The list says “{tidy(cell)}”. The person was read all the same.")

    def _email(self) -> str:
        """Return the first cell that is an address; refuse the row if there are only broken ones."""
        broken = ""
        for cell in self._cells("email"):
            try:
                if email := self._one_address(cell):
                    return email
            except ValueError:
                broken = broken or tidy(cell)
        if broken:
            raise RefusedError(
                f"“{broken}” is not an email address. Correct it, or empty the cell: "
                "the person then gets a code at the desk."
            )
        return ""

    def _one_address(self, cell: str) -> str:
        try:
            return cells.address(cell)
        except ValueError:
            parts = [part for part in cells.split_list(cell.replace(" ", ";")) if "@" in part]
            if len(parts) < 2:
                raise
            email = cells.address(parts[0])
            self.notes.append(f"Of several addresses the first was taken: {email}.")
            return email

    def _name(self, email: str) -> str:
        """Return the name: a name column, or first and last name, or what the address spells out."""
        whole = self._written_name("name")
        joined = tidy(f"{self._written_name('first_name')} {self._written_name('last_name')}")
        name = whole if whole and not self._is_fallback(whole, joined) else joined or whole
        if name and "@" not in name:
            return self._cut(name)
        derived = cells.name_from_address(email)
        if derived:
            self.notes.append(f"There is no name, so “{derived}” was taken from the address. Check it.")
            return derived
        if email:
            raise RefusedError(f"There is no name for {email}. Add it to the row.")
        raise RefusedError(
            "There is neither a name nor an email address in this row. Add one, or delete the row."
        )

    def _written_name(self, name: str) -> str:
        text = self._first(name)
        return "" if cells.says_nothing(text) or text.casefold() in {"info requested", "anonymous"} else text

    def _is_fallback(self, whole: str, joined: str) -> bool:
        """Whether first and last name say more than the name column, which then holds the first name only."""
        return bool(joined) and joined.casefold().startswith(whole.casefold()) and len(joined) > len(whole)

    def _times(self) -> tuple[time | None, time | None]:
        arrives = self._parsed(
            "arrives",
            cells.clock,
            "is not a time to arrive, so they are planned from the start. Write it as 13:30.",
        )
        leaves = self._parsed(
            "leaves",
            cells.clock,
            "is not a time to leave, so they are planned to the end. Write it as 15:30.",
        )
        if arrives and leaves and arrives >= leaves:
            self.notes.append(
                f"They leave at {leaves:%H:%M} but arrive at {arrives:%H:%M}: "
                "both were left out, so they are planned all day."
            )
            return None, None
        return arrives, leaves

    def _access(self) -> tuple[bool, bool]:
        """Return whether they need a step-free and a quiet table; a need in words is read for both."""
        words = " ".join(tidy(cell) for cell in self._cells("access"))
        step_free, quiet, understood = cells.access_needs(words)
        if not understood:
            self.notes.append(
                f"“{words}” is an access need that the plan does not know. Arrange it with the person."
            )
        return self._ticked("step_free") or step_free, self._ticked("quiet") or quiet
