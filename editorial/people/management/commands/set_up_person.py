from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from editorial.accounts.roles import Role

from ...descriptions import describe_changes
from ...facts import Facts
from ...services import LinkRefused, send_password_link, set_up_person


class Command(BaseCommand):
    help = (
        "Set up the first people, or give a team back its second person, without anybody's agreement. It is on record, "
        "with the server's account that ran it. The person is emailed a link to set a password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--first-name")
        parser.add_argument("--last-name")
        parser.add_argument("--email")
        roles = [role.value for role in Role if role != Role.TRANSLATOR]
        parser.add_argument("--role", action="append", default=[], choices=roles, help="May be given several times.")
        parser.add_argument("--reason", required=True, help="Who you are and why; kept on record.")
        parser.add_argument("--no-email", action="store_true", help="Send no link; use changepassword afterwards.")

    def handle(self, **options: Any) -> None:
        typed = {name: options[name] for name in ("first_name", "last_name", "email")}
        wanted: Facts = {name: value for name, value in typed.items() if value is not None}
        wanted |= {"is_active": True, "is_staff": True, **{f"role:{role}:": True for role in options["role"]}}
        try:
            person, changes = set_up_person(options["username"], wanted, reason=options["reason"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for line in describe_changes(changes):
            self.stdout.write(line)
        if options["no_email"]:
            return
        try:
            send_password_link(person)
        except LinkRefused as refused:
            raise CommandError(f"The person is set up, but was sent no link: {refused}") from refused
        self.stdout.write(f"The worker (send_mail) emails {person.name} a link to set a password.")
