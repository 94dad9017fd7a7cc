"""A devnet that runs as its users run it: `dusk devnet` and the nodes that it starts."""
import http.client
import json
import os
import pathlib
import signal
import subprocess
import time


class Devnet:
    def __init__(self, program, folder, *options):
        self.program, self.folder = program, pathlib.Path(folder)
        self.log = open(self.folder.parent / (self.folder.name + ".log"), "a+")
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [program, "devnet", "--folder", str(self.folder), "--plain", *options],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT)

    def output(self):
        self.log.seek(0)
        return self.log.read()

    def running(self):
        """What running.json says of the nodes; nothing while it is not there."""
        try:
            return json.loads((self.folder / "running.json").read_text())["nodes"]
        except (OSError, ValueError):
            return []

    @staticmethod
    def ask(node, path, method="GET"):
        """What a node answers, or None."""
        try:
            connection = http.client.HTTPConnection(node["http"], timeout=5)
            connection.request(method, path)
            response = connection.getresponse()
            body = response.read()
            return json.loads(body) if response.status == 200 else None
        except (OSError, ValueError, http.client.HTTPException):
            return None

    def statuses(self):
        return [self.ask(node, "/status") for node in self.running()]

    def wait(self, what, ready, seconds):
        """Until ready() holds; an exception when it does not in time, or the devnet ends."""
        end = time.monotonic() + seconds
        while not ready():
            if self.process.poll() is not None:
                raise RuntimeError(f"{what}: the devnet ended with status {self.process.returncode}\n{self.output()}")
            if time.monotonic() > end:
                raise RuntimeError(f"{what}: not within {seconds} s\n{self.statuses()}\n{self.output()[-3000:]}")
            time.sleep(0.2)

    def all_final(self, height):
        """Whether every node of the devnet has a final block at this height."""
        statuses = self.statuses()
        return bool(statuses) and all(s and s["final_height"] >= height for s in statuses)

    def some_final(self, height):
        return any(s and s["final_height"] >= height for s in self.statuses())

    def load(self, *options):
        """Status and report of `dusk devnet load`."""
        run = subprocess.run([self.program, "devnet", "load", "--folder", str(self.folder), "--json", *options],
                             stdout=subprocess.PIPE, check=False)
        return run.returncode, json.loads(run.stdout)

    def stop(self, seconds=40):
        """The exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(seconds)

    def kill(self):
        """After a failure: the parent, and with it the nodes."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def alive(pid):
    """Whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
        return pathlib.Path(f"/proc/{pid}/stat").read_text().split(")")[-1].split()[0] != "Z"
    except (OSError, IndexError):
        return False
