"""Logging in: the page for people, tokens for programs, and the door before everything else."""

from __future__ import annotations

from html import escape
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.accounts import SESSION_SECONDS, Accounts
from qa.web.attempts import Attempts
from qa.web.gate import Gate, Overloaded
from qa.web.problems import Problem, Tell, nobody, response

COOKIE = "pullquote_session"
OPEN = {"/login", "/logout", "/health", "/api/v1/health", "/api/v1/ready"}


class Door:
    """ASGI: lets in who has a session or a token, as soon as there is an account or whenever
    ``always``. Pages lead to the log-in page, everything else gets 401. The account's name is
    in ``request.state.user``."""

    def __init__(
        self, app: ASGIApp, accounts: Accounts, always: bool = False, failed: Tell = nobody
    ) -> None:
        self.app = app
        self.accounts = accounts
        self.always = always
        self.failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"] in OPEN:
            await self.app(scope, receive, send)
            return
        if not (self.always or await run_in_threadpool(self.accounts.any)):
            await self.app(scope, receive, send)
            return
        user = await run_in_threadpool(who, self.accounts, scope)
        if user is not None:
            scope.setdefault("state", {})["user"] = user
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            answer = _turned_away(scope)
            if answer.status_code == 401:
                self.failed("unauthorized")
            await answer(scope, receive, send)


def who(accounts: Accounts, scope: Scope) -> str | None:
    """The account that a request comes from, by its token or its session; None for nobody."""
    headers = Headers(scope=scope)
    kind, _, token = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return accounts.by_token(token.strip())
    secret = Request(scope).cookies.get(COOKIE)
    return accounts.by_session(secret) if secret else None


def _turned_away(scope: Scope) -> Response:
    wants_page = "text/html" in Headers(scope=scope).get("accept", "")
    if scope["method"] == "GET" and wants_page:
        place = quote(scope["path"], safe="/-_.~")
        if scope["query_string"]:
            place += "?" + scope["query_string"].decode("ascii", "replace")
        return RedirectResponse(f"/login?{urlencode({'next': place})}", 303)
    return response(
        Problem(
            401,
            "unauthorized",
            "This server asks who you are.",
            "Send Authorization: Bearer TOKEN; make a token with: pullquote user token NAME",
            {"WWW-Authenticate": 'Bearer realm="pullquote"'},
        )
    )


def routes(accounts: Accounts) -> list[Route]:
    """``/login`` and ``/logout``."""
    attempts, hashing = Attempts(), Gate(1, 16, "password")  # each hash takes 64 MiB

    async def show(request: Request) -> Response:
        return HTMLResponse(_page(local(request.query_params.get("next", ""))))

    async def log_in(request: Request) -> Response:
        form = {key: str(value) for key, value in (await request.form()).items()}
        name, target = form.get("name", "").strip()[:200], local(form.get("next", ""))
        address = request.client.host if request.client else ""
        if seconds := attempts.begin(address, name):
            told = f"Too many wrong passwords. Try again in {seconds} seconds."
            return HTMLResponse(_page(target, told, name), 429, {"Retry-After": str(seconds)})
        try:
            user = await hashing.run(lambda: accounts.verify(name, form.get("password", "")))
        except Overloaded as error:
            retry = {"Retry-After": str(error.retry_after)}
            return HTMLResponse(_page(target, str(error), name), 503, retry)
        if user is None:
            return HTMLResponse(_page(target, "That is not the name or the password.", name), 401)
        attempts.succeeded(address, name)
        secret = await run_in_threadpool(accounts.begin_session, user, request.cookies.get(COOKIE))
        answer = RedirectResponse(target, 303)
        _set_cookie(answer, request, secret)
        return answer

    async def log_out(request: Request) -> Response:
        if secret := request.cookies.get(COOKIE):
            await run_in_threadpool(accounts.end_session, secret)
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE)
        return answer

    return [
        Route("/login", show, methods=["GET"]),
        Route("/login", log_in, methods=["POST"]),
        Route("/logout", log_out, methods=["POST"]),
    ]


def _set_cookie(answer: Response, request: Request, secret: str) -> None:
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="lax",  # strict would ask again whoever follows a link from a mail
        secure=request.url.scheme == "https",
    )


def local(target: str) -> str:
    """A place on this server to go on to; anything that could lead elsewhere becomes "/"."""
    plain = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if plain and target.isprintable() else "/"


_STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; display: grid; place-items: center;
       min-height: 90vh; margin: 0 1rem }
form { display: grid; gap: .75rem; width: min(20rem, 100%) }
h1 { font-size: 1.25rem; margin: 0 }
label { display: grid; gap: .25rem }
input, button { font: inherit; padding: .5rem .75rem; min-height: 2.75rem; box-sizing: border-box }
p { margin: 0 }
"""


def _page(target: str, told: str = "", name: str = "") -> str:
    notice = f'<p role="alert">{escape(told)}</p>' if told else ""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Log in to Pullquote</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>
<body><main><form method="post" action="/login"><h1>Pullquote</h1>{notice}
<label>Name <input name="name" autocomplete="username" value="{escape(name)}" required
 autocapitalize="none" autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password"
 required></label>
<input type="hidden" name="next" value="{escape(target)}">
<button>Log in</button></form></main></body></html>"""
