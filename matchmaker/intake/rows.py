"""Understanding one row of an attendee list: its values become an attendee, or a reason why not."""

import re
from dataclasses import dataclass
from datetime import time
from functools import partial

from matchmaker.intake import cells
from matchmaker.intake.access_needs import AccessNeeds, access_needs, needs_it
from matchmaker.intake.addresses import BadAddressError, read_address
from matchmaker.intake.columns import LISTS
from matchmaker.intake.day_times import BY_DAY, Day
from matchmaker.intake.diets import asks_nothing, food_and_rest
from matchmaker.intake.hours import hours
from matchmaker.intake.person_names import pronouns_in
from matchmaker.intake.row_values import LONGEST, RowValues
from matchmaker.intake.statuses import Coming, cancelled, plain_answer, status
from matchmaker.intake.text import once, tidy
from matchmaker.intake.whole_names import PersonName, read_name

LONGEST_PRONOUNS = 40
"""Most characters of pronouns; longer ones are cut, with a note."""

_DOUBTS = {
    Coming.UNSURE: ("not-confirmed", "The list says “{}”, so they are read as not having answered."),
    Coming.UNKNOWN: (
        "status",
        "We do not know whether “{}” means that they come, so they are read as not having answered.",
    ),
}
_NO_NEEDS = AccessNeeds(step_free=False, quiet=False, understood=True)


NOT_IMPORTED = ", so this person was not imported."
"""The end of what is said of whoever does not come, unless another line of theirs is read."""


class RefusedError(Exception):
    """The row cannot be used; the message says why and what to do. `kind` and `field` are as in RefusedRow."""

    def __init__(self, message: str, kind: str, about: str = "", value: str = "") -> None:
        """Keep what the preview needs to put it right."""
        super().__init__(message)
        self.kind, self.field, self.value = kind, about, value


class LeftOutError(RefusedError):
    """The row is fine in itself but is not wanted; the message says why."""


@dataclass(frozen=True)
class AttendeeRow:
    """One person as a list describes them.

    `line` is where the row starts in the file. `email` is lower-case, or "" for somebody who will get a code
    at the desk. `datasets` are used, `datasets_made` made or looked after, `datasets_wanted` wished for,
    `datasets_stuck` got stuck on; all are titles as written, as are `topics`. `arrives` and `leaves` are
    local times of the day, None for all day. `fixed_table` is from 1. `not_with` holds names or addresses as
    written. `access_needs` and `diet` are in their own words. `inside` is None where the list does not say,
    `says_coming` the word by which it says that they come.
    """

    line: int
    name: str
    email: str = ""
    organisation: str = ""
    job_title: str = ""
    pronouns: str = ""
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
    access_needs: str = ""
    diet: str = ""
    fixed_table: int | None = None
    not_with: tuple[str, ...] = ()
    inside: bool | None = None
    trio: bool = False
    says_coming: str = ""


@dataclass
class RowReader(RowValues):
    """Turns the cells of one row into an attendee.

    `kept` is true for a row that an organiser wants although it would be left out. `orders` is how many rows the
    same orderer has. `day` is from when to when the event is.
    """

    kept: bool = False
    orders: int = 1
    day: Day = BY_DAY

    def attendee(self) -> AttendeeRow:
        """Return the person; raises RefusedError or LeftOutError."""
        says_coming = self._check_status()
        email = self._email()
        name, email = self._who(email)
        arrives, leaves = self._times()
        step_free, quiet, words, food = self._access()
        lists = {name: self._list(name) for name in LISTS}  # before the prose, to which their sentences go
        return AttendeeRow(
            line=self.line,
            name=name,
            email=email,
            organisation=self._short("organisation"),
            job_title=once(self._short("job_title")),
            pronouns=self._short("pronouns", LONGEST_PRONOUNS) or self._pronouns_in_name(),
            team=self._short("team"),
            bio=self._prose("bio"),
            offers=self._prose("offers"),
            needs=self._prose("needs"),
            arrives=arrives,
            leaves=leaves,
            step_free=step_free,
            quiet=quiet,
            access_needs=_lines(self._prose("access_needs"), words),
            diet="" if asks_nothing(diet := _lines(self._prose("diet"), food)) else diet,
            fixed_table=self._parsed(
                "fixed_table",
                cells.table_number,
                "is not the number of a table, so no table is fixed. Write 4, or leave it empty.",
            ),
            inside=self._parsed(
                "inside",
                cells.inside_or_outside,
                "is neither inside nor outside, so the address decides. Write inside or outside.",
            ),
            trio=self._ticked("trio"),
            says_coming=says_coming,
            **lists,
        )

    def _check_status(self) -> str:
        """Return the word of who comes; leave out who does not, note who is not sure, and words nobody knows."""
        says, doubted = "", False
        for name in ("status", "coming", "cancelled"):
            for cell in self._cells(name):
                words = tidy(cell)
                said = cancelled(words) if name == "cancelled" else plain_answer(words) or status(words)
                if said is Coming.NO and not self.kept:
                    about = f"The list says “{words}”" if not cells.is_tick(words) else "The list says so"
                    raise LeftOutError(f"{about}{NOT_IMPORTED}", "not-coming", name, words)
                if said in _DOUBTS:
                    doubted = True
                    kind, told = _DOUBTS[said]
                    self._say(told.format(words), kind, name, words)
                elif said is Coming.YES and name != "cancelled":
                    says = says or words
        return "" if doubted or not any(map(str.isalnum, says)) else says[:LONGEST]

    def _email(self) -> str:
        """Return the first cell that is an address; refuse the row if there are only broken ones."""
        broken = reason = ""
        inside = [cell for cell in self._cells("name") if re.search(r"<[^<>\s]+@[^<>\s]+>", cell)]
        for cell in (*self._cells("email"), *inside):
            try:
                found = read_address(cell)
            except BadAddressError as error:
                broken, reason = broken or tidy(cell), reason or str(error)
                continue
            if found.doubt:
                self._say(found.doubt, "address-doubt", "email", tidy(cell))
            if found.email:
                return found.email
        if broken and not self.kept:
            raise RefusedError(
                f"“{broken}” is not an email address. {reason} Correct it, or empty the cell: "
                "the person then gets a code at the desk.",
                "address",
                "email",
                broken,
            )
        if broken:
            self._say(
                f"“{broken}” is not an email address. {reason} They get a code at the desk.",
                "address",
                "email",
                broken,
            )
        return ""

    def _who(self, email: str) -> tuple[str, str]:
        """Return name and address; those of whoever ordered only where the ticket can be nobody else's."""
        orderer, address = self._orderer()
        found = read_name(self.values, email)
        mine = self.orders == 1 and address
        if (
            not found.name
            and not found.nobody
            and mine
            and not email
            and orderer
            and not self._cells("email")
        ):
            return self._named(PersonName(orderer)), address
        name = self._named(found, email)
        if not email and mine and (not orderer or orderer.casefold() == name.casefold()):
            if orderer.casefold() != name.casefold():
                self._say(
                    f"{address} is the address of whoever ordered. Check that it is {name}’s.",
                    "orderer",
                    "email",
                    address,
                )
            return name, address
        return name, email

    def _pronouns_in_name(self) -> str:
        written = (pronouns_in(cell) for field in ("badge_name", "name", "first_name", "last_name")
                   for cell in self._cells(field))  # fmt: skip
        return next(filter(None, written), "")[:LONGEST_PRONOUNS]

    def _orderer(self) -> tuple[str, str]:
        name = tidy(" ".join(dict.fromkeys(map(tidy, self._cells("orderer_name")))))
        for cell in self._cells("orderer_email"):
            try:
                return name, read_address(cell).email
            except BadAddressError:
                continue
        return name, ""

    def _named(self, found: PersonName, email: str = "") -> str:
        """Return a name cut to its length, its doubts noted; refuse the row if there is none."""
        if found.nobody and not self.kept:
            raise LeftOutError(
                f"“{found.nobody}” names nobody yet, so the line was not imported.",
                "placeholder",
                "name",
                found.nobody,
            )
        for text, kind in found.doubts:
            self._say(text, kind, "name", found.name)
        if found.name or found.nobody:
            return self._cut(found.name or found.nobody)
        if email:
            raise RefusedError(f"There is no name for {email}. Add it to the row.", "no-name", "name")
        raise RefusedError(
            "There is neither a name nor an email address in this row. Add one, or delete the row.",
            "no-name",
            "name",
        )

    def _times(self) -> tuple[time | None, time | None]:
        start, end = (
            self._parsed(name, partial(hours, column=name, day=self.day), complaint) or (None, None)
            for name, complaint in (
                (
                    "arrives",
                    "is not a time to arrive, so they are planned from the start. Write it as 13:30.",
                ),
                ("leaves", "is not a time to leave, so they are planned to the end. Write it as 15:30."),
            )
        )
        arrives, leaves = start[0] or end[0], end[1] or start[1]
        if arrives and leaves and arrives >= leaves:
            self._say(
                f"They leave at {leaves:%H:%M} but arrive at {arrives:%H:%M}: "
                "both were left out, so they are planned all day.",
                "answer",
                "leaves",
                f"{leaves:%H:%M}",
            )
            return None, None
        return arrives, leaves

    def _access(self) -> tuple[bool, bool, str, str]:
        """Return whether they need a step-free and a quiet table, and the words of what they need and what they eat.

        A need in words is read for both tables, and what it says of food is told apart.
        """
        words = "; ".join(filter(None, (tidy(cell) for cell in self._cells("access"))))
        food, words = food_and_rest(words)
        needs = access_needs(words)
        if not needs.understood:
            self._say(
                f"“{words}” is kept with the person, and the plan does not know it. Arrange it with them.",
                "access",
                "access",
                words,
            )
        step_free, quiet = needs.step_free, needs.quiet
        for name in ("step_free", "quiet"):
            text = self._first(name)
            answer = needs_it(text, quiet=name == "quiet")
            other = access_needs(text)
            step_free = (
                step_free or (answer is True and name == "step_free") or (name == "quiet" and other.step_free)
            )
            quiet = quiet or (answer is True and name == "quiet") or (name == "step_free" and other.quiet)
            if answer is None:
                self._doubtful(name, text)
        return step_free, quiet, words if needs != _NO_NEEDS else "", food


def _lines(*texts: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))
