import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from matchmaker.matching.language import MANY_DOCUMENTS, Language

TEXTS = [
    "a",
    "ab abc",
    "Dŵr\u00a0x  abcdefgh",
    "",
    "The drained\nfen — of é, a 3D map",
    "İstanbul ﬁne Straße",
]


@pytest.mark.parametrize("text", TEXTS)
def test_characters_inside_words_are_those_of_scikit_learn(text):
    learnt = Language.learn([*TEXTS, "abc abd"], [])[0].characters
    theirs = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, strip_accents="unicode", norm=None
    ).fit([*TEXTS, "abc abd"])
    assert learnt.vocabulary_ == theirs.vocabulary_
    assert (learnt.transform([text]) != theirs.transform([text])).nnz == 0


def test_texts_that_are_learnt_from_have_the_rows_that_reading_them_again_gives_to_the_last_digit():
    documents = ["The drained fen of a river", "A river in flood floods the fen", "Drained peat, drained fen"]
    texts = [documents[2], "", "A fen", documents[0], "Kelp"]
    language, rows = Language.learn(documents, texts)
    again = language.vectors(texts)
    assert rows.nnz > 0
    assert all(
        getattr(rows, part).tolist() == getattr(again, part).tolist()
        for part in ("data", "indices", "indptr")
    )
    halves = [half.transform(documents[2:]).toarray()[0] for half in (language.words, language.characters)]
    lengths = [np.linalg.norm(half) for half in halves]
    expected = np.concatenate([half / length for half, length in zip(halves, lengths, strict=True)])
    assert rows[[0]].toarray()[0] == pytest.approx(expected * np.sqrt(0.5))


def test_without_any_text_there_are_no_rows():
    language, rows = Language.learn([], [])
    assert (language.size, rows.shape) == (0, (0, 0))


@pytest.mark.parametrize("count", [MANY_DOCUMENTS, MANY_DOCUMENTS - 1])
@pytest.mark.parametrize("said", ["peat {0}x{0}", "{0}"], ids=["one word by all", "nothing twice"])
def test_characters_that_one_of_many_texts_has_alone_are_left_out_if_any_are_left(count, said):
    documents = [said.format(chr(0x4E00 + number)) for number in range(count)]
    learnt = Language.learn(documents, [])[0].characters
    theirs = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, norm=None,
        min_df=2 if count == MANY_DOCUMENTS and "peat" in said else 1,
    ).fit(documents)  # fmt: skip
    assert learnt.vocabulary_ == theirs.vocabulary_
    assert learnt.transform(documents).toarray().tolist() == theirs.transform(documents).toarray().tolist()
