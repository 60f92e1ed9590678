"""The Merkle tree of RFC 6962, against the values that its reference implementation is tested with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondsource import merkle

# From the tests of Certificate Transparency's own tree (google/certificate-transparency, merkletree).
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [merkle.leaf(bytes.fromhex(entry)) for entry in ENTRIES]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_root_is_that_of_the_reference(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proved_and_no_other_is(size: int, draw: st.DataObject) -> None:
    leaves = [merkle.leaf(bytes([number])) for number in range(size)]
    index = draw.draw(st.integers(0, size - 1))
    path, root = merkle.inclusion(index, leaves), merkle.root(leaves)
    assert merkle.root_from_inclusion(index, size, leaves[index], path) == root
    assert merkle.root_from_inclusion(index, size, merkle.leaf(b"another"), path) != root
    for wrong in (path[:-1], [*path, bytes(32)]):
        if wrong != path:
            with pytest.raises(ValueError, match="the path is too"):
                merkle.root_from_inclusion(index, size, leaves[index], wrong)


def test_a_leaf_that_is_not_there_cannot_be_proved() -> None:
    with pytest.raises(ValueError, match="there is no leaf 8 among 8"):
        merkle.inclusion(8, LEAVES)
    with pytest.raises(ValueError, match="there is no leaf 8 among 8"):
        merkle.root_from_inclusion(8, 8, LEAVES[0], [])
