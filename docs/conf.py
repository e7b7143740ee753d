"""How Sphinx builds the documentation: ``make docs``.

Nothing is fetched. What a page says of commands, keys and JSON is made here, from the program.
"""

import sys
from pathlib import Path

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.support.pages import expanded

project = "mijlpaal"
extensions = ["myst_parser"]
exclude_patterns = ["examples"]
nitpicky = True
# Links to headings are checked down to this depth.
myst_heading_anchors = 3
myst_enable_extensions = ["deflist"]

html_theme = "furo"
html_title = "mijlpaal"
html_static_path = ["static"]
html_css_files = ["screens.css"]
html_use_index = False
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
highlight_language = "text"


def setup(app: Sphinx) -> None:
    """Have the marks in a page replaced when it is read."""
    app.connect("source-read", _expand)


def _expand(_app: Sphinx, _name: str, source: list[str]) -> None:
    source[0] = expanded(source[0])
