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
from editorial.reviews.recheck_lines import load_lines
from editorial.reviews.services import revoke_sign_off, submit, withdraw
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet

pytestmark = pytest.mark.django_db

LEAFLETS, ARTICLES = ["a", "b"], ["c", "d"]  # words that open in place, and pages that are linked to
DOCUMENTS = [*LEAFLETS, *ARTICLES]
PLACES = dict.fromkeys(LEAFLETS, "leaflets") | dict.fromkeys(ARTICLES, "articles")


def named_in(edition: Edition) -> dict[str, bool]:
    """{slug: whether it is shown} of what the edition's bytes show or lead to."""
    named: dict[str, bool] = {}

    def add(key: int, *, is_piece: bool) -> None:
        document = Document.objects.get(pk=key)
        is_shown = is_piece or document.kind == "leaflet"
        named[document.slug] = named.get(document.slug, False) or is_shown

    def walk(node):
        if node["type"] == "piece":
            add(node["attrs"]["document"], is_piece=True)
        for words in node.get("words", {}).values():
            for run in words if isinstance(words, list) else ():
                if "document" in run:
                    add(run["document"], is_piece=False)
        for child in node.get("children", []):
            walk(child)

    walk(json.loads(bytes(edition.content))["root"])
    return named


def body(*slugs: str) -> str:
    links = (f'<a href="/{PLACES[slug]}/{slug}/">there</a>' for slug in slugs)
    return f"<p>Words {' '.join(links)}.</p>"


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


def may_come_back(edition: Edition, now) -> bool:
    """Whether it was the last that was read in its language, and was taken down; told from the rows one by one."""
    read = []
    for release in Release.objects.filter(document=edition.document, language=edition.language):
        ends = list(release.ends.all())
        if release.released_from <= now and all(end.released_until > release.released_from for end in ends):
            read.append((release.released_from, release.edition_id, ends))
    if not read:
        return False
    _from, last, ends = max(read, key=lambda interval: interval[0])
    return last == edition.pk and any(
        end.cause in ("withdrawn", "unsigned") and end.released_until <= now for end in ends
    )


def is_scheduled(document: Document, now) -> bool:
    """Whether an edition in the source language is to come that readers do not see yet."""
    coming = Release.objects.filter(document=document, language="en", released_from__gt=now)
    return any(all(end.released_until > item.released_from for end in item.ends.all()) for item in coming)


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
    documents = {slug: write_leaflet(crew.author, slug, slug, body()) for slug in LEAFLETS}
    documents |= {slug: pages.article(crew.author, slug=slug) for slug in ARTICLES}
    for step in range(data.draw(st.integers(3, 8), label="steps")):
        slug = data.draw(st.sampled_from(DOCUMENTS), label="which")
        links = data.draw(st.lists(st.sampled_from(DOCUMENTS), max_size=3), label="links")
        pieces = data.draw(st.sets(st.sampled_from(LEAFLETS), max_size=1), label="pieces")
        act = data.draw(st.sampled_from(ACTS), label="act")
        document, before = documents[slug], set(Recheck.objects.values_list("pk", flat=True))
        language, now = "es" if act == "translate" else "en", timezone.now()
        rests = {
            item.pk: named_in(item)[slug]
            for item in Edition.objects.exclude(document=document)
            if (is_standing(item, now) or may_come_back(item, now)) and slug in named_in(item)
            if language == "en" or item.language == language
        }
        # A release changes what is shown; what takes words away from readers may matter to whoever leads there.
        resting = {pk for pk, is_shown in rests.items() if is_shown or act in ("withdraw", "revoke")}
        coming = {key for key, one in documents.items() if is_scheduled(one, now)}
        known = set(Edition.objects.values_list("pk", flat=True))
        is_changed = run(act, document, f"{slug} {step}", links, [documents[item] for item in sorted(pieces)], crew)
        new = Recheck.objects.exclude(pk__in=before)
        made = Edition.objects.exclude(pk__in=known).first()
        of_others = new.exclude(cause=Cause.SOURCE).exclude(edition__document=document)
        assert set(of_others.values_list("edition", flat=True)) == (resting if is_changed else set())
        for line in load_lines(of_others.values_list("edition", flat=True)):
            if line.document == document and line.edition.pk in rests:
                assert line.is_certain == rests[line.edition.pk]
        outdated = {
            item.pk
            for item in Edition.objects.filter(document=document, language="es").exclude(pk__in=known)
            if made and slug in coming
        } | {
            item.pk
            for item in Edition.objects.filter(document=document, language="es")
            if is_changed and act in ("publish", "schedule")
            if is_standing(item, timezone.now()) or may_come_back(item, timezone.now())
        }
        assert set(new.filter(cause=Cause.SOURCE).values_list("edition", flat=True)) == outdated
        ahead = new.filter(edition=made, cause=Cause.RELEASED).exclude(document=document) if made else []
        shows = {other for other, is_shown in named_in(made).items() if is_shown} - {slug} if made else set()
        assert {item.document.slug for item in ahead} == shows & coming


def write(document: Document, title: str, links: list, pieces: list, author) -> None:
    if document.kind == "leaflet":
        write_leaflet(author, "", title, body(*links), document=document)
        return
    shown = [{"heading": "Here", "body": "", "piece_of": piece, "piece": "box"} for piece in pieces]
    pages.edit(document, author, title=title, sections=[{"heading": "More", "body": body(*links)}, *shown])


def run(act: str, document: Document, title: str, links: list, pieces: list, crew) -> bool:
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
                write(document, title, links, pieces, crew.author)
                edition = submit(document, "en", user=crew.author)
                later = {"publish_at": timezone.now() + timedelta(days=1)} if act == "schedule" else {}
                if act != "submit":
                    pages.sign(edition, crew.signer, **later)
    except Blocked:  # nothing is live to be taken down, or there is nothing new to translate
        return False
    return act not in ("submit", "reaffirm")
