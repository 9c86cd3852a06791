"""One spelling for the many ways people type the same word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu_data.text.normalise import normalise

# Letters on which the rules meet, so that hypothesis finds their collisions.
LETTERS = "aouäöüAOUßıİłæєїйё'’ـأإىی٠۱\u0301\u0308\u0306\u200d_ "
MEETING = st.text(alphabet=st.one_of(st.sampled_from(LETTERS), st.characters()))


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        pytest.param("أَهْلًا", "اهلا", id="vowel signs and hamza on alif"),
        pytest.param("إسلام آدم", "اسلام ادم", id="hamza below, madda"),
        pytest.param("مدرسة", "مدرسه", id="ta marbuta"),
        pytest.param("مصطفى", "مصطفي", id="alif maqsura"),
        pytest.param("ئ ؤ ماء", "ي و ما", id="hamza on and without a seat"),
        pytest.param("کتاب گل پدر چای ژاله", "كتاب كل بدر جاي زاله", id="Persian letters"),
        pytest.param("مـــدرســة", "مدرسه", id="tatweel"),
        pytest.param("٠١٢٣٤٥٦٧٨٩ ۱۲۳", "0123456789 123", id="Arabic-Indic digits"),
        pytest.param("Müller Äpfel Öl", "muller apfel ol", id="umlauts"),
        pytest.param("Mueller MUELLER", "muller muller", id="umlauts as ue"),
        pytest.param("Straße STRASSE", "strasse strasse", id="sharp s"),
        pytest.param("Kındergarten ILIK", "kindergarten ilik", id="Turkish dotless i"),
        pytest.param("İSTANBUL", "istanbul", id="Turkish dotted I"),
        pytest.param("під'їзд під’їзд підʼїзд", "підїзд підїзд підїзд", id="Ukrainian apostrophes"),
        pytest.param("Йод їжа", "йод їжа", id="й and ї are letters of their own"),
        pytest.param("и\u0306од", "йод", id="й typed as и with a breve"),
        pytest.param("Łódź Ðuro", "lodz duro", id="strokes"),
        pytest.param("don't Cañón", "dont canon", id="apostrophe and accents"),
        pytest.param("hallooooo Шшшшкола مرحبااااا", "hallo школа مرحبا", id="stretched letters"),
        pytest.param("1110 2000000", "1110 2000000", id="digits are not stretched"),
        pytest.param("Kaffee Schwimmmeister", "kaffee schwimeister", id="two letters stay, three are one"),
        pytest.param("🆘help👍🏽❤️", "help 👍 ❤", id="emoji are words, skin tones and selectors nothing"),
        pytest.param("Kita\u200bplatz \u2068112\u2069", "kitaplatz 112", id="invisible marks"),
        pytest.param("a_b—c\n\t d", "a b c d", id="separators"),
        pytest.param("½ m²", "1 2 m2", id="compatibility forms"),
        pytest.param(" !?… ", "", id="nothing to read"),
        pytest.param("", "", id="empty"),
    ],
)
def test_spellings(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


@given(MEETING)
def test_only_words_and_single_spaces_come_out(text: str) -> None:
    plain = normalise(text)
    assert plain == " ".join(plain.split())
    assert not any(char.isspace() for word in plain.split(" ") for char in word)


@given(st.text(max_size=40), st.text(max_size=40))
def test_lines_are_read_word_by_word(one: str, other: str) -> None:
    assert normalise(f"{one}\n{other}").split() == [*normalise(one).split(), *normalise(other).split()]


@given(MEETING)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@pytest.mark.parametrize("text", ["aaea", "uueu"])
def test_normalising_umlauts_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
