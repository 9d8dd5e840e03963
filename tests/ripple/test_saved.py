"""Networks in a folder: mapped into memory, whole or not at all, refused when broken."""

from pathlib import Path

import numpy as np
import pytest

from ripple import BadFile, BadNetwork, Complete, Network, Uniform, monte_carlo
from ripple.sweeps import open_saved, save

NETWORK = Network.erdos_renyi(80, 4.0, seed=1)


def test_a_saved_network_is_opened_where_it_is_asked(tmp_path: Path) -> None:
    folder = save(NETWORK, tmp_path / "network")
    opened = open_saved(folder)
    assert np.array_equal(opened.indptr, NETWORK.indptr)
    assert np.array_equal(opened.indices, NETWORK.indices)
    by_path = monte_carlo(folder, Uniform(0, 1), runs=9, seed=2, starters=4)
    assert np.array_equal(
        by_path.least, monte_carlo(NETWORK, Uniform(0, 1), runs=9, seed=2, starters=4).least
    )


def test_what_is_opened_is_mapped_and_never_written_back(tmp_path: Path) -> None:
    folder = save(NETWORK, tmp_path)
    opened = open_saved(folder)
    assert isinstance(opened.indices.base, np.memmap)
    opened.indices[:] = 0
    assert np.array_equal(open_saved(folder).indices, NETWORK.indices)


def test_a_network_takes_the_place_of_another_and_leaves_nothing_else(tmp_path: Path) -> None:
    save(NETWORK, tmp_path)
    save(Network.from_edges([(0, 1)]), tmp_path)
    assert open_saved(tmp_path).people == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["indices.npy", "indptr.npy"]


def test_people_without_ties_and_nobody_at_all_can_be_saved(tmp_path: Path) -> None:
    alone = Network.from_edges([], people=3)
    assert open_saved(save(alone, tmp_path)).people == 3
    assert open_saved(save(Network.from_edges([], people=0), tmp_path)).people == 0


def test_a_complete_group_has_nothing_to_save(tmp_path: Path) -> None:
    with pytest.raises(BadNetwork, match="give it to workers as it is"):
        save(Complete(9), tmp_path)  # type: ignore[arg-type]


def test_a_folder_without_a_network_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"indptr\.npy is not there; write it with ripple\.sweeps"):
        open_saved(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"no array", b"\x93NUMPY\x01\x00\x76\x00{'descr': '<i8', 'for"]
)
def test_a_file_that_is_no_array_is_refused(tmp_path: Path, content: bytes) -> None:
    save(NETWORK, tmp_path)
    (tmp_path / "indices.npy").write_bytes(content)
    with pytest.raises(BadFile, match=r"indices\.npy is no \.npy file"):
        open_saved(tmp_path)


def test_an_array_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    save(NETWORK, tmp_path)
    whole = (tmp_path / "indices.npy").read_bytes()
    (tmp_path / "indices.npy").write_bytes(whole[:-100])
    with pytest.raises(BadFile, match=r"indices\.npy is no \.npy file"):
        open_saved(tmp_path)


@pytest.mark.parametrize("wrong", [NETWORK.indices.astype(np.int64), np.zeros((2, 2), np.uint32)])
def test_an_array_of_another_kind_is_refused(tmp_path: Path, wrong: np.ndarray) -> None:
    save(NETWORK, tmp_path)
    np.save(tmp_path / "indices.npy", wrong)
    with pytest.raises(BadFile, match="is no flat array of uint32"):
        open_saved(tmp_path)


@pytest.mark.parametrize(
    ("indptr", "indices"),
    [
        ([], []),
        ([1, 2], [0, 0]),
        ([0, 2], [0]),
        ([0, 2, 1, 2], [1, 0]),
        ([0, 1, 2], [1, 2]),
    ],
)
def test_arrays_with_which_a_kernel_would_leave_its_memory_are_refused(
    tmp_path: Path, indptr: list[int], indices: list[int]
) -> None:
    np.save(tmp_path / "indptr.npy", np.array(indptr, dtype=np.int64))
    np.save(tmp_path / "indices.npy", np.array(indices, dtype=np.uint32))
    with pytest.raises(BadFile, match="make no network together; save it again"):
        open_saved(tmp_path)
