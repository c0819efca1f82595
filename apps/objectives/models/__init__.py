"""Goals: cycles, objectives, key results, and everything that is said and measured of them."""

from apps.objectives.models.amendment import Amendment
from apps.objectives.models.constraint import Constraint, ConstraintQuerySet
from apps.objectives.models.cycle import Cycle
from apps.objectives.models.forecast import Forecast, TrackRecord
from apps.objectives.models.input import Input
from apps.objectives.models.key_result import KeyResult
from apps.objectives.models.measurement import Measurement
from apps.objectives.models.objective import Asked, Objective, ObjectiveMove
from apps.objectives.models.report_request import ReportRequest
from apps.objectives.models.review import LookBack, Remark, Review

__all__ = [
    "Amendment",
    "Asked",
    "Constraint",
    "ConstraintQuerySet",
    "Cycle",
    "Forecast",
    "Input",
    "KeyResult",
    "LookBack",
    "Measurement",
    "Objective",
    "ObjectiveMove",
    "Remark",
    "ReportRequest",
    "Review",
    "TrackRecord",
]
