"""Hold what decides a question until the answer has been acted on."""

from typing import Any

from django.db import connections
from django.db.models import QuerySet


def hold_for_share(rows: QuerySet[Any]) -> None:
    """Lock these rows FOR SHARE until the end of the transaction, in the order of their ids.

    Others may read and share them, nobody may change or delete them meanwhile.
    Django's select_for_update() knows no share mode, hence the raw end of the statement.
    """
    sql, params = rows.order_by("pk").values("pk").query.sql_with_params()
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"{sql} FOR SHARE", params)
