"""numba is set up without a GPU, and when it cannot be, the message says why and what to do.

The choice is made once in a process, so each of these tests asks a process of its own.
"""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from minigrad.workbook import numba_simulator
from minigrad.workbook.numba_simulator import gpu_count, prepare

ROOT = Path(__file__).parents[2]
SETTINGS = ("NUMBA_ENABLE_CUDASIM", "NUMBA_DISABLE_CUDA", "NUMBA_CUDA_DRIVER", "PYTHONPATH")


def python(code: str, *path: Path, **environment: str) -> str:
    """What a fresh process without a GPU prints when it runs ``code``; ``path`` is searched first."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    kept |= {"PYTHONPATH": os.pathsep.join(map(str, [*path, ROOT])), "NUMBA_CUDA_DRIVER": "0", **environment}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], env=kept, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


PREPARE = """
    from minigrad.workbook.numba_simulator import SetupError, prepare
    try:
        print(prepare().kind, prepare().reason)
    except SetupError as error:
        print("SetupError:", error)
"""


# With the numba that is installed


def test_without_a_gpu_numbas_simulator_is_switched_on_and_no_process_started_later_inherits_it():
    code = f"""
    {PREPARE}
    import os
    from numba import cuda
    print(type(cuda.jit(lambda out: None)).__name__, os.environ.get("NUMBA_ENABLE_CUDASIM"))
    """
    assert python(code) == "simulator \nFakeCUDAKernel None"


def test_importing_the_modules_does_not_import_numba():
    code = """
    import sys
    from minigrad.workbook import numba_proxies, numba_run, numba_simulator
    print([name for name in sys.modules if name.partition(".")[0] == "numba"])
    """
    assert python(code) == "[]"


def test_a_user_who_keeps_numbas_simulator_off_has_neither():
    said = python(PREPARE, NUMBA_ENABLE_CUDASIM="0")
    assert said == "none there is no GPU here, and NUMBA_ENABLE_CUDASIM=0 keeps numba's simulator off"


def test_an_earlier_import_without_the_simulator_is_explained():
    said = python("\n    from numba import cuda" + PREPARE)
    assert said.startswith("SetupError: numba.cuda was imported before the workbook was")
    assert "Restart Python" in said and "NUMBA_ENABLE_CUDASIM=1" in said


def test_an_earlier_import_with_the_simulator_is_as_good():
    code = """
    from numba import cuda
    from minigrad.workbook.numba_simulator import prepare
    print(prepare().kind, cuda.threadIdx, cuda.shfl_sync)
    """
    said = python(code, NUMBA_ENABLE_CUDASIM="1")
    assert said == "simulator <cuda.threadIdx> <cuda.shfl_sync, which numba's simulator does not have>"


def test_a_gpu_leaves_numba_as_it_is():
    code = f"""
    from minigrad.workbook import numba_simulator
    numba_simulator.gpu_count = lambda: 1
    {PREPARE}
    from numba import cuda
    print(type(cuda.jit(lambda out: None)).__name__)
    """
    assert python(code) == "gpu \nCUDADispatcher"


# With an installation that does not work: a stand-in for it, first on the path


def installation(folder: Path, cuda: str | None, **versions: str) -> Path:
    """A ``numba`` whose ``numba.cuda`` is the given source, and what pip would know of it."""
    package = folder / "numba"
    (package / "core").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "core" / "__init__.py").touch()
    (package / "core" / "config.py").write_text("ENABLE_CUDASIM = 0\n")
    if cuda is not None:
        (package / "cuda").mkdir()
        (package / "cuda" / "__init__.py").write_text(cuda)
    for name, version in versions.items():
        about = folder / f"{name}-{version}.dist-info"
        about.mkdir()
        name = name.replace("_", "-")
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    return folder


BROKEN = {
    "a numba-cuda that is too old": (
        "from numba.core.types import a_name_that_went_away",
        {"numba": "0.68.1", "numba_cuda": "0.24.0"},
        [
            "numba 0.68.1 and numba-cuda 0.24.0 are installed and do not fit each other",
            "cu13]>=0.30.4",
            "[cu12]",
        ],
    ),
    "a numba-cuda without its libraries": (
        "raise ImportError('NVIDIA CUDA Python bindings not found. Install them.')",
        {"numba": "0.68.1", "numba_cuda": "0.30.4"},
        ["not the libraries that numba-cuda needs", "cu13]>=0.30.4", "pip uninstall numba-cuda"],
    ),
    "a numba-cuda that misses a module of its libraries": (
        "import cuda.no_such_module",
        {"numba": "0.68.1", "numba_cuda": "0.31.0"},
        ["not the libraries that numba-cuda needs", "cu13]>=0.30.4"],
    ),
    "a numba-cuda that fails in another way": (
        "raise TypeError('metaclass conflict')",
        {"numba": "0.70.0", "numba_cuda": "0.31.0"},
        ["numba 0.70.0 and numba-cuda 0.31.0 are installed, but", "metaclass conflict", "cu13]>=0.30.4"],
    ),
    "a numba of the future without numba.cuda": (
        None,
        {"numba": "0.99.0"},
        ["numba 0.99.0 comes without numba.cuda", "cu13]>=0.30.4"],
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_an_installation_that_cannot_work_is_named_with_what_to_install(what: str, tmp_path: Path):
    cuda, versions, expected = BROKEN[what]
    environment = installation(tmp_path, cuda, **versions)
    hide = "import sys; sys.meta_path = [f for f in sys.meta_path if 'NumbaCuda' not in type(f).__name__]\n"
    if "numba_cuda" not in versions:  # the one that is installed must not be seen
        hide += "from importlib import metadata as m\nold = m.version\n"
        hide += "def version(name):\n    if name == 'numba-cuda': raise m.PackageNotFoundError(name)\n"
        hide += "    return old(name)\nm.version = version\n"
    said = python(hide + textwrap.dedent(PREPARE), environment)
    assert said.startswith("SetupError: ")
    for part in expected:
        assert part in said


def test_the_second_call_says_the_same_as_the_first(tmp_path: Path):
    broken = "import sys\nsys.tried = [*getattr(sys, 'tried', []), 1]\n"
    broken += "raise OSError(f'attempt {len(sys.tried)}')"
    code = """
    import sys
    sys.meta_path = [f for f in sys.meta_path if 'NumbaCuda' not in type(f).__name__]
    from minigrad.workbook.numba_simulator import SetupError, prepare
    said = []
    for _ in range(2):
        try:
            prepare()
        except SetupError as error:
            said.append(str(error))
    print(len(said), len(set(said)))
    """
    assert python(code, installation(tmp_path, broken, numba="0.68.1", numba_cuda="0.30.4")) == "2 1"


# Counting GPUs


class Driver:
    """A stand-in for CUDA's driver library."""

    def __init__(self, devices: int, status: int = 0) -> None:
        self.devices, self.status = devices, status

    def cuInit(self, flags: int) -> int:
        return self.status

    def cuDeviceGetCount(self, count: object) -> int:
        count._obj.value = self.devices  # type: ignore[attr-defined]
        return 0


class NotADriver:
    """A library of the right name with nothing of CUDA in it."""


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS[:-1]:
        monkeypatch.delenv(name, raising=False)


def loads(library: object):
    def load(path: str) -> object:
        if isinstance(library, Exception):
            raise library
        return library

    return load


@pytest.mark.parametrize(
    ("library", "count"),
    [(Driver(2), 2), (Driver(1, status=100), 0), (NotADriver(), 0), (OSError("not found"), 0)],
    ids=["two devices", "a driver that does not start", "not a driver", "no driver"],
)
def test_gpus_are_those_of_a_driver_that_starts(library, count: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(numba_simulator, "_load", loads(library))
    assert gpu_count() == count


@pytest.mark.parametrize("setting", ["NUMBA_DISABLE_CUDA=1", "NUMBA_CUDA_DRIVER=0"])
def test_a_gpu_that_numba_was_told_not_to_use_does_not_count(setting: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(numba_simulator, "_load", loads(Driver(1)))
    monkeypatch.setenv(*setting.split("="))
    assert gpu_count() == 0


def test_the_driver_is_the_one_that_numba_was_told_to_use(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    seen = []
    monkeypatch.setattr(numba_simulator, "_load", lambda path: seen.append(path) or Driver(3))
    monkeypatch.setenv("NUMBA_CUDA_DRIVER", str(tmp_path / "libcuda.so"))
    assert gpu_count() == 3
    assert seen == [str(tmp_path / "libcuda.so")]


def test_counting_survives_a_library_that_is_not_there(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(OSError):
        numba_simulator._load("no-such-library")
    monkeypatch.setattr(numba_simulator, "_driver_paths", lambda: ["no-such-library", "nor-this-one"])
    assert gpu_count() == 0


def test_this_test_run_is_on_the_simulator():
    assert prepare().kind == "simulator"
