"""A change reaches exactly the editions that rest on it: against a slow search that shares no code with the engine."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.models import Document, Edition, Release, Review, SignOff, Withdrawal
from editorial.reviews.models import Cause, Recheck
from editorial.reviews.services import revoke_sign_off, submit, withdraw
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.reviews.test_rechecks import body

pytestmark = pytest.mark.django_db

DOCUMENTS = ["a", "b", "c", "d"]


def rests_on(edition: Edition) -> set[tuple[str, str]]:
    """{(kind, slug)} of what the edition's bytes show or lead to."""
    found = set()

    def walk(node):
        if node["type"] == "piece":
            document = Document.objects.get(pk=node["attrs"]["document"])
            found.add((document.kind, document.slug))
        for words in node.get("words", {}).values():
            for run in words if isinstance(words, list) else ():
                if "document" in run:
                    document = Document.objects.get(pk=run["document"])
                    found.add((document.kind, document.slug))
        for child in node.get("children", []):
            walk(child)

    walk(json.loads(bytes(edition.content))["root"])
    return found


def is_standing(edition: Edition, now) -> bool:
    """Live, scheduled, or waiting for a sign-off; told from the rows one by one."""
    for release in Release.objects.filter(edition=edition):
        ends = [end.released_until for end in release.ends.all()]
        if all(end > now and end > release.released_from for end in ends):
            return True
    if Release.objects.filter(edition=edition).exists():
        return False
    for withdrawal in Withdrawal.objects.filter(document=edition.document):
        if withdrawal.language in ("", edition.language) and withdrawal.sequence > edition.sequence:
            return False
    newer = Edition.objects.filter(
        document=edition.document, language=edition.language, number__gt=edition.number
    ).exists()
    sent_back = Review.objects.filter(edition=edition, verdict="sent-back").exists()
    return not newer and not sent_back


def is_scheduled(document: Document, now) -> bool:
    """Whether an edition in the source language is to come that readers do not see yet."""
    coming = Release.objects.filter(document=document, language="en", released_from__gt=now)
    return any(all(end.released_until > each.released_from for end in each.ends.all()) for each in coming)


ACTS = ["publish", "schedule", "submit", "translate", "withdraw", "reaffirm", "revoke"]


@settings(max_examples=max(settings().max_examples // 2, 10))
@given(data=st.data())
def test_exactly_the_editions_that_rest_on_a_change_are_reached(data):
    with transaction.atomic():
        explore(data)
        transaction.set_rollback(True)


def explore(data):
    crew = SimpleNamespace(
        author=people.author(), signer=people.reviewer(), other=people.reviewer(), head=people.head(),
        translator=people.translator("es"),
    )  # fmt: skip
    documents = {slug: write_leaflet(crew.author, slug, slug, body()) for slug in DOCUMENTS}
    for step in range(data.draw(st.integers(3, 8), label="steps")):
        slug = data.draw(st.sampled_from(DOCUMENTS), label="which")
        links = data.draw(st.lists(st.sampled_from(DOCUMENTS), max_size=3), label="links")
        act = data.draw(st.sampled_from(ACTS), label="act")
        document, before = documents[slug], set(Recheck.objects.values_list("pk", flat=True))
        language, now = "es" if act == "translate" else "en", timezone.now()
        resting = {
            each.pk
            for each in Edition.objects.exclude(document=document)
            if is_standing(each, now) and ("leaflet", slug) in rests_on(each)
            if language == "en" or each.language == language
        }
        coming = {each for each, one in documents.items() if is_scheduled(one, now)}
        known = set(Edition.objects.values_list("pk", flat=True))
        is_changed = run(act, document, f"{slug} {step}", links, crew)
        new = Recheck.objects.exclude(pk__in=before)
        made = Edition.objects.exclude(pk__in=known).first()
        of_others = new.exclude(cause=Cause.SOURCE).exclude(edition__document=document)
        assert set(of_others.values_list("edition", flat=True)) == (resting if is_changed else set())
        outdated = {
            each.pk
            for each in Edition.objects.filter(document=document, language="es").exclude(pk__in=known)
            if made and slug in coming
        } | {
            each.pk
            for each in Edition.objects.filter(document=document, language="es")
            if is_changed and act in ("publish", "schedule") and is_standing(each, timezone.now())
        }
        assert set(new.filter(cause=Cause.SOURCE).values_list("edition", flat=True)) == outdated
        ahead = new.filter(edition=made, cause=Cause.RELEASED).exclude(document=document) if made else []
        leads_to = {other for _kind, other in rests_on(made)} - {slug} if made else set()
        assert {each.document.slug for each in ahead} == leads_to & coming


def run(act: str, document: Document, title: str, links: list, crew) -> bool:
    """Whether something became, or ceased to be, readable or signed."""
    live = Release.objects.live(timezone.now()).filter(document=document, language="en").first()
    needed = freezing.find_signed_source(document) if act == "translate" else live
    if act in ("translate", "reaffirm", "revoke") and needed is None:
        return False
    try:
        with transaction.atomic():
            if act == "withdraw":
                withdraw(document, "en", user=crew.signer, reason="An error.")
            elif act == "reaffirm":
                pages.confirm(live.edition, crew.other)
            elif act == "revoke":
                sign_off = SignOff.objects.filter(edition=live.edition, revocation__isnull=True).latest("sequence")
                revoke_sign_off(sign_off, user=crew.head, reason="Wrong.")
            elif act == "translate":
                pages.publish_translation(document, "es", crew.translator, crew.signer)
            else:
                write_leaflet(crew.author, "", title, body(*links), document=document)
                edition = submit(document, "en", user=crew.author)
                later = {"publish_at": timezone.now() + timedelta(days=1)} if act == "schedule" else {}
                if act != "submit":
                    pages.sign(edition, crew.signer, **later)
    except Blocked:  # nothing is live to be taken down, or there is nothing new to translate
        return False
    return act not in ("submit", "reaffirm")
