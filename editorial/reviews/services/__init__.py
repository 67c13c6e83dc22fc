"""The verbs of reviewing. Each: all blockers at once, then one transaction, then tell people.

Every service takes `user` and raises `Blocked` with everything that stands in the way, having changed nothing.
"""

from .absences import end_absence, record_absence
from .assertions import check_assertions, check_assertions_of_the_day, lock_asserting
from .back_checks import back_check
from .bring_back import bring_back
from .notices import end_notice, send_stock_notice, take_down_ended_notices, write_notice
from .overdue import delete_overdue_policy, set_overdue_policy, withdraw_overdue
from .policies import answer_policy_request, change_sign_off_policy
from .questions import save_question
from .rechecks import lock_dependents, open_rechecks
from .remarks import add_remark, answer_remark
from .settlements import (
    MOST_AT_ONCE,
    PageResult,
    dismiss_recheck,
    dismissal_blockers,
    proposal_blockers,
    propose_settlement,
    settle_together,
)
from .signing import default_review_date, reaffirm, sign_off
from .submit import own_remarks, send_back, submission_blockers, submit
from .withdraw import (
    revocation_blockers,
    revoke_sign_off,
    revoke_sign_offs_since,
    revoker_blockers,
    unrevoked_sign_offs_since,
    withdraw,
    withdraw_languages,
    withdrawal_blockers,
)
from .wording_requests import request_wording

__all__ = [
    "MOST_AT_ONCE",
    "PageResult",
    "add_remark",
    "answer_policy_request",
    "answer_remark",
    "back_check",
    "bring_back",
    "change_sign_off_policy",
    "check_assertions",
    "check_assertions_of_the_day",
    "default_review_date",
    "delete_overdue_policy",
    "dismiss_recheck",
    "dismissal_blockers",
    "end_absence",
    "end_notice",
    "lock_asserting",
    "lock_dependents",
    "open_rechecks",
    "own_remarks",
    "proposal_blockers",
    "propose_settlement",
    "reaffirm",
    "record_absence",
    "request_wording",
    "revocation_blockers",
    "revoke_sign_off",
    "revoke_sign_offs_since",
    "revoker_blockers",
    "save_question",
    "send_back",
    "send_stock_notice",
    "set_overdue_policy",
    "settle_together",
    "sign_off",
    "submission_blockers",
    "submit",
    "take_down_ended_notices",
    "unrevoked_sign_offs_since",
    "withdraw",
    "withdraw_languages",
    "withdraw_overdue",
    "withdrawal_blockers",
    "write_notice",
]
