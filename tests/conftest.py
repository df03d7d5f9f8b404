"""Fixtures for all tests. Each real part (PostgreSQL, Dovecot, an SMTP server) is started by its own module, on loopback, on a free port."""

pytest_plugins = ["tests.support.postgresql", "tests.support.dovecot", "tests.support.smtp_server"]
