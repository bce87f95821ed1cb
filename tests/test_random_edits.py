"""After any edit of a project, `talkbook check` and a build report problems; nothing raises, nothing escapes."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import building
import markup
from making import exported, pages_of, site
from talkbook.book import build
from talkbook.cli.check import check
from talkbook.sources import content_folder
from test_hostile import escaped

PIECES = (
    b"<xss>", b'"><xss onxss="1">', b"{{ 7*191 }}", b"{% raw %}", b"../../x", b"\0", b"\x1b[31m", b"\xff", b"\r", b"\t",
    b"---\n", b"private:\n", b"private", b"- ", b"  ", b"\n\n", b": ", b"&a [*a]", b"!!python/object:os.system x", b"[",
    b"]", b"{", b"}", b'"', b"'", b"|", b"# ", b"**Ann:** hi\n", b">> ", b"00:01 --> 00:02\n", b"\\", b"[x](y.md)",
    b"title: ", b"related: [x]\n", b"kind: thing\n", b"speakers:\n", b"turns:\n  - x: y\n", b"quotes: {pin: [a]}\n",
    b"<!--", b"-->", b"1e999", b"2025-02-30", b"http://[::1", b"javascript:xss()", b"%00", b"\xe4\xb8\xad", b"NOTE",
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES)), min_size=1, max_size=4
)
PROJECTS = sorted(path for path in building.PROJECTS.iterdir() if (path / "content").is_dir())


def edited(folder: Path, edits: list[tuple[float, float, int, bytes]]) -> None:
    """Change files in the content folder: which file, where, how many bytes to delete, what to insert."""
    files = sorted(path for path in (folder / "content").rglob("*") if path.is_file())
    for which, where, gone, piece in edits:
        path = files[int(which * (len(files) - 1))]
        data = path.read_bytes()
        at = int(where * len(data))
        path.write_bytes(data[:at] + piece + data[at + gone :])


@pytest.mark.slow
@settings(max_examples=30)
@given(st.sampled_from(PROJECTS), EDITS)
def test_no_edit_raises_and_nothing_escapes(project: Path, edits: list[tuple[float, float, int, bytes]]) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place) / "project"
        shutil.copytree(project, folder, ignore=shutil.ignore_patterns(".cache", "site"))
        edited(folder, edits)
        result = CliRunner().invoke(check, [str(folder)])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "Talkbook failed" not in result.output
        assert "\x1b" not in result.output
        context = site(build.build(content_folder.read(folder / "content", folder)))
        for page in pages_of(context):
            assert escaped(markup.parse(page.html)) == []
        exported(context)
