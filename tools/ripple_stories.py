"""The experiment of docs/ripple.md: do those who do not fit leave, or stay and speak?

Thirty people who all see each other; most would speak, and nobody does. Each setting is played with
many seeds, and what is told is the middle and the range over them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ripple import NEVER, Complete, greatest_equilibrium, least_equilibrium
from ripple.dynamics import Story, simulate

PEOPLE = 30
STEPS = 200
PLAYED = 200
VOICES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0)
LISTENING = (-0.5, 0.0, 0.5)


@dataclass(frozen=True)
class Setting:
    """What a group is like, and what holds in it; the names are those of `simulate`."""

    people: int = PEOPLE
    careful: float = 0.4
    never: float = 0.2
    exit_after: int | None = 10
    voice: float = 0.0
    listening: float = 0.0
    practice: float = 0.0


def thresholds(setting: Setting, seed: int) -> np.ndarray:
    """Draw how many others each waits for: a bell around `careful` of all, and some never."""
    draws = np.random.default_rng([seed, 1])
    shares = draws.normal(setting.careful, 0.15, setting.people)
    k = np.maximum(np.rint(shares * (setting.people - 1)), 0).astype(np.int32)
    k[draws.random(setting.people) < setting.never] = NEVER
    return k


def play(setting: Setting, seed: int) -> Story:
    """Play one group."""
    return simulate(
        Complete(setting.people),
        thresholds(setting, seed),
        STEPS,
        exit_after=setting.exit_after,
        voice=setting.voice,
        listening=setting.listening,
        practice=setting.practice,
        seed=seed,
    )


def outcome(setting: Setting) -> dict[str, Any]:
    """Play a setting with every seed, and tell the ends."""
    stories = [play(setting, seed) for seed in range(PLAYED)]
    speaking = np.array([story.share for story in stories])
    willing = np.array([story.willing[-1] for story in stories]) / setting.people
    left = np.array([story.left.sum() for story in stories]) / setting.people
    return {
        "turned": float(np.mean(speaking >= 0.5)),
        "speaking": spread(speaking),
        "willing": spread(willing),
        "left_per_place": spread(left),
    }


def beginnings(setting: Setting) -> dict[str, Any]:
    """Tell how many would speak by themselves and together, before anything happens."""
    group = Complete(setting.people)
    drawn = [thresholds(setting, seed) for seed in range(PLAYED)]
    least = np.array([least_equilibrium(group, k).size for k in drawn]) / setting.people
    greatest = np.array([greatest_equilibrium(group, k).size for k in drawn]) / setting.people
    return {"least": spread(least), "greatest": spread(greatest)}


def spread(values: np.ndarray) -> dict[str, float]:
    """Give the mean, and between what nine of ten lie."""
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return {
        "mean": round(float(values.mean()), 3),
        "low": round(float(low), 3),
        "middle": round(float(middle), 3),
        "high": round(float(high), 3),
    }


def paths(setting: Setting) -> np.ndarray:
    """Give the share that speaks: 5 %, the middle and 95 % of the groups, at each step."""
    told = np.array([play(setting, seed).speaking for seed in range(PLAYED)]) / setting.people
    return np.quantile(told, [0.05, 0.5, 0.95], axis=0)


def robustness() -> list[tuple[str, Setting]]:
    """Name what else could have been assumed: each differs in one thing."""
    return [
        ("as above", Setting()),
        ("patience of 5 steps", Setting(exit_after=5)),
        ("patience of 30 steps", Setting(exit_after=30)),
        ("nobody would never", Setting(never=0)),
        ("two in five never would", Setting(never=0.4)),
        ("less careful (30 %)", Setting(careful=0.3)),
        ("more careful (50 %)", Setting(careful=0.5)),
        ("10 people", Setting(people=10)),
        ("200 people", Setting(people=200)),
        ("practice of 0.1", Setting(practice=0.1)),
    ]
