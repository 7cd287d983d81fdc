"""People: everybody on the list, found by any part of a name; and adding one."""

from functools import cache

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.people import register_people, sound_alike
from matchmaker.services.people.act_on_people import Act
from matchmaker.services.people.register_people import Newcomer
from matchmaker.services.refused import Refused
from matchmaker.services.suggestions.refresh_lists import ask_for
from matchmaker.store.people import guest_list, next_time, shown_people
from matchmaker.store.people.guest_list import Condition
from matchmaker.store.people.list_parts import ListParts, count_parts
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import COMING, Pool, Presence, Registration, RegistrationState
from matchmaker.store.people.shown_people import ListOrder, ShownPerson
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.event_time import ends_with_the_event, is_over, time_of
from matchmaker.web.fields import (
    CheckboxField,
    EmailField,
    Length,
    PersonNameField,
    SubmitField,
    TextField,
    needed,
)
from matchmaker.web.form import PageForm
from matchmaker.web.no_mail import no_mail
from matchmaker.web.organisers import organisers
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
from matchmaker.web.transaction import session, start

Page = str | Response | tuple[str, int]
_S = RegistrationState

STATES: dict[RegistrationState, str] = {
    _S.INVITED: "On the list",
    _S.PENDING: "Asks for a place",
    _S.OFFERED: "Offered a place",
    _S.CONFIRMED: "Coming",
    _S.WAITING: "On the waiting list",
    _S.DECLINED: "Said no",
    _S.CANCELLED: "Left or has no place",
}
"""State → what an organiser reads. Who was invited or not is told by `state_words`."""

STATES_AFTER: dict[RegistrationState, str] = {
    _S.INVITED: "Was on the list",
    _S.PENDING: "Asked for a place",
    _S.OFFERED: "Was offered a place",
    _S.CONFIRMED: "Said yes",
    _S.WAITING: "Was on the waiting list",
    _S.DECLINED: "Said no",
    _S.CANCELLED: "Was not coming in the end",
}
"""The same once the event is over; who came is told by `presence_words`."""

SHOWS = {
    "coming": "Everybody who has not said no",
    "confirmed": "Said yes",
    "no-answer": "Invited, no answer yet",
    "not-invited": "Not invited yet",
    "nearly-empty": "Profile nearly empty",
    "no-address": "No email address",
    "inside": "Inside the department",
    "outside": "Outside the department",
    "here": "Here",
    "expected": "Not here yet",
    "absent": "Marked as not here",
    "asking": "Asks for a place",
    "waiting": "On the waiting list",
    "offered": "Offered a place",
    "out": "Said no, left or has no place",
    "another-day": "Cannot come, ask next time",
    "all": "Everybody",
}
"""Name in the address → words of each part of the list."""

SHOWS_AFTER = {
    "no-answer": "Invited, no answer",
    "not-invited": "Not invited",
    "here": "Came",
    "expected": "Not checked in",
    "absent": "Did not come",
    "asking": "Asked for a place",
    "waiting": "Was on the waiting list",
    "offered": "Was offered a place",
    "another-day": "Could not come, ask next time",
    "coming": "Everybody who had not said no",
    "out": "Said no, left or had no place",
}
"""The words of those parts that have others once the event is over."""


@cache
def parts(*, over: bool) -> ListParts:
    """Return the rule of each part of the list. Once the event is over, whoever came and left before its end came."""
    listed, unanswered = guest_list.on_the_list(over=over), guest_list.expects_answer()
    return ListParts(
        {
            "coming": listed,
            "confirmed": Registration.state == _S.CONFIRMED,
            "no-answer": unanswered,
            "not-invited": unanswered,
            "nearly-empty": listed,
            "no-address": listed,
            "inside": listed,
            "outside": listed,
            "here": guest_list.here(over=over),
            "expected": listed & (Registration.presence == Presence.EXPECTED),
            "absent": Registration.presence == Presence.ABSENT,
            "asking": Registration.state == _S.PENDING,
            "waiting": Registration.state == _S.WAITING,
            "offered": Registration.state == _S.OFFERED,
            "out": ~listed,
            "another-day": guest_list.anybody(),
            "all": guest_list.anybody(),
        },
        beside={
            "no-answer": Registration.invited_at.is_not(None),
            "not-invited": Registration.invited_at.is_(None),
            "nearly-empty": guest_list.nearly_empty(),
            "no-address": guest_list.without_address(),
            "inside": Registration.pool == Pool.INSIDE,
            "outside": Registration.pool == Pool.OUTSIDE,
            "another-day": next_time.asks(),
        },
    )


def part(show: str) -> Condition:
    """Return the rule of a part of the list as it is now; of one that there is not, of the first."""
    rules = parts(over=time_of(event()).over).rules
    return rules.get(show, rules["coming"])


ACTS: dict[Act, str] = {
    Act.INVITE: "Invite by email",
    Act.COMING: "Mark as coming",
    Act.NOT_COMING: "Mark as not coming",
    Act.WAITING: "Put on the waiting list",
    Act.BACK: "Put back on the list",
    Act.REMOVE: "Remove from the list",
}
"""What can be done to several people at once → the words for it."""


def acts() -> list[Act]:
    """Return what can be done now: once the event is over nobody is invited or given a place any more."""
    return [Act.REMOVE] if time_of(event()).over else [*ACTS]


CHASED = ("no-answer", "nearly-empty")
"""Parts of the list that an organiser writes to: their addresses can be copied."""

MOST_ADDRESSES = 1000


def state_words(one: Registration | ShownPerson) -> str:
    """Return where somebody stands, in the words of the list."""
    over = is_over()
    if one.state is _S.INVITED:
        return ("Did not answer" if over else "Invited") if one.invited_at else NOT_INVITED[over]
    return (STATES_AFTER if over else STATES)[one.state]


NOT_INVITED = {False: "Not invited yet", True: "Was not invited"}


def presence_words(one: Registration | ShownPerson) -> str:
    """Return whether somebody is here, or came, in the words of the list; "" of whom it is not known."""
    if one.presence is Presence.EXPECTED:
        return ""
    here = one.presence is Presence.HERE
    if is_over():
        return "Came" if here else "Did not come"
    return ("Here" if one.state in COMING else "Was here") if here else "Not here"


class AddPersonForm(PageForm):
    """A person to put on the list."""

    name = PersonNameField("Name", validators=[needed("Enter the person’s name"), Length(max=200)])
    email = EmailField(
        "Email address",
        description="Leave it empty if you do not have one. They can sign in with a personal code.",
        validators=[Length(max=254)],
    )
    organisation = TextField("Organisation", validators=[Length(max=200)])
    job_title = TextField("Job title", validators=[Length(max=200)])
    team = TextField("Team", description="People of one team are never paired.", validators=[Length(max=200)])
    somebody_else = CheckboxField("This is somebody else of the same name")
    submit = SubmitField("Add to the list")


def act_words(act: Act) -> str:
    """Return the words for what can be done to several people; where no letter leaves, inviting only notes it."""
    return "Note as invited" if act is Act.INVITE and no_mail() else ACTS[act]


@organisers.get("/people")
def people() -> str:
    """List people, all or a part of them, fifty a page."""
    show = request.args.get("show", "coming")
    if show not in SHOWS:
        show = "coming"
    by = ListOrder.NAME if request.args.get("by") == ListOrder.NAME else ListOrder.SURNAME
    query = request.args.get("q", "").strip()
    counts = count_parts(session(), event().id, parts(over=time_of(event()).over))
    wanted = [part(show), *guest_list.named(query, by_name=False)]
    count = guest_list.count(session(), event().id, wanted) if query else counts[show]
    page = min(page_asked(), pages_of(count))
    found = shown_people.search(session(), event().id, query, wanted, A_PAGE, (page - 1) * A_PAGE, by)
    named = guest_list.named(query, by_name=False)
    # Who is called so and stands elsewhere on the list is no slip of the pen.
    elsewhere = guest_list.count(session(), event().id, named) if query and not found else 0
    chased = guest_list.addresses(session(), event().id, wanted, MOST_ADDRESSES) if show in CHASED else []
    after = SHOWS_AFTER if time_of(event()).over else {}
    return render_template(
        "organisers/people/people.html",
        event=event(),
        found=found,
        nearly_empty=guest_list.nearly_empty_of(session(), event().id, [one.person_id for one in found]),
        count=count,
        elsewhere=elsewhere,
        alike=sound_alike.alike(session(), event().id, query)
        if query and not found and not elsewhere
        else [],
        addresses=chased,
        total=counts["all"],
        shows=[(name, after.get(name, words), counts[name]) for name, words in SHOWS.items()],
        show=show,
        by=by,
        query=query,
        acts=[(act.value, act_words(act)) for act in acts()],
        state_words=state_words,
        presence_words=presence_words,
        page_links=page_links(
            "organisers.people",
            {"q": query or None, "show": show, "by": None if by is ListOrder.SURNAME else by},
            page,
            pages_of(count),
            "people",
        ),
    )


@organisers.route("/people/add", methods=["GET", "POST"])
@ends_with_the_event
def add_person() -> Page:
    """Put somebody on the list."""
    form, there = AddPersonForm(), None
    if form.validate_on_submit():
        new = Newcomer(**{name: form[name].data or "" for name in Newcomer.__dataclass_fields__})
        try:
            added = register_people.add(session(), event(), new, namesake_is_fine=form.somebody_else.data)
        except register_people.AlreadyThere as met:
            there = met.registration
            (form.email if new.email else form.name).errors = [str(met)]
        except Refused as refused:
            form.email.errors = [str(refused)]
        else:
            start(ask_for(session(), event().id, [added.person_id], me().id))
            flash(f"{added.person.name} is on the list", "success")
            say_if_name_stays(new.name, added.person)
            return redirect(url_for("organisers.people", show="not-invited"))
    page = render_template("organisers/people/add_person.html", event=event(), form=form, there=there)
    return page, 422 if form.errors else 200


def say_if_name_stays(typed: str, person: Person) -> None:
    """Say that whoever was added is called otherwise here: the address that was typed is theirs."""
    if words := register_people.name_stays(typed, person):
        flash(words.rstrip("."), "important")
