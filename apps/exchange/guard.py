"""Text that a spreadsheet would take for a formula, made harmless on the way out.

An apostrophe is put before it, and taken off again on the way in. Text that looks guarded
already gets one more, so that it comes back as it was. Numbers are no text and stay numbers.
"""

import re

RISKY = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")
# Control characters, spaces without width, and marks that turn the direction of what stands
# around them.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def guard(text: str) -> str:
    seen = UNSEEN.sub("", text)
    return f"'{seen}" if RISKY.match(seen) else seen


def unguard(text: str) -> str:
    return text[1:] if GUARDED.match(text) else text
