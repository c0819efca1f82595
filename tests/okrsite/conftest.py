from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.plugins.postgres import DATABASE_URL


@contextmanager
def new_database() -> Iterator[str]:
    name = f"test_empty_{uuid4().hex}"
    with psycopg.connect(DATABASE_URL, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{DATABASE_URL.rpartition('/')[0]}/{name}"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def empty_database(django_db_setup: None) -> Iterator[str]:
    """The address of a new database beside that of the tests, for processes of their own."""
    with new_database() as address:
        yield address
