"""Fixtures for all tests. Each real part (PostgreSQL, Dovecot, an SMTP server) is started by its own module, on a free port of loopback."""

pytest_plugins = [
    "tests.support.postgresql",
    "tests.support.dovecot",
    "tests.support.smtp_server",
    "tests.support.cached_readers",
    "tests.support.stage",
    "tests.support.months",
    "tests.support.signing",
    "tests.support.web",
    "tests.support.desk",
    "tests.support.customers",
]
