"""The demo event's content: that it holds together, keeps the rules, and does not repeat itself."""

import itertools
import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import matchmaker.commands
from matchmaker.recognition.roles import ROLES
from matchmaker.recognition.rules import (
    ALLOWANCE,
    TO_ONE_PERSON,
    Claim,
    Offer,
    contribution_problems,
    endorsement_problems,
)
from matchmaker.recognition.states import EndorsementState

FOLDER = Path(matchmaker.commands.__file__).parent / "demo_event"
TOO_ALIKE = 0.12
"""Share of three-word runs that two texts may have in common."""


def read(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


EVENT = read("event")
DATASETS = {one["id"]: one for one in read("datasets")}
PEOPLE = {one["key"]: one for one in read("people")}
ENDORSEMENTS = read("endorsements")
ANSWERS = read("answers")
PAIRS = json.loads((Path(__file__).parent / "demo_pairs.json").read_text(encoding="utf-8"))
"""[who needs, who offers it], planted on purpose."""


def entries():
    return [(person, entry) for person in PEOPLE.values() for entry in person["datasets"]]


def nearly_empty(person):
    return len(person["bio"]) < 70 and not person["needs"]


def shingles(text):
    words = re.findall(r"[^\W_]+", text.casefold())
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}


def alike(left, right):
    both = shingles(left) | shingles(right)
    return len(shingles(left) & shingles(right)) / len(both) if both else 0.0


def test_a_hall_full_of_people():
    assert len(PEOPLE) == len(read("people")) == 120
    assert Counter(person["state"] for person in PEOPLE.values()) == {
        "confirmed": 114,
        "invited": 4,
        "cancelled": 1,
        "declined": 1,
    }
    assert len({person["organisation"] for person in PEOPLE.values()}) >= 20
    assert 10 <= sum(nearly_empty(person) for person in PEOPLE.values()) <= 25


def test_addresses_are_unique_and_reach_nobody():
    addresses = [person["email"] for person in PEOPLE.values()]
    addresses += [EVENT["contact"]["email"], EVENT["personas"]["organiser"]["email"]]
    assert len(set(addresses)) == len(addresses) == 122
    domains = {place["domain"] for place in EVENT["organisations"]}
    for person in PEOPLE.values():
        assert re.fullmatch(r"[a-z.-]+@[a-z-]+\.example", person["email"])
        assert person["email"].split("@")[1] in domains
    assert EVENT["personas"]["organiser"]["email"].endswith(".example")


def test_names_are_as_varied_as_names_are():
    names = [person["name"] for person in PEOPLE.values()]
    assert len(set(names)) == len(names)
    assert [name for name in names if " " not in name] == ["Sutrisno"]
    assert any("ŵ" in name and "ŷ" in name for name in names)
    assert any("'" in name or "’" in name for name in names)
    assert any(re.search(r"[а-яА-Я]", name) for name in names)
    assert max(map(len, names)) > 50


def test_people_need_what_a_hall_has_to_provide():
    def count(field):
        return sum(bool(person.get(field)) for person in PEOPLE.values())

    assert (count("step_free"), count("quiet"), count("fixed_table")) == (3, 2, 1)
    assert count("trio") >= 5
    assert count("arrives") + count("leaves") >= 5


def test_datasets_are_many_and_each_is_one():
    assert len(DATASETS) == len(read("datasets")) >= 120
    assert len({one["url"] for one in DATASETS.values()}) == len(DATASETS)
    for one in DATASETS.values():
        assert one["url"] == f"https://www.data.gov.uk/dataset/{one['id']}"
        assert 2 <= len(one["tags"]) <= 5
        assert one["title"]
        assert one["publisher"]


def test_topics_come_from_the_vocabulary():
    used = {topic for one in [*DATASETS.values(), *PEOPLE.values()] for topic in one["topics"]}
    assert used == set(EVENT["topics"])
    assert 35 <= len(used) <= 50


def test_every_dataset_somebody_lists_is_in_the_catalogue():
    assert {entry["dataset"] for _, entry in entries()} <= set(DATASETS)


def test_an_entry_is_a_role_or_a_use():
    for person, entry in entries():
        assert ("role" in entry) != ("use" in entry), person["key"]
        assert entry.get("use", "uses") in {"uses", "wants", "stuck"}


def test_what_people_say_of_themselves_keeps_the_rules():
    for person, entry in entries():
        if "role" in entry:
            claim = Claim(
                role=entry["role"],
                note=entry.get("note", ""),
                first_year=entry.get("first_year"),
                last_year=entry.get("last_year"),
            )
            assert contribution_problems(claim, this_year=2027) == (), person["key"]


def test_nobody_lists_the_same_thing_twice():
    for person in PEOPLE.values():
        listed = [(entry["dataset"], entry.get("role", entry.get("use"))) for entry in person["datasets"]]
        assert len(set(listed)) == len(listed), person["key"]


def test_a_third_of_the_datasets_has_lost_its_label():
    named = {entry["dataset"] for _, entry in entries() if "role" in entry}
    named |= {one["dataset"] for one in ENDORSEMENTS if one["state"] == "accepted"}
    assert 0.25 <= 1 - len(named) / len(DATASETS) <= 0.45


def test_thanks_keep_the_rules():
    given, to_one = Counter(), Counter()
    for one in ENDORSEMENTS:
        offer = Offer(
            giver=list(PEOPLE).index(one["giver"]),
            receiver=list(PEOPLE).index(one["receiver"]),
            role=one["role"],
            role_text=one.get("role_text", ""),
            sentence=one["sentence"],
            relation=one["relation"],
            evidence_url=one.get("evidence_url", ""),
            given_by_giver=given[one["giver"]],
            given_to_receiver=to_one[one["giver"], one["receiver"]],
            giver_registered=PEOPLE[one["giver"]]["state"] == "confirmed",
        )
        assert endorsement_problems(offer) == (), one
        given[one["giver"]] += 1
        to_one[one["giver"], one["receiver"]] += 1
    assert max(given.values()) <= ALLOWANCE
    assert max(to_one.values()) <= TO_ONE_PERSON


def test_thanks_are_for_datasets_of_the_catalogue_and_each_is_given_once():
    keys = [(one["giver"], one["receiver"], one["dataset"], one["role"]) for one in ENDORSEMENTS]
    assert len(set(keys)) == len(keys) >= 60
    assert {one["dataset"] for one in ENDORSEMENTS} <= set(DATASETS)
    assert {one["role"] for one in ENDORSEMENTS} <= set(ROLES)


def test_most_thanks_are_accepted_and_some_wait_for_a_yes():
    states = Counter(EndorsementState(one["state"]) for one in ENDORSEMENTS)
    assert set(states) == {EndorsementState.ACCEPTED, EndorsementState.AWAITING}
    assert 6 <= states[EndorsementState.AWAITING] <= 12


def test_answers_are_about_others_and_given_once():
    keys = [(one["person"], one["about"]) for one in ANSWERS]
    assert len(set(keys)) == len(keys) >= 140
    assert {key for pair in keys for key in pair} <= set(PEOPLE)
    assert all(person != about for person, about in keys)
    assert {one["answer"] for one in ANSWERS} == {"meet", "not_for_me", "know", "block"}


def test_about_twenty_five_pairs_want_to_meet_each_other():
    meets = {(one["person"], one["about"]) for one in ANSWERS if one["answer"] == "meet"}
    mutual = [pair for pair in meets if pair[0] < pair[1] and pair[::-1] in meets]
    assert 22 <= len(mutual) <= 32


def test_the_attendee_on_show_has_something_to_look_at():
    amara = EVENT["personas"]["attendee"]["key"]
    waiting = [one for one in ENDORSEMENTS if one["receiver"] == amara and one["state"] == "awaiting"]
    meets = {(one["person"], one["about"]) for one in ANSWERS if one["answer"] == "meet"}
    introductions = [about for person, about in meets if person == amara and (about, amara) in meets]
    assert len(waiting) >= 2
    assert len(introductions) >= 2


def test_personas_are_who_they_say():
    for kind in ("attendee", "endorser"):
        persona = EVENT["personas"][kind]
        person = PEOPLE[persona["key"]]
        assert (person["email"], person["name"]) == (persona["email"], persona["name"])
    assert sum(one["giver"] == EVENT["personas"]["endorser"]["key"] for one in ENDORSEMENTS) >= 3


def test_the_day_runs_forward_in_its_own_zone():
    zone = ZoneInfo(EVENT["zone"])
    day = date.fromisoformat(EVENT["date"])
    starts = [
        datetime.combine(day, datetime.strptime(one["start"], "%H:%M").time(), zone)
        for one in EVENT["rounds"]
    ]
    assert len(starts) == 6
    for one, start, following in zip(EVENT["rounds"], starts, starts[1:], strict=False):
        assert start + timedelta(minutes=one["minutes"]) <= following
    assert date.fromisoformat(EVENT["erase_on"]) > day


def test_the_hall_seats_everybody_who_comes():
    tables = EVENT["tables"]
    assert [table["number"] for table in tables] == list(range(1, len(tables) + 1))
    confirmed = sum(person["state"] == "confirmed" for person in PEOPLE.values())
    assert 2 * sum(not table.get("for_topics") for table in tables) >= confirmed
    for need in ("step_free", "quiet"):
        assert sum(bool(table.get(need)) for table in tables) >= 3
    assert {table["seats"] for table in tables if not table.get("for_topics")} == {2, 3}
    assert {person.get("fixed_table", 1) for person in PEOPLE.values()} <= {one["number"] for one in tables}


def test_planted_needs_are_met_by_somebody_who_is_there():
    assert len({tuple(sorted(pair)) for pair in PAIRS}) >= 30
    for asking, helping in PAIRS:
        assert PEOPLE[asking]["needs"], asking
        assert PEOPLE[helping]["offers"], helping
        assert {PEOPLE[asking]["state"], PEOPLE[helping]["state"]} == {"confirmed"}


@pytest.mark.parametrize("field", ["bio", "offers", "needs"])
def test_no_two_people_sound_alike(field):
    texts = [person[field] for person in PEOPLE.values() if person[field]]
    assert len(set(texts)) == len(texts)
    worst = max(itertools.combinations(texts, 2), key=lambda pair: alike(*pair))
    assert alike(*worst) < TOO_ALIKE, worst


def test_no_two_thanks_sound_alike():
    texts = [one["sentence"] for one in ENDORSEMENTS]
    worst = max(itertools.combinations(texts, 2), key=lambda pair: alike(*pair))
    assert alike(*worst) < TOO_ALIKE, worst


def test_no_sentence_is_a_template():
    """A pattern shows in openings: no three words begin more than a few of the texts."""
    texts = [person["bio"] for person in PEOPLE.values()] + [one["sentence"] for one in ENDORSEMENTS]
    openings = Counter(" ".join(text.casefold().split()[:3]) for text in texts if len(text.split()) > 3)
    assert openings.most_common(1)[0][1] <= 3, openings.most_common(3)


def test_nobody_shouts():
    texts = [person[field] for person in PEOPLE.values() for field in ("bio", "offers", "needs")]
    texts += [one["sentence"] for one in ENDORSEMENTS] + [one["description"] for one in DATASETS.values()]
    assert not any("!" in text for text in texts)
