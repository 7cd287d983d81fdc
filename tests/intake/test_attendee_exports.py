"""Lists as ticket sites and forms really export them, with the usual dirt."""

from datetime import time

from matchmaker.intake.attendees import Note, RefusedRow, headers, read_attendees

EVENTBRITE_HEADER = (
    "Order #,Order Date,First Name,Last Name,Email,Quantity,Price Tier,Ticket Type,Attendee #,Group,Order "
    "Type,"
    "Currency,Total Paid,Fees Paid,Eventbrite Fees,Eventbrite Payment Processing,Attendee Status,Home "
    "Address 1,"
    "Home City,Job Title,Company,Which datasets do you work with?,Which dataset are you stuck on?,"
    "What could you help others with?,What would you like help with?,Which topics interest you?,"
    "Do you need step-free access?,Is there anyone you should not be paired with?,I agree to the privacy "
    "notice"
)


def eventbrite_row(first: str, last: str, email: str, status: str = "Attending", answers: str = "") -> str:
    order = f"1121,2026-09-02 10:01,{first},{last},{email},1,,General,901,,Free Order,GBP,0,0,0,0"
    return f"{order},{status},{answers or ',' * 11}"


EVENTBRITE = "\r\n".join(
    [
        EVENTBRITE_HEADER,
        eventbrite_row(
            "Maria",
            "Okafor",
            "Maria.Okafor@Example.org ",
            answers=',,Hydrologist,Environment Agency,"Water Quality Archive; River flows",Land cover map,'
            "Units,"
            '"Maps, and their licences","rivers, soil",No,tom@example.com,Yes',
        ),
        eventbrite_row("Tom", "Ashby", "tom@example.com", "Not Attending"),
        eventbrite_row("Info Requested", "Info Requested", "ana.lind@example.com"),
        eventbrite_row("Ben", "Ode", "ben@"),
        eventbrite_row("MARIA", "OKAFOR", "maria.okafor@example.org"),
        eventbrite_row("Cat", "Vale", "maria.okafor@example.org"),
    ]
)


def test_an_eventbrite_report_is_read_with_its_dirt() -> None:
    found = read_attendees(EVENTBRITE.encode("utf-8-sig"), "report.csv")

    assert found.format == "eventbrite"
    maria, ana = found.rows
    assert (maria.line, maria.name, maria.email) == (2, "Maria Okafor", "maria.okafor@example.org")
    assert (maria.organisation, maria.job_title) == ("Environment Agency", "Hydrologist")
    assert maria.datasets == ("Water Quality Archive", "River flows")
    assert maria.datasets_stuck == ("Land cover map",)
    assert (maria.offers, maria.needs) == ("Units", "Maps, and their licences")
    assert maria.topics == ("rivers", "soil")
    assert maria.not_with == ("tom@example.com",)
    assert not maria.step_free
    assert (ana.line, ana.name) == (4, "Ana Lind")
    assert found.problems == (
        RefusedRow(
            5,
            "“ben@” is not an email address. There is nothing after the @. Correct it, or empty the cell: "
            "the person then gets a code at the desk.",
            "address",
            "email",
            "ben@",
        ),
        RefusedRow(
            7,
            "maria.okafor@example.org is already used for Maria Okafor on line 2. Give Cat Vale an address "
            "of their "
            "own, or empty the cell: they then get a code at the desk.",
            "shared",
            "email",
            "maria.okafor@example.org",
        ),
    )
    assert found.notes == (
        Note(
            3,
            "The list says “Not Attending”, so this person was not imported.",
            left_out=True,
            kind="not-coming",
            field="status",
            value="Not Attending",
        ),
        Note(
            4,
            "There is no name, so “Ana Lind” was taken from the address. Check it.",
            kind="name",
            field="name",
            value="Ana Lind",
        ),
        Note(
            6,
            "Maria Okafor is on line 2 already, with the same address. Both lines are read as one person.",
            kind="twice",
            field="email",
            value="maria.okafor@example.org",
        ),
    )


def test_the_newer_eventbrite_report_takes_the_attendee_and_not_the_buyer() -> None:
    text = (
        "Order ID,Order Date,Attendee Status,Name,Email,Event Name,Ticket Quantity,Buyer Name,Buyer Email\n"
        "1,2026-09-02,Attending,Ana Lind,ana@example.com,Day,1,Maria Okafor,maria@example.org\n"
        "1,2026-09-02,Attending,,,Day,1,Tom Ashby,tom@example.org\n"
    )

    found = read_attendees(text.encode(), "report.csv")

    assert found.format == "eventbrite"
    assert [(row.name, row.email) for row in found.rows] == [
        ("Ana Lind", "ana@example.com"),
        ("Tom Ashby", "tom@example.org"),
    ]


PRETIX_HEADER = (
    "Event slug;Order code;Position ID;Status;Email;Phone number;Order date;Order time;Product;Variation;"
    "Price;"
    "Tax rate;Tax rule;Tax value;Attendee name;Attendee name: Given name;Attendee name: Family name;"
    "Attendee email;"
    "Company;Address;ZIP code;City;Country;State;Voucher;"
    "Pseudonymization ID;Seat ID;Order comment;Follow-up date;"
    "Datasets you use – Soil survey;Datasets you use – Flood zones;From what time can you be there?;"
    "Company;Invoice address name;Address;Sales channel;Order locale;E-mail address verified;Payment "
    "providers"
)


def pretix_row(status: str, order_email: str, name: str, own_email: str, *answers: str) -> str:
    given, _, family = name.partition(" ")
    cells = [
        "day",
        "AB12C",
        "1",
        status,
        order_email,
        "",
        "2026-09-01",
        "10:00:00",
        "Ticket",
        "",
        "0.00",
        "0",
        "",
        "0",
    ]
    cells += [name, given, family, own_email, "", "", "", "", "GB", "", "", "X", "", "", "", *answers]
    return ";".join([*cells, "Natural England", "", "", "web", "en", "Yes", ""])


def test_a_pretix_export_takes_the_attendees_own_address_and_ticked_choices() -> None:
    rows = [
        PRETIX_HEADER,
        pretix_row("paid", "buyer@example.org", "Ana Lind", "ana@example.org", "Yes", "No", "10.15"),
        pretix_row("paid", "buyer@example.org", "Tom Ashby", "", "Yes", "Yes", ""),
        pretix_row("canceled", "x@example.org", "Ben Ode", "ben@example.org", "Yes", "Yes", ""),
        pretix_row("pending", "cat@example.org", "Cat Vale", "", "No", "No", ""),
    ]

    found = read_attendees("\r\n".join(rows).encode(), "day_orders.csv")

    assert found.format == "pretix"
    ana, tom, cat = found.rows
    assert (ana.name, ana.email, ana.organisation) == ("Ana Lind", "ana@example.org", "Natural England")
    assert (ana.datasets, ana.arrives) == (("Soil survey",), time(10, 15))
    assert (tom.email, tom.datasets) == ("", ("Soil survey", "Flood zones"))
    assert (cat.email, cat.datasets) == ("cat@example.org", ())
    assert found.problems == ()
    assert found.notes == (
        Note(
            4,
            "The list says “canceled”, so this person was not imported.",
            left_out=True,
            kind="not-coming",
            field="status",
            value="canceled",
        ),
        Note(
            5,
            "The list says “pending”, so they are read as not having answered.",
            kind="not-confirmed",
            field="status",
            value="pending",
        ),
        Note(
            5,
            "cat@example.org is the address of whoever ordered. Check that it is Cat Vale’s.",
            kind="orderer",
            field="email",
            value="cat@example.org",
        ),
    )


def test_an_indico_export_is_read() -> None:
    text = (
        "ID,Name,First Name,Last Name,Email Address,Affiliation,Position,Title,Topics_12,Registration date,"
        "Registration state,Checked in\n"
        "1,Ana Lind,Ana,Lind,ana@example.org,Kew,Botanist,Dr,plants,2026-09-01,Completed,False\n"
        "2,Ben Ode,Ben,Ode,ben@example.org,Kew,Botanist,Mr,plants,2026-09-01,Withdrawn,False\n"
    )

    found = read_attendees(text.encode(), "registrations.csv")

    assert found.format == "indico"
    (ana,) = found.rows
    assert (ana.name, ana.email, ana.organisation, ana.job_title, ana.topics) == (
        "Ana Lind",
        "ana@example.org",
        "Kew",
        "Botanist",
        ("plants",),
    )
    assert [note.line for note in found.notes if note.left_out] == [3]


def test_microsoft_forms_answers_are_read_also_from_an_anonymous_form() -> None:
    text = (
        "ID,Start time,Completion time,Email,Name,Last modified time,Your name,Email2,"
        "Which organisation are you from?,"
        "Which datasets do you make or look after?,I can help with...,Roughly when will you arrive?,"
        "Do you need a quiet table?,Any access needs?,What is your favourite biscuit?\n"
        "1,9/1/26 9:00:00,9/1/26 9:05:00,anonymous,,,Ana Lind,ana@example.org,Cefas,"
        "Fish stock survey;Plankton counts;,nets,after lunch,Yes,Lift please,Garibaldi\n"
    )

    sheet = headers(text.encode(), "forms.csv")
    found = read_attendees(text.encode(), "forms.csv")

    assert found.format == sheet.format == "microsoft-forms"
    assert [question.header for question in sheet.questions] == ["What is your favourite biscuit?"]
    assert sheet.questions[0].samples == ("Garibaldi",)
    (ana,) = found.rows
    assert (ana.name, ana.email, ana.organisation) == ("Ana Lind", "ana@example.org", "Cefas")
    assert ana.datasets_made == ("Fish stock survey", "Plankton counts")
    assert (ana.offers, ana.arrives, ana.quiet, ana.step_free) == ("nets", None, True, True)
    assert found.notes == (
        Note(
            2,
            "“after lunch” is not a time to arrive, so they are planned from the start. Write it as 13:30.",
            field="arrives",
            value="after lunch",
        ),
    )
