"""What people say of the access they need, in their own words: a step-free table, a quiet one, or neither.

A text is read clause by clause. A clause that names an aid (“wheelchair”, “lift”) is a yes unless it says no to it;
one that names an obstacle (“stairs”, “noise”) is a yes if it is said to be hard, a no if it is said to be fine.
What cannot be told apart is never a silent yes: it is left to the organiser.
"""

import re
from dataclasses import dataclass

from matchmaker.intake.cells import says_nothing, yes_or_no
from matchmaker.intake.text import tidy

_STEP_FREE_AID = re.compile(
    r"step[- ]?free|wheel ?chair|\blifts?\b|\belevator|\bramps?\b|mobility (?:scooter|impair|"
    r"issue|problem|difficult|aid|"
    r"need|restrict|disab)|(?:limited|reduced|restricted|poor|impaired) mobility|\bscooter|"
    r"\bcrutch|(?:walking|with a) (?:stick|cane|frame|"
    r"aid)|\b(?:zimmer|rollator|walker)\b|walking frame|\bcane\b|level access|ground[- ]floor|"
    r"flat access|no steps access|"
    r"accessible (?:entrance|route|venue|table|seat|toilet|access|room)|disabled access|ambulant|"
    r"amputee|prosthe|"
    r"paraplegi|tetraplegi|multiple sclerosis|cerebral palsy|hip replacement|knee (?:problem|"
    r"injury|replacement|surgery)|"
    r"broken (?:leg|foot|ankle)|"
    r"rollstuhl|barrierefrei|stufenlos|stufenfrei|aufzug|fahrstuhl|gehhilfe|gehbehinder|rollator|"
    r"fauteuil roulant|ascenseur|mobilite reduite|mobilité réduite|plain[- ]pied|\bpmr\b|"
    r"silla de ruedas|ascensor|movilidad reducida|sedia a rotelle|ascensore|rolstoel|rullstol|"
    r"cadair olwyn|heb risiau|lifft"
)
_STEP_FREE_OBSTACLE = re.compile(
    r"\bstairs?\b|\bstair ?case|\bsteps?\b(?![- ]?free)|\bclimb|\bflights?\b|walk(?:ing)? (?:far|"
    r"long|distances?|unaided)|"
    r"\btreppen?|\bstufen\b|escaliers?|escaleras?|\bscale\b|\btrappen?\b|\bgrisiau\b"
)
_QUIET_AID = re.compile(
    r"\bquiet|\bcalm\b|hearing (?:aid|loss|impair|loop|difficult|problem)|hard of hearing|sensory|"
    r"\bautis|\basd\b|\badhd\b|"
    r"\bneuro ?diver|\basperger|tinnitus|overstimul|over ?stimul|misophoni|hyperacus|low[- ]noise|"
    r"\bruhig|\bleise|schwerh[oö]rig|h[oö]rger[aä]t|calme|malentendant|tranquil|silencios|rustig|tawel"
)
_QUIET_OBSTACLE = re.compile(
    r"\bnois[ey]\w*|\bloud|background (?:sound|noise|music)|\bcrowd|\blärm|\blaerm|\blaut\b|"
    r"\bbruit|\bruido|\brumore"
)
_HARD = re.compile(
    r"\b(?:can ?not|can ?'?t|unable|difficult\w*|hard\b|struggl\w*|avoid|problem(?:s|atic)?|"
    r"troubl\w*|pain\w*|no\b|without|not\b|"
    r"limited|sensitiv\w*|distress\w*|overwhelm\w*|bother\w*|hate|exhaust\w*|issues?|free|keine?|"
    r"nicht|pas|sans|sin|senza|geen)\b|n't\b"
)
_FINE = re.compile(
    r"\b(?:happy (?:with|to)|fine|ok(?:ay)?|no (?:problem|issue|trouble|difficult\w*)s?|"
    r"don'?t mind|do not mind|not mind|"
    r"can (?:manage|use|do|climb|take|cope)|not (?:a|an|any)? ?(?:problem|issue)|"
    r"manage(?:able)? (?:well|fine)|comfortable|"
    r"(?:do|does|did)(?:n'?t| not) (?:bother|trouble|worry|disturb|affect)|"
    r"(?:is|are)(?:n'?t| not) an? (?:problem|issue)|"
    r"not (?:bother|sensitiv)\w*|kein problem|pas de problème)\b"
)
_NO = re.compile(
    r"\b(?:no|not|none|never|without|nor|neither|n/a|don'?t|do not|doesn'?t|does not|isn'?t|"
    r"didn'?t|won'?t|unnecessary|"
    r"nil|kein\w*|nicht|non|pas|aucun\w*|sin|nessun\w*|geen|dim|ingen)\b|n't\b"
)
_MAYBE = re.compile(
    r"\b(?:may ?be|might|may\b|possibly|perhaps|sometimes|depend\w*|not sure|unsure|if possible|"
    r"ideally|occasional\w*|"
    r"would be (?:nice|lovely)|nice to have|not essential|"
    r"could be|probably|prefer\w*|tbc|to be confirmed|not always|vielleicht|peut[- ]être)"
)
_HARD_IN = re.compile(
    r"\b(?:struggl\w*|hate|dislike|avoid|uncomfortable|difficult\w*|hard)(?: (?!without)\w+){0,2} $"
)
_PLACE = re.compile(r"quiet|calm|lifts?|elevator|ramps?")
"""An aid that can be hard for somebody itself."""
_EMPTY = re.compile(
    r"(?:please|thanks?|thank you|yes|no|none|nope|nothing|n/a|na|not (?:required|needed|"
    r"applicable|necessary)|-|\W*|"
    r"no (?:access(?:ibility)? )?(?:needs?|requirements?|adjustments?)(?: (?:required|needed))?|"
    r"none (?:required|needed)|"
    r"no special (?:needs?|requirements?)|(?:i have )?no(?:ne| particular)? (?:access )?(?:needs?|"
    r"requirements?)|"
    r"(?:required|needed|essential)|i do(?: not|n'?t) have any(?: access(?:ibility)?)?(?: needs?|"
    r" requirements?)?|nothing (?:needed|required)|no thank(?:s| you)|all good|i'?m (?:fine|ok)|"
    r"not at (?:present|the moment)|keine|aucune?|ninguna?|nessuna?|geen|dim)(?: please| thanks| thank you)?"
)
_CLAUSE = re.compile(
    r"[.;,\n]+|\s[-–—]\s|\b(?:but|however|although|though|aber|mais|pero|ma|maar)\b|\band (?=i\b|"
    r"need|find|can)"
)
_WANTED = re.compile(
    r"(?:required?|needed|essential|necessary|definitely|always|must have|needs?|i do|yes\b.*|"
    r"please|absolutely|of course|"
    r"very much|important|desirable|requested|ja|oui|s[iíì]|tak|ydw|oes)[ .!]*(?:please)?"
)
_UNWANTED = re.compile(
    r"(?:not (?:required|needed|necessary|applicable|at all|for me|really)|no (?:need|thanks?|"
    r"thank you|requirements?)|"
    r"unnecessary|none (?:required|needed)|nein|non|nee|nac oes|don'?t need(?: it| this| one)?|"
    r"i do(?: not|n'?t)|never|without)[ .!]*"
)


@dataclass(frozen=True)
class AccessNeeds:
    """What words ask for; `understood` is false where something in them is left for a person to judge."""

    step_free: bool
    quiet: bool
    understood: bool


def access_needs(words: str) -> AccessNeeds:
    """Return what is asked for in words.

    >>> access_needs("Wheelchair user")
    AccessNeeds(step_free=True, quiet=False, understood=True)
    >>> access_needs("None - happy with stairs and a lift") == access_needs("No lift needed")
    True
    >>> access_needs("BSL interpreter")
    AccessNeeds(step_free=False, quiet=False, understood=False)
    """
    text = tidy(words).casefold().replace("’", "'")
    if says_nothing(text) or not text:
        return AccessNeeds(False, False, True)
    said_of_steps, said_of_noise = set[bool](), set[bool]()
    understood = True
    for clause in filter(None, (part.strip(" .!?") for part in _CLAUSE.split(text))):
        if _EMPTY.fullmatch(clause):
            continue
        steps = _asks(clause, _STEP_FREE_AID, _STEP_FREE_OBSTACLE)
        noise = _asks(clause, _QUIET_AID, _QUIET_OBSTACLE)
        known = not (steps is None and noise is None)
        doubtful = bool(_MAYBE.search(clause))
        for said, one in ((said_of_steps, steps), (said_of_noise, noise)):
            said.update(set() if one is None or (one and doubtful) else {one})
        understood = understood and known and not (doubtful and (steps or noise))
    # Whoever says both yes and no to one thing is asked.
    clear = len(said_of_steps) < 2 and len(said_of_noise) < 2
    return AccessNeeds(True in said_of_steps, True in said_of_noise, understood and clear)


def _asks(clause: str, aid: re.Pattern[str], obstacle: re.Pattern[str]) -> bool | None:
    """Return whether a clause asks for it (True), says no to it (False), or does not speak of it (None)."""
    named, hindering = aid.search(clause), obstacle.search(clause)
    if not named and not hindering:
        return None
    if _FINE.search(clause) and not re.search(r"need|require|must", clause):
        return False
    if hindering and not named:
        hard = _HARD.search(clause)
        if not hard:
            return None
        return not re.search(r"no (?:need|requirement)|not (?:need|require)|n't (?:need|require)", clause)
    assert named is not None
    before = clause[: named.start()]
    after = clause[named.end() :]
    if not hindering and _PLACE.fullmatch(named[0]) and _HARD_IN.search(before):
        return None
    if hindering and _HARD.search(clause[max(0, hindering.start() - 30) :]) and not _NO.search(before):
        return True
    refused = _NO.search(before) or re.search(
        r"^\W*(?:\w+ ){0,3}(?:not|isn't|unnecessary|n't) ?(?:required|needed|necessary)?|^\W*: ?no\b|"
        r"^[^?:=]{0,20}[?:=]\s*(?:no?|none|nein|non|nee|false|0)\b",
        after,
    )
    return not (
        refused
        and not re.search(
            r"(?:can ?not|can't|unable|not able).*(?:without|unless)|without (?:a|the)? ?$", before
        )
    )


def needs_it(cell: str, quiet: bool) -> bool | None:
    """Return what an answer to “Do you need a step-free (or quiet) table?” says; None if it is not clear.

    >>> needs_it("I use a wheelchair", False), needs_it("Required", False), needs_it("No stairs please", False)
    (True, True, True)
    >>> needs_it("Sensory", True), needs_it("No thanks", True), needs_it("perhaps", True)
    (True, False, None)
    """
    text = tidy(cell).casefold().replace("’", "'").strip(" .!")
    if text in {"", "no", "n"} or says_nothing(text) or _UNWANTED.fullmatch(text):
        return False
    if _MAYBE.search(text):
        return None
    if _WANTED.fullmatch(text):
        return not re.search(r"\bno\b|n't|\bnot\b", text)
    needs = access_needs(text)
    if needs.quiet if quiet else needs.step_free:
        return True
    if (answer := yes_or_no(text)) is not None:
        return answer
    return False if needs.understood else None
