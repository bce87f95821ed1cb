"""YAML with line numbers, validated against a JSON Schema, so that every fault has a place.

All scalars are strings, as written: `54:56` is not a number of seconds, `no` is not a boolean, and a date is text for
its reader to parse.
"""

import datetime
import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

import yaml
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from talkbook.problems import ParseError, Problem, did_you_mean, excerpt

Path = tuple[str | int, ...]
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # PyYAML may be built without libyaml
_EMPTY: Any = yaml.compose("{}")
_PRIVATE = ("private",)  # no message quotes what is under this key

# Schema keywords about the content of a text: if only these fail, all keys are known and in their places.
_WORDING = frozenset(("enum", "format", "maxLength", "minLength", "pattern"))


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of a document that doesn't match the schema.

    at: the path of the part.
    wording: whether the part is a text in the right place, with the wrong content.
    """

    problem: Problem
    at: Path
    wording: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The data in a YAML text, and the line of the file on which each part starts.

    data: the top mapping ({} for an empty text), without the faulty parts.
    lines: path of keys and indices -> line, from 1.
    """

    path: str
    data: dict[str, Any]
    lines: Mapping[Path, int]
    faults: tuple[Fault, ...] = ()

    def line(self, *path: str | int) -> int:
        """Return the line of the part at `path`, or of the closest enclosing part that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read(text: str, path: str, schema: str, first_line: int = 1) -> Document:
    """Parse and validate `text`, which starts on `first_line` of the file at `path`.

    schema: the name of a schema in talkbook/schemas, without its suffix.

    Raises ParseError with every fault found.
    """
    document = read_valid(text, path, schema, first_line)
    if document.faults:
        raise ParseError(*(fault.problem for fault in document.faults))
    return document


def read_valid(text: str, path: str, schema: str, first_line: int = 1) -> Document:
    """Like read(), but leave faulty parts out of the data, and list them in the document's faults.

    A required key that is missing at the top is missing in the data, too. Raises ParseError if the text is not valid
    YAML, or if an alias repeats a list or a mapping.
    """
    node = _composed(text, path, first_line)
    aliased = sorted({first_line + alias.start_mark.line for alias in _aliased(node)}) if "*" in text else ()
    if aliased:  # a part that contains itself would never end
        message = "This list or mapping is used again with a *."
        raise ParseError(*(Problem(path, line, message, "Write it out in each place.") for line in aliased))
    without: set[int] = set()
    values = _Values(path, first_line, without)
    data = values.of(node, ())
    errors = sorted(_validator(schema).iter_errors(data), key=lambda error: [*map(str, error.absolute_path)])
    whole = Document(path, data, values.lines)
    faults = [*values.faults, *(_fault(whole, error) for error in errors)]
    while wrong := {id(values.nodes[at]) for error in errors for at in _wrong(error) if at} - without:
        without |= wrong
        values = _Values(path, first_line, without)
        data = values.of(node, ())
        errors = list(_validator(schema).iter_errors(data))
    return Document(path, data if isinstance(data, dict) else {}, values.lines, tuple(faults))


def scalars(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, text) for each key and each value. Raises yaml.YAMLError if the text is not valid YAML."""
    for token in yaml.scan(text, Loader=LOADER):
        if isinstance(token, yaml.ScalarToken):
            yield token.start_mark.line + 1, token.value


def _wrong(error: ValidationError) -> list[Path]:
    """Return the paths of the parts to leave out so that the error disappears."""
    at = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        part: Any = error.instance
        schema: Any = error.schema
        return [(*at, key) for key in part if key not in schema.get("properties", {})]
    return [at]


def _composed(text: str, path: str, first_line: int) -> yaml.Node:
    """Return the text's root node; that of an empty text is an empty mapping. Raises ParseError if it is not YAML."""
    try:
        node: yaml.Node = yaml.compose(text, Loader=LOADER) or _EMPTY
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise ParseError(Problem(path, line, f"This is not valid YAML: {error.problem}.", _YAML_CURE)) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ParseError(
            Problem(path, first_line, f"This is not valid YAML: {excerpt(str(error))}.", _YAML_CURE)
        ) from None
    return node


_YAML_CURE = "Put quotes around text that contains a colon, a # or quotes, and indent with spaces."


def _aliased(node: yaml.Node) -> Iterator[yaml.Node]:
    """Yield the lists and mappings that occur in more than one place, or within themselves."""
    seen: set[int] = set()
    stack: list[Any] = [node]
    while stack:
        part = stack.pop()
        if id(part) in seen:
            yield part
        elif isinstance(part, yaml.CollectionNode):
            seen.add(id(part))
            stack.extend(chain.from_iterable(part.value) if isinstance(part, yaml.MappingNode) else part.value)


class _Values:
    """Converts nodes to values, and records where each starts and which keys are faulty.

    lines: as in Document.
    nodes: path -> node.
    first: the line on which the text starts.
    without: the id() of each node to leave out.
    """

    def __init__(self, path: str, first: int, without: Set[int]) -> None:
        self.lines: dict[Path, int] = {}
        self.nodes: dict[Path, yaml.Node] = {}
        self.faults: list[Fault] = []
        self._path, self._first, self._without = path, first, without

    def of(self, node: yaml.Node, at: Path) -> Any:
        """Return the value of the node at a path of keys and indices."""
        self.lines.setdefault(at, self._line(node))
        self.nodes[at] = node
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            items = (item for item in node.value if id(item) not in self._without)
            return [self.of(item, (*at, index)) for index, item in enumerate(items)]
        return node.value

    def _mapping(self, node: yaml.MappingNode, at: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, at, "A list or a mapping is used as a key here.", "Write text.")
                continue
            name = str(key.value)
            place = (*at, name)
            if place in self.lines:
                what = "A key" if at[:1] == _PRIVATE else f'The key "{name}"'
                self._fault(key, at, f"{what} appears here a second time.", "Keep one of them.")
                continue
            self.lines[place] = self._line(key)
            if id(value) not in self._without:
                mapping[name] = self.of(value, place)
        return mapping

    def _line(self, node: yaml.Node) -> int:
        return self._first + int(node.start_mark.line)

    def _fault(self, node: yaml.Node, at: Path, message: str, hint: str) -> None:
        self.faults.append(Fault(Problem(self._path, self._line(node), message, hint), at))


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = resources.files("talkbook").joinpath(f"schemas/{schema}.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text), format_checker=_FORMATS)


_FORMATS = FormatChecker(())


@_FORMATS.checks("uri-reference", raises=ValueError)
@_FORMATS.checks("uri", raises=ValueError)
def _can_be_taken_apart(value: object) -> bool:
    """Return whether a URL has a host and a valid port; may also raise ValueError."""
    if not isinstance(value, str) or "://" not in value:
        return True
    parts = urlsplit(value)
    return bool(parts.hostname) and parts.port != 0


@_FORMATS.checks("encoding", raises=(LookupError, ValueError))
def _is_encoding(value: object) -> bool:
    """Return whether there is a text encoding with this name; raises LookupError if not."""
    return not isinstance(value, str) or bool("a".encode(value))


def _fault(document: Document, error: ValidationError) -> Fault:
    at = tuple(error.absolute_path)
    rule: Any = error.validator_value
    schema: Any = error.schema
    part: Any = error.instance
    name = ".".join(map(str, at)) or "the file"
    private = at[:1] == _PRIVATE
    value = "…" if private else excerpt(str(part))
    message, hint = f'"{name}" is not right: {"…" if private else excerpt(error.message)}.', ""
    match error.validator:
        case "additionalProperties":
            known = list(schema.get("properties", {}))
            unknown = sorted(set(part) - set(known))
            at = (*at, unknown[0])
            message = " ".join(f'Unknown key "{key}".' for key in unknown)
            hint = did_you_mean(unknown[0], known) or f"The keys are: {', '.join(known)}."
            if private:
                message, hint = f'There is an unknown key in "{name}".', f"The keys are: {', '.join(known)}."
        case "required":
            missing = next(key for key in rule if key not in part)
            inside = f' in "{name}"' if at else ""
            message, hint = f'The key "{missing}" is missing{inside}.', "Add it."
        case "enum" if isinstance(part, str):
            message = f'"{name}" cannot be "{value}".'
            hint = did_you_mean(part, rule) or f"Choose from: {', '.join(rule)}."
        case "maxLength":
            message = f'"{name}" has {len(part)} characters; at most {rule} are allowed.'
            hint = "Shorten it."
        case "type" | "enum":
            message = f'"{name}" is {_KINDS.get(type(part), "something else")}.'
            hint = f"Write {_WANTED[rule] if error.validator == 'type' else 'text'}."
        case "maxItems":
            message, hint = f'"{name}" has {len(part)} items; at most {rule} are allowed.', "Remove some."
        case "minProperties" | "maxProperties":
            message, hint = f'"{name}" has {len(part)} keys, but needs one.', str(schema.get("description", ""))
        case "pattern" | "minLength" | "format":
            message = f'"{name}" cannot be "{value}".'
            hint = str(schema.get("description", ""))
    problem = Problem(document.path, document.line(*at), message, hint)
    return Fault(problem, at, error.validator in _WORDING and not isinstance(part, (dict, list)))


_WANTED = {"string": "text", "array": "a list", "object": "a mapping of keys to values"}
_KINDS: Mapping[type, str] = {str: "text", list: "a list", dict: "a mapping of keys to values"}


def day(document: Document, key: str, problems: list[Problem]) -> datetime.date | None:
    """Return the date under `key`; None if there is none, or if it is not a date, which is added to `problems`."""
    value = document.data.get(key, "")
    try:
        return datetime.date.fromisoformat(value) if value else None
    except ValueError:
        message = f'There is no date "{value}".'
        problems.append(Problem(document.path, document.line(key), message, "Write a date such as 2025-12-31."))
        return None


def items(document: Document, *path: str) -> Iterator[tuple[int, Any]]:
    """Return (line, item) for each item of the list at the path; nothing if there is no such list."""
    part: Any = document.data
    for key in path:
        part = part.get(key, {})
    return ((document.line(*path, index), item) for index, item in enumerate(part))
