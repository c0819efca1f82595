"""The mark of a state: its shape says it, its colour only repeats it."""

from apps.objectives.charts.marks import tone

RING = '<circle class="f" cx="8" cy="8" r="6"/>'
SHAPES = {
    "ahead": '<path class="f" d="M8 1.2 15 13.6H1z"/>',
    "on-pace": '<circle class="f" cx="8" cy="8" r="6.3"/>',
    "reached": (
        '<rect class="f" x="1.8" y="1.8" width="12.4" height="12.4"/>'
        '<path d="m4.8 8.2 2.3 2.5 4.2-5" class="cut line"/>'
    ),
    "behind": '<path class="f" d="M8 14.8 1 2.4h14z"/>',
    "far-behind": (
        '<rect class="f" x="2.3" y="2.3" width="11.4" height="11.4" transform="rotate(45 8 8)"/>'
        '<path d="M8 4.2v4.6M8 10.9v1.2" class="cut"/>'
    ),
    "not-measured": RING,
    "stale": RING,
    "too-early": (
        '<circle class="wait" cx="8" cy="8" r="6.2"/><path class="wait" d="M8 4.4V8h2.8"/>'
    ),
    "holding": (
        '<path class="hold" d="M1.5 4h13M1.5 12h13"/><circle class="hold-d" cx="8" cy="8" r="2.6"/>'
    ),
    "not-holding": (
        '<path class="hold" d="M1.5 8.5h13M1.5 14h13"/><path class="f bad" d="M8 .6 11.3 6H4.7z"/>'
    ),
}


def glyph(state: str, css: str = "gl") -> str:
    """For the eye only: its word stands beside it."""
    return (
        f'<svg class="{css} {tone(state)}" viewBox="0 0 16 16" aria-hidden="true"'
        f' focusable="false">{SHAPES[state]}</svg>'
    )
