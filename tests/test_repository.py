"""The house rules that no other tool knows: sizes, titles, the way of imports, no write past its history."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import jinja2
import pytest
from django.conf import settings
from django.template import Engine, Template, engines
from django.template.base import TextNode
from django.template.loader_tags import BlockNode, ExtendsNode
from jinja2 import nodes

from tests.databases import ROOT

# Lines that still fit in the head.
MODULE, TEMPLATE = 400, 100

# Where each app lives, by its label; each may name those above it in this list.
APPS = {
    "accounts": ROOT / "editorial" / "accounts",
    "editions": ROOT / "editorial" / "editions",
    "people": ROOT / "editorial" / "people",
    "reading": ROOT / "editorial" / "reading",
    "checks": ROOT / "editorial" / "checks",
    "reviews": ROOT / "editorial" / "reviews",
    "desk": ROOT / "editorial" / "desk",
    "translations": ROOT / "editorial" / "translations",
    "library": ROOT / "editorial" / "library",
    "drugs": ROOT / "drugs",
    "articles": ROOT / "articles",
}

# Each of these writes rows without their history, so each use needs its reason, by file and function.
SILENT_WRITES = {"update", "bulk_create", "bulk_update", "update_translation_fields"}
SILENT_FUNCTIONS = {"insert_from"}  # and these, which are called by their name alone
ALLOWED_WRITES = {
    ("editorial/editions/models/records.py", "append_records"): "records have no history: they are never changed",
    ("editorial/editions/working/copies.py", "editing"): "the version token is not tracked: it counts saves",
    ("editorial/editions/working/draft_links.py", "keep_draft_links"): "what a draft leads to follows from its words",
    ("editorial/editions/working/unit_states.py", "_write_states"): "what is known of a unit has no history",
    ("editorial/editions/freezing.py", "record_dependencies"): "what an edition rests on is written once, with it",
    ("editorial/editions/assertions.py", "record_assertions"): "what an edition asserts is written once, with it",
    ("editorial/reviews/services/assertions.py", "_update_facts"): "what is made of a fact follows from the records",
    ("editorial/reviews/services/assertions.py", "_check_day"): "what is made of a fact follows from the records",
    ("editorial/reviews/services/assertions.py", "_open"): "rechecks are written once and never changed",
    ("editorial/editions/earlier_names.py", "record_names"): "what an edition names follows from its words",
    ("editorial/editions/keywords.py", "record_keywords"): "of what an edition speaks follows from its words",
    ("editorial/editions/keywords.py", "_create"): "keywords are texts that nobody types or changes",
    (
        "editorial/reviews/services/late_names.py",
        "record_late_keywords",
    ): "of what an edition speaks follows from its words",
    ("editorial/reviews/services/late_names.py", "_record"): "what an edition names follows from its words",
    ("editorial/reviews/models/extents.py", "record_extent"): "what lists ask of an edition is written once, with it",
    ("editorial/reviews/services/rechecks.py", "_open"): "rechecks are written once and never changed",
    ("editorial/reviews/services/rechecks.py", "settle_rechecks"): "settlements are written once and never changed",
    ("editorial/reviews/services/notices.py", "_record_notice"): "where a notice stands is written once, with it",
    ("editorial/reviews/services/settlements.py", "_settle_line"): "settlements are written once and never changed",
    ("editorial/reviews/services/settlements.py", "propose_settlement"): "proposals are written once, never changed",
    ("editorial/desk/kept_text.py", "keep_text"): "kept text has no history: it is its owner's alone, and not saved",
    ("editorial/editions/working/text_writers.py", "_keep_writers"): "who wrote a text follows from its history",
    ("editorial/editions/working/text_writers.py", "_keep_texts"): "who wrote a text follows from its history",
    ("editorial/reviews/remark_places.py", "keep_remark_places"): "where a remark stands follows from the editions",
    ("editorial/reviews/mail/outbox.py", "write_mail_lines"): "the outbox has no history",
    ("editorial/reading/title_rows.py", "keep_titles"): "what lists are asked from follows from the releases",
    ("editorial/reading/list_rows.py", "refresh_lists"): "what lists are asked from follows from the releases",
    ("editorial/reading/search/index_rows.py", "refresh_search"): "what search finds follows from the releases",
    ("editorial/reading/search/index_rows.py", "write_indexed"): "what search finds follows from the releases",
    ("editorial/reading/search/suggestions.py", "keep"): "what search suggests follows from the releases",
    ("editorial/reading/search/spelling.py", "keep_words"): "what search knows of words follows from the releases",
    ("editorial/reviews/queue_rows.py", "refresh_queue_rows"): "what the queue is asked from follows from the records",
    ("editorial/reviews/queue_rows.py", "rebuild_open_rechecks"): "which rechecks are open follows from the records",
    (
        "editorial/translations/overview/list_rows.py",
        "refresh_translations",
    ): "what the translation desk is asked from follows from the records",
    (
        "editorial/translations/overview/list_rows.py",
        "keep_progress",
    ): "how much of a draft is done follows from its units",
    (
        "editorial/translations/overview/source_changes.py",
        "load_changes",
    ): "how much changed between two editions is measured once",
    (
        "editorial/translations/numbers/counts.py",
        "count_translation",
    ): "who translated how much is written once, with the edition",
    ("drugs/unverified_events.py", "rebuild_rows"): "what awaits verification follows from the records",
    ("drugs/drug_list.py", "write_drugs"): "what the list of drugs is asked from follows from the editions",
    ("drugs/listing.py", "write_approvals"): "what the list of drugs is asked from follows from the editions",
    ("editorial/translations/memory/rows.py", "_add"): "what the memory is asked from follows from the releases",
    ("editorial/translations/memory/rows.py", "write_texts"): "what the memory is asked from follows from the releases",
    ("editorial/translations/memory/rows.py", "_forget"): "a suggestion is no text: it goes with where it comes from",
    ("editorial/translations/memory/fill.py", "_keep"): "a suggestion is no text, and has no history",
    ("editorial/translations/memory/fill.py", "_clear"): "a suggestion is no text, and has no history",
    ("editorial/translations/terms/decisions.py", "write_decisions"): "each decision is a record of its own",
    ("editorial/reviews/mail/outbox.py", "claim_letter"): "the outbox has no history",
    ("editorial/reviews/mail/outbox.py", "_settle"): "the outbox has no history",
    ("editorial/reviews/mail/outbox.py", "mark_failed"): "the outbox has no history",
    ("editorial/reviews/mail/recheck_notifications.py", "renew"): "the outbox has no history",
}

# Each of these finds another app by a name that the import contract cannot see.
NAMED_LOOKUPS = {"get_model", "import_string", "import_module", "__import__"}
NAMED_MODEL = re.compile(rf"({'|'.join(APPS)})\.[A-Z]\w*")
NAMED_ADDRESS = re.compile(rf"(?:({'|'.join(APPS)}):|admin:({'|'.join(APPS)})_)[\w-]+")


def modules(*folders: Path) -> list[Path]:
    """Python files written by people."""
    return [path for folder in folders for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def calls(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the name of the function that makes it ("" at the top of a module)."""
    for node in ast.iter_child_nodes(tree):
        named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if isinstance(node, ast.Call):
            yield inside, node
        yield from calls(node, node.name if named else inside)


def silent_writes(source: str) -> set[str]:
    """Functions in `source` that write rows past their history."""
    found = set()
    for function, call in calls(ast.parse(source)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        # A queryset's update takes its columns by name; those of dicts and hashes take a value.
        is_method = name in SILENT_WRITES and (name != "update" or call.keywords)
        if is_method or (isinstance(call.func, ast.Name) and call.func.id in SILENT_FUNCTIONS):
            found.add(function)
    return found


def named_lookups(source: str, label: str) -> list[str]:
    """What `source`, in the app `label`, looks up by name in an app that it must not import."""
    below = [*APPS][: [*APPS].index(label) + 1]
    tree = ast.parse(source)
    found = []
    for _function, call in calls(tree):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in NAMED_LOOKUPS:
            found.append(f"{name}() in line {call.lineno}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            match = NAMED_MODEL.fullmatch(node.value) or NAMED_ADDRESS.fullmatch(node.value)
            if match and not set(below) & set(match.groups()):
                found.append(f"{node.value!r} in line {node.lineno}")
    return found


def chain(template: Template) -> list[Template]:
    """A template and what it extends, as far as names tell, the skeleton last."""
    for node in template.nodelist.get_nodes_by_type(ExtendsNode):
        parent = node.parent_name.var
        if isinstance(parent, str):
            # An override extends the template of its own name that it hides.
            hidden = [template.origin] if parent == template.name else None
            return [template, *chain(template.engine.find_template(parent, skip=hidden)[0])]
    return [template]


def is_titled(template: Template) -> bool:
    """Whether a page made of `template` puts anything into the skeleton's title block."""
    blocks: dict[str, BlockNode] = {}
    for item in chain(template):
        for node in item.nodelist.get_nodes_by_type(BlockNode):
            blocks.setdefault(node.name, node)

    def says_something(name: str) -> bool:
        return any(
            says_something(node.name)
            if isinstance(node, BlockNode)
            else not isinstance(node, TextNode) or node.s.strip()
            for node in blocks[name].nodelist
        )

    return "title" in blocks and says_something("title")


def is_reader_page_titled(environment: jinja2.Environment, name: str) -> bool | None:
    """The same of a readers' template, in the language of theirs; None for one that extends none."""
    blocks: dict[str, nodes.Block] = {}
    has_skeleton = False
    while name:
        parsed = environment.parse(environment.loader.get_source(environment, name)[0])
        for block in parsed.find_all(nodes.Block):
            blocks.setdefault(block.name, block)
        extended = parsed.find(nodes.Extends)
        name = extended.template.value if extended else ""
        has_skeleton = has_skeleton or bool(name)

    def says_something(name: str) -> bool:
        return any(
            says_something(item.name)
            if isinstance(item, nodes.Block)
            else not isinstance(item, nodes.Output)
            or any(not isinstance(text, nodes.TemplateData) or text.data.strip() for text in item.nodes)
            for item in blocks[name].body
        )

    return ("title" in blocks and says_something("title")) if has_skeleton else None


def test_modules_are_small():
    long = {str(path): lines(path) for path in modules(ROOT / "immuno_site", ROOT / "tests", *APPS.values())}
    assert {path: count for path, count in long.items() if count > MODULE} == {}


def test_templates_are_small():
    assert {str(path): lines(path) for path in templates() if lines(path) > TEMPLATE} == {}


def test_templates_of_whole_pages_have_a_title():
    engine = Engine.get_default()
    desk = [path for path in templates() if settings.READER_TEMPLATES not in path.parents]
    parsed = {path: engine.get_template(str(path.relative_to(ROOT / "templates"))) for path in desk}
    extended = {base.origin.name for template in parsed.values() for base in chain(template)[1:]}
    pages = [
        template for template in parsed.values() if len(chain(template)) > 1 and template.origin.name not in extended
    ]
    assert [template.name for template in pages if not is_titled(template)] == []


def test_readers_pages_have_a_title():
    environment = engines["jinja2"].env
    titled = {name: is_reader_page_titled(environment, name) for name in environment.list_templates()}
    skeletons = {"site/page.html", "site/list.html", "site/message.html"}
    pages = {name for name, is_titled in titled.items() if is_titled is not None} - skeletons
    assert {"home.html", "articles/article.html"} <= pages
    assert {name for name in pages if not titled[name]} == set()


def test_tracked_rows_are_never_written_past_their_history():
    found = {
        (path.relative_to(ROOT).as_posix(), function)
        for path in modules(*APPS.values())
        for function in silent_writes(path.read_text())
    }
    assert found - ALLOWED_WRITES.keys() == set()
    assert ALLOWED_WRITES.keys() - found == set(), "allowed, but not there any more"


@pytest.mark.parametrize("label", APPS)
def test_apps_do_not_look_each_other_up_by_name(label):
    found = {
        path.relative_to(ROOT).as_posix(): names
        for path in modules(APPS[label])
        if (names := named_lookups(path.read_text(), label))
    }
    assert found == {}


def test_imports_run_one_way():
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_imports_the_package_that_it_is_in():
    """The circle that import-linter does not see: a package's own `__init__` imports the module."""
    graph = grimp.build_graph("immuno_site", "articles", "drugs", "editorial", cache_dir=None)
    inward = [
        (module, imported)
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
        if module.startswith(f"{imported}.")
    ]
    assert inward == []


def test_each_app_is_under_the_import_contract():
    contract = (ROOT / "pyproject.toml").read_text().split("[tool.importlinter]")[1]
    roots = contract.split("root_packages = [")[1].split("]")[0]
    there = {path.relative_to(ROOT).parts[0] for path in APPS.values() if path.is_dir()}
    assert {root for root in there if f'"{root}"' not in roots} == set()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(rows):\n    rows.filter(pk=1).update(title='x')", {"f"}),
        ("async def f(rows):\n    rows.update(**values)", {"f"}),
        ("Row.objects.bulk_create([])", {""}),
        ("class A:\n    def g(self):\n        [r.bulk_update([], []) for r in rows]", {"g"}),
        ("call_command('x'); rows.update_translation_fields()", {""}),
        ("digest.update(b''); known.update({1: 2}); update(a=1)", set()),
    ],
)
def test_silent_writes_finds(source, expected):
    assert silent_writes(source) == expected


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("ForeignKey('articles.Article')", 1),
        ("reverse('articles:page')", 1),
        ("reverse('admin:articles_article_change')", 1),
        ("apps.get_model('whatever')", 1),
        ("import_module(name)", 1),
        ("ForeignKey('editions.Document'); reverse('admin:editions_edition_change')", 0),
        ("'articles are read'; 'example.org'; settings.AUTH_USER_MODEL", 0),
    ],
)
def test_named_lookups_finds(source, count):
    assert len(named_lookups(source, "editions")) == count


@pytest.mark.parametrize(
    ("page", "titled"),
    [
        ("{% extends 'base' %}{% block content %}x{% endblock %}", False),
        ("{% extends 'base' %}{% block title %} {% endblock %}", False),
        ("{% extends 'base' %}{% block title %}Home{% endblock %}", True),
        ("{% extends 'base' %}{% block title %}{{ title }}{% endblock %}", True),
        ("{% extends 'message' %}", False),
        ("{% extends 'message' %}{% block what %}Gone{% endblock %}", True),
    ],
)
def test_is_titled_finds(page, titled):
    bases = {
        "base": "<title>{% block title %}{% endblock %}</title>{% block content %}{% endblock %}",
        "message": "{% extends 'base' %}{% block title %}{% block what %}{% endblock %}{% endblock %}",
    }
    loader = ("django.template.loaders.locmem.Loader", bases | {"page": page})
    assert is_titled(Engine(loaders=[loader]).get_template("page")) == titled
    environment = jinja2.Environment(autoescape=True, loader=jinja2.DictLoader(bases | {"page": page}))
    assert is_reader_page_titled(environment, "page") == titled
