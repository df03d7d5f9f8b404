"""Wrappers: zip, winmail.dat, signed files; their bombs and locks."""

from __future__ import annotations

import base64
import struct
import zipfile
from io import BytesIO

import pytest
from asn1crypto import algos, cms, core
from hypothesis import given, settings
from hypothesis import strategies as st

from metering.messages import Fault
from parsers.files.containers import MEMBERS_LIMIT, Allowance, armoured_signed, unwrap
from parsers.files.sniff import Wrapper, sniff_wrapper

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 4
PLENTY = Allowance(member=10_000_000, total=50_000_000)


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def signed(content: bytes | None) -> bytes:
    encapsulated: dict[str, object] = {"content_type": "data"}
    if content is not None:
        encapsulated["content"] = core.OctetString(content)
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": encapsulated,
            "signer_infos": [],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()


def tnef(*attachments: tuple[bytes, bytes]) -> bytes:
    """[MS-OXTNEF]: signature and key, then objects of level, id, type, length, data, checksum."""

    def thing(level: int, identity: int, kind: int, data: bytes) -> bytes:
        return struct.pack("<BHHI", level, identity, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    out = struct.pack("<IH", 0x223E9F78, 1) + thing(1, 0x9006, 8, b"\x00\x00\x01\x00") + thing(1, 0x9007, 6, struct.pack("<II", 1251, 0))
    for name, data in attachments:
        out += thing(2, 0x9002, 6, bytes(14)) + thing(2, 0x8010, 1, name + b"\x00") + thing(2, 0x800F, 6, data)
    return out


def test_files_come_out_of_a_zip_and_folders_and_rubbish_do_not() -> None:
    data = zipped(("папка/отчет.pdf", PDF), ("папка/", b""), ("__MACOSX/._отчет.pdf", b"x"), ("Thumbs.db", b"x"))
    members, fault = unwrap(Wrapper.ZIP, data, "a.zip", PLENTY)
    assert [(m.name, m.data, m.fault) for m in members] == [("папка/отчет.pdf", PDF, None)]
    assert fault is None


@pytest.mark.parametrize("charset", ["cp866", "cp1251", "utf-8"])
def test_zip_names_without_the_utf8_flag_are_guessed(charset: str) -> None:
    name = "Отчет за октябрь.pdf".encode(charset)
    data = zipped(("x" * len(name), PDF)).replace(b"x" * len(name), name)
    members, _ = unwrap(Wrapper.ZIP, data, "a.zip", PLENTY)
    assert [m.name for m in members] == ["Отчет за октябрь.pdf"]


def test_a_locked_member_is_named_and_the_others_come_out() -> None:
    data = bytearray(zipped(("locked.pdf", PDF), ("open.pdf", PDF)))
    data[6] |= 1  # the flag in the local header and in the directory
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    members, fault = unwrap(Wrapper.ZIP, bytes(data), "a.zip", PLENTY)
    assert [(m.name, m.fault) for m in members] == [("locked.pdf", Fault.ENCRYPTED), ("open.pdf", None)]
    assert fault is None


def test_a_bomb_is_told_from_a_file_that_is_merely_large() -> None:
    noise = bytes((i * 2654435761 >> 7) & 255 for i in range(300_000))
    small = Allowance(member=100_000, total=50_000_000)
    (bomb,), _ = unwrap(Wrapper.ZIP, zipped(("bomb.pdf", bytes(50_000_000))), "a.zip", small)
    (large,), _ = unwrap(Wrapper.ZIP, zipped(("large.pdf", noise)), "a.zip", small)
    assert (bomb.fault, large.fault) == (Fault.LIMIT, Fault.TOO_LARGE)


def test_a_zip_that_lies_about_its_sizes_unpacks_no_more_than_allowed() -> None:
    data = zipped(("bomb.pdf", bytes(5_000_000)))
    lying = data.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 10))
    (member,), _ = unwrap(Wrapper.ZIP, lying, "a.zip", Allowance(member=100_000, total=100_000))
    assert member.fault is not None
    assert len(member.data) == 0


def test_the_allowance_of_all_members_together_ends_the_unpacking() -> None:
    members, fault = unwrap(Wrapper.ZIP, zipped(*[(f"{i}.pdf", PDF * 100) for i in range(20)]), "a.zip", Allowance(200_000, 300_000))
    assert fault is Fault.LIMIT
    assert sum(len(m.data) for m in members) <= 300_000


def test_more_members_than_allowed() -> None:
    members, fault = unwrap(Wrapper.ZIP, zipped(*[(f"{i}", b"x") for i in range(MEMBERS_LIMIT + 50)]), "a.zip", PLENTY)
    assert (len(members), fault) == (MEMBERS_LIMIT, Fault.LIMIT)


def test_a_member_without_a_name_comes_out() -> None:
    members, fault = unwrap(Wrapper.ZIP, zipped(("x", PDF)).replace(b"x", b"\x00"), "a.zip", PLENTY)  # a name ends at its first zero byte
    assert fault is None
    assert [(m.name, m.data) for m in members] == [("", PDF)]


def test_damaged_zips_are_damaged() -> None:
    whole = zipped(("a.pdf", PDF), method=zipfile.ZIP_STORED)
    assert unwrap(Wrapper.ZIP, whole[:200], "a.zip", PLENTY) == ([], Fault.DAMAGED)
    (member,), _ = unwrap(Wrapper.ZIP, whole.replace(PDF[100:110], b"0123456789", 1), "a.zip", PLENTY)
    assert member.fault is Fault.DAMAGED  # the checksum


def test_files_come_out_of_winmail_dat_with_their_names() -> None:
    data = tnef(("отчет.pdf".encode("cp1251"), PDF), (b"logo.png", b"\x89PNG"))
    assert sniff_wrapper(data) is Wrapper.TNEF
    members, fault = unwrap(Wrapper.TNEF, data, "winmail.dat", PLENTY)
    assert [(m.name, m.data) for m in members] == [("отчет.pdf", PDF), ("logo.png", b"\x89PNG")]
    assert fault is None


def test_a_winmail_dat_of_a_million_objects_is_refused_quickly() -> None:
    empty = struct.pack("<BHHI", 1, 0x8004, 1, 0) + b"\x00\x00"
    assert unwrap(Wrapper.TNEF, tnef() + empty * 500_000, "winmail.dat", PLENTY) == ([], Fault.LIMIT)


def test_the_signed_file_comes_out_of_its_signature() -> None:
    data = signed(PDF)
    assert sniff_wrapper(data) is Wrapper.CMS
    members, fault = unwrap(Wrapper.CMS, data, "отчет.pdf.p7m", PLENTY)
    assert [(m.name, m.data) for m in members] == [("отчет.pdf", PDF)]
    assert fault is None


def test_a_detached_signature_holds_nothing_and_is_no_fault() -> None:
    assert unwrap(Wrapper.CMS, signed(None), "smime.p7s", PLENTY) == ([], None)


def test_signatures_are_recognised_in_base64_and_pem() -> None:
    data = signed(PDF)
    encoded = base64.encodebytes(data)
    for armoured in (encoded, b"-----BEGIN PKCS7-----\n" + encoded + b"-----END PKCS7-----\n"):
        assert armoured_signed(armoured) == data
    assert armoured_signed(b"Mister Karimov") is None


def test_an_encrypted_message_is_encrypted() -> None:
    identifier, body = cms.ContentType("enveloped_data").dump(), b"\x30\x00"
    raw = b"\x30" + bytes([len(identifier) + len(body) + 2]) + identifier + b"\xa0" + bytes([len(body)]) + body
    assert sniff_wrapper(raw) is Wrapper.CMS
    assert unwrap(Wrapper.CMS, raw, "smime.p7m", PLENTY) == ([], Fault.ENCRYPTED)


@pytest.mark.parametrize(
    ("wrapper", "seed"), [(Wrapper.ZIP, zipped(("a.pdf", PDF))), (Wrapper.TNEF, tnef((b"a.pdf", PDF))), (Wrapper.CMS, signed(PDF))]
)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_damage_makes_unwrapping_raise(wrapper: Wrapper, seed: bytes, data: st.DataObject) -> None:
    raw = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    raw = raw[: data.draw(st.integers(0, len(raw)))]
    members, fault = unwrap(wrapper, bytes(raw), "x", PLENTY)
    assert fault is None or isinstance(fault, Fault)
    assert all(isinstance(m.data, bytes) and isinstance(m.name, str) for m in members)
