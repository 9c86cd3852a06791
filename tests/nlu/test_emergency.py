"""Cries for help are recognised whatever else is down, and everyday questions are not."""

from pathlib import Path

import pytest
import yaml

from actions.content import ROOT
from nlu_data.text.emergency import TOPICS, EmergencyRule

EMERGENCY, VIOLENCE = "emergency", "violence_help"


def rule(*entries: str, topic: str = EMERGENCY) -> EmergencyRule:
    return EmergencyRule({"de": {topic: entries}})


@pytest.fixture(scope="module")
def real() -> EmergencyRule:
    return EmergencyRule.read(ROOT / "nlu_data")


@pytest.mark.parametrize(
    ("entry", "text", "alarm"),
    [
        ("brennt|feuer", "Feuer!", True),
        ("brennt|feuer", "Es brennt", True),
        ("brennt|feuer", "Rauch", False),
        ("brennt + haus|küche", "In der Kueche, es brennt!", True),
        ("brennt + haus|küche", "Es brennt", False),
        ("brennt + haus|küche", "Das Haus", False),
        ("brennt + haus + kind", "kind haus brennt", True),
        ("brennt + haus + kind", "haus brennt", False),
        ("keine luft", "er bekommt keine Luft mehr", True),
        ("keine luft", "Luft, keine", False),
        ("keine luft", "keine frische luft", False),
        ("blut* stark", "blutet stark", True),
    ],
)
def test_groups_must_all_occur_with_any_of_their_options(entry: str, text: str, alarm: bool) -> None:
    assert (rule(entry).alarm(text) is not None) is alarm


@pytest.mark.parametrize(
    ("entry", "text", "alarm"),
    [
        pytest.param("notarzt", "Notartz", True, id="swapped"),
        pytest.param("notarzt", "Notazt", True, id="missing"),
        pytest.param("notarzt", "Notarrzt", True, id="doubled"),
        pytest.param("notarzt", "Notorzt", True, id="wrong"),
        pytest.param("notarzt", "Nototzt", False, id="two letters of a middling word"),
        pytest.param("rettungswagen", "retungswaggen", True, id="two letters of a long word"),
        pytest.param("hilfe", "hilve", False, id="short words are read exactly"),
        pytest.param("112", "113", False, id="numbers are read exactly"),
        pytest.param("notarzt*", "Notartztes", True, id="a stem's beginning"),
        pytest.param("notarzt*", "Notar", False, id="a word that ends before the stem is another word"),
        pytest.param("notarz*", "Notar", False, id="not even where only one letter lacks"),
        pytest.param("krankenwag*", "Krankenwgaen", True, id="swapped inside a stem"),
        pytest.param("krankenwag*", "Krankenkasse", False, id="another word with the same beginning"),
        pytest.param("*notarzt*", "Kindernotarzt", True, id="part"),
        pytest.param("اسعاف", "بالإسعاف", True, id="Arabic prefixes"),
    ],
)
def test_a_long_word_may_be_misspelt_but_no_other_word_is_meant(entry: str, text: str, alarm: bool) -> None:
    assert (rule(entry).alarm(text) is not None) is alarm


def test_violence_goes_before_emergency_and_names_its_languages_once() -> None:
    both = EmergencyRule(
        {
            "de": {EMERGENCY: ["blut"], VIOLENCE: ["schlägt", "schlägt mich"]},
            "tr": {VIOLENCE: ["dövüyor"]},
            "en": {VIOLENCE: None},
        }
    )
    alarm = both.alarm("Er schlägt mich, dövüyor, Blut")
    assert alarm is not None
    assert (alarm.topic, alarm.languages) == (VIOLENCE, ("de", "tr"))
    emergency = both.alarm("Blut")
    assert emergency is not None and emergency.topic == EMERGENCY


def test_only_the_beginning_of_a_very_long_message_is_read() -> None:
    assert rule("feuer").alarm("wort " * 299 + "Feuer") is not None
    assert rule("feuer").alarm("wort " * 300 + "Feuer") is None


def test_empty_entries_alarm_nobody() -> None:
    assert rule("", "…", " + ").alarm("irgendwas") is None


def test_files_without_entries_are_read(tmp_path: Path) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "emergency.yml").write_text("# nothing yet\n", encoding="utf-8")
    assert EmergencyRule.read(tmp_path).alarm("Hilfe") is None


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        (EMERGENCY, "Hilfe, Küche brennt"),
        (EMERGENCY, "schnel krankenwagen!! mein mann kann nicht atmen"),
        (EMERGENCY, "Mein Kind atmet nicht"),
        (EMERGENCY, "ruf den Notartz"),
        (EMERGENCY, "112"),
        (EMERGENCY, "baby not breathing"),
        (EMERGENCY, "call an ambulance please"),
        (EMERGENCY, "حريق بالبيت، النجدة"),
        (EMERGENCY, "ابني ما عم يتنفس"),
        (EMERGENCY, "اطلبوا الإسعاف بسرعة"),
        (EMERGENCY, "bsor3a is3af"),
        (EMERGENCY, "imdat yangın var"),
        (EMERGENCY, "çocuğum nefes almıyor, ambulans"),
        (EMERGENCY, "пожежа в квартирі, рятуйте"),
        (EMERGENCY, "викличте швидку, дитина не дихає"),
        (VIOLENCE, "mein Mann schlägt mich"),
        (VIOLENCE, "Ich habe Angst vor meinem Mann"),
        (VIOLENCE, "my husband beats me"),
        (VIOLENCE, "زوجي يضربني"),
        (VIOLENCE, "kocam beni dövüyor"),
        (VIOLENCE, "чоловік мене б'є"),
        (VIOLENCE, "муж меня бьет"),
    ],
)
def test_cries_for_help_are_recognised(real: EmergencyRule, topic: str, text: str) -> None:
    alarm = real.alarm(text)
    assert alarm is not None
    assert alarm.topic == topic


@pytest.mark.parametrize(
    "text",
    [
        "Wie melde ich mein Kind in der Kita an?",
        "Wo finde ich einen Notar?",
        "Welche Krankenkasse ist gut?",
        "Wann sind Sommerferien?",
        "Mein Kind ist krank, muss ich in der Schule anrufen?",
        "Mein Sohn hat eine gute Note",
        "Ich brauche einen Termin beim Jobcenter",
        "How do I register my child for school?",
        "my child has a cold, do I call the school",
        "Thank you very much",
        "كيف أسجل ابني في الروضة؟",
        "متى العطلة المدرسية؟",
        "شكرا جزيلا",
        "Çocuğumu anaokuluna nasıl kaydederim?",
        "Tatiller ne zaman?",
        "Kreş ücreti ne kadar?",
        "Як записати дитину в садок?",
        "дитина пішла до школи швидко",
        "Коли канікули?",
        "xyzzy plugh",
        "",
    ],
)
def test_everyday_questions_alarm_nobody(real: EmergencyRule, text: str) -> None:
    assert real.alarm(text) is None


@pytest.mark.parametrize("path", sorted((ROOT / "nlu_data").glob("*/emergency.yml")), ids=lambda path: path.parent.name)
def test_every_language_speaks_of_both_dangers(path: Path) -> None:
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(entries) == set(TOPICS)
    assert all(entries[topic] for topic in TOPICS)
