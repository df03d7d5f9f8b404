"""Bounces of every kind are matched to their letter by our seal alone, and say whether anybody is at the address."""

from __future__ import annotations

import pytest

from mailer.bounces import Bounce, Fate, brings_back, fate_of_refusal, read_bounce
from mailer.message_ids import MessageIds
from metering.messages import RecipientReport, Returned
from parsers.opening import OpeningLimits, open_message

IDS = MessageIds(b"a key of sixteen bytes or more", "utility.example")
OURS = IDS.make("reminder/00421/2026-11/5")
FORGED = MessageIds(b"another key of sixteen bytes", "utility.example").make("reminder/00421/2026-11/5")

STANDARD = """\
Return-Path: <>
From: MAILER-DAEMON@mx.school.example (Mail Delivery System)
To: metrology@utility.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.school.example
{envelope}

Final-Recipient: rfc822; a@school.example
Original-Recipient: rfc822;a@school.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--b
{returned}
--b--
"""
HEADERS = "Content-Type: text/rfc822-headers\n\nSubject: =?utf-8?B?0KI=?=\nMessage-ID: {id}\nTo: a@school.example\n"
WHOLE = "Content-Type: message/rfc822\n\nSubject: x\nMessage-ID: {id}\nTo: a@school.example\nContent-Type: text/plain\n\nHello\n"
QMAIL = """\
Return-Path: <>
From: MAILER-DAEMON@mx.school.example
Subject: failure notice

Hi. This is the qmail-send program at mx.school.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<a@school.example>:
{said}

--- Below this line is a copy of the message.

Message-ID: {id}
Subject: x
"""
EXIM = """\
From: Mail Delivery System <Mailer-Daemon@mx.school.example>
X-Failed-Recipients: a@school.example
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender

A message that you sent could not be delivered to one or more of its recipients.

  a@school.example
    SMTP error from remote mail server after RCPT TO:<a@school.example>:
    {said}

------ This is a copy of the message's headers. ------
Message-ID: {id}
"""


def standard(action="failed", status="5.1.1", diagnostic="550 5.1.1 User unknown", envelope="", returned=HEADERS, id=OURS):
    return STANDARD.format(action=action, status=status, diagnostic=diagnostic, envelope=envelope, returned=returned.format(id=id))


def read(text: str, tmp_path) -> Bounce | None:
    opened = open_message(text.replace("\n", "\r\n").encode(), tmp_path, OpeningLimits()).message
    assert opened is not None
    return read_bounce(opened.headers, opened.text, opened.returned, IDS.is_ours)


@pytest.mark.parametrize("returned", [HEADERS, WHOLE])
def test_a_standard_bounce_is_matched_by_what_it_returns(tmp_path, returned):
    found = read(standard(returned=returned), tmp_path)
    assert found == Bounce(OURS, "a@school.example", Fate.HARD, "5.1.1 smtp; 550 5.1.1 User unknown")


def test_it_is_matched_by_the_envelope_id_where_nothing_is_returned(tmp_path):
    text = standard(envelope=f"Original-Envelope-Id: {OURS.strip('<>')}", returned="Content-Type: text/plain\n\nnothing\n")
    assert read(text, tmp_path).message_id == OURS


@pytest.mark.parametrize(
    ("status", "diagnostic", "fate"),
    [
        ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", Fate.HARD),
        ("5.2.1", "mailbox disabled", Fate.HARD),
        ("5.4.4", "Host or domain name not found", Fate.HARD),
        ("5.2.2", "552 mailbox full", Fate.SOFT),
        ("5.7.1", "550 rejected as spam: user unknown to our lists", Fate.SOFT),
        ("5.1.8", "bad sender address", Fate.SOFT),
        ("4.4.7", "delivery time expired", Fate.SOFT),
        ("5.0.0", "550 No such user here", Fate.HARD),
        ("5.0.0", "554 delivery error", Fate.SOFT),
        ("", "550 5.1.1 unknown", Fate.HARD),
    ],
)
def test_the_status_says_whether_anybody_is_there(tmp_path, status, diagnostic, fate):
    assert read(standard(status=status, diagnostic=diagnostic), tmp_path).fate is fate


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_no_failure_is_no_bounce(tmp_path, action):
    assert read(standard(action=action), tmp_path) is None


@pytest.mark.parametrize("frame", [QMAIL, EXIM])
@pytest.mark.parametrize(
    ("said", "fate"),
    [
        ("550 5.1.1 The email account that you tried to reach does not exist.", Fate.HARD),
        ("Sorry, no mailbox here by that name. User unknown", Fate.HARD),
        ("550 Пользователь не найден", Fate.HARD),
        ("552 5.2.2 over quota", Fate.SOFT),
        ("451 try again; message expired", Fate.SOFT),
    ],
)
def test_bounces_in_words_are_understood(tmp_path, frame, said, fate):
    found = read(frame.format(said=said, id=OURS), tmp_path)
    assert (found.message_id, found.fate) == (OURS, fate)
    assert said[:40] in found.text


@pytest.mark.parametrize(
    "text", [standard(id=FORGED), QMAIL.format(said="550 user unknown", id=FORGED), EXIM.format(said="550", id="<x@y>")]
)
def test_a_forged_bounce_says_nothing(tmp_path, text):
    assert read(text, tmp_path) is None


def test_the_automatic_answer_of_a_person_who_quotes_us_is_no_bounce(tmp_path):
    answer = f"From: Lola <a@school.example>\nAuto-Submitted: auto-replied\nSubject: Re: x\n\nI am away. 550\n> Message-ID: {OURS}\n"
    assert read(answer, tmp_path) is None
    with_ours_within = answer.replace("\n\nI am", '\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n\nI am') + f"--b\n{WHOLE}--b--\n"
    assert read(with_ours_within.format(id=OURS), tmp_path) is None


def test_what_brings_a_letter_of_ours_back_is_known(tmp_path):
    returned = Returned(headers=(f"Message-ID: {OURS}\n",))
    assert brings_back(returned, IDS.is_ours)
    assert not brings_back(Returned(headers=(f"Message-ID: {FORGED}\n",)), IDS.is_ours)
    assert not brings_back(Returned(), IDS.is_ours)


@pytest.mark.parametrize(
    ("answer", "fate"),
    [
        ("SMTP server 5.6.7.8:25: 550 5.1.1 <a@b.example>: Recipient address rejected: User unknown", Fate.HARD),
        ("SMTP server mx:25: 550 No such user", Fate.HARD),
        ("SMTP server mx:25: 554 5.7.1 spam", None),
        ("SMTP server mx:25: 552 5.3.4 too big", None),
        ("given up after 10 attempts; the last: 450 4.2.1 greylisted", None),
    ],
)
def test_a_refusal_at_once_says_the_same(answer, fate):
    assert fate_of_refusal(answer) is fate


def test_hostile_status_parts_cost_little(tmp_path):
    many = "\n\n".join(f"Final-Recipient: rfc822; {n}@a.example\nAction: failed\nStatus: {'5' * 3000}" for n in range(5000))
    text = standard().replace("Final-Recipient: rfc822; a@school.example", many, 1)
    opened = open_message(text.encode(), tmp_path, OpeningLimits()).message
    assert len(opened.returned.recipients) <= 50
    assert all(len(report.status) <= 500 for report in opened.returned.recipients)
    assert isinstance(opened.returned.recipients[0], RecipientReport)
