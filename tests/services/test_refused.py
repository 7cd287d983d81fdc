"""The one answer of a service that will not: every sentence, and which field of a form it is about."""

from matchmaker.recognition.rules import Refusal
from matchmaker.services.refused import Refused


def test_sentences_are_about_the_whole_and_refusals_about_a_field() -> None:
    refused = Refused("Choose another day", Refusal("title", "Write a title"))
    assert refused.problems == (Refusal("", "Choose another day"), Refusal("title", "Write a title"))
    assert str(refused) == "Choose another day; Write a title"
