"""What is sealed opens with its key, in its place, unchanged, and in no other way."""

import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl import bindings
from nacl.public import PublicKey, SealedBox

from kleinverzet.vault import sealing
from kleinverzet.vault.sealing import BLOCK, Unopenable

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
PLACE = sealing.bind("entry", user="pippa", object="a", revision=1, key=1)
PRIVATE, PUBLIC = sealing.new_pair()
# One byte of version, 24 of nonce and 16 of authentication; a box brings a public key of 32.
AROUND_TEXT, AROUND_LETTER = 1 + 24 + 16, 1 + 32 + 16

places = st.dictionaries(st.text().filter(lambda name: name != "v"), st.text() | st.integers())
words = st.text(st.characters())  # with halves of characters that mean nothing alone
inside = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda more: st.lists(more) | st.dictionaries(words, more),
    max_leaves=8,
)  # fmt: skip
payloads = st.dictionaries(words, inside)


@given(st.binary(max_size=2000))
def test_what_was_sealed_opens_again(plain: bytes) -> None:
    assert sealing.open_(KEY, sealing.seal(KEY, plain, PLACE), PLACE) == plain


@given(payloads)
def test_a_payload_comes_back_as_it_was(payload: dict[str, Any]) -> None:
    assert _opened(sealing.seal_text(KEY, payload, PLACE)) == payload
    assert _received(sealing.seal_to(PUBLIC, payload, PLACE)) == payload


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"words": ""},
        {"words": "x" * 2_000_000},
        {"words": "één \ud83d alleen, en \ud83d\ude42 als twee helften, en 🙂 heel"},
        {"\udcff": ["\x00", "\u2028", "\N{LATIN SMALL LETTER E}\N{COMBINING ACUTE ACCENT}"]},
    ],
    ids=["nothing", "no words", "two megabytes", "half characters", "odd characters"],
)
def test_empty_and_huge_and_odd_payloads_come_back(payload: dict[str, Any]) -> None:
    assert _opened(sealing.seal_text(KEY, payload, PLACE)) == payload
    assert _received(sealing.seal_to(PUBLIC, payload, PLACE)) == payload


def test_the_same_is_never_sealed_alike_twice() -> None:
    assert len({sealing.seal(KEY, b"", PLACE) for _ in range(50)}) == 50
    assert len({sealing.seal_to(PUBLIC, {}, PLACE) for _ in range(50)}) == 50


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Unopenable):
        sealing.open_(OTHER_KEY, sealing.seal(KEY, b"words", PLACE), PLACE)
    letter = sealing.seal_to(PUBLIC, {"words": "x"}, PLACE)
    for private in (sealing.new_pair()[0], PUBLIC):
        with pytest.raises(Unopenable):
            sealing.open_with(private, letter, PLACE)


@pytest.mark.parametrize("key", [b"", KEY[:31], KEY + b"\0"], ids=["none", "short", "long"])
def test_a_key_of_another_size_opens_nothing(key: bytes) -> None:
    with pytest.raises(Unopenable):
        sealing.open_(key, sealing.seal(KEY, b"words", PLACE), PLACE)
    with pytest.raises(Unopenable):
        sealing.open_with(key, sealing.seal_to(PUBLIC, {}, PLACE), PLACE)


@pytest.mark.parametrize("bit", [0, 3, 7])
def test_every_byte_matters(bit: int) -> None:
    text, letter = sealing.seal_text(KEY, {}, PLACE), sealing.seal_to(PUBLIC, {}, PLACE)
    for at in range(len(text)):
        with pytest.raises(Unopenable):
            _opened(_flipped(text, at, bit))
    for at in range(len(letter)):
        with pytest.raises(Unopenable):
            _received(_flipped(letter, at, bit))


def test_what_was_cut_off_does_not_open() -> None:
    text, letter = sealing.seal_text(KEY, {}, PLACE), sealing.seal_to(PUBLIC, {}, PLACE)
    for length in range(len(text)):
        with pytest.raises(Unopenable):
            _opened(text[:length])
    for length in range(len(letter)):
        with pytest.raises(Unopenable):
            _received(letter[:length])


@given(st.binary(min_size=1, max_size=40))
def test_what_was_added_to_does_not_open(more: bytes) -> None:
    text, letter = sealing.seal_text(KEY, {}, PLACE), sealing.seal_to(PUBLIC, {}, PLACE)
    for changed in (text + more, text[:1] + more + text[1:]):
        with pytest.raises(Unopenable):
            _opened(changed)
    for changed in (letter + more, letter[:1] + more + letter[1:]):
        with pytest.raises(Unopenable):
            _received(changed)


def test_no_other_version_opens() -> None:
    text, letter = sealing.seal_text(KEY, {}, PLACE), sealing.seal_to(PUBLIC, {}, PLACE)
    for version in set(range(256)) - {sealing.VERSION}:
        with pytest.raises(Unopenable):
            _opened(bytes([version]) + text[1:])
        with pytest.raises(Unopenable):
            _received(bytes([version]) + letter[1:])


@pytest.mark.parametrize(
    "place",
    [
        sealing.bind("slot", user="pippa", object="a", revision=1, key=1),
        sealing.bind("entry", user="otto", object="a", revision=1, key=1),
        sealing.bind("entry", user="pippa", object="b", revision=1, key=1),
        sealing.bind("entry", user="pippa", object="a", revision=2, key=1),
        sealing.bind("entry", user="pippa", object="a", revision=1, key=2),
        sealing.bind("entry", user="pippa", object="a", revision="1", key=1),
        sealing.bind("entry", user="pippa", object="a", revision=1),
        b"",
    ],
)
def test_it_opens_in_no_other_place(place: bytes) -> None:
    with pytest.raises(Unopenable):
        sealing.open_text(KEY, sealing.seal_text(KEY, {}, PLACE), place)
    with pytest.raises(Unopenable):
        sealing.open_with(PRIVATE, sealing.seal_to(PUBLIC, {}, PLACE), place)


@given(places, places, st.text(), st.text())
def test_two_places_are_never_written_alike(
    one: dict[str, Any], other: dict[str, Any], purpose: str, purpose_of_other: str
) -> None:
    one.pop("purpose", None)
    other.pop("purpose", None)
    is_same = (purpose, one) == (purpose_of_other, other)
    written = sealing.bind(purpose, **one), sealing.bind(purpose_of_other, **other)
    assert (written[0] == written[1]) == is_same


def test_a_place_cannot_speak_for_the_version() -> None:
    with pytest.raises(ValueError, match="version"):
        sealing.bind("entry", v=2)


@given(st.text(st.characters(codec="ascii"), max_size=400))
def test_similar_texts_take_the_same_room(text: str) -> None:
    plain = len(json.dumps({"words": text}, separators=(",", ":"), ensure_ascii=False))
    blocks = plain // BLOCK + 1  # padding takes a byte at least
    assert len(sealing.seal_text(KEY, {"words": text}, PLACE)) == AROUND_TEXT + blocks * BLOCK


@pytest.mark.parametrize("length", [0, 1, 100, BLOCK - 13, BLOCK - 12, 3 * BLOCK])
def test_sealed_text_and_letters_come_in_whole_blocks(length: int) -> None:
    payload = {"words": "x" * length}
    assert (len(sealing.seal_text(KEY, payload, PLACE)) - AROUND_TEXT) % BLOCK == 0
    assert (len(sealing.seal_to(PUBLIC, payload, PLACE)) - AROUND_LETTER) % BLOCK == 0


def test_one_word_and_fifty_take_the_same_room() -> None:
    short, long = {"words": "ja"}, {"words": "woord " * 30}
    for_text = {len(sealing.seal_text(KEY, payload, PLACE)) for payload in (short, long)}
    for_letters = {len(sealing.seal_to(PUBLIC, payload, PLACE)) for payload in (short, long)}
    assert len(for_text) == len(for_letters) == 1


@pytest.mark.parametrize(
    "plain",
    [b"", b"{}", b"x" * BLOCK, *(
        bindings.sodium_pad(text, BLOCK)
        for text in (b"", b"[]", b"1", b"null", b"{", b'{"a":1}}', b"\xff", b"[" * 100_000)
    )],
)  # fmt: skip
def test_what_is_no_payload_inside_does_not_open(plain: bytes) -> None:
    with pytest.raises(Unopenable):
        _opened(sealing.seal(KEY, plain, PLACE))


@pytest.mark.parametrize(
    "boxed",
    [{}, {"payload": {}}, {"place": PLACE.decode()}, {"place": PLACE.decode(), "payload": []}],
    ids=["nothing", "no place", "no payload", "a list"],
)
def test_a_box_that_was_filled_otherwise_does_not_open(boxed: dict[str, Any]) -> None:
    padded = bindings.sodium_pad(json.dumps(boxed).encode(), BLOCK)
    with pytest.raises(Unopenable):
        _received(b"\x01" + SealedBox(PublicKey(PUBLIC)).encrypt(padded))


def test_a_number_that_json_does_not_know_is_refused_before_it_is_sealed() -> None:
    with pytest.raises(ValueError, match="JSON"):
        sealing.seal_text(KEY, {"tension": float("nan")}, PLACE)


def test_no_fault_carries_what_was_written() -> None:
    broken = sealing.seal(KEY, bindings.sodium_pad(b'{"words": "Bas Kwast', BLOCK), PLACE)
    try:
        _opened(broken)
    except Unopenable:
        fault = sys.exc_info()[1]
    while fault is not None:
        assert "Kwast" not in repr(vars(fault)) + repr(fault.args) + str(getattr(fault, "doc", ""))
        fault = fault.__cause__ or fault.__context__


def test_every_use_has_a_key_of_its_own() -> None:
    keys = {
        sealing.mix(KEY, "row", person="session.v1"),
        sealing.mix(KEY, "row", person="auth.v1"),
        sealing.mix(KEY, "another row", person="session.v1"),
        sealing.mix(KEY, "", person="session.v1"),
        sealing.mix(OTHER_KEY, "row", person="session.v1"),
    }
    assert len(keys) == 5
    assert {len(key) for key in keys} == {sealing.KEY_SIZE}


@pytest.mark.parametrize("key", [b"", KEY[:15], bytes(65)], ids=["none", "short", "long"])
def test_nothing_is_mixed_from_a_key_that_is_none(key: bytes) -> None:
    with pytest.raises(ValueError, match=r"(?i)key"):
        sealing.mix(key, "row", person="session.v1")


# What people keep must open for as long as protocol v1 is read, whatever changes in the code.
KEPT = (
    "01e5f7fadb33bd9a7ca2d8359e68a21f84bd06deac9556d75ebf27ce1210cf88ebf529aa62dadbe7c20964c7"
    "e76c7eb2bfd60445bc7e62789f3fde6f158f4d9c5dda5b3cd0b12bed984bc6bac760d4da5a15ce3f59d1dc19"
    "0536598a6cd912247cb9f77c588339c910e7e831ae3071d1041b2c24ddde3731da0218bf4d1747239ed568ca"
    "510ac8356e346759f24dac61be2c2fd4ac172e3f207e2f62e9b5de6046f4b5e009f5617ec2de91e97a1914e9"
    "aa1b8fc531b75298c1e9f8721531dc87776170ae2804894fcfce52b58803812a9f7d93631888af5114bcd1ea"
    "e75f3e16c905fbb4743f358e84349ddca74ed7cc9214e44d9047e106bad3cb24c59b31703e183f7b12245b08"
    "8a4ee13894761a19f4a4a9623cee2ee869e076ce65496765d6a47ff061418e2aea7f2438f58541400afca34c"
    "adfbda642dfa7fe9b2dd91fd7110c48ed6c588cd123ee511788b7325e9ceff3976e0be7ddeb887dde76ce1e7"
    "5b41d93317574530d8d8aea50f26d6613bb069acd10c1a890f3b4f99d23c148f433982f43f1e0680f7bddec1"
    "3f6e29f30520a2f0c6f7643f4d81cc7291b98d485f588026cbc3a5c8536bde1c9643c7c2e4247d74ef6ce9ae"
    "3f3a331143c52fbf7a61daf76e58f222ae7429b02e59c6f4e1359e6e441cce0d1bbb11da50835755a736cf67"
    "0729b1cb98418e9d1ddf0cd8793633f386d1238eb3814f30a209ae741fc9e02a5d685ee34ec3b3f140f19143"
    "7c4797c2b8a29ef3c866bed69d81893b4f8a5a6879853269c0"
)
SENT = (
    "0177a93294f15f346994a7d97be23926dd66c7abebc9c35e1b573b6b613f7e4679da9377553b0c770528ffff"
    "f8dfea3d9b6cc1ac39e4828bbf55117d14d9ced22997d82fb6bf2d1650c669d21e4469f45501b5f4e7c6acfb"
    "6df0c2933da793770cac42bdf47e6da14b309dd41fb2b1bee87de277d14195565d35b82f2184fc9a761c15a3"
    "a31233bb4733d456355af91a4ea75ea8d4390137225f96819d262fa1ba7b3ebe4d1822a0ec319f915087ebef"
    "c233fade10cdd1dac9d728da0253196e8f032c3976a6bc4715ac71232870d6dccf2dca7bbbf906c133b01273"
    "452141bcefa5167f493c553cb1cb4086e4a263ee08fd43b13e991a18a43e7a3921fa37e4ba3a30aafa5b8232"
    "3bcc00284600dd6d737d1a2c59ffb842d6b2cb7f9fb2c7ac8521b178b158122ae5afafaf2ecdebabc161ae56"
    "8e2c7209d0a7ed00439e04b6c10227119c6db697685827e4508bf56daf133bfef6181b40bd66a1a9e05e293f"
    "c5d5b4ca09194bc07366b0d8f5fd596fab8ab1ef6feda6ccf969ae584e6f7a9d70994683c30cabe19f324dd3"
    "e9a1997a9c03f13ec3402426fd0f167fd48c18f01e6468f5eb7de5584a7b334393a404fe67612a3f435f00f2"
    "f026d50433d7a97ab914f5b68489f2eea987838352fe7d8f942814a69db63cc477bc3f1d288d5656f9c1d59e"
    "c6d59ab4f8f409ab76b1c5445bbcbebf8e2e1ff2127f0f4f487f91cfb318ab6de9f16fe50cf35bdf448c5efe"
    "209e305dda3447fcbc93abeede65306a2e9480b03651d1dbe284b1f7e821dff403"
)
PRIVATE_THEN = bytes.fromhex("667ede7f8901cae993752ac37f0371d40c86ffe308ccdff05d83d9dd9442853c")
THEN = sealing.bind("me_reflection", user="u", object="o", revision=3, key=2)


def test_what_was_sealed_by_the_first_version_still_opens() -> None:
    assert sealing.open_text(KEY, bytes.fromhex(KEPT), THEN) == {"words": "één klein verzet"}
    assert sealing.open_with(PRIVATE_THEN, bytes.fromhex(SENT), THEN) == {"words": "vandaag"}
    assert sealing.mix(KEY, "row", person="session.v1").hex() == (
        "903f50bc051bcf2ee5eae3b57a12bc5fe19b681e51b1c8a3b42bf171f0d07875"
    )


def _opened(sealed: bytes) -> dict[str, Any]:
    return sealing.open_text(KEY, sealed, PLACE)


def _received(sealed: bytes) -> dict[str, Any]:
    return sealing.open_with(PRIVATE, sealed, PLACE)


def _flipped(sealed: bytes, at: int, bit: int) -> bytes:
    return sealed[:at] + bytes([sealed[at] ^ 1 << bit]) + sealed[at + 1 :]
