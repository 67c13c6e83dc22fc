"""The verbs of reviewing. Each: all blockers at once, then one transaction, then tell people.

Every service takes `user` and raises `Blocked` with everything that stands in the way, having changed nothing.
"""

from .findings import dismiss_finding, working_page
from .overdue import set_overdue_policy, withdraw_overdue
from .previews import revoke_preview, share_preview, shareable, shared
from .rechecks import dismiss, open_rechecks
from .release import default_due, reaffirm, sign_off
from .remarks import answer, remark
from .submit import record_review, submit
from .withdraw import revoke_sign_off, withdraw

__all__ = [
    "answer",
    "default_due",
    "dismiss",
    "dismiss_finding",
    "open_rechecks",
    "reaffirm",
    "record_review",
    "remark",
    "revoke_preview",
    "revoke_sign_off",
    "set_overdue_policy",
    "share_preview",
    "shareable",
    "shared",
    "sign_off",
    "submit",
    "withdraw",
    "withdraw_overdue",
    "working_page",
]
