"""One stream out of a compound file, the container of office files of before 2007 ([MS-CFB])."""

from __future__ import annotations

import struct

_FREE = 0xFFFFFFFA  # sector numbers from here on are marks: end of chain, free, ...
_DIRECTORY_ENTRY = 128


class NotCompound(ValueError):
    """The file is cut off or contradicts itself."""


def stream_of(data: bytes, names: tuple[str, ...]) -> bytes:
    """The first stream of one of these names. Raises NotCompound."""
    try:
        return _Compound(data).stream(names)
    except (struct.error, IndexError) as error:
        raise NotCompound("the compound file is cut off") from error


class _Compound:
    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise NotCompound("sectors of an odd size")
        self._sector, self._mini = 1 << shift, 1 << mini_shift
        self._directory_start, self._cutoff, self._mini_start = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
        self._fat = self._numbers(b"".join(self._at(n) for n in self._fat_sectors()))

    def _fat_sectors(self) -> list[int]:
        found = [n for n in struct.unpack_from("<109I", self._data, 76) if n < _FREE]
        following, seen = struct.unpack_from("<I", self._data, 68)[0], 0
        while following < _FREE and seen < 256:  # each tells of 127 more, of 8 MB and more
            numbers = self._numbers(self._at(following))
            found += [n for n in numbers[:-1] if n < _FREE]
            following, seen = numbers[-1], seen + 1
        return found

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    @staticmethod
    def _numbers(sector: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])

    def _chain(self, first: int, table: tuple[int, ...]) -> list[int]:
        chain: list[int] = []
        while first < _FREE:
            chain.append(first)
            if len(chain) > len(table):
                raise NotCompound("a chain without an end")
            first = table[first]
        return chain

    def _read(self, first: int) -> bytes:
        return b"".join(self._at(n) for n in self._chain(first, self._fat))

    def stream(self, names: tuple[str, ...]) -> bytes:
        directory = self._read(self._directory_start)
        entries = [directory[at : at + _DIRECTORY_ENTRY] for at in range(0, len(directory) - _DIRECTORY_ENTRY + 1, _DIRECTORY_ENTRY)]
        by_name: dict[str, tuple[int, int]] = {}
        for entry in entries:
            length = min(64, struct.unpack_from("<H", entry, 64)[0])
            name = entry[: max(0, length - 2)].decode("utf-16-le", "replace")
            by_name.setdefault(name, struct.unpack_from("<II", entry, 116))
        wanted = next((by_name[name] for name in names if name in by_name), None)
        if wanted is None:
            raise NotCompound(f"no stream {' or '.join(names)}")
        first, size = wanted
        if size >= self._cutoff:
            return self._read(first)[:size]
        root, _ = by_name.get("Root Entry", (0xFFFFFFFE, 0))
        small, table = self._read(root), self._numbers(self._read(self._mini_start))
        return b"".join(small[n * self._mini : (n + 1) * self._mini] for n in self._chain(first, table))[:size]
