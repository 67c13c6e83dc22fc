"""Proving all documents: what is read of contents is what their trees say, and nothing leaves a document out."""

import json
from dataclasses import replace
from io import StringIO
from itertools import pairwise
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions import verification_runs
from editorial.editions.frozen_contents import read_content
from editorial.editions.models import Document, Edition, Reinstatement, ShownPiece, SignOff
from editorial.editions.tree.nodes import Tree, UnreadableTree, from_bytes, to_bytes
from editorial.editions.tree.units import tree_structure
from editorial.editions.verification_runs import FEWEST_BATCHES, find_batches, prove_batches
from editorial.editions.verifying import find_all_problems, find_problems
from editorial.reviews.services import withdraw
from tests.editions.strategies import few_examples, trees
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.factories.unguarded import unguarded

# --- What is read of contents ---


@few_examples
@given(tree=trees(), other=trees(), is_translation=st.booleans())
def test_what_is_read_of_a_content_is_what_its_tree_says(tree: Tree, other: Tree, is_translation: bool):
    if is_translation:
        other = replace(tree, language="es", root=replace(tree.root, words={**tree.root.words, "title": "Otro"}))
    one, two = (read_content(to_bytes(item), with_structure=True) for item in (tree, other))
    assert (one.language, one.title, one.problem) == (tree.language, tree.root.plain("title"), "")
    assert (one.structure == two.structure) == (tree_structure(tree) == tree_structure(other))
    assert read_content(to_bytes(tree), with_structure=False).structure == ""


@few_examples
@given(tree=trees(), data=st.data())
def test_a_content_that_is_no_tree_is_a_problem_and_raises_nothing(tree: Tree, data):
    content = json.loads(to_bytes(tree))
    node = content["root"]
    broken = data.draw(st.sampled_from(["version", "root", "language", "type", "id", "children"]))
    if broken == "children":
        node["children"] = [{"type": "paragraph"}]
    else:
        del (content if broken in content else node)[broken]
    text = json.dumps(content).encode()
    with pytest.raises(UnreadableTree):
        from_bytes(text)
    for wrong in (text, text[:-1], b"", b"[]", b"\xff"):
        assert read_content(wrong, with_structure=data.draw(st.booleans())).problem.startswith("Not a content tree")


# --- All documents ---


def publish(count: int) -> list[Document]:
    author, reviewer = people.author(), people.reviewer()
    documents = [pages.article(author, slug=f"page-{number}") for number in range(count)]
    for document in documents:
        pages.publish(document, author, reviewer)
    return documents


def forge_signer(document: Document) -> None:
    with unguarded():
        SignOff.objects.filter(document=document).update(signer_name="Somebody Else")


@pytest.mark.django_db
def test_many_documents_are_proved_as_each_alone_in_as_many_queries():
    documents = publish(3)

    def ask(some) -> tuple[list[str], int]:
        with CaptureQueriesContext(connection) as captured:
            problems = list(find_all_problems(some))
        return problems, len(captured)

    assert ask(documents) == ([], ask(documents[:1])[1])
    forge_signer(documents[1])
    problems, _queries = ask(documents)
    assert problems == list(find_problems(documents[1])) != []


@pytest.mark.django_db
def test_a_record_that_cannot_be_read_hides_no_problem_of_another_document():
    documents = publish(3)
    forge_signer(documents[2])
    with unguarded():
        Edition.objects.filter(document=documents[0]).update(contributors="x")
    problems = list(find_all_problems(documents))
    assert problems == [problem for document in documents for problem in find_problems(document)]
    assert {str(document) for document in (documents[0], documents[2])} == {text.split(":")[0] for text in problems}


@pytest.mark.django_db
def test_batches_hold_each_document_once_whatever_their_size():
    documents = publish(5)
    with patch.object(verification_runs, "AT_ONCE", 8):
        batches = find_batches()
        later = find_batches(documents[3].pk)
    keys = set(Document.objects.values_list("pk", flat=True))
    assert sum(batch.documents for batch in batches) == len(keys)
    assert all(one.last < other.first for one, other in pairwise(batches))
    assert len(batches) > 1 and later[0].first == documents[3].pk


@pytest.mark.django_db
def test_a_run_that_was_stopped_says_where_to_go_on_and_finds_the_rest_from_there():
    documents = publish(3)
    forge_signer(documents[2])
    prove = verification_runs._prove

    def stopped(batch):
        if batch.first == documents[1].pk:
            raise KeyboardInterrupt
        return prove(batch)

    with patch.object(verification_runs, "AT_ONCE", 1):
        with patch.object(verification_runs, "_prove", stopped), pytest.raises(CommandError) as raised:
            call_command("verify_records", stdout=StringIO())
        assert str(raised.value).endswith(f"Go on with --from {documents[0].pk + 1}.")
        with pytest.raises(CommandError, match="was changed after it was written"):
            call_command("verify_records", f"--from={documents[0].pk + 1}", stdout=StringIO())
    output = StringIO()
    call_command("verify_records", f"--from={documents[2].pk + 1}", stdout=output)
    assert "The records of 0 documents" in output.getvalue()


@pytest.mark.django_db
def test_a_reinstatement_by_another_than_its_signer_is_found_and_named():
    author, reviewer = people.author(), people.reviewer()
    document = pages.article(author)
    edition = pages.publish(document, author, reviewer)
    withdraw(document, "en", user=reviewer, reason="An error.")
    pages.bring_back(edition, people.reviewer())
    assert list(find_problems(document)) == []
    with unguarded():
        Reinstatement.objects.update(recorded_by=reviewer)
    assert any("does not fit its sign-off" in problem for problem in find_problems(document))


@pytest.mark.both_databases
def test_several_processes_find_what_one_finds_in_the_same_order(fresh_connection):
    documents = publish(FEWEST_BATCHES + 1)
    for document in (documents[2], documents[-1]):
        forge_signer(document)
    with patch.object(verification_runs, "AT_ONCE", 1):
        batches = find_batches()
        alone, together = ([*prove_batches(batches, processes)] for processes in (1, 2))
    assert alone == together and len([done for done in alone if done.problems]) == 2


@pytest.mark.django_db
def test_a_shown_piece_that_is_not_kept_is_found_where_others_are():
    author, reviewer = people.author(), people.reviewer()
    leaflet = write_leaflet(author, "base", "Base", "<p>Words.</p>")
    pages.publish(leaflet, author, reviewer)
    sections = [{"heading": "Here", "body": "", "piece_of": leaflet, "piece": name} for name in ("box", "start")]
    document = pages.article(author, sections=sections)
    pages.publish(document, author, reviewer)
    assert list(find_problems(document)) == []
    with unguarded():
        ShownPiece.objects.filter(piece="box").delete()
    assert any("is not among its dependencies" in problem for problem in find_problems(document))
    with unguarded():
        ShownPiece.objects.all().delete()
    assert list(find_problems(document)) == []  # then it is reached by every change of what it shows
