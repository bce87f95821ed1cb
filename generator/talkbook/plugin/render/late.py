"""A file for MkDocs whose content is made only when it is asked for."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from talkbook.pages.routes import SiteFile


class Late(File):
    """A file that stands beside a page. Once it is `written`, MkDocs does not write it again."""

    beside: SiteFile
    written = False

    @property
    def _content(self) -> Any:
        return self.beside.make()

    @_content.setter
    def _content(self, content: Any) -> None:
        self.beside = SiteFile(self.dest_uri, lambda: content)

    def copy_file(self, dirty: bool = False) -> None:
        """Write the file, unless it is there."""
        if not self.written:
            super().copy_file(dirty)


def file(beside: SiteFile, config: MkDocsConfig) -> Late:
    """The file for what stands beside a page."""
    name = f"{beside.path}.txt" if beside.path.endswith(".md") else beside.path  # MkDocs takes Markdown for a page
    made = Late(
        name,
        src_dir=None,
        dest_dir=config.site_dir,
        use_directory_urls=config.use_directory_urls,
        dest_uri=beside.path,
        inclusion=InclusionLevel.INCLUDED,
    )
    made.generated_by = "talkbook"
    made.beside = beside
    return made
