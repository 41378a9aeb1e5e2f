"""Our own HTTP API in a thread of this process, for the channels' orders: no other process is needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.handlers.wsgi import WSGIHandler


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format, *args) -> None:
        """Requests are counted by the month itself."""


@contextmanager
def serving() -> Iterator[str]:
    """The address at which it answers, until the end."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), server_class=_Server, handler_class=_Silent)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
