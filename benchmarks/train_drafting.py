"""Train the data files of talkbook/drafting from marked conversations, or score them by leaving each out in turn.

    python benchmarks/train_drafting.py CORPORA [--score]

CORPORA: a folder with marks/ (conversations whose topics and sections careful readers marked), scale/ and dialogues/.
Topics are also learnt from benchmarks/drafting/: read_topics.json has an editor's topics for conversations of CORPORA
that were read in full, and sketched_topics.json for others that were only skimmed. Needs scikit-learn, which Talkbook
itself doesn't use.
"""

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from talkbook.book import build
from talkbook.drafting import (
    boundaries,
    candidates,
    language,
    salience,
    sections,
    tokenization,
    topic_ranking,
    word_classes,
)
from talkbook.drafting.logistic import Model
from talkbook.drafting.terms import Term
from talkbook.drafting.tokenization import TokenizedConversation
from talkbook.sources.source import Source, Sources

HERE = Path(__file__).parent
DATA = HERE.parent / "generator" / "talkbook" / "drafting" / "data"
SHOWS = ("scale/gotime", "scale/practicalai", "scale/news", "dialogues")
LEAST = 0.02  # a word of talk occurs in at least this share of each show's conversations
TOPICS_C, SECTIONS_C = 0.03, 0.01  # inverse strength of regularisation
NEAR = 400  # characters; a proposed start this close to a marked one counts as correct
LEAST_NOUNS = 100  # occurrences needed to estimate how often a word is a noun
MUST = 2.0  # the weight of a topic that no editor would leave out


def read(path: Path) -> TokenizedConversation:
    source = Source(path.name, path.stem, path.read_bytes())
    return tokenization.read(build.build(Sources(transcripts=(source,))).transcripts[0])


conversed = cache(read)


def digest(paths: Sequence[Path]) -> str:
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(path.read_bytes())
    return found.hexdigest()


def made_of(corpora: Path, paths: Sequence[Path]) -> dict[str, object]:
    """Return the provenance of the numbers, for the data file."""
    folders = sorted({path.relative_to(corpora).parent.as_posix() for path in paths})
    return {"sources": folders, "files": len(paths), "sha256": digest(paths)}


def talk_words(corpora: Path, marked: set[str]) -> dict[str, object]:
    """Return statistics of words in conversations, except the marked ones.

    shares: word -> share of conversations that contain it, in the show with the lowest share.
    nouns: as in Language.
    """
    shares: list[dict[str, float]] = []
    paths: list[Path] = []
    counts: dict[str, Counter[str]] = {"nouns": Counter(), "others": Counter()}
    for show in SHOWS:
        here = [path for path in sorted((corpora / show).glob("*.md")) if path.stem not in marked]
        have = Counter(word for path in here for word in set(re.findall(r"[a-z]+(?:'[a-z]+)?", _lower(path))))
        shares.append({word: count / len(here) for word, count in have.items()})
        paths += here
        for path in here:
            for word, (nouns, others) in word_classes.count(read(path), language.load("en")).items():
                counts["nouns"][word] += nouns
                counts["others"][word] += others
    common = set.intersection(*map(set, shares))
    least = {word: round(min(share[word] for share in shares), 3) for word in sorted(common)}
    places = {word: counts["nouns"][word] + counts["others"][word] for word in counts["nouns"] | counts["others"]}
    return {
        "made_of": made_of(corpora, paths),
        "shares": {word: share for word, share in least.items() if share >= LEAST},
        "nouns": {
            word: round(counts["nouns"][word] / count, 2)
            for word, count in sorted(places.items())
            if count >= LEAST_NOUNS and word.isalpha() and not language.load("en").is_stop(word)
        },
    }


def _lower(path: Path) -> str:
    return path.read_text("utf-8").lower().replace("’", "'")


# names(), same() and pairs() are those of the scorer that judges drafts.


def stem(word: str) -> str:
    for ending, left in (("ies", "y"), ("es", "e"), ("s", "")):
        if word.endswith(ending) and len(word) > 3 and not word.endswith("ss"):
            return word[: -len(ending)] + left
    return word


def names(topic: Mapping[str, object]) -> list[frozenset[str]]:
    title = str(topic["title"])
    inside = re.findall(r"\(([^)]*)\)", title)
    every = [re.sub(r"\([^)]*\)", " ", title), *inside, *list(topic.get("aliases", ()))[:5]]  # type: ignore[call-overload]
    sets = [
        frozenset(stem(w) for w in re.findall(r"\w+", each.lower()) if w not in ("the", "a", "an", "of"))
        for each in every
    ]
    return [each for each in sets if each]


def same(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    for a in names(one):
        for b in names(other):
            small, large = sorted((a, b), key=len)
            if a == b or (small <= large and len(large) - len(small) <= 1 and any(len(word) > 4 for word in small)):
                return True
    return False


def pairs(left: Sequence[object], right: Sequence[object], fit: object) -> dict[int, int]:
    """Return a maximum matching, by augmenting paths: index in `right` -> index in `left`, for pairs that `fit`."""
    taken: dict[int, int] = {}

    def find(a: int, seen: set[int]) -> bool:
        for b in range(len(right)):
            if b not in seen and fit(left[a], right[b]):  # type: ignore[operator]
                seen.add(b)
                if b not in taken or find(taken[b], seen):
                    taken[b] = a
                    return True
        return False

    for a in range(len(left)):
        find(a, set())
    return taken


def proposed(term: Term) -> dict[str, object]:
    return {"title": term.form, "aliases": list(term.others)}


def label(term: Term, editor: Sequence[Mapping[str, object]]) -> float:
    """Return 1 or more for an editor's topic, 0 for others, -1 for a similar name that may mean something else."""
    mine = set(names(proposed(term)))
    exact = [topic for topic in editor if mine & set(names(topic))]
    if exact:
        return MUST if any(topic.get("must") for topic in exact) else 1.0
    return -1.0 if any(same(proposed(term), topic) for topic in editor) else 0.0


class Marked:
    """A conversation, its candidate topics, and the topics that an editor would choose."""

    def __init__(self, path: Path, editor: Sequence[Mapping[str, object]]) -> None:
        words = language.load("en")
        self.name, self.editor, self.conversation = path.stem, editor, conversed(path)
        self.terms = candidates.find(self.conversation, words)
        features = salience.features(self.conversation, words, self.terms)
        labels = np.array([label(term, editor) for term in self.terms])
        used = topic_ranking.prominent(features) & (labels >= 0)
        self.features, self.labels = features[used], labels[used]

    def score(self, model: Model) -> tuple[float, float, list[str]]:
        """Rank the candidates, and compare them with the editor's topics.

        Returns the recall of the musts in the first 30, the precision of the first 20, and the titles of missed musts.
        """
        ranked = topic_ranking.rank(self.conversation, language.load("en"), self.terms, model, 30)
        made = [proposed(term) for term, _ in ranked]
        must = [topic for topic in self.editor if topic.get("must")]
        found = set(pairs(must, made, same).values())
        missed = [str(topic["title"]) for at, topic in enumerate(must) if at not in found]
        good = len(pairs(made[:20], self.editor, same))
        return 1 - len(missed) / len(must), good / 20, missed


class Sectioned:
    """A conversation's pieces, and which of them start a section marked by a careful reader."""

    def __init__(self, path: Path, real: Sequence[tuple[int, str]]) -> None:
        self.conversation = conversed(path)
        self.real = [start for start, _ in real]
        self.pieces = boundaries.pieces(self.conversation)
        self.features = boundaries.features(self.conversation, language.load("en"), self.pieces)
        self.labels = np.zeros(len(self.pieces))
        for start in self.real:
            at = min(range(len(self.pieces)), key=lambda at: abs(self.pieces[at].start - start))
            self.labels[at] = abs(self.pieces[at].start - start) <= NEAR

    def score(self, model: Model) -> float:
        """Return the F1 score of the section starts, matched one to one."""
        made = [self.pieces[at].start for at in sections.cut(self.pieces, model.probability(self.features))]
        right = len(pairs(self.real, made, lambda one, other: abs(one - other) <= NEAR))
        return 2 * right / (len(self.real) + len(made))


def fitted(marked: Sequence[Marked] | Sequence[Sectioned]) -> Model:
    strength = TOPICS_C if isinstance(marked[0], Marked) else SECTIONS_C
    rows = np.vstack([each.features for each in marked])
    labels = np.concatenate([each.labels for each in marked])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=5000))
    model.fit(rows, labels > 0, logisticregression__sample_weight=np.maximum(1, labels))
    scaler, regression = model[0], model[1]
    return Model(regression.coef_[0], scaler.mean_, scaler.scale_, float(regression.intercept_[0]))


def marks(corpora: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    for path in sorted((corpora / "marks").glob("*.json")):
        yield path.with_suffix(".md"), json.loads(path.read_text("utf-8"))


def written(model: Model, features: Sequence[str], origin: Mapping[str, object]) -> dict[str, object]:
    values = zip(model.weights, model.means, model.scales, strict=True)
    columns = [[round(float(number), 4) for number in each] for each in values]
    return {
        "made_of": origin,
        "intercept": round(model.intercept, 4),
        "features": dict(zip(features, columns, strict=True)),
    }


def write(name: str, data: Mapping[str, object]) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (DATA / f"{name}.json").write_text(
        re.sub(r"\[\s+([^\]{}]*?)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", text) + "\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument(
        "--score", action="store_true", help="Write nothing; leave one marked conversation out at a time."
    )
    given = parser.parse_args()
    known = dict(marks(given.corpora))
    whole, sketched = (
        json.loads((HERE / "drafting" / f"{name}_topics.json").read_text("utf-8")) for name in ("read", "sketched")
    )
    if not given.score:
        write("talk_words", talk_words(given.corpora, {path.stem for path in known}))
        language.load.cache_clear()
    marked = [Marked(path, data["editor_topics"]) for path, data in known.items()]  # type: ignore[arg-type]
    more = [Marked(given.corpora / path, editor) for path, editor in whole.items()]
    rest = [Marked(given.corpora / path, editor) for path, editor in sketched.items()]
    cut = [Sectioned(path, data["sections"]) for path, data in known.items()]  # type: ignore[arg-type]
    if given.score:
        for name, group in (("marked", marked), ("read whole", more)):
            rows = []
            for each in group:
                must, good, missed = each.score(fitted([it for it in (*marked, *more, *rest) if it is not each]))
                rows.append((must, good))
                print(f"{each.name[:40]:40} must found {must:.0%}, an editor's {good:.0%}; missed: {', '.join(missed)}")
            must, good = np.mean(rows, 0)
            print(f"topics, {name}, each left out: must found {must:.1%}, an editor's {good:.1%}")
        scores = [each.score(fitted([other for other in cut if other is not each])) for each in cut]
        print(f"sections, each left out: F1 {' '.join(f'{score:.2f}' for score in scores)}, mean {np.mean(scores):.3f}")
        return
    paths = [*known, *(given.corpora / path for path in (*whole, *sketched))]
    write(
        "topic_weights", written(fitted([*marked, *more, *rest]), salience.ALL_FEATURES, made_of(given.corpora, paths))
    )
    write("section_weights", written(fitted(cut), boundaries.FEATURES, made_of(given.corpora, list(known))))


if __name__ == "__main__":
    sys.exit(main())
