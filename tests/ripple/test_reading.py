"""Edge lists in files: many ways to write the same ties, and a line number for what is wrong."""

import gzip
from pathlib import Path

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from ripple import BadFile
from ripple.reading import Named, read_ties

PATH = [["anna", "bas"], ["bas", "cato"]]


def written(folder: Path, text: str, name: str = "ties.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def told(named: Named) -> list[list[str]]:
    return [[named.names[end] for end in tie] for tie in named.network.edges.tolist()]


@pytest.mark.parametrize(
    "text",
    [
        "anna,bas\nbas,cato\n",
        "anna;bas\nbas;cato",
        "anna\tbas\nbas\tcato\n",
        "anna bas\nbas   cato\n",
        "  anna, bas\r\nbas ,cato\r\n\r\n",
        "\ufeffsource,target\nanna,bas\nbas,cato\n",
        "Van;Naar\nanna;bas\nbas;cato\n",
        "# a remark\n% another\nanna,bas\n\nbas,cato\n",
        '"anna","bas"\nbas,cato\n',
        "anna,bas,0.5,2026\nbas,cato,1.5,2026\n",
    ],
)
def test_the_same_ties_in_many_hands(tmp_path: Path, text: str) -> None:
    assert told(read_ties(written(tmp_path, text))) == PATH


def test_names_may_hold_what_separates(tmp_path: Path) -> None:
    named = read_ties(written(tmp_path, '"de Vries, A.","Smit, ""B."""\n'))
    assert named.names == ("de Vries, A.", 'Smit, "B."')


def test_whole_numbers_keep_their_order(tmp_path: Path) -> None:
    named = read_ties(written(tmp_path, "10 2\n2 9\n"))
    assert named.names == ("2", "9", "10")
    assert named.network.edges.tolist() == [[0, 1], [0, 2]]


def test_a_first_line_of_words_above_numbers_names_the_columns(tmp_path: Path) -> None:
    assert read_ties(written(tmp_path, "ego_id,alter_id\n1,2\n")).names == ("1", "2")


def test_people_called_a_and_b_are_people(tmp_path: Path) -> None:
    assert read_ties(written(tmp_path, "a,b\nb,c\n")).network.ties == 2


def test_one_may_say_what_the_first_line_is(tmp_path: Path) -> None:
    path = written(tmp_path, "anna,bas\nbas,cato\n")
    assert told(read_ties(path, header=True)) == [["bas", "cato"]]
    path = written(tmp_path, "source,target\nanna,bas\n")
    assert read_ties(path, header=False).network.ties == 2


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv.gz"
    path.write_bytes(gzip.compress(b"anna,bas\nbas,cato\n"))
    assert told(read_ties(path)) == PATH


def test_parquet_is_read(tmp_path: Path) -> None:
    table = {"one": ["anna", "bas"], "other": ["bas", "cato"], "since": [2020, 2021]}
    parquet.write_table(pyarrow.table(table), tmp_path / "ties.parquet")
    assert told(read_ties(tmp_path / "ties.parquet")) == PATH
    parquet.write_table(pyarrow.table({"a": [3, 1], "b": [1, 2]}), tmp_path / "ids.parquet")
    assert told(read_ties(tmp_path / "ids.parquet")) == [["1", "2"], ["1", "3"]]


def test_doubles_and_ties_with_oneself_can_be_left_out(tmp_path: Path) -> None:
    text = "anna,bas\nbas,anna\nanna,bas\ncato,cato\nbas,cato\n"
    named = read_ties(written(tmp_path, text), tidy=True)
    assert (told(named), named.dropped) == (PATH, 3)


def test_people_without_ties_can_be_added(tmp_path: Path) -> None:
    named = read_ties(written(tmp_path, "anna,bas\n")).with_people(["bas", "dirk", "dirk"])
    assert named.names == ("anna", "bas", "dirk")
    assert named.network.degrees.tolist() == [1, 1, 0]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("anna,bas\nbas,bas\n", 2, "bas has a tie with themselves"),
        ("anna,bas\n# \nbas,anna\n", 3, "bas and anna have a tie on line 1 already"),
        ("source,target\nanna,bas\ncato\n", 3, "has one field ('cato')"),
        ("anna,bas\ncato,\n", 2, "lacks an id"),
        ("anna,bas\n,cato\n", 2, "lacks an id"),
        ("anna", 1, "has one field ('anna')"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_ties(written(tmp_path, text))
    assert refused.value.line == line
    assert f"ties.csv, line {line}" in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "source,target\n"])
def test_a_file_without_ties_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadFile, match="has no ties; write two ids a line"):
        read_ties(written(tmp_path, text))


def test_other_letters_than_utf_8_are_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_bytes("anna,bas\nandré,bas\n".encode("latin-1"))
    with pytest.raises(BadFile, match="line 2 is no UTF-8; save the file as UTF-8") as refused:
        read_ties(path)
    assert refused.value.line == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere.csv", "is not there"),
        ("nowhere.parquet", "is not there"),
        (".", "cannot be read: Is a directory"),
        ("no.gz", "cannot be read: Not a gzipped file"),
        ("no.parquet", "cannot be read as Parquet"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str, said: str) -> None:
    written(tmp_path, "anna,bas\n", "no.gz")
    written(tmp_path, "anna,bas\n", "no.parquet")
    with pytest.raises(BadFile, match=said):
        read_ties(tmp_path / name)


def test_a_packed_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv.gz"
    path.write_bytes(gzip.compress(b"anna,bas\n" * 1000)[:-10])
    with pytest.raises(BadFile, match="cannot be read: Compressed file ended"):
        read_ties(path)


def test_a_packed_file_that_is_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv.gz"
    packed = bytearray(gzip.compress(b"".join(b"%d,%d\n" % (at, at + 1) for at in range(1000))))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = bytes(40)
    path.write_bytes(packed)
    with pytest.raises(BadFile, match=r"cannot be read: (Error -3|CRC check failed)"):
        read_ties(path)


def test_an_empty_field_of_parquet_is_refused_by_row(tmp_path: Path) -> None:
    table = pyarrow.table({"one": ["anna", None], "other": ["bas", "cato"]})
    parquet.write_table(table, tmp_path / "ties.parquet")
    with pytest.raises(BadFile, match="line 2 lacks an id"):
        read_ties(tmp_path / "ties.parquet")


@given(content=st.binary(max_size=60))
def test_whatever_stands_in_a_file_ends_in_a_network_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "anything.csv"
    path.write_bytes(content)
    try:
        named = read_ties(path)
    except BadFile:
        return
    assert named.network.people == len(named.names) > 1
