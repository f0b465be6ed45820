"""Fixtures of the scenario tests."""

from tests.scenarios.browser import chromium, phone

__all__ = ["chromium", "phone"]
