"""``python -m training``: the same as ``python -m training.build``."""

from training.build import main

main()
