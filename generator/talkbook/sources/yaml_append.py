"""Add to a YAML file without touching anything that is there: comments, order and formatting stay."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

_PLAIN = re.compile(r"[^\W\d_](?:[\w '.-]*[\w.])?")


def scalar(text: str) -> str:
    """Format the text as a YAML scalar on one line, quoted if it could be read as anything else."""
    if _PLAIN.fullmatch(text):
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"


def item(values: Mapping[str, str]) -> str:
    """Format the values as a flow mapping on one line."""
    return "{" + ", ".join(f"{key}: {scalar(value)}" for key, value in values.items()) + "}"


def append(text: str, key: str, items: Sequence[Mapping[str, str]]) -> str:
    """Append the items to the list under `key` in the text of a file; the list is created if missing.

    Raises ValueError if that is impossible: the file is not a block mapping, or there is no list under the key.
    """
    if not items:
        return text
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    lists = _keys(root) if isinstance(root, yaml.MappingNode) else {}
    if key in lists:
        made = _extended(text, lists[key], items)
    elif root is None or (isinstance(root, yaml.MappingNode) and not root.flow_style):
        made = _after(text, len(text), [f"{key}:", *(f"  - {item(values)}" for values in items)])
    else:
        raise ValueError("the file is not a list of keys on lines of their own")
    before = _loaded(text)
    wanted = {**before, key: [*(before.get(key) or []), *map(dict, items)]}
    if _loaded(made) != wanted:
        raise ValueError("the end of the list can't be found")
    return made


def block(text: str, lines: Sequence[str]) -> str:
    """Append lines of YAML with further top-level keys to the text of a file.

    Raises ValueError if one of the keys exists, or nothing can be appended.
    """
    made = _after(text, len(text), lines)
    before, more = _loaded(text), _loaded("\n".join(lines))
    if not before.keys().isdisjoint(more) or _loaded(made) != {**before, **more}:
        raise ValueError("the keys can't be added")
    return made


def _loaded(text: str) -> dict[str, Any]:
    try:
        return yaml.load(text, Loader=yaml.BaseLoader) or {}
    except yaml.YAMLError as error:
        raise ValueError(f"the result would not be valid YAML: {' '.join(str(error).split())}") from None


def _keys(root: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {str(name.value): value for name, value in root.value if isinstance(name, yaml.ScalarNode)}


def _extended(text: str, node: yaml.Node, items: Sequence[Mapping[str, str]]) -> str:
    if isinstance(node, yaml.SequenceNode) and node.flow_style:
        at = node.end_mark.index - 1
        comma = ", " if node.value else ""
        return text[:at] + comma + ", ".join(map(item, items)) + text[at:]
    if isinstance(node, yaml.SequenceNode):
        indent, at = " " * node.start_mark.column, _last(node)
    elif isinstance(node, yaml.ScalarNode) and not node.value:
        indent, at = "  ", node.end_mark.index
    else:
        raise ValueError("no list")
    return _after(text, at, [f"{indent}- {item(values)}" for values in items])


def _last(node: yaml.Node) -> int:
    """Return where the content of a node ends, before trailing white space and comments; -1 for a block scalar."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        inner = node.value[-1]
        node = inner[1] if isinstance(node, yaml.MappingNode) else inner
    lines = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return -1 if lines else node.end_mark.index


def _after(text: str, at: int, lines: Sequence[str]) -> str:
    """Insert lines after the line that holds text[at - 1]. at: -1 if unknown, which raises ValueError."""
    if at < 0:
        raise ValueError("the list ends with a text of several lines")
    end = "\r\n" if "\r\n" in text else "\n"
    line = text.find("\n", at) + 1 or len(text)
    before = text[:line]
    joint = "" if not before or before.endswith("\n") else end
    return before + joint + "".join(f"{added}{end}" for added in lines) + text[line:]
