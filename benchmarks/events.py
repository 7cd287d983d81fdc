"""Invented events for the benchmarks: who should meet whom is planted, so that it can be looked for.

Everybody belongs to a field of work. On top of that three kinds of pairs are planted: *mates*, who work with the
same rare dataset and name the same rare thing; *helpers*, where one asks for what the other offers, in different
words; and *stuck*, where one is stuck on a dataset that the other maintains. Some profiles are copies of others,
and some say almost nothing.
"""

import random
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sparse_dot_topn import sp_matmul_topn

from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.scheduling.problem.problem import Person, Problem, Round

FIELDS: dict[str, str] = {
    "floods": "flood river rainfall gauge warning catchment drainage culvert surge embankment level runoff storm",
    "woods": "woodland tree forest canopy ancient oak felling timber planting bark hedgerow veteran grove",
    "birds": "bird wader nest ringing migration estuary plumage roost count species gull breeding colony",
    "soil": "soil peat carbon erosion compaction clay nutrient organic tillage core texture moisture profile",
    "water": "water quality nitrate phosphate sampling lake reservoir bathing pollution sewage algae outfall",
    "air": "air particulate nitrogen ozone ammonia sensor emission exhaust monitor dust breathing plume roadside",
    "farms": "farm holding crop livestock subsidy grazing harvest yield field tenant cattle arable fallow",
    "coast": "coast beach cliff tide dune saltmarsh harbour sediment shoreline wave groyne shingle lagoon",
    "fish": "fish catch quota vessel trawl shellfish landing net salmon eel stock spawning haul",
    "maps": "map lidar elevation survey satellite raster boundary tile projection aerial parcel imagery contour",
    "waste": "waste landfill recycling packaging permit incinerator fly tipping compost scrap plastics litter",
    "plants": "plant pest disease invasive weed seed pollinator bee fungus import inspection quarantine beetle",
}
"""Words of each field of work."""

THINGS = (
    "drained fen", "urban stream", "glass eel", "sea trout", "hazel dormouse", "chalk grassland", "storm overflow",
    "heat island", "roof runoff", "moss bog", "kelp bed", "orchard", "pond life", "badger sett", "otter holt",
    "slurry store", "rain garden", "leaky dam", "river bend", "lost hedge", "sand eel", "mine water", "oyster reef",
    "village green", "road verge", "cold spring", "salt lagoon", "hill cairn", "willow carr", "barn owl",
)  # fmt: skip
"""Rare things that mates have in common."""

SKILLS = (
    "spatial joins in PostGIS", "Bayesian hierarchical models", "writing metadata for INSPIRE",
    "web map tile servers",
    "Python packaging", "time series gap filling", "Freedom of Information redaction", "open licence wording",
    "drone image mosaics", "CSV schema validation", "survey sampling design", "linked data vocabularies",
    "record linkage without identifiers", "version control for spreadsheets", "Parquet file layout",
    "accessible chart colours", "unit testing of R scripts", "API rate limits", "coordinate system conversion",
    "training volunteers", "sensor calibration drift", "species name matching", "anonymising postcodes",
    "data sharing agreements", "dashboard usability testing", "acoustic bat classifiers", "tidal datum correction",
    "cost benefit appraisal", "optical character recognition of ledgers", "fuzzy address matching",
    "raster compression", "workflow scheduling with Airflow", "machine learning on imbalanced labels",
    "citizen science recruitment", "digital preservation formats", "statistical disclosure control",
    "hydraulic model calibration", "knowledge graph reasoning", "Welsh translation of datasets",
    "plain English guidance",
)  # fmt: skip
"""What people ask for and offer."""

ASKING = ("Looking for somebody who knows {}.", "I could do with advice on {}.", "Has anyone done {} before?",
          "We are struggling with {} at the moment.", "Help with {}")  # fmt: skip
OFFERING = ("I have done a lot of {}.", "Happy to talk about {}.", "Ask me about {}.", "{}: ten years of it.",
            "I run a course on {} in our office.")  # fmt: skip
WORKING = ("I work on {0} and {1}, with some {2}.", "My team looks after {0} {1} records and {2}.", "{0}, {1}, {2}.",
           "Since last year I have been in charge of {0} data, before that {1} and {2}.")  # fmt: skip


@dataclass(frozen=True)
class Event:
    """Profiles and what is planted in them, as pairs of positions; `copies` are groups of near-copies."""

    profiles: tuple[Profile, ...]
    catalogue: tuple[DatasetLink, ...]
    mates: tuple[tuple[int, int], ...]
    helpers: tuple[tuple[int, int], ...]
    stuck: tuple[tuple[int, int], ...]
    copies: tuple[tuple[int, ...], ...]


def made_up_event(people: int, seed: int, *, nearly_empty: float = 0.1) -> Event:
    """Make an event of so many people; the same seed makes the same event."""
    chance = random.Random(seed)
    catalogue = tuple(
        _dataset(field, number, chance) for field in FIELDS for number in range(max(8, people // 60))
    )
    everybody = [_person(place, chance, catalogue) for place in range(people)]
    order = chance.sample(range(people), people)
    mates, helpers, stuck, copies = [], [], [], []
    share = people // 10
    for number in range(0, share, 2):
        one, two = order[number], order[number + 1]
        thing, more = chance.sample(THINGS, 2)
        survey = DatasetLink(f"mates-{number}", f"{thing} notes".capitalize(), use="uses")
        for who, words in ((one, "At present mostly {}."), (two, "I care for every {} in the county.")):
            everybody[who] = replace(everybody[who], bio=f"{everybody[who].bio} {words.format(more)}")
            everybody[who] = _with(everybody[who], survey)
        mates.append((one, two))
    for number in range(share, 3 * share - 1, 2):
        one, two = order[number], order[number + 1]
        skill = SKILLS[number // 2 % len(SKILLS)]
        everybody[one] = replace(everybody[one], needs=chance.choice(ASKING).format(skill))
        everybody[two] = replace(
            everybody[two], offers=chance.choice(OFFERING).format(_turned(skill, chance))
        )
        helpers.append((one, two))
    for number in range(3 * share, 4 * share - 1, 2):
        one, two = order[number], order[number + 1]
        dataset = chance.choice(catalogue)
        everybody[one] = _with(everybody[one], replace(dataset, use="stuck"))
        everybody[two] = _with(everybody[two], replace(dataset, role="maintained"))
        stuck.append((one, two))
    for number in range(4 * share, 5 * share - 3, 4):
        group = order[number : number + 4]
        for who in group[1:]:
            everybody[who] = replace(everybody[group[0]], id=everybody[who].id)
        copies.append(tuple(group))
    for who in order[people - int(nearly_empty * people) :]:
        everybody[who] = Profile(
            everybody[who].id, everybody[who].organisation, bio=chance.choice(("", "Analyst"))
        )
    return Event(tuple(everybody), catalogue, tuple(mates), tuple(helpers), tuple(stuck), tuple(copies))


def _dataset(field: str, number: int, chance: random.Random) -> DatasetLink:
    words = chance.sample(FIELDS[field].split(), 5)
    title = f"{words[0]} {words[1]} {chance.choice(('register', 'archive', 'survey', 'monitoring', 'statistics'))}"
    about = f"Records of {words[2]} and {words[3]} by {words[4]}, area {chance.randrange(40)}, since {1950 + number}"
    return DatasetLink(f"{field}-{number}", title.capitalize(), about, (field,))


def _person(place: int, chance: random.Random, catalogue: tuple[DatasetLink, ...]) -> Profile:
    """Make somebody with a field, a neighbouring interest, and now and then an idle need or offer."""
    field = chance.choice(list(FIELDS))
    words = [*FIELDS[field].split(), *chance.choice(list(FIELDS.values())).split()[:4]]
    bio = " ".join(
        chance.choice(WORKING).format(*chance.sample(words, 3)) for _ in range(chance.randint(1, 3))
    )
    own = [link for link in catalogue if link.tags == (field,)]
    links = chance.sample(own, chance.randint(0, 3)) + chance.sample(catalogue, chance.randint(0, 1))
    used = tuple(replace(link, use=chance.choice(("uses", "uses", "wants"))) for link in dict.fromkeys(links))
    topics = tuple(f"{chance.choice(words)} {chance.choice(('data', 'models', 'policy'))}" for _ in range(2))
    needs = chance.choice(ASKING).format(f"{chance.choice(words)} figures") if chance.random() < 0.2 else ""
    offers = chance.choice(OFFERING).format(f"{chance.choice(words)} work") if chance.random() < 0.2 else ""
    return Profile(
        f"p{place}",
        f"org{chance.randrange(20)}",
        "",
        bio,
        topics,
        offers,
        needs,
        _once(used),
        frozenset(),
        frozenset(),
    )


def _once(links: tuple[DatasetLink, ...]) -> tuple[DatasetLink, ...]:
    return tuple({link.id: link for link in links}.values())


def _with(person: Profile, link: DatasetLink) -> Profile:
    return replace(person, datasets=(*(one for one in person.datasets if one.id != link.id), link))


def _turned(skill: str, chance: random.Random) -> str:
    """Say a skill in other words: in another order, or without one of them."""
    words = skill.split()
    if len(words) > 2 and chance.random() < 0.5:
        del words[chance.randrange(len(words))]
    if chance.random() < 0.5:
        words.reverse()
    return " ".join(words)


def made_up_problem(people: int, rounds: int, seed: int, candidates: int) -> Problem:
    """Make a problem for the planner: teams of about ten, whose members never meet one another.

    Each has a bag of datasets, two thirds of them of their community, and the `candidates` best partners by TF-IDF
    cosine. There is a table for every two people.
    """
    rng = np.random.default_rng([seed, people])
    datasets, community = min(6000, 250 + people), rng.integers(0, 25, people)
    team = rng.integers(0, max(1, people // 10), people)
    size = 4 + rng.poisson(10, people)
    person = np.repeat(np.arange(people), size)
    shared = rng.zipf(1.5, len(person)) % datasets
    own = 37 * community[person] * (rng.random(len(person)) < 0.65)
    bags = csr_matrix((np.ones(len(person)), (person, (shared + own) % datasets)), shape=(people, datasets))
    bags.sum_duplicates()
    bags.data[:] = 1
    rows = TfidfTransformer().fit_transform(bags)
    near = coo_matrix(sp_matmul_topn(rows, rows.T.tocsr(), top_n=min(people, candidates + 30), sort=True))
    others = team[near.row] != team[near.col]
    one, other, cosine = near.row[others], near.col[others], near.data[others]
    order = np.lexsort((other, -cosine, one))
    one, other, cosine = one[order], other[order], cosine[order]
    best = np.arange(len(one)) - np.searchsorted(one, one) < candidates
    pairs = {
        (min(a, b), max(a, b)): min(1.0, round(score, 6))
        for a, b, score in zip(one[best].tolist(), other[best].tolist(), cosine[best].tolist(), strict=True)
    }
    ids = [f"p{i}" for i in range(people)]
    return Problem(
        people=tuple(Person(one) for one in ids),
        rounds=(Round(people // 2),) * rounds,
        pairs=tuple((ids[a], ids[b], score) for (a, b), score in pairs.items()),
    )
