"""Builds the documentation: every warning is an error, and nothing is kept from an earlier build.

``python -m tests.support.building FOLDER`` is what ``make docs`` runs.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def build(folder: Path) -> str:
    """Build the documentation into a folder, and return what Sphinx complained about.

    Args:
        folder: it is made where it does not exist.
    """
    with tempfile.TemporaryDirectory() as kept:
        strict = ["--fail-on-warning", "--nitpicky", "--quiet", "--fresh-env", "--doctree-dir"]
        command = [sys.executable, "-m", "sphinx", *strict, kept, str(DOCS), str(folder)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.stderr or (done.stdout if done.returncode else "")


def main() -> None:
    """Build it into the folder named on the command line."""
    folder = Path(sys.argv[1])
    sys.exit(build(folder) or None)


if __name__ == "__main__":
    main()
