"""The demonstration's figures: drawn for it, uploaded as a person's would be, and translated with the pages."""

from functools import cache

from editorial.library.figure_nodes import figure_id
from editorial.library.models import Figure
from editorial.library.services import create_figure
from editorial.library.services.figures import WORDS

from .reading import CONTENT, read


@cache
def told() -> dict[str, dict]:
    """{key: what is said of the figure}."""
    return {data["key"]: data for data in read("figures")["figures"]}


def load(people: dict) -> None:
    """Upload those that are not there yet; their words in other languages come with the pages that show them."""
    for key, data in told().items():
        if Figure.objects.filter(key=key).exists():
            continue
        with (CONTENT / "figures" / data["file"]).open("rb") as upload:
            create_figure(
                upload,
                key=key,
                **{name: data[name]["en"] for name in WORDS},
                licence=data["licence"],
                licence_url=data["licence_url"],
                user=people["author"],
            )


def find_figure(key: str | None) -> Figure | None:
    """The figure that a page's file names, if it names one."""
    return Figure.objects.get(key=key) if key else None


def figure_words(key: str | None, code: str) -> dict:
    """{place: words} of a figure in the language whose columns end in `code`, as a translator types them."""
    figure = find_figure(key)
    return {(figure_id(figure), name): told()[key][name][code] for name in WORDS} if figure else {}
