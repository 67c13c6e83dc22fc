"""Kept pages on disk: a new process, or one that forgot them, takes them from there instead of making them.

Each file names the page that it holds and is sealed with a digest over its own bytes that only this site can make, so
what is damaged, cut off or laid there by somebody else counts as not there. Whether a page still holds is asked anew.
"""

import hashlib
import hmac
import json
import logging
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from .evidence import Evidence
from .pages import UNKNOWN, KeptPage
from .requested_pages import RequestedPage

log = logging.getLogger(__name__)

MEGABYTE = 10**6
LARGEST = 4 * MEGABYTE
ROOM = 0.2  # of what fits is made free at once
_SEAL = 32  # bytes
_FIELDS = ("status", "digest", "verified_at", "day_ends", "django_tag")


class PageFolder:
    """The folder of the settings. Several processes share it: files are written whole and never changed."""

    def __init__(self) -> None:
        self._most_bytes = settings.KEPT_PAGES_DISK * MEGABYTE
        self._root = Path(settings.KEPT_PAGES_FOLDER)
        # What a page looks like besides its words; pages of another build or site are other pages.
        self._site = f"{settings.BUILD_ID} {settings.DEMONSTRATION}"
        self._key = hashlib.sha256(f"kept pages\0{settings.SECRET_KEY}".encode()).digest()

    @property
    def is_used(self) -> bool:
        return bool(self._most_bytes > 0)

    def load(self, requested: RequestedPage) -> KeptPage | None:
        """The page as it was saved; None for none that can be trusted."""
        if not self.is_used:
            return None
        try:
            with self._path(requested).open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError:
            return None
        seal, sealed = content[:_SEAL], content[_SEAL:]
        if len(content) > LARGEST or not hmac.compare_digest(seal, self._seal(requested, sealed)):
            return None
        head, _line, rest = sealed.partition(b"\n")
        told = json.loads(head)
        bodies = {}
        for coding, length in told["lengths"]:
            bodies[coding], rest = rest[:length], rest[length:]
        evidence = Evidence(bytes.fromhex(told["evidence"]) if told["evidence"] else None, 0.0)
        return KeptPage(
            requested=requested,
            headers=[(name, value) for name, value in told["headers"]],
            bodies=bodies,
            validity=UNKNOWN,
            evidence=evidence,
            is_compressed=True,
            **{name: told[name] for name in _FIELDS},
        )

    def save(self, page: KeptPage) -> None:
        """Save a page that is compressed. Nothing happens where the disk is full or the folder can't be written."""
        if not self.is_used:
            return
        requested, parts = page.requested, page.evidence.parts
        told = {
            "headers": page.headers,
            "evidence": parts.hex() if isinstance(parts, bytes) else "",
            "lengths": [(coding, len(body)) for coding, body in page.bodies.items()],
            **{name: getattr(page, name) for name in _FIELDS},
        }
        sealed = json.dumps(told).encode() + b"\n" + b"".join(page.bodies.values())
        path = self._path(requested)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                file.write(self._seal(requested, sealed) + sealed)
            Path(file.name).replace(path)
        except OSError as error:
            log.warning("A kept page could not be saved: %s", error)

    def forget(self, requested: RequestedPage) -> None:
        if self.is_used:
            with suppress(OSError):
                self._path(requested).unlink()

    def make_room(self) -> None:
        """Delete the oldest files when there are too many bytes of them."""
        if not self.is_used or not self._root.is_dir():
            return
        files = []
        for path in self._root.glob("*/*"):
            with suppress(OSError):
                status = path.stat()
                files.append((status.st_mtime, status.st_size, path))
        total = sum(size for _time, size, _path in files)
        if total <= self._most_bytes:
            return
        for _time, size, path in sorted(files, key=lambda file: file[0]):
            if total <= self._most_bytes * (1 - ROOM):
                return
            with suppress(OSError):
                path.unlink()
                total -= size

    def _path(self, requested: RequestedPage) -> Path:
        name = hashlib.sha256(self._name(requested)).hexdigest()
        return self._root / name[:2] / name[2:]

    def _name(self, requested: RequestedPage) -> bytes:
        return json.dumps([self._site, *requested.key]).encode()

    def _seal(self, requested: RequestedPage, sealed: bytes) -> bytes:
        return hmac.digest(self._key, self._name(requested) + b"\0" + sealed, "sha256")
