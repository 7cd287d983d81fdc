from matchmaker.matching.lost_labels import Knower, UnnamedDataset, tables
from matchmaker.matching.profile import DatasetLink, Profile

PEAT = DatasetLink("lost", "Peat depth survey of northern moors", "Depth of peat measured by rod on moors")
NEAR = DatasetLink("near", "Peat depth survey of southern moors", "Depth of peat by rod", role="collected")
FAR = DatasetLink("far", "Bus timetables", "Departures of buses by stop", role="collected")


def knower(name, *links, organisation="Bus Office", publishers=(), years=(), topics=(), not_with=()):
    profile = Profile(
        name, organisation=organisation, datasets=links, topics=topics, not_with=frozenset(not_with)
    )
    return Knower(profile, frozenset(publishers), years)


def seated(found):
    return [[guess.id for guess in table.people] for table in found]


NOISE = [knower(f"noise{number}", FAR) for number in range(5)]


def test_those_who_made_something_alike_work_at_the_publisher_or_on_the_subject_sit_together():
    people = [
        *NOISE,
        knower("alike", NEAR),
        knower("publisher", FAR, organisation="Moor Office"),
        knower("topic", FAR, topics=("peat depth", "buses")),
    ]
    (table,) = tables([UnnamedDataset(PEAT, "moor office", wanted=4)], people, most=5)
    assert {guess.id for guess in table.people} == {"alike", "publisher", "topic"}
    why = {guess.id: guess.why for guess in table.people}
    assert why["alike"] == (("similar", NEAR.title),)
    assert why["publisher"] == (("publisher", "moor office"),)
    assert why["topic"] == (("topic", "peat depth"),)


def test_a_maker_comes_before_a_user_and_near_years_before_far_ones():
    user = DatasetLink(NEAR.id, NEAR.title, NEAR.description, use="uses")
    people = [
        knower("user", user),
        knower("long ago", NEAR, years=((1990, 1992),)),
        knower("at the time", NEAR, years=((2015, 2018),)),
    ]
    assert seated(tables([UnnamedDataset(PEAT, year=2019)], people, most=5)) in (
        [["at the time", "long ago", "user"]],
        [],
    )
    more = [*people, knower("another", NEAR)]
    assert seated(tables([UnnamedDataset(PEAT, year=2019)], more, most=5))[0][0] == "at the time"


def test_whoever_asks_for_it_is_not_at_its_table():
    asks = DatasetLink(PEAT.id, PEAT.title, use="stuck")
    people = [knower(name, NEAR) for name in "abc"] + [knower("asks", NEAR, asks, organisation="Moor Office")]
    assert seated(tables([UnnamedDataset(PEAT, "Moor Office")], people, most=5)) == [["a", "b", "c"]]


def test_nobody_sits_twice_or_with_whom_they_must_not_and_the_most_wanted_goes_first():
    other = DatasetLink("lost too", "Peat depth survey of western moors", "Depth of peat by rod")
    people = [knower(name, NEAR) for name in "bcdefg"] + [knower("a", NEAR, not_with=("b",))]
    found = tables([UnnamedDataset(PEAT, wanted=1), UnnamedDataset(other, wanted=3)], people, most=5)
    assert [table.lost.link.id for table in found] == ["lost too", "lost"]
    assert seated(found) == [["a", "c", "d"], ["b", "e", "f"]]
    assert len(tables([UnnamedDataset(PEAT, wanted=1), UnnamedDataset(other, wanted=3)], people, most=1)) == 1


def test_without_three_who_may_know_there_is_no_table():
    assert tables([UnnamedDataset(PEAT)], [*NOISE, knower("alike", NEAR)], most=5) == []
    assert tables([], NOISE, most=5) == []
    assert tables([UnnamedDataset(PEAT)], NOISE[:2], most=5) == []


def test_whoever_says_that_they_worked_on_it_sits_first():
    own = DatasetLink(PEAT.id, PEAT.title, role="backed")
    people = [knower(name, NEAR) for name in "abc"] + [knower("said so", own)]
    (table,) = tables([UnnamedDataset(PEAT)], people, most=5)
    assert [guess.id for guess in table.people] == ["said so", "a", "b"]
    assert table.people[0].why == (("own", PEAT.title),)
