"""``python -m bot.evaluation.console``: actions per call, search times; with a folder named, pictures of every page."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn

from bot.answers.assistant import Assistant
from bot.answers.official import official_text
from bot.catalogue import load
from bot.console.app import application
from bot.console.case_codes import CaseCodes
from bot.console.database import connect
from bot.console.desk import Desk, desk, instant
from bot.console.settings import ConsoleSettings
from bot.evaluation.console.calls import calls
from bot.evaluation.console.latency import in_the_browser, in_the_server, percentile
from bot.evaluation.console.pictures import pictures
from bot.evaluation.widget.browser import browser
from bot.retrieval.live import open_searcher
from bot.settings import knowledge_folder
from bot.setup.ports import free_port

VIEW = {"width": 1366, "height": 820}


def main(arguments: list[str]) -> int:
    """Measure, print, and exit with 1 when a sentence needs more than three actions."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (ready, base):
        token = ready.sessions.begin(ready.accounts.create("zhao", "admin", None))
        with browser() as opened:
            context = opened.new_context(viewport=VIEW, locale="zh-CN")  # type: ignore[arg-type]
            context.add_cookies([{"name": "banshi_console", "value": token, "domain": "127.0.0.1", "path": "/console"}])
            page = context.new_page()
            if arguments:
                pictures(page, base, Path(arguments[0]), ready)
                return 0
            page.goto(f"{base}/")
            page.locator(".hit").first.wait_for()
            server, worked = in_the_server(ready.instant)
            pressed = in_the_browser(page)
        made = calls(ready.instant)
    for call in made:
        print(
            f"{call.topic:24} {call.language}  place {call.place}  actions {call.actions}  {' '.join(call.corrected)}"
        )
    print(f"calls within three actions: {sum(call.actions <= 3 for call in made)} of {len(made)}")
    for name, taken in (("search", server), ("search, processor", worked), ("key press to list", pressed)):
        median, most = percentile(taken, 0.5), percentile(taken, 0.95)
        print(f"{name}: {len(taken)} searches, median {median:.0f} ms, 95 % {most:.0f} ms")
    return 0 if all(call.actions <= 3 for call in made) else 1


@contextmanager
def served(folder: Path) -> Iterator[tuple[Desk, str]]:
    """The console over the real knowledge and index, with an empty database, on a free port."""
    catalogue, engine = load(knowledge_folder()), connect(f"sqlite:///{folder / 'console.db'}")
    finder = open_searcher(catalogue)
    assistant = Assistant(catalogue, finder, official_text, CaseCodes(engine))
    ready = desk(assistant, instant(assistant, finder), engine, ConsoleSettings())
    port = free_port()
    config = uvicorn.Config(application(ready), host="127.0.0.1", port=port, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield ready, f"http://127.0.0.1:{port}/console"
    finally:
        server.should_exit = True
        thread.join(10)
        engine.dispose()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
