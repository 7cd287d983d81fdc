"""Words of land, water and wildlife data that mean the same, and abbreviations that name no dataset.

Written by hand, short on purpose: a word belongs here if people say one and catalogues write the other.
"""

from matchmaker.matching.stems import stem

_SAME = """
tuberculosis tb
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
