"""A year in the pond: what becomes of a group where people leave, and of one where they stay."""

from dataclasses import replace

from hypothesis import given

from kleinverzet.world import pond, pond_year
from kleinverzet.world.pond_knobs import USUAL, Knobs
from tests.world.test_pond import knobs


def test_where_they_leave_it_stays_as_it_was() -> None:
    year = pond_year.play(USUAL).leaving
    assert set(year.quarters) == {2}
    assert year.left > 0
    assert year.voiced == 0


def test_where_they_stay_the_first_who_speaks_is_followed_by_all() -> None:
    year = pond_year.play(USUAL).staying
    assert year.quarters[0] == 2
    assert year.speaking == pond.pond(USUAL).together
    assert year.left == 0
    assert year.voiced > 0


def test_where_one_in_five_stays_and_speaks_most_follow() -> None:
    year = pond_year.play(replace(USUAL, leaves=4)).leaving
    assert year.left > 0
    assert year.voiced > 0
    assert year.speaking > USUAL.people / 2


def test_where_nobody_is_out_of_place_nobody_leaves() -> None:
    years = pond_year.play(Knobs(begin=0, never=24))
    assert years.leaving == years.staying
    assert years.leaving.left == years.leaving.voiced == 0


def test_a_leader_who_does_not_listen_makes_it_harder() -> None:
    heard, unheard = (pond_year.play(Knobs(listens=listens)).staying for listens in (5, 1))
    assert unheard.voiced > heard.voiced


def test_the_same_knobs_give_the_same_year() -> None:
    assert pond_year.play(USUAL) == pond_year.play(USUAL)


def test_the_chart_begins_and_ends_on_the_ground() -> None:
    year = pond_year.play(USUAL).staying
    assert year.shape.startswith("M0 40V36.7")
    assert year.shape.endswith("H104V40Z")


@given(knobs())
def test_every_group_has_its_two_years(turned: Knobs) -> None:
    years = pond_year.play(turned)
    for year in (years.leaving, years.staying):
        assert len(year.quarters) == 5
        assert all(0 <= speaking <= turned.people for speaking in year.quarters)
        assert year.quarters[-1] == year.speaking
    assert years.staying.left == 0
    assert turned.leaves < 5 or years.leaving.voiced == 0
