"""What left the house contradicts whoever rewrites the past, also who owns the database and the triggers."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.utils import timezone

from editorial.editions import checkpoints
from editorial.editions.checkpoint_files import keep_checkpoints
from editorial.editions.models import ChainHead, Document, Edition, Release, record_models
from editorial.editions.models.records import GENESIS
from editorial.editions.tree.nodes import digest_of, to_bytes
from editorial.reviews.mail.auditors import mail_checkpoints
from tests.factories import bulk_rows, pages, people
from tests.factories.counting import counted_cost
from tests.factories.unguarded import unguarded
from tests.layers import layer

pytestmark = pytest.mark.django_db

KEY, OTHER_KEY = (base64.b64encode(bytes([number] * 32)).decode() for number in (1, 2))


@layer
def page() -> Document:
    """A live page with a past, and another page."""
    writer, signer = people.author(), people.reviewer()
    pages.publish(pages.article(writer, slug="another"), writer, signer)
    document = pages.article(writer, slug="page", title="Take one")
    pages.publish(document, writer, signer)
    pages.edit(document, writer, lead="Another lead.")
    pages.publish(document, writer, signer)
    return document


@pytest.fixture(autouse=True)
def signing_key(settings, tmp_path):
    settings.CHECKPOINT_KEY, settings.CHECKPOINT_FOLDER = KEY, str(tmp_path / "kept")


@pytest.fixture
def checkpoint(page, tmp_path) -> Path:
    """One that was signed when all was as it is."""
    path = tmp_path / "checkpoint.json"
    call_command("make_checkpoint", path, verbosity=0)
    return path


def verify(*arguments, **options) -> str:
    call_command("verify_records", *arguments, stdout=(output := StringIO()), **options)
    return output.getvalue()


def refusal(*arguments, **options) -> str:
    with pytest.raises(CommandError) as refused:
        verify(*arguments, **options)
    return str(refused.value)


def rewrite_past(document: Document, title: str) -> None:
    """Put another title into the first edition, and make everything that rests on it fit, lists too."""
    records = sorted(
        (record for model in record_models() for record in model.objects.filter(document=document)),
        key=lambda record: record.sequence,
    )
    digests: dict[str, str] = {}  # {as it was: as it is}
    previous = GENESIS
    with unguarded():
        for record in records:
            if isinstance(record, Edition) and record.number == 1:
                tree = record.tree
                root = replace(tree.root, words={**tree.root.words, "title": title})
                record.title, record.content = title, to_bytes(replace(tree, root=root))
                digests[record.content_digest] = digest_of(record.content)
            for name in ("content_digest", "review_digest"):
                if hasattr(record, name):
                    setattr(record, name, digests.get(getattr(record, name), getattr(record, name)))
            if isinstance(record, Release):
                record.met_by = [digests[digest] for digest in record.met_by]
            record.previous_digest, before = previous, record.record_digest
            record.record_digest = previous = digests[before] = record.digest()
            record.save()
        ChainHead.objects.filter(document=document).update(digest=previous)
    call_command("rebuild_lists", verbosity=0)


def cut_off(document: Document) -> None:
    """Take the newest record off the end, and the head back, and make what lists are asked from fit."""
    with unguarded():
        Release.objects.filter(document=document).latest("sequence").delete()
        newest = max(
            (record for model in record_models() for record in model.objects.filter(document=document)),
            key=lambda record: record.sequence,
        )
        ChainHead.objects.filter(document=document).update(count=newest.sequence, digest=newest.record_digest)
    call_command("rebuild_lists", verbosity=0)


# --- What it finds ---


@pytest.mark.both_databases
def test_a_whole_chain_that_was_rewritten_proves_itself_and_is_found_by_a_checkpoint(page, checkpoint):
    rewrite_past(page, "Take two")
    assert Edition.objects.get(document=page, number=1).tree.root.plain("title") == "Take two"
    assert "are what was written" in verify()  # nothing inside the house contradicts it
    assert refusal(against=[checkpoint]).startswith("article/page: record ")
    assert "past was rewritten" in refusal(against=[checkpoint])
    assert "another" not in refusal(against=[checkpoint])


@pytest.mark.both_databases
def test_a_rewritten_chain_is_found_also_where_records_came_after_it(page, checkpoint):
    rewrite_past(page, "Take two")
    writer, signer = people.author(), people.reviewer()
    pages.edit(page, writer, lead="A later lead.")
    pages.publish(page, writer, signer)
    verify()
    assert "past was rewritten" in refusal(against=[checkpoint])


@pytest.mark.both_databases
def test_a_chain_whose_end_was_cut_off_is_found(page, checkpoint):
    cut_off(page)
    assert "are what was written" in verify()
    assert "article/page" in refusal(against=[checkpoint])
    assert "is no longer there" in refusal(against=[checkpoint])


def test_a_rewritten_chain_whose_mark_is_the_same_by_chance_is_found(page, monkeypatch, checkpoint, tmp_path):
    """A mark is short, so somebody may try until it fits. The digest over all heads does not."""
    monkeypatch.setattr(checkpoints, "MARK", 0)
    call_command("make_checkpoint", path := tmp_path / "without-marks.json", verbosity=0)
    rewrite_past(page, "Take two")
    assert "The documents as a whole are not those" in refusal(against=[path])


def test_records_that_came_since_change_nothing(page, checkpoint):
    writer, signer = people.author(), people.reviewer()
    pages.publish(pages.article(writer), writer, signer)
    pages.edit(page, writer, lead="A later lead.")
    pages.publish(page, writer, signer)
    assert "records that the checkpoint of" in verify(against=[checkpoint])


# --- Which files prove anything ---


def change(path: Path, **changed) -> None:
    file = json.loads(path.read_bytes())
    file["checkpoint"] |= changed
    path.write_text(json.dumps(file))


def test_a_forged_checkpoint_is_refused(page, checkpoint):
    rewrite_past(page, "Take two")
    call_command("make_checkpoint", other := checkpoint.with_name("other.json"), verbosity=0)
    change(checkpoint, groups=json.loads(other.read_bytes())["checkpoint"]["groups"])
    assert "changed after it was signed" in refusal(against=[checkpoint])


def test_a_checkpoint_by_another_key_is_refused(page, checkpoint, settings):
    rewrite_past(page, "Take two")
    settings.CHECKPOINT_KEY = OTHER_KEY
    call_command("make_checkpoint", forged := checkpoint.with_name("forged.json"), verbosity=0)
    assert "signed with another key" in refusal(against=[forged], key=checkpoints.public_key_of(KEY))
    change(forged, key=checkpoints.public_key_of(KEY))
    assert "changed after it was signed" in refusal(against=[forged], key=checkpoints.public_key_of(KEY))


def test_the_key_of_another_time_is_named_and_the_private_one_is_not_needed(page, checkpoint, settings):
    settings.CHECKPOINT_KEY = OTHER_KEY
    assert "name the one of that time with --key" in refusal(against=[checkpoint])
    settings.CHECKPOINT_KEY = ""
    assert "Say with --key" in refusal(against=[checkpoint])
    assert "are what they were then" in verify(against=[checkpoint], key=checkpoints.public_key_of(KEY))


def test_a_checkpoint_of_another_site_is_refused(page, checkpoint, settings):
    settings.SITE_URL = "https://other.example.org"
    assert "of another site" in refusal(against=[checkpoint])


BROKEN = {
    "nothing": b"",
    "no JSON": b"\x00\xff checkpoint",
    "other JSON": b'{"checkpoint": []}',
    "a list": b"[]",
    "deep": b"[" * 100_000,
    "parts missing": b'{"checkpoint": {"format": 1}, "signature": ""}',
    "no signature": b'{"checkpoint": {"format": 1, "site": "", "key": "", "made_at": ""}, "signature": "\xc3\xa4"}',
    "numbers": b'{"checkpoint": {"format": 1, "site": 1, "key": "", "made_at": 1e999}, "signature": ""}',
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_in_words(checkpoint, name):
    checkpoint.write_bytes(BROKEN[name])
    assert "is not a checkpoint, or it is damaged" in refusal(against=[checkpoint])


def test_a_file_cut_short_or_not_there_is_told_in_words(checkpoint):
    checkpoint.write_bytes(checkpoint.read_bytes()[:-40])
    assert "damaged" in refusal(against=[checkpoint])
    assert "cannot be read: No such file" in refusal(against=[checkpoint.with_name("nowhere.json")])


def test_a_checkpoint_of_a_later_version_is_told_in_words(checkpoint):
    change(checkpoint, format=2)
    assert "another version of the site" in refusal(against=[checkpoint])


@pytest.mark.parametrize("key", ["", "not a key", base64.b64encode(b"short").decode(), "ä"])
def test_what_is_no_key_is_told_in_words(page, checkpoint, settings, key):
    settings.CHECKPOINT_KEY = key
    with pytest.raises(CommandError, match="make_checkpoint_key makes one"):
        call_command("make_checkpoint", checkpoint.with_name("none.json"))
    assert not checkpoint.with_name("none.json").exists()
    if key:
        assert [error.id for error in run_checks()] == ["editions.E001"]


def test_a_file_that_is_there_is_not_written_over(checkpoint):
    before = checkpoint.read_bytes()
    with pytest.raises(CommandError, match="is there already"):
        call_command("make_checkpoint", checkpoint)
    assert checkpoint.read_bytes() == before


def test_a_key_that_was_made_signs_and_its_public_half_is_shown(page, settings, tmp_path):
    call_command("make_checkpoint_key", stdout=(output := StringIO()))
    lines = output.getvalue().split()
    settings.CHECKPOINT_KEY = next(word for word in lines if word.startswith("CHECKPOINT_KEY=")).partition("=")[2]
    call_command("make_checkpoint", path := tmp_path / "one.json", verbosity=0)
    assert "are what they were then" in verify(against=[path], key=lines[-1])


# --- What it costs ---


@pytest.mark.both_databases
def test_making_one_reads_the_heads_alone_and_stays_small(page):
    def cost() -> int:
        with counted_cost() as counted:
            checkpoints.create_checkpoint(KEY)
        return counted.queries

    few, small = cost(), len(checkpoints.create_checkpoint(KEY))
    edition = Edition.objects.filter(document=page).latest("number")
    bulk_rows.create_queue_items(edition, people.reviewer(), 500, released_every=1)
    assert cost() == few == len(checkpoints.chain_groups())
    assert len(checkpoints.create_checkpoint(KEY)) - small < 500 * 8


# --- Every day, out of the house ---


def checkpoint_mail() -> list:
    return [message for message in mail.outbox if message.subject.startswith("Checkpoint")]


@pytest.mark.both_databases
def test_the_worker_keeps_one_a_day_and_mails_it_to_each_auditor_once(page, settings):
    settings.CHECKPOINT_AUDITORS = ["a@example.org", "b@example.org"]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _pass in range(3):
            call_command("send_mail", verbosity=0)
        assert [message.to for message in checkpoint_mail()] == [["a@example.org"], ["b@example.org"]]
        clock.shift(timedelta(days=1))
        call_command("send_mail", verbosity=0)
    assert len(checkpoint_mail()) == 4
    kept = [path for path in sorted(Path(settings.CHECKPOINT_FOLDER).glob("*.json")) if "T" not in path.name]
    assert len(kept) == 2
    message = checkpoint_mail()[0]
    [(name, attached, _type)] = message.attachments
    assert (name, attached) == (kept[0].name, kept[0].read_text())
    assert "are what they were then" in verify(against=[kept[0]])
    assert checkpoints.public_key_of(KEY) in message.body
    assert KEY not in message.message().as_string()
    assert " UTC" in message.body


@pytest.mark.both_databases
def test_what_was_recorded_and_taken_away_within_a_day_is_found_by_a_checkpoint_between(page, settings):
    """Nobody is mailed those between, and they go after a month."""
    settings.CHECKPOINT_AUDITORS, folder = ["a@example.org"], Path(settings.CHECKPOINT_FOLDER)
    with time_machine.travel(datetime(2026, 3, 2, 9, 10, tzinfo=UTC), tick=False) as clock:
        first = keep_checkpoints()
        assert [path.name for path in first] == ["checkpoint-2026-03-02.json", "checkpoint-2026-03-02T0900Z.json"]
        assert keep_checkpoints() == []
        pages.edit(page, people.author(), lead="To be forgotten.")
        pages.publish(page, people.author(), people.reviewer())
        clock.shift(timedelta(hours=1))
        [between] = keep_checkpoints()
        cut_off(page)
        clock.shift(timedelta(days=1))
        [daily, _hourly] = keep_checkpoints()
        verify(against=[*first, daily])
        assert "is no longer there" in refusal(against=[first[0], between, daily])
        mail_checkpoints()
        assert len(checkpoint_mail()) == 2
        clock.shift(timedelta(days=31))
        keep_checkpoints()
        assert first[0].exists() and daily.exists() and not between.exists()
        settings.CHECKPOINT_MINUTES = 0
        clock.shift(timedelta(days=1))
        assert len(keep_checkpoints()) == 1
        assert len(list(folder.glob("*Z.json"))) == 1


def test_an_auditor_who_was_not_reached_gets_it_at_the_next_pass(page, settings, caplog):
    settings.CHECKPOINT_AUDITORS = ["a@example.org"]
    keep_checkpoints()
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.reviews.mail_backends.Broken"
    assert mail_checkpoints() == 0
    assert "could not be mailed" in caplog.text
    settings.EMAIL_BACKEND = backend
    assert mail_checkpoints() == 1
    assert mail_checkpoints() == 0


def test_a_checkpoint_by_a_key_that_was_changed_since_keeps_no_later_one_back(page, settings, caplog):
    settings.CHECKPOINT_AUDITORS = ["a@example.org"]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        keep_checkpoints()
        clock.shift(timedelta(days=1))
        settings.CHECKPOINT_KEY = OTHER_KEY
        keep_checkpoints()
        assert mail_checkpoints() == 1
    assert "was not mailed: This checkpoint was signed with another key" in caplog.text


def test_a_folder_that_cannot_be_written_stops_no_other_mail(page, settings, tmp_path, caplog):
    (tmp_path / "kept").write_text("a file where the folder should be")
    call_command("send_mail", verbosity=0)
    assert "No checkpoint of the records could be made" in caplog.text
    (tmp_path / "kept").unlink()
    assert keep_checkpoints()  # as soon as it can be


def test_without_a_key_nothing_is_made(page, settings):
    settings.CHECKPOINT_KEY = ""
    assert keep_checkpoints() == []
    assert not Path(settings.CHECKPOINT_FOLDER).exists()


@pytest.mark.parametrize(
    ("key", "auditors", "ids"),
    [
        (KEY, ["a@example.org"], set()),
        (KEY, [], {"editions.W003"}),
        ("", ["a@example.org"], {"editions.W002"}),
        (KEY, ["not an address"], {"editions.E002"}),
    ],
)
def test_a_site_whose_checkpoints_stay_at_home_is_told_so_before_it_is_deployed(settings, key, auditors, ids):
    settings.CHECKPOINT_KEY, settings.CHECKPOINT_AUDITORS = key, auditors
    found = {message.id for message in run_checks(include_deployment_checks=True)}
    assert {name for name in found if name.startswith("editions.")} == ids
