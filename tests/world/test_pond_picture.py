"""The pond as it is drawn: everybody has a place of their own, and the careful stand outside."""

from math import hypot

import pytest

from kleinverzet.world import pond, pond_picture
from kleinverzet.world.pond_knobs import USUAL, Knobs
from kleinverzet.world.pond_picture import Dot, Picture

PONDS = [
    USUAL,
    Knobs(people=10, begin=0, never=0),
    Knobs(people=200, begin=0, never=0),
    Knobs(people=200, begin=200, never=0),
    Knobs(people=200, begin=60, never=60, who="enough"),
]


@pytest.mark.parametrize("knobs", PONDS)
def test_everybody_stands_in_the_picture_and_on_nobody(knobs: Knobs) -> None:
    picture = _drawn(knobs)
    places = [(float(dot.x), float(dot.y)) for dot in picture.dots]
    assert len(places) == knobs.people
    assert all(hypot(*place) + 0.3 < float(picture.half) for place in places)
    for at, (x, y) in enumerate(places):
        assert all(hypot(x - a, y - b) > 0.62 for a, b in places[at + 1 :])


@pytest.mark.parametrize("knobs", PONDS)
def test_who_waits_longer_never_stands_nearer_to_the_middle(knobs: Knobs) -> None:
    rows = [round(hypot(float(dot.x), float(dot.y))) for dot in _drawn(knobs).dots]
    assert rows == sorted(rows)


def test_a_band_of_water_fills_when_the_people_in_it_speak() -> None:
    picture = _drawn(USUAL)
    fills = {float(band.radius): band.step for band in picture.bands}
    assert [fills[row + 0.5] for row in range(7)] == [-1, -1, 2, 3, 4, -1, -1]


def test_the_water_is_drawn_from_the_outside_in() -> None:
    radii = [float(band.radius) for band in _drawn(Knobs(people=200)).bands]
    assert radii == sorted(radii, reverse=True)


def test_one_person_is_the_stone_and_only_who_can_begin_has_a_name() -> None:
    dots = _drawn(USUAL).dots
    assert [dot.who for dot in dots if dot.is_stone] == [3]
    assert [dot.who for dot in dots] == [0, 0, *range(3, 20), 0, 0, 0, 0, 0]


def test_numbers_are_written_as_svg_reads_them() -> None:
    assert all("," not in dot.x + dot.y for dot in _drawn(USUAL).dots)


def _drawn(knobs: Knobs) -> Picture:
    picture = pond_picture.draw(pond.pond(knobs))
    assert all(isinstance(dot, Dot) for dot in picture.dots)
    return picture
