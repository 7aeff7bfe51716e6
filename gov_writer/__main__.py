"""``python -m gov_writer`` is ``gov-writer``."""

from gov_writer.cli import main

if __name__ == "__main__":
    main()
