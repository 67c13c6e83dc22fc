"""What only a forger or an accident sends is refused in words, never with a bare 400 and never with a 500."""

import errno

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.factories import figures

USER = "/admin/accounts/user/{author.pk}/change/"
CREDENTIALS = "/admin/accounts/reviewer/{reviewer.reviewer.pk}/change/"
ARTICLE = "/admin/articles/article/{live.pk}/change/"
COUNTS = [
    "-1",
    "5000",
    "9" * 30,
    "x",
    *(pytest.param(count, marks=pytest.mark.prove) for count in ("-999999", "", "1.5")),
]


@pytest.fixture
def sent(signed_in, world):
    """sent(who, address, **typed) posts the form of a page with these fields typed anew."""

    def post(who: str, address: str, **typed):
        client, address = signed_in(getattr(world, who)), address.format(**vars(world))
        client.raise_request_exception = False
        return client.post(address, filled(client.get(address), **typed))

    return post


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("field", ["INITIAL_FORMS", "TOTAL_FORMS"])
@pytest.mark.parametrize(
    ("who", "address", "prefix", "kept"),
    [
        ("admin", USER, "roles", "first_name"),
        ("admin", CREDENTIALS, "languages", "letters"),
        ("author", ARTICLE, "sections", "lead"),
    ],
)
def test_forged_counts_are_refused_in_words_and_what_was_typed_stays(sent, who, address, prefix, kept, field, count):
    before = state()
    response = sent(who, address, **{f"{prefix}__{field}": count, kept: "Typed and kept"})
    assert response.status_code in (200, 400, 409)
    page = response.content.decode()
    assert "errorlist" in page or 'role="alert"' in page or "errornote" in page
    assert "Typed and kept" in page
    assert state() == before


def test_the_same_role_twice_is_refused_in_words(sent):
    before = state()
    twice = {"roles__TOTAL_FORMS": "3"}
    for number in (1, 2):
        twice |= {f"roles__{number}__role": "reviewer", f"roles__{number}__language": ""}
    response = sent("admin", USER, **twice)
    assert (response.status_code, state()) == (200, before)
    assert "errorlist" in response.content.decode()


def test_one_saved_role_sent_twice_is_refused_in_words(sent, world):
    before, key = state(), str(world.author.roles.get().pk)
    twice = {"roles__TOTAL_FORMS": "2", "roles__INITIAL_FORMS": "2", "roles__1__id": key, "roles__1__role": "reviewer"}
    response = sent("admin", USER, **twice)
    assert response.status_code == 200
    assert state() == before


def test_a_role_that_somebody_holds_is_not_given_again(sent):
    before = state()
    response = sent("admin", USER, roles__TOTAL_FORMS="2", roles__1__role="author", roles__1__language="")
    assert (response.status_code, state()) == (200, before)
    assert "errorlist" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "username__regex=[]", "username__regex=[", "username__iregex=(", "username=x", "password__startswith=pbkdf2",
        "roles__role=x", "roles__language__regex=[", "is_active__exact=x", "id__in=x", "pk=x", "last_login__gt=x",
        "o=x.y",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "path", ["accounts/user", "accounts/reviewer", "articles/article", "reviews/mail", "library/reference"]
)
def test_no_question_in_a_lists_address_breaks_it(signed_in, world, path, query):
    client = signed_in(world.author if path.startswith(("articles", "library")) else world.admin)
    client.raise_request_exception = False
    response = client.get(f"/admin/{path}/?{query}", follow=True)
    assert response.status_code == 200
    assert response.content


@pytest.mark.parametrize(
    ("who", "address"), [("author", ARTICLE), ("admin", USER), (None, "/admin/login/"), ("reviewer", "/admin/desk/")]
)
@pytest.mark.parametrize("excess", ["bytes", "fields"])
def test_a_body_over_the_limit_is_refused_in_words(signed_in, world, settings, who, address, excess):
    client = signed_in(getattr(world, who) if who else None)
    client.raise_request_exception = False
    body = {"lead": "x" * 5000}
    if excess == "bytes":
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    else:
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
        body = {f"field-{number}": "x" for number in range(20)}
    before = state()
    response = client.post(address.format(**vars(world)), body)
    assert response.status_code in (400, 413)
    assert "too large" in response.content.decode()
    assert "<html" in response.content.decode()
    assert state() == before


def test_a_number_that_no_database_holds_is_refused_on_a_page(signed_in, world):
    client = signed_in(world.author)
    response = client.get("/admin/library/reference/?p=" + "9" * 40)
    assert response.status_code in (200, 302)


def test_a_large_upload_on_a_full_disk_is_said_in_words_too(signed_in, world, monkeypatch, settings):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", full)
    client, before = signed_in(world.author), state()
    client.raise_request_exception = False
    typed = figures.fields("new") | {"caption": "Typed and kept"}
    upload = SimpleUploadedFile("new.png", figures.picture(color="navy"))
    response = client.post("/admin/library/figure/add/", typed | {"upload": upload})
    page = response.content.decode()
    assert response.status_code == 409
    assert "could not be stored" in page and "Typed and kept" in page
    assert state() == before


def test_a_full_disk_is_said_in_words_and_the_description_stays(signed_in, world, monkeypatch):
    def full(name, content, max_length=None):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    client, before = signed_in(world.author), state()
    client.raise_request_exception = False
    typed = figures.fields("new") | {"caption": "Typed and kept"}
    response = client.post(
        "/admin/library/figure/add/", typed | {"upload": SimpleUploadedFile("new.png", figures.picture(color="navy"))}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "could not be stored" in page and "Typed and kept" in page
    assert state() == before


def test_one_saved_section_sent_twice_is_refused_in_words(sent, world):
    before, key = state(), str(world.live.article.sections.get().pk)
    twice = {"sections__TOTAL_FORMS": "2", "sections__1__id": key, "sections__1__heading": "Typed and kept"}
    response = sent("author", ARTICLE, **twice)
    assert response.status_code in (400, 409)
    assert "Typed and kept" in response.content.decode()
    assert state() == before
