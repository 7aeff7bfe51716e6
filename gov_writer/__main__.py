"""``python -m gov_writer`` is ``gov-writer``."""

import sys


def main() -> None:
    """Entry point of ``gov-writer``: who presses Ctrl-C while it starts gets the same answer as later."""
    try:
        from gov_writer.cli import main as run
    except KeyboardInterrupt:
        sys.stderr.buffer.write("已中断。\n".encode())
        raise SystemExit(130) from None
    run()


if __name__ == "__main__":
    main()
