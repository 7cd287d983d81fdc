"""What people and a catalogue say, as the documents from which it is learnt how rare each word is."""

from collections.abc import Iterable, Sequence

from matchmaker.matching.language import readable
from matchmaker.matching.profile import DatasetLink, Profile


def documents_of(datasets: Iterable[DatasetLink], people: Sequence[Profile]) -> list[str]:
    """Return what is said of each dataset, and all that each person says in their own words; nothing empty."""
    documents = [*(readable(link.text) for link in datasets), *map(_own_words, people)]
    return [document for document in documents if document]


def first_of_each(links: Iterable[DatasetLink]) -> dict[str, DatasetLink]:
    """Keep one link a dataset: the one that says most, the first of equals."""
    found: dict[str, DatasetLink] = {}
    for link in links:
        if link.id not in found or len(link.text) > len(found[link.id].text):
            found[link.id] = link
    return found


def _own_words(person: Profile) -> str:
    return readable(
        "\n".join(filter(None, (person.bio, "\n".join(person.topics), person.offers, person.needs)))
    )
