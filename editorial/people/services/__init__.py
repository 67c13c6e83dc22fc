"""What is done about people: changes with a second person, links to set a password, sessions."""

from .changes import Outcome, answer_request, change_person, count_answerable, record_new_person
from .links import LinkRefused, ask_for_link, count_asker, password_link_wait, send_password_link
from .passwords import record_own_password
from .server import agree_on_server, record_everything, set_password_on_server, set_up_person
from .sessions import end_sessions

__all__ = [
    "LinkRefused",
    "Outcome",
    "agree_on_server",
    "answer_request",
    "ask_for_link",
    "change_person",
    "count_answerable",
    "count_asker",
    "end_sessions",
    "password_link_wait",
    "record_everything",
    "record_new_person",
    "record_own_password",
    "send_password_link",
    "set_password_on_server",
    "set_up_person",
]
