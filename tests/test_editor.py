"""`kleinverzet editor NAME`: appointing whoever works on the site, and letting them go."""

from pathlib import Path

import pytest

from tests import commands
from tests.cast import PIPPA

pytestmark = pytest.mark.slow

EDITORS = """
from kleinverzet.accounts.models import Person
from kleinverzet.world import editors
print(json.dumps([one.name for one in Person.objects.all() if editors.is_editor(one)]))
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the cast lives."""
    folder = tmp_path_factory.mktemp("life") / "data"
    commands.live(folder)
    return folder


def test_somebody_is_appointed_and_let_go(data: Path) -> None:
    answer = commands.run("editor", PIPPA.name.upper(), data=data)
    assert (answer.code, answer.complained) == (0, "")
    assert PIPPA.name in answer.said
    assert "/beheer/" in answer.said
    assert commands.script(EDITORS, data) == [PIPPA.name]
    again = commands.run("editor", PIPPA.name, data=data)
    assert again.code == 0, "appointing twice is no fault"
    answer = commands.run("editor", PIPPA.name, "--remove", data=data)
    assert answer.code == 0
    assert "no longer" in answer.said
    assert commands.script(EDITORS, data) == []


def test_a_name_that_nobody_has_is_refused_with_what_to_do(data: Path) -> None:
    refusal = commands.run("editor", "Niemand Nergens", data=data).refusal
    assert "Niemand Nergens" in refusal
    assert "sign up first" in refusal


def test_a_folder_without_data_is_refused(tmp_path: Path) -> None:
    assert "no data folder" in commands.run("editor", "Wie", data=tmp_path / "none").refusal
