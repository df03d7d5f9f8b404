"""`python -m service` is the command `hisobot`."""

from service.command_line import main

main()
