"""Links to previews: who makes them, how long they work, and that nothing is kept that would open one."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from editorial.accounts.models import RoleGrant
from editorial.editions.blockers import Blocked
from editorial.editions.freezing import build_candidate
from editorial.reading.models import Lifetime, PreviewLink
from editorial.reading.preview_links import (
    create_preview_link,
    find_preview_link,
    is_working,
    revoke_preview_link,
    shareable_languages,
)
from editorial.reading.previews import build_preview
from editorial.reviews.services import withdraw
from tests.factories import drugs, pages, people
from tests.factories.workplace import DAY


@pytest.fixture
def desk(workplace):
    return workplace


pytestmark = pytest.mark.django_db
EVERY = set(people.EVERY_LANGUAGE)


@pytest.mark.parametrize(
    ("person", "languages"),
    [
        (people.author, {"en"}),
        (people.reviewer, EVERY),
        (people.head, EVERY),
        (lambda: people.translator("es"), {"es"}),
        (drugs.drug_admin, set()),
        (people.operator, set()),
        (people.site_admin, set()),
        (lambda: people.person(is_superuser=True), set()),
        (lambda: people.author(is_active=False), set()),
    ],
)
def test_who_writes_a_page_or_reviews_shares_it(desk, person, languages):
    desk.published()
    user = person()
    assert set(shareable_languages(desk.document, user)) == languages
    for language in people.EVERY_LANGUAGE:
        if language in languages:
            assert create_preview_link(desk.document, language, user=user)[0].made_by_name == user.name
        else:
            with pytest.raises(Blocked, match="pages that you write or translate"):
                create_preview_link(desk.document, language, user=user)


def test_a_monograph_is_shared_by_who_writes_monographs(desk):
    writer = drugs.drug_admin()
    document = drugs.monograph(writer)
    assert create_preview_link(document, "en", user=writer)
    with pytest.raises(Blocked):
        create_preview_link(document, "en", user=desk.author)


def test_a_role_that_was_taken_away_meanwhile_shares_nothing(desk):
    assert shareable_languages(desk.document, desk.author)
    RoleGrant.objects.filter(user=desk.author).delete()
    with pytest.raises(Blocked):
        create_preview_link(desk.document, "en", user=desk.author)


@pytest.mark.parametrize("days", Lifetime)
def test_a_link_works_until_it_expires_and_not_a_moment_longer(desk, days):
    link, token = create_preview_link(desk.document, "en", user=desk.author, days=days)
    assert link.expires_at == timezone.now() + days * DAY
    desk.clock.shift(days * DAY - timedelta(microseconds=1))
    assert find_preview_link(token) == link
    desk.clock.shift(timedelta(microseconds=1))
    assert find_preview_link(token) is None


@pytest.mark.parametrize("days", [0, 2, 31, -1, 10**9])
def test_nobody_makes_a_link_that_lasts_longer(desk, days):
    with pytest.raises(ValueError, match="is not a valid Lifetime"):
        create_preview_link(desk.document, "en", user=desk.author, days=days)
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "\0", "\ud800", "é" * 5000])
def test_what_is_no_link_opens_nothing(desk, token):
    create_preview_link(desk.document, "en", user=desk.author)
    assert find_preview_link(token) is None


def test_the_database_does_not_hold_what_opens_a_link(desk):
    link, token = create_preview_link(desk.document, "en", user=desk.author)
    assert len(token) >= 43  # 256 bits
    assert link.token_digest == hashlib.sha256(token.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{PreviewLink._meta.db_table}"')
        assert token not in repr(cursor.fetchall())
    assert find_preview_link(link.token_digest) is None


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (lambda desk: desk.author, True),
        (lambda desk: desk.head, True),
        (lambda desk: people.site_admin(), True),
        (lambda desk: people.author(), False),
        (lambda desk: desk.reviewer, False),
        (lambda desk: desk.operator, False),
        (lambda desk: people.head(is_active=False), False),
    ],
)
def test_who_made_a_link_or_leads_takes_it_back(desk, person, may):
    link, token = create_preview_link(desk.document, "en", user=desk.author)
    user = person(desk)
    if may:
        revoked = revoke_preview_link(link, user=user)
        assert (revoked.revoked_by, revoked.revoked_by_name) == (user, user.name)
        assert find_preview_link(token) is None
    else:
        with pytest.raises(Blocked, match="Only the person who created the link"):
            revoke_preview_link(link, user=user)
        assert find_preview_link(token) == link


def test_a_link_is_taken_back_once(desk):
    link, _token = create_preview_link(desk.document, "en", user=desk.author)
    revoke_preview_link(link, user=desk.head)
    with pytest.raises(Blocked, match=f"{desk.head.name} has already revoked this link"):
        revoke_preview_link(link, user=desk.author)
    other, _token = create_preview_link(desk.document, "en", user=desk.author, days=Lifetime.DAY)
    desk.clock.shift(DAY)
    with pytest.raises(Blocked, match="already expired"):
        revoke_preview_link(other, user=desk.author)


def test_taking_one_link_back_leaves_the_others(desk):
    link, _token = create_preview_link(desk.document, "en", user=desk.author)
    other, token = create_preview_link(desk.document, "en", user=desk.author)
    revoke_preview_link(link, user=desk.author)
    assert find_preview_link(token) == other


def test_links_of_an_account_that_was_closed_work_no_more(desk):
    link, token = create_preview_link(desk.document, "en", user=desk.author)
    assert is_working(link, timezone.now())
    desk.author.is_active = False
    desk.author.save()
    assert find_preview_link(token) is None
    assert not is_working(PreviewLink.objects.get(), timezone.now())


def test_links_of_somebody_who_may_share_the_page_no_more_work_no_more(desk):
    link, token = create_preview_link(desk.document, "en", user=desk.author)
    _other, kept = create_preview_link(desk.document, "en", user=desk.head)
    assert find_preview_link(token) == link
    RoleGrant.objects.filter(user=desk.author).delete()
    assert find_preview_link(token) is None
    assert not is_working(PreviewLink.objects.get(pk=link.pk), timezone.now())
    assert find_preview_link(kept)


def test_a_translation_of_nothing_that_is_signed_has_no_preview(desk):
    with pytest.raises(Blocked, match="no live edition yet"):
        create_preview_link(desk.document, "es", user=desk.translator)
    desk.published()
    assert create_preview_link(desk.document, "es", user=desk.translator)
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    with pytest.raises(Blocked, match="no live edition yet"):
        build_preview(desk.document, "es")


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires_at": timezone.now() - 9000 * DAY},
        {"revoked_at": timezone.now()},
    ],
)
def test_the_database_refuses_a_link_without_an_end_and_a_revocation_by_nobody(desk, wrong):
    link, _token = create_preview_link(desk.document, "en", user=desk.author)
    for name, value in wrong.items():
        setattr(link, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        link.save()


# --- What there is to see ---


def words_of(document, language: str) -> str:
    return repr(build_preview(document, language).tree)


def test_a_translation_shows_its_own_words_and_a_mark_for_those_that_are_missing(desk):
    desk.published()
    empty = build_preview(desk.document, "es")
    assert empty.missing_count == len(pages.typed_translation(pages.freezing.find_signed_source(desk.document), "es"))
    pages.translate(desk.document, "es", desk.translator, {("article", "title"): "Título"})
    preview = build_preview(desk.document, "es")
    assert (preview.missing_count, preview.outdated_count) == (empty.missing_count - 1, 0)
    assert preview.tree.language == "es"
    assert preview.tree.root.plain("title") == "Título"
    assert "immune" not in repr(preview.tree)
    pages.translate(desk.document, "es", desk.translator)
    assert build_preview(desk.document, "es").missing_count == 0


def test_a_translation_says_what_its_source_has_overtaken(desk):
    desk.published()
    pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    desk.published("Second")
    preview = build_preview(desk.document, "es")
    assert (preview.missing_count, preview.outdated_count) == (0, 1)


def test_what_stands_in_the_way_of_submitting_does_not_stand_in_the_way_of_looking(desk):
    pages.edit(desk.document, desk.author, title="Half", lead="", sections=[{"heading": "", "body": "<p>x</p>"}])
    preview = build_preview(desk.document, "en")
    assert build_candidate(desk.document, "en").blockers
    assert preview.tree.root.plain("title") == "Half"
