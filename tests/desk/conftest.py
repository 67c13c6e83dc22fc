"""The desk with something of everything in it, and the people who may and may not touch it."""

import hashlib
from datetime import date
from types import SimpleNamespace

from django.apps import apps
from django.db import connection
from django.utils import timezone

from drugs.models import Authority
from editorial.accounts.roles import Role
from editorial.desk.kept_text import keep_text
from editorial.editions.models import SignOff
from editorial.editions.working.pages import create_page
from editorial.library.models import Reference
from editorial.library.services.topics import save_topic
from editorial.people.services import change_person
from editorial.reading.preview_links import create_preview_link
from editorial.reviews.models import Cause, Mail, OverduePolicy, PolicyRecord, Question, Recheck, SignOffPolicy
from editorial.reviews.services import change_sign_off_policy, record_absence, set_overdue_policy
from editorial.translations.terms.services import TermWords, TypedTerm, add_term
from tests.factories import drugs, figures, pages, people
from tests.factories.pages import submit
from tests.layers import layer

# Signing in and looking around may write these.
UNCOUNTED = {
    "django_session", "django_admin_log", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog",
}  # fmt: skip


def state() -> str:
    """A digest of every row of every table, but for sessions, the admin's log and the time of the last login."""
    digest = hashlib.sha256()
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.db_table):
        table = model._meta.db_table
        if table in UNCOUNTED:
            continue
        columns = [field.column for field in model._meta.concrete_fields if field.column != "last_login"]
        quoted = ", ".join(f'"{column}"' for column in columns)
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {quoted} FROM "{table}" ORDER BY 1')
            digest.update(repr((table, [tuple(map(_plain, row)) for row in cursor.fetchall()])).encode())
    return digest.hexdigest()


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


@layer
def world() -> SimpleNamespace:
    """One page in every state that a desk address needs, and one person of each sort."""
    author, reviewer, translator = people.author(), people.reviewer(), people.translator("es")
    live = pages.article(author, slug="live", references=[pages.reference()], key_points=[{"text": "A point"}])
    pages.publish(live, author, reviewer)
    pages.publish_translation(live, "es", translator, reviewer)
    pages.edit(live, author, lead="Words that are not submitted yet.")
    waiting = pages.article(author, slug="waiting")
    words = pages.site_words(author, "withdrawn", phrases=[{"key": "a-phrase", "text": "A phrase"}])
    reference = Reference.objects.get()
    drug_admin = drugs.drug_admin()
    drug = drugs.monograph(drug_admin, slug="drug")
    head = people.head()
    admin = people.site_admin()
    other_reviewer, english_reviewer = people.reviewer(), people.reviewer("en")
    return SimpleNamespace(
        author=author,
        reviewer=reviewer,
        other_reviewer=other_reviewer,
        english_reviewer=english_reviewer,
        translator=translator,
        arabic_translator=people.translator("ar"),
        head=head,
        operator=people.operator(),
        admin=admin,
        drug_admin=drug_admin,
        nobody=people.person(),
        superuser=people.person(is_superuser=True),
        reader=people.person(Role.AUTHOR, is_staff=False),
        live=live,
        draft=pages.article(author, slug="draft"),
        waiting_document=waiting,
        waiting=submit(waiting, "en", user=author),
        edition=live_edition(live),
        question=Question.objects.first(),
        term=add_term(TypedTerm("care team", translations={"es": [TermWords("equipo médico")]}), user=head),
        sign_off=SignOff.objects.get(document=live, language="en"),
        recheck=Recheck.objects.create(
            edition=live_edition(live),
            cause=Cause.RELEASED,
            document=words,
            because="x",
            opened_at=timezone.now(),
            opened_by=author,
            opened_by_name=author.name,
        ),
        words=words,
        entry=pages.glossary_entry(author),
        reference=reference,
        drug=drug,
        approval=drugs.approval(drug),
        authority=Authority.objects.get(code="FDA"),
        event=drugs.event(drug, drug_admin, reference=reference),
        notice=create_page(
            "notice",
            "a-notice",
            "It happened.",
            user=drug_admin,
            action="Call.",
            subject=drug,
            because="x" * 64,
            happened_on=date(2021, 1, 1),
        ).document,
        other_drug_admin=drugs.drug_admin(),
        figure=figures.figure(author),
        topic=save_topic("a-topic", "A topic", user=author),
        mail=Mail.objects.first(),
        preview_link=create_preview_link(live, "en", user=author)[0],
        kept=keep_text("/admin/nowhere/", {"title": ["Kept."]}, window="0" * 32, user=author),
        overdue=set_overdue_policy(OverduePolicy(kind="article", after_days=90), user=head),
        absence=record_absence(
            english_reviewer,
            deputy=other_reviewer,
            from_day=date(2080, 1, 1),
            until_day=date(2080, 1, 5),
            user=english_reviewer,
        ),
        change_request=change_person(
            drug_admin, {"role:reviewer:": [None, True]}, user=admin, reason="Signs from now on."
        ).request,
        policy=SignOffPolicy.objects.create(kind="site-words", sign_offs=2),
        policy_request=ask_for_fewer(head),
    )


def ask_for_fewer(head) -> PolicyRecord:
    """A change of a policy that waits for a second person."""
    change_sign_off_policy("glossary", "vi", {"sign_offs": 3, "grave_sign_offs": 3}, user=head)
    return change_sign_off_policy("glossary", "vi", {"sign_offs": 2, "grave_sign_offs": 3}, user=head, reason="So few.")


def live_edition(document):
    return SignOff.objects.get(document=document, language="en").edition
