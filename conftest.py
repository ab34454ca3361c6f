"""Where pytest looks for doctests: not in modules that need PyTorch where that is missing."""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("torch") else ["generator/onrecord/train/accurate/*"]
