"""Roots and proofs, against the test vectors of RFC 6962's reference implementation."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qala.ledger.merkle import START, Proof, check_inclusion, hash_leaf, hash_tree, link, prove_inclusion

# https://github.com/google/certificate-transparency: merkletree/merkle_tree_test.go, "testInputs" and "testRoots"
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
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


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_standard(size: int) -> None:
    leaves = [hash_leaf(bytes.fromhex(written)) for written in INPUTS[:size]]
    assert hash_tree(leaves).hex() == ROOTS[size - 1]


def test_the_root_over_nothing_is_the_hash_of_nothing() -> None:
    assert hash_tree([]) == hashlib.sha256(b"").digest()


@given(st.integers(1, 70).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1))))
def test_every_entry_can_be_proved_and_no_other_in_its_place(chosen: tuple[int, int]) -> None:
    size, place = chosen
    leaves = [hash_leaf(str(number).encode()) for number in range(size)]
    root, proof = hash_tree(leaves), prove_inclusion(leaves, place)
    assert check_inclusion(proof, leaves[place], root)
    assert len(proof.path) <= (size - 1).bit_length()
    assert not check_inclusion(proof, hash_leaf(b"another"), root)
    assert not check_inclusion(proof, leaves[place], hash_leaf(b"another"))
    assert not check_inclusion(proof._replace(path=(*proof.path, START)), leaves[place], root)
    if size > 1:
        assert not check_inclusion(proof._replace(path=(START, *proof.path[1:])), leaves[place], root)
        wrong = proof._replace(place=(place + 1) % size)
        assert not check_inclusion(wrong, leaves[place], root) or leaves[place] == leaves[wrong.place]


def test_a_place_outside_the_log_proves_nothing() -> None:
    leaves = [hash_leaf(b"a"), hash_leaf(b"b")]
    assert not check_inclusion(Proof(2, 2, (leaves[0],)), leaves[1], hash_tree(leaves))
    with pytest.raises(IndexError):
        prove_inclusion(leaves, 2)


def test_a_leaf_is_no_node() -> None:
    a, b = hash_leaf(b"a"), hash_leaf(b"b")
    assert hash_tree([a, b]) != hash_leaf(a + b)


def test_the_chain_is_sha_256_of_hash_and_entry() -> None:
    assert link(START, "{}") == hashlib.sha256(bytes(32) + b"{}").digest()
