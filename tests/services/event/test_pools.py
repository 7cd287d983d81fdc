"""Inside or outside the host department: by the domain of an address, unless an organiser has said."""

from typing import Any

import pytest
from sqlalchemy import select

from matchmaker.services.event.pools import pool_anew, pool_of, read_domains
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Pool, Registration
from matchmaker.store.session import Database


@pytest.mark.parametrize(
    ("email", "domains", "pool"),
    [
        ("ada@defra.gov.uk", ["defra.gov.uk"], Pool.INSIDE),
        ("ada@Maps.Defra.gov.uk", ["@DEFRA.gov.uk"], Pool.INSIDE),
        ("ada@notdefra.gov.uk", ["defra.gov.uk"], Pool.OUTSIDE),
        ("ada@defra.gov.uk.example", ["defra.gov.uk"], Pool.OUTSIDE),
        ("defra.gov.uk@home.example", ["defra.gov.uk"], Pool.OUTSIDE),
        ("", ["defra.gov.uk"], Pool.OUTSIDE),
        ("ada@defra.gov.uk", [], Pool.OUTSIDE),
    ],
)
def test_an_address_is_inside_by_its_own_domain_or_one_above(
    email: str, domains: list[str], pool: Pool
) -> None:
    assert pool_of(email, domains) is pool


def test_only_pools_that_nobody_set_are_worked_out_anew_and_only_here(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other = make.event(inside_domains=["inside.example"]), make.event()
    out = {"pool": Pool.OUTSIDE}
    for name, email, columns in (
        ("Now in", "a@inside.example", out),
        ("Set by hand", "b@inside.example", {**out, "pool_reason": "A contractor"}),
        ("Now out", "c@home.example", {"pool": Pool.INSIDE}),
        ("As before", "d@inside.example", {"pool": Pool.INSIDE}),
    ):
        make.registration(event, make.person(name, email), **columns)
    make.registration(other, make.person("Elsewhere", "e@inside.example"), **out)
    with database.writing() as session:
        assert pool_anew(session, session.get_one(Event, event.id)) == 2
    with database.reading() as session:
        rows = session.execute(select(Person.name, Registration.pool).join(Registration))
        assert {name for name, pool in rows if pool is Pool.INSIDE} == {"Now in", "As before"}


def test_domains_are_read_one_a_line_and_a_bad_one_is_named() -> None:
    assert read_domains(" kit@Defra.gov.uk, ea.gov.uk\n\n@defra.gov.uk") == ["defra.gov.uk", "ea.gov.uk"]
    for typed in ("defra", "defra.gov.uk\nea..uk", "-defra.gov.uk", "a b.uk"):
        bad = typed.splitlines()[-1]
        with pytest.raises(ValueError, match=f"^“{bad}” is not an email domain"):
            read_domains(typed)
