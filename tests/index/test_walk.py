"""A walk finds the documents, passes over rubbish and names what it cannot use."""

import os
from pathlib import Path

import pytest

from index.harmless import harmless
from index.walk import Again, Skipped, reaches, walk
from tests.index.conftest import without_rights


def tree(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", "utf-8")


def found(source: Path) -> list[str]:
    return [p.relative_to(source).as_posix() for p in walk(source) if isinstance(p, Path)]


def refused(source: Path) -> dict[str, str]:
    return {Path(s.path).name: s.reason for s in walk(source) if isinstance(s, Skipped)}


def again(source: Path) -> dict[str, str]:
    return {
        each.path.relative_to(source).as_posix(): each.skipped().reason
        for each in walk(source)
        if isinstance(each, Again)
    }


def test_files_come_in_order(tmp_path: Path) -> None:
    tree(tmp_path, "b.txt", "a/z.md", "a/b/c.html", "README")
    assert found(tmp_path) == ["README", "a/b/c.html", "a/z.md", "b.txt"]


def test_hidden_and_dependency_folders_are_passed_over(tmp_path: Path) -> None:
    tree(tmp_path, ".git/a.txt", "node_modules/b.txt", ".hidden.txt", "__pycache__/c.txt", "d.txt")
    assert found(tmp_path) == ["d.txt"]
    assert refused(tmp_path) == {}


def test_a_source_may_be_hidden_itself_or_a_file(tmp_path: Path) -> None:
    tree(tmp_path, ".notes/a.txt")
    assert found(tmp_path / ".notes") == ["a.txt"]
    assert list(walk(tmp_path / ".notes" / "a.txt")) == [tmp_path / ".notes" / "a.txt"]


def test_what_cannot_be_used_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    assert refused(tmp_path) == {
        "broken.txt": "unreadable: no such file or directory",
        "pipe.txt": "unreadable: not a regular file",
    }


def test_links_in_a_circle_end_and_are_named(tmp_path: Path) -> None:
    source = tmp_path / "source"
    tree(source, "a/b.txt")
    tree(tmp_path, "beside.txt")
    (source / "a" / "up").symlink_to(source)
    (source / "out").symlink_to(tmp_path)
    (source / "root").symlink_to("/")
    assert found(source) == ["a/b.txt"]
    assert again(source) == {
        "a/up": f"a circle of links back to {source}",
        "out": f"a circle of links back to {tmp_path}",
        "root": "a circle of links back to /",
    }


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system shows itself otherwise")
def test_what_the_system_makes_up_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "processes").symlink_to("/proc")
    (tmp_path / "this").symlink_to("/proc/self/task")
    (tmp_path / "words.txt").symlink_to("/proc/version")
    tree(tmp_path, "a.txt")
    assert found(tmp_path) == ["a.txt", "words.txt"]
    reason = "unreadable: a folder of the system's own"
    assert refused(tmp_path) == {"processes": reason, "this": reason}


def test_a_folder_of_two_names_is_walked_through_once(tmp_path: Path) -> None:
    tree(tmp_path, "a/b.txt")
    (tmp_path / "c").symlink_to(tmp_path / "a")
    assert found(tmp_path) == ["a/b.txt"]
    assert again(tmp_path) == {"c": f"duplicate of {tmp_path / 'a'}"}


def test_an_ignore_file_that_is_none_holds_nothing_up(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    os.mkfifo(tmp_path / ".gitignore")
    (tmp_path / ".lecternignore").mkdir()
    assert found(tmp_path) == ["a.txt"]


def test_closed_folder_is_named(open_to_all: Path) -> None:
    tree(open_to_all, "closed/a.txt", "b.txt")
    (open_to_all / "closed").chmod(0)
    with without_rights():
        assert refused(open_to_all) == {"closed": "unreadable: permission denied"}
        assert found(open_to_all) == ["b.txt"]


def test_names_are_harmless_on_a_terminal() -> None:
    assert harmless("a\x1b]0;x\x07\nb\udce9") == "a\ufffd]0;x\ufffd b\ufffd"


def test_what_ignore_files_name_is_passed_over(tmp_path: Path) -> None:
    tree(tmp_path, "build/a.txt", "a.log", "keep.log", "sub/b.log", "sub/build/c.txt", "d.txt")
    (tmp_path / ".gitignore").write_text("*.log\n/build/\n!keep.log\n\\\n", "utf-8")
    (tmp_path / "sub" / ".lecternignore").write_text("!b.log\nd.txt\n", "utf-8")
    assert found(tmp_path) == ["d.txt", "keep.log", "sub/b.log", "sub/build/c.txt"]
    assert refused(tmp_path) == {}


@pytest.mark.timeout(20)  # hours, were the lines compared with the names
def test_lines_that_take_for_ever_to_compare_are_passed_over(tmp_path: Path) -> None:
    deep = "/".join("a" * 300)
    tree(tmp_path, "a" * 250, f"{deep}/c.txt", "d.log")
    lines = ("*a" * 20 + "b", "**/a/" * 9 + "b", "a**" * 20, "*.l*g")
    (tmp_path / ".gitignore").write_text("\n".join(lines), "utf-8")
    assert found(tmp_path) == [f"{deep}/c.txt", "a" * 250]


def test_what_is_ignored_may_be_a_source_itself(tmp_path: Path) -> None:
    tree(tmp_path, "build/a.txt")
    (tmp_path / ".gitignore").write_text("build/\n", "utf-8")
    assert found(tmp_path / "build") == ["a.txt"]
    assert reaches(tmp_path, tmp_path / "b" / "a.txt")
    assert not reaches(tmp_path, tmp_path / "build" / "a.txt")
    assert not reaches(tmp_path / "build", tmp_path / "b")


def test_virtual_environments_and_caches_are_passed_over_by_their_marks(tmp_path: Path) -> None:
    tree(tmp_path, "mine/pyvenv.cfg", "mine/lib/a.txt", "c/CACHEDIR.TAG", "c/b.txt", "d.txt")
    assert found(tmp_path) == ["d.txt"]
    assert reaches(tmp_path, tmp_path / "d.txt")
    assert not reaches(tmp_path, tmp_path / "mine" / "lib" / "a.txt")


def test_folders_deeper_than_python_recurses_are_walked(tmp_path: Path) -> None:
    depth = 1500
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    found = list(walk(tmp_path))
    for _ in range(depth):  # what pytest cleans up with recurses, too
        above = os.open("..", os.O_RDONLY, dir_fd=here)
        os.close(here)
        os.rmdir("d", dir_fd=above)
        here = above
    os.close(here)
    assert found == []
