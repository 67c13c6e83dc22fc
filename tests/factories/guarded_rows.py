"""A row in every table that the database guards."""

from datetime import date

import zstandard
from django.utils import timezone

from drugs.models import Authority
from drugs.services import save_authority
from editorial.checks.dismissals import dismiss_finding
from editorial.editions.models import ContentDictionary, Document, Edition
from editorial.editions.working.discards import discard_draft
from editorial.library.services import create_reference
from editorial.library.services.topics import save_topic
from editorial.people.services import change_person
from editorial.reading.models import UrgentNotice
from editorial.reading.paths import arrange_path
from editorial.reviews.models import Recheck
from editorial.reviews.services import (
    add_remark,
    change_sign_off_policy,
    dismiss_recheck,
    end_notice,
    propose_settlement,
    revoke_sign_off,
    send_back,
    withdraw,
    write_notice,
)
from editorial.translations.terms.services import TypedTerm, add_term
from tests.factories import drugs, figures, pages, people
from tests.factories.leaflets import write_leaflet
from tests.factories.pages import submit


def create_guarded_rows() -> Document:
    """An article with all that records need; what else there is stands around it."""
    writer, signer = people.author(), people.reviewer()
    translator = people.translator("es")
    topic = save_topic("breast-cancer", "Breast cancer", user=writer)
    leaflet = write_leaflet(writer, "a-leaflet", "A leaflet", "<p>Words.</p>")
    document = pages.article(
        writer, slug="a-page", topics=[topic], key_points=[{"text": "A point [@schmid-2020]"}],
        references=[pages.reference()],
        sections=[{"heading": "More", "body": '<p>See <a href="/leaflets/a-leaflet/">this page</a>.</p>'}],
    )  # fmt: skip
    pages.site_words(writer, phrases=[{"key": "a-phrase", "text": "A phrase"}])
    pages.glossary_entry(writer)
    figures.figure(writer)
    add_term(TypedTerm("care team"), user=people.head())
    create_reference(user=writer, **pages.reference("a-source"))
    recorder = drugs.drug_admin()
    drug = drugs.monograph(recorder, topics=[topic])
    drugs.verified(drug, recorder, signer)
    save_authority(Authority.objects.get(code="HPRA"), user=recorder, name="A regulator")
    edition = pages.publish(document, writer, signer)
    pages.publish(leaflet, writer, signer)
    propose_settlement(Recheck.objects.filter(edition=edition), user=writer, reason="A comma.")
    dismiss_recheck(Recheck.objects.get(edition=edition), user=signer, password=people.PASSWORD, reason="A comma.")
    sent_back = pages.article(writer)
    dismiss_finding(sent_back, "en", check="no-when-to-call", node_id="article", user=writer, reason="About us.")
    waiting = submit(sent_back, "en", user=writer)
    add_remark(waiting, user=signer, text=f"Says who, @{writer.username}?")
    send_back(waiting, user=signer, remarks="No.")
    revoke_sign_off(edition.sign_offs.get(), user=signer, reason="An error.")
    withdraw(leaflet, "en", user=signer, reason="An error.")
    pages.bring_back(Edition.objects.get(document=leaflet), signer)
    discard_draft(pages.article(writer), user=writer)
    arrange_path("immunotherapy", [document], user=people.head())
    change_person(signer, {"role:operator:": [None, True]}, user=people.site_admin())
    change_sign_off_policy("glossary", "vi", {"sign_offs": 2, "grave_sign_offs": 2}, user=people.head())
    assertion = {"heading": "More", "body": "<p>One drug is approved [=FDA: 1 drug for triple-negative].</p>"}
    submit(pages.article(writer, sections=[assertion]), "en", user=writer)
    withdrawn = drugs.event(drug, recorder, "withdrawn-by-sponsor", date(2021, 7, 1))
    write_notice(withdrawn, user=recorder, happened="It was withdrawn.", action="Call your care team.")
    end_notice(UrgentNotice.objects.get(), user=signer, password=people.PASSWORD, reason="An error.")
    translated = pages.publish(pages.article(writer), writer, signer).document
    pages.translate(translated, "es", translator)
    submit(translated, "es", user=translator)
    keep_dictionary()
    return document


def keep_dictionary() -> ContentDictionary:
    """What contents from now on are compressed with."""
    samples = [f'{{"number":{number},"words":"Words that many pages say, {number * 7919}"}}' for number in range(300)]
    trained = zstandard.train_dictionary(4096, [sample.encode() for sample in samples])
    return ContentDictionary.objects.create(
        number=trained.dict_id(), data=trained.as_bytes(), trained_at=timezone.now()
    )
