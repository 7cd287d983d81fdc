"""Words of land, water and wildlife data that mean the same, and abbreviations that name no dataset.

Written by hand, short on purpose: a word belongs here if people say one and catalogues write the other.
"""

from matchmaker.matching.stems import stem

_SAME = """
tuberculosis tb
photo photograph photography
registered register
scottish scotland
welsh wales
"""
"""Each line is one word to whoever looks for names: the last is what the others become."""

CANONICAL: dict[str, str] = {
    stem(word): stem(line.split()[-1]) for line in _SAME.strip().splitlines() for word in line.split()[:-1]
}
"""Stem → stem that stands for it."""

_KNOWN = """
AI API AWS BBC CEO CPD CSV DOI DPA EIR ETL EU FAQ FOI FTP GB GDP GDPR GIS GML GPS GPT GUI HR HTML HTTP ID ISO IT JSON
KML KPI ML MP NGO NHS NI OCR OGC OGL ONS OS PC PDF PHD PM QA QGIS RDF REST SPARQL SQL TV UK UN URI URL US USA UTC WCS
WFS WMS WMTS WWW XLS XLSX XML YAML ZIP EA NE NRW MMO JNCC APHA RPA VMD FC FE SNH BGS CEH UKCEH DEFRA RSPB
"""
NOT_DATASETS = frozenset(_KNOWN.split())
"""Abbreviations that everybody knows as something else: a file, a rule, a place, an organisation."""

_BODIES = """
agency association authority board body centre college commission committee company consortium council department
directorate foundation group heritage institute laboratory ministry museum office organisation partnership society
service team trust university
"""
ORGANISATIONS = frozenset(_BODIES.split())
"""A name that ends in one of these is somebody, not something."""

_NEAR = """
swim swimming bathe bathing beach water status
cow cattle bovine calf calves herd livestock
badger bovine tb tuberculosis
lidar laser elevation height terrain dsm dtm altitude
sewage discharge outfall consent permit effluent
rubbish waste litter refuse trash
photo photograph picture image aerial ortho rectified
warm heat temperature cold hot
rain rainfall rainy precipitation wet
sun solar electricity energy power
border boundary outline edge
forest wood woodland tree
angler angling fish fishing fishery catch
boat vessel ship
harbour port marina dock
wreck shipwreck
bee apiary hive beekeeper colony honey
pollution polluted contaminated contamination discharge
erosion cliff shoreline coast coastal
trail path footpath walk walking route
death died dead mortality slaughter
birth born
disease outbreak infection illness foulbrood
pesticide chemical residue
newt amphibian gcn
seabed benthic sublittoral seafloor
shore intertidal littoral foreshore
mud muddy sediment
breathing respiration emission
spending expenses payment card
farm agricultural agriculture farmland
grade classification quality
protected sssi designated reserve
deep depth bathymetry
river fluvial stream
quality status condition
tide tidal
council authority llfa
money grant fund
old historic
young juvenile
plant vegetation flora
animal wildlife mammal species
wall defence embankment barrier
shade riparian
medicine veterinary drug
"""
"""Each line is a group of words any of which may be meant by another of it."""


def _neighbours() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _NEAR.strip().splitlines():
        group = {stem(word) for word in line.split()}
        for one in group:
            found.setdefault(one, set()).update(group - {one})
    return {one: frozenset(others) for one, others in found.items()}


NEAR: dict[str, frozenset[str]] = _neighbours()
"""Stem → stems that whoever searches for it may mean."""
