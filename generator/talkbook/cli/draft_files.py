"""Proposals as they stand in the files of the content folder, and the record of what was proposed.

What is there is never changed: a proposal is a new file, or an entry more in a list.
"""

import json
from collections.abc import Iterator, Mapping, Set

from talkbook.drafting.draft import Drafts
from talkbook.drafting.proposals import Span, TopicProposal
from talkbook.problems import excerpt
from talkbook.sources.source import Sources
from talkbook.text import ids

_EXCERPT = 200  # characters of the evidence that stands beside a proposal


def changes(drafts: Drafts, sources: Sources, texts: Mapping[str, str]) -> Mapping[str, bytes]:
    """Path in the content folder -> what shall stand there, of each file that is to be written.

    texts: by its slug, the source of each transcript, which evidence is quoted from.
    """
    return {path: text.encode() for path, text in _topics(drafts, {each.slug for each in sources.topics}, texts)}


def _topics(drafts: Drafts, taken: Set[str], texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    slugs = set(taken)
    for rank, proposal in enumerate(drafts.topics, 1):
        slug = ids.slug(proposal.title)
        if slug not in slugs:
            slugs.add(slug)
            yield f"topics/{slug}.md", topic(proposal, rank, texts)


def topic(proposal: TopicProposal, rank: int, texts: Mapping[str, str]) -> str:
    """The file of a proposed topic. rank: its place among the proposed, from 1."""
    lists = {"aliases": proposal.aliases, "hidden_labels": proposal.hidden_labels}
    lines = [
        "---",
        f"# Proposed by Talkbook, {_sure(proposal.probability)} sure. Write an explanation and take the status out, or",
        "# delete the file: it is not proposed again.",
        *(f"# {_quoted(each, texts)}" for each in proposal.evidence),
        f"title: {_scalar(proposal.title)}",
        *(f"{key}: [{', '.join(map(_scalar, values))}]" for key, values in lists.items() if values),
        *([f"kind: {proposal.kind}"] if proposal.kind else []),
        "status: proposed",
        f"rank: {rank}",
        "---",
        "",
    ]
    return "\n".join(lines)


def _sure(probability: float) -> str:
    return f"{min(99, round(100 * probability))} %"


def _quoted(span: Span, texts: Mapping[str, str]) -> str:
    words = excerpt(texts[span.transcript][span.start : span.end], _EXCERPT)
    return f"{span.transcript}: {''.join(each for each in words if each.isprintable())}"


def _scalar(text: str) -> str:
    """The text as a YAML scalar of one line, in quotes where it would be read as something else."""
    plain = text.replace(" ", "").replace("-", "").isalnum() and text[0] not in "-" and text == text.strip()
    return text if plain else json.dumps(text, ensure_ascii=False)
