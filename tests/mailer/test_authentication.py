"""Who may speak for a contract: the tier of a sender, and what strangers try to be taken for more than they are."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailer.authentication import judge_sender
from metering.senders import Tier

US = "mx.teploenergo.uz"
HOSTS = ("mx.teploenergo.uz", "store.teploenergo.uz")
TAKEN_IN = f"from mail.firm.uz (mail.firm.uz [198.51.100.7]) by {US} with ESMTPS id 1; Thu, 22 Oct 2026 10:15:00 +0500"
DELIVERED = f"from {US} ({US} [10.0.0.5]) by store.teploenergo.uz with LMTP id 2; Thu, 22 Oct 2026 10:15:01 +0500"
PASS = f"{US}; spf=pass smtp.mailfrom=firm.uz; dkim=pass header.d=firm.uz; dmarc=pass header.from=firm.uz"
FROM = "Karimov <a.karimov@firm.uz>"

Headers = list[tuple[str, str]]


def mail(*results: str, sender: str = FROM, received: tuple[str, ...] = (TAKEN_IN,), below: Headers | None = None) -> Headers:
    """A message as our server leaves it: its results above its Received lines, then what the sender wrote."""
    ours = [("Authentication-Results", result) for result in results]
    return [*ours, *[("Received", line) for line in received], *(below or []), ("From", sender), ("Subject", "report")]


def tier(headers: Headers, authserv_id: str | None = US) -> Tier:
    return judge_sender(headers, authserv_id, HOSTS).tier


# -- the table ----------------------------------------------------------------------------------------------------------


def test_dmarc_pass_for_the_from_domain_is_tier_a() -> None:
    sender = judge_sender(mail(PASS), US, HOSTS)
    assert (sender.address, sender.tier) == ("a.karimov@firm.uz", Tier.A)


@pytest.mark.parametrize(
    "results",
    [
        "dkim=pass header.d=firm.uz; dmarc=none header.from=firm.uz",
        "dkim=pass header.d=firm.uz; spf=fail smtp.mailfrom=elsewhere.example",
        "dkim=pass header.i=@firm.uz",
        "dkim=pass header.d=firm.uz; dmarc=bestguesspass header.from=firm.uz",
        "dkim=pass header.d=mail.firm.uz",
        "dkim=fail header.d=firm.uz header.s=old; dkim=pass header.d=firm.uz header.s=new",
    ],
)
def test_aligned_dkim_without_a_dmarc_record_is_tier_a(results: str) -> None:
    assert tier(mail(f"{US}; {results}")) is Tier.A


@pytest.mark.parametrize(
    "results",
    [
        "spf=pass smtp.mailfrom=firm.uz; dkim=none; dmarc=none",
        "spf=pass smtp.mailfrom=bounce@mail.firm.uz",
        "spf=pass smtp.mailfrom=a.karimov@firm.uz; dkim=pass header.d=mailer.example",
        "spf=pass smtp.mailfrom=firm.uz; dkim=fail header.d=firm.uz",
        "dkim=pass header.d=firm.uz; dmarc=temperror header.from=firm.uz",
        "spf=pass smtp.mailfrom=firm.uz; spf=pass smtp.helo=mail.firm.uz",
    ],
)
def test_only_aligned_spf_is_tier_b(results: str) -> None:
    assert tier(mail(f"{US}; {results}")) is Tier.B


@pytest.mark.parametrize(
    "results",
    [
        "dmarc=fail header.from=firm.uz; dkim=pass header.d=firm.uz; spf=pass smtp.mailfrom=firm.uz",
        "dmarc=quarantine header.from=firm.uz",
        "spf=softfail smtp.mailfrom=evil.example; dkim=none; dmarc=fail header.from=firm.uz",
        "spf=none; dkim=none; dmarc=none",
        "none",
        "spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example",
        "dmarc=pass header.from=evil.example",
        "dmarc=pass",
        "dkim=pass header.d=notfirm.uz",
        "dkim=pass header.d=firm.uz.evil.example",
        "dkim=pass header.d=uz",
        "dkim=pass",
        "spf=pass smtp.helo=firm.uz",
        "dmarc=temperror header.from=firm.uz",
    ],
)
def test_fail_none_or_another_domain_is_tier_c(results: str) -> None:
    assert tier(mail(f"{US}; {results}")) is Tier.C


@pytest.mark.parametrize(
    "results",
    [
        ("dmarc=pass header.from=firm.uz; dmarc=fail header.from=firm.uz",),
        ("dmarc=pass header.from=firm.uz", "dmarc=none header.from=firm.uz"),
        ("dmarc=pass header.from=firm.uz", "dmarc=pass header.from=evil.example"),
        ("spf=pass smtp.mailfrom=firm.uz", "spf=fail smtp.mailfrom=firm.uz"),
        ("dkim=pass header.d=firm.uz header.s=s1", "dkim=fail header.d=firm.uz header.s=s1"),
    ],
)
def test_two_results_that_contradict_are_tier_c(results: tuple[str, ...]) -> None:
    assert tier(mail(*[f"{US}; {result}" for result in results])) is Tier.C


def test_results_in_several_headers_of_ours_belong_together() -> None:
    assert tier(mail(f"{US}; dmarc=pass header.from=firm.uz", f"{US}; dkim=pass header.d=firm.uz", f"{US}; spf=none")) is Tier.A


def test_the_same_result_twice_contradicts_nothing() -> None:
    assert tier(mail(PASS, PASS)) is Tier.A


def test_no_result_of_ours_is_told_apart_from_a_failure() -> None:
    assert tier(mail()) is Tier.NO_RESULT
    assert tier(mail("mx.elsewhere.example; dmarc=pass header.from=firm.uz")) is Tier.NO_RESULT
    assert tier(mail(f"{US}; iprev=pass policy.iprev=198.51.100.7")) is Tier.NO_RESULT


def test_without_an_authserv_id_nothing_is_checked() -> None:
    assert tier(mail(f"{US}; dmarc=fail header.from=firm.uz"), authserv_id=None) is Tier.UNCHECKED


def test_without_named_hosts_the_receiving_server_is_the_only_one() -> None:
    assert judge_sender(mail(PASS), US, ()).tier is Tier.A


# -- where a result counts ----------------------------------------------------------------------------------------------


def test_a_result_below_our_received_line_was_written_by_the_sender() -> None:
    forged = [("Authentication-Results", PASS)]
    assert tier(mail(f"{US}; dmarc=fail header.from=firm.uz", below=forged)) is Tier.C
    assert tier(mail(below=forged)) is Tier.NO_RESULT


def test_local_delivery_above_the_results_hides_nothing() -> None:
    headers = [("Return-Path", "<a@firm.uz>"), ("Delivered-To", "metrology"), ("Received", DELIVERED), *mail(PASS)]
    assert tier(headers) is Tier.A


@pytest.mark.parametrize(
    "hop",
    [
        f"by {US} (Postfix, from userid 1000) id 3; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from mail by {US} with local (Exim 4.96) (envelope-from <a@firm.uz>) id 3; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from localhost (localhost [127.0.0.1]) by {US} (Postfix) with ESMTP id 3; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from {US} ([127.0.0.1]) by {US} with LMTP id 3; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from {US} ({US} [203.0.113.5]) by {US} with ESMTP id 3; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from [10.1.2.3] (unknown [10.1.2.3]) by {US.upper()} with ESMTP id 3; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from {US} by localhost with LMTP id 3; Thu, 22 Oct 2026 10:15:02 +0500",
    ],
)
def test_a_hop_within_our_own_servers_does_not_end_the_run(hop: str) -> None:
    assert tier([("Received", hop), *mail(PASS)]) is Tier.A


@pytest.mark.parametrize(
    "hop",
    [
        f"from mail.firm.uz (mail.firm.uz [198.51.100.7]) by {US}; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from {US} (evil.example [8.8.8.8]) by {US}; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from {US} (unknown [8.8.8.8]) by {US}; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from {US} ([8.8.8.8]) by {US}; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from {US} ({US} [8.8.8.8] (may be forged)) by {US}; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from localhost (HELO localhost) (8.8.8.8) by {US}; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from evil.example (by {US}) by {US}; Thu, 22 Oct 2026 10:15:02 +0500",
        f"from evil.example (with local) by {US} with esmtp; Thu, 22 Oct 2026 10:15:02 +0500",
    ],
)
def test_below_a_hop_from_outside_our_name_is_a_forgery(hop: str) -> None:
    """The sender's own "Received: by our host" below the true one must not carry a forged result above itself into our run."""
    forged = [("Authentication-Results", PASS), ("Received", TAKEN_IN)]
    assert tier(mail(received=(hop,), below=forged)) is Tier.NO_RESULT
    assert tier(mail(f"{US}; dmarc=fail header.from=firm.uz", received=(hop,), below=forged)) is Tier.C


def test_results_above_a_top_line_that_is_not_ours_do_not_count() -> None:
    assert (
        tier([("Authentication-Results", PASS), ("Received", "from a by mx.elsewhere.example; Thu, 22 Oct 2026 10:15:00 +0500")]) is Tier.C
    )
    stranger = "from a by mx.elsewhere.example; Thu, 22 Oct 2026 10:15:00 +0500"
    assert tier(mail(PASS, received=(stranger, TAKEN_IN))) is Tier.NO_RESULT
    assert tier(mail(PASS, received=())) is Tier.NO_RESULT


# -- how a result may be written ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        f"{US} 1; dmarc=pass header.from=firm.uz",
        f'"{US}" (our server) ; DMARC = Pass (p=reject (sp=none); dis=none) Header.From = "FIRM.UZ"',
        f'{US};\t dmarc/1=pass reason="a; dmarc=fail" policy.dmarc=reject header.from=firm.uz;',
        f"{US}; dmarc=pass action=none header.from=firm.uz; x-odd; =; compauth=pass reason=100",
        f"{US}; dkim=pass header.d=firm.uz header.b=abc/1==; dmarc=pass header . from=firm.uz",
        f"{US.upper()}; dmarc=pass (a \\) bracket) header.from=someone@firm.uz",
    ],
)
def test_comments_quotes_versions_and_white_space_change_nothing(written: str) -> None:
    assert tier(mail(written)) is Tier.A


@pytest.mark.parametrize(
    "written", [f"{US} 2; dmarc=pass header.from=firm.uz", f"x.{US}; dmarc=pass header.from=firm.uz", "; dmarc=pass", ""]
)
def test_another_version_or_server_is_no_result_of_ours(written: str) -> None:
    assert tier(mail(written)) is Tier.NO_RESULT


@pytest.mark.parametrize(
    "written",
    [
        f"{US}; spf=pass smtp.mailfrom=firm.uz(.evil.example; dmarc=fail (p=none) header.from=firm.uz)",
        f"{US}; spf=pass smtp.mailfrom=firm.uz(.evil.example) ; dkim=none",
        f"{US}; dmarc=pass header.from=firm.uz (unclosed",
        f'{US}; spf=fail smtp.mailfrom="evil; dmarc=pass header.from=firm.uz',
        f"{US}; dmarc=pass header.from=firm.uz)",
    ],
)
def test_brackets_and_quotes_smuggled_into_a_name_spoil_the_header(written: str) -> None:
    assert tier(mail(written)) is Tier.C


def test_a_result_inside_a_comment_or_a_quoted_name_is_none() -> None:
    assert tier(mail(f"{US}; spf=fail (dmarc=pass header.from=firm.uz) smtp.mailfrom=evil.example")) is Tier.C
    assert tier(mail(f'{US}; spf=fail smtp.mailfrom="x; dmarc=pass header.from=firm.uz; "@evil.example')) is Tier.C


# -- the From header ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("a@firm.uz", "a@firm.uz"),
        ("<A.B@Firm.UZ>", "a.b@firm.uz"),
        ('"Каримов, А." <a@firm.uz>', "a@firm.uz"),
        ("Каримов, А.Б. <a@firm.uz>", "a@firm.uz"),
        ("a@firm.uz (Karimov)", "a@firm.uz"),
        ('"a@firm.uz" <a@firm.uz>', "a@firm.uz"),
        ("a@firm.uz <a@firm.uz>", "a@firm.uz"),
        ('"boss@bank.example" <a@firm.uz>', "a@firm.uz"),
        ('"a \\" quote <x@y.example>" <a@firm.uz>', "a@firm.uz"),
        ("OOO (ex <x@y.example>) Firm <a@firm.uz>", "a@firm.uz"),
        ("a@firm.uz.", "a@firm.uz"),
        ("a@тепло.uz", "a@xn--e1amjcn.uz"),
        ("  a+tag_1@mail.firm.uz ", "a+tag_1@mail.firm.uz"),
    ],
)
def test_the_address_is_found(written: str, address: str) -> None:
    assert judge_sender([("From", written)], None, ()).address == address


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Karimov",
        "MAILER-DAEMON",
        "<>",
        "a@firm.uz, b@firm.uz",
        "A <a@firm.uz>, B <b@other.example>",
        "a@firm.uz, B <b@other.example>",
        "group: a@firm.uz;",
        "group: A <a@firm.uz>;",
        "<a@firm.uz> <b@firm.uz>",
        "boss@bank.example <a@firm.uz>",
        '"b@firm.uz" <a@firm.uz>',
        "a@firm.uz (<b@firm.uz>)",
        "a@firm.uz <b@firm.uz>",
        "<@relay.example:a@firm.uz>",
        "a@[192.0.2.1]",
        "a@localhost",
        "a@192.0.2.1",
        '"a b"@firm.uz',
        "а@firm.uz",  # a Cyrillic letter before the @
        "a@\u212afirm.uz",  # the Kelvin sign, which becomes a k
        '"unclosed <a@firm.uz>',
        "(unclosed a@firm.uz",
        "a@firm..uz",
        "a@firm.uz" + "x" * 3000,
    ],
)
def test_what_is_not_exactly_one_address_is_tier_c(written: str) -> None:
    sender = judge_sender(mail(PASS, sender=written), US, HOSTS)
    assert (sender.address, sender.tier) == ("", Tier.C)


@pytest.mark.parametrize("authserv_id", [US, None])
def test_two_from_headers_or_none_are_tier_c(authserv_id: str | None) -> None:
    assert tier([*mail(PASS), ("FROM", FROM)], authserv_id) is Tier.C
    assert tier(mail(PASS)[:-2], authserv_id) is Tier.C


def test_an_idn_domain_is_compared_in_ascii() -> None:
    assert tier(mail(f"{US}; dmarc=pass header.from=xn--e1amjcn.uz", sender="a@тепло.uz")) is Tier.A
    assert tier(mail(f"{US}; dmarc=pass header.from=тепло.uz", sender="a@xn--e1amjcn.uz")) is Tier.A


# -- anything at all ----------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["From", "Received", "Authentication-Results", "Subject", "authentication-results", "RECEIVED", "X"])
WORDS = [US, "localhost", "[127.0.0.1]", "a@firm.uz", "from ", " by ", " with LMTP", "dmarc=pass", "dkim=pass", "spf=pass"]
PROPERTIES = [" header.from=firm.uz", " header.d=firm.uz", " smtp.mailfrom=firm.uz"]
PIECES = st.sampled_from([*WORDS, *PROPERTIES, *';()"\\<>,:=./ 1ё', "\x00", "\udce0"])
VALUES = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join))
ANY_HEADERS = st.lists(st.tuples(NAMES, VALUES), max_size=12)


@given(ANY_HEADERS)
@example([("From", "a@" + "." * 200)])
@example([("From", "a@" + "x" * 64 + ".uz")])
@example([("From", FROM), ("Received", "by " + US), ("Authentication-Results", "(" * 5000)])
def test_no_header_makes_it_fail(headers: Headers) -> None:
    sender = judge_sender(headers, US, HOSTS)
    assert (sender.address == "") <= (sender.tier is Tier.C)


@given(ANY_HEADERS.filter(lambda headers: not any(name.lower() == "from" for name, _ in headers)))
@example([("Authentication-Results", PASS), ("Received", TAKEN_IN)])
@example([("Authentication-Results", PASS), ("Received", DELIVERED), ("Received", TAKEN_IN)])
def test_nothing_that_the_sender_writes_changes_the_tier(forged: Headers) -> None:
    """All that a stranger can write stands below the line with which our server took the message in."""
    for result in ([], [PASS], [f"{US}; dmarc=fail header.from=firm.uz"], [f"{US}; spf=pass smtp.mailfrom=firm.uz"], [f"{US}; none"]):
        assert tier(mail(*result, below=forged)) is tier(mail(*result))
