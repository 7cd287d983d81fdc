"""What each of the crowd does on the day, and what the site told them: the acts of `python -m benchmarks.crowd`."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from benchmarks.one_visitor import SentForm, Visitor, forms

WALK_INS_EACH, SHIFTS_EACH, PLANS_EACH = 4, 2, 2
TRIES = 8


@dataclass
class Crowd:
    """What all of them know and, under `lock`, what the site told them that it keeps, as (what, whose, value)."""

    event: str
    zone: ZoneInfo
    port: int
    kept: list[tuple[str, str, str]] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    lost_way: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, what: str, whose: str, value: str = "") -> None:
        """Note that the site said that it has kept something."""
        with self.lock:
            self.kept.append((what, whose, value))

    def tell(self, what: str) -> None:
        """Note that the site said that something has changed meanwhile."""
        with self.lock:
            self.told[what] += 1


def helps(crowd: Crowd, badges: list[tuple[str, str]], number: int, visitor: Visitor) -> None:
    """Scan badges, and let in people at the door."""
    desk = f"/organise/{crowd.event}/desk"
    for place, (whose, code) in enumerate(badges):
        seen = visitor.send(visitor.read(desk, "desk").form("/desk", having="q"), "scan", q=code)
        if "is checked in" in seen.html or "was checked in already" in seen.html:
            crowd.keep("here", whose)
        if place % max(1, len(badges) // WALK_INS_EACH) == 1:
            name = f"Walker {number} {place}"
            form = visitor.read(f"/organise/{crowd.event}/day/walk-in", "walk-in page").form("/walk-in")
            seen = visitor.send(form, "walk-in", name=name, works_on="River levels and soils.")
            if f"{name} is on the list and checked in" in seen.html:
                crowd.keep("walk-in", name)


def attends(crowd: Crowd, person: str, visitor: Visitor) -> None:
    """Look at the day, say that a meeting took place, answer a suggestion, and edit one's profile."""
    here = f"/events/{crowd.event}"
    for form in _first(visitor, f"{here}/day", "/took-place"):
        if visitor.send(form, "card", took_place="yes").status == 200:
            crowd.keep("card", person, form.action.split("/")[-2])
    for form in _first(visitor, f"{here}/suggestions", "/suggestions/"):
        if visitor.send(form, "answer", answer="meet").status == 200:
            crowd.keep("answer", person, form.action.split("/")[-1])
    form = visitor.read(f"{here}/profile/about", "profile page").form("/about", having="bio")
    words = f"I look after lists, and this is what {person} wrote."
    if visitor.send(form, "profile", bio=words).status == 200:
        crowd.keep("profile", person, words)


def _first(visitor: Visitor, path: str, part: str) -> list[SentForm]:
    """Open a page; return its first form whose address has this part, or none."""
    seen = visitor.read(path, path.rpartition("/")[2])
    return [one for one in forms(seen.html, seen.path) if part in one.action][:1]


def organises(crowd: Crowd, late: list[tuple[str, str]], number: int, visitor: Visitor) -> None:
    """Say who is late, shift the rest, plan again and publish, and do it over whenever somebody else was first."""
    day = f"/organise/{crowd.event}/day"
    until = (datetime.now(crowd.zone) + timedelta(minutes=30 + number)).strftime("%H:%M")
    for whose, name in late:
        form = visitor.read(f"{day}?q={name.replace(' ', '+')}", "day").form("/late")
        if "is expected from" in visitor.send(form, "late", until=until).html:
            crowd.keep("late", whose, until)
    for _ in range(SHIFTS_EACH):
        _shift(crowd, visitor, day, 1 + number)
    for _ in range(PLANS_EACH):
        _plan_again(crowd, visitor, day)


def _shift(crowd: Crowd, visitor: Visitor, day: str, minutes: int) -> None:
    for _ in range(TRIES):
        seen = visitor.send(visitor.read(day, "day").form("/shift"), "shift asked", minutes=str(minutes))
        # Who is not asked to confirm it is told that the times have moved since the page was opened.
        for form in (one for one in forms(seen.html, seen.path) if "replaces" in dict(one.fields)):
            seen = visitor.send(form, "shift")
            if "is published with the same meetings" in seen.html:
                crowd.keep("shift", "", str(minutes))
                return
        crowd.tell("shift")
    crowd.lost_way.append(f"a shift: somebody else was first {TRIES} times")


def _plan_again(crowd: Crowd, visitor: Visitor, day: str) -> None:
    for _ in range(TRIES):
        seen = visitor.send(visitor.read(day, "day").form("/day/plan"), "plan asked")
        while "/jobs/" in seen.path and seen.status == 200 and "did not work" not in seen.html:
            seen = visitor.read(seen.path, "waiting for a plan")
        if not seen.path.endswith("/publish"):
            crowd.lost_way.append(f"a plan: {seen.status} {seen.path}")
            return
        seen = visitor.send(seen.form("/publish"), "publish")
        if "is published. Attendees can see" in seen.html:
            crowd.keep("plan", seen.path.rpartition("/")[2])
            return
        crowd.tell("plan")
    crowd.lost_way.append(f"a plan: somebody else was first {TRIES} times")
