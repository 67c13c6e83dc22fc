"""What reviewing keeps besides the records of editions."""

from .absences import Absence
from .extents import Contributor, Extent, record_extent
from .fact_changes import FactChange
from .heartbeats import Heartbeat, last_heartbeat, record_heartbeat
from .outbox import Mail, MailState
from .policies import (
    OverduePolicy,
    SignOffPolicy,
    asks_back_check,
    find_requirement,
    is_back_check_required,
    required_sign_offs,
)
from .policy_records import Numbers, PolicyAct, PolicyName, PolicyRecord, open_policy_requests, policy_records_of
from .questions import About, Answer, AskedOf, Question
from .queue_rows import PendingEdition, ReturnedEdition, ReviewDate
from .rechecks import Cause, OpenRecheck, Outcome, Recheck, RecheckQuerySet, Settlement, SettlementProposal
from .remark_places import RemarkPlace
from .remarks import LONGEST_REMARK, Act, Mention, Remark

__all__ = [
    "LONGEST_REMARK",
    "About",
    "Absence",
    "Act",
    "Answer",
    "AskedOf",
    "Cause",
    "Contributor",
    "Extent",
    "FactChange",
    "Heartbeat",
    "Mail",
    "MailState",
    "Mention",
    "Numbers",
    "OpenRecheck",
    "Outcome",
    "OverduePolicy",
    "PendingEdition",
    "PolicyAct",
    "PolicyName",
    "PolicyRecord",
    "Question",
    "Recheck",
    "RecheckQuerySet",
    "Remark",
    "RemarkPlace",
    "ReturnedEdition",
    "ReviewDate",
    "Settlement",
    "SettlementProposal",
    "SignOffPolicy",
    "asks_back_check",
    "find_requirement",
    "is_back_check_required",
    "last_heartbeat",
    "open_policy_requests",
    "policy_records_of",
    "record_extent",
    "record_heartbeat",
    "required_sign_offs",
]  # fmt: skip
