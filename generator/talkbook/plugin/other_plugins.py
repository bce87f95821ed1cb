"""What other plugins and hooks of a project have a part in."""

from mkdocs.config.defaults import MkDocsConfig

_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
# Of Material's search it is known what it does to a page of ours: it takes some attributes out.
_OURS = ("talkbook.plugin.plugin", "material.plugins.search.plugin")


def of_pages(config: MkDocsConfig) -> str:
    """One clause that says which of them sees or changes every single page, "" if none does."""
    for event in _EVENTS:
        for method in config.plugins.events[event]:
            module = getattr(method, "__module__", "")
            if module not in _OURS:
                return f"{module or 'a hook'} handles on_{event}"
    return ""


def none(config: MkDocsConfig) -> bool:
    """Whether there are none but ours and Material's search."""
    return not config.hooks and all(type(each).__module__ in _OURS for each in config.plugins.values())
