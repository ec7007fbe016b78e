"""How what daphne writes gets to the sockets."""

from twisted.internet import tcp


class Prompt(tcp.Server):
    """Writes at once what the system takes at once.

    Twisted would first ask the event loop whether the socket is ready, and tell it afterwards that
    there is nothing more to ask: for a frame to a thousand viewers that is most of the work.
    Knows neither TLS nor producers that wait to be asked; daphne has none here.
    """

    def write(self, data: bytes) -> None:
        if self.connected and not (self._aborting or self.dataBuffer or self._tempDataLen):
            sent = self.writeSomeData(data)
            if isinstance(sent, int):  # else the line is lost, as Twisted will notice
                data = data[sent:]
        super().write(data)  # type: ignore[no-untyped-call]  # Twisted does not say
