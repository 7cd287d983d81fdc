from matchmaker.matching.standings import without_work


def of(kind: str, what: str, mine: str, theirs: str) -> dict[str, str]:
    return {"kind": kind, "what": what, "mine": mine, "theirs": theirs}


def test_what_was_done_goes_and_what_one_does_with_it_stays() -> None:
    both = of("dataset", "Soils", "uses it", "curated it and is stuck on it")
    assert without_work(both, "theirs") == of("dataset", "Soils", "uses it", "is stuck on it")
    assert without_work(both, "mine") == both
    assert without_work(of("dataset", "Soils", "uses it", "maintains it"), "theirs") is None


def test_a_need_that_only_the_work_could_meet_goes() -> None:
    need = of("need", "Soils", "Soils: is stuck on it", "Soils: collected it and checked it")
    assert without_work(need, "theirs") is None
    assert without_work(need, "mine") == need


def test_own_words_stay_whatever_they_say() -> None:
    for said in ("curated it", "I curated it: and it was hard", "Roads: I curated it"):
        own = of("words", "soil", "roads", said)
        assert without_work(own, "theirs") == own


def test_of_one_dataset_only_what_is_named_goes() -> None:
    made = of("dataset", "Soils", "uses it", "curated it and checked it")
    assert without_work(made, "theirs", "Roads") == made
    assert without_work(made, "theirs", "Soils", ["curated it"]) == {**made, "theirs": "checked it"}
    assert without_work(of("need", "soil", "soil maps", "Soils: curated it"), "theirs", "Soils") is None


def test_a_series_that_both_worked_on_goes_and_people_in_common_stay() -> None:
    assert without_work(of("acquaintance", "Flood Maps", "", ""), "theirs") is None
    people = of("acquaintance", "people you both know", "", "")
    assert without_work({**people, "people": 2}, "mine") == {**people, "people": 2}
