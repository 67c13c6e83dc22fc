import json
import re
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...blockers import Blocked
from ...importing.foreign_html import read_html

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Command(BaseCommand):
    help = (
        "Read HTML that was written elsewhere, as pasting it into the editor does. Prints one JSON object: the text in "
        "the editor's own HTML, and a list of what was changed or left out. Exits with 1 where it is refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="The HTML file to read.")

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        try:
            html = _decode(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}.") from error
        except (UnicodeDecodeError, LookupError) as error:
            raise CommandError(f"{path} can't be read: it is not text in UTF-8 or the encoding it names.") from error
        try:
            imported = read_html(html)
        except Blocked as blocked:
            self._print("", blocked.blockers)
            raise CommandError(" ".join(blocked.blockers)) from blocked
        self._print(imported.html, imported.changes)

    def _print(self, html: str, changes: list[str]) -> None:
        self.stdout.write(json.dumps({"html": html, "changes": changes}, ensure_ascii=False))


def _decode(data: bytes) -> str:
    """By its byte order mark, else as it says itself, else as UTF-8."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    declared = _DECLARED.search(data[:4096])
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    # Browsers read this name as that one (https://encoding.spec.whatwg.org/#names-and-labels).
    return data.decode({"iso-8859-1": "cp1252", "latin1": "cp1252", "utf-16": "utf-8"}.get(encoding.lower(), encoding))
