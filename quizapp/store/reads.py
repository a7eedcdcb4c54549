"""Reads of pages that are shown often: a SELECT prepared once, run by the driver alone, outside of any transaction.

For reads as small as these SQLAlchemy's own way costs several times what the database does. Nothing is converted on
the way back: what is selected is numbers and texts, and what is only handed on or compared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Dialect, Engine, Select


class Read:
    """A SELECT; every value that differs from one time to the next is a ``bindparam`` of it.

    Where ``plans_anew`` is set PostgreSQL plans for the values of each time, as it must where these decide whether few
    or many rows are found.
    """

    def __init__(self, query: Select[*tuple[Any, ...]], *, plans_anew: bool = False) -> None:
        self._query = query
        self._options = {"prepare": False} if plans_anew else {}
        self._prepared: dict[str, _Prepared] = {}

    def rows(self, engine: Engine, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return the rows as the driver gives them; ``engine`` is ``database.reading_engine()``."""
        prepared = self._prepared.get(engine.dialect.name) or self._prepare(engine.dialect)
        given = {**prepared.constants, **{name: bind(values[name]) for name, bind in prepared.binders}}
        connection = engine.raw_connection()
        driver: Any = connection.driver_connection
        try:
            if prepared.order is not None:
                found = driver.execute(prepared.statement, [given[name] for name in prepared.order])
                return found.fetchall()  # type: ignore[no-any-return]
            return driver.execute(prepared.statement, given, **self._options).fetchall()  # type: ignore[no-any-return]
        except Exception as error:
            # What SQLAlchemy would do: a server that was restarted has forgotten the other connections, too.
            is_lost = engine.dialect.is_disconnect(error, driver, None)  # type: ignore[arg-type]
            connection.invalidate(error)
            if is_lost:
                engine.dispose()
            raise
        finally:
            connection.close()

    def _prepare(self, dialect: Dialect) -> _Prepared:
        compiled = self._query.compile(dialect=dialect)
        constants: dict[str, Any] = {}
        binders: list[tuple[str, Callable[[Any], Any]]] = []
        for bind, name in compiled.bind_names.items():
            convert = bind.type.dialect_impl(dialect).bind_processor(dialect) or _same
            if bind.required:
                binders.append((name, convert))
            else:
                constants[name] = convert(bind.effective_value)
        prepared = _Prepared(str(compiled), constants, binders, compiled.positiontup)
        self._prepared[dialect.name] = prepared
        return prepared


class _Prepared(NamedTuple):
    """A statement for one kind of database; ``order`` is that of its values where they go by place."""

    statement: str
    constants: dict[str, Any]
    binders: list[tuple[str, Callable[[Any], Any]]]
    order: list[str] | None


def _same(value: Any) -> Any:
    return value
