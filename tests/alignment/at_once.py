from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection


def at_once(*acts: Callable[[], object]) -> list[str]:
    """All of them at the same moment, each on a connection of its own: what each ends with."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            ready.wait()
            act()
        except ValidationError as refused:
            return " ".join(refused.messages)
        except IntegrityError:
            return "forbidden by the database"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
