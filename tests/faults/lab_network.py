"""A wire to a PostgreSQL server that is cut where it hurts: the server's socket, passed on by threads.

The worst moment is a commit: cut before it reaches the server, nothing was done; cut before its answer comes back, all
was done and the client does not know.
"""

import contextlib
import socket
import threading
from pathlib import Path
from random import Random
from typing import Literal

Moment = Literal["before the commit", "behind the commit", "within the rows"]
MOMENTS: tuple[Moment, ...] = ("before the commit", "behind the commit", "within the rows")
NAME = ".s.PGSQL.5432"
COMMIT, COPY = b"COMMIT\0", b"COPY "


class Wire:
    """Passes on connections to a socket in ``place`` until it is told to cut; use as a context manager."""

    def __init__(self, server: Path, place: Path, chance: Random) -> None:
        self.server, self.place, self._chance = server, place, chance
        self.wanted: list[Moment] = []  # cuts to come, the next one first
        self.done: list[Moment] = []
        self._pairs: list[socket.socket] = []

    def __enter__(self) -> "Wire":
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self.place / NAME))
        self._listening.listen()
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self._listening, *self._pairs):
            _close(each)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                self._pairs += [client, server]
                try:
                    server.connect(str(self.server / NAME))
                except OSError:
                    _close(client)
                    continue
                threading.Thread(target=self._pass_on, args=(client, server), daemon=True).start()
                threading.Thread(target=self._answer, args=(server, client), daemon=True).start()

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        """Pass on what the client says, until the moment of the next cut."""
        wrote = False  # rows, in this transaction
        with contextlib.suppress(OSError):
            while said := client.recv(1 << 16):
                moment = self.wanted[0] if self.wanted else None
                wrote |= COPY in said
                if moment == "within the rows" and COPY in said:
                    self._note_cut()
                    server.sendall(said)
                    server.sendall(client.recv(1 << 16)[: self._chance.randint(0, 200)])
                    break
                if wrote and COMMIT in said:
                    if moment == "before the commit":
                        self._note_cut()
                        break
                    if moment == "behind the commit":
                        self._note_cut()
                        self._commit_unheard(client, server, said)
                        break
                    wrote = False
                server.sendall(said)
        _close(client)
        _close(server)

    def _note_cut(self) -> None:
        self.done.append(self.wanted.pop(0))

    def _commit_unheard(self, client: socket.socket, server: socket.socket, said: bytes) -> None:
        """Let the server commit, and the client hear nothing of it."""
        _close(client)
        server.sendall(said)
        with contextlib.suppress(OSError):
            server.settimeout(0.3)
            while server.recv(1 << 16):
                pass

    def _answer(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while said := server.recv(1 << 16):
                client.sendall(said)
        _close(client)


def _close(each: socket.socket) -> None:
    with contextlib.suppress(OSError):
        each.shutdown(socket.SHUT_RDWR)
    each.close()
