"""Where a setting comes from, and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import SettingsError
from qa.settings import Settings, editor, load, remember, viewer

pytestmark = pytest.mark.usefixtures("no_settings_from_outside")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def test_each_place_beats_the_ones_below_it(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    default = load().passages
    (home / "lectern.toml").write_text("passages = 11\n", "utf-8")
    assert load().passages == 11 != default
    (folder / "lectern.toml").write_text("passages = 12\n", "utf-8")
    assert load().passages == 12
    monkeypatch.setenv("LECTERN_PASSAGES", "13")
    assert load().passages == 13
    assert load({"passages": 14}).passages == 14


def test_a_place_that_says_nothing_lets_the_one_below_speak(home: Path, folder: Path) -> None:
    (home / "lectern.toml").write_text('model = "a"\npassages = 11\n', "utf-8")
    (folder / "lectern.toml").write_text("passages = 12\n", "utf-8")
    settings = load({"model": None})
    assert (settings.model, settings.passages) == ("a", 12)


def test_the_local_file_is_looked_for_where_one_says(folder: Path, tmp_path: Path) -> None:
    (folder / "lectern.toml").write_text("passages = 12\n", "utf-8")
    assert load(folder=tmp_path).passages == Settings().passages


def test_home_is_where_the_environment_says(home: Path) -> None:
    assert load().home == home
    assert load().user_file == home / "lectern.toml"


def test_a_home_that_starts_with_a_tilde_is_the_person_s_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LECTERN_HOME", "~/shelf")
    assert load().home == tmp_path / "shelf"


def test_without_an_environment_home_is_the_platform_s_data_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("LECTERN_HOME")
    assert load().home.name == "lectern"


@pytest.mark.parametrize("place", ["user", "local", "environment", "flags"])
def test_an_unknown_setting_is_refused_with_the_nearest_one(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    flags: dict[str, object] = {}
    if place == "user":
        (home / "lectern.toml").write_text("pasages = 3\n", "utf-8")
    elif place == "local":
        (folder / "lectern.toml").write_text("pasages = 3\n", "utf-8")
    elif place == "environment":
        monkeypatch.setenv("LECTERN_PASAGES", "3")
    else:
        flags = {"pasages": 3}
    with pytest.raises(SettingsError, match="'pasages'") as caught:
        load(flags)
    assert caught.value.hint == "Did you mean 'passages'?"


def test_where_nothing_is_near_all_settings_are_named() -> None:
    with pytest.raises(SettingsError) as caught:
        load({"zzz": 1})
    assert "passages" in caught.value.hint
    assert "model" in caught.value.hint


@pytest.mark.parametrize(
    "line",
    [
        'passages = "many"',
        "passages = true",
        "passages = []",
        "model = 3",
        'caution = "low"',
        'linear = "maybe"',
        "linear = 2",
        "caution = nan",
        "passages = 0",
        "caution = 1.5",
        "context = 1",
        "threads = -1",
        "chunk_size = 10",
    ],
)
def test_a_value_of_the_wrong_kind_or_size_is_refused_by_name(
    home: Path, folder: Path, line: str
) -> None:
    (folder / "lectern.toml").write_text(line, "utf-8")
    name, _, _ = line.partition(" ")
    with pytest.raises(SettingsError) as caught:
        load()
    assert name in str(caught.value)
    assert str(folder / "lectern.toml") in str(caught.value)


@pytest.mark.parametrize("kept", [b"passages = ", b"\xff\xfe", b"passages = 1\npassages = 2"])
def test_a_file_that_is_no_toml_is_named(folder: Path, kept: bytes) -> None:
    (folder / "lectern.toml").write_bytes(kept)
    with pytest.raises(SettingsError, match="could not be read") as caught:
        load()
    assert str(folder / "lectern.toml") in str(caught.value)


def test_numbers_from_the_environment_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LECTERN_CAUTION", "0.25")
    monkeypatch.setenv("LECTERN_THREADS", "2")
    assert (load().caution, load().threads) == (0.25, 2)


def test_what_is_remembered_leaves_the_rest_of_the_file_alone(home: Path, folder: Path) -> None:
    (home / "lectern.toml").write_text("# mine\npassages = 9  # enough\n", "utf-8")
    remember(load(), "model", "first")
    remember(load(), "model", "second")
    kept = (home / "lectern.toml").read_text("utf-8")
    assert kept.startswith("# mine\npassages = 9  # enough\n")
    assert (load().model, load().passages) == ("second", 9)


def test_what_others_may_not_read_stays_unread_by_them(home: Path, folder: Path) -> None:
    file = home / "lectern.toml"
    file.write_text('serve_token = "a-token-of-some-length"\n', "utf-8")
    file.chmod(0o600)
    remember(load(), "theme", "paper")
    assert file.stat().st_mode & 0o777 == 0o600


def test_settings_that_are_remembered_at_the_same_time_are_all_kept(home: Path) -> None:
    settings, names = Settings(home=home), [f"setting{number}" for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: remember(settings, name, True), names))
    kept = (home / "lectern.toml").read_text("utf-8").splitlines()
    assert sorted(kept) == sorted(f"{name} = true" for name in names)


def test_what_is_remembered_makes_the_home_where_there_is_none(tmp_path: Path) -> None:
    remember(Settings(home=tmp_path / "new"), "model", "first")
    assert 'model = "first"' in (tmp_path / "new" / "lectern.toml").read_text("utf-8")


def test_a_file_that_cannot_be_changed_is_told(home: Path) -> None:
    (home / "lectern.toml").write_text("passages = ", "utf-8")
    with pytest.raises(SettingsError, match="could not be changed"):
        remember(Settings(home=home), "model", "first")


def test_what_cannot_be_written_leaves_the_settings_whole(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(Settings(home=home), "model", "first")

    def broken(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(SettingsError, match="No space left"):
        remember(Settings(home=home), "model", "second")
    assert (home / "lectern.toml").read_text("utf-8") == 'model = "first"\n'


@pytest.mark.parametrize(("word", "on"), [("1", True), ("Yes ", True), ("off", False)])
def test_a_switch_in_the_environment_is_a_word(
    monkeypatch: pytest.MonkeyPatch, word: str, on: bool
) -> None:
    monkeypatch.setenv("LECTERN_LINEAR", word)
    assert load().linear is on


def test_a_switch_that_is_remembered_comes_back_as_one(home: Path) -> None:
    remember(load(), "linear", True)
    assert (home / "lectern.toml").read_text("utf-8") == "linear = true\n"
    assert load().linear is True


def test_visual_beats_editor_and_neither_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR", "PDFVIEWER"):
        monkeypatch.delenv(name, raising=False)
    assert (editor(), viewer()) == ("", "")
    monkeypatch.setenv("EDITOR", "ed")
    assert editor() == "ed"
    monkeypatch.setenv("VISUAL", "vim -R")
    monkeypatch.setenv("PDFVIEWER", "zathura")
    assert (editor(), viewer()) == ("vim -R", "zathura")
