"""A document is found by what people call it, or the reason why it is not there is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.errors import SettingsError
from index.shelf import Shelf
from index.shelved import ShelvedDocument
from index.sync import synchronise
from qa.whereabouts import Absent, find
from tests.hashing_embedder import HashingEmbedder
from tests.qa.conftest import Shelve, write

OpenOver = Callable[..., Shelf]


@pytest.fixture
def over(tmp_path: Path) -> Iterator[OpenOver]:
    """The shelf of some source folders."""
    opened: list[Shelf] = []

    def over(*sources: Path) -> Shelf:
        synchronise(tmp_path / "home", sources, HashingEmbedder())
        opened.append(Shelf.open(tmp_path / "home"))
        return opened[-1]

    yield over
    for shelf in opened:
        shelf.close()


def found(name: str, shelf: Shelf) -> ShelvedDocument:
    document = find(name, shelf)
    assert isinstance(document, ShelvedDocument)
    return document


def absent(name: str, shelf: Shelf) -> Absent:
    document = find(name, shelf)
    assert isinstance(document, Absent)
    return document


@pytest.mark.parametrize(
    "name", ["lights/skerry.md", "skerry.md", "s/skerry.md", "kerry.md", "./lights/skerry.md"]
)
def test_a_document_goes_by_its_id_or_the_end_of_it(
    shelf: Shelf, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shelf.sources()[0].path)
    assert found(name, shelf).id == "lights/skerry.md"


def test_a_document_goes_by_its_file_s_path(shelf: Shelf) -> None:
    path = shelf.sources()[0].path / "lights" / "skerry.md"
    assert found(str(path), shelf).id == "lights/skerry.md"


def test_a_source_that_is_a_file_goes_by_its_path(over: OpenOver, tmp_path: Path) -> None:
    write(tmp_path, {"light.txt": "A light.\n"})
    shelf = over(tmp_path / "light.txt")
    assert found(str(tmp_path / "light.txt"), shelf).id == "light.txt"


def test_an_exact_name_is_not_mistaken_for_the_end_of_another(shelve: Shelve) -> None:
    shelf = shelve(
        {"light.txt": "A light.\n", "old/light.txt": "A light.\n", "highlight.txt": "A."}
    )
    assert found("light.txt", shelf).id == "light.txt"
    assert found("d/light.txt", shelf).id == "old/light.txt"


def test_a_whole_name_is_preferred_to_a_part_of_one(shelve: Shelve) -> None:
    shelf = shelve({"old/light.txt": "A light.\n", "highlight.txt": "A light.\n"})
    assert found("light.txt", shelf).id == "old/light.txt"


def test_a_name_that_stands_for_several_says_which(shelf: Shelf) -> None:
    with pytest.raises(SettingsError, match="2 documents") as caught:
        find(".md", shelf)
    assert "lights/almanac.md, lights/skerry.md" in str(caught.value)


def test_many_are_not_all_listed(shelve: Shelve) -> None:
    shelf = shelve({f"{number}/light.txt": "A light.\n" for number in range(9)})
    with pytest.raises(SettingsError, match="9 documents") as caught:
        find("light.txt", shelf)
    assert "and 4 more" in str(caught.value)


def test_one_id_in_two_folders_is_told_apart_by_the_files_paths(
    over: OpenOver, tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    write(one, {"light.txt": "A light.\n"})
    write(other, {"light.txt": "Another light.\n"})
    shelf = over(one, other)
    with pytest.raises(SettingsError) as caught:
        find("light.txt", shelf)
    assert str(one / "light.txt") in str(caught.value)
    assert found(str(other / "light.txt"), shelf).source == other


@pytest.mark.parametrize("name", ["", " "])
def test_nothing_is_no_name(shelf: Shelf, name: str) -> None:
    with pytest.raises(SettingsError, match="No document"):
        find(name, shelf)


def test_names_that_are_like_it_are_offered(shelf: Shelf) -> None:
    lost = absent("notes/skery.md", shelf)
    assert lost.nearest[0] == "lights/skerry.md"
    assert "lights/skerry.md" in lost.hint


def test_where_no_name_is_like_it_a_folder_may_be_missing(shelf: Shelf) -> None:
    lost = absent("quarterly-report.docx", shelf)
    assert lost.nearest == ()
    assert "lectern index" in lost.hint


@pytest.mark.parametrize("name", ["data.xyz", "odd/data.xyz"])
def test_a_skipped_file_is_told_with_the_reason(shelve: Shelve, name: str) -> None:
    shelf = shelve({"light.txt": "A light.\n", "odd/data.xyz": "1 2 \0 3\n"})
    assert "no reader for .xyz files" in absent(name, shelf).reason


def test_a_file_in_a_folder_that_was_skipped_is_told_with_its_reason(
    over: OpenOver, tmp_path: Path
) -> None:
    write(tmp_path / "documents", {"bees.txt": "Bees.\n"})
    over(tmp_path / "documents")
    (tmp_path / "documents").rename(tmp_path / "elsewhere")
    shelf = over()
    assert "folder not there" in absent(str(tmp_path / "documents" / "new.txt"), shelf).reason


def test_a_file_in_no_folder_of_the_shelf_is_told_with_its_folder(
    shelf: Shelf, tmp_path: Path
) -> None:
    write(tmp_path / "my notes", {"light.txt": "A light.\n"})
    lost = absent(str(tmp_path / "my notes" / "light.txt"), shelf)
    assert "in no folder of the shelf" in lost.reason
    assert lost.hint.endswith(f"lectern index '{tmp_path / 'my notes'}'")


@pytest.mark.parametrize("name", ["new.txt", "{folder}/new.txt"])
def test_a_file_that_came_later_is_not_indexed_yet(
    shelve: Shelve, tmp_path: Path, name: str
) -> None:
    shelf = shelve({"light.txt": "A light.\n"})
    write(tmp_path / "documents", {"new.txt": "A new light.\n"})
    lost = absent(name.format(folder=tmp_path / "documents"), shelf)
    assert "not been indexed yet" in lost.reason
    assert lost.hint == "Run `lectern index`."


def test_a_hidden_file_was_passed_over(shelve: Shelve, tmp_path: Path) -> None:
    shelf = shelve({"light.txt": "A light.\n", ".drafts/dark.txt": "No light.\n"})
    lost = absent(".drafts/dark.txt", shelf)
    assert "passed over" in lost.reason
    assert str(tmp_path / "documents" / ".drafts" / "dark.txt") in lost.hint


def test_a_name_that_no_file_can_have_is_only_unknown(shelf: Shelf) -> None:
    assert absent("x" * 5000, shelf).reason == "no document is named so"
