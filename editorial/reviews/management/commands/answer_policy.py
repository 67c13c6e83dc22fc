from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from editorial.editions.blockers import Blocked
from editorial.people.services.server import server_name

from ...models import open_policy_requests
from ...services import answer_policy_request


class Command(BaseCommand):
    help = (
        "Agree to a change of a policy where a team has no second person. Without a number, list what waits. It is on "
        "record, with the server's account that ran it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("request", type=int, nargs="?", help="The number of a request, as listed.")
        parser.add_argument("--reason", default="", help="Who you are and why; kept on record.")

    def handle(self, *, request: int | None, reason: str, **options: Any) -> None:
        if request is None:
            for record in open_policy_requests():
                asked = f"{record.before} → {record.after}, asked for by {record.recorded_by_name}"
                self.stdout.write(f"{record.pk}: {record.reach}: {asked}")
            return
        if not reason.strip():
            raise CommandError("Say with --reason who you are and why.")
        waiting = open_policy_requests().filter(pk=request).first()
        if waiting is None:
            raise CommandError("Nothing of this number waits for a second person.")
        try:
            answer_policy_request(waiting, agrees=True, user=None, reason=reason, name=server_name())
        except Blocked as blocked:
            raise CommandError(str(blocked)) from blocked
        self.stdout.write(f"Agreed: {waiting.reach}. It counts from now on.")
