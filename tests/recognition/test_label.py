from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from matchmaker.recognition.label import (
    Credit,
    LabelPerson,
    Thanks,
    Voices,
    make_claims,
    make_label,
    missing_roles,
)
from matchmaker.recognition.roles import ROLES
from matchmaker.recognition.states import ContributionState, EndorsementState

RIVERS, COAST = "Rivers Agency", "Coast Office"
ADA = LabelPerson(1, "Ada", RIVERS)
BEN = LabelPerson(2, "Ben", RIVERS)
CERI = LabelPerson(3, "Ceri", COAST)
YES, THANKED = ContributionState.ACCEPTED, EndorsementState.ACCEPTED


def thanks(giver, receiver, role="checked", sentence="A sentence that is long enough.", **more):
    return Thanks(giver, receiver, role, sentence, more.pop("state", THANKED), **more)


def test_a_label_names_each_person_under_their_role():
    label = make_label(
        [Credit(BEN, "checked", YES), Credit(ADA, "checked", YES), Credit(CERI, "collected", YES)]
    )
    assert [(line.role.id, [entry.shown for entry in line.entries]) for line in label.lines] == [
        ("collected", ["Ceri"]),
        ("checked", ["Ada", "Ben"]),
    ]


def test_a_dataset_without_anybody_misses_every_role_but_the_optional_ones():
    assert [role.id for role in make_label([]).missing] == [
        role.id for role in ROLES.values() if role.id not in {"explained", "other"}
    ]


def test_a_named_role_is_not_missing():
    missing = {role.id for role in make_label([Credit(ADA, "checked", YES)]).missing}
    assert missing == set(ROLES) - {"checked", "explained", "other"}


def test_a_credit_with_thanks_from_elsewhere_comes_first():
    label = make_label(
        [Credit(ADA, "checked", YES), Credit(BEN, "checked", YES)],
        [thanks(BEN, ADA), thanks(CERI, BEN, sentence="Without Ben our beaches had no numbers.")],
    )
    assert [entry.shown for entry in label.lines[0].entries] == ["Ben", "Ada"]
    assert [one.sentence for one in label.thanks] == [
        "Without Ben our beaches had no numbers.",
        "A sentence that is long enough.",
    ]


def test_who_is_credited_for_dataset_and_series_stands_there_once_for_the_dataset():
    series = [Credit(one, "checked", YES, from_series=True) for one in (ADA, BEN)]
    for credits in ([Credit(ADA, "checked", YES), *series], [*series, Credit(ADA, "checked", YES)]):
        entries = make_label(credits).lines[0].entries
        assert [(entry.shown, entry.from_series) for entry in entries] == [("Ada", False), ("Ben", True)]


def test_thanks_are_counted_by_people_and_organisations():
    label = make_label(
        [Credit(ADA, "checked", YES), Credit(ADA, "built", YES)],
        [thanks(BEN, ADA), thanks(BEN, ADA, "built"), thanks(CERI, ADA)],
    )
    assert str(label.voices) == "2 colleagues from 2 organisations"
    assert [str(line.entries[0].voices) for line in label.lines] == [
        "2 colleagues from 2 organisations",
        "1 colleague from 1 organisation",
    ]


def test_no_thanks_are_counted_as_nothing():
    assert str(Voices(0, 0)) == ""


def test_who_hides_their_name_is_someone_at_their_organisation_without_an_id():
    shy = replace(ADA, shows_name=False)
    label = make_label([Credit(shy, "checked", YES)], [thanks(CERI, ADA)])
    entry = label.lines[0].entries[0]
    assert (entry.shown, entry.person_id) == ("someone at Rivers Agency", None)
    assert label.thanks[0].receiver == "someone at Rivers Agency"


def test_a_giver_who_hides_their_name_is_not_named_either():
    label = make_label([Credit(ADA, "checked", YES)], [thanks(replace(CERI, shows_name=False), ADA)])
    assert (label.thanks[0].giver, label.thanks[0].giver_id) == ("someone at Coast Office", None)
    nowhere = LabelPerson(9, "Zed", "", shows_name=False)
    assert make_label([Credit(ADA, "checked", YES)], [thanks(nowhere, ADA)]).thanks[0].giver == "someone"


def test_a_thanks_for_a_hidden_credit_is_not_shown():
    label = make_label([Credit(ADA, "checked", ContributionState.HIDDEN)], [thanks(CERI, ADA)])
    assert (label.lines, label.thanks, label.voices) == ((), (), Voices(0, 0))


def test_a_moderated_or_sealed_thanks_is_not_shown():
    label = make_label([Credit(ADA, "checked", YES)], [thanks(CERI, ADA, visible=False)])
    assert label.thanks == ()


def test_a_person_credited_twice_in_one_role_is_named_once():
    label = make_label([Credit(ADA, "checked", YES), Credit(ADA, "checked", YES)])
    assert len(label.lines[0].entries) == 1


def test_other_roles_with_different_texts_are_different():
    label = make_label(
        [Credit(ADA, "other", YES, "Lent the boat"), Credit(ADA, "other", YES, "Drew the logo")],
        [thanks(CERI, ADA, "other", role_text="Lent the boat")],
    )
    assert [(entry.role_text, len(entry.thanks)) for entry in label.lines[0].entries] == [
        ("Lent the boat", 1),
        ("Drew the logo", 0),
    ]


def test_claims_are_what_people_say_of_themselves_and_fill_a_gap():
    credits = [Credit(ADA, "checked", ContributionState.CLAIMED), Credit(CERI, "built", YES)]
    claims = make_claims(credits)
    assert [(line.role.id, line.entries[0].shown) for line in claims] == [("checked", "Ada")]
    label = make_label(credits)
    assert "checked" in {role.id for role in label.missing}
    assert "checked" not in {role.id for role in missing_roles(label.lines, claims)}


PEOPLE = [LabelPerson(n, f"Person {n}", f"Organisation {n % 3}", shows_name=n % 4 != 0) for n in range(1, 9)]
people = st.sampled_from(PEOPLE)
roles = st.sampled_from(sorted(ROLES))
credit_lists = st.lists(
    st.builds(Credit, person=people, role=roles, state=st.sampled_from(list(ContributionState))), max_size=25
)
thanks_lists = st.lists(
    st.builds(
        Thanks,
        giver=people,
        receiver=people,
        role=roles,
        sentence=st.just("A sentence that is long enough."),
        state=st.sampled_from(list(EndorsementState)),
        visible=st.booleans(),
    ),
    max_size=25,
)


@given(credit_lists, thanks_lists)
def test_nobody_who_has_not_accepted_ever_appears(credits, all_thanks):
    label = make_label(credits, all_thanks)
    agreed = {(one.person.id, one.role) for one in credits if one.state is YES}
    shown = {
        (entry.person_id, line.role.id) for line in label.lines for entry in line.entries if entry.person_id
    }
    assert shown <= agreed
    accepted = [one for one in all_thanks if one.state is THANKED and one.visible]
    assert {one.giver_id for one in label.thanks if one.giver_id} <= {one.giver.id for one in accepted}
    assert len(label.thanks) == sum((one.receiver.id, one.role) in agreed for one in accepted)


@given(credit_lists, thanks_lists)
def test_nobody_who_hides_their_name_is_ever_named(credits, all_thanks):
    text = repr(make_label(credits, all_thanks)) + repr(make_claims(credits))
    for person in PEOPLE:
        if not person.shows_name:
            assert f"'{person.name}'" not in text
            assert f"person_id={person.id}," not in text


@given(credit_lists, thanks_lists)
def test_everybody_who_accepted_is_on_the_label_once(credits, all_thanks):
    label = make_label(credits, all_thanks)
    entries = sum(len(line.entries) for line in label.lines)
    assert entries == len({(one.person.id, one.role) for one in credits if one.state is YES})


@given(credit_lists, thanks_lists)
def test_thanks_from_elsewhere_never_follow_others(credits, all_thanks):
    label = make_label(credits, all_thanks)
    groups = [label.thanks, *(entry.thanks for line in label.lines for entry in line.entries)]
    for group in groups:
        places = [not one.from_elsewhere for one in group]
        assert places == sorted(places)


@given(credit_lists)
def test_every_role_is_named_missing_or_optional(credits):
    label = make_label(credits)
    named, missing = {line.role.id for line in label.lines}, {role.id for role in label.missing}
    assert not named & missing
    assert named | missing | {"explained", "other"} == set(ROLES)


@given(credit_lists, st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(credits, random):
    shuffled = random.sample(credits, len(credits))
    assert make_label(shuffled) == make_label(credits)
