"""What a change costs that 10,000 editions rest on, against 100, as ratios of one run: `make bench`.

Each time is that of the whole act, in its one transaction, on the processor and by the clock. The rows stand in
transactions that are undone, so that both lengths are measured on one machine in one state. Absolute times say more
about the machine than about the site.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time

from _demonstration import with_site

FEW, MANY = 100, 10_000
ROUNDS = 3
PEOPLE = 20  # reviewers who may sign any of these pages


def measure(count: int) -> dict[str, tuple[float, float, int, int, int]]:
    """{what changed: (seconds by the clock, seconds of processor, statements, rechecks, rows of mail)}"""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from editorial.editions.models import SignOff
    from editorial.reviews.models import Mail, Recheck
    from editorial.reviews.services import revoke_sign_off, withdraw
    from tests.factories import drugs, pages, people
    from tests.factories.bulk_rows import create_dependents

    def measured(act: Callable[[], object]) -> tuple[float, float, int, int, int]:
        times, used = [], []
        for _round in range(ROUNDS):
            rows = Recheck.objects.count(), Mail.objects.count()
            point = transaction.savepoint()
            start, began = perf_counter(), process_time()
            act()
            used.append(process_time() - began)
            times.append(perf_counter() - start)
            rechecks, mails = Recheck.objects.count() - rows[0], Mail.objects.count() - rows[1]
            transaction.savepoint_rollback(point)
        point = transaction.savepoint()
        with CaptureQueriesContext(connection) as captured:
            act()
        transaction.savepoint_rollback(point)
        return median(times), median(used), len(captured), rechecks, mails

    with transaction.atomic():
        author, reviewer, head = people.author(), people.reviewer("en"), people.head()
        admin, verifier = drugs.drug_admin(), drugs.drug_admin()
        drug = drugs.monograph(admin)
        drugs.verified(drug, admin, verifier)
        pages.publish(drug, admin, reviewer)
        for _number in range(PEOPLE):
            people.reviewer("en")
        model = pages.publish(pages.article(author), author, reviewer)
        create_dependents(model, drug, reviewer, count)
        live = SignOff.objects.filter(document=drug, language="en").latest("sequence")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        result = {
            "a regulator's decision": measured(lambda: drugs.event(drug, admin, "narrowed", timezone.localdate())),
            "a withdrawal": measured(lambda: withdraw(drug, "en", user=reviewer, reason="An error.")),
            "a revocation": measured(lambda: revoke_sign_off(live, user=head, reason="An error.")),
        }
        drugs.edit(drug, admin, lead="Said in other words.")
        edition = pages.submit(drug, "en", user=admin)
        result["a release that changes the card"] = measured(lambda: pages.sign(edition, reviewer))
        transaction.set_rollback(True)
    return result


def main() -> None:
    few, many = measure(FEW), measure(MANY)
    print(f"{MANY:,} editions rest on it : {FEW}; each time is the median of {ROUNDS}\n")
    for name, (clock, used, statements, rechecks, mails) in many.items():
        few_clock, few_used, few_statements, few_rechecks, few_mails = few[name]
        print(
            f"{name:32} {clock:7.3f} s : {few_clock:6.3f} s, processor {used:7.3f} s : {few_used:6.3f} s, "
            f"{statements} statements : {few_statements}, {rechecks} rechecks : {few_rechecks}, "
            f"{mails} rows of mail : {few_mails}"
        )


if __name__ == "__main__":
    with_site(main)
