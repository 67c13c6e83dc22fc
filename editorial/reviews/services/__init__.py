"""The verbs of reviewing. Each: all blockers at once, then one transaction, then tell people.

Every service takes `user` and raises `Blocked` with everything that stands in the way, having changed nothing.
"""

from .absences import end_absence, note_absence
from .rechecks import dismiss, open_rechecks
from .release import default_due, reaffirm, sign_off
from .remarks import answer, remark
from .submit import record_review, submit
from .withdraw import revoke_sign_off, revoke_sign_offs_since, standing_since, withdraw

__all__ = [
    "answer",
    "default_due",
    "dismiss",
    "end_absence",
    "note_absence",
    "open_rechecks",
    "reaffirm",
    "record_review",
    "remark",
    "revoke_sign_off",
    "revoke_sign_offs_since",
    "sign_off",
    "standing_since",
    "submit",
    "withdraw",
]
