"""What happens in the pond: who speaks alone, who follows, and who would if all knew."""

from hypothesis import example, given
from hypothesis import strategies as st

from kleinverzet.world import pond
from kleinverzet.world.pond import Kind
from kleinverzet.world.pond_knobs import ENOUGH, FEWEST, MOST, USUAL, Knobs


@st.composite
def knobs(draw: st.DrawFn) -> Knobs:
    people = draw(st.integers(FEWEST, MOST))
    begin = draw(st.integers(0, people))
    return Knobs(
        people=people,
        begin=begin,
        never=draw(st.integers(0, people - begin)),
        careful=draw(st.integers(1, 5)),
        leaves=draw(st.integers(1, 5)),
        who=draw(st.one_of(st.just(""), st.just(ENOUGH), st.integers(0, MOST).map(str))),
    )


def test_two_speak_and_with_one_more_nineteen_do() -> None:
    first = pond.pond(USUAL)
    assert [step.speaking for step in first.steps] == [2, 3, 9, 15, 19]
    assert [group.waits for group in first.groups] == [0, 3, 6, 10, None]
    assert [group.people for group in first.groups] == [2, 7, 6, 4, 5]
    assert (first.alone, first.after, first.together, first.enough) == (2, 19, 19, 1)


def test_somebody_who_waits_longest_draws_along_all_others_too() -> None:
    played = pond.pond(Knobs(who="19"))
    assert played.stones == (18,)
    assert [step.speaking for step in played.steps] == [2, 3, 10, 19]


def test_who_is_chosen_is_somebody_that_is_silent_and_would_speak() -> None:
    assert pond.pond(Knobs(who="1")).stones == (2,)
    assert pond.pond(Knobs(who="24")).stones == (18,)


def test_in_a_large_group_one_stone_sinks_and_the_page_knows_how_many_are_enough() -> None:
    sunk = pond.pond(Knobs(people=200))
    assert [step.kind for step in sunk.steps] == [Kind.ALONE, Kind.STONE, Kind.TOGETHER]
    assert sunk.after == 3
    assert sunk.enough == 23
    played = pond.pond(Knobs(people=200, who=ENOUGH))
    assert played.after == played.together == 195


def test_where_it_happens_by_itself_no_stone_falls() -> None:
    loud = pond.pond(Knobs(begin=5))
    assert loud.stones == ()
    assert [step.speaking for step in loud.steps] == [5, 11, 19]
    assert [step.kind for step in loud.steps] == [Kind.BEGIN, Kind.RIPPLE, Kind.RIPPLE]


def test_nobody_follows_who_waits_for_more_than_will_ever_speak() -> None:
    silent = pond.pond(Knobs(never=20))
    assert silent.alone == silent.together == 2
    assert silent.waiting == ()


def test_more_careful_people_need_more_stones() -> None:
    needed = [pond.pond(Knobs(careful=careful)).enough for careful in range(1, 6)]
    assert needed == sorted(needed)
    assert needed[0] == 0
    assert needed[-1] > 1


@given(knobs())
@example(Knobs(people=FEWEST, begin=0, never=FEWEST))
@example(Knobs(people=FEWEST, begin=FEWEST, never=0))
@example(Knobs(people=MOST, begin=0, never=0, careful=5, who=ENOUGH))
def test_every_pond_holds(turned: Knobs) -> None:
    played = pond.pond(turned)
    assert sum(group.people for group in played.groups) == len(played.joins) == turned.people
    assert played.alone <= played.after <= played.together <= turned.people - turned.never
    sizes = [step.speaking for step in played.steps]
    assert sizes == sorted(sizes)
    for at, size in enumerate(sizes):
        assert size == sum(0 <= joins <= at for joins in played.joins)
    # The stylesheet knows as many steps as there can be.
    assert 1 <= len(sizes) <= 6
    assert sizes[0] == turned.begin or sizes[0] == played.alone
    assert sizes[-1] == played.together
    assert sum(group.after for group in played.groups) == played.after


@given(knobs())
def test_as_many_stones_as_it_takes_move_everybody_who_would(turned: Knobs) -> None:
    chosen = Knobs(turned.people, turned.begin, turned.never, turned.careful, who=ENOUGH)
    played = pond.pond(chosen)
    assert played.after == played.together
    assert len(played.stones) == played.enough
