"""The production settings, with the bare view added."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
