import itertools

import pytest

from matchmaker.recognition.states import (
    LIVE,
    ContributionState,
    EndorsementState,
    Party,
    as_the_giver_sees_it,
    may_move,
    state_after_edit,
)


def moves(states, by):
    return {f"{a} to {b}" for a, b in itertools.product(states, repeat=2) if may_move(a, b, by)}


def test_the_credited_person_decides_about_their_credit():
    assert moves(ContributionState, Party.RECEIVER) == {
        "claimed to hidden",
        "awaiting to accepted",
        "awaiting to hidden",
        "awaiting to declined",
        "accepted to hidden",
        "accepted to declined",
        "hidden to claimed",
        "hidden to accepted",
        "hidden to declined",
        "declined to claimed",
        "declined to accepted",
    }


def test_an_organiser_may_only_record_a_yes():
    assert moves(ContributionState, Party.ORGANISER) == {"awaiting to accepted"}
    assert moves(EndorsementState, Party.ORGANISER) == set()


def test_whoever_named_a_colleague_cannot_answer_for_them():
    assert moves(ContributionState, Party.GIVER) == set()


def test_the_receiver_decides_about_a_thanks():
    assert moves(EndorsementState, Party.RECEIVER) == {
        "awaiting to accepted",
        "awaiting to hidden",
        "awaiting to declined",
        "accepted to hidden",
        "accepted to declined",
        "hidden to accepted",
        "hidden to declined",
        "declined to accepted",
    }


def test_the_giver_may_withdraw_or_edit():
    assert moves(EndorsementState, Party.GIVER) == {
        "awaiting to withdrawn",
        "accepted to withdrawn",
        "hidden to withdrawn",
        "declined to withdrawn",
        "accepted to awaiting",
    }


@pytest.mark.parametrize("after", EndorsementState)
@pytest.mark.parametrize("by", Party)
def test_nothing_leaves_withdrawn(after, by):
    assert not may_move(EndorsementState.WITHDRAWN, after, by)


def test_states_of_different_records_never_mix():
    assert not may_move(ContributionState.AWAITING, EndorsementState.ACCEPTED, Party.RECEIVER)
    assert not may_move(EndorsementState.AWAITING, ContributionState.ACCEPTED, Party.RECEIVER)


def test_every_state_but_withdrawn_is_live():
    assert set(EndorsementState) - LIVE == {EndorsementState.WITHDRAWN}


def test_an_edit_asks_again_only_who_had_said_yes():
    assert {state: state_after_edit(state) for state in EndorsementState} == {
        EndorsementState.AWAITING: EndorsementState.AWAITING,
        EndorsementState.ACCEPTED: EndorsementState.AWAITING,
        EndorsementState.HIDDEN: EndorsementState.HIDDEN,
        EndorsementState.DECLINED: EndorsementState.DECLINED,
        EndorsementState.WITHDRAWN: EndorsementState.WITHDRAWN,
    }


def test_the_giver_cannot_tell_a_no_from_no_answer_yet():
    seen = {as_the_giver_sees_it(state) for state in ("hidden", "declined", "awaiting")}
    assert seen == {EndorsementState.AWAITING}
    assert as_the_giver_sees_it(EndorsementState.ACCEPTED) is EndorsementState.ACCEPTED
