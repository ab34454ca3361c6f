"""What machines run: the make targets, the CI script, the workflows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_keeps_to_the_schema(workflow: Path) -> None:
    # The schema comes with the package, so nothing is fetched.
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_there_is_one_workflow_that_tests_and_one_that_deploys() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in WORKFLOWS}
    assert "run: .ci/run" in texts["ci.yml"] and "run: make audit" in texts["ci.yml"]
    assert re.findall(r"uses: actions/(upload-pages-artifact|deploy-pages)@", texts["pages.yml"]) == [
        "upload-pages-artifact",
        "deploy-pages",
    ]


def test_the_ci_script_runs_and_requires_a_browser() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines.index("export ONRECORD_REQUIRE_BROWSER=1") < lines.index("make check") < lines.index("make test")


def test_make_alone_lists_its_targets() -> None:
    listed = subprocess.run(["make", "-C", str(ROOT), "--no-print-directory"], capture_output=True, text=True, check=True).stdout
    assert re.findall(r"^make ([\w-]+)", listed, re.MULTILINE) == [
        "help",
        "site",
        "serve",
        "test",
        "test-quick",
        "check",
        "picture",
        "dist",
        "lock",
        "audit",
        "clean",
    ]


@pytest.mark.parametrize("target", ["site", "test"])
def test_make_installs_nothing_that_is_there(target: str, tmp_path: Path) -> None:
    """With the stamps younger than the pins, a target runs its command and nothing else."""
    for name in ("Makefile", "pyproject.toml", ".ci/lock.txt", ".ci/lock-test.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    command = ["make", "-C", str(tmp_path), "--no-print-directory", "--dry-run", target]
    assert "pip install" in subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for stamp in (".venv/bin/python", ".venv/.installed", ".venv/.installed-test"):
        (tmp_path / stamp).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / stamp).touch()
    assert "pip install" not in subprocess.run(command, capture_output=True, text=True, check=True).stdout


# --- locks ---------------------------------------------------------------------------------------------------------

LOCKS = ("lock.txt", "lock-test.txt", "lock-tools.txt")


def locked(name: str) -> dict[str, list[str]]:
    """Each package of a lock with its version and its hashes, by its normal name."""
    text = (ROOT / ".ci" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        requirement, *hashes = line.split("--hash=sha256:")
        found.setdefault(canonicalize_name(Requirement(requirement).name), []).extend([str(Requirement(requirement).specifier), *hashes])
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_names_no_index(name: str) -> None:
    text = (ROOT / ".ci" / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|index-url|find-links|@", text)
    for package, (version, *hashes) in locked(name).items():
        assert re.fullmatch(r"==[\w.+!]+", version), package
        assert hashes and all(re.fullmatch(r"[0-9a-f]{64}|==[\w.+!]+", one.strip()) for one in hashes), package


@pytest.mark.parametrize(
    ("name", "extras"), [("lock.txt", ("accurate", "documents", "html")), ("lock-test.txt", ("dask", "html", "material", "train", "test"))]
)
def test_a_lock_has_all_that_the_project_asks_for(name: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    asked += [one for extra in extras for one in project["project"]["optional-dependencies"][extra]]
    versions = locked(name)
    for requirement in map(Requirement, asked):
        if requirement.name != "onrecord":
            assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)][0].removeprefix("==")), requirement


def test_every_dependency_has_a_line_that_says_why() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [one for extra, names in project["optional-dependencies"].items() if extra != "test" for one in names]
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## What it depends on, and why")[2].lower()
    assert not [one for one in (*project["dependencies"], *extras) if Requirement(one).name.lower() not in told]


def test_the_locks_agree() -> None:
    tests = locked("lock-test.txt")
    assert all(tests[package] == pins for package, pins in locked("lock.txt").items())


def test_the_constraints_are_the_versions_that_the_tests_have() -> None:
    tested = re.findall(r"^([a-z0-9].*==.*) \\$", (ROOT / ".ci/lock-test.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() == tested
    assert {canonicalize_name(Requirement(line).name) for line in tested} == locked("lock-test.txt").keys()


def test_make_installs_by_hash_and_nothing_else() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = re.findall(r"^\t.*\$\(PIP\) (.*)$", makefile, re.MULTILINE)
    assert len(installs) == 4
    assert all(re.fullmatch(r"--require-hashes -r \.ci/lock[\w-]*\.txt|--no-deps --no-build-isolation -e \.", one) for one in installs)


# --- what workflows may do -----------------------------------------------------------------------------------------

SHOWN = [*WORKFLOWS, ROOT / "templates/project/.github/workflows/pages.yml", ROOT / "site/docs/guide/ci.md"]
"""Ours, the one that a new project gets, and the one in the guide."""


@pytest.mark.parametrize("file", SHOWN, ids=lambda path: f"{path.parents[1].name}-{path.name}")
def test_actions_are_pinned_to_commits_and_say_their_version(file: Path) -> None:
    used = re.findall(r"uses: (.+)", file.read_text(encoding="utf-8"))
    assert used
    for one in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one


def test_an_action_has_one_version_everywhere() -> None:
    used = {one for file in SHOWN for one in re.findall(r"uses: (.+)", file.read_text(encoding="utf-8"))}
    assert len({one.partition("@")[0] for one in used}) == len(used)


@pytest.mark.parametrize("file", SHOWN, ids=lambda path: f"{path.parents[1].name}-{path.name}")
def test_a_job_may_only_what_it_needs(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".md":
        text = next(block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "jobs:" in block)
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        steps = job["steps"]
        assert job["permissions"] in ({"contents": "read"}, {"pages": "write", "id-token": "write"}, {"pull-requests": "write"})
        assert all(step.get("with", {}).get("persist-credentials") is False for step in steps if "checkout@" in step.get("uses", ""))
        if job["permissions"] != {"contents": "read"}:
            assert not [step for step in steps if runs_something_of_a_repository(step)]


def runs_something_of_a_repository(step: dict[str, Any]) -> bool:
    """Whether a step of a job that may write could run what somebody else wrote: files of a repository, or an expression that GitHub puts
    into a script as it is. Values come to a script by its environment, and the client of GitHub is all that it calls."""
    script = str(step.get("run", ""))
    called = {line.split()[0] for line in re.findall(r"(?:^\s*|\$\()((?!if |else|fi$|\w+=).+)", script, re.MULTILINE)}
    return "checkout@" in str(step.get("uses", "")) or "${{" in script or not called <= {"gh"}
