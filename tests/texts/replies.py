"""One example of every reply class, and of every way it can look."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from actions import event_replies as events
from actions import replies
from actions.content import Content
from bot.texts.steering import STEERING

DAY = date(2026, 12, 25)
EXACT = replies.PlaceView(
    *(1, "school", "Agathaschule", "Grundschule (katholische Bekenntnisschule)", "Altstadt", "Nonnenkamp 22", "46282"),
    *("Dorsten", "02362 28432800", "http://www.agathaschule-dorsten.de", "", 51.65, 6.95, "exact", True, "2026"),
)
UNSURE = replies.PlaceView(
    *(2, "kita", "Ev. Kita <Hardt> & Co", "evangelisch", "Hardt", "", "", "Dorsten", "", "", "7.00-16.30 Uhr"),
    *(None, None, "district", False, "", 1700),
)
STREET = replies.PlaceView(
    *(3, "kita", "Kita St. Antonius", "Waldorf", "Holsterhausen", "Heroldstraße 7", "", "Dorsten", "", "", ""),
    *(51.67, 6.93, "street", False, "", 340),
)
HOLIDAY = replies.Period("summer", date(2026, 7, 20), date(2026, 9, 1))
FREE_DAY = replies.Period("whitsun", DAY, DAY)
FEAST = replies.Period("Erster Weihnachtstag", DAY, DAY)
DISTRICTS = (("Altendorf-Ulfkotte", 12), ("Östrich", 1))
ASKED = "Was <b>kostet</b> & wo? {topic} %s"
STEPS = ("adults", "children", "ages", "interpreter", "childcare", "wheelchair", "diet", "name", "confirm")
RESULTS = (
    *("seated", "waiting", "not_enough", "cancelled", "stopped", "coming"),
    *("over", "closed", "not_open", "too_many", "lapsed", "gone"),
)
NOTICES = ("day_before", "shortly", "offer", "lapsed", "moved", "cancelled", "promoted")
START = datetime(2026, 12, 3, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))
WORDS = events.EventWords("de", "Ausflug <ins> Museum & Café", "Wir fahren {zusammen} hin.", "Busbahnhof", "Wasser")
EVENT = events.EventView(
    *(5, START, START + timedelta(hours=2), "open", "excursions", "Jüdisches Museum", "Julius-Ambrunn-Straße 1"),
    *(51.66, 6.96, 550, 0, 7, 6, 12, True, None, START - timedelta(hours=1), ("ages", "diet"), True, True),
    *(("ar", "ku", "de"), True, (WORDS,)),
)
BARE = events.EventView(
    *(6, START, START + timedelta(hours=2), "open", "", "", "", None, None, None, None, None, None, None, False, None),
    *(START, (), None, None, (), False, ()),
)
PARTY = events.PartyView(9, "Amira", 2, 3, "seated", 0, START - timedelta(days=1))
FULL_DRAFT = events.Draft(2, 3, (4, 7, 9), "ar", True, True, ASKED, ASKED)
CLASSES = list(get_args(get_args(replies.Reply)[0]))


def examples(content: Content) -> list[replies.Reply]:
    """Every reply that services and the conversation give out."""
    answered = [topic for topic, details in content.topics.items() if details.group not in ("meta", "events")]
    events = [topic for topic, details in content.topics.items() if details.group == "events"]
    return [
        *(replies.Answer(topic) for topic in answered),
        *(replies.NoEventsYet(topic) for topic in events),
        *(replies.ContactDetails(topic, content.topics[topic].contacts) for topic in answered),
        replies.NotKnown("kita_fees", "cost"),
        replies.Holidays(HOLIDAY, (FREE_DAY,), (FEAST,)),
        replies.Holidays(None, (), ()),
        replies.PlaceKinds("kita", DISTRICTS, ()),
        replies.PlaceKinds("school", (), (("primary_school", 12), ("vocational_school", 1))),
        replies.PlaceList("kita", "Hardt", (UNSURE, STREET)),
        replies.PlaceList("school", "primary_school", (EXACT,) * 6),
        replies.PlaceList("school", "", (EXACT,)),
        replies.PlaceList("kita", "Wulfen", ()),
        replies.NearestPlaces("kita", (STREET, UNSURE)),
        replies.NearestPlaces("school", (EXACT,)),
        replies.NearestPlaces("school", ()),
        *(replies.PlaceCard(place) for place in (EXACT, UNSURE, STREET)),
        replies.AskWhere("kita", DISTRICTS),
        replies.LocationReceived(-51.6591234567, 6.9512345678),
        replies.AskBack(("kita_fees", "recognition")),
        replies.Lost(),
        replies.ForeignLanguage("so"),
        *(replies.Steer(name) for name in STEERING),
        *(replies.GroupMenu(group) for group in content.groups),
        replies.LanguageChanged("ar"),
        replies.HandedOver(""),
        replies.HandedOver(ASKED * 30),
        replies.StoredData("uk", "2026-11-23", "kita_fees", (ASKED,)),
        replies.StoredData("uk", "", None),
        replies.StoredData("ar", "2026-11-23", None, (), ((EVENT, PARTY),), (ASKED,), ("concerts", "families")),
        replies.TeamAnswer(ASKED, "Ja & nein, <i>vielleicht</i>"),
        *_about_events(),
    ]


def _about_events() -> list[replies.Reply]:
    kinds = [EVENT, BARE, *(replace(EVENT, status=status) for status in ("full", "cancelled", "over", "draft"))]
    drafts = {step: FULL_DRAFT if step == "confirm" else events.Draft() for step in STEPS}
    return [
        events.EventList("", ()),
        events.EventList("weekend", ()),
        *(events.EventList(period, (EVENT, BARE) * 5) for period in ("", *events.PERIODS)),
        *(events.EventCard(event) for event in kinds),
        *(events.EventCard(EVENT, (replace(PARTY, state=state),)) for state in ("seated", "waiting", "offered")),
        *(events.SignUpQuestion(EVENT, step, drafts[step], suggested=ASKED[:12]) for step in STEPS),
        *(events.SignUpQuestion(EVENT, step, drafts[step], unclear=True) for step in STEPS),
        *(events.SignUpQuestion(BARE, step, drafts[step]) for step in STEPS),
        *(
            events.SignUpResult(what, EVENT, replace(PARTY, ahead=ahead), ahead)
            for what in RESULTS
            for ahead in (0, 1, 4)
        ),
        events.SignUpResult("gone"),
        events.MySignUps(()),
        events.MySignUps(((EVENT, PARTY), (BARE, replace(PARTY, state="waiting")))),
        *(events.EventNotice(what, event, PARTY) for what in NOTICES for event in (EVENT, BARE)),
        *(events.ReminderAsked(why) for why in ("first", "past", "unclear")),
        events.ReminderSet(7, EVENT.starts_at, ASKED),
        events.Reminder(ASKED),
        events.News(()),
        events.News(("concerts",), "concerts"),
        events.News(("concerts",), "families"),
        events.TeamMessage(EVENT, ASKED),
    ]
