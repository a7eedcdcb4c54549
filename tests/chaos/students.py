"""Students who change their minds on two devices, send everything again and again, and keep book of what was promised.

A change is known by its key ``(sequence, device)``: of two, the greater counts.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tests.chaos.network import exchange

if TYPE_CHECKING:
    from random import Random

Key = tuple[int, str]
Answer = list[str]
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_COOKIE = re.compile(r"\r\nset-cookie: ([^;]+)", re.IGNORECASE)


@dataclass(slots=True)
class Book:
    """What the devices of one attempt sent, by position, and what they were told of it."""

    code: str
    options: list[Answer]
    sent: dict[int, dict[Key, Answer]] = field(default_factory=dict)
    saved: dict[int, set[Key]] = field(default_factory=dict)
    put_aside: set[tuple[int, Key]] = field(default_factory=set)
    is_handed_in: bool = False

    @property
    def acknowledged(self) -> int:
        """The number of changes that were said to be saved."""
        return sum(map(len, self.saved.values()))

    def newest_saved(self) -> dict[int, Key]:
        """Return the greatest key that was said to be saved, by position."""
        return {position: max(keys) for position, keys in self.saved.items()}


class Device:
    """A page that is open on one device: it keeps each change until the server has said what became of it."""

    def __init__(self, book: Book, name: str, port: int, dice: Random) -> None:
        self._book, self._name, self._port, self._dice = book, name, port, dice
        self._sequence = 0
        self._waiting: dict[int, dict[str, Any]] = {}

    async def answer(self, rounds: int) -> None:
        """Change answers and send what waits, in batches of any order, old changes among them."""
        for _ in range(rounds):
            for _ in range(self._dice.randint(1, 6)):
                self._change(self._dice.randrange(len(self._book.options)))
            await self._send_waiting()

    async def flush(self) -> None:
        """Send until nothing waits."""
        while self._waiting:
            await self._send_waiting()

    async def hand_in(self) -> None:
        """Hand in, again and again until the server has led to the result."""
        address = f"/attempts/{self._book.code}"
        while True:
            shown = await self._ask("GET", f"{address}/check")
            if " 302 " in shown[:20]:  # handed in already
                shown = await self._ask("GET", "/")
            token, cookie = _TOKEN.search(shown), _COOKIE.search(shown)
            if token and cookie:
                body = urlencode({"csrf_token": token[1]})
                reply = await self._ask("POST", f"{address}/completion", body, cookie[1])
                if " 302 " in reply[:20] and f"{address}/result" in reply:
                    self._book.is_handed_in = True
                    return
            await self._pause()

    def _change(self, position: int) -> None:
        self._sequence += 1
        answer = [self._dice.choice(self._book.options[position])]
        self._book.sent.setdefault(position, {})[self._sequence, self._name] = answer
        self._waiting[position] = self._entry(position, self._sequence)

    def _entry(self, position: int, sequence: int) -> dict[str, Any]:
        answer = self._book.sent[position][sequence, self._name]
        return {"number": position + 1, "sequence": sequence, "answer": answer, "flagged": False}

    async def _send_waiting(self) -> None:
        entries = [*self._waiting.values(), *self._some_old()]
        self._dice.shuffle(entries)
        middle = self._dice.randint(0, len(entries))
        batches = [batch for batch in (entries[:middle], entries[middle:]) if batch]
        if not all(await asyncio.gather(*map(self._send, batches))):
            await self._pause()

    def _some_old(self) -> list[dict[str, Any]]:
        old = [
            (position, sequence)
            for position, keys in self._book.sent.items()
            for sequence, device in keys
            if device == self._name
        ]
        return [self._entry(*each) for each in self._dice.sample(old, min(len(old), self._dice.choice((0, 0, 2, 4))))]

    async def _send(self, entries: list[dict[str, Any]]) -> bool:
        """Send changes; say whether a reply came."""
        body = json.dumps({"device": self._name, "changes": entries})
        reply = await self._ask("POST", f"/attempts/{self._book.code}/answers", body)
        head, _, text = reply.partition("\r\n\r\n")
        if " 200 " not in head[:20]:
            return False
        told = json.loads(text)
        for entry, outcome, kept in zip(entries, told["outcomes"], told["sequences"], strict=True):
            self._hear(entry, outcome, kept)
        return True

    def _hear(self, entry: dict[str, Any], outcome: str, kept: int) -> None:
        position, key = entry["number"] - 1, (entry["sequence"], self._name)
        if outcome == "saved":
            self._book.saved.setdefault(position, set()).add(key)
        elif outcome in {"closed", "late"}:
            self._book.put_aside.add((position, key))
        self._sequence = max(self._sequence, kept)
        waiting = self._waiting.get(position)
        if waiting and waiting["sequence"] <= entry["sequence"]:
            del self._waiting[position]

    async def _ask(self, method: str, address: str, body: str = "", cookie: str = "") -> str:
        kind = "application/json" if body.startswith("{") else "application/x-www-form-urlencoded"
        head = (
            f"{method} {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: {cookie}\r\n"
            f"Content-Type: {kind}\r\nContent-Length: {len(body.encode())}\r\n\r\n"
        )
        try:
            return (await exchange(self._port, (head + body).encode())).decode()
        except OSError:
            return ""

    async def _pause(self) -> None:
        await asyncio.sleep(self._dice.uniform(0.02, 0.2))


async def sit(book: Book, port: int, dice: Random) -> None:
    """Sit an attempt on two devices, hand it in on both while one still changes answers, and once more later."""
    devices = [Device(book, name, port, dice) for name in ("phone", "tablet")]
    await asyncio.gather(*(device.answer(dice.randint(4, 16)) for device in devices))
    await asyncio.gather(*(device.flush() for device in devices))
    await asyncio.gather(devices[0].hand_in(), devices[1].hand_in(), devices[1].answer(2))
    await asyncio.gather(devices[0].answer(1), devices[0].hand_in())
    await asyncio.gather(*(device.flush() for device in devices))
