"""Without nbformat, nbclient and ipykernel (the extra ``notebooks``) these tests are left out.

With ``NOTEBOOKS_REQUIRED=1`` it is an error that they are missing.
"""

import importlib.util
import os

missing = [name for name in ("nbformat", "nbclient", "ipykernel") if importlib.util.find_spec(name) is None]

if missing and os.environ.get("NOTEBOOKS_REQUIRED"):
    raise ModuleNotFoundError(f"the notebooks' tests need {', '.join(missing)}: pip install -e '.[notebooks]'")

collect_ignore_glob = ["*.py"] if missing else []
