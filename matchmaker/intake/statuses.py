"""What the word in a status column means: coming, not coming, not yet sure, or not known to us.

The words are those of ticket shops, forms and calendars, in English, German, French, Spanish, Italian, Dutch, Polish,
Swedish and Welsh. They are sought as stems, because every shop bends and joins them its own way.
"""

import enum
import re
import unicodedata

from matchmaker.intake.cells import yes_or_no
from matchmaker.intake.dates import day
from matchmaker.intake.text import tidy


class Coming(enum.Enum):
    """What a status says of whether somebody will be there."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    UNKNOWN = "unknown"


_YET = re.compile(
    r"\b(?:not yet|unconfirmed|un confirmed|not confirmed|no (?:response|reply|answer)|"
    r"not (?:responded|replied|answered|"
    r"paid|started|submitted|sent|opened|decided|sure)|unpaid|not paid|awaiting|waiting for|"
    r"on hold|unanswered|"
    r"approval pending|pending|noch nicht|nicht bestatigt|non confirme|pas encore|sin confirmar|"
    r"no confirmado|"
    r"non confermato|niet bevestigd|heb ddod|heb gadarnhau)\b"
)
_GONE = re.compile(
    r"cancel|annul|storn|\bvoid|refund|remb|reembols|rimbors|reject|declin|\bden(?:y|ied)|withdr|"
    r"with drawn|retract|"
    r"\bnot (?:going|attending|coming|approved|selected|accepted|admitted|joining|participating|"
    r"able|interested|"
    r"required|needed|invited|eligible|successful|in attendance|available)|"
    r"no longer|\bno ?shows?\b|\bnoshow|not showed|unsuccess|\bwait ?list|waiting list|\bwaitlist|"
    r"standby|stand by|"
    r"reserve list|\breserves?\b$|^waiting$|queued?\b|expire|abandon|delet|remov|transfer|\bfail|"
    r"charge ?back|dropped|dropping|drop out|"
    r"(?:can ?not|cant|can t|won t|wont|will not|unable to|couldn t|could not|doesn t|didn t|"
    r"did not|does not)\b|"
    r"regret|apolog|absent|\bleft\b|unsubscri|unregist|deregist|\bbanned|\bblock|\bspam|inactive|"
    r"invalid|revoked|"
    r"disqualif|ineligible|excluded|turned down|opted out|pulled out|duplicate|rescinded|lapsed|"
    r"not going|\bsold\b|^no\b|\bno$|\b(?:un\w*|sadly|sorry|afraid) not\b|not this (?:time|year)|\bunable\b|"
    r"abgesagt|abgelehn|absage|warteliste|zuruckgezogen|abgemeldet|nicht teil|nimmt nicht|"
    r"kommt nicht|ungultig|"
    r"refuse|desist|liste d ?attente|absent|ne vient pas|ne viendra|"
    r"rechaz|lista de espera|no asist|no va\b|anulad|"
    r"rifiut|lista d ?attesa|assente|rinunci|"
    r"geannul|afgemeld|afgewezen|wachtlijst|afgezegd|"
    r"avbok|avboj|installt|reservlista|"
    r"odwolan|odrzuc|lista rezerw|rezygn|"
    r"canslo|gwrthod|rhestr aros|tynnu n ol|ddim yn dod"
)
_OPEN = re.compile(
    r"^(?:probably|hop(?:e|ing)|will try|trying|depends|if i can|50)\b|"
    r"pend|invit|await|unpaid|tentativ|maybe|\bmay be\b|perhaps|possibl|interested|draft|"
    r"incomplet|in progress|"
    r"partial|request|applied|applicat|review|\boffer|provision|\bhold\b|payment|offline|\bopen\b|"
    r"^opened$|\bsent\b|"
    r"^delivered$|bounce|unsure|not sure|undecided|don t know|unknown|to be confirmed|\btb[acd]\b|shortlist|"
    r"processing|submitted|\bdue\b|overdue|considering|likely|subject to|to approve|in cart|unverified|"
    r"^none$|^no response|^unassigned$|^not responded|^not started|^new$|"
    r"ausstehend|eingeladen|^offen|vielleicht|vorbehalt|vorlaufig|unbezahlt|in bearbeitung|vorgemerkt|"
    r"en attente|peut etre|provisoire|non paye|"
    r"pendiente|quizas|tal vez|provisional|sin pagar|"
    r"in attesa|forse|provvisor|non pagat|"
    r"in afwachting|misschien|uitgenodigd|onder voorbehoud|onbetaald|"
    r"kanske|inbjud|obetald|zaprosz|oczekuj|\bmoze\b|"
    r"gwahodd|efallai|aros am|heb ei dalu"
)
_COMING = re.compile(
    r"^(?:yep|yeah|yup|sure|definitely|absolutely|certainly|of course|happy to|love to|will be there|"
    r"i ll be there|looking forward)\b|"
    r"attend|going|approv|confirm|complet|\bpaid\b|activ|accept|regist|check(?:ed)? ?in|\byes\b|"
    r"valid|joined|coming|"
    r"\bfree\b|issued|booked|\bin\b|\bok\b|succe|enrol|assigned|redeem|scanned|\bused\b|\bhost|"
    r"organi[sz]er|speaker|"
    r"admitted|present|subscribed|processed|purchased|placed|settled|selected|arrived|ready|"
    r"signed up|fulfilled|"
    r"captured|\bgranted|guest|participant|walk in|comp(?:ed|limentary)?\b|finished|done|verified|"
    r"panelist|presenter|"
    r"zugesagt|angenommen|bestatigt|teilnehm|bezahlt|angemeldet|nimmt teil|zusage|gultig|"
    r"confirme|accepte|\bpaye|inscrit|participe|valide|present|"
    r"confirmad|aceptad|pagad|inscrit|asist|"
    r"confermat|accettat|pagat|iscritt|partecipa|"
    r"bevestigd|betaald|aangemeld|akkoord|"
    r"bekraftad|anmald|betald|potwierdz|zaakcept|oplacon|zarejestr|"
    r"cadarnhau|derbyn|cofrestru|yn dod"
)


def normal_words(text: str) -> str:
    """Return a status in plain small letters, without accents, signs and numbers in brackets.

    >>> normal_words("AWAITING_PAYMENT"), normal_words("Waitlisted (3)"), normal_words("NoShow")
    ('awaiting payment', 'waitlisted', 'no show')
    """
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tidy(text))
    letters = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    plain = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^\w]|_|\b\d+\b", " ", plain).split())


def status(text: str) -> Coming:
    """Return what a status says.

    >>> [status(text).name for text in ("approved", "on_waiting_list", "Not yet confirmed", "VIP")]
    ['YES', 'NO', 'UNSURE', 'UNKNOWN']
    """
    answer = plain_answer(text)
    if answer is not None:
        return answer
    words = normal_words(text)
    if not words:
        return Coming.UNKNOWN
    if re.search(
        r"\bnot? (?:cancel|void|refund|withdr|declin|reject|expire)|\b(?:un|non) ?(?:cancel|refund)", words
    ):
        return Coming.YES
    if re.search(r"wait(?:ing)? ?list|warteliste", words) and re.search(
        r"accepted off|promoted|moved from", words
    ):
        return Coming.YES
    if _YET.search(words) and not re.search(r"wait(?:ing)? ?list", words):
        return Coming.UNSURE
    for pattern, meaning in ((_GONE, Coming.NO), (_OPEN, Coming.UNSURE), (_COMING, Coming.YES)):
        if pattern.search(words):
            return meaning
    return Coming.UNKNOWN


_ANSWER = re.compile(
    r"\b(?:yes|no|not|maybe|perhaps|tentativ\w*|attending|going|coming|accept\w*|declin\w*|can ?t|cannot|"
    r"wait ?list\w*|waiting list)\b"
)


def answers_coming(text: str) -> bool:
    """Whether a cell answers an invitation, as a kind of ticket or a number does not.

    >>> [answers_coming(text) for text in ("Yes", "Can't make it", "waitlisted", "Free", "2")]
    [True, True, True, False, False]
    """
    plain = tidy(text).casefold().strip(" .!")
    return bool(_ANSWER.search(normal_words(text))) or (plain.isalpha() and plain_answer(text) is not None)


def plain_answer(text: str) -> Coming | None:
    """Return what a bare yes, no or maybe says of coming; None for other words."""
    words = tidy(text).casefold().strip(" .!")
    if words in {"", "-", "–", "—", "n/a"}:
        return Coming.YES
    if words in {"?", "m", "maybe"}:
        return Coming.UNSURE
    if words in {
        "no",
        "n",
        "nein",
        "non",
        "nee",
        "nej",
        "nie",
        "na",
        "nac ydw",
        "false",
        "0",
        "no thanks",
        "✗",
        "✘",
        "❌",
        "nope",
    }:
        return Coming.NO
    if words in {"ja", "oui", "si", "sí", "sì", "tak", "ydw", "✅", "👍"} or (
        words != "t" and yes_or_no(words) is True
    ):
        return Coming.YES
    return None


def cancelled(text: str) -> Coming:
    """Return what a column such as “Cancelled” or “Void status” says: a yes or a date means not coming.

    >>> [cancelled(text).name for text in ("", "No", "2027-03-01 10:00", "void", "TRUE", "not cancelled", "0.00")]
    ['YES', 'YES', 'NO', 'NO', 'NO', 'YES', 'YES']
    >>> [cancelled(text).name for text in ("3-Mar-27", "Wed 3 Mar '27", "Mar 3, 2027")]
    ['NO', 'NO', 'NO']
    """
    words = tidy(text).casefold().strip(" .!")
    if words in {"", "-", "–", "—", "n/a", "none", "null", "never", "not void", "valid", "nil"}:
        return Coming.YES
    if (
        re.fullmatch(r"[£$€]?\s*0*(?:[.,]0+)?", words)
        or yes_or_no(words) is False
        or plain_answer(words) is Coming.NO
    ):
        return Coming.YES
    if (
        yes_or_no(words) is True
        or plain_answer(words) is Coming.YES
        or day(words)
        or re.search(r"\d{4}|\d[/.:-]\d", words)
    ):
        return Coming.NO
    meaning = status(words)
    return meaning if meaning is not Coming.UNKNOWN else Coming.UNSURE
