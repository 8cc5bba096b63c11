"""Where in a file an exception came from."""

from __future__ import annotations


def line_reached(error: BaseException, file: str) -> int | None:
    """The innermost line of ``file`` that an exception came through; None if it came through none."""
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno
    line, traceback = None, error.__traceback__
    while traceback:
        if traceback.tb_frame.f_code.co_filename == file:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
