"""The names that columns of attendee lists go by: in the exports of ticket shops and forms, and in what people type.

English, German, French, Spanish, Italian, Dutch, Swedish, Polish and Welsh, spelt as `columns.normal` spells them.
"""

COLUMN_NAMES: dict[str, str] = {
    "name": """
        name | full name | attendee | attendee name | participant | participant name | delegate |
        delegate name | your name | what is your name | please enter your name | what is your full
        name | your full name | name and surname | names | attendees | full names | nom | nom
        complet | nom et prénom | nom et prénoms | prénom et nom | nom prénom | nombre | nombre
        completo | nombre y apellidos | nombre y apellido | nome | nome completo | nome e cognome |
        cognome e nome | naam | volledige naam | namn | fullständigt namn | vollständiger name | vor
        und nachname | vorname nachname | name vorname | vorname und nachname | vorname und name |
        name des teilnehmers | teilnehmer | teilnehmerin | teilnehmende | imię i nazwisko | imiona i
        nazwisko | enw | enw llawn | legal name | legal full name | full legal name | first and last
        name | first name and last name | first name last name | name first and last | name surname
        | surname first name | surname forename | surname forenames | surname given name | surname given
        names | surname first | last first | last name first | last name first name | last first name |
        family name given name | family name first | name surname forename | name surname first name |
        name surname first | name last first | name last name first | forename surname | first name
        surname | first and surname | first name and surname | forename and surname |
        guest | guests name | registrant | registrant name | participant s name | attendee s name |
        person | person name | contact | contact name | member | member name | user name original
        name | name original name | complete name | customer full name | display name | invitee |
        invitee name | name of attendee | name of participant | name of delegate | name of person
        attending | who is attending | who is coming | nome do participante | employee | employee
        name | colleague | staff name | speaker name | student name | real name""",
    "first_name": """
        first name | firstname | forename | given name | attendee name given name | attendee first
        name | your first name | what is your first name | first | first names | forenames | given
        names | christian name | christian names | fname | f name | firstname s | vorname | vornamen
        | rufname | prénom | prénoms | prenom | primer nombre | primeiro nome | nome próprio |
        voornaam | voornamen | förnamn | fornavn | fornamn | imię | imie | imiona | enw cyntaf |
        first name s | given name s | recipient first name | recipientfirstname | name first | name
        first name | contact first name | etunimi | jméno | utónév | keresztnév |
        legal first name | legal given name | legal forename | legal first names | official first
        name | first name legal | registered first name | first name as in passport""",
    "middle_name": """
        middle name | middle names | middle initial | middle initials | middle | mi | second name |
        other names | tussenvoegsel | zweiter vorname | deuxième prénom | segundo nombre | infix |
        name prefix van | enw canol""",
    "last_name": """
        legal last name | legal surname | legal family name | official last name | official surname
        | last name legal | registered surname | surname as in passport | last name
        | lastname | surname | family name | attendee name family name | attendee surname
        | attendee last name | your last name | your surname | what is your last name | what is your
        surname | last | last names | surnames | family names | lname | l name | nachname |
        familienname | zuname | nom de famille | nom d usage | apellido | apellidos | primer
        apellido | sobrenome | apelido | cognome | achternaam | familienaam | efternamn | etternavn
        | efternavn | nazwisko | cyfenw | last name s | surname s | family name s | recipient last
        name | recipientlastname | name last | name last name | contact last name | sukunimi |
        příjmení | vezetéknév""",
    "badge_name": """
        preferred name | preferred first name | name for badge | badge name | name on badge | name
        for your badge | name on your badge | name for the badge | name on the badge | badge | name
        badge | name tag | name for name badge | name on name badge | known as | likes to be known
        as | also known as | chosen name | nickname | nick name | nick | goes by | name you go by |
        what should we call you | what would you like to be called | what do you like to be called |
        how should your name appear | name as it should appear on badge | name to appear on badge |
        name to be shown on badge | name to print on badge | print name | name to use | name in use
        | preferred full name | preferred display name | display name for badge | call me | name for
        lanyard | lanyard name | name badge name | name for name tag | namensschild | name auf dem
        namensschild | name für namensschild | nom pour le badge | nom sur le badge | nombre para la
        credencial | nombre en la credencial | nome sul badge | nome per il badge | naam op badge |
        naam voor badge | roepnaam | tilltalsnamn | enw ar fathodyn | enw ar gyfer y bathodyn | enw
        a ddefnyddir | preferred forename | preferred name for badge | preferred name optional""",
    "email": """
        email | email address | attendee email | attendee email address | work email | work email
        address | mail | your email | your email address | your work email address | contact email |
        what is your email address | what is your email | what is your work email address | please
        enter your email address | e mail | e mail address | emails | e mails | e mail addresses |
        email addresses | mail address | electronic mail | email id | emailid | email addr | work e
        mail | business email | business e mail | business email address | office email | personal
        email | primary email | primary email address | login email | user email | account email |
        guest email | registrant email | participant email | delegate email | recipient email |
        recipientemail | upn | participant id upn | user principal name | invitee email |
        confirmation email | email of attendee | e mail adresse | email adresse | emailadresse |
        mailadresse | e mailadresse | dienstliche e mail | dienstliche e mail adresse | courriel |
        adresse e mail | adresse email | adresse mail | adresse courriel | adresse électronique |
        adresse de courriel | mél | mel | correo | correo electrónico | correo electronico |
        dirección de correo electrónico | dirección de correo | e mail address work | indirizzo e
        mail | indirizzo email | posta elettronica | e mailadres | emailadres | correio eletrônico |
        endereço de e mail | e post | e postadress | epost | epostadress | mejladress | adres e mail
        | adres email | ebost | e bost | cyfeiriad e bost | cyfeiriad ebost | sähköposti | contact e
        mail | email work | e mail work | smtp address | primary smtp address | internet address |
        email 1 | ticket holder email | holder email | attendee e mail""",
    "organisation": """
        organisation | organization | company | employer | affiliation | institution | organisation
        name | organization name | company name | your organisation | which organisation do you work
        for | what organisation do you work for | which organisation are you from | company
        organisation | organisation company | agency | name of organisation | organisations |
        organizations | org | orgs | organisation or company | company or organisation |
        organization or company | company or organization | organisation body | department or
        organisation | department or agency | department agency | department or body | institute |
        institution name | employer name | business | business name | firm | works for | where do
        you work | where do you work from | who do you work for | which company do you work for |
        what company do you work for | name of your organisation | name of company | name of
        employer | body | arms length body | alb | ministry | university | affiliation institution |
        home organisation | representing | delegation | firma | unternehmen | institution
        organisation | behörde | arbeitgeber | einrichtung | dienststelle | organisme | entreprise |
        société | employeur | établissement | structure | structure de rattachement | organización |
        organizacion | empresa | institución | entidad | empleador | organizzazione | azienda | ente
        | datore di lavoro | istituzione | società | organisatie | bedrijf | werkgever | instelling
        | bedrijfsnaam | organização | instituição | organisaatio | företag | arbetsgivare |
        organizacja | pracodawca | instytucja | sefydliad | cwmni | cyflogwr | corff | company org |
        org name | current company | account name""",
    "job_title": """
        job title | position | role | job role | your role | profession | occupation | what is your
        role | what is your job title | your job title | job | grade and role | job titles | roles |
        designation | title role | role title | current role | current position | current job title
        | post | post title | job position | job function | position title | occupation title |
        funktion | stelle | berufsbezeichnung | tätigkeit | beruf | stellenbezeichnung | fonction |
        poste | intitulé de poste | métier | cargo | puesto | función | ruolo | qualifica |
        posizione | functie | functietitel | função | roll | titel | stanowisko | swydd | teitl
        swydd | rôl | role at work | what do you do for work | headline | professional title""",
    "pronouns": """
        pronouns | pronoun | preferred pronouns | personal pronouns | gender pronouns | your pronouns
        | my pronouns | pronouns for your badge | pronouns for the badge | badge pronouns | which pronouns do
        you use | what are your pronouns | pronomen | pronoms | pronom | pronombres | pronomi |
        voornaamwoorden | rhagenwau | pronouns optional""",
    "team": """
        team | unit | directorate | division | branch | business area | your team | team or unit |
        team name | which team are you in | which team do you work in | what team are you in | teams
        | department | department name | dept | section | group name | work area | area | unit name
        | office | branch name | department team | abteilung | referat | bereich | équipe | service
        | direction | departamento | equipo | unidad | servicio | squadra | ufficio | dipartimento |
        reparto | afdeling | avdelning | zespół | dział | tîm | adran | uned | home team | service
        area | workstream | work stream | squad""",
    "bio": """
        bio | biography | about | about them | about you | about me | profile | summary | what do
        you do | what do you work on | tell us about yourself | tell us about your work | describe
        your work | your work | work summary | bios | biographies | short bio | short biography |
        introduction | introduce yourself | a few words about you | a few words about yourself |
        something about you | about your work | description of your work | background |
        kurzbiografie | über mich | über sie | présentation | à propos | presentación | sobre mí |
        amdanoch chi | amdanaf i | who are you""",
    "topics": """
        topics | topic | interests | themes | subjects | areas of interest | areas of work |
        expertise | topics of interest | interest | themes of interest | subject areas | subject |
        fields of interest | fields | keywords | tags of interest | main topics | topic areas |
        areas of expertise | specialism | specialisms | specialities | specialties | themen |
        interessen | themengebiete | fachgebiete | thèmes | sujets | centres d intérêt | thématiques
        | temas | intereses | áreas de interés | temi | interessi | argomenti | onderwerpen | thema
        s | interesses | ämnen | tematy | pynciau | diddordebau | themâu""",
    "datasets": """
        datasets | dataset | data sets | datasets used | uses | datasets you use | data used | data
        sets used | data sets you use | datasets in use | datasets they use | datasets i use | data
        sources used | data sources | datasets you work with | datensätze | genutzte datensätze |
        verwendete datensätze | jeux de données | jeux de données utilisés | conjuntos de datos |
        conjuntos de datos utilizados | dataset usati | gebruikte datasets | dataset s | setiau data
        | setiau data a ddefnyddir""",
    "datasets_made": """
        datasets made | made | maintains | datasets maintained | datasets published | datasets you
        maintain | datasets created | datasets curated | datasets owned | datasets managed |
        datasets produced | datasets you make | datasets you make or look after | datasets they make
        | datasets they make or look after | datasets you own | data sets made | gepflegte
        datensätze | eigene datensätze | jeux de données produits | conjuntos de datos producidos""",
    "datasets_wanted": """
        datasets wanted | wants | wanted datasets | datasets you want | datasets they want |
        datasets needed | datasets you need | datasets you are looking for | wish list | wishlist |
        gesuchte datensätze | gewünschte datensätze | jeux de données recherchés | conjuntos de
        datos buscados""",
    "datasets_stuck": """
        datasets stuck | stuck on | stuck | datasets stuck on | datasets you are stuck on | datasets
        they are stuck on | datasets you struggle with | problem datasets""",
    "offers": """
        offers | offer | can help with | i can help with | can offer | offering | what can you offer
        | what you can help with | what they can help with | what can you help with | can teach |
        skills to share | expertise to share | ich biete | biete | bietet an | je propose | propose
        | ofrezco | offro | aanbod | cynnig""",
    "needs": """
        needs | need | needs help with | i need help with | looking for | help wanted | what do you
        need | what you need help with | what they need help with | what do you need help with |
        needs help | help needed | asks | ask | wants to learn | would like help with | ich suche |
        suche | je cherche | recherche | besoins | busco | necesito | cerco | vraag | angen""",
    "arrives": """
        arrives | arrival | arrival time | arriving | time of arrival | arrives at | arriving at |
        arrive | expected arrival | ankunft | ankunftszeit | arrivée | heure d arrivée | llegada |
        hora de llegada | arrivo | aankomst | cyrraedd | from time""",
    "leaves": """
        leaves | departure | departure time | leaving | time of departure | leaves at | leaving at |
        departs | leave | expected departure | abreise | abfahrt | abreisezeit | départ | heure de
        départ | salida | hora de salida | partenza | vertrek | gadael""",
    "step_free": """
        step free | needs step free | step free access | wheelchair | wheelchair user | step free
        table | step free needed | step free required | step free access needed | step free access
        required | do you need step free access | needs step free access | wheelchair access |
        wheelchair access required | level access | accessible table | barrierefrei | barrierefreier
        zugang | rollstuhl | fauteuil roulant | rolstoel | silla de ruedas | sedia a rotelle | rullstol |
        wózek inwalidzki | cadair olwyn | accès pmr | accès de plain pied | acceso sin escalones | mynediad heb
        risiau""",
    "quiet": """
        quiet | quiet table | needs quiet | quiet space | needs a quiet table | quiet table needed |
        quiet table required | quiet room | do you need a quiet table | needs a quiet space | quiet
        area | ruhiger tisch | table calme | mesa tranquila | bwrdd tawel""",
    "access": """
        access | access needs | access requirements | accessibility | accessibility needs |
        accessibility requirements | reasonable adjustments | adjustments | accessibility
        requirement | accessibility need | access need | access requirement | special requirements |
        special needs | additional needs | additional requirements | support needs | special
        assistance | assistance required | mobility | mobility needs | mobility requirements |
        disability | disabilities | do you have any access needs | do you have any access
        requirements | do you have any accessibility requirements | do you have any accessibility
        needs | any access requirements | any access needs | any accessibility requirements | any
        accessibility needs | reasonable adjustment | accommodations | accommodation needs | special
        accommodations | barrierefreiheit | besondere bedürfnisse | unterstützungsbedarf |
        accessibilité | besoins d accessibilité | besoins particuliers | accesibilidad | necesidades
        especiales | necesidades de accesibilidad | accessibilità | esigenze particolari |
        toegankelijkheid | tillgänglighet | anghenion mynediad | hygyrchedd""",
    "fixed_table": """
        fixed table | table | table number | stays at table | fixed table number | table no | table
        nr | tisch | tischnummer | numéro de table | mesa | tafel | bwrdd | assigned table | seat at
        table""",
    "not_with": """
        not with | must not be paired with | do not pair with | avoid | not paired with | exclude |
        exclusions | keep apart from | keep away from | not to be paired with | should not be paired
        with | cannot be paired with | can t be paired with | not to meet | don t pair with | do not
        match with | must not meet | not to be matched with | block list | blocked | conflicts |
        conflicts of interest | nicht mit | ne pas associer avec | no emparejar con | dim gyda""",
    "inside": """
        inside | internal | internal or external | inside or outside | pool | inside the department
        | inside or outside the department | inside outside | internal external | internal or
        external attendee | in house | intern oder extern | interne ou externe""",
    "trio": """
        trio | trios | meeting of three | trio ok | agrees to a trio | agrees to a meeting of three
        | happy in a three | agree to a trio | threesome ok | group of three | groups of three |
        meetings of three""",
    "status": """
        status | attendee status | order status | registration state | registration status | ticket
        status | attending status | approval status | booking status | state | rsvp status |
        response | response status | reply | current status | attendee state | attendee type status
        | invitation status | invite status | guest status | participation status | confirmation
        status | payment status | enrolment status | enrollment status | application status |
        decision | outcome | admission status | admission decision | review status | acceptance |
        acceptance status | meeting response | invitation response | order state | ticket state |
        rsvp response | attendance status | registration result | selection status | place status |
        workflow state | statut | état | statut de l inscription | statut de la commande |
        anmeldestatus | teilnahmestatus | antwort status | zusagestatus | bestellstatus | estado |
        estado de la inscripción | estado del pedido | stato | stato iscrizione | stato dell ordine
        | inschrijfstatus | aanmeldstatus | status zgłoszenia | statws | event status | member
        status | registered status | approval""",
    "coming": """
        rsvp | going | are you going | are you coming | coming | attending | is attending | will
        attend | will you attend | will you be attending | will you be there | will you join us |
        can you attend | can you come | can you make it | are you attending | are you able to attend
        | are you able to come | able to attend | plan to attend | do you plan to attend | do you
        plan to come | plans to attend | confirmed | is confirmed | accepted | is accepted |
        approved | is approved | admitted | is going | participating | will participate | will you
        participate | do you want to attend | attendance confirmed | confirmed attendance |
        attendance confirmation | active | is active | valid | nehmen sie teil | nimmt teil |
        teilnahme | zusage | zugesagt | kommen sie | dabei | présence | présent | participez vous |
        serez vous présent | participation | participera | asistirá | asistencia | asiste | va a
        asistir | parteciperà | partecipa | aanwezig | komt | neemt deel | närvaro | kommer | yn dod
        | yn mynychu | fyddwch chi n dod | still attending | are you still attending | are you still
        coming | still coming""",
    "cancelled": """
        canceled | cancelled | is cancelled | is canceled | has cancelled | cancelled at | canceled
        at | cancelled on | canceled on | cancelled date | canceled date | cancellation date |
        cancellation | cancellation time | cancellation reason | cancelled by | cancel date | date
        cancelled | date canceled | date of cancellation | cancelled y n | void | voided | void
        status | is void | voided at | void date | refunded | is refunded | refunded at | refund
        date | date refunded | refund status | declined | declined at | has declined | withdrawn |
        withdrawn at | withdrawal date | date withdrawn | has withdrawn | rejected | rejected at |
        is rejected | denied | no show | noshow | not attending | not going | not coming | deleted |
        deleted at | is deleted | removed | removed at | dropped out | expired | revoked | revoked
        at | waitlisted | waitlist | on waitlist | waiting list | on waiting list | is waitlisted |
        wait list | storniert | storniert am | abgesagt | abgesagt am | absage | warteliste | annulé
        | annulé le | annulation | date d annulation | liste d attente | cancelado | anulado | fecha
        de cancelación | lista de espera | annullato | cancellato | lista d attesa | geannuleerd |
        afgemeld | wachtlijst | avbokad | avbokad den | anulowano | wedi canslo | canslwyd | rhestr
        aros | unsubscribed""",
    "orderer_name": """
        buyer name | order name | orderer | orderer name | ordered by | purchaser | purchaser name |
        customer name | customer | booker | booker name | booked by | billing name | payer | payer
        name | payer full name | buyer | buyer full name | buyer first name | order first name |
        purchaser first name | customer first name | billing first name | booking name | lead booker
        | lead booker name | invoice address name | order contact | contact person | registered by |
        invited by | booked by name | besteller | bestellt von | käufer | acheteur | commandé par |
        comprador | acquirente | koper""",
    "orderer_last": """
        buyer last name | buyer surname | order last name | purchaser last name | customer last name
        | billing last name | buyer family name""",
    "orderer_email": """
        buyer email | buyer email address | buyer e mail | order email | order email address | order
        e mail | orderer email | purchaser email | purchaser email address | customer email |
        customer email address | booker email | booker email address | billing email | billing email
        address | payer email | payer email address | booking email | lead booker email | contact
        person email | booked by email | registered by email | invoice email | paypal email |
        account owner email | manager email | line manager email | line manager s email | supervisor
        email | e mail des bestellers | email de l acheteur | email acheteur | email del comprador""",
    "access_needs": """
        other needs in the hall""",
    "diet": """
        diet | diets | dietary | dietary requirement | dietary requirements | dietary need | dietary needs |
        dietary restriction | dietary restrictions | dietary preference | dietary preferences | special diet |
        diet and allergies | dietary requirements and allergies | dietary requirements or allergies |
        allergies | allergy | food allergies | food allergy | food | food preference | food preferences |
        food requirements | meal choice | meal preference | meal preferences | meal option |
        any dietary requirements | any allergies | do you have any dietary requirements | do you have
        any allergies | catering requirements | ernährung | ernährungsweise | essenswunsch | lebensmittelallergien |
        régime alimentaire | allergies alimentaires | dieta | requisitos alimentarios | alergias |
        régime | esigenze alimentari | allergie | dieetwensen | specialkost | anghenion dietegol""",
    "ignore": """
        id | timestamp | start time | completion time | last modified time | total points | quiz
        feedback | order | order # | order no | order number | order id | order code | order date |
        order time | order type | order comment | order locale | attendee # | attendee no | attendee
        id | attendee number | position id | barcode | barcode # | barcode number | quantity |
        ticket quantity | ticket type | ticket price | price tier | price | ticket | ticket name |
        group | currency | total paid | fees paid | eventbrite fees | eventbrite payment processing
        | tax paid | gross sales | net sales | event | event name | event slug | event date | event
        id | event start date | event timezone | event location | home address 1 | home address 2 |
        home city | home state | home zip | home country | home postcode | address | address 1 |
        address 2 | city | town | county | zip code | zip | postcode | country | billing address |
        phone | phone number | cell phone | mobile | home phone | work phone | telephone | mobile
        number | website | blog | prefix | suffix | title | salutation | gender | age | birth date |
        product | variation | tax rate | tax rule | tax value | voucher | pseudonymization id | seat
        id | seat name | seat zone | seat row | seat number | follow up date | invoice address name
        given name | invoice address name family name | vat id | sales channel | email address
        verified | e mail address verified | payment providers | date | start date | end date |
        registration date | checked in | check in date | payment date | registration id | discount
        code | promo code | affiliate | buyer phone | buyer address | locale
        | payment type | valid from | valid until | requires special
        attention | check in text | number | no | nr | row | index | row number | # | s no | sl no |
        sno | serial number | respondent id | collector id | ip address | custom data 1 | custom
        data | response id | responseid | date submitted | submitdate | last page | lastpage | start
        language | startlanguage | seed | startdate | enddate | recorded date | recordeddate |
        progress | duration in seconds | duration | finished | ipaddress | distribution channel |
        distributionchannel | user language | userlanguage | external data reference | external
        reference | externalreference | location latitude | locationlatitude | location longitude |
        locationlongitude | url | uuid | submission time | validation status | notes | submitted by
        | version | tags | start | end | submission date | submission id | submission ip | network
        id | submitted at | stage date utc | start date utc | submit date utc | response type | api
        id | guest api id | guest id | created at | updated at | checked in at | custom source | qr
        code url | amount | amount tax | amount discount | coupon code | eth address | solana
        address | survey response rating | survey response feedback | user id | event host | rsvped
        on | joined group on | url of member profile | joined on | guests | unique ticket url |
        ticket reference | order reference | ticket phone number | order company name | discount
        status | last updated | created date | last updated date | is checked in | ticket id |
        public id | short id | registration time | join time | leave time | time in session minutes
        | is guest | country region name | country region | attended | source name | attendance |
        user action | first join | last leave | in meeting duration | meeting duration | job id |
        organisation id | organisation type | organisation size | ticket type id | order total |
        order subtotal | total | subtotal | fees | fee | discount | discount amount | refund amount
        | refunded amount | payment method | payment reference | transaction id | invoice number |
        invoice | notes internal | internal notes | comments | comment | remarks | zeitstempel |
        horodateur | marca temporal | tijdstempel | bemerkungen | telefon | telefonnummer |
        téléphone | numéro de téléphone | teléfono | telefono | telefoonnummer | adresse | straße |
        plz | ort | land | ville | code postal | pays | dirección | ciudad | país | datum | fecha |
        data | anrede | civilité | titre | tratamiento | aanhef | geschlecht | sexe | alter |
        nationality | nationality s | linkedin | linkedin profile | linkedin url | twitter |
        instagram | github | profile url | photo | picture | avatar | t shirt size | shirt size | t shirt | emergency
        contact | emergency contact name | emergency contact phone
        | meal | lunch | parking | car registration | vehicle registration | hotel | accommodation
        required | signature | consent | gdpr | gdpr consent | terms | newsletter | marketing | utm
        source | utm medium | utm campaign | referrer | referer | source | channel | device |
        browser | user agent | score | rating | language | sprache | langue | idioma | timezone |
        time zone | event time | session | sessions | workshop | room | day | slot | badge printed |
        badge number | badge id | badge type | ticket class | ticket category | ticket number |
        ticket url | ticket code | qr code | check in | checked in by | check in time | check in
        status | scanned at | vat number | po number | purchase order | cost centre | cost center |
        account number | staff number | employee id | employee number | staff id | payroll number |
        person id | contact id | member id | customer id | external id | record id | object id |
        last modified | modified | modified by | created | created by | item type | path | content
        type""",
}
"""Field id → the column names that mean it, parted by bars."""
