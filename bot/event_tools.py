"""`mittendrin events`: the calendar and the lists, for the team."""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from actions.event_replies import EventView
from actions.services import event_admin, event_examples
from actions.services.event_admin import Participant
from bot.commanding import clear_errors
from bot.house import utc_now
from bot.settings import load_settings
from bot.terminal_output import say
from storage.engine import migrate, open_database

app = typer.Typer(help="Events and trips: the calendar, who comes, and a word to everybody.", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="The event's number in `mittendrin events list`.")]
By = Annotated[str, typer.Option(help="Who decides this; it is recorded.")]
Reason = Annotated[str, typer.Option(help="Why; it is recorded.")]


@app.command("list")
def list_events() -> None:
    """Show all events that are not over."""
    with _calendar() as (session, now, zone):
        views = event_admin.everything(session, now, zone)
    table = Table("no.", "when", "what", "place", "free", "status")
    for view in views:
        free = "" if view.free is None else str(view.free)
        status = view.status + (" (example)" if view.example else "")
        when = view.starts_at.strftime("%a %d.%m.%Y %H:%M")
        table.add_row(str(view.id), when, _title(view), view.place, free, status)
    if views:
        Console().print(table)
    else:
        say("No events yet. `mittendrin events examples` enters some to try.")


@app.command()
def examples() -> None:
    """Enter the examples of the content pack, on days that are still to come."""
    with _calendar() as (session, now, zone):
        entered = event_examples.enter(session, now, zone)
    say(f"{len(entered)} examples are in the calendar.")


@app.command()
def people(
    number: Number,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, for a spreadsheet.")] = False,
) -> None:
    """Show who comes and who waits, with languages and needs."""
    with _calendar() as (session, _now, _zone):
        listed = event_admin.participants(session, number)
    if as_csv:
        writer = csv.DictWriter(sys.stdout, [field.name for field in fields(Participant)])
        writer.writeheader()
        writer.writerows(asdict(participant) for participant in listed)
        return
    table = Table("party", "name", "state", "adults", "children", "ages", "language", "interpreter", "needs", "came")
    for each in listed:
        needs = [name for name in ("childcare", "wheelchair") if getattr(each, name)] + [each.diet]
        came = {True: "yes", False: "no", None: ""}[each.attended]
        counts = (str(each.adults), str(each.children), each.ages)
        wanted = (each.language, each.interpreter, ", ".join(filter(None, needs)))
        table.add_row(str(each.party_id), each.name, each.state, *counts, *wanted, came)
    Console().print(table)
    coming = [each for each in listed if each.state == "seated"]
    say(f"{sum(each.adults for each in coming)} adults and {sum(each.children for each in coming)} children come.")


@app.command()
def move(
    number: Number,
    starts: Annotated[datetime, typer.Option(help="The new start, city time: 2026-12-24T15:00")],
    hours: Annotated[float | None, typer.Option(help="How long it lasts; as long as before if left out.")] = None,
) -> None:
    """Move an event; everybody on its list hears it, and the reminders are planned anew."""
    with _calendar() as (session, now, zone):
        view = _found(session, number, now, zone)
        starts_at = starts.replace(tzinfo=zone).astimezone(UTC)
        lasts = view.ends_at - view.starts_at if hours is None else timedelta(hours=hours)
        event_admin.change(session, number, {"starts_at": starts_at, "ends_at": starts_at + lasts}, now, zone)
    say("Moved. Everybody on the list will hear it.")


@app.command()
def seats(number: Number, seats: Annotated[int, typer.Argument(min=0, help="How many seats there are.")]) -> None:
    """Change the number of seats; new ones are offered to the waiting list."""
    with _calendar() as (session, now, zone):
        _found(session, number, now, zone)
        event_admin.change(session, number, {"seats": seats}, now, zone)
    say(f"{seats} seats.")


@app.command()
def cancel(number: Number, by: By, reason: Reason) -> None:
    """Cancel an event; everybody on its list hears it."""
    with _calendar() as (session, now, zone):
        done = event_admin.cancel(session, number, by, reason, now, zone)
    _said(done, "Cancelled. Everybody on the list will hear it.", "There is no such event, or it is cancelled already.")


@app.command()
def seat(party: Annotated[int, typer.Argument(help="The party's number in the list.")], by: By, reason: Reason) -> None:
    """Give a waiting family seats by hand, out of turn and even beyond the number of seats."""
    with _calendar() as (session, now, zone):
        done = event_admin.seat(session, party, by, reason, now, zone)
    _said(done, "The family has seats and will hear it.", "No such family waits.")


@app.command()
def came(
    party: Annotated[int, typer.Argument(help="The party's number in the list.")],
    no: Annotated[bool, typer.Option("--no", help="It did not come.")] = False,
) -> None:
    """Tick off that a family came."""
    with _calendar() as (session, _now, _zone):
        done = event_admin.tick_off(session, party, not no)
    _said(done, "Noted.", "There is no such family.")


@app.command()
def write(number: Number, text: Annotated[str, typer.Argument(help="What everybody on the list shall read.")]) -> None:
    """Write to everybody on an event's list."""
    with _calendar() as (session, now, zone):
        _found(session, number, now, zone)
        count = event_admin.write_to_all(session, number, text, now, zone)
    say(f"Goes to {count} families as soon as `mittendrin up` runs (and not in the quiet hours).")


@contextmanager
def _calendar() -> Iterator[tuple[Session, datetime, ZoneInfo]]:
    with clear_errors():
        settings = load_settings()
        database = open_database(settings.database)
        try:
            migrate(database)
            with database.session() as session:
                yield session, utc_now(), settings.zone
        finally:
            database.close()


def _found(session: Session, number: int, now: datetime, zone: ZoneInfo) -> EventView:
    for view in event_admin.everything(session, now, zone):
        if view.id == number:
            return view
    say(f"There is no event {number}; `mittendrin events list` shows them.")
    raise typer.Exit(1)


def _title(view: EventView) -> str:
    titles = {text.language: text.title for text in view.texts}
    return titles.get("de") or next(iter(titles.values()), "")


def _said(done: bool, yes: str, no: str) -> None:
    say(yes if done else no)
    if not done:
        raise typer.Exit(1)
