"""`python -m service` is the command `hisobot`."""

from service.command_line import main

if __name__ == "__main__":  # a reader process imports this module too
    main()
