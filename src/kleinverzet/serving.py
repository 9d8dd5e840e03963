"""The web server: granian with its worker as a thread of this very process.

Granian means its one-process server for free-threaded Python and refuses it elsewhere. Under the
interpreter lock it works the same, with the lock shared between the worker's threads; one process
keeps memory low and lets later background work live beside it. `tests/test_start.py` starts it for
real, counts the processes and stops it by signal.
"""

import gc
import http.client
import io
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NoReturn, Protocol

from django.apps import apps
from django.core.handlers.wsgi import WSGIHandler, get_path_info
from django.core.wsgi import get_wsgi_application
from granian.constants import Interfaces
from granian.server.mt import MTServer

from kleinverzet.ui import bodies
from kleinverzet.world import copies

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

# Enough that a phone which loses its connection halfway a form holds up nobody else.
THREADS = 32
# Threads that compute at the same moment only take the interpreter lock from each other, so they
# take turns; but none waits longer than this for one that is waiting itself, for a database say.
LONGEST_TURN = 0.1
# How long a request may still take once the program was told to stop.
LAST_SECONDS = 3.0


class Turn:
    """Lets threads take turns; one that has waited long enough does not wait for its turn."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mine = threading.local()

    def __enter__(self) -> None:
        self._mine.has_it = self._lock.acquire(timeout=LONGEST_TURN)

    def __exit__(self, *_fault: object) -> None:
        if self._mine.has_it:
            self._lock.release()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kleinverzet.settings")
# Setting Django up a second time would turn its log elsewhere.
_django = WSGIHandler() if apps.ready else get_wsgi_application()
_turn = Turn()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer with a copy; else wait until the request has arrived whole, and until its turn."""
    if copies.may_serve(environ):
        return copies.answer(environ, start_response, _django, _turn)
    length = environ.get("CONTENT_LENGTH") or "0"
    # A larger body is refused by its length alone, and never read.
    if length.isdecimal() and bodies.fits(int(length), get_path_info(environ)):
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(length)))
    with _turn:
        return _django(environ, start_response)


class Bell(threading.Event):
    """What the main thread waits for, and what a signal may ring at any moment.

    An ordinary event may not be set by a signal's handler: its lock can be held by the very thread
    that the handler interrupts. Nor is it woken by a signal that reaches another thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self._hear, self._pull = os.pipe()
        os.set_blocking(self._pull, False)
        signal.set_wakeup_fd(self._pull, warn_on_full_buffer=False)

    def set(self) -> None:
        """Ring."""
        os.write(self._pull, b"!")

    def wait(self, timeout: float | None = None) -> bool:
        """Sleep until it rings."""
        return bool(os.read(self._hear, 1))


class OneProcessServer(MTServer):
    """Granian's threaded server, also where Python has its interpreter lock."""

    def _check_gil(self) -> None:
        """Let every build of Python pass; see the module's first lines."""

    def _stop_workers(self) -> None:
        """Let requests under way finish, but wait for no client that stopped halfway."""
        for worker in self.wrks:
            worker.terminate()
        for worker in self.wrks:
            worker.join(LAST_SECONDS)

    # Closing the terminal stops the program: one process has nothing to reload.
    signal_handler_reload = MTServer.signal_handler_interrupt


class Beside(Protocol):
    """Work that goes on in this process for as long as it serves."""

    def begin(self) -> None:
        """Start working, in a thread of its own."""

    def end(self, seconds: float) -> None:
        """Stop, within so many seconds."""


def serve(
    host: str, port: int, *, when_ready: Callable[[int], None], beside: Beside | None = None
) -> None:
    """Serve until a signal to stop comes; call `when_ready` once a page has been answered.

    Args:
        host: The address to listen on, in numbers; its port must be free.
        port: The port to listen on.
        when_ready: Called from another thread, with the status of that first page.
        beside: What works in the background meanwhile.
    """
    # A crash must not write open keys to disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A thread whose turn it is gets the interpreter lock within 1 ms instead of 5.
    sys.setswitchinterval(0.001)
    server = OneProcessServer(
        "kleinverzet.serving:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        log_enabled=False,
        # Nobody's address is passed on or written down.
        log_access=False,
    )
    server.main_loop_interrupt = Bell()
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # nohup stays nohup
        server.on_startup(lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    threading.Thread(target=_announce, args=(host, port, when_ready), daemon=True).start()
    # What is loaded by now stays: the garbage collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    if beside:
        beside.begin()
    try:
        server.serve(target_loader=lambda: application, wrap_loader=False)
    finally:
        if beside:
            beside.end(LAST_SECONDS)


def leave() -> NoReturn:
    """End the process at once, after serving.

    Granian's threads outlive its own shutdown: one that waits for a client would keep the process
    alive, and one that wakes while Python takes itself apart would abort it with a panic.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _announce(host: str, port: int, when_ready: Callable[[int], None]) -> None:
    """Ask for a page until one comes, so that "ready" means that a page was really answered."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    pause = threading.Event()
    for _ in range(200):
        connection = http.client.HTTPConnection(reachable, port, timeout=30)
        try:
            connection.request(
                "GET", "/cirkel/", headers={"Host": "localhost", "X-Forwarded-Proto": "https"}
            )
            status = connection.getresponse().status
        except OSError:
            pause.wait(0.05)
        else:
            when_ready(status)
            return
        finally:
            connection.close()
