"""Replies travel as JSON between Rasa's actions and the front."""

import json

import pytest
from pydantic import ValidationError

from actions import replies
from actions.content import Content
from tests.texts.replies import CLASSES, examples


def test_every_reply_comes_back_as_it_went(content: Content) -> None:
    made = examples(content)
    assert {type(reply) for reply in made} == set(CLASSES)
    for reply in made:
        sent = json.loads(json.dumps(replies.to_json(reply)))
        assert replies.from_json(sent) == reply


def test_every_class_has_a_kind_of_its_own() -> None:
    kinds = [kind.__dataclass_fields__["kind"].default for kind in CLASSES]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("data", [None, {}, "lost", {"kind": "nothing"}, {"kind": "answer"}, {"kind": "holidays"}])
def test_anything_else_is_refused(data: object) -> None:
    with pytest.raises(ValidationError):
        replies.from_json(data)
