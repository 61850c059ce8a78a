"""Fetching a model from its hub, over real sockets on the loopback interface."""

import contextlib
import hashlib
import os
import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import filelock
import pytest

from index.checked_file import sha256_of
from index.errors import DownloadFailed
from qa import pull as pulling
from qa.model_files import KnownModel, find
from qa.pull import digest, discard, pull
from tests.qa.loopback_hub import CONTENT, Hub, serving

SHA256 = hashlib.sha256(CONTENT).hexdigest()
CUT = 300_000


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving(Hub()) as served:
        yield served


@pytest.fixture
def model() -> KnownModel:
    return KnownModel(
        "tiny",
        "tiny.gguf",
        size=len(CONTENT),
        sha256=SHA256,
        hub_repo="Some/Repo",
        hub_revision="abc",
        hub_file="tiny.gguf",
    )


@pytest.fixture
def fetch(hub: Hub, tmp_path: Path) -> Callable[..., Path]:
    def fetch(
        model: KnownModel, *, address: str = "", progress: Callable[[int, int], object] = max
    ) -> Path:
        folder = tmp_path / "models"
        for fetched in pull(
            model,
            models_folder=folder,
            hub=address or hub.address,
        ):
            progress(fetched.done, fetched.total)
        return folder / model.file

    return fetch


@contextlib.contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """As if the disk were full: no file of this process grows beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def left_in(folder: Path) -> set[str]:
    """Files of which a person could ask what they are."""
    kept = (".lock", ".checked")
    return {path.name for path in folder.iterdir() if not path.name.endswith(kept)}


def test_a_model_comes_from_the_hub_at_its_revision(
    hub: Hub, model: KnownModel, fetch: Callable[..., Path]
) -> None:
    seen: list[tuple[int, int]] = []
    path = fetch(model, progress=lambda done, total: seen.append((done, total)))
    assert path.read_bytes() == CONTENT
    assert hub.paths == ["/Some/Repo/resolve/abc/tiny.gguf"]
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert left_in(path.parent) == {"tiny.gguf"}


def test_a_home_that_begins_with_a_model_is_closed_to_other_people(
    hub: Hub, model: KnownModel, tmp_path: Path
) -> None:
    folder = tmp_path / "home" / "models"
    assert [*pull(model, models_folder=folder, hub=hub.address)]
    for made in (folder.parent, folder):
        assert made.stat().st_mode & 0o077 == 0


def test_a_model_that_is_here_is_checked_and_not_fetched(
    hub: Hub, model: KnownModel, fetch: Callable[..., Path]
) -> None:
    path = fetch(model)
    fetch(model)
    assert len(hub.asked) == 1
    path.write_bytes(b"GGUF, and then rubbish")
    assert fetch(model).read_bytes() == CONTENT
    assert len(hub.asked) == 2


def test_a_model_that_was_checked_is_read_again_only_where_it_has_changed(
    model: KnownModel, fetch: Callable[..., Path], hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = fetch(model)
    read: list[Path] = []

    def counted(path: Path) -> str:
        read.append(path)
        return sha256_of(path)

    monkeypatch.setattr(pulling, "sha256_of", counted)
    fetch(model)
    assert read == []
    os.utime(path)
    fetch(model)
    fetch(model)
    assert read == [path]
    path.write_bytes(CONTENT[:-1] + b"!")
    assert fetch(model).read_bytes() == CONTENT
    assert len(hub.asked) == 2


def test_a_damage_that_left_no_trace_is_mended_once_it_was_found(
    model: KnownModel, fetch: Callable[..., Path]
) -> None:
    path = fetch(model)
    status = path.stat()
    path.write_bytes(CONTENT[:-1] + b"!")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert digest(path) != SHA256  # as `lectern doctor` finds it
    assert fetch(model).read_bytes() == CONTENT


def test_nothing_is_left_of_a_model_that_is_discarded(
    model: KnownModel, fetch: Callable[..., Path]
) -> None:
    path = fetch(model)
    discard(path)
    assert {each.suffix for each in path.parent.iterdir()} <= {".lock"}


def test_a_disk_that_fills_up_costs_nothing_of_what_has_come(
    hub: Hub, model: KnownModel, fetch: Callable[..., Path], tmp_path: Path
) -> None:
    with no_file_beyond(CUT), pytest.raises(DownloadFailed, match="File too large") as raised:
        fetch(model)
    assert raised.value.hint.startswith("Run `lectern models pull tiny` again: it goes on")
    assert (tmp_path / "models" / "tiny.gguf.part").stat().st_size == CUT
    assert fetch(model).read_bytes() == CONTENT
    assert hub.asked == ["", f"bytes={CUT}-"]


def test_where_no_folder_can_be_made_the_fetch_fails(
    model: KnownModel, hub: Hub, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DownloadFailed, match="Not a directory"):
        list(pull(model, models_folder=tmp_path / "file" / "models", hub=hub.address))


def test_a_broken_connection_is_taken_up_where_it_broke(
    hub: Hub, model: KnownModel, fetch: Callable[..., Path]
) -> None:
    hub.cut = CUT
    assert fetch(model).read_bytes() == CONTENT
    assert hub.asked == ["", f"bytes={CUT}-"]


def test_an_interrupted_fetch_goes_on_in_the_next_one(
    hub: Hub, model: KnownModel, fetch: Callable[..., Path], tmp_path: Path
) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    hub.cut = CUT
    with pytest.raises(KeyboardInterrupt):
        fetch(model, progress=interrupt)
    there = (tmp_path / "models" / "tiny.gguf.part").stat().st_size
    assert there
    assert fetch(model).read_bytes() == CONTENT
    assert hub.asked == ["", f"bytes={there}-"]


def test_a_server_without_ranges_starts_over(
    hub: Hub, model: KnownModel, fetch: Callable[..., Path]
) -> None:
    hub.cut, hub.ranges = CUT, False
    assert fetch(model).read_bytes() == CONTENT
    assert hub.asked == ["", f"bytes={CUT}-"]


def test_wrong_bytes_are_thrown_away(
    hub: Hub, model: KnownModel, fetch: Callable[..., Path], tmp_path: Path
) -> None:
    hub.content = CONTENT[:-1] + b"!"
    with pytest.raises(DownloadFailed) as raised:
        fetch(model)
    assert SHA256 in str(raised.value)
    assert hashlib.sha256(hub.content).hexdigest() in str(raised.value)
    assert left_in(tmp_path / "models") == set()


def test_a_log_in_page_does_not_cost_what_has_come(
    hub: Hub, model: KnownModel, fetch: Callable[..., Path], tmp_path: Path
) -> None:
    part = tmp_path / "models" / "tiny.gguf.part"
    part.parent.mkdir()
    part.write_bytes(CONTENT[:CUT])
    hub.content, hub.ranges = b"<html>Please log in</html>", False
    with pytest.raises(DownloadFailed, match="26 bytes"):
        fetch(model)
    assert part.read_bytes() == CONTENT[:CUT]


def test_a_file_named_on_the_hub_is_checked_by_the_hubs_own_word(
    hub: Hub, fetch: Callable[..., Path]
) -> None:
    hub.etag = f'"{SHA256}"'
    path = fetch(find("Some/Repo:files/own.gguf"))
    assert (path.name, path.read_bytes()) == ("own.gguf", CONTENT)
    assert hub.paths == ["/Some/Repo/resolve/main/files/own.gguf"]
    hub.etag = f'"{"0" * 64}"'
    with pytest.raises(DownloadFailed, match="0000"):
        fetch(find("Some/Repo:other.gguf"))


def test_a_file_that_had_come_whole_is_not_asked_for_again(
    hub: Hub, fetch: Callable[..., Path], tmp_path: Path
) -> None:
    hub.etag = f'"{SHA256}"'
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "own.gguf.part").write_bytes(CONTENT)
    assert fetch(find("Some/Repo:own.gguf")).read_bytes() == CONTENT
    assert hub.asked == [f"bytes={len(CONTENT)}-"]


def test_what_is_no_model_is_refused(hub: Hub, fetch: Callable[..., Path]) -> None:
    hub.content = b"<html>Please log in</html>"
    with pytest.raises(DownloadFailed, match="not a GGUF file"):
        fetch(find("Some/Repo:own.gguf"))


def test_only_one_process_fetches(
    model: KnownModel, fetch: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "models").mkdir()
    with (
        filelock.FileLock(tmp_path / "models" / ".tiny.gguf.lock"),
        pytest.raises(DownloadFailed, match="Another process"),
    ):
        fetch(model)


def test_a_full_disk_is_noticed_before_anything_is_fetched(
    hub: Hub, model: KnownModel, fetch: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nearly_full(_: object) -> SimpleNamespace:
        return SimpleNamespace(free=1000)

    monkeypatch.setattr(pulling.shutil, "disk_usage", nearly_full)  # type: ignore[attr-defined]
    with pytest.raises(DownloadFailed, match="MB free"):
        fetch(model)
    assert hub.asked == []
