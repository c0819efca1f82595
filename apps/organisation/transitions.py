from apps.organisation.machines import NOWHERE, Machine
from apps.organisation.models import Invitation, Team, User

MACHINES = [
    Machine(
        "invitation", Invitation, "",
        {
            "invite": ((NOWHERE,), "open"),
            "accept": (("open",), "accepted"),
            "withdraw": (("open",), "withdrawn"),
        },
        {
            "invite": "an address without an account; whoever may add a person in that role",
            "accept": "the link in the mail, within seven days; a name and a password",
            "withdraw": "whoever may invite in that role",
        },
    ),
    Machine(
        "person", User, "",
        {
            "add": ((NOWHERE,), "active"),
            "deactivate": (("active",), "deactivated"),
            "erase": (("deactivated",), "erased"),
        },
        {
            "add": "an administrator, or an invitation that is accepted",
            "deactivate": "an administrator, never oneself; who takes over what the person owns",
            "erase": "an administrator; name and address are replaced, the rows stay",
        },
    ),
    Machine(
        "team", Team, "",
        {"create": ((NOWHERE,), "standing"), "archive": (("standing",), "archived")},
        {
            "create": "a name and a place in the tree; an administrator",
            "archive": "nothing in it that is left to decide; an administrator",
        },
    ),
]  # fmt: skip
