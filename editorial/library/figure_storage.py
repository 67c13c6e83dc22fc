"""Files of figures, kept under the SHA-256 of their bytes: what a name stands for never changes.

An edition names its figures' files by these digests, so nobody can change a signed picture, and no file is deleted.
"""

import hashlib
import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from .images import EXTENSIONS, ImageFile

log = logging.getLogger(__name__)

FOLDER = "figures"
TYPES = {extension: type_ for type_, extension in EXTENSIONS.items()}


def file_name(digest: str, type_: str) -> str:
    """What a file is called, on the disk and in its address."""
    return f"{digest}.{EXTENSIONS[type_]}"


def store_file(file: ImageFile) -> None:
    """Store a file unless it is there. One that a crash cut short serves nobody, so it gives way to the whole one."""
    name = file_name(file.digest, file.type)
    if read_file(name) is not None:
        return
    path = f"{FOLDER}/{name}"
    if default_storage.exists(path):
        log.warning("A figure's file was damaged, and is written anew: %s", name)
        default_storage.delete(path)
    kept = default_storage.save(path, ContentFile(file.content))
    if kept != path:  # somebody stored the same picture at this moment
        default_storage.delete(kept)


def read_file(name: str) -> bytes | None:
    """The bytes of a file by its name; None when there is no such file, or its bytes are not those of its digest."""
    content = _content(name)
    if content is None or not _fits(name, content):
        return None
    return content


def describe_damage(name: str) -> str:
    """What is wrong with a file that a figure names, in words; "" when it is there and as it was stored."""
    content = _content(name)
    if content is None:
        return "is missing."
    return "" if _fits(name, content) else "does not fit its digest."


def _content(name: str) -> bytes | None:
    digest, _dot, extension = name.partition(".")
    if extension not in TYPES or len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        return None
    try:
        with default_storage.open(f"{FOLDER}/{name}") as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None


def _fits(name: str, content: bytes) -> bool:
    if hashlib.sha256(content).hexdigest() == name.partition(".")[0]:
        return True
    log.critical("A figure's file is not shown, because its bytes do not match its digest: %s", name)
    return False
