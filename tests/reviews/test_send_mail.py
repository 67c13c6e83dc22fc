"""The worker as a process, with a real mail server: killed, hurried, refused, stopped; on a database of its own."""

import os
import signal
import subprocess
import sys
from collections import Counter

import pytest
from django.utils import timezone

from editorial.reviews.mail import events, outbox
from editorial.reviews.mail.worker import send_waiting
from editorial.reviews.models import Mail, MailState
from tests import PROVING
from tests.databases import ROOT
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.smtp import PATIENCE, mail_server


@pytest.fixture
def server():
    with mail_server() as server:
        yield server


@pytest.fixture
def worker(fresh_connection, fresh_database, server):
    """worker(...) starts send_mail with these arguments; nobody outlives the test."""
    started = []

    def start(*arguments: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "send_mail", *arguments],
            cwd=ROOT,
            env=os.environ
            | {
                "DATABASE_URL": fresh_database,
                "DJANGO_SETTINGS_MODULE": "immuno_site.settings.test",
                "EMAIL_URL": server.url,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def waiting(fresh_connection):
    """A page that waits for one reviewer, who is not told yet."""
    author, reviewer = people.author(), people.reviewer()
    submit(pages.article(author), "en", user=author)
    return reviewer


@pytest.fixture
def send(server, fresh_connection, settings):
    """A pass of the worker in this process, by the same mail server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    return send_waiting


def said(process: subprocess.Popen) -> str:
    output, _nothing = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, output
    return output


@pytest.mark.parametrize(
    ("killed_at", "taken"),
    [
        pytest.param("DATA", 1, marks=pytest.mark.both_databases),  # before the server had it: it comes once
        pytest.param("RCPT", 1, marks=pytest.mark.prove),  # as at DATA, one word sooner
        ("taken", 2),  # between the server's taking it and the worker's noting so: twice, as one message
    ],
)
def test_a_worker_killed_in_the_middle_loses_nothing(server, worker, send, waiting, killed_at, taken):
    server.hesitates_at = killed_at
    process = worker()
    assert server.reached.wait(PATIENCE)
    process.kill()
    process.wait(PATIENCE)
    server.hesitates_at = ""
    server.go_on.set()
    assert send().sent == 0  # it is the dead worker's until the lease is over
    Mail.objects.update(not_before=timezone.now())  # the lease is over
    assert [send().sent, send().sent] == [1, 0]
    assert [message["To"] for message in server.messages] == [waiting.email] * taken
    assert len({message["Message-ID"] for message in server.messages}) == 1
    assert Mail.objects.get().state == MailState.SENT


@pytest.mark.both_databases
def test_workers_at_once_send_each_mail_once(server, worker, send, waiting):
    readers = [people.person() for _number in range(10)]
    edition = Mail.objects.get().edition
    for number in range(3):
        outbox.write_mail(events.SENT_BACK, [reader.pk for reader in readers], edition, f"{number}", said={"name": "A"})
    told = [said(process) for process in [worker() for _number in range(3 if PROVING else 2)]]
    send()  # a person who was another's just then is left for the next pass
    assert all("0 failed" in item for item in told)
    counted = Counter(message["To"] for message in server.messages)
    assert counted == {waiting.email: 1} | {reader.email: 3 for reader in readers}
    assert len({message["Message-ID"] for message in server.messages}) == len(server.messages)


def test_a_refused_address_stops_nobody_elses_mail(server, send, waiting, caplog):
    server.refused.add(waiting.email)
    other = people.person()
    outbox.write_mail(events.SENT_BACK, [other.pk], Mail.objects.get().edition, "1", said={"name": "A"})
    told = send()
    assert (told.sent, told.failed) == (1, 1)
    assert "nobody of that name" in caplog.text
    assert [message["To"] for message in server.messages] == [other.email]
    assert Mail.objects.get(user=waiting).state == MailState.WAITING


def test_the_loop_ends_after_the_letter_in_hand(server, worker, waiting):
    server.hesitates_at = "DATA"
    process = worker("--loop")
    assert server.reached.wait(PATIENCE)
    process.send_signal(signal.SIGTERM)
    server.go_on.set()
    said(process)
    assert len(server.messages) == 1
    assert Mail.objects.get().state == MailState.SENT


def test_the_loop_ends_with_the_process_that_started_it(fresh_database, server, waiting):
    """As `make run` starts it: the server goes, and no worker stays behind."""
    program = (
        "import subprocess, sys; subprocess.Popen("
        "[sys.executable, 'manage.py', 'send_mail', '--loop', '--interval=0.05', '--with-parent']); sys.stdin.read()"
    )
    server.hesitates_at = "DATA"
    parent = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=os.environ | {
            "DATABASE_URL": fresh_database, "DJANGO_SETTINGS_MODULE": "immuno_site.settings.test",
            "EMAIL_URL": server.url,
        },
    )  # fmt: skip
    assert server.reached.wait(PATIENCE)
    server.go_on.set()
    # It ends when its input does. Its output stays open for as long as the worker, which has it too.
    parent.communicate(timeout=PATIENCE)
    assert len(server.messages) == 1
