"""A sentence or two about a case: what a reader should notice before looking for the mistake.

Each function after the first two takes a :class:`Case`. How threads and elements match is always said; then, what is
special about the values, if anything is.
"""

from __future__ import annotations

from math import prod

from minigrad.workbook.spec import Array, Case

_WORDS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def number(count: int, thing: str) -> str:
    """``one thread``, ``three threads``, ``40 threads``: a count in words up to twelve."""
    word = _WORDS[count] if count < len(_WORDS) else str(count)
    return f"{word} {thing}" if count == 1 else f"{word} {thing}s"


def figure(count: int, thing: str) -> str:
    """``1 thread``, ``3 threads``: a count in figures."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def threads_and_elements(case: Case) -> str:
    """How the threads of a launch and the elements of the output match."""
    elements = prod(_shape_of_output(case))
    counts = f"{figure(case.threads, 'thread')}, {figure(elements, 'element')}"
    if elements == 0:
        return f"{counts}: nobody has anything to do, and there is nothing to read."
    if case.threads < elements:
        return f"{counts}: a thread has to do up to {-(-elements // case.threads)} of them."
    if case.threads == elements:
        return f"{counts}: every thread has one."
    idle = case.threads - elements
    return f"{counts}: {number(idle, 'thread')} {'has' if idle == 1 else 'have'} nothing to do."


def rows_and_columns(case: Case) -> str:
    """The same in two dimensions, where it matters which way the threads stand."""
    rows, columns = _shape_of_output(case)
    wide, high = case.grid[0] * case.block[0], case.grid[1] * case.block[1]
    return (
        f"The threads stand {wide} wide (x) and {high} high (y); "
        f"the array has {figure(columns, 'column')} and {figure(rows, 'row')}."
    )


def below_the_diagonal(case: Case) -> str:
    """Rows and columns, and how much of the square is masked."""
    size = _shape_of_output(case)[0]
    masked = size * (size - 1) // 2
    if not masked:
        return rows_and_columns(case)
    be = "is" if masked == 1 else "are"
    return f"{rows_and_columns(case)} {masked} of the {size * size} elements {be} below the diagonal."


def where_the_shift_leads(case: Case) -> str:
    """Threads and elements, and what a shift that is negative, or longer than the array, comes down to."""
    size, shift = case.arguments["size"], case.arguments["shift"]
    assert isinstance(size, int) and isinstance(shift, int)
    if size == 0 or shift in range(size):
        return threads_and_elements(case)
    same = f"With size {size}, a shift of {shift} leads where a shift of {shift % size} does."
    return f"{threads_and_elements(case)} {same}"


def stretches(case: Case) -> str:
    """How the threads of each block and the elements of its stretch match."""
    left = _size(case) % case.block[0]
    idle = case.block[0] - left
    place = f" of block {_size(case) // case.block[0]}" if case.grid[0] > 1 else ""
    short = f"{number(idle, 'thread')}{place} {'has' if idle == 1 else 'have'} none"
    return _by_blocks(case, short if left else "")


def last_stretch(case: Case) -> str:
    """The same, where it matters how long the last stretch is."""
    left = _size(case) % case.block[0]
    return _by_blocks(case, f"the last stretch has {left} of {case.block[0]}" if left else "")


def halo(case: Case) -> str:
    """How threads and elements match, and what a second block needs from the stretch of the first."""
    threads = case.block[0]
    needed = f" Block 1 also needs elements {threads - 2} and {threads - 1}." if _size(case) > threads else ""
    return f"{stretches(case)}{needed}"


def starts_anew(case: Case) -> str:
    """How threads and elements match, and where a second block begins."""
    anew = f" The sum starts anew at element {case.block[0]}." if _size(case) > case.block[0] else ""
    return f"{stretches(case)}{anew}"


def _by_blocks(case: Case, short: str) -> str:
    """Blocks and elements, what is said of a last stretch that is ``short``, and which blocks have nothing."""
    size, blocks, threads = _size(case), case.grid[0], case.block[0]
    counts = f"{figure(blocks, 'block')} of {figure(threads, 'thread')}, {figure(size, 'element')}"
    first_idle, last = -(-size // threads), blocks - 1
    idle = ""
    if first_idle == last:
        idle = f"block {last} has none"
    elif first_idle < last:
        idle = f"blocks {first_idle} {'and' if first_idle + 1 == last else 'to'} {last} have none"
    said = [each for each in (short, f"{idle} at all" if short and idle else idle) if each]
    return f"{counts}: {', and '.join(said) or 'every thread has one'}."


def one_answer(case: Case) -> str:
    """How the threads of the one block and the elements that go into the one result match."""
    size, threads = _size(case), case.block[0]
    counts = f"{figure(threads, 'thread')}, {figure(size, 'element')}, one result"
    if size == threads:
        return f"{counts}: every thread has an element."
    if size == 0:
        return f"{counts}: no thread has an element, and the sum of nothing is 0."
    idle = threads - size
    return f"{counts}: {number(idle, 'thread')} {'has' if idle == 1 else 'have'} nothing to add."


def long_rows(case: Case) -> str:
    """How the threads of a block match the row that is theirs."""
    rows, columns = _array(case, "a").shape
    threads = case.block[0]
    counts = f"{figure(rows, 'row')} of {figure(columns, 'element')}, a block of {figure(threads, 'thread')} for each"
    if columns == 0:
        return f"{counts}: there is nothing to read, and the sum of nothing is 0."
    if columns < threads:
        idle = threads - columns
        return f"{counts}: {number(idle, 'thread')} {'has' if idle == 1 else 'have'} nothing to add."
    if columns == threads:
        return f"{counts}: every thread has one."
    return f"{counts}: a thread has up to {-(-columns // threads)} of them."


def first_tie(case: Case) -> str:
    """Threads and elements, and where two elements are equally large but not the same, if anywhere."""
    pairs = zip(_array(case, "a"), _array(case, "b"), strict=True)
    for i, (x, y) in enumerate(pairs):
        if x != y and abs(x) == abs(y):
            tie = f"a[{i}] is {x:g} and b[{i}] is {y:g}: a tie, so a's counts."
            return f"{threads_and_elements(case)} {tie}"
    return threads_and_elements(case)


def sum_of_all(case: Case) -> str:
    """How many threads there are for the elements of a sum, and what the sum of none is."""
    return _threads_and_size(case, "the sum is 0")


def largest_of_all(case: Case) -> str:
    """The same for a largest element, and whether all are negative."""
    told, a = _threads_and_size(case, "out stays -inf"), _array(case, "a")
    return f"{told} All elements are negative." if a.size and (a < 0).all() else told


def partial_sums(case: Case) -> str:
    """The same for a sum in two steps, and how many partial sums there are to add."""
    return f"{sum_of_all(case)} {number(prod(case.grid), 'partial sum').capitalize()} to add."


def largest_of_rows(case: Case) -> str:
    """How a block's threads and the columns match, and where in a single row the largest element occurs twice."""
    a = _array(case, "a")
    (rows, columns), threads = a.shape, prod(case.block)
    told = f"{figure(rows, 'row')} of {figure(columns, 'element')}, a block of {figure(threads, 'thread')} for each."
    if columns > threads:
        told = f"{told[:-1]}: a thread has up to {-(-columns // threads)} of them."
    elif columns < threads:
        idle = threads - columns
        told = f"{told[:-1]}: {number(idle, 'thread')} {'has' if idle == 1 else 'have'} none."
    places = [column for column in range(columns) if a[0, column] == a[0].max()]
    if rows == 1 and len(places) > 1:
        return f"{told} The columns {places[0]} and {places[1]} are a tie: the first counts."
    return f"{told} All elements are negative." if (a < 0).all() else told


def tiles(case: Case) -> str:
    """How many tiles lie over the sheet of gradients that arrive, and over each of its rows and columns."""
    rows, columns = _array(case, "d").shape
    sheet = f"{figure(rows, 'row')} and {figure(columns, 'column')}"
    if not rows or not columns:
        return f"{sheet}: no gradient arrives, and the sums stay 0."
    (across, down), (wide, high) = case.grid, case.block
    counts = f"{sheet} under {figure(across * down, 'tile')} of {wide} by {high} threads"
    of_column, of_row = -(-rows // high), -(-columns // wide)
    parts = [
        f"a {line} is a sum over {number(count, 'tile')}"
        for line, count in (("row", of_row), ("column", of_column))
        if count > 1
    ]
    return f"{counts}: {' and '.join(parts)}." if parts else f"{counts}: one of them has it all."


def windows(case: Case) -> str:
    """Threads and elements, and which elements are in fewer than three windows."""
    size = _size(case)
    told = threads_and_elements(case)
    if size == 0:
        return told
    if size == 1:
        return f"{told} Element 0 is in one window."
    before = f"element {size - 2} in two" if size > 2 else "element 0 in both"
    return f"{told} The last element is in one window, {before}."


def _threads_and_size(case: Case, of_none: str) -> str:
    size = _size(case)
    counts = f"{figure(case.threads, 'thread')}, {figure(size, 'element')}"
    if size == 0:
        return f"{counts}: there is nothing to read, and {of_none}."
    if case.threads < size:
        return f"{counts}: a thread has to do up to {-(-size // case.threads)} of them."
    if case.threads == size:
        return f"{counts}: every thread has one."
    idle = case.threads - size
    return f"{counts}: {number(idle, 'thread')} {'has' if idle == 1 else 'have'} none."


def _shape_of_output(case: Case) -> tuple[int, ...]:
    return _array(case, next(iter(case.arguments))).shape


def _size(case: Case) -> int:
    size = case.arguments["size"]
    assert isinstance(size, int)
    return size


def _array(case: Case, name: str) -> Array:
    found = case.arguments[name]
    assert not isinstance(found, int)
    return found
