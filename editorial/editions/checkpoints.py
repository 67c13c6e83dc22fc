"""Checkpoints: signed notes of how far every chain of records had come, for people outside to keep.

Whoever owns the database can rewrite a whole chain, from its first record to its head, so that it proves itself: only
what has left the house contradicts them. A checkpoint holds one digest over the heads of all chains and, of each chain,
its length and a mark of two bytes: enough to say later which chain is not what it was. It is signed
(Ed25519, RFC 8032) over its canonical JSON (RFC 8785), so that nobody can slip in another.

Making one reads the heads alone, in one query for each group of chains. See docs/operating.md.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils import timezone

from .chains import ChainGroup, Head, chain_groups

FORMAT = 1
PURPOSE = b"checkpoint of records\n"  # signed before the content, so that a signature fits nothing else
MARK = (
    2  # bytes that stand for a head's digest: they tell which chain differs; whether any does, the digest over all says
)
LARGEST = 64 * 2**20  # bytes of a file, and of the heads in it
BATCH = 500  # chains that are compared at once


class UnusableCheckpoint(Exception):
    """A file that proves nothing. Its message says why, in words for an operator."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """`groups` maps a group of chains to {"chains", "records", "digest", …}, as in the file."""

    site: str
    made_at: datetime
    key: str  # the public key, as text
    groups: dict[str, dict[str, Any]]

    @property
    def records(self) -> int:
        return sum(group["records"] for group in self.groups.values())

    @property
    def chains(self) -> int:
        return sum(group["chains"] for group in self.groups.values())

    @property
    def made_at_text(self) -> str:
        return f"{self.made_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def create_key() -> str:
    """A new private key, as CHECKPOINT_KEY holds it."""
    return _text(Ed25519PrivateKey.generate().private_bytes_raw())


def public_key_of(private_key: str) -> str:
    """What auditors know the key by. Raises ValueError where the text is no private key."""
    return _text(_private(private_key).public_key().public_bytes_raw())


def _private(text: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text, validate=True))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _site() -> str:
    return str(settings.SITE_URL).rstrip("/")


def create_checkpoint(private_key: str) -> bytes:
    """A file that says how far every chain has come now. Raises ValueError where the text is no private key."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "site": _site(),
        "made_at": timezone.now().astimezone(UTC).isoformat(timespec="seconds"),
        "key": public_key_of(private_key),
        "groups": {group.name: _describe(group.heads()) for group in chain_groups()},
    }
    signature = _private(private_key).sign(PURPOSE + rfc8785.dumps(content))
    return json.dumps({"checkpoint": content, "signature": _text(signature)}, indent=1).encode() + b"\n"


def _describe(heads: Iterable[Head]) -> dict[str, Any]:
    """One pass over the heads. Kept in columns, which take half of the room that rows do."""
    digest, steps, counts, marks, last = hashlib.sha256(), [], [], bytearray(), 0
    for head in heads:
        digest.update(_line(head))
        steps.append(str(head.key - last))  # nearly always 1
        counts.append(str(head.length))
        marks += _mark(head.digest)
        last = head.key
    return {
        "chains": len(counts),
        "records": sum(map(int, counts)),
        "digest": digest.hexdigest(),
        "keys": _text(zlib.compress(" ".join(steps).encode())),
        "counts": _text(zlib.compress(" ".join(counts).encode())),
        "marks": _text(bytes(marks)),
    }


def _line(head: Head) -> bytes:
    return f"{head.key} {head.length} {head.digest}\n".encode()


def _mark(digest: str) -> bytes:
    """Of a digest of its own, so that it can be made of anything that a database may hold."""
    return hashlib.sha256(digest.encode()).digest()[:MARK]


def read_checkpoint(data: bytes, public_key: str) -> Checkpoint:
    """What a file says, once it is proven to be this site's and signed with this key. Raises UnusableCheckpoint."""
    content, signature = _parse(data)
    if content["format"] != FORMAT:
        raise UnusableCheckpoint("This checkpoint was made by another version of the site, which has to read it.")
    if content["key"] != public_key:
        raise UnusableCheckpoint(
            f"This checkpoint was signed with another key: {content['key']}, not {public_key}. If the key was changed "
            "since, name the one of that time with --key, from what you noted then. If nobody changed it, somebody "
            "else made this checkpoint."
        )
    try:
        verifier = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        verifier.verify(signature, PURPOSE + rfc8785.dumps(content))
    except ValueError as error:
        raise UnusableCheckpoint(f"{public_key} is not a public key.") from error
    except InvalidSignature as error:
        raise UnusableCheckpoint(
            "The signature does not fit: the checkpoint was changed after it was signed."
        ) from error
    if content["site"] != _site():
        raise UnusableCheckpoint(f"This checkpoint is of another site: {content['site']}, not {_site()}.")
    return Checkpoint(content["site"], datetime.fromisoformat(content["made_at"]), content["key"], content["groups"])


def _parse(data: bytes) -> tuple[dict[str, Any], bytes]:
    """(content, signature) of something that looks like a checkpoint."""
    broken = UnusableCheckpoint("This file is not a checkpoint, or it is damaged. Use another copy.")
    if len(data) > LARGEST:
        raise broken
    try:
        file = json.loads(data)
        content, signature = file["checkpoint"], base64.b64decode(file["signature"], validate=True)
        rfc8785.dumps(content)
        texts = [content["site"], content["key"], content["made_at"]]
        if not all(isinstance(text, str) for text in texts) or not isinstance(content["format"], int):
            raise broken
    except (ValueError, KeyError, TypeError, RecursionError) as error:  # rfc8785's and binascii's are ValueErrors
        raise broken from error
    return content, signature


def find_differences(checkpoint: Checkpoint) -> Iterator[str]:
    """Everything that is no longer as a checkpoint says, in words; nothing where records were only added since.

    It believes the chains: whether each proves itself is the other half of `manage.py verify_records`.
    """
    known = {group.name: group for group in chain_groups()}
    for name, described in checkpoint.groups.items():
        if name in known:
            yield from _compare(known[name], described, checkpoint)
        else:
            yield f"The checkpoint tells of {name}, of which this version of the site knows nothing."


def _compare(group: ChainGroup, described: dict[str, Any], checkpoint: Checkpoint) -> Iterator[str]:
    digest, is_named, lines = hashlib.sha256(), False, _unpack(described)
    while batch := list(islice(lines, BATCH)):
        digests = group.digests_at({key: count for key, count, _mark in batch})
        for key, count, mark in batch:
            now = digests.get(key, "")
            digest.update(_line(Head(key, count, now)))
            if now and _mark(now) == mark:
                continue
            is_named = True
            if now:
                yield (
                    f"{group.label(key)}: record {count} is not the one that the checkpoint of "
                    f"{checkpoint.made_at_text} signed. Its past was rewritten."
                )
            else:
                yield (
                    f"{group.label(key)}: it had {count} records when the checkpoint of {checkpoint.made_at_text} was "
                    f"signed, and record {count} is no longer there. Its end was cut off, or an older copy of the "
                    "database was restored."
                )
    if not is_named and digest.hexdigest() != described["digest"]:
        yield (
            f"The {group.name} as a whole are not those that the checkpoint of {checkpoint.made_at_text} signed. Which "
            "chain was rewritten cannot be told from this checkpoint."
        )


def _unpack(described: dict[str, Any]) -> Iterator[tuple[int, int, bytes]]:
    """(chain's key, its count, the mark of its head). The signature was checked before."""
    marks = base64.b64decode(described["marks"])
    key = 0
    for place, (step, count) in enumerate(zip(_words(described["keys"]), _words(described["counts"]), strict=True)):
        key += int(step)
        yield key, int(count), marks[place * MARK : (place + 1) * MARK]


def _words(packed: str) -> list[str]:
    return zlib.decompressobj().decompress(base64.b64decode(packed), LARGEST).decode().split()
