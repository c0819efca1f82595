from apps.alignment.views.pulse import (
    answer_pulse,
    answer_pulse_by_link,
    close_pulse,
    open_pulse,
    pulse_rounds,
)

__all__ = [
    "answer_pulse",
    "answer_pulse_by_link",
    "close_pulse",
    "open_pulse",
    "pulse_rounds",
]
