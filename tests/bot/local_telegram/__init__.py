"""Tests of the local Telegram: over real HTTP, with python-telegram-bot at the other end where it matters."""
