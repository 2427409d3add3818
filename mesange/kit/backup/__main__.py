"""What `take_apart` starts."""

from mesange.kit.backup.apart import main

main()
