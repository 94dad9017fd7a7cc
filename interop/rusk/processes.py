"""Programs that run for a scenario. None outlives the script, however that ends."""
import ctypes
import os
import pathlib
import signal
import subprocess
import time

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)
_running = []


class Failure(Exception):
    """A scenario does not hold; the text is for whoever has to find out why."""


def _die_with_parent():
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Process:
    def __init__(self, name, command, log, env=None):
        self.name, self.log = name, pathlib.Path(log)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as output:
            self._popen = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=output,
                                           stderr=subprocess.STDOUT, env={**os.environ, **(env or {})},
                                           preexec_fn=_die_with_parent)
        self.started = time.monotonic()
        _running.append(self)

    @property
    def pid(self):
        return self._popen.pid

    def is_running(self):
        return self._popen.poll() is None

    def check(self):
        if not self.is_running():
            raise Failure(f"{self.name} ended with status {self._popen.returncode}: {self.last_lines()}")

    def last_lines(self, count=5):
        with open(self.log, "rb") as log:
            log.seek(max(0, self.log.stat().st_size - 4000))
            return " | ".join(log.read().decode(errors="replace").splitlines()[-count:]) + f" (all of it: {self.log})"

    def stop(self, seconds=20):
        """As an operator does; killed where it does not end in time."""
        if self.is_running():
            self._popen.send_signal(signal.SIGINT)
            try:
                self._popen.wait(seconds)
            except subprocess.TimeoutExpired:
                self._popen.kill()
        self._end()

    def kill(self):
        """As a power failure does."""
        if self.is_running():
            self._popen.kill()
        self._end()

    def _end(self):
        self._popen.wait()
        if self in _running:
            _running.remove(self)

    def usage(self):
        """Seconds of processor time and resident bytes up to now."""
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks = os.sysconf("SC_CLK_TCK")
        return {"cpu_s": (int(fields[11]) + int(fields[12])) / ticks,
                "rss_bytes": int(fields[21]) * os.sysconf("SC_PAGE_SIZE"), "at": time.monotonic()}


def kill_all():
    for process in list(_running):
        process.kill()


def end_on_signals():
    """SIGTERM and SIGHUP end the script as Ctrl-C does: with what it started."""
    def leave(number, _frame):
        raise SystemExit(128 + number)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def wait_until(what, ready, seconds, watched=(), pause=0.25):
    """What `ready` answers, once that is true. Fails when it takes longer, or a watched process ends."""
    end = time.monotonic() + seconds
    while True:
        answer = ready()
        if answer:
            return answer
        for process in watched:
            process.check()
        if time.monotonic() > end:
            raise Failure(f"{what}: not within {seconds:.0f} s")
        time.sleep(pause)
