"""``python -m minigrad`` is the same as ``minigrad``."""

from minigrad.workbook.cli import main

if __name__ == "__main__":
    main()
