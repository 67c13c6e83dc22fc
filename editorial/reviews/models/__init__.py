"""What reviewing keeps besides the records of editions."""

from .absences import Absence
from .extents import Contributor, Extent, note_for_lists
from .outbox import Mail, MailState
from .policies import SignOffPolicy, required_sign_offs
from .rechecks import Cause, Outcome, Recheck, Settlement
from .remarks import Act, Mention, Remark

__all__ = [
    "Absence", "Act", "Cause", "Contributor", "Extent", "Mail", "MailState", "Mention", "Outcome", "Recheck", "Remark",
    "Settlement", "SignOffPolicy", "note_for_lists", "required_sign_offs",
]  # fmt: skip
