"""What the verbs of test_permissions.py send: functions of the world, a client of who may, and the address."""

from django.core.files.uploadedfile import SimpleUploadedFile

from editorial.editions.working.copies import version_token
from editorial.reviews.reinstatements import seen_digest
from tests.desk.forms import agreed, filled
from tests.factories import figures
from tests.factories.people import PASSWORD


def write(world, client, address):
    return filled(client.get(address), title="Changed")


def units(world, client, address):
    return filled(client.get(f"{address}?unit=article.title")) | {"words": "Otro título", "_act": "save"}


def restored(world, client, address):
    history = world.live.article.history.order_by("history_id").first()
    return {
        "model": "article", "row": world.live.pk, "field": "title", "history": history.history_id,
        "token": version_token(world.live, "en"),
    }  # fmt: skip


def titled(world, client, address):
    return filled(client.get(address), title="Changed")


def monograph(world, client, address):
    client.force_login(world.drug_admin)
    return titled(world, client, address)


def granted_before(world, client, address):
    return {
        "approval": world.approval.pk, "kind": "narrowed", "happened_on": "2022-01-01",
        "reference": world.reference.key,
    }  # fmt: skip


def corrected(world, client, address):
    return granted_before(world, client, address) | {
        "kind": "granted", "pathway": "regular", "happened_on": "2020-11-10", "note": "A label date.",
    }  # fmt: skip


def since(world, client, address):
    return {
        "signer": world.reviewer.username,
        "signer_key": world.reviewer.pk,
        "since": "2020-01-01",
        "reason": "Wrong.",
    }


def resolving(world, client, address):
    return {"thread": world.remarked.remarks.get().pk, "act": "resolved"}


def setting_aside(world, client, address):
    return {"thread": world.remarked.remarks.get().pk, "act": "set-aside", "text": "It is short."}


def away(world, client, address):
    return {
        "absentee": world.reviewer.username, "deputy": world.english_reviewer.username,
        "from_day": "2079-01-01", "until_day": "2079-01-10",
    }  # fmt: skip


def figure(world, client, address):
    return figures.fields("new") | {"upload": SimpleUploadedFile("new.png", figures.picture())}


def described(world, client, address):
    return filled(client.get(address), alt="Changed.")


def signing(world, client, address):
    return {"sign-password": PASSWORD, **agreed(world.waiting, "sign")}


def bringing_back(world, client, address):
    typed = {"bring-back-password": PASSWORD, "bring-back-remarks": "It was right after all."}
    return {**agreed(world.down, "bring-back"), "bring-back-seen": seen_digest(world.down), **typed}


def proposing(world, client, address):
    return {"chosen": [world.recheck.pk], "reason": "A comma.", "propose": "1"}


def settling(world, client, address):
    return {"chosen": [world.recheck.pk], "reason": "A comma.", "password": PASSWORD}


def reaffirming(world, client, address):
    return {"reaffirm-password": PASSWORD, **agreed(world.edition, "reaffirm")}
