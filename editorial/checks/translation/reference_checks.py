"""Checks of what a text points to: links, telephone numbers, citations, assertions, tags and drugs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.models.addresses import show_stored_addresses

from .contract import Difference, TranslationCheck, differs, isolated
from .telephones import EMERGENCY, fold_digits
from .text_pairs import Side, TextPair


def _compared(source: Iterable[str], target: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What only one side has, side by side."""
    old, new = Counter(source), Counter(target)
    yield from zip_longest((old - new).elements(), (new - old).elements(), fillvalue="")


class TranslatedLink(TranslationCheck):
    id = "translated-link"
    name = gettext_lazy("Link differs from the source")
    why = gettext_lazy(
        "Each link has to lead where that of the source leads, from words that say the same. Put it right, or say why."
    )
    needs_reason, needs_words = True, False

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        old, new = pair.source, pair.target
        written = {_address(address): address for address in [*_addresses(old), *_addresses(new)]}
        for source, target in _compared(map(_address, _addresses(old)), map(_address, _addresses(new))):
            if not _is_same_host(source, target):
                shown = show_stored_addresses(written.get(source, ""), written.get(target, ""))
                yield Difference(shown[1] or shown[0], differs(*shown))
        yield from self._labels(pair)

    def _labels(self, pair: TextPair) -> Iterator[Difference]:
        """A link whose words moved to another one, told by the drugs that they name; and one without words."""
        names = pair.source.names
        labels = {_address(address): label for label, address in pair.source.marks.links}
        for label, address in pair.target.marks.links:
            before = labels.get(_address(address))
            if before is None:
                continue
            if before.strip() and not label.strip():
                shown = show_stored_addresses(address)[0]
                yield Difference(shown, _("The link to %(address)s has no words.") % {"address": isolated(shown)})
            drugs, own = names.find(before).keys(), names.find(label).keys()
            if drugs != own and drugs and own:
                yield Difference(label, differs(before, label))


def _addresses(side: Side) -> list[str]:
    return [address for _label, address in side.marks.links if not address.lower().startswith("tel:")] + [
        address for address in side.marks.addresses if address not in {label for label, _a in side.marks.links}
    ]


def _address(written: str) -> str:
    """The same for addresses that lead to one page: without the language and the slash at the end."""
    parts = urlsplit(written.strip())
    path = parts.path
    head = path.split("/", 2)[1] if path.startswith("/") and path.count("/") >= 2 else ""
    if not parts.netloc and head in dict(settings.LANGUAGES):
        path = path[len(head) + 1 :]
    path = path.rstrip("/.") or "/"
    host = parts.netloc.lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if parts.scheme in ("", "http", "https"):
        return f"{host}{path if host or path != '/' or not fragment else ''}{query}{fragment}"
    return written.strip().lower()


def _is_same_host(source: str, target: str) -> bool:
    """Whether two addresses of another site may be one page in two languages: the translation's names its language."""
    hosts = [address.split("/")[0] for address in (source, target)]
    if not all(hosts) or "." not in hosts[0] or "@" in source:
        return False
    spoken = {"es", "espanol", "spanish", "ar", "arabic", "vi", "vietnamese", "zh", "zh-hans", "zh-cn", "chinese", "cn"}
    parts = set(target.lower().replace("=", "/").replace(".", "/").replace("?", "/").replace("_", "/").split("/"))
    is_near = hosts[0].split(".")[-2:] == hosts[1].split(".")[-2:]
    return is_near and bool(parts & spoken)


class TranslatedTelephone(TranslationCheck):
    id = "translated-telephone"
    name = gettext_lazy("Telephone number differs from the source")
    why = gettext_lazy("Someone may dial it in an emergency. Correct it, or say why it is right.")
    needs_reason, needs_words = True, False

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        old, new = _numbers(pair.source), _numbers(pair.target)
        for source, target in _compared(old, new):
            yield Difference(target or source, differs(source, target))
        for label, address in pair.target.marks.links:
            digits = fold_digits(label)
            if address.lower().startswith("tel:") and len(digits) >= 3 and not _is_end(fold_digits(address), digits):
                message = _("The link dials %(address)s, but its words say “%(label)s”.")
                yield Difference(label, message % {"address": isolated(address), "label": isolated(label)})


def _numbers(side: Side) -> list[str]:
    dialled = [fold_digits(address) for _label, address in side.marks.links if address.lower().startswith("tel:")]
    return [phone.digits for phone in side.telephones] + [f"tel:{digits}" for digits in dialled]


def _is_end(dialled: str, shown: str) -> bool:
    shown = shown.lstrip("+").lstrip("0") or shown
    return dialled.lstrip("+").endswith(shown) or (dialled in EMERGENCY and shown == dialled)


class TranslatedCitation(TranslationCheck):
    id = "translated-citation"
    name = gettext_lazy("Citations differ from the source")
    why = gettext_lazy("Each statement keeps its sources. Put the citations back as they are in the source.")
    needs_reason, needs_words = True, False

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        for source, target in _compared(pair.source.marks.citations.elements(), pair.target.marks.citations.elements()):
            written = [f"[@{key}]" if key else "" for key in (source, target)]
            yield Difference(written[1] or written[0], differs(*written))


class TranslatedAssertion(TranslationCheck):
    id = "translated-assertion"
    name = gettext_lazy("Marks of assertions differ from the source")
    why = gettext_lazy("The mark [=…] lets the site check the sentence. Put it back as it is in the source.")
    needs_reason, needs_words = True, False

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        old, new = pair.source.marks.assertions, pair.target.marks.assertions
        for source, target in _compared(old.elements(), new.elements()):
            written = [f"[={fact}]" if fact else "" for fact in (source, target)]
            yield Difference(written[1] or written[0], differs(*written))


class TranslatedTags(TranslationCheck):
    id = "translated-tags"
    name = gettext_lazy("Tags differ from the source")
    why = gettext_lazy("What the source stresses, raises or fills in, the translation does too.")
    needs_words = False

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        # Words in another order may need a stress twice; what is raised or filled in stands as often as in the source.
        old, new = ({tag: count if _is_counted(tag) else 1 for tag, count in side.marks.tags.items()}
                    for side in (pair.source, pair.target))  # fmt: skip
        for source, target in _compared(Counter(old).elements(), Counter(new).elements()):
            yield Difference(target or source, differs(source, target))


def _is_counted(tag: str) -> bool:
    return tag in ("sup", "sub", "br") or not tag.isalnum()


class TranslatedDrug(TranslationCheck):
    id = "translated-drug"
    name = gettext_lazy("Drug differs from the source")
    why = gettext_lazy(
        "Drugs with similar names are different drugs. A brand may stand for its drug, and no other. Correct it, or "
        "say why it is right."
    )
    needs_reason, needs_words = True, False

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        old, new = pair.source.drugs, pair.target.drugs
        lost = [written for drug, written in old.items() if drug not in new and not self._is_untold(drug, pair)]
        added = [written for drug, written in new.items() if drug not in old]
        for source, target in zip_longest(lost, added, fillvalue=""):
            yield Difference(target or source, differs(source, target))

    def _is_untold(self, drug: str, pair: TextPair) -> bool:
        """Whether nobody told us how the translation's script writes this drug."""
        return drug.startswith("~") and pair.language not in ("es", "vi")
