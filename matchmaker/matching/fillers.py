"""Words that cannot be a reason to meet: verbs, fillers, numbers, and what nearly every dataset is called.

They still count in a score, where they are weak by being common; but nobody gets up to meet somebody because both
wrote "kept" or "survey". Written by hand; forms of a word are worked out.
"""

from functools import lru_cache

from matchmaker.matching.words import is_code

VERBS = """
accept add admit agree aim allow answer appear apply argue arrange arrive ask assume attach avoid become begin
believe belong borrow break bring build bury buy call care carry catch cause change chase check choose claim clean
clear climb close collect combine come compare complain complete confirm consider contain continue convince copy
correct cost cover create curate cut date deal decide delete depend describe die dig disagree discover discuss do
double draw dream drink drive drop earn eat edit end enjoy enter estimate exist expect explain fail fall feel fight
file fill find finish fit fix follow forget gather get give go grow guess handle hang happen hate have hear help
hide hit hold hope hurt imagine improve include increase insist introduce invent join judge jump keep kill knock
know laugh lay lead lean learn leave lend let lie lift like link listen live lock lose love make manage mark match
matter mean meet mention mind miss mix move name need notice offer open own pass pay phone pick place play point
prefer prepare present pretend print produce promise prove provide publish pull push put raise reach read realise
receive recognise recover reduce refuse rely remain remember remove repeat replace reply represent require rescue
rest retire return ride rise run save say search see seem sell send separate set settle share show shut sign sit
sleep slip sort sound speak spell spend split spot stand start stay steal stick stop store struggle suggest support
suppose survive swap swear swim take talk teach tell test thank think throw tie touch trace travel treat trust try
turn type understand update use visit wait wake walk want warn wash watch wear weigh win wish wonder work worry write
"""

IRREGULAR = """
became begun began blown bought bound broken broke brought built came caught chosen chose cut dealt did done drawn
drew driven drove dug eaten fallen fell felt flew fought found forgot forgotten gave given gone got grew grown heard
held hid hidden hung kept knew known laid lain led left lent lost made meant met paid put ran read risen rose run
said sat saw seen sent set shown shut slept slid sold spent spoke spoken stood stole stolen stuck sung swore sworn
taken taught thought threw thrown told took torn understood went woke won wore worn wrote written am are be been
being has having ring rings rang rung
"""

TALKING = """
able abroad absolute accident accurate across actual actually afraid afternoon afterwards age aged agreed ahead
alike alive almost already alright amazing amount angry annoying anybody anymore anyone anything anyway anywhere
apart around arrival aside asleep attention autumn average away awful awkward awfully baby back bad badly bag bare
barely basic basis beautiful bed behalf best better beyond big bill birthday birth bit blame bloody bored boring
bottom boss box boy brave brief bright brilliant broad brother busy button calm capital career careful careless case
certain certainly chance cheap cheerful child children christmas clear clearly clever clock close closely coffee
colleague comfort common complete completely confidence content convenient corner correct correctly couple course
crazy cup curious current currently dad daily daughter dead deaf death decade decent decision deep definitely degree
delight desk detail different difficult difference difficulty dinner direct directly dirty discussion double doubt
dozen dull duty each ear early easier easily easter easy edge effect effort eight eighteen eighty either eleven
elsewhere else email emails empty end enough entire entirely era error especially even evening event eventually ever
everybody everyday everyone everything everywhere exact exactly example excellent except exciting excuse expensive
experience expert expertise express extra extremely eye face fact fair fairly faith false familiar family famous fan
far fast father fault favour favourite feeling fewer fifteen fifth fifty final finally fine finger firm first five
flat floor fond foot forever former fortnight forty forward four fourth free freedom frequent frequently friday
friend friendly frustrating full fully fun funny further future gap general generally gentle gently genuine girl
glad goal gold good grand grandfather grandmother grateful great greatest group guess guest guide guilty guy habit
half hand handful handy happily happy hard harder hardly head heart heavily heavy hello hence high higher highest
highly hobby holiday home honest honestly hope hour house huge hundred hungry hurry husband idea ideal imagination
immediate impatient impossible impression inch inclined incredible inside instead intention interested interesting
introduction item job joke journey joy keen key kid kind kindly kitchen knowledge lack lady large largely larger
largest last late lately later latest laugh lazy least leg less lesson letter level life lifetime light like likely
line list little lively living load long longer longest loose lot loud lovely low lower lowest luck lucky lunch mad
main mainly major majority man manager manner march many match maximum maybe meaning meanwhile meeting member memory
men mere merely message middle mild mile million mind minimum minor minute mistake moment monday money month monthly
mood morning mostly mother mouth movement mum mutual mystery name nameless narrow nasty near nearby nearly neat
necessarily necessary neck neighbour neither nerve nervous never new newer newest newly news next nice nicely night
nine nineteen ninety nobody none nonsense normal normally note nothing notice now nowadays nowhere obvious obviously
occasional occasionally odd oddly office officer often old older oldest once ones one only opinion opposite option
order ordinary original originally otherwise outside overall oversight pair paper parent part particular
particularly partly partner party past patience patient people perfect perfectly perhaps permanent person personal
personally phone photo picture piece place plain plainly please pleased pleasure plenty plus pocket point polite
poor popular position possibility possible possibly practical practically practice precise precisely presence
presumably pretty previous previously pride principle priority private probably problem process proper properly
proud purpose puzzle quarter question quick quicker quickly quiet quietly quite random rare rarely rather reader
ready real reality realistic really reason reasonable reasonably recent recently regard regular regularly related
relative relatively relevant relief reliable respect response rest result rhythm rich right role room rough roughly
round row rubbish rude rule rumour sad safe safely saturday scale school screen second secret sense sentence
separate series serious seriously seven seventeen seventy several shape sharp shelf shop short shortly shoulder shy
sick side silence silent silly similar simple simpler simply since single sister situation six sixteen sixty size
skill slight slightly slow slowly small smaller smallest smart smell smile smooth soft somebody somehow someone
something sometimes somewhat somewhere son song soon sorry soul spare special specially specific specifically spirit
staff stage stair standard start state statement status steady step story straight strange stranger street strength
strict strictly strong strongly stubborn stuff stupid style subject success successful sudden suddenly sum summer
sunday superb sure surely surprise surprised surprising surprisingly sweet table talent tall task taste tea team
tedious telephone temporary ten tenth term terrible thanks thing third thirteen thirty thorough though thousand
three thursday tidy time tiny tired title today together tomorrow tonight tool top topic total totally tough
tradition trick trip trouble true truly truth tuesday twelve twenty twice two typical typically ugly ultimate unable
uncle unhappy unique unlikely unnecessary unusual upset upstairs urgent useful useless user usual usually vague
valuable value variety various vast version view visible visit visitor voice volunteer warm weak wednesday week
weekend weekly weird welcome whatever whenever wherever whole wide widely wife willing winter wise woman women
wonderful wooden word world worse worst worth wrong yard yearly yes yesterday yet young younger youngest zero
january february april may june july august september october november december
"""
"""Words of talk about oneself, of time, number and degree: never an end of a phrase that is named."""

GENERIC = """
access account action activity address advice agency analysis analyst annual application approach archive area
article assessment assumption atlas attribute audit author authority background baseline benchmark boundary britain
british budget bulletin business calculation catalogue category census centre challenge change chart city class
classification client code coding collection column committee community company composite condition conference
consultation contact contractor contribution cost council count country county course customer cycle data database
dataset datum decision definition delivery department design desktop development device diagram dictionary directive
director directory display distribution district division document documentation domain download draft duplicate
england english environment environmental equipment estimate europe european evaluation evidence exercise experiment
expert explanation extent extraction factor feature field figure file finding folder form format formula forecast
framework function funding fund gathering geographic geography geographical government governance graph grid
guidance guideline history identifier impact implementation improvement index indicator industry info information
initiative input inspection institute institution instrument interest international inventory investigation issue
key kingdom label land law layer legislation licence limit link list local location log london long machine
maintenance management manual map mapper mapping material measure measurement measuring method methodology metric
minister ministry model modeller modelling module monitoring national natural network northern object objective
observation observed observer online open operation operator order organisation organisational origin output owner
package page panel paper parish partnership pattern percentage performance period permission pipeline plan planning
platform plot policy portal position post postcode practice precision preparation presentation prediction process
product production professional profile program programme progress project property proposal protection protocol
provider provision public publication publisher quality quantity query range rate ratio reading record recorder
recording reference regime region regional register registration regulation regulator release report reporting
repository request requirement research researcher resource response responsibility restriction review risk royal
row sample sampling scale scheme science scientific scientist scope scotland scottish script search section sector
selection sensitivity sequence series service set shape sheet simulation site software source southern spatial
specialist specification spreadsheet staff stakeholder standard state statement station statistic statistical
statistician status stock stocktake strategy structure study subset summary supplier supply support survey surveyor
surveying system table tag target team technique technology template test testing theory time title tool topic
tracking training transfer transport treatment trend trial type unit united university update upload usage user
validation value variable variation version volume wale wales water web website welsh west western east eastern
workflow working workshop year yield zone gb uk eu great north south ireland irish bulk dashboard workbook csv excel
pdf api python surface spring square nature human number
am cm dr eg eu ha id ie kg km mm mr mrs ms no ok pm re st us vs
"""
"""What much of an event is about: never named alone, but at home in a phrase ("bird counts", "sea wall survey")."""


def _forms(verb: str) -> set[str]:
    """Return the regular forms of a verb.

    >>> sorted(_forms("stop")), sorted(_forms("try"))
    (['stop', 'stoped', 'stoping', 'stopped', 'stopping', 'stops'], ['tried', 'tries', 'try', 'trying'])
    """
    if verb.endswith("e"):
        return {verb, verb + "s", verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2] not in "aeou":
        return {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    plural = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    doubled = {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return {verb, plural, verb + "ed", verb + "ing"} | (doubled if verb[-1] in "bdgklmnprt" else set())


_NOT_BENT = ("bed", "shed", "seed", "weed", "feed", "reed", "breed", "fly", "assembly", "family", "anomaly")
"""Ends of nouns that look like a verb's past or an adverb."""

_OF_THEIR_OWN = frozenset(("goods", "grounds", "rights"))
"""Plurals that are things, though their singular is a word of talk: "rights holders", "goods"."""

_HARD = frozenset(
    {form for verb in VERBS.split() for form in _forms(verb)} | set(IRREGULAR.split()) | set(TALKING.split())
)
GENERIC_WORDS = frozenset(GENERIC.split())


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """Return an English noun without the ending of its plural, as well as a rule can tell.

    >>> [singular(word) for word in ("surveys", "studies", "boxes", "moss", "bees")]
    ['survey', 'study', 'box', 'moss', 'bee']
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(maxsize=100_000)
def is_filler(word: str) -> bool:
    """Whether a word, in small letters, can neither begin nor end a phrase: a verb, a filler, a number.

    >>> [is_filler(word) for word in ("kept", "weeks", "2004", "10km", "dormouse", "surveys")]
    [True, True, True, True, False, False]
    """
    hard = word in _HARD or (singular(word) in _HARD and word not in _OF_THEIR_OWN)
    return hard or (word[0].isdigit() and not is_code(word))


@lru_cache(maxsize=100_000)
def is_generic(word: str) -> bool:
    """Whether a word, in small letters, says nothing alone though it may be part of a phrase.

    >>> [is_generic(word) for word in ("surveys", "spatial", "monthly", "dormouse", "seabed")]
    [True, True, False, False, False]
    """
    return word in GENERIC_WORDS or singular(word) in GENERIC_WORDS


@lru_cache(maxsize=100_000)
def is_bent(word: str) -> bool:
    """Whether a word looks like a verb's past or an adverb."""
    return len(word) > 5 and word.endswith(("ed", "ly")) and not word.endswith(_NOT_BENT)
