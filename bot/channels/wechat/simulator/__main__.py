"""Type as a WeChat user would, or pipe lines in; `python -m bot.channels.wechat.simulator`.

The bot's address comes from BANSHI_URL (http://127.0.0.1:5005), the account from the channel's own settings.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bot.channels.wechat.pages import without_links
from bot.channels.wechat.simulator.account import Account, push
from bot.channels.wechat.simulator.server import WechatServer

HELP = """\
  文字 text                 说一句话                 say something
  :subscribe [scene]       关注（可带二维码场景）     follow, perhaps by a QR code: topic:lost-card
  :scan SCENE  :menu KEY   已关注者扫码；点自定义菜单  scan a code; click the account's menu
  :tap LABEL ID            点选项链接               tap a menu link
  :voice [text] :image :video :location :view      其他消息 other messages
  :again                   同时重发上一条三次         deliver the last push three times at once
  :unsubscribe             取消关注                 unfollow: everything is deleted
  :quit"""


def main() -> int:
    """Verify the address, then send every line; 1 when a push was not answered as WeChat demands."""
    account = Account(*(os.environ.get(f"BANSHI_WECHAT_{name}", "") for name in ("TOKEN", "AES_KEY", "APP_ID")))
    if not account.token:
        print("Set BANSHI_WECHAT_TOKEN (and AES_KEY, APP_ID) as the bot has them.", file=sys.stderr)
        return 2
    address = os.environ.get("BANSHI_URL", "http://127.0.0.1:5005").rstrip("/") + "/webhooks/wechat"
    server = WechatServer(address, account)
    if not server.verify():
        print(f"The bot at {address} did not prove that it knows the token.", file=sys.stderr)
        return 1
    mode = "安全模式 safe mode" if account.aes_key else "明文模式 plain mode"
    print(f"{address} 验证通过 verified, {mode}")
    print(HELP if sys.stdin.isatty() else "", end="\n" if sys.stdin.isatty() else "")
    return _converse(server)


def _converse(server: WechatServer) -> int:
    failed, last = 0, ""
    for line in _lines():
        if line == ":again":
            _again(server, last)
            continue
        xml = push_of(line)
        if xml is None:
            print(HELP)
            continue
        last, seen = xml, server.send(xml)
        failed += bool(seen.trouble)
        print(without_links(seen.text) if seen.text else "（没有显示 nothing is shown）")
        deliveries = f"，第 {seen.deliveries} 次送达 delivery {seen.deliveries}" if seen.deliveries > 1 else ""
        print(f"    [{seen.seconds:.2f} s{deliveries}{'，' + seen.trouble if seen.trouble else ''}]\n", flush=True)
    return 1 if failed else 0


def push_of(line: str) -> str | None:
    """The push a line stands for; None for a command that does not exist."""
    command, _, rest = line.partition(" ")
    rest = rest.strip()
    events = {
        ":subscribe": "subscribe",
        ":unsubscribe": "unsubscribe",
        ":scan": "SCAN",
        ":menu": "CLICK",
        ":view": "VIEW",
    }
    if command in events:
        key = f"qrscene_{rest}" if command == ":subscribe" and rest else rest
        return push("event", Event=events[command], EventKey=key)
    if command == ":voice":
        return push("voice", MediaId="m", Format="amr", Recognition=rest)
    if command in (":image", ":video"):
        return push(command[1:], MediaId="m")
    if command == ":location":
        return push("location", Location_X="38.91", Location_Y="121.61", Scale="15", Label="大连市")
    if command == ":tap":
        label, _, identity = rest.rpartition(" ")
        return push("text", Content=label, bizmsgmenuid=identity)
    return None if command.startswith(":") else push("text", Content=line)


def _again(server: WechatServer, xml: str) -> None:
    if not xml:
        return
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: server.deliver(xml), range(3)))
    same = "相同 the same" if len(set(answers)) == 1 else "不同 DIFFERENT"
    print(f"三次送达，回答{same}：\n{without_links(answers[0] or '（没有显示 nothing is shown）')}\n", flush=True)


def _lines() -> Iterator[str]:
    """Lines typed or piped, without blanks, up to the end or `:quit`."""
    typed = sys.stdin.isatty()
    while True:
        try:
            line = (input("> ") if typed else _piped()).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if line == ":quit":
            return
        if line:
            yield line


def _piped() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    print(f"> {line.strip()}")
    return line


if __name__ == "__main__":
    sys.exit(main())
