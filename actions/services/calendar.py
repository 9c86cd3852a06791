"""School holidays and public holidays in North Rhine-Westphalia, as seen from a day."""

from datetime import date

import holidays

from actions.content import Content
from actions.replies import Holidays, Period

SCHOOL_HOLIDAYS_SHOWN = 2
PUBLIC_HOLIDAYS_SHOWN = 3


def upcoming(content: Content, today: date) -> Holidays:
    """The school holidays running on `today` (city time) and the next ones, and the next public holidays.

    School holidays are listed in the pack; what lies beyond the list is not stated. Public holidays are computed.
    """
    listed = [Period(h["name"], h["first"], h["last"]) for h in content.school_holidays["holidays"]]
    running = next((period for period in listed if period.first <= today <= period.last), None)
    coming = sorted((period for period in listed if period.first > today), key=lambda period: period.first)
    calendar = holidays.country_holidays("DE", subdiv="NW", language="de", years=(today.year, today.year + 1))
    public = [Period(name, day, day) for day, name in sorted(calendar.items()) if day >= today]
    return Holidays(running, tuple(coming[:SCHOOL_HOLIDAYS_SHOWN]), tuple(public[:PUBLIC_HOLIDAYS_SHOWN]))
