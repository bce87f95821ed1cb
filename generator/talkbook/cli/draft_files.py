"""Write proposals into the files of the content folder, and into the record of drafts.

A proposal becomes a new file, or an additional entry in an existing one; what a curator wrote is never changed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from talkbook.drafting import speaker_sidecar
from talkbook.drafting.book_drafts import Drafts
from talkbook.drafting.proposals import CorrectionProposal, SectionProposal, SourceSpan, TopicProposal
from talkbook.problems import counted, excerpt
from talkbook.sources import content_folder, draft_record, yaml_append
from talkbook.sources.draft_record import DraftRecord
from talkbook.text import ids

_EXCERPT = 200  # characters of each sentence that is quoted as evidence
_SIDECAR = """\
# What Talkbook proposes for this conversation. To accept sections, rename proposed_sections to sections. To accept
# corrections, move them from proposed_corrections to corrections; until then, they have no effect.
"""
_RECURS = "# Proposed for all conversations. To accept a line, put it under corrections: without its #."
_STATED = "# Found in the transcript itself:"


@dataclass(frozen=True, slots=True)
class DraftedFile:
    """A file to be written, with its path in the content folder, and its text before ("" if it is new) and after."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DraftFolder:
    """What the content folder has already. Paths are relative to it.

    sources: slug -> source of the transcript, which spans refer to.
    transcripts: slug -> path of the transcript.
    received: slug -> bytes of the transcript.
    sidecars: slug of the transcript -> (path, text) of its sidecar.
    topics: slugs of the existing topics.
    lexicon: text of the lexicon.
    ranks: the highest rank of an existing topic; new ones get higher ranks.
    record: the proposals so far.
    recorded: text of the file from which `record` was read.
    """

    sources: Mapping[str, str]
    transcripts: Mapping[str, str]
    received: Mapping[str, bytes]
    sidecars: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    topics: Set[str] = frozenset()
    lexicon: str = ""
    ranks: int = 0
    record: DraftRecord = field(default_factory=DraftRecord)
    recorded: str = ""


def unrecorded(drafts: Drafts, folder: DraftFolder) -> Drafts:
    """Return the drafts without sections and corrections that have been proposed before."""
    known = folder.record.digests.keys()
    return replace(
        drafts,
        sections=tuple(
            section for section in drafts.sections if ("section", _section_name(section, folder)) not in known
        ),
        corrections=tuple(fix for fix in drafts.corrections if ("correction", _correction_name(fix)) not in known),
    )


def drafted(drafts: Drafts, folder: DraftFolder, say: Callable[[str], None]) -> list[DraftedFile]:
    """Return the files to write, the record of drafts last.

    say: called with a message for each sidecar to which nothing can be added.
    """
    topics = dict(_topics(drafts, folder))
    record = folder.record.more(
        [
            *(("transcript", slug, data) for slug, data in folder.received.items()),
            *(("topic", title, file.after.encode()) for title, file in topics.items()),
            *(("section", _section_name(section, folder), section.title.encode()) for section in drafts.sections),
            *(("correction", _correction_name(fix), fix.means.encode()) for fix in drafts.corrections),
        ]
    )
    return [
        *topics.values(),
        *_sidecars(drafts, folder, say),
        *_lexicon(drafts, folder),
        DraftedFile(content_folder.DRAFTS, folder.recorded, draft_record.write(record)),
    ]


def _topics(drafts: Drafts, folder: DraftFolder) -> Iterator[tuple[str, DraftedFile]]:
    """Yield (title, file) for each proposed topic, unless there is a topic with its slug."""
    slugs = set(folder.topics)
    for proposal in drafts.topics:
        slug = ids.slug(proposal.title)
        if slug not in slugs:
            slugs.add(slug)
            rank = folder.ranks + len(slugs) - len(folder.topics)
            yield proposal.title, DraftedFile(f"topics/{slug}.md", "", topic(proposal, rank, folder.sources))


def _lexicon(drafts: Drafts, folder: DraftFolder) -> Iterator[DraftedFile]:
    """Yield the lexicon if there are new words that several conversations mishear.

    They are added as comments, which have no effect until somebody accepts them.
    """
    heard_in: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fix in drafts.corrections:
        heard_in[fix.heard, fix.means].add(fix.place.transcript)
    items = {
        yaml_append.item({"heard": heard, "means": means}): len(slugs)
        for (heard, means), slugs in heard_in.items()
        if len(slugs) > 1
    }
    new = [f"#  - {item}  # in {count} conversations" for item, count in items.items() if item not in folder.lexicon]
    if new:
        end = "\r\n" if "\r\n" in folder.lexicon else "\n"
        before = folder.lexicon if folder.lexicon.endswith("\n") or not folder.lexicon else folder.lexicon + end
        yield DraftedFile("lexicon.yml", folder.lexicon, before + "".join(f"{line}{end}" for line in (_RECURS, *new)))


def topic(proposal: TopicProposal, rank: int, sources: Mapping[str, str]) -> str:
    """Return the text of the file of a proposed topic.

    rank: its rank among the proposed topics, from 1.
    sources: slug -> source of the transcript, from which evidence is quoted.
    """
    lists = {"aliases": proposal.aliases, "hidden_labels": proposal.hidden_labels}
    lines = [
        "---",
        f"# Proposed by Talkbook, {_percent(proposal.probability)} sure. To accept it, write an explanation and remove",
        "# the status. To refuse it, delete the file: it won't be proposed again.",
        *(f"# {span.transcript}: {_quoted(span, sources)}" for span in proposal.evidence),
        f"title: {yaml_append.scalar(proposal.title)}",
        *(f"{key}: [{', '.join(map(yaml_append.scalar, values))}]" for key, values in lists.items() if values),
        *([f"kind: {proposal.kind}"] if proposal.kind else []),
        "status: proposed",
        f"rank: {rank}",
        "---",
        "",
    ]
    return "\n".join(lines)


def _sidecars(drafts: Drafts, folder: DraftFolder, say: Callable[[str], None]) -> Iterator[DraftedFile]:
    entries: dict[str, dict[str, list[Mapping[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for section in drafts.sections:
        entry = {"at": _words(section.place, folder), "title": section.title}
        entries[section.place.transcript]["proposed_sections"].append(entry)
    for fix in drafts.corrections:
        why = f"{fix.why}; {_percent(fix.probability)} sure"
        entry = {"in": fix.passage, "heard": fix.heard, "means": fix.means, "why": why}
        entries[fix.place.transcript]["proposed_corrections"].append(entry)
    for slug in dict.fromkeys((*drafts.details, *drafts.speakers, *entries)):
        path = str(PurePosixPath(folder.transcripts[slug]).with_suffix(".yml"))
        path, before = folder.sidecars.get(slug, (path, ""))
        after = before or _SIDECAR
        try:
            if lines := [f"{key}: {yaml_append.scalar(value)}" for key, value in drafts.details.get(slug, {}).items()]:
                after = yaml_append.block(after, [_STATED, *lines])
            if slug in drafts.speakers:
                after = speaker_sidecar.with_draft(after, folder.sources[slug], drafts.speakers[slug])
            for key, items in entries[slug].items():
                after = yaml_append.append(after, key, items)
        except ValueError as error:
            say(f"{path}: Nothing could be added: {error}. Write its keys on lines of their own, as key: value.")
        else:
            yield DraftedFile(path, before, after)


def _words(span: SourceSpan, folder: DraftFolder) -> str:
    return " ".join(folder.sources[span.transcript][span.start : span.end].split())


def _section_name(section: SectionProposal, folder: DraftFolder) -> str:
    """Return the name under which a section is recorded; _correction_name() does so for a correction."""
    return f"{section.place.transcript} {_words(section.place, folder)}"


def _correction_name(correction: CorrectionProposal) -> str:
    return f"{correction.place.transcript} {correction.passage}"


def _percent(probability: float) -> str:
    return f"{min(99, round(100 * probability))} %"


def _quoted(span: SourceSpan, sources: Mapping[str, str]) -> str:
    words = excerpt(sources[span.transcript][span.start : span.end], _EXCERPT)
    return "".join(filter(str.isprintable, words))


def summary(drafts: Drafts, slugs: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a summary of what is proposed. slugs: of the transcripts that were drafted."""
    topics, sections, corrections = map(len, (drafts.topics, drafts.sections, drafts.corrections))
    yield (
        f"Proposed: {counted(topics, 'topic')}, {counted(sections, 'section')} and "
        f"{counted(corrections, 'correction')}."
    )
    for slug, stated in drafts.details.items():
        yield f"Found in the words of {slug}: {', '.join(f'{key} {value}' for key, value in stated.items())}."
    for slug, draft in drafts.speakers.items():
        names = ", ".join(speaker.name for speaker in draft.speakers)
        yield f"Probably speaking in {slug}: {names or 'nobody is named'}."
    for slug in slugs:
        if slug in drafts.undrafted:
            yield f"Incomplete: for {slug}, {drafts.undrafted[slug]}."
