"""What an organiser reads of each kind of sheet, in the order of the print page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SheetKind:
    """What an organiser reads of one kind of sheet."""

    key: str
    title: str
    words: str


KINDS = (
    SheetKind(
        "changed-slips",
        "Only the changed slips",
        "For those whose slip is another than on the paper that they hold.",
    ),
    SheetKind(
        "slips",
        "Personal slips",
        "A6, four to an A4 sheet: each person's day, with the reason to meet. Who asked for large print gets A4.",
    ),
    SheetKind(
        "large-slips",
        "Personal slips in large print for everybody",
        "A4, one or two sheets a person: print on both sides.",
    ),
    SheetKind(
        "changed-cards",
        "Only the changed table cards",
        "For tables at which somebody else sits, at another time, than on the card last printed.",
    ),
    SheetKind("cards", "Table cards", "A4, folded once: the number of the table, and who sits there when."),
    SheetKind(
        "changed-topic-cards",
        "Only the changed topic cards",
        "For topics that are held at another time or table, or by another host, than on the card last printed.",
    ),
    SheetKind(
        "topic-cards",
        "Topic cards",
        "A4, folded once, for the corners of the hall: the topic, who hosts it, and when it is at which table.",
    ),
    SheetKind(
        "changed-list",
        "Only the changed lines of the list by surname",
        "For the desk: whose line is another than on the list last printed. All of them, if the times changed.",
    ),
    SheetKind(
        "list",
        "List by surname",
        "For the desk: everybody, with the table of every round and a box to tick, forty people a sheet.",
    ),
    SheetKind(
        "changed-badges",
        "Only the changed badges",
        "For those whose day, on the back, is another than on the badge last printed.",
    ),
    SheetKind(
        "badges",
        "Badges to fold",
        "Two to an A4 sheet: cut across, fold down the middle. The name is on one side, the day on the other. "
        "The code is for the desk and says nothing by itself.",
    ),
    SheetKind(
        "badge-labels",
        "Badges on label sheets",
        "For Avery L4785 and others of ten labels, 80 by 50 mm. Print one sheet on plain paper first, and hold it "
        "against the labels. Print at actual size.",
    ),
    SheetKind("roll-call", "Roll-call", "Names by surname with a box each, about a hundred a sheet."),
    SheetKind(
        "run-sheet",
        "Run sheet for the host",
        "When rounds and breaks start and end, which tables are in use, and who has nobody to meet.",
    ),
    SheetKind(
        "caterer",
        "Numbers for the caterer",
        "How many people are there in each round and break, and how many eat what. No names.",
    ),
    SheetKind(
        "allergies",
        "Allergies and diets, by name",
        "For the kitchen: who has an allergy, or a diet that cannot be counted, in their own words. It is private, "
        "so it is never printed with everything else.",
    ),
    SheetKind(
        "access",
        "What people need",
        "Step-free and quiet tables, large print, supporters, rests, and what else they wrote, by name. It is "
        "private: only for the people who set up the hall, so it is never printed with everything else.",
    ),
    SheetKind(
        "blank-slips",
        "Blank slips",
        "For people who come unannounced: the times are printed, the rest is for a pen.",
    ),
    SheetKind(
        "slip-backs",
        "Backs of the slips",
        "To note after each meeting whether it took place, how it was and what comes next. One sheet for all: put "
        "the printed slips into the printer again, and print it on the back of each.",
    ),
)

IF_ANY = ("topic-cards", "allergies", "access")
"""Kinds that are offered only where there is something on them."""
