"""Datasets named in free text are recognised, and everyday words that are also in titles are not."""

import pickle

import pytest

from matchmaker.matching.conviction import ENOUGH
from matchmaker.matching.dataset_names import Names
from matchmaker.matching.explain import Explanations
from matchmaker.matching.mentions import names_known, with_mentions
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.matching.suggest import suggest
from matchmaker.matching.vectors import vectorise

TITLES = {
    "lidar": "LIDAR Composite DSM 2017 - 2m",
    "woods": "Ancient Woodland (England)",
    "tb": "Bovine TB breakdowns in cattle herds",
    "spz": "Source Protection Zones [Merged]",
    "nvz": "Nitrate Vulnerable Zones 2017 Designations",
    "alc1": "Agricultural Land Classification detailed Post 1988 survey ALCW00795",
    "alc2": "Agricultural Land Classification detailed Post 1988 survey ALCL03297",
    "flood": "Flood Map for Planning (Rivers and Sea) - Flood Zone 2",
    "sssi": "Sites of Special Scientific Interest (England)",
    "shad": "2001 The Environment Agency (EA) Tamar and Lynher Rivers and Estuaries Shad surveys and records",
    "training": "Training records",
    "magic": "Protected places on one map",
    "prow": "Public Rights of Way",
    "moor": "DNPA Section 3 Moorland",
    "ewco": "EWCO - Keeping Rivers Cool Riparian Buffers",
    "mussels": "Taw-Torridge Mussel Stock Assessment 2019",
    "landings": "United Kingdom Fish Landings by ICES Rectangle 2010",
    "geo": "BGS GeoIndex - Geochemistry data theme (OGC WxS INSPIRE)",
    "dogs": "Dogs per household per parish",
    "grow": "Grow With Wyre Woodland Improvement Grant Project Area",
    "nfi": "National Forest Inventory GB 2023",
    "hives": "Colony Inspections and Foulbrood Disease in England for 2010",
    "deaths": "Calf deaths for Scotland January to June 2014",
    "salween": "Flow velocity, discharge and sediment of the Irrawaddy and Salween Rivers, 2017-2019",
    "driving": "Monthly mean soil moisture by grid: observed driving data [MaRIUS-G2G-MORECS-monthly]",
    "sea": "2014 Natural Heritage Trust (NHT) Fal and Helford diver survey",
}
NAMES = Names(
    DatasetLink(one, title, names=("MAGIC",) if one == "magic" else ()) for one, title in TITLES.items()
)


@pytest.mark.parametrize(
    ("text", "written", "datasets"),
    [
        ("I can't get the LIDAR composite to open in QGIS", "LIDAR composite", ["lidar"]),
        ("lidar composite dsm 2017, please", "lidar composite dsm", ["lidar"]),
        ("we use the ancient woodlands layer a lot", "ancient woodlands", ["woods"]),
        ("any data on woodland or things ancient", None, []),
        ("bTB breakdown data", "bTB breakdown", ["tb"]),
        ("cattle breakdowns figures", "cattle breakdowns", ["tb"]),
        ("Which SPZ am I in?", "SPZ", ["spz"]),
        ("Two NVZs meet here", "NVZs", ["nvz"]),
        ("the ALC grade of one field", "ALC", ["alc1", "alc2"]),
        ("alcw00795 has no edge", "alcw00795", ["alc1"]),
        ("the flood map for planning", "flood map for planning", ["flood"]),
        ("SSSI boundaries", "SSSI", ["sssi"]),
        ("sites of special scientific interest", "sites of special scientific interest", ["sssi"]),
        ("I live on MAGIC", "MAGIC", ["magic"]),
        ("the PROW layer", "PROW", ["prow"]),
        ("section 3 moorland polygons", "section 3 moorland", ["moor"]),
        ("a PRoW in the wrong field", "PRoW", ["prow"]),
        ("keeping rivers cool with riparian buffers", "keeping rivers cool with riparian buffers", ["ewco"]),
        ("how the mussel stock on the Taw was counted", "mussel stock on the Taw", ["mussels"]),
        ("fish landings by rectangle", "fish landings by rectangle", ["landings"]),
        ("does GeoIndex load", "GeoIndex", ["geo"]),
        ("flood zone 2", "flood zone", ["flood"]),
        ("the dive survey of Fal and Helford", "survey of Fal and Helford", ["sea"]),
        ("mussel stock in the pond", None, []),
        ("geoindex and the rights of way", None, []),
        ("fish and rectangle data", None, []),
        ("fish landings are down again", None, []),
        ("We look after ancient woodland and old trees", None, []),
        ("training records for my team", None, []),
        ("magic happens; the zones of protection are a source of joy", None, []),
        ("the EA asked for a flood of mail", None, []),
        ("in spz and alc", None, []),
        ("", None, []),
        # the words apart, shortened, mistyped, or in another order
        (
            "does the mussel assessment of 2019 open, the one on the Taw",
            "mussel assessment",
            ["mussels"],
        ),
        ("Stuck on tiling the geochem theme of the Geoindex", "theme of the Geoindex", ["geo"]),
        ("the anceint woodland layer", "anceint woodland", ["woods"]),
        ("FZ2 polygons are too big", "FZ2", ["flood"]),
        # how a title begins, with its preposition; without its country; with its year; by a code in brackets
        ("Vets ask about dogs per household", "dogs per household", ["dogs"]),
        ("I walked every wood of Grow with Wyre", "Grow with Wyre", ["grow"]),
        ("we grow with Wyre in mind", None, []),
        ("dogs in the household", None, []),
        ("hedges in the national forest inventory", "national forest inventory", ["nfi"]),
        ("an inventory of the forest, nationally", None, []),
        ("My hives are in Colony Inspections 2010", "Colony Inspections", ["hives"]),
        ("the inspection of my colony in 2011", None, []),
        ("Dartmoor section 3 moorland has moved", "section 3 moorland", ["moor"]),
        ("figures for Scottish calf deaths", "Scottish calf deaths", ["deaths"]),
        (
            "I compare with the Salween and Irrawaddy discharge",
            "Salween and Irrawaddy discharge",
            ["salween"],
        ),
        ("I ran MORECS once", "MORECS", ["driving"]),
        # people, rules, and one of many
        ("SSSI consents, and how to explain them to a farmer", None, []),
        ("I live in an SSSI", None, []),
        ("NVZ policy lead", None, []),
        ("public rights of way officer", None, []),
        ("retired from the Natural Heritage Trust", None, []),
        ("moorland and mussels, woodland and cattle: data on nature", None, []),
    ],
)
def test_names_are_found_as_people_write_them(text, written, datasets):
    found = NAMES.find(text)
    assert [(one.text, list(one.datasets)) for one in found] == ([(written, datasets)] if written else [])
    assert all(text[one.start : one.end] == one.text for one in found)


def test_what_was_found_in_peoples_words_is_not_put_in_a_file_and_is_found_again():
    names = Names([DatasetLink("prow", TITLES["prow"])])
    said = "Who checks the Public Rights of Way for Ashcombe?"
    found = names.find(said)
    kept = pickle.dumps(names)
    assert [one.datasets for one in found] == [("prow",)]
    assert b"Ashcombe" not in kept
    assert pickle.loads(kept).find(said) == names.find(said) == found


def test_a_title_in_the_same_words_and_another_order_is_another_dataset():
    names = Names([DatasetLink("a", "River flood register"), DatasetLink("b", "Flood river register")])
    assert [one.datasets for one in names.find("Help with the Flood river register and barley")] == [("b",)]


LIDAR = DatasetLink("lidar", TITLES["lidar"])


def named_by(everybody, catalogue):
    """The profiles with what they name in words."""
    return with_mentions(everybody, *names_known(everybody, catalogue))


def people(needs="", bio="", offers=""):
    return [
        Profile("ann", needs=needs, bio=bio, offers=offers),
        Profile("ben", datasets=(DatasetLink("lidar", TITLES["lidar"], role="collected"),)),
        *(Profile(f"p{number}", bio=f"Peat{number}", needs=f"Moss{number} maps") for number in range(20)),
    ]


@pytest.mark.parametrize(
    ("field", "text", "how", "mine"),
    [
        ("needs", "I can't get the LIDAR composite to open in QGIS", "stuck", "is stuck on it"),
        ("needs", "The LIDAR Composite DSM and what is in it", "needs", "asks about it"),
        ("bio", "I have been stuck on the LIDAR composite since May", "stuck", "is stuck on it"),
    ],
)
def test_who_names_a_dataset_in_a_sentence_is_told_of_who_made_it(field, text, how, mine):
    everybody = people(**{field: text})
    assert [link.said for link in named_by(everybody, [LIDAR])[0].datasets] == [how]
    best = suggest(everybody, catalogue=[LIDAR])["ann"][0]
    assert (best.id, best.reasons[0].kind, best.reasons[0].what) == ("ben", "need", LIDAR.title)
    assert best.reasons[0].mine == f"{LIDAR.title}: {mine}"


def test_who_offers_help_with_a_dataset_by_name_is_found_by_who_is_stuck_on_it():
    ann, _, *others = people(offers="reading the LIDAR Composite DSM")
    stuck = Profile("cat", datasets=(DatasetLink("lidar", TITLES["lidar"], use="stuck"),))
    best = suggest([ann, stuck, *others], catalogue=[LIDAR])["cat"][0]
    assert (best.id, best.reasons[0].theirs) == ("ann", f"{LIDAR.title}: offers help with it")


def test_what_a_person_says_is_not_meant_stays_out_and_so_does_what_they_deny():
    ann, *others = people(needs="LIDAR Composite DSM, anyone?")
    meant_else = Profile("ann", needs=ann.needs, not_meant=frozenset({"lidar"}))
    denied = Profile("ann", offers="I no longer work on the LIDAR Composite DSM")
    for one in (meant_else, denied):
        assert named_by([one, *others], [LIDAR])[0].datasets == ()


def test_a_dataset_that_nobody_else_has_to_do_with_adds_nothing():
    assert named_by(people(needs="LIDAR Composite DSM")[:1], [LIDAR])[0].datasets == ()


@pytest.mark.parametrize("term", ["R", "C", "C#", "D3", "5G", "ISO 19115", "EPSG:27700", "NVZ"])
def test_coded_terms_are_words_that_can_be_a_reason(term):
    everybody = [
        Profile("ann", needs=f"I need help with {term}"),
        Profile("ben", offers=f"I can teach {term} to beginners"),
        Profile("cat", offers="Teaching beginners about ISO 8601 and C++"),
        *(Profile(f"p{number}", offers=f"I can teach moss{number % 7} to beginners") for number in range(40)),
    ]
    best = suggest(everybody)["ann"][0]
    assert (best.id, best.reasons[0].what) == ("ben", term)


def test_a_single_capital_that_begins_a_name_is_no_term():
    ann, ben = Profile("ann", needs="Somebody like R. Smith of Group C"), Profile("ben", offers="R and C")
    found = Explanations(vectorise([ann, ben])).of([(0, 1)])[0, 1]
    assert sum(one.strength for one in found.reasons) < ENOUGH


def test_an_abbreviation_meets_what_it_stands_for():
    everybody = [
        Profile("ann", needs="Energy Performance Certificates matched to addresses"),
        Profile("ben", offers="EPC address matching"),
        Profile("cat", offers="performance art certificates"),
        Profile("dan", offers="address labels for cakes"),
    ]
    assert [one.id for one in suggest(everybody)["ann"]][0] == "ben"
