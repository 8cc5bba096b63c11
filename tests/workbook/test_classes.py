"""Puzzles whose answer is a class: what ``@puzzle`` makes of it, and how it is loaded, refused and judged."""

import inspect
import re

import pytest

from minigrad.workbook.bundled import bundled
from minigrad.workbook.checks import spec_of
from minigrad.workbook.engine import check_file
from minigrad.workbook.load import LoadError, is_untouched, load
from minigrad.workbook.puzzle import ClassPuzzle, puzzle, puzzle_of
from minigrad.workbook.terminal import full_text
from minigrad.workbook.untouched import text_is_untouched

VALUE = (bundled("solutions") / "part5_gradients/puzzle40_value.py").read_text().partition('"""\n\n')[2]
STUB = (bundled("puzzles") / "part5_gradients/puzzle40_value.py").read_text()
CHAIN_RULE = (bundled("solutions") / "part5_gradients/puzzle39_chain_rule.py").read_text().partition('"""\n\n')[2]


@pytest.fixture
def file(tmp_path):
    """Writes a puzzle file and returns its path."""

    def write(text, name="puzzle40_value.py"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


@pytest.fixture
def Value(file):
    """The class of a solved puzzle, as its own program has it."""
    return load(file(VALUE)).kernel


# The class stays what it is


def test_a_class_stays_a_class(Value):
    class Named(Value):
        pass

    assert isinstance(Value, type)
    assert type(Value(3.0) + Value(2.0)) is Value
    assert isinstance(Named(1.0), Value) and (Named(1.0) * Named(2.0)).data == 2.0
    match Value(3.0):
        case Value(data=number):
            assert number == 3.0


def test_it_can_be_asked_what_any_puzzle_can(Value, capsys):
    assert Value.check().solved
    assert Value.hint(2) == spec_of("value").hints[1]


def test_an_attribute_of_its_own_stays():
    @puzzle("value")
    class Value:
        def check(self):
            return "mine"

    assert Value().check() == "mine"
    assert Value.hint() == spec_of("value").hints[0]


def test_a_class_that_derives_from_it_is_no_answer(Value):
    class Other(Value):
        pass

    assert isinstance(puzzle_of(Value), ClassPuzzle)
    assert puzzle_of(Other) is None


def test_its_methods_are_the_functions_that_are_asked_for(file):
    path = file(VALUE)
    loaded = load(path)
    assert (loaded.name, loaded.number, loaded.path) == ("value", 40, path)
    assert list(loaded.functions) == ["__add__", "__mul__", "backward"]
    for name, each in loaded.functions.items():
        assert inspect.getsource(each.function).lstrip().startswith(f"def {name}(self")
        assert each.owner is loaded.kernel


@pytest.mark.parametrize(
    "change", [lambda text: text, lambda text: text.replace("    def", "    @staticmethod\n    def")]
)
def test_plain_functions_and_static_methods_both_are_methods(file, change):
    assert check_file(file(change(CHAIN_RULE), "puzzle39_chain_rule.py")).solved


def test_a_decorated_method_is_still_judged(file):
    text = CHAIN_RULE.replace("import Function, tensor", "import Function, no_grad, tensor")
    text = text.replace("    def forward", "    @no_grad()\n    def forward")
    assert check_file(file(text, "puzzle39_chain_rule.py")).solved


# What is wrong with a file

WRONG_FILES = {
    "a function": (
        lambda text: '@puzzle("value")\ndef value(data):\n    return data\n',
        '@puzzle("value") must stand above a class, and value is none. It should hold:\n'
        '    @puzzle("value")\n    class Value:\n        def __add__(self, other):\n',
    ),
    "no decorator": (
        lambda text: text.replace('@puzzle("value")\n', ""),
        "has no class that is marked as a puzzle. It should hold:\n"
        '    @puzzle("value")\n    class Value:\n        def __add__(self, other):\n',
    ),
    "a decorator above a method": (
        lambda text: text.replace("    def backward", '    @puzzle("value")\n    def backward'),
        "@puzzle stands above the class Value alone. Take it away from backward.",
    ),
    "decorators above methods alone": (
        lambda text: text.replace('@puzzle("value")\n', "").replace("    def", '    @puzzle("value")\n    def'),
        "has no class that is marked as a puzzle.",
    ),
    "a missing method": (
        lambda text: text.replace("def backward", "def back"),
        "puzzle40_value.py:5: the class Value lacks backward. It should hold:\n    def backward(self):",
    ),
    "no method": (
        lambda text: text.replace("    def backward", "    backward = 3\n\n    def back"),
        "backward is no method of Value. It should hold:\n    def backward(self):",
    ),
    "too few parameters": (
        lambda text: text.replace("def __mul__(self, other)", "def __mul__(other)"),
        "puzzle40_value.py:15: the parameters of __mul__ must be (self, other); yours are (other).",
    ),
    "too many parameters": (
        lambda text: text.replace("def backward(self, d=1.0)", "def backward(self, d)"),
        "the parameters of backward must be (self); yours are (self, d).",
    ),
    "a method twice": (
        lambda text: f"{text}\n    def backward(self):\n        pass\n",
        "backward is there twice (lines ",
    ),
    "a class twice": (
        lambda text: f'{text}\n\n@puzzle("value")\nclass Value:\n    pass\n',
        'puzzle40_value.py holds 2 classes with @puzzle("value") (lines 5 and ',
    ),
    "two classes": (
        lambda text: f'{text}\n\n@puzzle("value")\nclass Other(Value):\n    pass\n',
        'puzzle40_value.py holds 2 classes with @puzzle("value") (lines 5 and ',
    ),
    "another puzzle's": (lambda text: text.replace('"value"', '"chain_rule"'), 'Make it @puzzle("value").'),
}


@pytest.mark.parametrize(("change", "complaint"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_what_is_wrong_with_a_file_is_said(file, change, complaint):
    head, _, rest = VALUE.partition('@puzzle("value")')
    text = f'{head}{change(f"""@puzzle("value"){rest}""")}'
    with pytest.raises(LoadError) as caught:
        load(file(text))
    assert complaint in str(caught.value)


def test_a_function_of_minigrad_has_to_derive_from_it(file):
    with pytest.raises(LoadError) as caught:
        load(file(CHAIN_RULE.replace("class G(Function)", "class G"), "puzzle39_chain_rule.py"))
    assert str(caught.value) == (
        "puzzle39_chain_rule.py:6: G does not derive from minigrad.Function. Write: class G(Function):"
    )


def test_what_it_derives_from_stands_in_what_the_file_must_hold(file):
    with pytest.raises(LoadError) as caught:
        load(file("", "puzzle39_chain_rule.py"))
    assert '    @puzzle("chain_rule")\n    class G(Function):\n        def forward(ctx, x):\n' in str(caught.value)


@pytest.mark.parametrize("name", ["position", "views"])
def test_a_class_where_a_function_is_wanted_is_refused(file, name):
    number = spec_of(name).number
    with pytest.raises(LoadError, match="must stand above a function; Place is a class"):
        load(
            file(
                f'from minigrad.workbook import puzzle\n\n@puzzle("{name}")\nclass Place:\n    pass\n',
                f"puzzle{number}_{name}.py",
            )
        )


def test_a_class_may_have_another_name_and_inherit_its_methods(file):
    head, _, rest = CHAIN_RULE.partition('@puzzle("chain_rule")\n')
    text = f'{head}{rest}\n\n@puzzle("chain_rule")\nclass Example(G):\n    pass\n'
    assert check_file(file(text, "puzzle39_chain_rule.py")).solved


def test_in_a_notebook_too_the_wrong_kind_is_refused():
    """There, nothing is loaded from a file."""

    @puzzle("value")
    def value(data):
        return data

    @puzzle("position")
    class Position:
        pass

    assert "must stand above a class, and value is none." in value.check().message
    assert Position.check().message.endswith('@puzzle("position") must stand above a function; Position is a class.')
    assert value.check().status == Position.check().status == "error"


# Stubs


def without(text, *names):
    """The same with these methods doing nothing."""
    for name in names:
        text = re.sub(rf"(    def {name}\(.*\):\n)(        .*\n)+", r"\1        pass\n", text)
    return text


@pytest.mark.parametrize("number", [39, 40])
def test_a_class_whose_methods_do_nothing_is_a_stub(file, number):
    spec = spec_of(str(number))
    for tree, untouched in (("puzzles", True), ("solutions", False)):
        path = bundled(tree) / spec.part / spec.file_name
        assert text_is_untouched(path.read_text(), spec) == untouched
        assert is_untouched(load(path)) == untouched
        assert (check_file(path).status == "not-started") == untouched


def test_one_method_is_enough_for_a_beginning(file):
    text = without(VALUE, "__mul__", "backward")
    assert not text_is_untouched(text, spec_of("value"))
    assert not is_untouched(load(file(text)))


@pytest.mark.parametrize("text", ["", "class Value(:", STUB.replace("backward", "back"), STUB + STUB])
def test_what_is_not_quite_a_stub_is_looked_at(text):
    assert not text_is_untouched(text, spec_of("value"))


def test_each_method_has_a_mark_of_its_own(file):
    text = without(VALUE, "backward").replace("self.data * other.data", "self.data - other.data")
    reached = check_file(file(text))
    assert dict(reached.functions) == {"__add__": "passed", "__mul__": "failed", "backward": "not-started"}
    assert full_text(reached).splitlines()[:2] == [
        "puzzle 40 · value   ☆☆☆   correct ✗   safe –",
        "  __add__ ✓   __mul__ ✗   backward –",
    ]


def test_methods_that_are_missing_are_named(file):
    assert check_file(file(without(VALUE, "__mul__", "backward"))).checks["correct"].message == (
        "not written yet: __mul__, backward"
    )


# Calls


def test_a_method_that_does_not_end_is_found_at_its_line(file):
    text = VALUE.replace("        self.grad += d\n", "        while d:\n            d += 1\n")
    message = check_file(file(text)).checks["correct"].message
    assert message.startswith("no result: a = Value(3.0); a.backward() does not come to its end\n")
    assert re.search(r"puzzle40_value\.py:\d+ ", message)


def test_an_exception_is_told_with_its_line(file):
    message = check_file(file(VALUE.replace("self.data + other.data", "self.data / 0"))).checks["correct"].message
    assert message.startswith("error: Value(3.0) + Value(-2.0) raised ZeroDivisionError: ")
    assert "\n  puzzle40_value.py:" in message


def test_what_minigrad_refuses_is_a_wrong_result_and_no_error_of_a_line(file):
    text = CHAIN_RULE.replace("return tensor([d[0]", "return 3.0  # tensor([d[0]")
    reached = check_file(file(text, "puzzle39_chain_rule.py"))
    message = reached.checks["correct"].message
    assert message.startswith(
        "wrong result: G.backward(ctx, [5.0, 2.0]), after G.forward(ctx, [3.0, -2.0]), is refused by"
    )
    assert "G.backward returned a float as the gradient of input 0; minigrad.tensor makes a tensor of it" in message
    assert ".py:" not in message
    assert reached.checks["safe"].status == "passed"


def test_what_minigrad_refuses_in_a_line_of_the_learners_is_told_with_the_line(file):
    text = CHAIN_RULE.replace("x[0] * x[1]", "x @ x.view(3, 3)")
    message = check_file(file(text, "puzzle39_chain_rule.py")).checks["correct"].message
    assert "raised MinigradError: " in message and "puzzle39_chain_rule.py:" in message
