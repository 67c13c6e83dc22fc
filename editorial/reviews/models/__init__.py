"""What reviewing keeps besides the records of editions."""

from .outbox import Mail, MailState
from .policies import SignOffPolicy, required_sign_offs
from .rechecks import Cause, Outcome, Recheck, Settlement

__all__ = [
    "Cause",
    "Mail",
    "MailState",
    "Outcome",
    "Recheck",
    "Settlement",
    "SignOffPolicy",
    "required_sign_offs",
]  # fmt: skip
