"""Mailing checkpoints of the records to the auditors that the operator named. They are no accounts of this site."""

import logging
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage

from editorial.editions.checkpoint_files import find_unmailed, mark_mailed
from editorial.editions.checkpoints import UnusableCheckpoint, public_key_of, read_checkpoint

log = logging.getLogger(__name__)

BODY = """\
This is a checkpoint of the records of {site}: a signed note of how far they had come.

Made at:  {made_at}
Covers:   {records} records in {chains} chains
Key:      {key}

Please keep this message and the file as they are. If the records are ever in doubt, the file proves whether
anything that was recorded before {made_at} was changed or taken away since: give it to whoever runs the site, or run

    python manage.py verify_records --against {name} --key {key}

on a copy of the database. If the key above is not the one that you were told, say so.
"""


def mail_checkpoints() -> int:
    """Send each auditor what they have not got; how many messages went out. What fails is tried again at the next pass.

    At least once: a worker that dies between sending and noting it sends that message again.
    """
    sent = 0
    try:
        for path, addresses in find_unmailed():
            try:
                messages = [_compose(path, address) for address in addresses]
            except (ValueError, UnusableCheckpoint) as error:  # damaged, or of a key that was changed since
                log.error("%s was not mailed: %s", path.name, error)
                continue
            for message in messages:
                message.send()
                mark_mailed(path, message.to[0])
                sent += 1
    except OSError:  # smtplib's errors are OSErrors; nothing else must wait for it
        log.exception("A checkpoint of the records could not be mailed.")
    return sent


def _compose(path: Path, address: str) -> EmailMessage:
    data, key = path.read_bytes(), public_key_of(settings.CHECKPOINT_KEY)
    checkpoint = read_checkpoint(data, key)
    body = BODY.format(
        site=checkpoint.site, made_at=checkpoint.made_at_text, records=checkpoint.records, chains=checkpoint.chains,
        key=key, name=path.name,
    )  # fmt: skip
    message = EmailMessage(
        f"Checkpoint of the records of {checkpoint.site}, {checkpoint.made_at_text}", body, to=[address]
    )
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    message.attach(path.name, data.decode(), "application/json")
    return message
