"""A network as bad as they come: requests and replies get lost, arrive twice, late, and out of order."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

LOST_SHARE, DOUBLED_SHARE, LATE_SHARE = 0.05, 0.15, 0.3
LONGEST_DELAY = 0.15
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Network:
    """A proxy in front of ``server_port`` that treats each request by chance."""

    def __init__(self, server_port: int, dice: Random) -> None:
        self.lost = self.doubled = 0
        self.port = 0
        self._server_port = server_port
        self._dice = dice
        self._under_way: set[asyncio.Task[bytes]] = set()

    async def open(self) -> None:
        """Begin to take requests at ``port``."""
        self._door = await asyncio.start_server(self._carry, "127.0.0.1", 0, backlog=512)
        self.port = self._door.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Take no more requests, and wait until nothing is under way any more."""
        self._door.close()
        await self._door.wait_closed()
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _message(reader)
            if self._happens(LOST_SHARE):
                self.lost += 1
                return
            first = self._deliver(request)
            if self._happens(DOUBLED_SHARE):
                self.doubled += 1
                self._deliver(request)
            reply = await first
            if self._happens(LOST_SHARE):
                self.lost += 1
                return
            writer.write(reply)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # whoever asked sees a broken connection, as in life
        finally:
            writer.close()

    def _happens(self, share: float) -> bool:
        return self._dice.random() < share

    def _deliver(self, request: bytes) -> asyncio.Task[bytes]:
        delay = self._dice.uniform(0, LONGEST_DELAY) if self._happens(LATE_SHARE) else 0.0
        task = asyncio.create_task(self._exchange(request, delay))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def _exchange(self, request: bytes, delay: float) -> bytes:
        await asyncio.sleep(delay)
        try:
            return await exchange(self._server_port, request)
        except OSError:
            return b""


async def exchange(port: int, request: bytes) -> bytes:
    """Send one request, which asks for the connection to be closed, and return the whole reply.

    :raise OSError: nobody answers, or breaks off in the middle.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        return await asyncio.wait_for(_message(reader), 20)
    except asyncio.IncompleteReadError as error:
        raise ConnectionResetError("the reply broke off") from error
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return head + await reader.readexactly(int(length[1]) if length else 0)
