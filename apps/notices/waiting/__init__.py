"""What waits for a person, soonest first; it empties.

To add a kind: a module with its Kind here, its name below, and a row in the table of
tests/notices/test_waiting.py.
"""

from apps.notices.waiting.check_ins import check_ins, next_check_in
from apps.notices.waiting.gather import gather
from apps.notices.waiting.item import Kind, Waiting, Whose

__all__ = ["Kind", "Waiting", "Whose", "check_ins", "gather", "next_check_in"]
