"""The dashboard in a browser, by Voilà: a page, its static files and the messages of widgets, and nothing else."""

import sys

# jsonschema, which Voilà imports, would build the grammar of this package for seconds, to check
# addresses that no schema here has; None stands for a package that is not installed
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # the import system takes it
