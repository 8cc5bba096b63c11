"""What a network has learned can be taken out, put into another one, and kept in a file."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from drawn_views import arrays, drawn_few
from hypothesis import given
from hypothesis import strategies as st

import minigrad
from minigrad import MinigradError, from_numpy, load, nn, optim, save, tensor, zeros


def network():
    return nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.LayerNorm(4), nn.Linear(4, 2))


# --- Out of a network and into another


def test_a_state_has_all_parameters_and_buffers_by_their_paths_and_shares_their_memory():
    net = network()
    net[1].register_buffer("seen", tensor([5]))
    state = net.state_dict()
    assert list(state) == ["0.weight", "0.bias", "1.seen", "2.weight", "2.bias", "3.weight", "3.bias"]
    assert not any(held.requires_grad for held in state.values())
    state["3.bias"].zero_()
    assert net[3].bias.tolist() == [0, 0]


def test_a_loaded_state_makes_networks_equal_and_is_copied():
    net, other = network(), network()
    x = minigrad.rand(5, 3)
    assert net(x).tolist() != other(x).tolist()
    assert other.load_state_dict(net.state_dict()) == ([], [])
    assert net(x).tolist() == other(x).tolist()
    nn.init.zeros_(net[0].weight)
    assert other[0].weight.tolist() != net[0].weight.tolist()


def test_a_state_may_have_numpy_arrays_and_another_dtype():
    layer = nn.Linear(2, 1)
    layer.load_state_dict({"weight": np.array([[1.0, 2.0]]), "bias": np.array([3])})
    assert layer.weight.dtype == minigrad.float32
    assert layer(tensor([1.0, 1.0])).tolist() == [6]


def test_what_is_used_twice_is_in_the_state_twice_and_one_layer_still():
    shared = nn.Linear(2, 2)
    net = nn.Sequential(shared, shared)
    assert list(net.state_dict()) == ["0.weight", "0.bias", "1.weight", "1.bias"]
    net.load_state_dict(nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2)).state_dict())
    assert net[0].weight is net[1].weight


def test_a_state_that_does_not_fit_is_refused_with_all_that_is_wrong_and_nothing_changes():
    net = network()
    before = {name: held.tolist() for name, held in net.state_dict().items()}
    state = {name: zeros(held.shape) for name, held in net.state_dict().items()}
    state["0.weight"] = zeros(4, 2)
    del state["2.bias"]
    state["4.bias"] = zeros(1)
    with pytest.raises(MinigradError) as problem:
        net.load_state_dict(state)
    assert str(problem.value) == (
        "this state does not fit Sequential:\n  0.weight has shape (4, 2), and belongs into shape (4, 3)\n"
        "  2.bias is missing\n  4.bias has no place"
    )
    with pytest.raises(MinigradError, match=r"0.weight has shape \(4, 2\)"):
        net.load_state_dict(state, strict=False)
    assert {name: held.tolist() for name, held in net.state_dict().items()} == before


def test_a_part_may_be_loaded_if_that_is_asked_for():
    net = network()
    found = net.load_state_dict({"0.bias": zeros(4), "head.bias": zeros(1)}, strict=False)
    assert found.missing_keys == ["0.weight", "2.weight", "2.bias", "3.weight", "3.bias"]
    assert found.unexpected_keys == ["head.bias"]
    assert net[0].bias.tolist() == [0] * 4


def test_loading_is_a_change_that_an_old_history_notices():
    layer = nn.Linear(2, 1)
    loss = layer(tensor([[1.0, 2.0]], requires_grad=True)).sum()
    layer.load_state_dict({"weight": zeros(1, 2), "bias": zeros(1)})
    with pytest.raises(MinigradError, match="changed in place"):
        loss.backward()


# --- Into a file and out of it


@pytest.fixture
def path(tmp_path):
    pytest.importorskip("safetensors")
    return tmp_path / "some.safetensors"


@given(st.data())
@drawn_few
def test_a_file_gives_back_what_was_put_into_it(tmp_path_factory, data):
    pytest.importorskip("safetensors")
    drawn = {name: data.draw(arrays()) for name in data.draw(st.sets(st.sampled_from(["a", "b.c", "ä 1"])))}
    path = tmp_path_factory.mktemp("saved") / "x"
    save({name: from_numpy(array).T for name, array in drawn.items()}, path)
    loaded = load(path)
    assert loaded.keys() == drawn.keys()
    for name, array in drawn.items():
        assert loaded[name].dtype == array.dtype
        assert loaded[name].shape == array.T.shape
        assert loaded[name].tolist() == array.T.tolist()


def test_a_network_goes_through_a_file(path):
    net, other = network(), network()
    save(net.state_dict(), path)
    other.load_state_dict(load(str(path)))
    x = minigrad.rand(5, 3)
    assert net(x).tolist() == other(x).tolist()


def test_other_libraries_read_our_files_and_we_theirs(path):
    safetensors = pytest.importorskip("safetensors.numpy")
    save({"x": tensor([[1.0, 2.0]]), "n": tensor(3)}, path)
    theirs = safetensors.load_file(path)
    assert {name: array.tolist() for name, array in theirs.items()} == {"x": [[1, 2]], "n": 3}
    safetensors.save_file({"y": np.arange(3)}, path, {"format": "np"})
    assert load(path)["y"].tolist() == [0, 1, 2]


def test_pytorch_loads_what_we_saved(path):
    torch = pytest.importorskip("torch")
    load_file = pytest.importorskip("safetensors.torch").load_file
    ours, theirs = nn.Linear(3, 2), torch.nn.Linear(3, 2)
    save(ours.state_dict(), path)
    theirs.load_state_dict(load_file(path))
    assert np.allclose(theirs(torch.ones(3)).tolist(), ours(minigrad.ones(3)).tolist())


def test_training_goes_on_from_a_file_as_if_it_had_not_been_interrupted(path):
    def steps(net, optimiser, count):
        for _ in range(count):
            optimiser.zero_grad()
            (net(x) ** 2).mean().backward()
            optimiser.step()

    x = minigrad.rand(8, 3)
    net = network()
    optimiser = optim.AdamW(net.parameters(), lr=0.05, betas=(0.8, 0.9))
    steps(net, optimiser, 2)
    save({"net": net.state_dict(), "optimiser": optimiser.state_dict(), "epoch": 2, "note": "half way"}, path)
    steps(net, optimiser, 2)
    resumed = network()
    fresh = optim.AdamW(resumed.parameters())
    checkpoint = load(path)
    resumed.load_state_dict(checkpoint["net"])
    fresh.load_state_dict(checkpoint["optimiser"])
    assert (checkpoint["epoch"], checkpoint["note"]) == (2, "half way")
    steps(resumed, fresh, 2)
    for p, q in zip(net.parameters(), resumed.parameters(), strict=True):
        assert p.tolist() == q.tolist()


def test_all_that_json_knows_can_stand_beside_tensors(path):
    contents = {"list": [1, [2.5, None], tensor([1, 2])], "texts": {"a": "b", "tensor": "no"}, "yes": True, "none": {}}
    save({**contents, "numpy": np.float32(0.5)}, path)
    loaded = load(path)
    assert loaded.pop("numpy") == 0.5
    assert loaded["list"].pop().tolist() == contents["list"].pop().tolist()
    assert loaded == contents


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        ({"a": {"b": object()}}, "a.b is a object"),
        ({"a.b": tensor(1), "a": {"b": tensor(2)}}, "'a.b'"),
    ],
)
def test_what_a_file_cannot_hold_is_told(path, contents, words):
    with pytest.raises(MinigradError, match=words):
        save(contents, path)
    assert not path.exists()


def test_a_file_that_is_not_there_or_is_none_of_ours_is_told(path):
    with pytest.raises(MinigradError, match=f"cannot load {path}"):
        load(path)
    path.write_text("hello")
    with pytest.raises(MinigradError, match=f"cannot load {path}"):
        load(path)


def test_without_safetensors_the_message_names_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "safetensors", None)
    monkeypatch.setitem(sys.modules, "safetensors.numpy", None)
    for use in (lambda: save({}, tmp_path / "x"), lambda: load(tmp_path / "x")):
        with pytest.raises(MinigradError, match="pip install safetensors"):
            use()
