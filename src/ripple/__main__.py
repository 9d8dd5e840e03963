"""`python -m ripple` is the command `ripple`."""

import sys

from ripple.command import main

if __name__ == "__main__":
    sys.exit(main(prog="python -m ripple"))
