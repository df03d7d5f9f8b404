"""The command `hisobot`: each command is a thin shell over one use case of service/."""

from service.command_line.application import main

__all__ = ["main"]
