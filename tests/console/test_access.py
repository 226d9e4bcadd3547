"""Who may do what: every address with every role, forms of other sites, guessing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.answers.conversation import Conversation
from bot.console.app import ROUTES
from bot.console.database import now
from bot.console.settings import ConsoleSettings, SingleSignOn
from bot.console.tables import sessions
from tests.console.conftest import PASSWORD, STAFF, Staff

ROLES = (None, "operator", "editor", "admin")
NOBODY, REFUSED = "sign in", "refused"
BODIES: dict[str, dict[str, Any]] = {
    "/case": {"code": "000000"},
    "/flag": {"kind": "wrong", "question": "补卡", "topic": "lost-card"},
    "/note": {"action": "copy", "about": "script:lost-card"},
    "/queue": {"matter": "1", "state": "in_work"},
    "/accounts": {"name": "li", "disabled": "yes"},
}
QUERIES = {"/outcome": "?topic=lost-card", "/search": "?q=%E8%A1%A5%E5%8D%A1"}
EXPECTED = {
    ("GET", "/sign-in"): (200, 303, 303, 303),
    ("GET", "/public/{name}"): (200, 200, 200, 200),
    ("POST", "/sign-out"): (303, 303, 303, 303),
    ("GET", "/static/{name}"): (401, 200, 200, 200),
    ("GET", ""): (303, 303, 303, 303),
    ("GET", "/"): (303, 200, 200, 200),
    ("GET", "/search"): (401, 200, 200, 200),
    ("GET", "/outcome"): (401, 200, 200, 200),
    ("POST", "/case"): (401, 404, 404, 404),
    ("POST", "/flag"): (401, 201, 201, 201),
    ("POST", "/note"): (401, 200, 200, 200),
    ("GET", "/queue"): (303, 403, 200, 200),
    ("POST", "/queue"): (303, 403, 409, 409),
    ("GET", "/overview"): (303, 403, 200, 200),
    ("GET", "/audit"): (303, 403, 403, 200),
    ("GET", "/accounts"): (303, 403, 403, 200),
    ("POST", "/accounts"): (303, 403, 403, 303),
    ("GET", "/{anything:path}"): (303, 404, 404, 404),
    ("POST", "/{anything:path}"): (303, 404, 404, 404),
}
SIGNED_IN_ELSEWHERE = {("POST", "/sign-in"), ("POST", "/language")}
"""Tested by themselves: without a session their form key is in a cookie."""


def asked(staff: Staff, method: str, path: str) -> Any:
    """One request to an address, its names filled in."""
    filled = path.replace("{name}", "icon.svg").replace("{anything:path}", "nothing/here")
    if method == "GET":
        return staff.get(filled + QUERIES.get(path, ""))
    if path in ("/case", "/flag", "/note"):
        return staff.send(filled, BODIES[path])
    return staff.post(filled, BODIES.get(path, {}))


def test_the_matrix_has_every_address() -> None:
    assert {(route.method, route.path) for route in ROUTES} == set(EXPECTED) | SIGNED_IN_ELSEWHERE


@pytest.mark.parametrize(("method", "path"), EXPECTED)
def test_every_address_with_every_role(staff: Staff, method: str, path: str) -> None:
    for role, status in zip(ROLES, EXPECTED[method, path]):
        staff.client.cookies.clear()
        if role:
            staff.session(role)
        answer = asked(staff, method, path)
        assert answer.status_code == status, (role, answer.text[:200])
        if role is None and status == 303:
            assert answer.headers["location"] == "/console/sign-in"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert answer.headers["x-frame-options"] == "DENY"


def test_nothing_else_is_public(staff: Staff) -> None:
    for name in ("console.css", "console.js", "dom.js", "../settings.py", "sign-in.css.map"):
        assert staff.get(f"/public/{name}").status_code in (401, 303), name
    assert staff.client.get("/").status_code == 404
    assert staff.client.get("/docs").status_code == 404


@pytest.mark.parametrize("route", [route for route in ROUTES if route.method == "POST"], ids=lambda route: route.path)
def test_nothing_is_changed_without_the_form_key(staff: Staff, route: Any) -> None:
    staff.session("admin")
    path = route.path.replace("{anything:path}", "nothing/here")
    for key in ("", "wrong", "x" * 32):
        refused = staff.client.post(f"/console{path}", data={"form_key": key, **BODIES.get(path, {})})
        assert refused.status_code == 403
    assert staff.get("/").status_code == 200, "the session is still there"
    assert staff.desk.accounts.find("li") is not None
    assert staff.desk.queue.sizes() == {"open": 0, "in_work": 0, "done": 0}


def test_a_form_of_another_site_is_refused_even_with_the_key(staff: Staff) -> None:
    staff.session("operator")
    headers = {"x-form-key": staff.form_key, "origin": "https://evil.example"}
    assert staff.client.post("/console/flag", json=BODIES["/flag"], headers=headers).status_code == 403
    headers["origin"] = "http://testserver"
    assert staff.client.post("/console/flag", json=BODIES["/flag"], headers=headers).status_code == 201


def test_signing_in_and_out(staff: Staff) -> None:
    answer = staff.sign_in("li", PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/")
    cookie = next(header for header in answer.headers.get_list("set-cookie") if header.startswith("banshi_console="))
    assert {"HttpOnly", "Path=/console", "SameSite=strict"} <= {part.strip() for part in cookie.split(";")}
    assert staff.get("/").status_code == 200
    assert staff.post("/sign-out", {}).headers["location"] == "/console/sign-in"
    assert staff.get("/").status_code == 303
    assert [entry.action for entry in staff.desk.audit.latest()] == ["sign_out", "sign_in"]


def test_a_sign_in_without_its_form_key_is_refused(staff: Staff) -> None:
    data = {"name": "li", "password": PASSWORD, "form_key": "made up"}
    assert staff.client.post("/console/sign-in", data=data).status_code == 403
    assert staff.desk.audit.latest() == []


def test_a_session_is_never_taken_over_from_the_browser(staff: Staff) -> None:
    staff.client.cookies.set("banshi_console", "fixed-by-somebody", path="/console")
    answer = staff.sign_in("li", PASSWORD)
    assert answer.status_code == 303
    assert "banshi_console=fixed" not in answer.headers["set-cookie"]
    assert staff.desk.sessions.find("fixed-by-somebody") is None


def test_five_failures_lock_a_name_known_or_not(staff: Staff) -> None:
    for name in ("li", "nobody-of-that-name"):
        answers = [staff.sign_in(name, "not the password") for _ in range(6)]
        assert [answer.status_code for answer in answers] == [401] * 5 + [429]
        told = {re.sub(r'value="[^"]+"', "", answer.text) for answer in answers[:5]}
        assert len(told) == 1, "every failure reads alike"
    assert staff.sign_in("li", PASSWORD).status_code == 429, "the right password does not open a locked name"
    staff.desk.failures.forget("name:li")
    assert staff.sign_in("li", PASSWORD).status_code == 303
    assert "nobody-of-that-name" not in {entry.who for entry in staff.desk.audit.latest()}


def test_an_administrator_lifts_a_lock(staff: Staff) -> None:
    staff.desk.failures.add(*["name:li"] * 5)
    staff.session("admin").post("/accounts", {"name": "li", "disabled": "no"})
    staff.client.cookies.clear()
    assert staff.sign_in("li", PASSWORD).status_code == 303


def test_nobody_disables_their_own_account(staff: Staff) -> None:
    assert staff.session("admin").post("/accounts", {"name": "zhao", "disabled": "yes"}).status_code == 409
    assert staff.desk.accounts.find("zhao") is not None


def test_an_ended_session_answers_nothing(staff: Staff) -> None:
    staff.session("admin")
    with staff.desk.sessions.engine.begin() as database:
        database.execute(sa.update(sessions).values(seen=now() - timedelta(hours=2)))
    assert staff.get("/").status_code == 303
    answer = staff.get("/search?q=x")
    assert (answer.status_code, answer.json()["error"]) == (401, "session_over")


def test_a_case_code_opens_facts_and_topic(staff: Staff) -> None:
    code = staff.desk.codes.create(Conversation("en", "lost-card", {"region": "dalian", "holder": "minor"}))
    opened = staff.session("operator").send("/case", {"code": code})
    assert opened.json() == {"topic": "lost-card", "facts": {"region": "dalian", "holder": "minor"}, "language": "en"}


def test_two_hundred_wrong_codes_are_refused(staff: Staff) -> None:
    code = staff.desk.codes.create(Conversation("zh", "lost-card", {}))
    wrong = [f"{number:06d}" for number in range(201) if f"{number:06d}" != code][:200]
    staff.session("operator")
    answers = [staff.send("/case", {"code": one}).status_code for one in wrong]
    assert answers == [404] * 10 + [429] * 190
    assert staff.send("/case", {"code": code}).status_code == 429, "nor does the right one open any more"
    assert staff.session("editor").send("/case", {"code": code}).status_code == 200


def test_guessing_with_many_accounts_is_refused_too(staff: Staff) -> None:
    for number in range(7):
        account = staff.desk.accounts.create(f"op{number}", "operator", None)
        staff.client.cookies.set("banshi_console", staff.desk.sessions.begin(account), path="/console")
        answers = {staff.send("/case", {"code": f"{number}{place:05d}"}).status_code for place in range(10)}
        assert answers == ({404} if number < 6 else {429})


@pytest.mark.parametrize("code", ["", "12345", "1234567", "１２３４５６", "12345a", 123456, None])
def test_what_is_no_code_is_no_case(staff: Staff, code: Any) -> None:
    assert staff.session("operator").send("/case", {"code": code}).status_code in (400, 404)


def test_a_body_that_is_too_large_or_broken(staff: Staff) -> None:
    staff.session("operator")
    assert staff.send("/flag", {"kind": "wrong", "question": "x" * 20_000}).status_code == 413
    headers = {"x-form-key": staff.form_key, "content-type": "application/json"}
    for content in (b"{", b"[]", b'"x"', b"\xff\xfe"):
        assert staff.client.post("/console/flag", content=content, headers=headers).status_code == 400
    for path in ("/outcome?topic=nothing", "/outcome?topic=lost-card&facts=holder.nobody"):
        assert staff.get(path).status_code == 404
    assert staff.get("/outcome?topic=lost-card&facts=holder").status_code == 400
    assert staff.get("/search?q=x&region=atlantis").status_code == 400


SECRET = "s" * 32
SSO = ConsoleSettings(proxies=frozenset({"127.0.0.1"}), single_sign_on=SingleSignOn("X-Remote-User", SECRET))


def test_single_sign_on_is_off_by_default(staff: Staff) -> None:
    headers = {"X-Remote-User": "zhao", "X-Banshi-Proxy-Secret": SECRET}
    assert staff.get("/sign-in", headers=headers).status_code == 200
    assert staff.get("/", headers=headers).status_code == 303


def test_single_sign_on_lets_in_whom_the_proxy_vouches_for(with_settings: Callable[[ConsoleSettings], Staff]) -> None:
    staff = with_settings(SSO)
    headers = {"X-Remote-User": STAFF["editor"], "X-Banshi-Proxy-Secret": SECRET}
    assert staff.get("/sign-in", headers=headers).headers["location"] == "/console/"
    assert staff.get("/queue", headers=headers).status_code == 200
    other = {**headers, "X-Remote-User": STAFF["admin"]}
    assert staff.get("/queue", headers=other).status_code == 303, "another person does not get this session"
    assert with_settings(SSO).get("/sign-in", headers={**headers, "X-Remote-User": "stranger"}).status_code == 403


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1]])
def test_single_sign_on_needs_the_proxys_secret(with_settings: Callable[[ConsoleSettings], Staff], secret: str) -> None:
    headers = {"X-Remote-User": "zhao", "X-Banshi-Proxy-Secret": secret}
    answer = with_settings(SSO).get("/sign-in", headers=headers)
    assert (answer.status_code, "banshi_console=" in answer.headers["set-cookie"]) == (200, False)


def test_only_the_named_proxy_is_believed(with_settings: Callable[[ConsoleSettings], Staff]) -> None:
    elsewhere = ConsoleSettings(proxies=frozenset({"10.0.0.9"}), single_sign_on=SSO.single_sign_on)
    headers = {"X-Remote-User": "zhao", "X-Banshi-Proxy-Secret": SECRET, "X-Forwarded-Proto": "https"}
    answer = with_settings(elsewhere).get("/sign-in", headers=headers)
    assert answer.status_code == 200
    assert "Secure" not in answer.headers["set-cookie"]
    behind = with_settings(SSO).get("/sign-in", headers={"X-Forwarded-Proto": "https"})
    assert "Secure" in behind.headers["set-cookie"]
