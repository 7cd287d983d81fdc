import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from matchmaker.matching.language import Language

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
    learnt = Language.learn([*TEXTS, "abc abd"]).characters
    theirs = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, strip_accents="unicode"
    ).fit([*TEXTS, "abc abd"])
    assert learnt.vocabulary_ == theirs.vocabulary_
    assert (learnt.transform([text]) != theirs.transform([text])).nnz == 0
