"""What can become of a contribution, an endorsement and an unclaimed credit, and who may move it.

```
contribution   claimed ⇄ hidden                            a person says it of themselves; a thanks
                                                           that they accept makes it accepted
               awaiting ──► accepted | hidden | declined   a colleague named them; their yes is awaited
endorsement    awaiting ──► accepted ⇄ hidden | declined   the receiver decides; an edit asks them again
               any other ─► withdrawn                      the giver takes it back
unclaimed      waiting ⇄ shown                             an organiser recorded that the person agreed
               waiting | shown ─► claimed | removed        the person answers; an organiser may remove
```

Moderation by an organiser and an event's seal are facts of their own beside the state, so that neither
overwrites what the two people decided.
"""

from enum import StrEnum


class Party(StrEnum):
    """Who asks for a move: the one the credit is about, the one who gave the thanks, or an organiser."""

    RECEIVER = "receiver"
    GIVER = "giver"
    ORGANISER = "organiser"


class ContributionState(StrEnum):
    """How far a credit has come."""

    CLAIMED = "claimed"
    """The person says it of themselves: signed-in people see it at once, as the person's own claim."""
    AWAITING = "awaiting"
    """A colleague named the person, who has not answered; nobody else sees it."""
    ACCEPTED = "accepted"
    """The person agreed to be named."""
    HIDDEN = "hidden"
    """True, but the person does not want it shown."""
    DECLINED = "declined"
    """The person says it is not theirs, or wants nothing to do with it."""


class EndorsementState(StrEnum):
    """How far a thanks has come."""

    AWAITING = "awaiting"
    ACCEPTED = "accepted"
    HIDDEN = "hidden"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class UnclaimedState(StrEnum):
    """How far the credit of somebody has come who never signed up, or of a team."""

    WAITING = "waiting"
    """Named by a colleague; only organisers see it, and whoever holds the invitation."""
    SHOWN = "shown"
    """An organiser recorded that the person agreed, or approved a team: it is on the label and in exports."""
    CLAIMED = "claimed"
    """The person took it as theirs: a contribution has its place, and the name here is gone."""
    REMOVED = "removed"
    """The person said that it is not them, or an organiser took it away: the name is gone."""


UNCLAIMED_LIVE = frozenset({UnclaimedState.WAITING, UnclaimedState.SHOWN})
"""States in which a name is kept; the other two are for ever."""


LIVE = frozenset(EndorsementState) - {EndorsementState.WITHDRAWN}
"""States that count towards the allowance, and of which there is one per giver, receiver, dataset and role.

A declined thanks stays one of them: if it freed the place, the giver could tell that it was declined and
send it again.
"""

_RECEIVER = frozenset({Party.RECEIVER})
_GIVER = frozenset({Party.GIVER})

_C = ContributionState
CONTRIBUTION_MOVES: dict[tuple[ContributionState, ContributionState], frozenset[Party]] = {
    (_C.CLAIMED, _C.HIDDEN): _RECEIVER,
    # The organiser may record the yes of somebody who never signs in.
    (_C.AWAITING, _C.ACCEPTED): frozenset({Party.RECEIVER, Party.ORGANISER}),
    (_C.AWAITING, _C.HIDDEN): _RECEIVER,
    (_C.AWAITING, _C.DECLINED): _RECEIVER,
    (_C.ACCEPTED, _C.HIDDEN): _RECEIVER,
    (_C.ACCEPTED, _C.DECLINED): _RECEIVER,
    # One's own word comes back as a claim; what a colleague has thanked for, as accepted.
    (_C.HIDDEN, _C.CLAIMED): _RECEIVER,
    (_C.HIDDEN, _C.ACCEPTED): _RECEIVER,
    (_C.HIDDEN, _C.DECLINED): _RECEIVER,
    (_C.DECLINED, _C.CLAIMED): _RECEIVER,
    (_C.DECLINED, _C.ACCEPTED): _RECEIVER,
}
"""Move → who may make it. Any other move is refused."""

_E = EndorsementState
ENDORSEMENT_MOVES: dict[tuple[EndorsementState, EndorsementState], frozenset[Party]] = {
    (_E.AWAITING, _E.ACCEPTED): _RECEIVER,
    (_E.AWAITING, _E.HIDDEN): _RECEIVER,
    (_E.AWAITING, _E.DECLINED): _RECEIVER,
    (_E.ACCEPTED, _E.HIDDEN): _RECEIVER,
    (_E.ACCEPTED, _E.DECLINED): _RECEIVER,
    (_E.HIDDEN, _E.ACCEPTED): _RECEIVER,
    (_E.HIDDEN, _E.DECLINED): _RECEIVER,
    (_E.DECLINED, _E.ACCEPTED): _RECEIVER,
    # An edited text must be agreed to anew. One that is hidden or declined is shown nowhere, so it stays as
    # it is: sending again never asks a second time somebody who has answered no.
    (_E.ACCEPTED, _E.AWAITING): _GIVER,
    **{(state, _E.WITHDRAWN): _GIVER for state in (_E.AWAITING, _E.ACCEPTED, _E.HIDDEN, _E.DECLINED)},
}
"""Move → who may make it. Any other move is refused."""


_U = UnclaimedState
UNCLAIMED_MOVES: dict[tuple[UnclaimedState, UnclaimedState], frozenset[Party]] = {
    (_U.WAITING, _U.SHOWN): frozenset({Party.ORGANISER}),
    (_U.SHOWN, _U.WAITING): frozenset({Party.ORGANISER}),
    **{(state, _U.CLAIMED): _RECEIVER for state in (_U.WAITING, _U.SHOWN)},
    **{(state, _U.REMOVED): frozenset({Party.RECEIVER, Party.ORGANISER}) for state in (_U.WAITING, _U.SHOWN)},
}
"""Move → who may make it; the receiver is whoever holds the invitation. Any other move is refused."""

State = ContributionState | EndorsementState | UnclaimedState


def may_move(before: State, after: State, by: Party) -> bool:
    """Say whether `by` may take a record to another state of the same kind. Staying put is not a move."""
    if isinstance(before, ContributionState) and isinstance(after, ContributionState):
        return by in CONTRIBUTION_MOVES.get((before, after), frozenset())
    if isinstance(before, EndorsementState) and isinstance(after, EndorsementState):
        return by in ENDORSEMENT_MOVES.get((before, after), frozenset())
    if isinstance(before, UnclaimedState) and isinstance(after, UnclaimedState):
        return by in UNCLAIMED_MOVES.get((before, after), frozenset())
    return False


def state_after_edit(state: EndorsementState) -> EndorsementState:
    """Return where a thanks goes when its giver edits it: back to the receiver, unless they said no."""
    return EndorsementState.AWAITING if state is EndorsementState.ACCEPTED else state


def as_the_giver_sees_it(state: EndorsementState) -> EndorsementState:
    """Return the state that may be shown to the giver: hiding and declining look like no answer yet."""
    if state in (EndorsementState.HIDDEN, EndorsementState.DECLINED):
        return EndorsementState.AWAITING
    return state
