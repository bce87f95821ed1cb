"""The package, built as a wheel and installed elsewhere, makes a site without access to this repository."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import building
from making import ROOT

pytestmark = pytest.mark.slow
pytest.importorskip("hatchling", reason="the wheel is built with hatchling, which is not here")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this repository."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "generator", "templates"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, source / name)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "-w",
        str(folder),
    ]
    subprocess.run([*command, str(source)], check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_what_the_package_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "generator/talkbook").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.relative_to(ROOT / "generator").as_posix() in names
    for path in (ROOT / "templates").rglob("*"):
        if path.is_file():
            assert f"talkbook/{path.relative_to(ROOT).as_posix()}" in names
    assert not [name for name in names if name.startswith(("tests", "content")) or "__pycache__" in name]


def test_a_foreign_folder_builds_with_the_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    project = building.copied("garden", tmp_path)
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    python = tmp_path / "env/bin/python"
    (packages,) = (tmp_path / "env/lib").glob("python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # Dependencies are taken from this environment, not installed again. Its .pth files are not read, so nothing leads
    # back to this repository.
    (packages / "here.pth").write_text(sysconfig.get_path("purelib"))
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    where = subprocess.run(
        [python, "-c", "import talkbook; print(talkbook.__file__)"],
        cwd=project,
        env=environment,
        check=True,
        capture_output=True,
    )
    assert Path(where.stdout.decode().strip()).is_relative_to(packages)
    command = [python, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "site")]
    subprocess.run(command, cwd=project, env=environment, check=True)
    assert building.dead(tmp_path / "site", "/talks/") == []
    building.build(building.PROJECTS / "garden", tmp_path / "ours")
    ours, theirs = ((tmp_path / name / "quotes.json").read_bytes() for name in ("ours", "site"))
    assert ours == theirs
