"""Tensors hold, view and hand out elements as NumPy does, under PyTorch's names."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from drawn_views import arrays, drawn, indices, same, shapes, views
from hypothesis import given
from hypothesis import strategies as st

import minigrad
from minigrad import MinigradError, Tensor, arange, from_numpy, full, ones, tensor, zeros

# --- Making tensors


@pytest.mark.parametrize(
    ("data", "dtype"),
    [
        (1, "int64"),
        (1.5, "float32"),
        (True, "bool"),
        ([1, 2.5], "float32"),
        ([True, 2], "int64"),
        ([], "float32"),
        ([[1, 2], [3, 4]], "int64"),
        (range(3), "int64"),
        (np.float64(1), "float64"),
        ([np.float32(1), 2], "float32"),
        (np.zeros(2), "float64"),
        (np.zeros((2, 3), np.int32), "int32"),
        ([np.zeros(2), np.ones(2)], "float64"),
    ],
)
def test_the_dtype_follows_from_the_data(data, dtype):
    found = tensor(data)
    assert found.dtype == dtype
    assert found.tolist() == np.array(data).tolist()


@given(arrays())
@drawn
def test_a_tensor_of_an_array_is_a_copy_and_from_numpy_is_not(array):
    copied, shared = tensor(array), from_numpy(array)
    assert same(copied, array)
    assert same(shared, array)
    assert not np.shares_memory(copied.numpy(), array)
    if array.size:
        assert np.shares_memory(shared.numpy(), array)


def test_a_tensor_may_be_made_of_tensors():
    x = tensor([2.0, 3.0])
    assert tensor([x[0], x[0] * x[1]]).tolist() == [2, 6]
    assert tensor([x, x]).shape == (2, 2)
    assert tensor([tensor(1.0, dtype=minigrad.float64), 2]).dtype == minigrad.float64
    assert not np.shares_memory(tensor(x).numpy(), x.numpy())


def test_a_dtype_that_is_asked_for_is_given():
    assert same(tensor([1.7, -1.7], dtype=minigrad.int32), np.array([1, -1], np.int32))
    assert same(tensor([0, 2], dtype=bool), np.array([False, True]))
    assert same(tensor(np.array([1, 2], np.uint8), dtype="float32"), np.array([1, 2], np.float32))
    assert tensor(1e39).tolist() == float("inf")


@pytest.mark.parametrize(
    ("data", "dtype", "said"),
    [
        ([[1], [2, 3]], None, "inhomogeneous"),
        ("a", None, "made of numbers, not of 'a'"),
        (None, None, "made of numbers, not of None"),
        (1j, None, "made of numbers, not of 1j"),
        ([1, "2"], None, "made of numbers, not of '2'"),
        (
            np.zeros(2, np.float16),
            None,
            "cannot hold float16; it can hold bool, int32, int64, float32, float64",
        ),
        (1, "complex64", "cannot hold complex64"),
        (1, "nonsense", "cannot hold nonsense"),
        (2**40, "int32", "a number is too large"),
        ([-(2**40)], "int32", "a number is too large"),
        (2**70, None, "cannot make a tensor of int64"),
        (float("nan"), "int64", "cannot make a tensor of int64 from nan"),
    ],
)
def test_what_cannot_be_a_tensor_is_refused(data, dtype, said):
    with pytest.raises(MinigradError) as caught:
        tensor(data, dtype=dtype)
    assert said in str(caught.value)


def test_arrays_that_no_tensor_can_share_are_refused():
    for array in (np.arange(3)[::-1], np.zeros(3, "f4,i1")["f0"], [1, 2]):
        with pytest.raises(MinigradError):
            from_numpy(array)


def test_a_read_only_array_is_shared_for_reading():
    array = np.arange(3.0)
    array.flags.writeable = False
    x = from_numpy(array)
    assert (x + 1).tolist() == [1, 2, 3]
    with pytest.raises(MinigradError, match="read-only"):
        x[0] = 1


@given(shapes)
@drawn
def test_filled_tensors_have_the_shape_asked_for(shape):
    assert same(zeros(*shape), np.zeros(shape, np.float32))
    assert same(ones(shape), np.ones(shape, np.float32))
    assert same(full(shape, 7), np.full(shape, 7, np.int64))
    assert same(full(shape, 7, dtype=minigrad.float64), np.full(shape, 7.0))


@pytest.mark.parametrize("arguments", [(5,), (0,), (2, 7), (0, 10, 3), (5, 0, -2), (0, 1, 0.25), (1.5, 4), (3, 3)])
def test_arange_counts_as_numpy_does(arguments):
    expected = np.arange(*arguments)
    dtype = np.float32 if expected.dtype.kind == "f" else np.int64
    assert same(arange(*arguments), expected.astype(dtype))


@pytest.mark.parametrize("arguments", [(0, 5, 0), (0, 5, -1), (5, 0)])
def test_arange_refuses_a_step_that_leads_away(arguments):
    with pytest.raises(MinigradError, match="arange cannot go from"):
        arange(*arguments)


@pytest.mark.parametrize("shape", [(-1,), (2, -3), (1.5,), ("a",)])
def test_impossible_shapes_are_refused(shape):
    with pytest.raises(MinigradError):
        zeros(*shape)


def test_tensors_are_made_like_others_and_may_ask_for_gradients():
    x = arange(6, dtype=minigrad.float64).view(2, 3)
    assert same(minigrad.zeros_like(x), np.zeros((2, 3)))
    assert same(minigrad.ones_like(x, dtype=minigrad.int32), np.ones((2, 3), np.int32))
    assert same(minigrad.full_like(x, 7), np.full((2, 3), 7.0))
    for made in (
        tensor([1.0], requires_grad=True),
        zeros(2, requires_grad=True),
        ones(2, requires_grad=True),
        full((2,), 1.0, requires_grad=True),
        arange(0, 1, 0.5, requires_grad=True),
        minigrad.zeros_like(x, requires_grad=True),
    ):
        assert made.requires_grad
        assert made.is_leaf
    with pytest.raises(MinigradError, match=r"int64 .* cannot require gradients"):
        tensor([1], requires_grad=True)


def test_memory_is_shared_with_others_through_dlpack():
    array = np.arange(6.0).reshape(2, 3)
    x = minigrad.from_dlpack(array.T)
    array[0, 0] = 9
    assert x[0, 0].item() == 9
    back = np.from_dlpack(from_numpy(array))
    assert np.shares_memory(back, array)
    assert minigrad.from_dlpack(from_numpy(array)).tolist() == array.tolist()
    with pytest.raises(MinigradError, match="cannot share list through DLPack"):
        minigrad.from_dlpack([1.0])


def test_copies_that_python_makes_have_memory_of_their_own():
    for x in (tensor([1.0, 2.0]).requires_grad_(), tensor(2.0) * 3, arange(6).view(2, 3).T):
        for copied in (copy.deepcopy(x), pickle.loads(pickle.dumps(x))):
            assert same(copied.detach(), x.detach().numpy())
            assert copied.requires_grad == x.requires_grad
            copied.detach().zero_()
            assert x.sum().item() > 0
    with_history = tensor([1.0], requires_grad=True) * 2
    for make in (copy.deepcopy, pickle.dumps):
        with pytest.raises(MinigradError, match="with a history cannot be"):
            make(with_history)


# --- Backends


def test_a_tensor_moves_to_a_backend_by_its_name_and_gradients_move_back():
    x = tensor([1.0, 2.0], requires_grad=True)
    y = x.to("numba")
    assert y.backend.name == "numba"
    assert y.to("numba") is y
    (y * y).sum().to("numpy").backward()
    assert x.grad.tolist() == [2, 4]
    assert x.grad.backend.name == "numpy"
    assert zeros(2, backend="numba").backend.name == "numba"
    assert tensor([1.0], backend="numba").backend.name == "numba"
    with pytest.raises(MinigradError, match="there is no backend 'abacus'"):
        zeros(2, backend="abacus")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda a, b: a + b, "add: shape (2, 3) is on the backend numpy and shape (3,) on numba"),
        (lambda a, b: a @ b, "matmul of shape (2, 3) on the backend numpy and shape (3,) on numba"),
        (lambda a, b: minigrad.cat([a[0], b]), "cat of shape (3,) on the backend numpy and shape (3,) on numba"),
        (lambda a, b: minigrad.where(a > 0, b, 0), "on numba"),
        (lambda a, b: a.copy_(b), "cannot write shape (3,) on the backend numba into shape (2, 3) on numpy"),
    ],
)
def test_backends_do_not_mix(call, said):
    with pytest.raises(MinigradError) as caught:
        call(zeros(2, 3), zeros(3, backend="numba"))
    assert said in str(caught.value)
    assert ".to" in str(caught.value)


# --- Views


@given(views())
@drawn
def test_views_have_numpys_shape_and_elements(pair):
    array, view = pair
    assert same(view, array)
    assert view.shape == array.shape == view.size()
    assert view.ndim == view.dim() == array.ndim
    assert view.numel() == array.size
    assert view.tolist() == array.tolist()
    assert same(view.clone(), array)
    assert view.clone().is_contiguous()
    assert view.is_contiguous() == np.asarray(array).flags.c_contiguous


@given(st.data())
@drawn
def test_a_write_through_a_view_is_seen_by_the_tensor(data):
    array = data.draw(arrays())
    whole = tensor(array)
    order = data.draw(st.permutations(range(array.ndim)))
    key = data.draw(indices(tuple(array.shape[d] for d in order)))
    array.transpose(order)[key] = 1
    whole.permute(*order)[key] = 1
    assert same(whole, array)


@given(st.data())
@drawn
def test_reshaping_keeps_the_order_of_elements(data):
    array, view = data.draw(views())
    sizes = data.draw(st.sampled_from([(-1,), array.shape, (1, *array.shape), (array.size, 1)]))
    if sizes == (-1,):
        assert same(view.flatten(), array.reshape(-1))
    if -1 not in sizes or array.size:
        assert same(view.reshape(*sizes), array.reshape(sizes))
    if view.is_contiguous() and array.size:
        assert np.shares_memory(view.view(sizes).numpy(), view.numpy())


@given(views())
@drawn
def test_squeeze_undoes_unsqueeze(pair):
    array, view = pair
    assert same(view.squeeze(), np.squeeze(array))
    assert same(view.unsqueeze(-1), np.expand_dims(array, -1))
    assert same(view.unsqueeze(0).squeeze(0), array)
    assert same(view.T, array.T)


def test_squeeze_leaves_a_dimension_of_another_size():
    assert zeros(2, 1).squeeze(0).shape == (2, 1)
    assert zeros(2, 1).squeeze(1).shape == (2,)


def test_dimensions_can_be_joined_and_exchanged():
    x = arange(24).view(2, 3, 4)
    assert x.flatten(1).shape == (2, 12)
    assert x.flatten(0, 1).shape == (6, 4)
    assert x.transpose(0, -1).shape == (4, 3, 2)
    assert x.size(-1) == 4
    assert x.stride() == (12, 4, 1)
    assert x[1].storage_offset() == 12
    assert len(x) == 2
    assert [row.shape for row in x] == [(3, 4), (3, 4)]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda x: x.T.view(6), "shape (3, 2) with strides (1, 3) has no view of shape (6,)"),
        (lambda x: x.view(4), "shape (2, 3) cannot become another: 6 elements do not fill shape (4,)"),
        (lambda x: x.expand(4, 3), "shape (2, 3) does not expand to (4, 3)"),
        (lambda x: x[0].expand(2, 3).copy_(1), "cannot write into shape (2, 3) with strides (0, 1)"),
        (lambda x: x.copy_(zeros(4)), "shape (4,) does not expand to (2, 3)"),
        (lambda x: x.item(), "shape (2, 3) has 6 elements"),
        (lambda x: bool(x), "shape (2, 3) has 6 elements"),
        (lambda x: len(x[0, 0]), "no dimensions"),
        (lambda x: list(x[0, 0]), "no dimensions"),
        (lambda x: x.permute(0), "name each dimension once"),
        (lambda x: x.view("a"), "sizes and dimensions are integers"),
        (lambda x: x.flatten(1, 0), "starts at dimension 1 and ends before it"),
        (lambda x: x.to(None), "cannot hold None"),
    ],
)
def test_mistakes_are_explained_with_the_shapes(call, said):
    with pytest.raises(MinigradError) as caught:
        call(arange(6).view(2, 3))
    assert said in str(caught.value)


# --- Into Python and NumPy


@given(views())
@drawn
def test_numpy_reads_a_tensor_as_an_array(pair):
    array, view = pair
    assert np.array_equal(np.asarray(view), array)
    assert np.asarray(view).dtype == array.dtype
    assert np.asarray(view, dtype=np.float64).dtype == np.float64
    if array.size:
        assert np.shares_memory(np.asarray(view), view.numpy())
        assert not np.shares_memory(np.array(view), view.numpy())


@given(st.sampled_from(("float32", "float64", "int32", "int64", "bool")), arrays())
@drawn
def test_conversion_is_numpys(dtype, array):
    assert same(from_numpy(array).to(dtype), array.astype(dtype))


def test_one_element_is_a_number():
    assert tensor([[3]]).item() == 3
    assert float(tensor(1.5)) == 1.5
    assert int(tensor([2.5])) == 2
    assert [10, 20][tensor(1)] == 20
    assert not tensor(0.0)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (lambda: tensor(3), "tensor(3)"),
        (lambda: tensor([1.0, 2.5]), "tensor([1. , 2.5])"),
        (lambda: tensor([[1, 2], [3, 4]]).T, "tensor([[1, 3],\n        [2, 4]])"),
        (lambda: tensor([True, False]), "tensor([ True, False])"),
        (lambda: tensor([1.0], dtype=minigrad.float64), "tensor([1.], dtype=float64)"),
        (lambda: tensor([1], dtype=minigrad.int32), "tensor([1], dtype=int32)"),
        (lambda: zeros(0), "tensor([])"),
        (lambda: zeros(0, 3), "tensor([], size=(0, 3))"),
        (lambda: zeros(0, dtype=minigrad.int64), "tensor([], dtype=int64)"),
    ],
)
def test_a_tensor_is_shown_as_pytorch_shows_it(made, text):
    assert repr(made()) == text


def test_a_long_tensor_is_shown_in_short():
    assert len(repr(arange(100_000))) < 100


def test_tensor_is_both_the_module_and_the_function():
    from minigrad.tensor import tensor as function

    assert minigrad.tensor([1]).tolist() == function([1]).tolist()
    assert minigrad.tensor.Tensor is Tensor
