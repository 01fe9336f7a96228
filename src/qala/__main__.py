"""``python -m qala`` is ``qala``."""

from qala.cli import main

if __name__ == "__main__":
    main()
