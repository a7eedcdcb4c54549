"""Asking a language model at any address that speaks like OpenAI's chat completions; JSON in, JSON out."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
from jsonschema import Draft202012Validator

from quizapp import outgoing
from quizapp.core.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Mapping

_LARGEST = 1024 * 1024
_MOST_TOKENS = 800
# What servers answer that do not know a way of asking for JSON.
_UNKNOWN_FORM = frozenset({400, 404, 415, 422, 501})
_FORMS = ("json_schema", "json_object", "plain")
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


class ModelError(QuizError):
    """The language model cannot be had: it does not answer, refuses, or breaks off."""


class BadReplyError(Exception):
    """The model answered, but not what was asked for."""


@dataclass(slots=True)
class Model:
    """A language model at an address ending in ``/v1`` or alike.

    ``longest_seconds`` bounds a whole question, ``patience_seconds`` each wait for more. Nothing is asked twice. The
    way of asking for JSON that the server understands is remembered.
    """

    url: str
    name: str
    key: str = field(default="", repr=False)
    longest_seconds: float = 60.0
    patience_seconds: float = 30.0
    _form: int = field(default=0, init=False)

    @property
    def host(self) -> str:
        """The host, for messages."""
        return urlsplit(self.url).hostname or self.url

    def ask(self, task: str, data: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the model answers to ``task`` on ``data``, held against ``schema``.

        :raise ModelError: the model cannot be had.
        :raise BadReplyError: the answer is not of the schema.
        """
        while True:
            status, body = self._post(task, data, schema)
            if status in _UNKNOWN_FORM and self._form + 1 < len(_FORMS):
                self._form += 1
                continue
            if status != 200:
                raise ModelError(
                    "the language model at %(host)s refuses (%(status)d): drafts are as the rules made them",
                    host=self.host,
                    status=status,
                )
            return _held_against(_json_in(_content(body)), schema)

    def _post(self, task: str, data: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[int, bytes]:
        client = outgoing.client(
            self.longest_seconds, is_allowed=lambda _: True, patience_seconds=self.patience_seconds
        )
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        try:
            with (
                client,
                client.stream(
                    "POST", f"{self.url}/chat/completions", json=self._request(task, data, schema), headers=headers
                ) as response,
            ):
                return response.status_code, b"".join(outgoing.unpacked(response, _LARGEST))
        except (httpx.HTTPError, httpx.InvalidURL, zlib.error, QuizError) as error:
            raise ModelError(
                "the language model at %(host)s does not answer: drafts are as the rules made them", host=self.host
            ) from error

    def _request(self, task: str, data: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
        shape = json.dumps(schema, ensure_ascii=False)
        request: dict[str, Any] = {
            "model": self.name,
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
            "messages": [
                {
                    "role": "system",
                    "content": f"{task}\nAnswer with one JSON object of this schema and nothing else: {shape}",
                },
                {"role": "user", "content": json.dumps(data, ensure_ascii=False)},
            ],
        }
        match _FORMS[self._form]:
            case "json_schema":
                described = {"name": "answer", "strict": True, "schema": schema}
                request["response_format"] = {"type": "json_schema", "json_schema": described}
            case "json_object":
                request["response_format"] = {"type": "json_object"}
        return request


def _content(body: bytes) -> str:
    """Return the words of a completion.

    :raise BadReplyError: there are none, or they break off.
    """
    try:
        choice = json.loads(body)["choices"][0]
        words = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise BadReplyError from error
    if not isinstance(words, str) or choice.get("finish_reason") not in {None, "stop", "eos"}:
        raise BadReplyError
    return words


def _json_in(words: str) -> Any:
    """Return the first JSON object in ``words``, whatever fences and thoughts stand around it.

    :raise BadReplyError: there is none.
    """
    words = _THOUGHTS.sub("", words)
    start = words.find("{")
    if start < 0:
        raise BadReplyError
    try:
        return json.JSONDecoder().raw_decode(words, start)[0]
    except (ValueError, RecursionError) as error:
        raise BadReplyError from error


def _held_against(value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(value, dict) or not Draft202012Validator(schema).is_valid(value):
        raise BadReplyError
    return value
