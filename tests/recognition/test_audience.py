from matchmaker.recognition.audience import Audience, narrow
from matchmaker.recognition.label import Credit, LabelPerson, Thanks, make_label
from matchmaker.recognition.states import ContributionState, EndorsementState

ADA = LabelPerson(1, "Ada", "Rivers Agency")
BEN = LabelPerson(2, "Ben", "Rivers Agency")
CERI = LabelPerson(3, "Ceri", "Coast Office")
ERASED = LabelPerson(0, "", "", shows_name=False)
YES = ContributionState.ACCEPTED


def thanks(giver, receiver):
    sentence = f"{receiver.name} found every error there was."
    return Thanks(giver, receiver, "checked", sentence, EndorsementState.ACCEPTED)


def label(told, named, given=()):
    credits = [Credit(ADA, "checked", YES), Credit(BEN, "collected", YES)]
    return make_label(*narrow(credits, given, Audience(frozenset(told), frozenset(named))))


def shown(one):
    return [entry.shown for line in one.lines for entry in line.entries]


def test_whoever_may_be_told_of_but_not_named_is_someone_at_their_organisation():
    assert shown(label({1, 2}, {1})) == ["someone at Rivers Agency", "Ada"]
    assert label({1, 2}, {1}).makers.colleagues == 2


def test_whoever_may_not_be_told_of_is_not_there_and_not_counted():
    one = label({1}, {1})
    assert (shown(one), one.makers.colleagues, one.makers.organisations) == (["Ada"], 1, 1)


def test_a_hidden_name_stays_hidden_from_an_audience_that_may_be_told_it():
    shy = LabelPerson(1, "Ada", "Rivers Agency", shows_name=False)
    one = make_label(*narrow([Credit(shy, "checked", YES)], [], Audience({1}, {1})))
    assert shown(one) == ["someone at Rivers Agency"]


def test_words_are_told_only_if_both_their_people_may_be_named():
    given = [thanks(CERI, ADA)]
    assert [one.sentence for one in label({1, 3}, {1, 3}, given).thanks] == [
        "Ada found every error there was."
    ]
    assert label({1, 3}, {1}, given).thanks == ()
    assert label({1, 3}, {3}, given).thanks == ()


def test_a_giver_who_was_erased_agreed_to_nothing():
    assert label({1, 3}, {1, 3}, [thanks(ERASED, ADA)]).thanks == ()


def test_a_team_is_named_to_an_audience_that_may_be_told_of_it_and_to_no_other():
    team = LabelPerson(-3, "Coast Survey Team", "Coast Office", is_team=True)
    for told, names in ((frozenset({-3}), ["Coast Survey Team"]), (frozenset({3, -4}), [])):
        credits, _ = narrow([Credit(team, "checked", YES)], [], Audience(told, told))
        assert shown(make_label(credits)) == names
