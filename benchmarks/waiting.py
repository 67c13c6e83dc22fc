"""What the desk's lists cost when ten thousand things wait, against a hundred, as ratios of one run: `make bench`.

The rows stand in transactions that are undone, so that both lengths are measured on one machine in one state. Absolute
times say more about the machine than about the site.
"""

from _demonstration import ROUNDS, print_ratio, time_page, with_demonstration

FEW, MANY = 100, 10_000
PAGES = [
    ("reviewer2", "/admin/desk/"),
    ("reviewer2", "/admin/desk/?tab=all&page=3"),
    ("reviewer2", "/admin/desk/?tab=again&reason=event"),
    ("reviewer2", "/admin/desk/?tab=signed"),
    ("head", "/admin/desk/"),
    ("head", "/admin/desk/overview/"),
]


def measure(count: int) -> list[tuple[float, int]]:
    """(median milliseconds, queries) of each of PAGES when so many things wait."""
    from django.db import transaction

    from editorial.accounts.models import User
    from editorial.editions.models import Edition
    from tests.factories import bulk_rows

    with transaction.atomic():
        model = Edition.objects.filter(language="en", document__kind="article").earliest("pk")
        bulk_rows.create_queue_items(model, User.objects.get(username="reviewer"), count)
        result = [time_page(username, path) for username, path in PAGES]
        transaction.set_rollback(True)
    return result


def main() -> None:
    few, many = measure(FEW), measure(MANY)
    print(f"{MANY:,} things wait : {FEW}; each time is the median of {ROUNDS}\n")
    for (username, path), many_things, few_things in zip(PAGES, many, few, strict=True):
        print_ratio(f"{username} {path}", many_things, few_things)


if __name__ == "__main__":
    with_demonstration(main)
