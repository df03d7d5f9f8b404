"""A Maildir alone: names of files, and what is no message."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mailer.inbox import Fetched
from mailer.maildir import MaildirInbox
from metering.errors import PermanentError, TemporaryError
from tests.support.inboxes import MaildirPlace, letter


@pytest.fixture
def place(tmp_path: Path) -> MaildirPlace:
    return MaildirPlace(tmp_path / "mail")


@pytest.fixture
def inbox(place: MaildirPlace) -> MaildirInbox:
    opened = place.inbox()
    opened.open()
    return opened


def test_the_folder_is_made_where_there_is_none(inbox: MaildirInbox, place: MaildirPlace) -> None:
    assert inbox.everything() == []
    assert sorted(part.name for part in place.folder.iterdir()) == ["cur", "new", "tmp"]


def test_what_is_still_being_written_is_no_message(inbox: MaildirInbox, place: MaildirPlace) -> None:
    (place.folder / "tmp" / "1.half.host").write_bytes(letter(1)[:20])
    assert inbox.everything() == []


def test_hidden_files_and_folders_are_no_messages(inbox: MaildirInbox, place: MaildirPlace) -> None:
    (place.folder / "new" / ".nfs0001").write_bytes(letter(1))
    (place.folder / "cur" / "folder").mkdir()
    assert inbox.everything() == []


def test_flags_are_no_part_of_the_uid(inbox: MaildirInbox, place: MaildirPlace) -> None:
    (place.folder / "cur" / "17.M1P1.host,S=5:2,FRS").write_bytes(letter(1))
    assert [location.uid for location in inbox.everything()] == ["17.M1P1.host,S=5"]


def test_a_name_that_is_no_utf8_has_a_uid_that_can_be_stored(inbox: MaildirInbox, place: MaildirPlace) -> None:
    with open(os.fsencode(place.folder / "new") + b"/17.\xce\xf2\xf7.host", "wb") as file:
        file.write(letter(1))
    (location,) = inbox.everything()
    assert location.uid.encode("utf-8") == b"17.\\xce\\xf2\\xf7.host"
    assert inbox.fetch(location) == Fetched(letter(1))


def test_an_empty_file_is_no_message_yet(inbox: MaildirInbox, place: MaildirPlace) -> None:
    place.put(b"")
    (location,) = inbox.everything()
    assert inbox.fetch(location) is None


def test_headers_of_a_large_file_with_bare_line_feeds_end_at_the_empty_line(place: MaildirPlace) -> None:
    place.put(b"Subject: large\n\nbody\n\n" + b"x" * 2000)
    limited = place.inbox(message_bytes=1000)
    limited.open()
    assert limited.fetch(limited.everything()[0]) == Fetched(b"Subject: large\n\n", headers_only=True)


def test_a_folder_that_cannot_be_read_is_a_temporary_error(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where a folder should be")
    with pytest.raises(TemporaryError, match="permissions"):
        MaildirInbox(tmp_path / "mail", 1000).open()


def test_a_folder_that_vanishes_is_a_temporary_error(inbox: MaildirInbox, place: MaildirPlace) -> None:
    place.folder.rename(place.folder.with_name("elsewhere"))
    with pytest.raises(TemporaryError):
        inbox.everything()


def test_messages_are_never_filed(inbox: MaildirInbox) -> None:
    with pytest.raises(PermanentError, match=r"imap\.file_into"):
        inbox.file_away(["1"], "Done")
