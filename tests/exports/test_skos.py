"""topics.ttl, as an RDF library reads it, satisfies the integrity conditions of the SKOS reference."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from making import booked, page, site
from talkbook.exports import skos

BASE = "https://book.example/talks/topics/"
EVALS, MODELS, DATA = (URIRef(f"{BASE}{slug}/#concept") for slug in ("evals", "models", "data"))


@pytest.fixture(scope="module")
def graph(files: Mapping[str, str]) -> Graph:
    return Graph().parse(data=files["topics.ttl"], format="turtle")


def test_each_topic_is_a_concept_of_the_scheme(graph: Graph) -> None:
    scheme = URIRef(f"{BASE}#scheme")
    assert (scheme, RDF.type, SKOS.ConceptScheme) in graph
    assert {*graph.subjects(RDF.type, SKOS.Concept)} == {EVALS, MODELS, DATA}
    assert {*graph.subjects(SKOS.inScheme, scheme)} == {EVALS, MODELS, DATA}
    assert {*graph.objects(scheme, SKOS.hasTopConcept)} == {EVALS, DATA}


def test_labels_are_those_of_the_topic(graph: Graph) -> None:
    assert {*graph.objects(EVALS, SKOS.prefLabel)} == {Literal("Evals", "en")}
    assert {*graph.objects(EVALS, SKOS.altLabel)} == {Literal("eval", "en"), Literal("evaluation", "en")}
    assert {*graph.objects(EVALS, SKOS.hiddenLabel)} == {Literal("benchmark", "en")}
    assert {*graph.objects(EVALS, SKOS.definition)} == {Literal('Tests & "scores" </script>.', "en")}
    assert {*graph.objects(DATA, SKOS.prefLabel)} == {Literal("Data: a\\b", "en")}


def test_related_is_symmetric_and_never_above_or_below(graph: Graph) -> None:
    assert {*graph.objects(MODELS, SKOS.broader)} == {EVALS}
    assert {*graph.subject_objects(SKOS.related)} == {(EVALS, DATA), (DATA, EVALS)}


@settings(max_examples=25)
@given(
    title=st.text(min_size=1, max_size=20).filter(lambda text: text.strip()),
    words=st.text(max_size=30),
    aliases=st.lists(st.text(min_size=1, max_size=8), max_size=3),
)
def test_any_words_come_out_as_they_went_in(title: str, words: str, aliases: list[str]) -> None:
    made = booked({}, {"a": page("A")})
    (topic,) = made.topics
    hostile = replace(topic, title=title, summary=words, aliases=tuple(aliases), hidden_labels=(title,))
    text = skos.turtle(site(replace(made, topics=(hostile,)), url="https://book.example/"))
    graph = Graph().parse(data=text.encode("utf-8", "replace"), format="turtle")
    concept = URIRef("https://book.example/topics/a/#concept")
    labels = [str(each) for each in graph.objects(concept, SKOS.prefLabel)]
    assert labels == [title.encode("utf-8", "replace").decode()]
    others = {*graph.objects(concept, SKOS.altLabel), *graph.objects(concept, SKOS.hiddenLabel)}
    assert not others & {*graph.objects(concept, SKOS.prefLabel)}
