"""A mail server of the tests' own, in a thread: it keeps what it takes, and can be made to hesitate or to refuse."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage

# Seconds until a test that waits for the other side has failed.
PATIENCE = 120


class MailServer:
    def __init__(self):
        self.messages: list[EmailMessage] = []
        self.refused: set[str] = set()
        # The command before whose answer it waits, whether somebody has come so far, and whether it may go on.
        self.hesitates_at = ""
        self.reached, self.go_on = threading.Event(), threading.Event()
        self.port = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def at(self, command: str) -> None:
        if command == self.hesitates_at:
            self.reached.set()
            self.go_on.wait(PATIENCE)


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        with suppress(OSError):  # the other side was killed
            self.talk(self.server.mail)

    def answer(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def talk(self, mail: MailServer) -> None:
        self.answer("220 here")
        for line in self.rfile:
            command = line[:4].upper().decode()
            if command == "QUIT":
                return self.answer("221 bye")
            mail.at(command)
            if command == "DATA":
                self.answer("354 go on")
                mail.messages.append(self.message())
                mail.at("taken")
            elif command == "RCPT" and any(address.encode() in line for address in mail.refused):
                self.answer("550 nobody of that name")
                continue
            self.answer("250 ok")

    def message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise ConnectionResetError("gone in the middle of a message")
            lines.append(line.removeprefix(b"."))
        return message_from_bytes(b"".join(lines), policy=policy.default)


class Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False


@contextmanager
def mail_server() -> Iterator[MailServer]:
    mail = MailServer()
    with Listener(("127.0.0.1", 0), Conversation) as server:
        server.mail, mail.port = mail, server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield mail
        mail.go_on.set()
        server.shutdown()
        thread.join(PATIENCE)
