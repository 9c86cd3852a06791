"""Signing a family up, question by question: by buttons, by free text, or both.

What is known so far is a row in the database, so that a restart, a silent Rasa or a change of language loses nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlmodel import Session

from actions.event_replies import Draft, EventView, SignUpQuestion, SignUpResult
from actions.services import event_views, seats
from actions.services.seats import NotEnoughSeats, Refused, Seated, Waiting, Wish
from nlu_data.text.counting import People, people
from nlu_data.text.emergency import TOPICS as DANGERS
from storage import events as table
from storage.models import Event, SignUpDraft

# After a day of silence she has something else in mind.
LASTS = timedelta(days=1)
LONGEST_NAME, LONGEST_DIET = 40, 100
# More words than this are no name.
_WORDS_OF_A_NAME, _WORDS_OF_A_DIET = 3, 8
_WORDS_AROUND_A_NUMBER = 3
_COUNTING = ("adults", "children", "ages")
_DRAFT: TypeAdapter[Draft] = TypeAdapter(Draft)
# What is asked of every family; the rest only where the event asks for it.
_ALWAYS = ("adults", "children", "interpreter", "name")
Reply = SignUpQuestion | SignUpResult


def begin(session: Session, person_id: int, event_id: int, now: datetime, zone: ZoneInfo, *, text: str = "") -> Reply:
    """Begin to sign up for an event; what the message says already is not asked again."""
    event = table.get(session, event_id)
    if event is None:
        return SignUpResult("gone")
    if refusal := seats.refusal(event, 1, now):
        return _refused(session, event, refusal, now, zone)
    draft = _told(Draft(), "adults", people(text)) if text else Draft()
    return _ask(session, person_id, event, draft, now, zone)


def resize(session: Session, person_id: int, party_id: int, now: datetime, zone: ZoneInfo) -> Reply:
    """Begin to change how many come along."""
    party = table.party(session, party_id)
    event = table.get(session, party.event_id) if party and party.person_id == person_id else None
    if event is None or party is None or party.state not in table.ACTIVE:
        return SignUpResult("gone")
    return _ask(session, person_id, event, Draft(name=party.name, party_id=party_id), now, zone)


def current(session: Session, person_id: int, now: datetime, zone: ZoneInfo) -> SignUpQuestion | None:
    """The question that a person is asked now, or None."""
    row = table.draft(session, person_id)
    event = table.get(session, row.event_id) if row else None
    if row is None or event is None:
        return None
    if now - row.at > LASTS:
        table.drop_draft(session, person_id)
        return None
    return _question(session, event, row.step, _DRAFT.validate_json(row.answers), now, zone)


def answer(
    session: Session,
    person_id: int,
    event_id: int,
    step: str,
    value: str,
    now: datetime,
    zone: ZoneInfo,
) -> Reply:
    """A pressed button: `value` as the button carries it. ValueError if it is none of this step's."""
    asked = current(session, person_id, now, zone)
    event = table.get(session, event_id)
    if event is None:
        return SignUpResult("gone")
    if asked is None or asked.event.id != event_id:
        return begin(session, person_id, event_id, now, zone)
    if step == "stop":
        table.drop_draft(session, person_id)
        return SignUpResult("stopped", asked.event)
    if step == "back":
        return _back(session, person_id, event, asked, now, zone)
    if step == "confirm":
        return _confirm(session, person_id, event, asked.draft, now, zone)
    draft = _put(asked.draft, step, value)
    return _ask(session, person_id, event, draft, now, zone)


def said(session: Session, person_id: int, text: str, topic: str | None, now: datetime, zone: ZoneInfo) -> Reply | None:
    """A written message as an answer to the question; None if it is none. `topic`: what Rasa takes it for, if known."""
    asked = current(session, person_id, now, zone)
    event = table.get(session, asked.event.id) if asked else None
    if asked is None or event is None:
        return None
    if topic == "excursion_cancel":
        return answer(session, person_id, event.id, "stop", "", now, zone)
    # "My husband, I and three children" sounds to the model like a cry for help; where people are counted it is none.
    if topic in DANGERS and asked.step not in _COUNTING:
        return None
    draft = _read(asked, text.strip(), topic)
    if asked.step == "confirm" and topic == "affirm":
        return _confirm(session, person_id, event, asked.draft, now, zone)
    if asked.step == "confirm" and topic == "deny":
        return answer(session, person_id, event.id, "stop", "", now, zone)
    return None if draft is None else _ask(session, person_id, event, draft, now, zone)


def _steps(event: EventView, draft: Draft) -> list[str]:
    if draft.party_id is not None:
        return ["adults", "children", "confirm"]
    wanted = {*_ALWAYS, *event.asks}
    if not draft.children:
        wanted.discard("ages")
    order = ("adults", "children", "ages", "interpreter", "childcare", "wheelchair", "diet", "name")
    return [*(step for step in order if step in wanted), "confirm"]


def _ask(session: Session, person_id: int, event: Event, draft: Draft, now: datetime, zone: ZoneInfo) -> SignUpQuestion:
    """Ask the first question that is not answered yet."""
    (view,) = event_views.views(session, [event], now, zone)
    step = next(step for step in _steps(view, draft) if step == "confirm" or getattr(draft, step) is None)
    answers = _DRAFT.dump_json(draft).decode()
    table.put_draft(session, SignUpDraft(person_id=person_id, event_id=event.id, step=step, answers=answers, at=now))
    return SignUpQuestion(view, step, draft)


def _question(session: Session, event: Event, step: str, draft: Draft, now: datetime, zone: ZoneInfo) -> SignUpQuestion:
    (view,) = event_views.views(session, [event], now, zone)
    return SignUpQuestion(view, step, draft)


def _back(
    session: Session, person_id: int, event: Event, asked: SignUpQuestion, now: datetime, zone: ZoneInfo
) -> SignUpQuestion:
    """Ask the question before once more."""
    steps = _steps(asked.event, asked.draft)
    before = steps[max(steps.index(asked.step) - 1, 0)] if asked.step in steps else steps[0]
    return _ask(session, person_id, event, _with(asked.draft, before, None), now, zone)


def _confirm(session: Session, person_id: int, event: Event, draft: Draft, now: datetime, zone: ZoneInfo) -> Reply:
    if draft.adults is None or draft.children is None:
        return _ask(session, person_id, event, draft, now, zone)
    table.drop_draft(session, person_id)
    done: Seated | Waiting | NotEnoughSeats | Refused
    if draft.party_id is not None:
        done = seats.change(session, draft.party_id, draft.adults, draft.children, now, zone)
    else:
        done = seats.sign_up(session, event.id, person_id, _wish(draft), now, zone)
    return outcome(session, event.id, done, now, zone)


def outcome(
    session: Session,
    event_id: int,
    done: Seated | Waiting | NotEnoughSeats | Refused,
    now: datetime,
    zone: ZoneInfo,
) -> SignUpResult:
    """What the person is told about her seats."""
    event = table.get(session, event_id)
    if event is None:
        return SignUpResult("gone")
    if isinstance(done, Refused):
        return _refused(session, event, done, now, zone)
    (view,) = event_views.views(session, [event], now, zone)
    party = table.party(session, done.party_id)
    shown = event_views.party_view(session, party, zone) if party else None
    match done:
        case Seated():
            return SignUpResult("seated", view, shown)
        case Waiting():
            return SignUpResult("waiting", view, shown)
        case NotEnoughSeats(_, free):
            return SignUpResult("not_enough", view, shown, free)


def _refused(session: Session, event: Event, refusal: Refused, now: datetime, zone: ZoneInfo) -> SignUpResult:
    (view,) = event_views.views(session, [event], now, zone)
    known = ("over", "closed", "not_open", "too_many", "lapsed")
    return SignUpResult(refusal.why if refusal.why in known else "gone", view)


def _with(draft: Draft, step: str, value: Any) -> Draft:
    return replace(draft, **{step: value})


def _wish(draft: Draft) -> Wish:
    return Wish(
        name=draft.name or "",
        adults=draft.adults or 0,
        children=draft.children or 0,
        ages=draft.ages or (),
        interpreter=draft.interpreter or "",
        childcare=bool(draft.childcare),
        wheelchair=bool(draft.wheelchair),
        diet=draft.diet or "",
    )


def _put(draft: Draft, step: str, value: str) -> Draft:
    match step:
        case "adults" | "children":
            return _with(draft, step, int(value))
        case "ages":
            return replace(draft, ages=tuple(int(age) for age in value.split(",") if age))
        case "childcare" | "wheelchair":
            return _with(draft, step, value == "1")
        case "interpreter" | "diet" | "name":
            return _with(draft, step, value[:LONGEST_NAME])
        case _:
            raise ValueError(step)


def _read(asked: SignUpQuestion, text: str, topic: str | None) -> Draft | None:
    """The draft with what a message answers, or None if it answers nothing."""
    draft, step = asked.draft, asked.step
    found = people(text)
    if len(text.split()) > _WORDS_AROUND_A_NUMBER:
        found = replace(found, numbers=())  # "tomorrow at 9" counts nobody
    if step in (*_COUNTING, "confirm") and text.endswith(("?", "؟")):
        return None
    match step:
        case "adults" | "children":
            if topic == "deny" and step == "children":
                return replace(draft, children=0)
            told = _told(draft, step, found)
            return told if told != draft else None
        case "ages":
            ages = (*found.ages, *found.numbers)
            return replace(draft, ages=ages) if ages else replace(draft, ages=()) if topic == "deny" else None
        case "childcare" | "wheelchair":
            return _with(draft, step, topic == "affirm") if topic in ("affirm", "deny") else None
        case "interpreter":
            return replace(draft, interpreter="") if topic == "deny" else None
        case "diet":
            if topic == "deny":
                return replace(draft, diet="")
            return replace(draft, diet=text[:LONGEST_DIET]) if _short(text, topic, _WORDS_OF_A_DIET) else None
        case "name":
            return replace(draft, name=text[:LONGEST_NAME]) if _short(text, topic, _WORDS_OF_A_NAME) else None
        case _:
            told = _told(draft, "", found)  # a correction of the summary: "no, three children"
            return told if told != draft else None


def _told(draft: Draft, step: str, found: People) -> Draft:
    """The draft with the people that a message names; a bare number answers the question asked."""
    if found.adults is not None:
        draft = replace(draft, adults=found.adults)
    if found.children is not None:
        draft = replace(draft, children=found.children)
    if found.ages:
        draft = replace(draft, ages=found.ages)
    if len(found.numbers) == 1 and step in ("adults", "children") and getattr(found, step) is None:
        draft = _with(draft, step, found.numbers[0])
    return draft


def _short(text: str, topic: str | None, most: int) -> bool:
    """Whether a text may be a name or a food rather than a question."""
    asks = text.endswith(("?", "؟")) or topic in ("menu_help", "human_handover")
    return bool(text) and not asks and len(text.split()) <= most
