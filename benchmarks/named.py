"""How well datasets are recognised in free text: whole titles, short forms, and decoys that name none.

    python -m benchmarks.named [--seed 0] [--show]

Titles are those of the demo's catalogue and some more (`MORE`). Each is said in sentences: whole, without what only a
catalogue needs, by its initials, and by two telling words in any number and order beside a word such as "layer";
and a hundred by what people call it (`short_forms.py`).
Decoys are everyday sentences (`EVERYDAY`), and sentences about one or two words of a title, or of two titles.
Two readers of the titles who did not know the rules wrote the sentences in `short_forms.json`: short forms that a
colleague would understand, and decoys about work, places, organisations and methods in words of titles.
Prints for each kind how often the right dataset is found, and how often a wrong one is; for decoys, how often any is.
"""

import argparse
import json
import random
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from benchmarks.short_forms import FRESH, SUBJECTS, TRIED
from matchmaker.matching.dataset_names import Names
from matchmaker.matching.fillers import is_bent, is_filler, is_generic, singular
from matchmaker.matching.language import STOP_WORDS
from matchmaker.matching.profile import DatasetLink
from matchmaker.matching.titles import short

MORE = (
    "Source Protection Zones [Merged]", "Nitrate Vulnerable Zones 2017 Designations",
    "Ancient Woodland (England)", "Bovine TB breakdowns in cattle herds",
    "Provisional Agricultural Land Classification (ALC)",
    "Flood Map for Planning (Rivers and Sea) - Flood Zone 2",
    "Flood Map for Planning (Rivers and Sea) - Flood Zone 3", "LIDAR Composite DTM 2020 - 1m",
    "Risk of Flooding from Surface Water Extent", "Bathing Water Quality", "Water Quality Archive",
    "Priority River Habitat - Rivers", "Environmental Stewardship Scheme Agreements",
    "Air Quality Management Areas", "Recorded Flood Outlines", "Historic Landfill Sites",
    "Catchment Data Explorer", "Marine Conservation Zones (England)", "Ramsar (England)",
    "Crop Map of England (CROME) 2021", "Areas of Outstanding Natural Beauty (England)",
    "Countryside Stewardship Management Options", "Livestock Demographic Data Group: Cattle population report",
    "Detailed River Network", "Hydrology Archive", "Vertical Aerial Photography", "Public Rights of Way",
    "Registered Battlefields", "Scheduled Monuments", "Coastal Overview of Erosion and Accretion",
    "Great Crested Newts Survey Licence Returns", "Asset Inventory",
)  # fmt: skip

SAYING = (
    "I cannot get the {} to open", "Has anybody worked with the {} before", "we use the {} every week",
    "questions about the {}, please", "Stuck with the {} since March", "I know the {} well",
)  # fmt: skip
SMALL = ("and", "at", "for", "from", "in", "of", "the", "to")
CUES = ("layer", "data", "dataset", "figures", "records")

EVERYDAY = (
    "I plant trees in old woodland near rivers", "we measure how land is used", "training records for my team",
    "the risk of being late", "I walk my dog along the coast path", "our survey of staff was fun",
    "a map on the wall", "there is a flood of mail", "counting birds with children", "fish for dinner",
    "we look after water and soil", "my office locations change each year", "cats and dogs",
    "milk and honey from one farm", "we grow plants and export them", "the river was in flood in winter",
    "I like the smell of peat", "boats, nets and tides", "how to write a report for a minister",
    "cattle by the road", "a priority for us is the river habitat", "historic sites and landfill smells",
    "the air quality in our office", "public transport and rights", "scheduled meetings about monuments",
    "management of options in stewardship", "bathing the dog in water", "outstanding beauty of natural things",
    "asset lists and an inventory of chairs", "vertical stripes, aerial views", "crop rotation in England",
    "we register battlefields of ideas", "detail matters in a river network of people", "waste, energy and time",
    "sampling of beer", "seabed cables and fishing vessels", "tagging photos of crabs", "protection of sources",
    "zones of the brain", "vulnerable people and nitrate of soda", "great newts I have known",
    "biodiversity at home", "statistics for beginners", "wind and waves", "a composite picture of our users",
    "bees and hives", "pesticides in honey", "growing seasons are changing", "the status of my application",
    "boundaries at work", "objective writing", "a register of interests", "consent to be photographed",
    "the flow of a conversation", "soil on my boots, moisture in the tent", "deaths in novels",
    "sonar and archaeology as hobbies", "wrecks and reefs", "help with maps and data",
    "advice about surveys and records", "people who know rivers, soil and data",
)  # fmt: skip


def catalogue() -> list[DatasetLink]:
    """Return the demo's datasets and `MORE`."""
    demo = json.loads((files("matchmaker.commands.demo_event") / "datasets.json").read_text("utf-8"))
    found = [DatasetLink(one["id"], one["title"], names=tuple(one.get("aliases", ()))) for one in demo]
    return found + [DatasetLink(f"more-{number}", title) for number, title in enumerate(MORE)]


def telling(title: str) -> list[str]:
    """Return the words of a title that say what it is about."""
    words = [word.strip("(),:[].&–") for word in short(title).split()]  # noqa: RUF001
    return [word for word in words if word.isalpha() and len(word) > 3 and _tells(word.lower())]


def _tells(word: str) -> bool:
    return not (is_filler(word) or is_generic(word) or is_bent(word) or word in STOP_WORDS)


def said(link: DatasetLink, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield what kind of name it is and a sentence with it."""
    pattern = chance.choice(SAYING)
    yield "whole title", pattern.format(link.title)
    yield "in small letters", pattern.format(link.title.lower())
    if len(short(link.title).split()) > 2:
        yield "short title", pattern.format(short(link.title))
    capital = [word for word in short(link.title).split() if word not in SMALL]
    if 2 < len(capital) < 6 and all(word.isalpha() and word.istitle() for word in capital):
        yield "initials", pattern.format("".join(word[0] for word in capital))
    words = telling(link.title)
    if len(words) > 1:
        two = chance.sample(words[:3], 2)
        two[-1] = singular(two[-1]) if singular(two[-1]) != two[-1] else f"{two[-1]}s"
        yield "two telling words", pattern.format(f"{' '.join(two).lower()} {chance.choice(CUES)}")


def decoys(links: list[DatasetLink], chance: random.Random) -> Iterator[str]:
    """Yield sentences that name no dataset, though they hold words of titles; one that is a whole title is a name."""
    alone = {short(link.title) for link in links}
    yield from (*EVERYDAY, *SUBJECTS)
    for link in links:
        words = [one for one in telling(link.title) if one not in alone] or ["data"]
        other = [one for one in telling(chance.choice(links).title) if one not in alone] or ["maps"]
        pattern = chance.choice(SAYING)
        yield pattern.format(f"{chance.choice(words).lower()} {chance.choice(('work', 'team', 'people'))}")
        yield pattern.format(f"{chance.choice(words).lower()} near the {chance.choice(other).lower()}")
        yield f"I like {chance.choice(words).lower()} and {chance.choice(other).lower()} data"


def find_titles(links: list[DatasetLink], names: Names, chance: random.Random, *, show: bool) -> None:
    """Print how often each kind of name is found."""
    titles = {link.id: link.title for link in links}
    counts: dict[str, list[int]] = {}
    for link in links:
        for kind, sentence in said(link, chance):
            ids = {one for mention in names.find(sentence) for one in mention.datasets}
            right = any(titles[one] == link.title for one in ids)
            for place, count in enumerate((1, int(right), int(bool(ids) and not right))):
                counts.setdefault(kind, [0, 0, 0])[place] += count
            if show and not right:
                print(f"missed ({kind}): {sentence!r}", [titles[one] for one in ids][:3])
    for kind, (number, hits, wrong) in counts.items():
        print(f"{kind:20}{number:5} found {hits / number:.3f}  only wrong {wrong / number:.3f}")


def find_short_forms(links: list[DatasetLink], names: Names, *, show: bool) -> None:
    """Print how often the right dataset is found by what people call it."""
    titles = {link.id: link.title for link in links}
    for kind, forms in (("tried short forms", TRIED), ("fresh short forms", FRESH)):
        right = 0
        for sentence, part in forms:
            found = [titles[one] for mention in names.find(sentence) for one in mention.datasets]
            hit = any(part in title for title in found)
            right += int(hit)
            if show and not hit:
                print(f"missed ({kind}): {sentence!r}", found[:3])
        print(f"{kind:20}{len(forms):5} found {right / len(forms):.3f}")


def find_written(links: list[DatasetLink], names: Names, file: Path, *, show: bool) -> None:
    """Print how often short forms that others wrote are found, and how often their decoys are linked."""
    titles = {link.id: link.title for link in links}
    written = json.loads(file.read_text("utf-8"))
    missed = []
    for sentence, title in written["named"]:
        found = [titles[one] for mention in names.find(sentence) for one in mention.datasets]
        if not any(_alike(one, title) for one in found):
            missed.append((sentence, title))
    linked = [one for one in written["decoys"] if names.find(one)]
    number, decoys = len(written["named"]), len(written["decoys"])
    print(f"{'written by others':20}{number:5} found {1 - len(missed) / number:.3f}")
    print(f"{'their decoys':20}{decoys:5} linked {len(linked) / decoys:.3f}")
    if show:
        for sentence, title in missed:
            print(f"missed (written by others): {sentence!r} {title!r}")
        print(*(f"decoy: {one!r}" for one in linked), sep="\n")


def _alike(one: str, title: str) -> bool:
    """Whether these are one title, or editions of one."""
    return short(one) == short(title) or one.split()[:4] == title.split()[:4]


def main() -> None:
    """Print the shares."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument(
        "--written",
        type=Path,
        default=Path(__file__).parent / "short_forms.json",
        help="A file of short forms and decoys, if not the one kept here.",
    )
    options.add_argument("--show", action="store_true", help="Print what is missed and what is wrong.")
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    links = catalogue()
    names = Names(links)
    titles = {link.id: link.title for link in links}
    find_titles(links, names, chance, show=chosen.show)
    find_short_forms(links, names, show=chosen.show)
    find_written(links, names, chosen.written, show=chosen.show)
    several = list(decoys(links, chance))
    linked = [(one, names.find(one)) for one in several]
    if chosen.show:
        for sentence, found in linked:
            if found:
                print(f"decoy: {sentence!r}", [(one.text, titles[one.datasets[0]]) for one in found])
    print(
        f"{'decoys':20}{len(several):5} linked {sum(bool(found) for _, found in linked) / len(several):.3f}"
    )


if __name__ == "__main__":
    main()
