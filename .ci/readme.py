"""The README as a package index shows it, where there is no repository around it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_PICTURE = re.compile(r"!\[[^\]]*\]\((?!https?:)[^)]*\)\n*")
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:)([^)]*)\)")


class IndexReadme(MetadataHookInterface):
    """Gives the project its readme, when it is built."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Links into the repository lead to the one that ``[project.urls]`` names; as long as none is named, their words stay alone."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        repository = metadata.get("urls", {}).get("Repository")
        metadata["readme"] = {"content-type": "text/markdown", "text": shown_outside(text, repository)}


def shown_outside(text: str, repository: str | None) -> str:
    """The text with links that lead somewhere from outside of the repository, and without pictures, which are files of it."""
    linked = f"[\\1]({repository.rstrip('/')}/blob/main/\\2)" if repository else "\\1"
    return _LINK.sub(linked, _PICTURE.sub("", text))
