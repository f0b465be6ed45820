"""The conference: pure Python, no Telegram, no SQL, no clock of its own."""
