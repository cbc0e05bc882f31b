"""``python -m analysis`` and the program ``analysis``: an interruption ends them with one line, also while they import."""

from __future__ import annotations

import signal
import sys

INTERRUPTED = 130  # as shells count it: 128 and the number of the signal


def main() -> None:
    """Run the command line; exit code 130 after Ctrl-C."""
    try:
        from analysis.cli import main as run

        run()
    except (KeyboardInterrupt, SystemExit) as ended:  # Typer turns the first into the second
        if isinstance(ended, SystemExit) and ended.code != INTERRUPTED:
            raise
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.stderr.write(
            "interrupted: what was written is whole, the rest is made by the next run\n"
        )
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
