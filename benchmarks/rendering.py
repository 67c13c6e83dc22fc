"""What laying a page out costs of its whole answer, in CPU, measured in turns: `make bench`."""

from statistics import median
from time import process_time

from _demonstration import with_demonstration

PAGES = ["articles/immunotherapy-for-breast-cancer/", "drugs/pembrolizumab/", "drugs/", "glossary/", ""]
ROUNDS = 30


def main() -> None:
    import brotli
    from django.test import RequestFactory
    from django.urls import resolve
    from django.utils.translation import override

    print(f"CPU in milliseconds, medians of {ROUNDS} rounds: the template : the whole answer = share")
    for page in PAGES:
        path = f"/en/{page}"
        request, (view, args, kwargs) = RequestFactory().get(path), resolve(path)
        answers, layouts = [], []
        with override("en"):
            for _round in range(ROUNDS):
                start = process_time()
                response = view(request, *args, **kwargs)
                answers.append((process_time() - start) * 1000)
                template = response.resolve_template(response.template_name)
                start = process_time()
                body = template.render(response.context_data, request)
                layouts.append((process_time() - start) * 1000)
        layout, answer = median(layouts), median(answers)
        size = len(brotli.compress(body.encode()))
        print(f"{path:52} {layout:6.2f} : {answer:6.2f} = {layout / answer:5.2f}, {size:6,} bytes compressed")


if __name__ == "__main__":
    with_demonstration(main)
