"""A label says why a node is there, and changes nothing else about it."""

from __future__ import annotations

import pickle

from index.query import Boolean, Boost, Constant, Label, Term, TextField

LABEL = Label("body", "kota", "term")


def test_nodes_that_differ_in_their_labels_are_equal_and_share_a_hash() -> None:
    plain, labelled = Term(TextField.BODY, "kota"), Term(TextField.BODY, "kota", label=LABEL)

    assert labelled == plain
    assert hash(labelled) == hash(plain)
    assert Boolean(must=(Boost(labelled, 2.0, label=LABEL),)) == Boolean(must=(Boost(plain, 2.0),))
    assert {Constant(plain): 1}[Constant(labelled, label=LABEL)] == 1


def test_a_label_is_neither_shown_nor_taken_apart_with_the_node_and_stays_when_it_is_pickled() -> None:
    labelled = Term(TextField.BODY, "kota", label=LABEL)
    match labelled:
        case Term(field, text):
            assert (field, text) == (TextField.BODY, "kota")

    assert repr(labelled) == repr(Term(TextField.BODY, "kota"))
    assert pickle.loads(pickle.dumps(labelled)).label == LABEL
