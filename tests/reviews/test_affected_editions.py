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
from editorial.editions.models import Document, Edition, Release, Review, Revocation, SignOff, Withdrawal
from editorial.reviews.models import Cause, Recheck
from editorial.reviews.recheck_lines import load_lines
from editorial.reviews.reinstatements import find_returnable, returnable_languages
from editorial.reviews.services import dismiss_recheck, revoke_sign_off, withdraw
from tests import PROVING
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.factories.pages import submit

pytestmark = pytest.mark.django_db

LEAFLETS, ARTICLES = ["a", "b"], ["c", "d"]  # words that open in place, and pages that are linked to
DOCUMENTS = [*LEAFLETS, *ARTICLES]
PLACES = dict.fromkeys(LEAFLETS, "leaflets") | dict.fromkeys(ARTICLES, "articles")


def named_in(edition: Edition) -> dict[str, set[str]]:
    """{slug: what of it is shown, a piece or what opens in place} of what the edition's bytes show or lead to."""
    named: dict[str, set[str]] = {}

    def add(key: int, piece: str) -> None:
        document = Document.objects.get(pk=key)
        shown = piece or ("box" if document.kind == "leaflet" else "")
        named.setdefault(document.slug, set()).update(filter(None, [shown]))

    def walk(node):
        if node["type"] == "piece":
            add(node["attrs"]["document"], node["attrs"]["piece"])
        for words in node.get("words", {}).values():
            for run in words if isinstance(words, list) else ():
                if "document" in run:
                    add(run["document"], "")
        for child in node.get("children", []):
            walk(child)

    walk(json.loads(bytes(edition.content))["root"])
    return named


def shown_of(edition: Edition, piece: str) -> list:
    """What a leaflet's box shows of it, or its start: the title and all of it, or its first paragraph."""

    def said(node) -> list:
        return [node["type"], node.get("words"), [said(child) for child in node.get("children", [])]]

    root = json.loads(bytes(edition.content))["root"]
    return [root["words"]["title"], *map(said, root["children"][: 1 if piece == "start" else None])]


def intervals(document: Document, language: str):
    """(from, until or None, edition) of what is, was or will be read of a page in a language, row by row."""
    for release in Release.objects.filter(document=document, language=language):
        until = min((end.released_until for end in release.ends.all()), default=None)
        if until is None or until > release.released_from:
            yield release.released_from, until, release.edition


def changed_pieces(release: Release) -> set[str]:
    """Pieces that readers see otherwise by a release than just before, or than in others that they see or will see."""
    if release.document.kind != "leaflet":
        return {"box", "start"}
    start, now, before, others = release.released_from, timezone.now(), [], []
    for since, until, edition in intervals(release.document, release.language):
        if since < start and (until is None or until >= start):
            before.append(edition)
        elif edition != release.edition and (until is None or until > now):
            others.append(edition)
    return {
        piece
        for piece in ("box", "start")
        if not before
        or any(shown_of(edition, piece) != shown_of(release.edition, piece) for edition in [*before, *others])
    }


def body(*slugs: str, rest: str = "") -> str:
    links = (f'<a href="/{PLACES[slug]}/{slug}/">there</a>' for slug in slugs)
    return f"<p>Words {' '.join(links)}.</p>" + (f"<p>{rest}</p>" if rest else "")


def is_standing(edition: Edition, now) -> bool:
    """Live, scheduled, held, or waiting for a sign-off; told from the rows one by one."""
    releases = list(Release.objects.filter(edition=edition))
    for release in releases:
        ends = [end.released_until for end in release.ends.all()]
        if all(end > now and end > release.released_from for end in ends):
            return True
    for withdrawal in Withdrawal.objects.filter(document=edition.document):
        if withdrawal.language in ("", edition.language) and withdrawal.sequence > edition.sequence:
            return False
    if releases:
        of_page = Release.objects.filter(document=edition.document, language=edition.language)
        return (
            any(end.cause == "held" for release in releases for end in release.ends.all())
            and all(release.number <= edition.number for release in of_page)
            and not Revocation.objects.filter(sign_off__edition=edition).exists()
            and Recheck.objects.filter(edition=edition, settlement=None).exists()
        )
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


def scheduled(document: Document, now) -> list[Release]:
    """Releases in the source language that are to come and that readers do not see yet."""
    coming = Release.objects.filter(document=document, language="en", released_from__gt=now)
    return [item for item in coming if all(end.released_until > item.released_from for end in item.ends.all())]


PIECES = [(slug, piece) for slug in LEAFLETS for piece in ("box", "start")]
TAKING_DOWN, BRINGING_BACK = ("withdraw", "withdraw es", "revoke"), ("bring back", "bring back es")
ACTS = ["publish", "schedule", "submit", "translate", "reaffirm", *TAKING_DOWN, *BRINGING_BACK]


@settings(max_examples=settings().max_examples // 2 if PROVING else 6)
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
    if data.draw(st.booleans(), label="begun"):  # with leaflets and an article that shows of them
        shown = [(documents[slug], piece) for slug, piece in sorted(data.draw(st.sets(st.sampled_from(PIECES))))]
        for slug in [*LEAFLETS, ARTICLES[0]]:
            run("publish", documents[slug], slug, body(), shown, crew)
            run("translate", documents[slug], slug, body(), shown, crew)
    for step in range(data.draw(st.integers(3, 8), label="steps")):
        slug = data.draw(st.sampled_from(DOCUMENTS), label="which")
        links = data.draw(st.lists(st.sampled_from(DOCUMENTS), max_size=3), label="links")
        pieces = data.draw(st.sets(st.sampled_from(PIECES), max_size=2), label="pieces")
        title = data.draw(st.sampled_from([f"{slug} {step}", slug]), label="title")
        rest = data.draw(st.sampled_from(["", f"{step}"]), label="rest")
        act = data.draw(st.sampled_from(ACTS), label="act")
        down = sorted(one for one in DOCUMENTS if returnable_languages(documents[one]))
        if down and data.draw(st.booleans(), label="comes back"):
            slug, act = data.draw(st.sampled_from(down)), data.draw(st.sampled_from(BRINGING_BACK))
        document, before = documents[slug], set(Recheck.objects.values_list("pk", flat=True))
        language, now = "es" if act == "translate" or act.endswith("es") else "en", timezone.now()
        rests = {
            item.pk: named_in(item)[slug]
            for item in Edition.objects.exclude(document=document)
            if (is_standing(item, now) or may_come_back(item, now)) and slug in named_in(item)
            if language == "en" or item.language == language
        }
        coming = {key for key, one in documents.items() if scheduled(one, now)}
        known = set(Edition.objects.values_list("pk", flat=True))
        shown = [(documents[item], piece) for item, piece in sorted(pieces)]
        is_changed = run(act, document, title, body(*links, rest=rest), shown, crew)
        # A release changes some of what is shown; what takes words away may matter to whoever leads there.
        resting, released = set(rests), Release.objects.filter(document=document).order_by("sequence").last()
        if is_changed and act not in TAKING_DOWN:
            changed = changed_pieces(released)
            resting = {pk for pk, pieces in rests.items() if pieces & changed}
        new = Recheck.objects.exclude(pk__in=before)
        made = Edition.objects.exclude(pk__in=known).first()
        of_others = new.exclude(cause=Cause.SOURCE).exclude(edition__document=document)
        assert set(of_others.values_list("edition", flat=True)) == (resting if is_changed else set())
        for line in load_lines(of_others.values_list("edition", flat=True)):
            if line.document == document and line.edition.pk in rests:
                assert line.is_certain == bool(rests[line.edition.pk])
        outdated = {
            item.pk
            for item in Edition.objects.filter(document=document, language="es").exclude(pk__in=known)
            if any(release.number > item.source_edition.number for release in scheduled(document, now))
        } | {
            item.pk
            for item in Edition.objects.filter(document=document, language="es")
            if is_changed and act in ("publish", "schedule", "bring back")
            if item.source_edition.number < released.number
            if is_standing(item, timezone.now()) or may_come_back(item, timezone.now())
        }
        assert set(new.filter(cause=Cause.SOURCE).values_list("edition", flat=True)) == outdated
        ahead = new.filter(edition=made, cause=Cause.RELEASED).exclude(document=document) if made else []
        named = {other: pieces for other, pieces in named_in(made).items() if other in coming} if made else {}
        assert {item.document.slug for item in ahead} == {
            other
            for other, pieces in named.items()
            if other != slug and any(pieces & changed_pieces(item) for item in scheduled(documents[other], now))
        }


def write(document: Document, title: str, words: str, shown: list, author) -> None:
    if document.kind == "leaflet":
        write_leaflet(author, "", title, words, document=document)
        return
    pieces = [{"heading": "Here", "body": "", "piece_of": other, "piece": piece} for other, piece in shown]
    pages.edit(document, author, title=title, sections=[{"heading": "More", "body": words}, *pieces])


def run(act: str, document: Document, title: str, words: str, shown: list, crew) -> bool:
    """Whether something became, or ceased to be, readable or signed."""
    live = Release.objects.live(timezone.now()).filter(document=document, language="en").first()
    needed = freezing.find_signed_source(document) if act == "translate" else live
    if act in ("translate", "reaffirm", "revoke") and needed is None:
        return False
    try:
        with transaction.atomic():
            if act in ("withdraw", "withdraw es"):
                withdraw(document, "es" if act.endswith("es") else "en", user=crew.signer, reason="An error.")
            elif act in BRINGING_BACK:
                edition = find_returnable(document, "es" if act.endswith("es") else "en")
                if edition is None:
                    return False
                for recheck in Recheck.objects.open().filter(edition=edition).exclude(document=document):
                    dismiss_recheck(recheck, user=crew.other, password=people.PASSWORD, reason="Read again.")
                pages.bring_back(edition, crew.other)
            elif act == "reaffirm":
                pages.confirm(live.edition, crew.other)
            elif act == "revoke":
                sign_off = SignOff.objects.filter(edition=live.edition, revocation__isnull=True).latest("sequence")
                revoke_sign_off(sign_off, user=crew.head, reason="Wrong.")
            elif act == "translate":
                pages.publish_translation(document, "es", crew.translator, crew.signer)
            else:
                write(document, title, words, shown, crew.author)
                edition = submit(document, "en", user=crew.author)
                later = {"publish_at": timezone.now() + timedelta(days=1)} if act == "schedule" else {}
                if act != "submit":
                    pages.sign(edition, crew.signer, **later)
    except Blocked:  # nothing is live to be taken down, or there is nothing new to translate
        return False
    return act not in ("submit", "reaffirm")
