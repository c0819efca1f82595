from apps.alignment.actions.pulse import (
    answer_pulse,
    close_due,
    close_pulse,
    open_due,
    open_pulse,
)

__all__ = ["answer_pulse", "close_due", "close_pulse", "open_due", "open_pulse"]
