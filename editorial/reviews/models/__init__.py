"""What reviewing keeps besides the records of editions."""

from .outbox import Mail, MailState
from .policies import SignOffPolicy, required_sign_offs
from .rechecks import Cause, Outcome, Recheck, Settlement
from .remarks import Act, Mention, Remark

__all__ = [
    "Act", "Cause", "Mail", "MailState", "Mention", "Outcome", "Recheck", "Remark", "Settlement", "SignOffPolicy",
    "required_sign_offs",
]  # fmt: skip
