"""What the database itself forbids."""

import pgtrigger


def append_only(name: str) -> pgtrigger.Protect:
    """Rows may be added, never changed or deleted. (Truncation is let through, for tests.)"""
    return pgtrigger.Protect(
        name=f"{name}_append_only", operation=pgtrigger.Update | pgtrigger.Delete
    )
