"""One example of every reply class, and of every way it can look."""

from datetime import date
from typing import get_args

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
        replies.TeamAnswer(ASKED, "Ja & nein, <i>vielleicht</i>"),
    ]
