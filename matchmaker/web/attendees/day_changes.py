"""Late, leaving, a break or not today: from My day, showing first what falls away, then kept with one press."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from matchmaker.services.people import miss_rounds
from matchmaker.services.people.miss_rounds import AwayChoice, FallsAway, Way
from matchmaker.services.refused import Refused
from matchmaker.store.people import hours, registrations
from matchmaker.store.people.registrations import Presence
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.filters import clock, sentence_list
from matchmaker.web.transaction import session
from matchmaker.web.whole_numbers import whole

HEADINGS = {
    Way.LATE: "I will be late",
    Way.LEAVE: "I have to leave early",
    Way.PAUSE: "I need a break",
    Way.NOT_TODAY: "I am not coming today",
}
BUTTONS = {
    Way.LATE: "I come at {}",
    Way.LEAVE: "I leave before {}",
    Way.PAUSE: "I sit out {}",
    Way.NOT_TODAY: "I do not come today",
}
WHEN = {
    Way.LATE: "Choose when you come",
    Way.LEAVE: "Choose when you leave",
    Way.PAUSE: "Choose which round you sit out",
}
KEPT = {
    Way.LATE: "You are expected from {}",
    Way.LEAVE: "You leave before {}",
    Way.PAUSE: "You take a break at {}",
    Way.NOT_TODAY: "You are not expected any more today",
    Way.BACK: "You are expected again, in all rounds to come",
}


@attendees.get("/day/changes")
def day_changes() -> str:
    """Show what the reader can say of their day, and for each which meetings would fall away."""
    now = datetime.now(UTC)
    found = miss_rounds.choices(session(), event(), registration(), now)
    missed = hours.missed(event(), registration())
    begun = any(one.starts_at <= now for one in event().rounds)
    headings = HEADINGS | ({Way.NOT_TODAY: "I have to leave now"} if begun else {})
    buttons = BUTTONS | ({Way.NOT_TODAY: "I leave now"} if begun else {})
    gone = {part: _gone(part) for part in {part for one in found for part in one.falls}}
    groups: dict[Way, list[tuple[str, AwayChoice, str]]] = {}
    for one in found:
        groups.setdefault(one.way, []).append((_words(buttons, one), one, _falls(one, gone)))
    return render_template(
        "attendees/day_changes.html",
        event=event(),
        groups=[(headings[way], group) for way, group in groups.items()],
        misses=[
            clock(one.starts_at, event().zone)
            for one in event().rounds
            if one.starts_at > now and one.number in missed
        ],
        asked_again=request.args.get("way"),
        absent=registration().presence is Presence.ABSENT,
    )


@attendees.post("/day/changes")
def change_day() -> Response:
    """Keep that the reader is late, leaves, misses a round, does not come today, or is there after all."""
    way = next((one for one in Way if one.value == request.form.get("way")), None)
    if way is None:
        abort(400)
    registrations.hold(session(), event().id, me().id)
    number = request.form.get("round", type=whole)
    if number is None and way in WHEN:
        flash(WHEN[way], "important")
        return redirect(url_for("attendees.day_changes", way=way.value, _anchor=way.value))
    try:
        miss_rounds.say(session(), event(), registration(), way, number, datetime.now(UTC))
    except Refused as refused:
        flash(str(refused), "important")
        return redirect(url_for("attendees.day_changes"))
    starts = {one.number: clock(one.starts_at, event().zone) for one in event().rounds}
    flash(KEPT[way].format(starts.get(number or 0, "")), "success")
    return redirect(url_for("attendees.day"))


def _words(words: dict[Way, str], choice: AwayChoice) -> str:
    return words[choice.way].format(clock(choice.round.starts_at, event().zone) if choice.round else "")


def _falls(choice: AwayChoice, gone: Mapping[FallsAway, str]) -> str:
    """Return what falls away with a choice, as the beginning of a sentence."""
    return (
        Markup("You miss ") + Markup("; ").join([gone[one] for one in choice.falls])
        if choice.falls
        else "You miss nothing"
    )


def _gone(one: FallsAway) -> Markup:
    """Return one thing that falls away: with half of all choices, so it is written once."""
    if one.topic:
        what = Markup("{} “<bdi>{}</bdi>”").format("your topic" if one.hosts else "the topic", one.topic)
    else:
        what = escape(sentence_list(person.name for person in one.others))
    off = ", which is then off for everybody" if one.hosts else ""
    return Markup("{} at {}{}").format(what, clock(one.round.starts_at, event().zone), off)
