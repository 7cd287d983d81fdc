"""Needs and offers planted as strangers might write them, to see whether each finds the other.

30 people of 100 are planted in pairs. What one asks for and the other offers share some of the nouns it is about,
never a whole sentence, in 10 to 40 words of talk; everybody else talks, asks and offers in the same sentences
about other things. There are five kinds of pairs (`KINDS`).
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from benchmarks.events import FIELDS, SKILLS, THINGS, Event, made_up_event

NOUNS = tuple(
    """
abstraction acoustics aggregates allotment antler aquifer asbestos ash avalanche badger bakery
barley basalt bathymetry battery beaver beech biochar biogas bittern bluebell borehole bracken bream
brewery buzzard canal carp cavern cedar cellar cement chalk cherry chlorine cholera cistern cobalt
cockle conifer copper coral cormorant crane cricket crayfish curlew cyanide cypress dairy damson
dandelion diesel dioxin ditch dolphin dragonfly drought eelgrass elm emissivity ermine eucalyptus
falcon fern ferret fertiliser firewood foxglove fungicide gannet gasworks genome geothermal glacier
goose granite gravel greenhouse grouse gypsum haddock heather hemlock heron herring honey hops
hornet humidity hydrogen ibis insulation iodine isotope ivy jellyfish juniper kestrel kingfisher
knotweed lapwing larch lead lichen lime limestone linseed lobster lupin magpie malaria manure maple
marl marten methane midge mink mistletoe mosquito mussel mustard nettle newt nightjar nuclide oats
odour orchid osprey oyster parasite parsnip partridge peregrine pesticide petrel pheasant phosphorus
pike pine plankton plover pollen poplar potash poultry primrose puffin quarry quartz rabies radon
raptor reed reindeer resin rhododendron rye salinity salmonella sandstone sawmill seagrass septic
sewerage shale shrimp silage slate slug snail solvent sorghum sparrow spruce squirrel starling stoat
sturgeon sugar sulphur swallow swift sycamore tannery tar teal termite thistle tick timber toad
topsoil trawler turbidity turbine turnip uranium vineyard viper vole walnut wasp watercress wetland
wheat wildfire windfarm wool worm yarrow yew zinc zooplankton
""".split()  # noqa: SIM905 - a list to read
)
"""What needs and offers are about: two hundred and more things, each in a few people's sentences."""

TALK = (
    "honestly our small team has been going round in circles with this since the spring",
    "I would value half an hour over coffee",
    "the deadline from the ministry is close and the budget is nearly spent",
    "my manager keeps asking and I never have a proper answer",
    "any pointers, war stories or contacts are welcome",
    "we inherited the whole thing from a colleague who retired",
    "it sounds simple until you try it on a real site",
    "the guidance on the intranet is ten pages long and out of date",
    "please come and find me at lunch",
    "nobody in our office has done it before",
    "I am in the building until four",
    "we tried two suppliers and neither could explain their method",
    "there must be a better approach than a spreadsheet",
    "the documentation was written for a different purpose",
    "I have slides and a few worked examples with me",
    "over the past decade I have seen most of the mistakes one can make",
    "our approach is published and free for anybody",
    "I can bring a laptop and walk you through it",
    "we learnt it the hard way on three projects",
    "always glad to compare notes with other departments",
    "the results went into last autumn's annual report",
    "we are a friendly bunch and do not bite",
    "it took us several attempts to get right",
    "ask for my card at the registration desk",
)
"""Filler that everybody uses."""

ASKING = (
    "Help with {} and {}",
    "How do others deal with {} and {}?",
    "We are stuck on {} as soon as {} comes in",
    "Could somebody explain {} to me, and {}?",
    "Looking for advice on {}, {}",
    "I need a way to handle {} next to {}",
)
OFFERING = (
    "Can advise on {}, {}",
    "I know my way around {} and {}",
    "Years of practice with {}, some with {}",
    "Happy to talk about {} or {}",
    "My speciality is {} together with {}",
    "Trained a dozen people in {} and {}",
)


@dataclass(frozen=True)
class Planted:
    """What one asks for and what the other offers, before the talk around it; or a dataset that joins them."""

    need: str
    offer: str


def _both(chance: random.Random) -> Planted:
    """Let need and offer name the same two nouns in other sentences and another order."""
    two = chance.sample(NOUNS, 2)
    return Planted(chance.choice(ASKING).format(*two), chance.choice(OFFERING).format(*two[::-1]))


def _some(chance: random.Random) -> Planted:
    """Let them share two nouns of the three or four that each is about."""
    every = chance.sample(NOUNS, 8)
    shared, mine, theirs = every[:2], every[2 : chance.choice((3, 4))], every[4 : chance.choice((5, 6))]
    need, offer = [*shared, *mine], [*shared, *theirs]
    chance.shuffle(need)
    chance.shuffle(offer)
    return Planted(_said(ASKING, need, chance), _said(OFFERING, offer, chance))


def _skill(chance: random.Random) -> Planted:
    """Let them name a skill on a thing, the offer without one of its words."""
    skill, thing = chance.choice(SKILLS), chance.choice(NOUNS)
    words = skill.split()
    if len(words) > 2:
        del words[chance.randrange(len(words))]
    return Planted(
        chance.choice(ASKING).format(skill, thing), chance.choice(OFFERING).format(thing, " ".join(words))
    )


def _halves(chance: random.Random) -> Planted:
    """Keep in the offer half of the words of a need, whichever they are, but one thing at least."""
    need = _said(ASKING, [*chance.sample(NOUNS, 3), chance.choice(THINGS)], chance)
    words = need.replace("?", "").replace(",", "").split()
    kept = sorted(chance.sample(range(len(words)), len(words) // 2))
    offer = " ".join(words[place] for place in kept)
    things = [word for word in words if word in NOUNS]
    if sum(word in offer.split() for word in things) < 2:
        offer = f"{offer} {' '.join(things[:2])}"
    return Planted(need, offer)


def _said(patterns: Sequence[str], nouns: Sequence[str], chance: random.Random) -> str:
    half = (len(nouns) + 1) // 2
    return chance.choice(patterns).format(" and ".join(nouns[:half]), " and ".join(nouns[half:]))


KINDS: dict[str, Callable[[random.Random], Planted]] = {
    "the same two": _both,
    "two of four": _some,
    "skill on a thing": _skill,
    "half the words": _halves,
}
"""How need and offer are made, by what they share; "named dataset" is made apart, as it needs one."""

ALL_KINDS = (*KINDS, "named dataset")


def padded(text: str, words: int, chance: random.Random) -> str:
    """Put talk before and after, as sentences or joined by commas, until there are about so many words."""
    parts = [text]
    while len(" ".join(parts).split()) < words:
        parts.insert(chance.choice((0, len(parts))), chance.choice(TALK))
    if chance.random() < 0.5:
        return ", ".join(parts)
    return ". ".join(part[:1].upper() + part[1:] for part in parts) + "."


def planted_event(people: int, seed: int) -> tuple[Event, dict[str, tuple[tuple[int, int], ...]]]:
    """Make an event in which 30 people of 100 are planted, and the pairs by kind: (who asks, who offers)."""
    chance = random.Random(seed * 7919 + people)
    event = made_up_event(people, seed, nearly_empty=0.0)
    everybody = list(event.profiles)
    other_pairs = {who for pair in (*event.mates, *event.stuck, *event.copies) for who in pair}
    order = sorted(chance.sample(range(people), people), key=lambda who: who in other_pairs)
    kinds: dict[str, list[tuple[int, int]]] = {kind: [] for kind in ALL_KINDS}
    share = people * 3 // 10 // 2 * 2
    for number in range(0, share, 2):
        asker, giver = order[number], order[number + 1]
        kind = ALL_KINDS[number // 2 % len(ALL_KINDS)]
        if kind == "named dataset":
            dataset = chance.choice(event.catalogue)
            words = Planted(chance.choice(ASKING).format(f"the {dataset.title}", chance.choice(NOUNS)), "")
            link = replace(dataset, role=chance.choice(("maintained", "curated", "built")))
            others = tuple(one for one in everybody[giver].datasets if one.id != link.id)
            everybody[giver] = replace(everybody[giver], datasets=(*others, link))
        else:
            words = KINDS[kind](chance)
        need = padded(words.need, chance.randint(10, 40), chance)
        everybody[asker] = replace(everybody[asker], needs=need)
        if words.offer:
            offer = padded(words.offer, chance.randint(10, 40), chance)
            everybody[giver] = replace(everybody[giver], offers=offer)
        kinds[kind].append((asker, giver))
    for who in order[share:]:
        ask, give = (_said(some, _idle(chance), chance) for some in (ASKING, OFFERING))
        lengths = chance.randint(10, 40), chance.randint(10, 40)
        if chance.random() < 0.5:
            everybody[who] = replace(everybody[who], needs=padded(ask, lengths[0], chance))
        if chance.random() < 0.5:
            everybody[who] = replace(everybody[who], offers=padded(give, lengths[1], chance))
    return replace(event, profiles=tuple(everybody)), {kind: tuple(some) for kind, some in kinds.items()}


def _idle(chance: random.Random) -> list[str]:
    """Two things nobody planted: a word of some field of work and another noun."""
    return [chance.choice(chance.choice(list(FIELDS.values())).split()), chance.choice(NOUNS)]
