"""From working copy to frozen tree: the source's from its rows, a translation's from the signed source edition."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from .kinds import kind_of
from .models import Contribution, Document, Edition, Release, Revocation, UnitState
from .tree import inline
from .tree.nodes import Tree, digest_of, to_bytes
from .tree.words import Unit, translated, units


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be frozen now, and what stands in the way."""

    tree: Tree | None
    source_edition: Edition | None
    blockers: list[str]

    @property
    def content(self) -> bytes:
        return to_bytes(self.tree)

    @property
    def digest(self) -> str:
        return digest_of(self.content)


def draft(document: Document, language: str) -> Draft:
    """The tree that submitting would freeze. Reads only this language's words."""
    if language == settings.SOURCE_LANGUAGE:
        tree, blockers = kind_of(document).build(document)
        return Draft(tree, None, blockers)
    source = signed_source(document)
    if source is None:
        return Draft(None, None, [_("The source page has no signed edition that is live. Translate it when it has.")])
    tree = translated(source.tree, kind_of(document).words(document, language), language)
    return Draft(tree, source, list(_translation_blockers(document, language, source, tree)))


def signed_source(document: Document) -> Edition | None:
    """The live edition in the source language: what translators work from."""
    release = (
        Release.objects.live(timezone.now())
        .filter(document=document, language=settings.SOURCE_LANGUAGE)
        .select_related("edition")
        .order_by("-number")
        .first()
    )
    return release.edition if release else None


def unchecked(document: Document, language: str, source: Edition) -> list[Unit]:
    """Units of the source whose words changed, or came anew, since somebody last translated or checked them."""
    known = {
        (state.node_id, state.word): state.source_digest
        for state in UnitState.objects.filter(document=document, language=language)
    }
    return [unit for unit in units(source.tree) if known.get(unit.place) != unit.digest]


def _translation_blockers(document: Document, language: str, source: Edition, tree: Tree):
    target = {unit.place: unit for unit in units(tree)}
    stale = {unit.place for unit in unchecked(document, language, source)}
    for unit in units(source.tree):
        start = _shortened(inline.plain(unit.source))
        if unit.place not in target:
            yield _("Not translated yet: “%(text)s”") % {"text": start}
        elif inline.cites(unit.source) != inline.cites(target[unit.place].source):
            yield _("The citations are not the same as in the source: “%(text)s”") % {"text": start}
        elif unit.place in stale:
            yield _("Changed in the source since it was translated: “%(text)s”") % {"text": start}


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def contributors(document: Document, language: str) -> list[dict]:
    """[{"id", "name"}] of everyone whose words are in the working copy and not yet in a signed edition.

    That is since the freeze of the newest released edition whose sign-offs still stand: where they were all
    revoked, nobody else's signature covers those words any more, and their writers count again.
    """
    base = (
        Edition.objects.filter(document=document, language=language, releases__isnull=False)
        .exclude(pk__in=_unsigned(document))
        .order_by("-number")
        .first()
    )
    made = Contribution.objects.filter(
        document=document, language=language, pk__gt=base.last_contribution if base else 0
    )
    people = {each.user_id: each.user_name for each in made.order_by("pk")}
    return [{"id": pk, "name": name} for pk, name in sorted(people.items())]


def last_contribution(document: Document, language: str) -> int:
    """Key of the newest contribution, 0 when there is none."""
    newest = Contribution.objects.filter(document=document, language=language).order_by("-pk").first()
    return newest.pk if newest else 0


def _unsigned(document: Document) -> list[int]:
    """Editions that no longer have the sign-offs they need."""
    result = []
    revoked = Revocation.objects.filter(document=document).values_list("sign_off__edition_id", flat=True)
    for edition in Edition.objects.filter(pk__in=set(revoked)):
        if len(standing_signers(edition)) < edition.required_sign_offs:
            result.append(edition.pk)
    return result


def standing_signers(edition: Edition) -> set[int]:
    """Ids of the people whose sign-offs on this edition stand."""
    return set(edition.sign_offs.filter(revocation__isnull=True).values_list("recorded_by_id", flat=True))
