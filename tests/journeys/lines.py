"""A network between browser and server that can fail."""

import contextlib
import socket
import threading


class Line:
    """A network line to the server that can be cut and mended: bytes go through it, or do not."""

    def __init__(self, port: int) -> None:
        self.sockets = True  # False: like a proxy that knows no WebSockets
        self._port = port
        self._whole = True
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._whole = False
        while self._ends:
            _hang_up(self._ends.pop())

    def mend(self) -> None:
        self._whole = True

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self._whole or not (self.sockets or _asks_for_a_page(near)):
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._port))
            self._ends += near, far
            threading.Thread(target=_carry, args=(near, far), daemon=True).start()
            threading.Thread(target=_carry, args=(far, near), daemon=True).start()


def _asks_for_a_page(near: socket.socket) -> bool:
    return b"upgrade: websocket" not in near.recv(65536, socket.MSG_PEEK).lower()


def _carry(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    _hang_up(source)
    _hang_up(target)


def _hang_up(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
