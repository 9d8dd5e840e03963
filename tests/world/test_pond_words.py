"""What the pond says, in sentences that hold for every pond."""

import pytest
from hypothesis import given

from kleinverzet.world import pond, pond_words, pond_year
from kleinverzet.world.pond_knobs import ENOUGH, USUAL, Change, Knobs
from kleinverzet.world.pond_year import Year, Years
from tests.world.test_pond import knobs


def test_the_first_pond_tells_its_story() -> None:
    assert _said(USUAL) == [
        "Twee mensen zeggen het. De rest wacht.",
        "Eén iemand zegt het toch. Nu zijn het er drie.",
        "Wie op drie anderen wachtte, durft nu ook.",
        "En wie op zes wachtte.",
        "Negentien. Vijf mensen blijven stil, en dat mag.",
    ]


def test_the_steps_have_names_at_both_ends() -> None:
    assert _labels(USUAL) == ["Vanzelf", "Eén erbij", "", "", "Samen"]
    assert _labels(Knobs(people=200, who=ENOUGH))[1] == "23 erbij"
    assert _labels(Knobs(begin=5)) == ["Begin", "", "Vanzelf"]


def test_it_says_how_many_would_and_how_few_are_heard() -> None:
    first = pond.pond(USUAL)
    assert pond_words.gap(first) == (
        "Negentien van de 24 willen het zeggen. Toch hoor je er maar twee."
    )
    assert pond_words.turn(first) == (
        "Met twee mensen stopt het. Met drie niet meer. Het verschil is één persoon."
    )


@pytest.mark.parametrize(
    ("turned", "said"),
    [
        (Knobs(begin=0), "Zonder iemand die begint, blijft het stil. Met drie niet meer."),
        (Knobs(begin=1), "Met één mens stopt het. Met drie niet meer. Het verschil is twee"),
        (Knobs(begin=5), "Deze vijver heeft geen steen nodig"),
        (Knobs(begin=4, never=20), "Hier wacht niemand op een ander."),
        (Knobs(never=20), "Ook samen komt het hier niet verder."),
    ],
)
def test_it_says_where_it_turns(turned: Knobs, said: str) -> None:
    assert pond_words.turn(pond.pond(turned)).startswith(said)


def test_a_stone_that_sinks_is_told_and_so_is_what_could_have_been() -> None:
    assert _said(Knobs(people=200))[1:] == [
        "Eén iemand zegt het toch. Daar blijft het bij: de rest wacht op meer.",
        "Als iedereen het van elkaar wist, zeiden 195 mensen het.",
    ]


def test_nobody_and_everybody_have_sentences_of_their_own() -> None:
    assert _said(Knobs(begin=0))[0] == "Niemand zegt het. Iedereen wacht op een ander."
    assert _said(Knobs(begin=24, never=0)) == ["Iedereen zegt het meteen. Niemand wacht."]
    assert _said(Knobs(begin=0, never=24)) == ["Niemand zegt het."]
    assert _said(Knobs(never=0))[-1] == "Nu zegt iedereen het."
    assert _said(Knobs(never=1))[-1].endswith("Eén iemand blijft stil, en dat mag.")


def test_a_value_that_was_changed_is_told_with_what_it_can_be() -> None:
    assert pond_words.changed(Change("people", 200, 10, 200)) == (
        "We maakten er 200 van. Hier kan het van 10 tot en met 200."
    )
    assert "niemand meer over" in pond_words.changed(Change("never", 0, 0, 0))


def test_a_year_is_told_with_what_lies_between_leaving_and_staying() -> None:
    years = pond_year.play(USUAL)
    assert pond_words.lesson(years, 24).startswith("Wie weggaat, neemt een stem mee.")
    assert pond_words.left(1) == "Eén iemand ging weg."
    assert pond_words.left(0) == "Niemand ging weg."
    assert pond_words.voiced(3) == "Drie keer zei iemand het als eerste, en bleef."
    assert pond_words.voiced(0) == "Niemand hoefde de eerste te zijn."


def test_who_leaves_is_said_as_it_was_turned() -> None:
    assert pond_words.who_leaves(5) == "Daarna gaat die persoon weg"
    assert pond_words.who_stays(5) == "Of die blijft, en zegt het toch"
    assert pond_words.who_leaves(1) == "Eén op de vijf gaat daarna weg"
    assert pond_words.who_leaves(4) == "Vier op de vijf gaan daarna weg"
    assert pond_words.who_stays(4) == "Of iedereen blijft, en zegt het toch"


def test_where_a_few_who_stay_are_followed_it_says_so() -> None:
    followed, alone, loud = (Year(speaking, 4, 1, (2, speaking), "") for speaking in (17, 3, 19))
    assert _lesson(followed, loud).startswith("Het hoeft niet iedereen te zijn.")
    assert _lesson(alone, loud).startswith("Wie weggaat")


def test_a_small_difference_between_two_years_is_no_lesson() -> None:
    quiet, louder, loud = (Year(speaking, 0, 0, (), "") for speaking in (2, 3, 9))
    assert _lesson(loud, quiet).startswith("Hier helpt het juist")
    assert _lesson(quiet, loud).startswith("Wie weggaat")
    assert _lesson(quiet, louder).startswith("Hier zeggen ongeveer evenveel")
    assert _lesson(quiet, quiet) == _lesson(louder, quiet)


@given(knobs())
def test_every_step_of_every_pond_is_a_whole_sentence(turned: Knobs) -> None:
    for said in (*_said(turned), pond_words.turn(pond.pond(turned))):
        assert said[0].isupper() or said[0].isdigit()
        assert said.endswith(".")
        assert "%" not in said


def _said(turned: Knobs) -> list[str]:
    played = pond.pond(turned)
    return [pond_words.said(played, at) for at in range(len(played.steps))]


def _labels(turned: Knobs) -> list[str]:
    played = pond.pond(turned)
    return [pond_words.label(played, at) for at in range(len(played.steps))]


def _lesson(leaving: Year, staying: Year) -> str:
    return pond_words.lesson(Years(leaving=leaving, staying=staying), people=24)
