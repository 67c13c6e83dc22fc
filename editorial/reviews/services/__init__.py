"""The verbs of reviewing. Each: all blockers at once, then one transaction, then tell people.

Every service takes `user` and raises `Blocked` with everything that stands in the way, having changed nothing.
"""

from .absences import end_absence, note_absence
from .overdue import set_overdue_policy, withdraw_overdue
from .rechecks import dismiss, dismissing_blockers, lock_reach, open_rechecks
from .release import default_due, reaffirm, sign_off
from .remarks import answer, remark
from .submit import record_review, said_on_it, submit, submitting_blockers
from .withdraw import (
    revoke_sign_off,
    revoke_sign_offs_since,
    revoker_blockers,
    revoking_blockers,
    standing_since,
    taking_down_blockers,
    withdraw,
)

__all__ = [
    "answer",
    "default_due",
    "dismiss",
    "dismissing_blockers",
    "end_absence",
    "lock_reach",
    "note_absence",
    "open_rechecks",
    "reaffirm",
    "record_review",
    "remark",
    "revoke_sign_off",
    "revoke_sign_offs_since",
    "revoker_blockers",
    "revoking_blockers",
    "said_on_it",
    "set_overdue_policy",
    "sign_off",
    "standing_since",
    "submit",
    "submitting_blockers",
    "taking_down_blockers",
    "withdraw",
    "withdraw_overdue",
]
