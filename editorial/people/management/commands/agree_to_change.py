from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from editorial.editions.blockers import Blocked

from ...descriptions import describe_changes
from ...models import open_requests
from ...services import agree_on_server


class Command(BaseCommand):
    help = (
        "List the changes of people that wait for a second person, or agree to one where a team has nobody else who "
        "may. It is on record, with the server's account that ran it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", nargs="?", type=int, help="Of the request; without it all are listed.")
        parser.add_argument("--reason", default="", help="Who you are and why; kept on record.")

    def handle(self, **options: Any) -> None:
        if options["number"] is None:
            for request in open_requests():
                changes = "; ".join(describe_changes(request.changes))
                self.stdout.write(f"{request.sequence}: {request.person.name} ({request.recorded_by_name}): {changes}")
            return
        wanted = open_requests().filter(sequence=options["number"]).first()
        if wanted is None:
            raise CommandError("No request of this number waits for an answer.")
        if not options["reason"].strip():
            raise CommandError("Say who you are and why: --reason.")
        try:
            agree_on_server(wanted, reason=options["reason"])
        except Blocked as blocked:
            raise CommandError(str(blocked)) from blocked
        self.stdout.write("Agreed. It counts from now on.")
