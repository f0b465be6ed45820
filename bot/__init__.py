"""The attendees and the process: storage, services, language, messages, delivery, assembly, commands."""
