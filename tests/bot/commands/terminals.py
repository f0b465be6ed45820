"""What a person types at a terminal, without one."""

import io


class Terminal(io.StringIO):
    """Answers that were typed; it says that it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True
