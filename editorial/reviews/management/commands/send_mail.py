"""Sends what waits in the outbox: one pass for a timer, or again and again."""

import logging
import os
import signal
from datetime import datetime
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from editorial.editions.checkpoint_files import keep_checkpoints
from editorial.reading.live_checks import verify_live_part

from ...mail import worker
from ...mail.auditors import mail_checkpoints
from ...models import record_heartbeat
from ...services import check_assertions_of_the_day, withdraw_overdue

log = logging.getLogger(__name__)


def daily() -> None:
    """What has to be done once a day, and may be done more often. First what mail is written about."""
    withdraw_overdue()
    worker.write_daily_mail()


def send_checkpoints() -> None:
    """Today's and this hour's, once, and today's by mail; what failed is tried again at each pass."""
    keep_checkpoints()
    mail_checkpoints()


def verify_this_minute() -> None:
    """The part of what is live whose turn it is; with --loop several passes share a minute."""
    global _verified_minute
    now = timezone.now()
    minute = now.replace(second=0, microsecond=0)
    if minute != _verified_minute:
        _verified_minute = minute
        verify_live_part(now)


_verified_minute: datetime | None = None


class Command(BaseCommand):
    help = (
        "Send the desk's mail that waits, and do what is done once a day. Start it every minute from a timer, or once "
        "with --loop."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="Go on until stopped; SIGTERM ends it after a letter.")
        parser.add_argument("--interval", type=float, default=30, help="Seconds between two passes (with --loop).")
        parser.add_argument("--with-parent", action="store_true", help="End with the process that started this one.")

    def handle(self, *, loop: bool, interval: float, with_parent: bool, **options: Any) -> None:
        self.stopping, self.parent = Event(), os.getppid() if with_parent else None
        if not loop:
            record_heartbeat()
            check_assertions_of_the_day()
            daily()
            result = worker.send_waiting()
            send_checkpoints()
            verify_this_minute()
            if options["verbosity"]:
                self.stdout.write(f"Mail: {result.sent} sent, {result.failed} failed.")
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        day = None
        while self.is_running():
            try:
                close_old_connections()
                record_heartbeat()
                check_assertions_of_the_day()
                if day != timezone.localdate():
                    daily()
                    day = timezone.localdate()
                worker.send_waiting(self.is_running)
                send_checkpoints()
                verify_this_minute()
            except DatabaseError:  # it may be back at the next pass
                log.exception("The outbox could not be read.")
                connection.close()
            self.stopping.wait(interval)

    def is_running(self) -> bool:
        return not self.stopping.is_set() and (self.parent is None or os.getppid() == self.parent)
