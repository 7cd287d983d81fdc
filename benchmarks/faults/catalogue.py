"""Faults of the catalogue and its search."""

from benchmarks.faults.fault import Fault

FAULTS = (
    Fault(
        "a dataset with nothing but a publisher of its own is none",
        "matchmaker/intake/dcat.py",
        '        "publisher",\n        "inSeries",',
        '        "inSeries",',
        ("tests/intake/test_real_catalogues.py",),
    ),
    Fault(
        "tags as a program lists them are cut at their commas",
        "matchmaker/intake/dataset_rows.py",
        'return re.split(r"[;,|\\n]", cell) if listed is None else listed',
        'return re.split(r"[;,|\\n]", cell)',
        ("tests/intake/test_table_catalogues.py",),
    ),
    Fault(
        "a merged dataset is found",
        "matchmaker/store/catalogue/dataset_search.py",
        "found: list[ColumnElement[bool]] = [Dataset.merged_into_id.is_(None)]",
        "found: list[ColumnElement[bool]] = []",
        ("tests/services/catalogue/test_merge_datasets.py", "tests/store/catalogue/test_dataset_search.py"),
    ),
    Fault(
        "a merge leaves what people use behind",
        "matchmaker/services/catalogue/merge_datasets.py",
        'rank=lambda one: USE_RANK.index(one.kind),\n        change={"dataset_id": keep_id},',
        "rank=lambda one: USE_RANK.index(one.kind),\n        change={},",
        ("tests/services/catalogue/test_merge_datasets.py",),
    ),
    Fault(
        "a search within a publisher finds those of others",
        "matchmaker/store/catalogue/dataset_search.py",
        "        found.append(Dataset.publisher_id == wanted.publisher_id)",
        "        pass",
        ("tests/store/catalogue/test_dataset_search.py", "tests/web/catalogue/test_dataset_pages.py"),
    ),
    Fault(
        "a dataset with one of the words comes before one with all",
        "matchmaker/store/catalogue/dataset_search.py",
        "key=lambda one: (one not in whole, -fits[one])",
        "key=lambda one: -fits[one]",
        ("tests/store/catalogue/test_dataset_search.py",),
    ),
    Fault(
        "a series counts datasets that were merged",
        "matchmaker/store/catalogue/dataset_search.py",
        ".where(Dataset.series_id.in_(series_ids), Dataset.merged_into_id.is_(None))",
        ".where(Dataset.series_id.in_(series_ids))",
        (
            "tests/store/catalogue/test_dataset_search.py",
            "tests/services/catalogue/test_merge_datasets.py",
            "tests/web/catalogue/test_dataset_pages.py",
        ),
    ),
    Fault(
        "a colleague is named by an organisation alone",
        "matchmaker/services/people/find_people.py",
        "and (not words or any(word in in_name for word in words))",
        "",
        ("tests/services/people/test_find_people.py", "matchmaker/services/people/find_people.py"),
    ),
)
