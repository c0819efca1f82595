"""A mail server that remembers what it accepted."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread


class MailServer(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Whoever talked to it was killed."""

    def __init__(self, *, seconds_a_mail: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.seconds_a_mail = seconds_a_mail
        # How often each came, by the address it is for.
        self.accepted: Counter[str] = Counter()
        self.ids: dict[str, set[str]] = {}
        self.refuses: set[str] = set()
        # What it says instead of yes: to a verb, or to a mail ("TAKE").
        self.says: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def await_mails(self, n: int, *, seconds: float = 120) -> None:
        deadline = time.monotonic() + seconds
        while self.accepted.total() < n:
            assert time.monotonic() < deadline, f"{self.accepted.total()} mails of {n}"
            time.sleep(0.01)


class Talk(StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.say("220 ready")
        to = ""
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"RCPT":
                to = re.findall(r"<(.*)>", line.decode())[0]
                self.say("550 nobody" if to in self.server.refuses else "250 ok")
            elif verb == b"DATA":
                self.say("354 go on")
                self.take(to)
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say(self.server.says.get(verb.decode().strip(), "250 ok"))

    def take(self, to: str) -> None:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.decode())
        else:
            return  # the other side is gone before the mail was whole: it was none
        if refusal := self.server.says.get("TAKE"):
            self.say(refusal)
            return
        time.sleep(self.server.seconds_a_mail / 2)
        [message_id] = re.findall(r"^Message-ID: (\S+)", "".join(lines), re.MULTILINE)
        self.server.accepted[to] += 1
        self.server.ids.setdefault(to, set()).add(message_id)
        time.sleep(self.server.seconds_a_mail / 2)
        self.say("250 accepted")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server(**how: float) -> Iterator[MailServer]:
    with MailServer(**how) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
