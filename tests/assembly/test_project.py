"""The project that ``onrecord new`` lays out: complete, and it builds with the very step that its workflow runs."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from markdown_it import MarkdownIt

from onrecord import __version__
from onrecord.article import load_article
from onrecord.assembly.project import project_files, requirement, requirement_of
from onrecord.cli import main
from tests.conftest import ROOT
from tests.support.crawl import broken, third_parties

pytestmark = pytest.mark.slow

WORKFLOW = ".github/workflows/pages.yml"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "project"
    done = CliRunner().invoke(main, ["new", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


def steps(project: Path, job: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = yaml.safe_load((project / WORKFLOW).read_text())["jobs"][job]["steps"]
    return found


def test_it_is_complete(project: Path) -> None:
    files = {file.relative_to(project).as_posix() for file in project.rglob("*") if file.is_file()}
    assert files == {"mkdocs.yml", "requirements.txt", "lock.txt", "README.md", ".gitignore", WORKFLOW, "docs/articles/night-ferry.md"}
    assert (project / "requirements.txt").read_text().splitlines()[1:] == requirement().splitlines()
    assert not [file for file in files if "@ONRECORD@" in (project / file).read_text()]


def test_it_installs_what_it_was_tested_with_by_hash(project: Path) -> None:
    assert (project / "lock.txt").read_bytes() == (ROOT / ".ci/lock.txt").read_bytes()
    shown = [(project / "README.md").read_text(), (ROOT / "site/docs/guide/ci.md").read_text(), (project / WORKFLOW).read_text()]
    for text in shown:
        installs = re.findall(r"pip install (.*)", text)
        assert installs[:2] == ["--require-hashes -r lock.txt", "--no-deps --no-build-isolation -r requirements.txt"]


def test_a_wheel_of_another_content_is_not_installed(project: Path, tmp_path: Path) -> None:
    name = f"onrecord-{__version__}-py3-none-any.whl"
    line = requirement_of({"url": f"file:///{name}", "archive_info": {"hash": f"sha256={'0' * 64}"}})
    (tmp_path / "wheels").mkdir()
    with zipfile.ZipFile(tmp_path / "wheels" / name, "w") as wheel:
        wheel.writestr("x", "")
    (tmp_path / "requirements.txt").write_bytes(project_files(line)["requirements.txt"])
    (install,) = [step["run"] for step in steps(project, "build") if step.get("name") == "Install"]
    command = [sys.executable, *str(install).splitlines()[1].split()[1:], "--dry-run", "--no-index"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0 and "THESE PACKAGES DO NOT MATCH THE HASHES" in done.stderr


def test_the_article_says_where_it_is_from(project: Path) -> None:
    meta = load_article(project / "docs/articles/night-ferry.md").meta
    assert all((meta.title, meta.byline, meta.outlet, meta.date))


def test_the_workflow_is_what_github_accepts(project: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(project / WORKFLOW)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    broken_workflow = project.parent / "broken.yml"
    broken_workflow.write_text((project / WORKFLOW).read_text().replace("runs-on:", "run-on:"))
    assert subprocess.run([*command[:-1], str(broken_workflow)], capture_output=True).returncode != 0


def test_the_workflow_deploys_what_it_builds(project: Path) -> None:
    deploy = yaml.safe_load((project / WORKFLOW).read_text())["jobs"]["deploy"]
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert deploy["environment"]["name"] == "github-pages"
    (upload,) = [step for step in steps(project, "build") if "upload-pages-artifact" in str(step.get("uses"))]
    assert upload["with"] == {"path": yaml.safe_load((project / "mkdocs.yml").read_text())["site_dir"]}


def test_the_build_step_runs_as_written(project: Path) -> None:
    run_workflow_step(project, "Build", environment=dict(os.environ) | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"})
    assert broken(project / "public", base="/repo/", index=False, skip=("404.html",)) == []
    assert third_parties(project / "public") == set()
    assert "Lindqvist" in (project / "public/articles/night-ferry.html").read_text()


def test_a_pull_request_says_what_it_changes_and_publishes_nothing(project: Path, tmp_path: Path) -> None:
    changed = tmp_path / "project"
    shutil.copytree(project, changed)
    shutil.copytree(project, changed / "before")
    (changed / "docs/articles/quay.txt").write_text("Ann Lee said that <b>the quay</b> is closed.\n", encoding="utf-8")
    article = changed / "docs/articles/night-ferry.md"
    article.write_text(f"{article.read_text()}\nAnn Lee said that | `nobody` | was asked. ```\n", encoding="utf-8")
    summary = tmp_path / "summary.md"
    path = {"PATH": f"{_with_command(tmp_path)}:{Path(sys.executable).parent}:{os.environ['PATH']}"}
    output = tmp_path / "output"
    files = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)}
    run_workflow_step(changed, "Summary", environment=dict(os.environ) | path | files)
    said = summary.read_text(encoding="utf-8")
    (key, handed_on) = handed(output.read_text(encoding="utf-8"))
    assert (key, handed_on) == ("said", said)
    assert "    + article quay\n" in said and "      + Ann Lee (reported): " in said and "      + speaker Ann Lee" in said
    (paragraph, code) = [token for token in MarkdownIt("commonmark").parse(said) if token.type in ("inline", "code_block")]
    assert paragraph.content == "What this changes for readers:" and "nobody" in code.content, (
        "all words of articles are in one block of code"
    )
    jobs = yaml.safe_load((project / WORKFLOW).read_text())["jobs"]
    (upload,) = [step for step in steps(project, "build") if "upload-pages-artifact" in str(step.get("uses"))]
    assert jobs["deploy"]["if"] == upload["if"] == "github.event_name != 'pull_request'"


def test_what_is_longer_than_a_comment_may_be_ends_with_the_way_to_the_rest(project: Path, tmp_path: Path) -> None:
    (step,) = [step for step in steps(project, "build") if step.get("name") == "Summary"]
    (cut,) = re.findall(r"LC_ALL=C awk .*", str(step["run"]))
    (tmp_path / "said.md").write_text("".join(f"    + Ann Lee (direct): “It is so – {n}”\n" for n in range(5_000)), encoding="utf-8")
    done = subprocess.run(["bash", "-e", "-c", cut], cwd=tmp_path, capture_output=True, check=True)
    lines = done.stdout.decode("utf-8").splitlines()
    assert len(done.stdout) < 60_000 and len(lines) > 1_000
    assert lines[-1] == "    ... and more: see the summary of the job" and lines[-2].endswith("”")


def handed(output: str) -> tuple[str, str]:
    """The name and the lines that a step hands on, as GitHub reads them."""
    first, _, rest = output.partition("\n")
    name, _, end = first.partition("<<")
    assert re.fullmatch(r"[0-9a-f]{32}", end) and rest.endswith(f"\n{end}\n")
    return name, rest.removesuffix(f"{end}\n")


@pytest.mark.parametrize("there", [(), (7,)], ids=["first", "again"])
def test_a_pull_request_has_one_comment_that_is_edited(project: Path, tmp_path: Path, there: tuple[int, ...]) -> None:
    """With a client that only notes what it is asked, and answers which comments are ours."""
    client, asked = tmp_path / "gh", tmp_path / "asked"
    lines = "\n".join(map(str, there))
    client.write_text(f"#!/bin/sh\nprintf '%s\\0' \"$@\" >> {asked}\ncase \"$*\" in *--jq*) printf '{lines}';; esac\n", encoding="utf-8")
    client.chmod(0o755)
    said = "What this changes for readers:\n\n    + Ann Lee (direct): “$(touch broken) `id` @all”\n"
    addresses = {"COMMENTS": "repos/o/r/issues/3/comments", "COMMENT": "repos/o/r/issues/comments"}
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "SAID": said, "GH_TOKEN": "none", **addresses}
    run_workflow_step(project, "Comment", environment=environment, job="comment")
    body = f"body=<!-- onrecord diff -->\n{said}"
    assert body in asked.read_text(encoding="utf-8").split("\0")
    (method,) = re.findall(r"--method\0(\w+)\0([^\0]+)", asked.read_text(encoding="utf-8"))
    assert method == (("PATCH", "repos/o/r/issues/comments/7") if there else ("POST", "repos/o/r/issues/3/comments"))
    assert not (project / "broken").exists()


def test_a_fork_that_may_not_write_makes_no_comment(project: Path) -> None:
    job = yaml.safe_load((project / WORKFLOW).read_text())["jobs"]["comment"]
    assert job["permissions"] == {"pull-requests": "write"} and job["needs"] == "build"
    assert "github.event.pull_request.head.repo.full_name == github.repository" in job["if"]


def _with_command(folder: Path) -> Path:
    """A folder with the command of this checkout, which may not be the one that is installed."""
    command = folder / "bin/onrecord"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m onrecord "$@"\n')
    command.chmod(0o755)
    return command.parent


@pytest.mark.skipif(not os.environ.get("CI"), reason="installs everything into a fresh environment: run with CI=1")
def test_the_workflow_builds_in_a_fresh_environment(project: Path, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(wheels), str(ROOT)], check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment = own | {"PATH": f"{tmp_path}/venv/bin:{os.environ['PATH']}"}
    (wheel,) = wheels.glob("*.whl")
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (project / "wheels").mkdir()
    (project / "wheels" / wheel.name).write_bytes(wheel.read_bytes())
    line = requirement_of({"url": wheel.as_uri(), "archive_info": {"hash": f"sha256={sha256}"}})
    (project / "requirements.txt").write_bytes(project_files(line)["requirements.txt"])
    run_workflow_step(project, "Install", environment=environment)
    run_workflow_step(project, "Build", environment=environment)
    assert (project / "public/index.html").is_file()


def run_workflow_step(project: Path, name: str, *, environment: dict[str, str], job: str = "build") -> None:
    (step,) = [step for step in steps(project, job) if step.get("name") == name]
    done = subprocess.run(["bash", "-e", "-c", str(step["run"])], cwd=project, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
