"""docs/adding-a-language.md is carried out on a copy of the project, and the lint finds what it promises to find."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from actions.content import ROOT
from bot.language_files import LanguageFiles
from bot.language_lint import lint
from bot.language_scaffold import ScaffoldError, scaffold
from bot.language_status import status
from bot.texts.languages import Language
from nlu_data.text.counting import IDS as COUNTED

SOMALI = Language("so", "Soomaali", "ltr", "Latin", "so_SO", "Somali")
TIGRINYA = Language("ti", "ትግርኛ", "ltr", "Ethiopic", "ti", "Tigrinya")
MITTENDRIN = [sys.executable, "-c", "from bot.cli import main; main()"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of everything but the environments, the models and the tests' code."""
    unwanted = shutil.ignore_patterns(".venv", "__pycache__")
    for folder in ("bot", "actions", "storage", "nlu_data", "content", "tests/phrases"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=unwanted)
    shutil.copy(ROOT / "config.yml", tmp_path)
    return tmp_path


@pytest.fixture
def somali(tree: Path) -> Path:
    scaffold(SOMALI, tree)
    return tree


def documented_commands() -> list[list[str]]:
    document = (ROOT / "docs" / "adding-a-language.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh test\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line]


def run(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `uv run …` with this interpreter and the code of the copied tree, where the current folder goes first."""
    assert words[:2] == ["uv", "run"]
    command = [*MITTENDRIN, *words[3:]] if words[2] == "mittendrin" else [sys.executable, *words[3:]]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120)


def test_the_documented_commands_work_on_a_fresh_copy(tree: Path) -> None:
    commands = documented_commands()
    assert [words[2:5] for words in commands] == [
        ["mittendrin", "language", "new"],
        ["mittendrin", "language", "status"],
        ["mittendrin", "language", "lint"],
        ["python", "-m", "bot.texts.template"],
    ]
    new, missing, checked, updated = (run(words, tree) for words in commands)

    assert new.returncode == 0, new.stderr
    assert "nlu_data/so/examples/kita.yml" in new.stdout.splitlines()
    assert missing.returncode == 1, missing.stderr
    for check in ("examples", "lexicon", "answers", "catalogue", "phrases", "emergency", "counting"):
        assert f"so {check}: " in missing.stdout
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert updated.returncode == 0, updated.stderr
    assert not (ROOT / "nlu_data" / "so").exists(), "the command wrote into the project instead of the copy"


def test_the_documents_yaml_examples_can_be_read() -> None:
    document = (ROOT / "docs" / "adding-a-language.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 5
    assert all(yaml.safe_load(block) for block in blocks)


def test_a_scaffold_has_every_topic_and_concept_and_nothing_filled(somali: Path) -> None:
    files = LanguageFiles(somali)
    assert files.languages["so"] == SOMALI
    intents = files.examples("so")
    assert sorted(intent.topic.text for intent in intents) == sorted(files.topics)
    assert {intent.language for intent in intents} == {"so"}
    concepts = [concept for section in files.concepts.values() for concept in section]
    assert [entry.key.text for entry in files.lexicon("so")] == concepts
    assert [entry.key.text for entry in files.counting("so")] == list(COUNTED)
    assert sorted(entry.key.text for entry in files.answers("so")) == sorted(files.answered_topics)
    assert [check.have for check in status(files, "so")] == [0] * 7
    assert lint(files, ["so"]) == []


def test_what_is_written_is_no_longer_missing(somali: Path) -> None:
    add_examples(somali, [f"su'aal {word} {number}" for word in "abcdefgh" for number in range(5)])
    replace(
        somali / "tests/phrases/so/kita.yml", "kita_fees: {}", "kita_fees: {plain: bir, short: [iki, dort], messy: uc}"
    )
    replace(somali / "nlu_data/so/lexicon.yml", "kita: []", "kita: [xanaano*]")
    examples, lexicon, _, _, phrases, _, _ = status(LanguageFiles(somali), "so")
    assert (examples.have, lexicon.have, phrases.have) == (1, 1, 1)
    assert "kita_fees 0 of 40" in examples.missing
    assert not any(text.startswith("kita_registration") for text in examples.missing)


def test_nothing_is_overwritten(tree: Path) -> None:
    kept = tree / "content/answers/so/kita.yml"
    kept.parent.mkdir()
    kept.write_text("mine", encoding="utf-8")
    before = sorted(tree.rglob("*"))
    with pytest.raises(ScaffoldError, match=r"content/answers/so/kita\.yml"):
        scaffold(SOMALI, tree)
    assert kept.read_text(encoding="utf-8") == "mine"
    assert sorted(tree.rglob("*")) == before


def test_a_listed_language_is_not_begun_again(somali: Path) -> None:
    with pytest.raises(ScaffoldError, match="listed"):
        scaffold(SOMALI, somali)


@pytest.mark.parametrize(
    ("language", "named"),
    [
        (Language("Somali", "x", "ltr", "Latin", "so_SO", "x"), "code"),
        (Language("so", "x", "left", "Latin", "so_SO", "x"), "--direction"),
        (Language("so", "x", "ltr", "Latn", "so_SO", "x"), "--script"),
        (Language("so", "x", "ltr", "Latin", "qq_QQ", "x"), "--formats"),
        (Language("so", " ", "ltr", "Latin", "so_SO", "x"), "--native"),
    ],
)
def test_a_wrong_value_is_named_and_nothing_written(tree: Path, language: Language, named: str) -> None:
    with pytest.raises(ScaffoldError, match=named):
        scaffold(language, tree)
    assert "so" not in LanguageFiles(tree).languages


def test_a_code_that_yaml_takes_for_a_truth_value(tree: Path) -> None:
    scaffold(Language("no", "Norsk", "ltr", "Latin", "nb_NO", "Norwegisch"), tree)
    files = LanguageFiles(tree)
    assert files.languages["no"].native == "Norsk"
    assert lint(files, ["no"]) == []


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_examples(tree: Path, examples: list[str], code: str = "so", group: str = "kita", topic: int = 0) -> None:
    """Write examples below the first (or another) topic of a group of a fresh scaffold."""
    path = tree / "nlu_data" / code / "examples" / f"{group}.yml"
    parts = path.read_text(encoding="utf-8").split("  examples: |\n")
    parts[topic + 1] = "".join(f"    - {example}\n" for example in examples) + parts[topic + 1]
    path.write_text("  examples: |\n".join(parts), encoding="utf-8")


KITA = "nlu_data/so/examples/kita.yml"
LEXICON = "nlu_data/so/lexicon.yml"
FULL_ANSWER = "kita_hours: |\n  " + "waa dheer " * 70 + "{kita_hours_short} {kita_hours_middle} {kita_hours_long}"
MISTAKES: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "duplicate across topics": (
        lambda tree: (add_examples(tree, ["Boos ma jiraa?"]), add_examples(tree, ["boos MA jiraa"], topic=1))[0],
        KITA,
        "stands under kita_registration too",
    ),
    "copied from another language": (
        lambda tree: add_examples(tree, [LanguageFiles(tree).examples("de")[0].examples[0].text]),
        KITA,
        "stands in de too",
    ),
    "brackets": (lambda tree: add_examples(tree, ["boos [kita](place)"]), KITA, "without brackets"),
    "slash": (lambda tree: add_examples(tree, ["/start"]), KITA, "leading slash"),
    "no hyphen": (lambda tree: replace(tree / KITA, "|\n", "|\n    boos kita\n"), KITA, "begins with `- `"),
    "metadata": (lambda tree: replace(tree / KITA, "language: so", "language: de"), KITA, "`language: so`"),
    "unknown topic": (lambda tree: replace(tree / KITA, "kita_fees", "kita_fee"), KITA, "no topic"),
    "topic in another file": (lambda tree: replace(tree / KITA, "kita_fees", "doctor"), KITA, "help.yml"),
    "foreign letters": (lambda tree: add_examples(tree, ["Как записать ребёнка?"]), KITA, "Cyrillic"),
    "unknown concept": (lambda tree: replace(tree / LEXICON, "kita: []", "kitta: []"), LEXICON, "no concept"),
    "short stem": (lambda tree: replace(tree / LEXICON, "kita: []", "kita: [xa*]"), LEXICON, "at least 3"),
    "no text": (lambda tree: replace(tree / LEXICON, "kita: []", "kita: [yes]"), LEXICON, "in quotes"),
    "no list": (lambda tree: replace(tree / LEXICON, "kita: []", "kita: xanaano"), LEXICON, "square brackets"),
    "key twice": (lambda tree: replace(tree / LEXICON, "kita: []", "school: []"), LEXICON, "second time"),
    "bad yaml": (lambda tree: replace(tree / LEXICON, "kita: []", "kita: [a"), LEXICON, "cannot be read"),
    "no utf-8": (lambda tree: void((tree / LEXICON).write_bytes(b"kita: [\xe4]")), LEXICON, "UTF-8"),
    "missing file": (lambda tree: (tree / LEXICON).unlink(), LEXICON, "missing"),
    "emergency stem": (
        lambda tree: replace(tree / "nlu_data/so/emergency.yml", "emergency: []", "emergency: [da*]"),
        "nlu_data/so/emergency.yml",
        "at least 3",
    ),
    "trained phrase": (
        lambda tree: (
            add_examples(tree, ["Boos ma jiraa?"]),
            replace(tree / "tests/phrases/so/kita.yml", "kita_fees: {}", "kita_fees: {short: boos ma jiraa}"),
        )[1],
        "tests/phrases/so/kita.yml",
        "is trained on (so/examples/kita.yml line 8)",
    ),
    "placeholder missing": (
        lambda tree: replace(tree / "content/answers/so/kita.yml", 'kita_hours: ""', "kita_hours: Maalin kasta"),
        "content/answers/so/kita.yml",
        "{kita_hours_short} of the German answer is missing",
    ),
    "placeholder unknown": (
        lambda tree: replace(tree / "content/answers/so/kita.yml", 'kita_hours: ""', 'kita_hours: "{kita_hour}"'),
        "content/answers/so/kita.yml",
        "there is no {kita_hour}",
    ),
    "too long": (
        lambda tree: replace(tree / "content/answers/so/kita.yml", 'kita_hours: ""', FULL_ANSWER),
        "content/answers/so/kita.yml",
        "at most 650",
    ),
    "catalogue placeholder": (
        lambda tree: replace(
            tree / "bot/locales/so/LC_MESSAGES/mittendrin.po",
            '“{topic}”. The team can find out for you."\nmsgstr ""',
            '“{topic}”. The team can find out for you."\nmsgstr "{mawduuc} ma aqaan"',
        ),
        "bot/locales/so/LC_MESSAGES/mittendrin.po",
        "{mawduuc}, {topic} differs",
    ),
}


def void(_: object) -> None:
    """The result of an expression does not matter."""


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_lint_finds_each_mistake_where_it_is(somali: Path, mistake: str) -> None:
    make, path, message = MISTAKES[mistake]
    make(somali)
    found = [finding for finding in lint(LanguageFiles(somali), ["so"]) if message in finding.text]
    assert [finding.path.as_posix() for finding in found][:1] == [path]


def test_a_finding_names_the_line(somali: Path) -> None:
    add_examples(somali, ["boos kita", "boos [kita]"])
    (finding,) = lint(LanguageFiles(somali), ["so"])
    assert (somali / finding.path).read_text(encoding="utf-8").splitlines()[finding.line - 1] == "    - boos [kita]"


def test_another_languages_mistakes_are_not_this_ones(somali: Path) -> None:
    (somali / "nlu_data/tr/examples/kita.yml").write_text("nlu: [", encoding="utf-8")
    assert lint(LanguageFiles(somali), ["so"]) == []
    assert lint(LanguageFiles(somali), ["tr"])


def test_up_to_half_of_a_topic_may_be_romanised(tree: Path) -> None:
    scaffold(TIGRINYA, tree)
    add_examples(tree, ["ቦታ መዋእለ ህጻናት", "ንወደይ ቦታ ኣሎ ዶ", "bota mewale hitsanat", "newedey bota alo do"], "ti")
    assert lint(LanguageFiles(tree), ["ti"]) == []
    add_examples(tree, ["kemey gere yimezgeb"], "ti")
    (finding,) = lint(LanguageFiles(tree), ["ti"])
    assert "3 messages in Latin letters, only 2 in Ethiopic" in finding.text


def test_an_urgent_answer_may_leave_out_names(somali: Path) -> None:
    urgent = "{emergency_112.phone} {police_110.phone} {doctor_on_call.phone}"
    replace(somali / "content/answers/so/help.yml", 'emergency: ""', f'emergency: "{urgent}"')
    assert lint(LanguageFiles(somali), ["so"]) == []
