"""ZIP files from strangers: read in memory, bounded before anything is unpacked, names never used as paths."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from quizapp.core.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_MEMBERS = 5_000
MOST_BYTES = 200 * 2**20
# A collection is held in memory twice while it is read.
MOST_MEMBER_BYTES = 128 * 2**20
HIGHEST_RATIO = 120
_RATIO_FROM = 2**20
_UNSAFE_NAME = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|[\x00-\x1f\x7f]")
_LOCAL_HEADER = 30
# What XML declares, entities above all, may multiply without end. Also as UTF-16.
_DECLARATION = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)")


class Archive:
    """The members of a ZIP file, each checked before it is unpacked.

    :raise UnreadableError: the file is no ZIP file, damaged, or made to harm; the message says which.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableError("this is not a ZIP file, or a damaged one") from error
        self._members = {member.filename: member for member in self._file.infolist()}
        self._check(self._file.infolist(), len(content))

    @property
    def names(self) -> Iterable[str]:
        """The names of all members."""
        return self._members.keys()

    def read(self, name: str) -> bytes:
        """Return what is in a member."""
        member = self._members[name]
        if member.file_size > MOST_MEMBER_BYTES:
            most = MOST_MEMBER_BYTES >> 20
            raise UnreadableError("'%(name)s' in the archive is larger than %(most)d MB", name=name, most=most)
        try:
            with self._file.open(member) as file:
                content = file.read(member.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise UnreadableError("'%(name)s' in the archive is damaged", name=name) from error
        if len(content) != member.file_size:
            raise UnreadableError("'%(name)s' in the archive is not as large as the archive says", name=name)
        return content

    def xml(self) -> dict[str, bytes]:
        """Return the XML members of an office file by their names.

        :raise UnreadableError: one of them declares something, which no office program writes.
        """
        parts = {name: self.read(name) for name in self.names if name.endswith((".xml", ".rels"))}
        if any(_DECLARATION.search(part) for part in parts.values()):
            raise UnreadableError("the file declares entities of its own, as no office program does: it was not opened")
        return parts

    def _check(self, members: list[zipfile.ZipInfo], size: int) -> None:
        if len(members) > MOST_MEMBERS:
            raise UnreadableError("the archive has more than %(most)d members", most=MOST_MEMBERS)
        if len(self._members) < len(members):
            raise UnreadableError("the archive has two members of one name")
        if sum(member.file_size for member in members) > MOST_BYTES:
            raise UnreadableError("unpacked, the archive would be larger than %(most)d MB", most=MOST_BYTES >> 20)
        end = 0
        for member in sorted(members, key=lambda member: member.header_offset):
            _check_member(member)
            if member.header_offset < end:
                raise UnreadableError("members of the archive overlap: it is made to grow without bounds")
            end = member.header_offset + _LOCAL_HEADER + member.compress_size
        if end > size:
            raise UnreadableError("the archive is cut off")


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    # What zipfile made of the name hides a zero byte.
    if _UNSAFE_NAME.search(member.orig_filename) or _UNSAFE_NAME.search(name):
        raise UnreadableError("the archive has a member with an unsafe name: '%(name)s'", name=ascii(name)[1:-1])
    if member.flag_bits & 0x1:
        raise UnreadableError("the archive is encrypted")
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        raise UnreadableError("the archive has a link in it: '%(name)s'", name=name)
    if member.file_size > _RATIO_FROM and member.file_size > HIGHEST_RATIO * max(1, member.compress_size):
        raise UnreadableError(
            "'%(name)s' in the archive would grow more than %(ratio)d times when unpacked",
            name=name,
            ratio=HIGHEST_RATIO,
        )
