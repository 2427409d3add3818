"""`python -m mesange.cli` is the command `mesange`."""

from mesange.cli import main

main()
