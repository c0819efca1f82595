"""Drawings as SVG text: pure functions, with no ORM, no clock and no language.

Every figure that is written comes in as text, or through a function from number to text.
Shapes stretch with the page, text never does.
"""

from apps.objectives.charts.bullet import BulletTexts, bullet
from apps.objectives.charts.course import Course, Timeline
from apps.objectives.charts.glyph import glyph
from apps.objectives.charts.guardrail import GuardWords, guardrail
from apps.objectives.charts.lanes import Lane, lanes
from apps.objectives.charts.marks import tone
from apps.objectives.charts.reports import confidence, dots
from apps.objectives.charts.ruler import ruler
from apps.objectives.charts.share import share
from apps.objectives.charts.sparkline import sparkline
from apps.objectives.charts.trajectory import Words, trajectory

__all__ = [
    "BulletTexts",
    "Course",
    "GuardWords",
    "Lane",
    "Timeline",
    "Words",
    "bullet",
    "confidence",
    "dots",
    "glyph",
    "guardrail",
    "lanes",
    "ruler",
    "share",
    "sparkline",
    "tone",
    "trajectory",
]
