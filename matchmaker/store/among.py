"""A condition that a column is one of any number of values, passed to the database as a single one.

`column IN (…)` binds every value: the statement grows with the event, cannot be prepared once, and fails past
the database's limit (32,766 on SQLite, 65,535 on PostgreSQL). Here the values travel as one: a JSON array on
SQLite, an array on PostgreSQL.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Dialect, Integer, Text, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.types import TypeEngine

Value = int | str


class _Many(TypeDecorator[list[Value]]):
    """Many whole numbers, or many texts, as one value."""

    impl = Text
    cache_ok = True

    def __init__(self, *, numbers: bool) -> None:
        super().__init__()
        self.numbers = numbers

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Send an array where the database has them."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(BigInteger() if self.numbers else Text()))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: list[Value] | None, dialect: Dialect) -> Any:
        """Send JSON where the database has no arrays."""
        return value if dialect.name == "postgresql" else json.dumps(value)


class _Each(FunctionElement[Any]):
    """The values of one bound parameter, as what follows IN."""

    inherit_cache = True


@compiles(_Each, "sqlite")
def _each_of_json(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **options)}))"


@compiles(_Each, "postgresql")
def _each_of_array(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"(SELECT unnest({compiler.process(element.clauses, **options)}))"


def among(
    column: ColumnElement[Any] | InstrumentedAttribute[Any], values: Collection[Any]
) -> ColumnElement[bool]:
    """Return the condition that `column` holds one of `values`: whole numbers or texts, any number of them.

    None is left out, as no comparison finds it.
    """
    wanted = [one for one in values if one is not None]
    numbers = isinstance(column.type, Integer)
    sent = bindparam("among", wanted, type_=_Many(numbers=numbers), unique=True)
    return column.bool_op("IN")(_Each(sent))


def among_those(column: ColumnElement[Any] | InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """Return the condition that a column holds one of a list, which is given by `name` when asked.

    For a question that is put together once and asked on most pages.
    """
    return column.bool_op("IN")(_Each(bindparam(name, type_=_Many(numbers=isinstance(column.type, Integer)))))
