"""An attendee's home page: the notice first, then the next thing to do, and who they are introduced to."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import render_template, url_for

from matchmaker.documents.counts import plural
from matchmaker.services.credits import accept_credits
from matchmaker.services.event import organisers, places
from matchmaker.services.people import coming
from matchmaker.store.people import profiles, untold
from matchmaker.store.people.registrations import COMING, Presence, RegistrationState
from matchmaker.store.plans import planned_people
from matchmaker.store.suggestions import introduction_notes
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.cards import count_new
from matchmaker.web.attendees.coming import can_take_back
from matchmaker.web.attendees.day import appointments, introduced, own_meetings, own_talks, published_plan
from matchmaker.web.attendees.met import to_say
from matchmaker.web.event_time import EventTime, time_of
from matchmaker.web.filters import clock
from matchmaker.web.transaction import session


@dataclass(frozen=True)
class ToDo:
    """Something to do now: what, why, where and the words on its button."""

    title: str
    words: str
    href: str
    action: str


NOT_COMING = {
    RegistrationState.CANCELLED: "You are not coming, so you are on nobody’s list and in no new meeting.",
    RegistrationState.DECLINED: "You said that you cannot come, so you are on nobody’s list and in no new meeting.",
}
"""State → what it means for somebody who is not coming."""


@attendees.get("/")
def home() -> str:
    """Show the notice to who has not answered, what is theirs to who is not coming, else what to do next.

    Whoever comes on the word of a list or of an organiser reads the notice above it, until they say that they have.
    """
    if registration().state is RegistrationState.INVITED:
        return render_template(
            "attendees/notice.html",
            event=event(),
            full=not places.has_room(session(), event(), registration().pool),
            short=coming.short_notice(event(), registration()),
            notice=coming.notice(event()),
            contact=organisers.contact(event()),
        )
    if registration().state in coming.ASKING:
        return _asking()
    if registration().state not in COMING:
        return render_template(
            "attendees/not_coming.html",
            event=event(),
            said=NOT_COMING[registration().state],
            asked=registration().ask_next_time,
            can_take_back=can_take_back(),
            contact=organisers.contact(event()),
        )
    # A list said their yes, or an organiser did: what an invitation says, they read here first.
    new = untold.is_untold(session(), registration())
    return render_template(
        "attendees/home.html",
        event=event(),
        person=me(),
        short=coming.short_notice(event(), registration()) if new else (),
        notice=coming.notice(event()) if new else (),
        is_here=registration().presence is Presence.HERE,
        next=[one for one in _next_steps() if one],
        begun=any(one.starts_at <= datetime.now(UTC) for one in event().rounds),
        planned=published_plan() is not None,
        introduced=introduced(),
        meetings=appointments() if introduced() else {},
        wrote=introduction_notes.writers(session(), event().id, me().id) if introduced() else (),
        profile_saved=registration().profile_saved_at is not None,
    )


def _asking() -> str:
    """Say to who wants a place where they stand: why there is none yet, or the offer with the notice."""
    row = registration()
    waits, at = row.state is RegistrationState.WAITING, datetime.now(UTC)
    return render_template(
        "attendees/asking.html",
        event=event(),
        state=row.state.value,
        offered_until=places.last_day(event(), row),
        why=places.why_none_yet(session(), event(), row, at) if waits else "",
        day_has_come=event().day_has_come(at),
        over=event().is_over(at),
        short=coming.short_notice(event(), registration()),
        notice=coming.notice(event()),
        contact=organisers.contact(event()),
    )


def _next_steps() -> tuple[ToDo | None, ...]:
    """Return what there may be to do, the most urgent first: on the day, where one has to be."""
    if time_of(event()) is EventTime.TODAY:
        return (_day(), _met(), *_before_it_is_over(), _thanks())
    return (_met(), *_before_it_is_over(), _day(), _thanks())


def _met() -> ToDo | None:
    """Ask how it was once a meeting is past; of whom one only wanted to meet, once the event is."""
    now = datetime.now(UTC)
    waiting = [
        one
        for one in to_say(now, own_meetings())
        if (one.round.ends_at <= now if one.round else event().is_over(now))
    ]
    if not waiting:
        return None
    return ToDo(
        f"How was it with {plural(len(waiting), 'person', 'people')}?",
        "Say whether you met, note what comes next, and keep in touch if you both like.",
        url_for("attendees.met"),
        "See whom you met",
    )


def _before_it_is_over() -> tuple[ToDo | None, ...]:
    """Return what leads to meetings, as long as there are any to come."""
    return () if event().is_over(datetime.now(UTC)) else (_profile(), _suggestions())


def _profile() -> ToDo | None:
    if not profiles.says_little(session(), registration()):
        return None
    return ToDo(
        "Say what you work on",
        "A few more words from you are worth more than anything else we can do to find the right people.",
        url_for("attendees.profile"),
        "Fill in your profile",
    )


def _suggestions() -> ToDo | None:
    waiting = count_new()
    if not waiting:
        return None
    return ToDo(
        f"{plural(waiting, 'person', 'people')} you could meet",
        "See why, and say whom you would like to meet. We tell nobody unless both of you do.",
        url_for("attendees.suggestions"),
        "See your suggestions",
    )


def _day() -> ToDo | None:
    plan_id = published_plan()
    if plan_id is None:
        return None
    now = datetime.now(UTC)
    rounds = {one.number: one for one in event().rounds}
    meetings = [rounds[one.round_number] for one in own_meetings() if one.round_number in rounds]
    topics = [rounds[one.round_number] for one in own_talks() if one.round_number in rounds]
    tables = {one.round_number: one.table_number for one in own_meetings()}
    tables |= {one.round_number: one.table_number for one in own_talks()}
    starts = sorted((*meetings, *topics), key=lambda one: one.starts_at)
    left = [one for one in starts if one.starts_at > now]
    running = [
        f"Your {what} of {clock(one.starts_at, event().zone)} is on now, at table {tables[one.number]}."
        for what, some in (("meeting", meetings), ("table topic", topics))
        for one in some
        if one.starts_at <= now < one.ends_at
    ]
    had = _in_words(len(meetings), len(topics))
    begun = any(one.starts_at <= now for one in event().rounds)
    where = url_for("attendees.day")
    if registration().presence is Presence.ABSENT and not event().is_over(now):
        words = "None of your meetings still to come takes place. You can say that you are there after all."
        return ToDo("You are not expected", words, where, "See your day")
    if event().is_over(now) and not starts:
        return None
    if not starts and not planned_people.is_made_for(session(), plan_id, me().id):
        words = "You are in none of its meetings yet. The organisers see that you are coming."
        return ToDo("The day was planned without you", words, where, "See the day")
    if begun and (left or running):
        to_come = [sum(one.starts_at > now for one in some) for some in (meetings, topics)]
        words = " ".join(
            running
            + [
                f"{_in_words(*to_come)} still to come, the next at {clock(one.starts_at, event().zone)}"
                f" at table {tables[one.number]}."
                for one in left[:1]
            ]
        )
        return ToDo("Your day goes on", words, where, "See your day")
    if begun:
        return ToDo("Your day is over", f"You had {had}.", where, "See your day")
    first = f" The first is at {clock(starts[0].starts_at, event().zone)}." if starts else ""
    return ToDo("Your day is planned", f"You have {had}.{first}", where, "See your day")


def _in_words(meetings: int, topics: int) -> str:
    """Return so many meetings and table topics in words; without topics they are not spoken of.

    >>> _in_words(2, 1), _in_words(0, 2), _in_words(0, 0)
    ('2 meetings and 1 table topic', '2 table topics', '0 meetings')
    """
    told = [plural(meetings, "meeting")] if meetings or not topics else []
    return " and ".join([*told, *([plural(topics, "table topic")] if topics else [])])


def _thanks() -> ToDo | None:
    waiting = accept_credits.count_waiting(session(), me())
    if not waiting.thanks and not waiting.credits:
        return None
    what = plural(waiting.thanks, "thanks", "thanks") if waiting.thanks else plural(waiting.credits, "credit")
    waits = "waits" if (waiting.thanks or waiting.credits) == 1 else "wait"
    return ToDo(
        f"{what} {waits} for your yes",
        f"{'Colleagues say' if waits == 'wait' else 'A colleague says'} what you did for a dataset. "
        "Nobody sees it before you agree.",
        url_for("people.thanks"),
        "Read and answer",
    )
