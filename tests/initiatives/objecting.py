"""A constraint that binds, and an objection that cites it, as their own actions make them."""

from typing import Any

from apps.initiatives import actions
from apps.initiatives.models import Initiative, Objection
from apps.objectives import actions as goals
from apps.objectives.models import Constraint
from apps.organisation.models import User
from tests.factories import NOW

REASON = "The sign-in sends the basket to a server in Virginia."


def make_constraint(by: User, **where: Any) -> Constraint:
    words = {"sentence": "No customer data leaves the Union", "reason": "The law.", **where}
    return goals.set_constraint(by=by, now=NOW, **words)


def make_objection(initiative: Initiative, constraint: Constraint, by: User) -> Objection:
    return actions.object_to(initiative, constraint=constraint, reason=REASON, by=by, now=NOW)
