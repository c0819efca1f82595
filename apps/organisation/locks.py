"""Hold what decides a question until the answer has been acted on."""

from typing import Any

from django.db import connections
from django.db.models import QuerySet


def hold_for_share(rows: QuerySet[Any], *columns: str) -> list[tuple[Any, ...]]:
    """Lock these rows FOR SHARE until the end of the transaction, in the order of their ids.

    Others may read and share them, nobody may change or delete them meanwhile. Returned are these
    columns as they are stored now, and no query more is needed to look at them.
    Django's select_for_update() knows no share mode, hence the raw end of the statement.
    """
    query = rows.order_by("pk").values_list(*(columns or ["pk"])).query
    sql, params = query.sql_with_params()
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f'{sql} FOR SHARE OF "{rows.model._meta.db_table}"', params)
        return cursor.fetchall()
