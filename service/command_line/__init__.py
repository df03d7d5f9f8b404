"""The command `hisobot`: each command is a thin shell over one use case of service/."""


def main() -> None:
    """Runs the command line. It is loaded only here: every reader process imports this module again, and needs none of it."""
    from service.command_line.application import main as run

    run()
