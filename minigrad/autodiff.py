"""Reverse-mode differentiation: a history of what was computed, and a sweep back through it.

An operation that is recorded gives its result a :class:`Node`. A node knows the nodes of the operands (its edges)
and, for each of them, a rule that turns the gradient of the result into the gradient of that operand. Nodes are
numbered as they are made, so operands have smaller numbers than results: a sweep from the largest number to the
smallest meets each node when its gradient is complete.

Rules are written with operations on tensors. Recorded in their turn (``create_graph=True``), they give gradients
that have gradients. The rules stand beside the operations; nothing here knows one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from itertools import count
from operator import attrgetter
from typing import Any
from weakref import ref

from minigrad.errors import MinigradError
from minigrad.operators import operation
from minigrad.tensor import Tensor, filled

now: Callable[[], int] = count(1).__next__
"""The clock by which nodes are numbered and changes in place are dated."""


# --- Whether operations are recorded


recording = ContextVar("recording", default=True)
"""Whether this thread (or task) records what it computes."""


@contextmanager
def _recording_set_to(on: bool) -> Iterator[None]:
    before = recording.set(on)
    try:
        yield
    finally:
        recording.reset(before)


def no_grad() -> AbstractContextManager[None]:
    """Nothing is recorded inside ``with no_grad():``, or in a function decorated with ``@no_grad()``."""
    return _recording_set_to(False)


def enable_grad() -> AbstractContextManager[None]:
    """Operations are recorded inside ``with enable_grad():``, even within a ``no_grad``."""
    return _recording_set_to(True)


def is_grad_enabled() -> bool:
    """Whether operations are recorded."""
    return recording.get()


# --- The history

RESULT = object()
"""Stands among what a node saved for the operation's own result, which would otherwise hold itself alive."""


class Node:
    """One recorded operation: where its operands came from, and how a gradient goes back to each.

    ``edges`` has the node of each operand, None where no gradient is needed; ``rules`` has the rule for each, a
    function of the result's gradient and of what was ``saved``. ``result`` is the result without its history, if
    that was saved. ``holder`` refers to the tensor whose ``grad`` is to be set, if there is one.
    """

    __slots__ = ("__weakref__", "edges", "holder", "hooks", "name", "number", "result", "rules", "saved")
    is_leaf = False

    def __init__(self, name: str, edges: tuple[Node | None, ...]) -> None:
        self.name = name
        self.edges = edges
        self.rules: Sequence[Callable[..., Tensor]] = ()
        self.saved: tuple[Any, ...] | None = ()
        self.result: Tensor | None = None
        self.hooks: dict[int, Callable[[Tensor], Tensor | None]] | None = None
        self.holder: ref[Tensor] | None = None
        self.number = now()

    def gradients(self, d: Tensor, edges: tuple[Node | None, ...]) -> Iterable[Tensor | None]:
        """The gradient of each operand that has an edge, when that of the result is ``d``."""
        saved = self.unpacked()
        return [None if edge is None else rule(d, *saved) for edge, rule in zip(edges, self.rules, strict=True)]

    def unpacked(self) -> list[Any]:
        """What was saved, if it is still what it was."""
        saved = self.saved or ()
        return [self.unchanged(self.linked_result() if value is RESULT else value) for value in saved]

    def unchanged(self, value: Any) -> Any:
        """A saved value; an error if it is a tensor that was changed in place since."""
        if isinstance(value, Tensor) and value.written[0] > self.number:
            raise MinigradError(
                f"{self.name} needs a tensor of shape {value.shape} for its gradient, and that was changed in "
                "place after it was used; change a clone of it, or change it after backward"
            )
        return value

    def linked_result(self) -> Tensor | None:
        """The result, as gradients of gradients need it: with its history."""
        if self.result is not None and recording.get():
            result = self.result.aliased()
            result.node = self
            return result
        return self.result

    def hooked(self, d: Tensor) -> Tensor:
        """The gradient, after every hook has seen and perhaps replaced it."""
        for hook in tuple((self.hooks or {}).values()):
            replaced = hook(d)
            d = d if replaced is None else _fitting(replaced, d)
        return d


class _Leaf(Node):
    """Where a gradient ends: at a tensor that no operation made."""

    __slots__ = ()
    is_leaf = True


def recorded(
    out: Tensor, name: str, *operands: tuple[Tensor, Callable[..., Tensor]], saves: tuple[Any, ...] = ()
) -> Tensor:
    """``out``, with its history if it has to have one.

    Each operand comes with its rule, a function of the gradient of ``out`` and of what the operation ``saves``.
    """
    if recording.get() and any(operand.node for operand, _ in operands) and out.is_floating_point():
        out.node = node = Node(name, tuple([operand.node for operand, _ in operands]))
        node.rules = [rule for _, rule in operands]
        if saves:
            node.result = out.aliased() if any(value is out for value in saves) else None
            node.saved = tuple(RESULT if value is out else value for value in saves)
    return out


# --- The sweep


def _sweep(
    starts: Sequence[tuple[Node, Tensor]], inputs: Sequence[Node] | None, retain_graph: bool, create_graph: bool
) -> dict[Node, Tensor]:
    """Carry gradients back from the nodes where they start, into the ``grad`` of the tensors that hold one.

    With ``inputs``, only the ways that lead there are taken, no ``grad`` is changed, and the result has the gradient
    of each.
    """
    found: dict[Node, Tensor] = {}
    asked = set(inputs or ())
    gradients: dict[Node, Tensor] = {}
    for node, d in starts:
        gradients[node] = gradients[node] + d if node in gradients else d
    with _recording_set_to(create_graph):
        for node, edges in _ways_back([node for node, _ in starts], inputs):
            d = gradients.pop(node)
            if node.hooks is not None:
                d = node.hooked(d)
            if node in asked:
                found[node] = d
            elif node.holder is not None and inputs is None:
                _accumulate(node.holder(), d)
            if not edges:
                continue
            if node.saved is None:
                raise MinigradError(
                    f"backward came a second time to {node.name}, whose result has shape {d.shape}, and what it had "
                    "saved is freed; the first time, call backward (or grad) with retain_graph=True"
                )
            for edge, gradient in zip(edges, node.gradients(d, edges)):  # noqa: B905 - one for each, and this is hot
                if edge is not None and gradient is not None:  # where there is an edge, there is a gradient
                    before = gradients.get(edge)
                    gradients[edge] = gradient if before is None else before + gradient
            if not retain_graph and (node.saved or node.result is not None):  # else the node can be used again
                node.saved = node.result = None
    return found


def _ways_back(starts: list[Node], inputs: Sequence[Node] | None) -> Iterable[tuple[Node, tuple[Node | None, ...]]]:
    """The nodes that a sweep visits, the latest first, each with the edges that it follows."""
    found, waiting = set(starts), list(starts)
    while waiting:
        for edge in waiting.pop().edges:
            if edge is not None and edge not in found:
                found.add(edge)
                waiting.append(edge)
    latest_first = sorted(found, key=attrgetter("number"), reverse=True)
    if inputs is None:
        return [(node, node.edges) for node in latest_first]
    leading, followed = set(inputs), {}
    for node in reversed(latest_first):
        edges = tuple([edge if edge in leading else None for edge in node.edges])
        if any(edges):
            leading.add(node)
        followed[node] = edges if any(edges) else ()
    return [(node, followed[node]) for node in latest_first if node in leading]


def _accumulate(holder: Tensor | None, d: Tensor) -> None:
    if holder is not None:
        holder.grad = d.clone() if holder.grad is None else holder.grad + d


def _fitting(d: Tensor, like: Tensor) -> Tensor:
    """A gradient from a user, if it has the shape of the tensor that it belongs to."""
    if not isinstance(d, Tensor) or d.shape != like.shape:
        given = f"shape {d.shape}" if isinstance(d, Tensor) else type(d).__name__
        raise MinigradError(f"the gradient of a tensor of shape {like.shape} is a tensor of that shape, not {given}")
    return d.to(like.dtype)


def _start(output: Tensor, gradient: Tensor | None) -> tuple[Node, Tensor]:
    """Where a sweep starts, and with which gradient."""
    if output.node is None:
        raise MinigradError(
            f"a tensor of shape {output.shape} has no history to go back through: nothing that it was made of "
            "requires gradients, or it was made under no_grad"
        )
    if gradient is not None:
        return output.node, _fitting(gradient, output)
    if output.numel() != 1:
        raise MinigradError(
            f"only a tensor with one element can go without a gradient to start from, and this has shape "
            f"{output.shape}; sum it, or pass a gradient of that shape"
        )
    return output.node, filled(1, output.shape, output.dtype, output.backend)


@operation
def backward(
    tensor: Tensor, gradient: Tensor | None = None, retain_graph: bool | None = None, create_graph: bool = False
) -> None:
    """Add the gradient of ``tensor`` to the ``grad`` of every leaf that it was made of.

    ``gradient`` is the gradient of ``tensor`` itself, 1 unless given. What the history saved is freed on the way,
    unless ``retain_graph``. With ``create_graph`` the gradients have a history, so that they can be
    differentiated again.

    >>> import minigrad
    >>> x = minigrad.tensor([1.0, 2.0], requires_grad=True)
    >>> (x * x).sum().backward()
    >>> x.grad
    tensor([2., 4.])
    """

    retain_graph = create_graph if retain_graph is None else retain_graph
    _sweep([_start(tensor, gradient)], None, retain_graph, create_graph)


def grad(
    outputs: Tensor | Sequence[Tensor],
    inputs: Tensor | Sequence[Tensor],
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    allow_unused: bool = False,
    materialize_grads: bool = False,
) -> tuple[Tensor | None, ...]:
    """The gradients of ``inputs``, summed over the ``outputs``; no ``grad`` is changed.

    ``grad_outputs`` are the gradients of the outputs, 1 unless given. An input that the outputs do not depend on
    is an error, unless ``allow_unused`` (its gradient is None) or ``materialize_grads`` (it is zeros).

    >>> import minigrad
    >>> x = minigrad.tensor(3.0, requires_grad=True)
    >>> dy, = grad(x * x * x, x, create_graph=True)
    >>> dy, *grad(dy, x)
    (tensor(27., grad_fn=<add>), tensor(18.))
    """
    outputs = [outputs] if isinstance(outputs, Tensor) else outputs
    inputs = [inputs] if isinstance(inputs, Tensor) else inputs
    given = [grad_outputs] * len(outputs) if isinstance(grad_outputs, Tensor | None) else grad_outputs
    if len(given) != len(outputs):
        raise MinigradError(f"grad got {len(outputs)} outputs and {len(given)} grad_outputs; give one for each")
    for i, tensor in enumerate(inputs):
        if tensor.node is None:
            raise MinigradError(f"input {i}, of shape {tensor.shape}, does not require gradients")
    starts = [_start(output, gradient) for output, gradient in zip(outputs, given, strict=True)]
    retain_graph = create_graph if retain_graph is None else retain_graph
    found = _sweep(starts, [tensor.node for tensor in inputs], retain_graph, create_graph)
    gradients: list[Tensor | None] = []
    for i, tensor in enumerate(inputs):
        if tensor.node not in found and not (allow_unused or materialize_grads):
            raise MinigradError(
                f"the outputs do not depend on input {i}, of shape {tensor.shape}; allow_unused=True gives None for "
                "its gradient, and materialize_grads=True zeros"
            )
        missing = tensor.new_empty(tensor.shape).zero_() if materialize_grads else None
        gradients.append(found.get(tensor.node, missing))
    return tuple(gradients)


# --- What a tensor can be asked


@operation
def requires_grad_(tensor: Tensor, requires_grad: bool = True) -> Tensor:
    """Let gradients flow to this tensor, which no operation has made; or stop them."""
    if requires_grad and not tensor.is_floating_point():
        raise MinigradError(
            f"a tensor of {tensor.dtype} and shape {tensor.shape} cannot require gradients; only floats can: "
            "convert it with .to(minigrad.float32)"
        )
    if not requires_grad and not tensor.is_leaf:
        raise MinigradError(f"{tensor.node.name} made this tensor, so it has a history; detach() gives one without")
    if not requires_grad:
        tensor.node = None
    elif tensor.node is None:
        tensor.node = _Leaf("leaf", ())
        tensor.node.holder = ref(tensor)
    return tensor


@operation
def retain_grad(tensor: Tensor) -> None:
    """Let ``backward`` set the ``grad`` of this tensor although it is no leaf."""
    _node_of(tensor).holder = ref(tensor)


class Handle:
    """Takes a hook away again."""

    def __init__(self, hooks: dict[int, Callable[[Tensor], Tensor | None]]) -> None:
        self.hooks = hooks
        self.number = now()

    def remove(self) -> None:
        """From now on the hook is not called."""
        self.hooks.pop(self.number, None)


@operation
def register_hook(tensor: Tensor, hook: Callable[[Tensor], Tensor | None]) -> Handle:
    """Have ``hook`` called with the gradient of this tensor; what it returns, unless None, takes its place."""
    node = _node_of(tensor)
    node.hooks = hooks = {} if node.hooks is None else node.hooks
    handle = Handle(hooks)
    hooks[handle.number] = hook
    return handle


def _node_of(tensor: Tensor) -> Node:
    if tensor.node is None:
        raise MinigradError(f"a tensor of shape {tensor.shape} that does not require gradients never gets one")
    node: Node = tensor.node
    return node
