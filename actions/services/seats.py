"""Who gets a seat: never one too many, families whole, and the waiting list in order of arrival.

The rule. A family is seated whole or waits whole. A freed seat goes to the first family in order of arrival that fits
into what is free; it is offered the seats for a time (OFFER_LASTS, longer over night, never past the deadline), and if
it does not answer, the offer moves on. So a small family may pass a large one, but not for ever: who has been passed
PASSED_AT_MOST times is passed no more, and freed seats are kept until she fits, up to HOLD_ENDS before the deadline, so
that no seat stays empty. Nobody is offered anything in the quiet hours; seats freed then are kept for the morning.

Every function that changes something takes the event's lock first, and what others must hear about it is written into
the outbox in the same transaction. Results are for the person who acts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from actions.services import notices
from actions.services.quiet import is_quiet, next_loud
from storage import events as table
from storage.models import Event, Party

OFFER_LASTS = timedelta(hours=12)
# An offer that would end over night, or just when the quiet hours do, ends when she has had breakfast.
MORNING = timedelta(hours=2)
PASSED_AT_MOST = 3
# So long before the deadline seats are kept for nobody any more: whoever fits comes along.
HOLD_ENDS = timedelta(hours=24)
# Without a deadline of its own an event takes sign-ups until shortly before it begins.
CLOSES_BEFORE = timedelta(hours=1)
LARGEST_PARTY = 12


@dataclass(frozen=True)
class Wish:
    """Who wants to come: `name` is what the list calls her; `ages` of the children if the event asks."""

    name: str
    adults: int
    children: int = 0
    ages: tuple[int, ...] = ()
    interpreter: str = ""
    childcare: bool = False
    wheelchair: bool = False
    diet: str = ""

    @property
    def size(self) -> int:
        """Seats that the family takes."""
        return self.adults + self.children


@dataclass(frozen=True)
class Seated:
    """The family comes along."""

    party_id: int


@dataclass(frozen=True)
class Waiting:
    """The family is on the waiting list; so many families are before it."""

    party_id: int
    ahead: int


@dataclass(frozen=True)
class NotEnoughSeats:
    """A family that has its seats wants more than are free; it keeps what it has."""

    party_id: int
    free: int


@dataclass(frozen=True)
class Cancelled:
    """The family does not come; `state` is what it was before."""

    party_id: int
    state: str


@dataclass(frozen=True)
class Refused:
    """Nothing was changed: unknown, draft, cancelled, over, not_open, closed, too_many, nobody or lapsed (an offer)."""

    why: str


def deadline(event: Event) -> datetime:
    """Until when people can sign up and offers run."""
    return event.closes_at or event.starts_at - CLOSES_BEFORE


def offer_ends(event: Event, now: datetime, zone: ZoneInfo) -> datetime:
    """Until when an offer made now holds."""
    end = now + OFFER_LASTS
    if is_quiet(end - MORNING, zone) or is_quiet(end, zone):
        end = next_loud(end if is_quiet(end, zone) else end - MORNING, zone) + MORNING
    return min(end, deadline(event))


def free_seats(session: Session, event: Event) -> int | None:
    """Seats that nobody holds, None if there is no limit; negative after staff has overbooked."""
    return None if event.seats is None else event.seats - table.held(session, event.id)


def sign_up(
    session: Session, event_id: int, person_id: int, wish: Wish, now: datetime, zone: ZoneInfo
) -> Seated | Waiting | Refused:
    """Seat a family, or put it at the end of the waiting list."""
    event = table.lock(session, event_id)
    if refused := refusal(event, wish.size, now):
        return refused
    assert event is not None
    party = Party(
        event_id=event_id,
        person_id=person_id,
        name=wish.name,
        adults=wish.adults,
        children=wish.children,
        ages=",".join(map(str, wish.ages)),
        interpreter=wish.interpreter,
        childcare=wish.childcare,
        wheelchair=wish.wheelchair,
        diet=wish.diet,
        state="waiting",
        arrived_at=now,
    )
    table.add(session, party)
    serve(session, event, now, zone, arriving=party)
    if party.state == "seated":
        notices.plan_reminders(session, event, party, now, zone)
        return Seated(party.id)
    return Waiting(party.id, ahead(session, party))


def ahead(session: Session, party: Party) -> int:
    """How many waiting families have come before this one."""
    return sum(other.id < party.id for other in table.parties(session, party.event_id, ("waiting",)))


def change(
    session: Session, party_id: int, adults: int, children: int, now: datetime, zone: ZoneInfo
) -> Seated | Waiting | NotEnoughSeats | Refused:
    """Another size of the family; what it has, it keeps, if more is not free."""
    found = _locked(session, party_id)
    if isinstance(found, Refused):
        return found
    event, party = found
    if refused := refusal(event, adults + children, now):
        return refused
    more = adults + children - party.size
    if party.state in table.HOLDING and more > 0 and event.seats is not None:
        free = _unclaimed(session, event, now)
        if more > free:
            return NotEnoughSeats(party_id, max(free, 0))
    party.adults, party.children = adults, children
    session.flush()
    serve(session, event, now, zone, arriving=party if party.state == "waiting" else None)
    return Waiting(party_id, ahead(session, party)) if party.state == "waiting" else Seated(party_id)


def cancel(session: Session, party_id: int, now: datetime, zone: ZoneInfo) -> Cancelled | Refused:
    """The family does not come; cancelling again changes nothing. Also declines an offer."""
    found = _locked(session, party_id)
    if isinstance(found, Refused):
        return found
    event, party = found
    before, party.state, party.offered_until = party.state, "cancelled", None
    session.flush()
    notices.drop(session, party_id, now)
    serve(session, event, now, zone)
    return Cancelled(party_id, before)


def accept(session: Session, party_id: int, now: datetime, zone: ZoneInfo) -> Seated | Refused:
    """She takes the seats that she was offered; Refused("lapsed") if that was too late."""
    found = _locked(session, party_id)
    if isinstance(found, Refused):
        return found
    event, party = found
    if party.state == "seated":
        return Seated(party_id)
    if party.state != "offered":
        return Refused("lapsed")
    if party.offered_until is not None and party.offered_until <= now:
        _lapse(session, event, party, now, zone)
        return Refused("lapsed")
    party.state, party.offered_until = "seated", None
    session.flush()
    notices.plan_reminders(session, event, party, now, zone)
    return Seated(party_id)


def tick(session: Session, now: datetime, zone: ZoneInfo) -> int:
    """Let unanswered offers lapse and serve the waiting lists; returns how many families were told something."""
    told = 0
    for event_id, party_id in table.lapsing(session, now):
        event = table.lock(session, event_id)
        party = table.party(session, party_id)
        if event is None or party is None or party.state != "offered":
            continue
        if now < deadline(event) and notices.unsent(session, party, "offer"):
            # She could not answer what has not reached her: the machine slept, or Telegram was out of reach.
            party.offered_until = offer_ends(event, now, zone)
            session.flush()
        else:
            _lapse(session, event, party, now, zone)
            told += 1
    for event_id in table.with_waiting(session, now):
        if event := table.lock(session, event_id):
            told += serve(session, event, now, zone)
    return told


def refusal(event: Event | None, size: int, now: datetime) -> Refused | None:
    """Why a family of this size can't sign up now, or None."""
    if event is None:
        return Refused("unknown")
    if event.status != "open":
        return Refused(event.status)
    if now >= event.starts_at:
        return Refused("over")
    if event.opens_at is not None and now < event.opens_at:
        return Refused("not_open")
    if now >= deadline(event):
        return Refused("closed")
    if size < 1:
        return Refused("nobody")
    too_many = size > LARGEST_PARTY or (event.seats is not None and size > event.seats)
    return Refused("too_many") if too_many else None


def _locked(session: Session, party_id: int) -> tuple[Event, Party] | Refused:
    """The event, locked, and the party as it is then; Refused if it does not hope to come any more."""
    known = table.party(session, party_id)
    event = table.lock(session, known.event_id) if known else None
    party = table.party(session, party_id)
    if event is None or party is None:
        return Refused("unknown")
    return Refused("lapsed") if party.state not in table.ACTIVE else (event, party)


def _lapse(session: Session, event: Event, party: Party, now: datetime, zone: ZoneInfo) -> None:
    party.state, party.offered_until = "lapsed", None
    session.flush()
    notices.tell(session, event, party, "lapsed", now, zone)
    serve(session, event, now, zone)


def serve(session: Session, event: Event, now: datetime, zone: ZoneInfo, arriving: Party | None = None) -> int:
    """Give the free seats of a locked event to whoever is next; the `arriving` family sits down at once.

    Returns how many got an offer.
    """
    if event.status != "open" or now >= deadline(event):
        return 0
    waiting = table.parties(session, event.id, ("waiting",))
    offered = 0
    for party, skipped in _next(waiting, free_seats(session, event), _keeps(event, now)):
        if party is arriving:
            party.state = "seated"
        elif is_quiet(now, zone):
            continue  # its seats are kept until the morning
        else:
            party.state, party.offered_until = "offered", offer_ends(event, now, zone)
            notices.tell(session, event, party, "offer", now, zone)
            offered += 1
        for other in skipped:
            other.passed += 1
    session.flush()
    return offered


def _next(waiting: Sequence[Party], free: int | None, keeps: bool) -> list[tuple[Party, list[Party]]]:
    """Whose turn it is, each with the families that it passes. `keeps`: seats are kept for who was passed too often."""
    served: list[tuple[Party, list[Party]]] = []
    skipped: list[Party] = []
    for party in waiting:
        if free is not None and party.size > free:
            skipped.append(party)
            continue
        times = {other.id: sum(other in passed for _, passed in served) for other in skipped}
        if keeps and any(other.passed + times[other.id] >= PASSED_AT_MOST for other in skipped):
            break
        served.append((party, list(skipped)))
        free = None if free is None else free - party.size
    return served


def _keeps(event: Event, now: datetime) -> bool:
    return now < deadline(event) - HOLD_ENDS


def _unclaimed(session: Session, event: Event, now: datetime) -> int:
    """Seats that are free and kept for nobody who waits."""
    free = free_seats(session, event) or 0
    waiting = table.parties(session, event.id, ("waiting",))
    if _keeps(event, now) and any(party.passed >= PASSED_AT_MOST for party in waiting):
        return 0
    return free - sum(party.size for party, _ in _next(waiting, free, _keeps(event, now)))
