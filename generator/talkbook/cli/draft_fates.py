"""What has become of earlier proposals: each is still waiting, or was accepted, changed or deleted."""

from collections import Counter
from collections.abc import Iterable, Mapping

from talkbook.model import Topic
from talkbook.problems import counted
from talkbook.sources import sidecar
from talkbook.sources.draft_record import DraftRecord, Kind
from talkbook.sources.source import Source
from talkbook.text import ids

_FATES = ("waiting", "accepted", "changed", "deleted")


def summary(
    record: DraftRecord, topics: Mapping[str, Topic], files: Iterable[Source], sides: Mapping[str, tuple[str, str]]
) -> str:
    """Return a sentence about what has become of each kind of proposal, or "" if all are still waiting.

    topics: slug -> topic.
    files: the files of the topics.
    sides: slug of a transcript -> (path, text) of its sidecar.
    """
    written = {**_topics(record, topics, files), **_entries(sides)}
    rows = []
    looked_at = False
    for kind in ("topic", "section", "correction"):
        fates = Counter(_fate(record, kind, name, written) for name in record.names(kind))
        looked_at = looked_at or fates.total() > fates["waiting"]
        if fates:
            counts = ", ".join(f"{fate} {fates[fate]}" for fate in _FATES)
            rows.append(f"{counted(fates.total(), kind)} ({counts})")
    return f"Proposed before: {'; '.join(rows)}. They are left as they are." if looked_at else ""


def _fate(record: DraftRecord, kind: Kind, name: str, written: Mapping[tuple[Kind, str], tuple[bytes, bool]]) -> str:
    if (kind, name) not in written:
        return "deleted"
    data, is_proposed = written[kind, name]
    if not is_proposed:
        return "accepted"
    return "waiting" if record.same(kind, name, data) else "changed"


def _topics(
    record: DraftRecord, topics: Mapping[str, Topic], files: Iterable[Source]
) -> Mapping[tuple[Kind, str], tuple[bytes, bool]]:
    """Return ("topic", name) -> what its file contains now, and whether it is still a proposal."""
    there = {file.slug: file.data for file in files}
    return {
        ("topic", name): (there[slug], slug not in topics or topics[slug].status == "proposed")
        for name in record.names("topic")
        if (slug := ids.slug(name)) in there
    }


def _entries(sides: Mapping[str, tuple[str, str]]) -> Mapping[tuple[Kind, str], tuple[bytes, bool]]:
    """Return the same for sections and corrections. One that is in both lists counts as accepted."""
    entries: dict[tuple[Kind, str], tuple[bytes, bool]] = {}
    for slug, (path, text) in sides.items():
        side = sidecar.read(text, path)
        for sections, corrections, is_proposed in (
            (side.proposed_sections, side.proposed_corrections, True),
            (side.sections, side.corrections, False),
        ):
            for section in sections:
                entries["section", f"{slug} {section.at.text}"] = section.title.encode(), is_proposed
            for fix in corrections:
                entries["correction", f"{slug} {fix.passage.text}"] = fix.means.encode(), is_proposed
    return entries
