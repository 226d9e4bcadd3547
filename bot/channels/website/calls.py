"""The calls of the contract: open a session, send a message, restore the conversation, forget it, draw a link."""

from __future__ import annotations

import asyncio
import re
import uuid
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.forgetting import FORGOTTEN, asks_to_forget
from bot.channels.keys import Digests
from bot.channels.payloads import choice_text, opening_text
from bot.channels.replies import Choice, Reply, Seal, notice, replies_of_turn
from bot.channels.sentences import Language
from bot.channels.settings import ChannelSettings
from bot.channels.shared_limits import Limit
from bot.channels.store import Store
from bot.channels.text import TextError, prepare
from bot.channels.turns import Conflict, NoConversation, Outcome, Turn, Turns, Unavailable
from bot.channels.website.codes import code_of
from bot.channels.website.history import messages_of
from bot.channels.website.http import HttpError, read_json, respond
from bot.channels.website.outcomes import known_region, open_link
from bot.channels.website.tokens import ChoiceTokens, OpenedChoice, Session, SessionTokens, TokenError

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_REFUSALS = {Unavailable: "unavailable", NoConversation: "no_session", Conflict: "message_id_reused"}


class Calls:
    """Each method answers one call; HttpError says why it is refused."""

    def __init__(self, settings: ChannelSettings, channel: str, store: Store | None) -> None:
        """`store` is what several servers share, for the limits; None when there is one server."""
        self._sessions = SessionTokens(settings.secret, settings.session_seconds, longest=settings.session_longest)
        self._choices = ChoiceTokens(settings.secret)
        self._digests = Digests(settings.secret)
        self._limit = Limit(settings.rate_session, "session", store)
        self._seconds = settings.session_seconds
        self._turns = Turns(settings.turn_seconds, channel)

    async def open_session(self, request: Request) -> HTTPResponse:
        """POST /sessions: a new conversation and the bot's greeting."""
        body = await read_json(request)
        language = _wanted_language(body)
        region = await asyncio.to_thread(_wanted_region, body)
        token, session = self._sessions.issue(language)
        request.ctx.language = language or request.ctx.language
        metadata = {"display": None, "language": request.ctx.language, "digest": ""}
        opening = opening_text(language, region)
        outcome = await self._run(request, Turn(session.sender_id, str(uuid.uuid4()), opening, metadata, opening=True))
        answer = {"session": token, "expires_in": self._seconds, "replies": self._replies(outcome, session)}
        return respond(answer, 201)

    async def send_message(self, request: Request) -> HTTPResponse:
        """POST /messages: one turn; the same message id again gives the same replies and runs nothing."""
        session = await self._session(request)
        body = await read_json(request)
        message_id = _message_id(body)
        kinds = [kind for kind in ("text", "choice", "outcome") if kind in body]
        if len(kinds) != 1:
            raise HttpError("malformed")
        if kinds == ["text"]:
            turn = self._text_turn(request, session, message_id, body["text"])
            if asks_to_forget(turn.text):
                await self._forget(request, session)
                return respond({"replies": [notice(FORGOTTEN[request.ctx.language], request.ctx.language)]})
        elif kinds == ["choice"]:
            turn = self._choice_turn(request, session, message_id, body["choice"])
        else:
            turn = await self._outcome_turn(request, session, message_id, body["outcome"])
        replies = self._replies(await self._run(request, turn), session)
        return respond({"replies": replies, **self._renewal(session)})

    async def make_code(self, request: Request) -> HTTPResponse:
        """POST /codes: the QR code of a link that reopens an outcome."""
        await self._session(request)
        link = (await read_json(request)).get("link")
        code = await asyncio.to_thread(code_of, link) if isinstance(link, str) else None
        if code is None:
            raise HttpError("unknown_outcome")
        return respond(code)

    async def read_messages(self, request: Request) -> HTTPResponse:
        """GET /messages: the conversation so far, to restore it after a reload."""
        session = await self._session(request)
        try:
            events = await self._turns.history(_agent(request), session.sender_id)
        except (Unavailable, NoConversation) as error:
            raise HttpError(_REFUSALS[type(error)]) from error
        return respond({"messages": messages_of(events, self._sealer(session)), **self._renewal(session)})

    async def close_session(self, request: Request) -> HTTPResponse:
        """DELETE /sessions: everything stored about the session is gone, and its token is refused from now on."""
        await self._forget(request, await self._session(request))
        return respond(None, 204)

    async def _forget(self, request: Request, session: Session) -> None:
        try:
            await self._turns.forget(_agent(request), session.sender_id)
        except (Unavailable, NoConversation) as error:
            raise HttpError(_REFUSALS[type(error)]) from error
        await self._limit.forget(session.sender_id)

    def _renewal(self, session: Session) -> dict[str, Any]:
        """The fields of an answer that carry a token with a later end, when it is time for one."""
        renewed = self._sessions.renewed(session)
        return {"session": renewed[0], "expires_in": renewed[1]} if renewed else {}

    async def _session(self, request: Request) -> Session:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        try:
            if scheme.lower() != "bearer":
                raise TokenError
            session = self._sessions.check(token.strip())
        except TokenError as error:
            raise HttpError("no_session") from error
        request.ctx.language = session.language or request.ctx.language
        if seconds := await self._limit.wait(session.sender_id):
            raise HttpError("too_fast", {"retry-after": str(seconds)})
        return session

    def _text_turn(self, request: Request, session: Session, message_id: str, raw: Any) -> Turn:
        if not isinstance(raw, str):
            raise HttpError("malformed")
        try:
            prepared = prepare(raw, request.ctx.language)
        except TextError as error:
            raise HttpError(error.code) from error
        request.ctx.language = prepared.language or request.ctx.language
        metadata = {
            "language": request.ctx.language,
            "masked": list(prepared.masked),
            "verdicts": list(prepared.verdicts),
            "digest": self._digests.of(session.sender_id, "text", raw),
        }
        return Turn(session.sender_id, message_id, prepared.text, metadata)

    def _choice_turn(self, request: Request, session: Session, message_id: str, token: Any) -> Turn:
        if not isinstance(token, str):
            raise HttpError("malformed")
        try:
            choice = self._choices.open(session.sender_id, token)
        except TokenError as error:
            raise HttpError("stale_choice") from error
        request.ctx.language = choice.language
        metadata = {
            "display": choice.title,
            "language": choice.language,
            "digest": self._digests.of(session.sender_id, "choice", token),
        }
        return Turn(session.sender_id, message_id, choice_text(choice.payload), metadata)

    async def _outcome_turn(self, request: Request, session: Session, message_id: str, link: Any) -> Turn:
        if not isinstance(link, str):
            raise HttpError("malformed")
        opened = await asyncio.to_thread(open_link, link, request.ctx.language)
        if opened is None:
            raise HttpError("unknown_outcome")
        metadata = {
            "display": opened.title,
            "language": request.ctx.language,
            "digest": self._digests.of(session.sender_id, "outcome", link),
        }
        return Turn(session.sender_id, message_id, choice_text(opened.payload), metadata)

    async def _run(self, request: Request, turn: Turn) -> Outcome:
        try:
            return await self._turns.run(_agent(request), turn)
        except (Unavailable, NoConversation, Conflict) as error:
            raise HttpError(_REFUSALS[type(error)]) from error

    def _replies(self, outcome: Outcome, session: Session) -> list[Reply]:
        return replies_of_turn(outcome.messages, outcome.metadata, self._sealer(session))

    def _sealer(self, session: Session) -> Seal:
        def seal(choice: Choice, language: Language) -> str:
            return self._choices.seal(session.sender_id, OpenedChoice(choice["token"], choice["title"], language))

        return seal


def _agent(request: Request) -> Any:
    return getattr(request.app.ctx, "agent", None)


def _wanted_language(body: dict[str, Any]) -> Language | None:
    language = body.get("language")
    if language is None:
        return None
    if language == "zh" or language == "en":
        return "zh" if language == "zh" else "en"
    raise HttpError("malformed")


def _wanted_region(body: dict[str, Any]) -> str | None:
    """The region of the page, an id of the catalogue; raises HttpError `malformed` for anything else."""
    region = body.get("region")
    if region is None:
        return None
    if not isinstance(region, str) or not known_region(region):
        raise HttpError("malformed")
    return region


def _message_id(body: dict[str, Any]) -> str:
    """The message id in its canonical form; raises HttpError `malformed` unless it is a UUID."""
    message_id = body.get("message_id")
    if not isinstance(message_id, str) or not _UUID.fullmatch(message_id.lower()):
        raise HttpError("malformed")
    return message_id.lower()
