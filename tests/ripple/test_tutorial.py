"""The tutorial tells the truth: its blocks run, one after another, and print what stands there."""

import doctest
import re
from pathlib import Path

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "ripple-tutorial.md"
BLOCK = re.compile(r"^```pycon\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def test_every_block_of_the_tutorial_prints_what_stands_below_it() -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    # Prose goes, but its lines stay, so that a fault is told by its line in the file.
    blocks = {match.start(1): match.end(1) for match in BLOCK.finditer(text)}
    assert len(blocks) > 15
    assert text.count("```") == 2 * len(blocks)
    code = "".join(_code(text, blocks))
    told: list[str] = []
    example = doctest.DocTestParser().get_doctest(code, {}, TUTORIAL.name, str(TUTORIAL), 0)
    doctest.DocTestRunner(verbose=False).run(example, out=told.append)
    assert not told, "".join(told)
    assert len(example.examples) > 40


def _code(text: str, blocks: dict[int, int]) -> list[str]:
    parts, end = [], 0
    for begin, after in blocks.items():
        parts += ["\n" * text.count("\n", end, begin), text[begin:after]]
        end = after
    return parts
