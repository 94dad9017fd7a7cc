"""A network of the project's own: a namespace of the kernel for each node, joined by a bridge in that of this script.
Whoever may not make namespaces as he is (`ip netns` needs root) makes them as the root of a user namespace of his own."""
import json
import os
import pathlib
import shutil
import subprocess

from namespace import start_in_namespace
from rusk.processes import Failure, Process, wait_until

BRIDGE = "bridge0"
PREFIX = "10.77.0."


def enter():
    """Starts this program again in a namespace of its own."""
    for tool in ("unshare", "nsenter", "ip"):
        if not shutil.which(tool):
            raise Failure(f"{tool} is missing: Debian has it in util-linux and iproute2")
    refusal = start_in_namespace()
    if refusal:
        raise Failure(f"the kernel forbids namespaces here: {refusal}")


def ip(*words):
    done = subprocess.run(["ip", *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise Failure(f"ip {' '.join(map(str, words))}: {done.stderr.decode().strip()}")
    return done.stdout


def make_bridge():
    ip("link", "set", "lo", "up")
    ip("link", "add", BRIDGE, "type", "bridge", "forward_delay", 0)  # else it lets nothing through for 15 s
    ip("address", "add", PREFIX + "254/24", "dev", BRIDGE)
    ip("link", "set", BRIDGE, "up")


class Namespace:
    """One that is joined to the bridge, as long as its holder lives."""

    def __init__(self, index, log):
        self.address = f"{PREFIX}{index + 1}"
        self._holder = Process(f"namespace {index}", ["unshare", "-n", "sleep", "infinity"], log)
        self._file = pathlib.Path(f"/proc/{self._holder.pid}/ns/net")
        wait_until(f"namespace {index}", self._is_there, 10, [self._holder], 0.01)
        outer = f"node{index}"
        ip("link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", self._holder.pid)
        ip("link", "set", outer, "master", BRIDGE, "up")
        for words in (["address", "add", self.address + "/24", "dev", "eth0"], ["link", "set", "eth0", "up"],
                      ["link", "set", "lo", "up"]):
            subprocess.run(self.command(["ip", *words]), check=True)

    def _is_there(self):
        return os.readlink(self._file) != os.readlink("/proc/self/ns/net")

    def command(self, words):
        """The command inside; its process is the one that is started."""
        return ["nsenter", f"--net={self._file}", *words]

    def end(self):
        self._holder.kill()
        wait_until(f"the end of {self.address}", lambda: f"node{int(self.address.split('.')[-1]) - 1}" not in names(), 10)


def names():
    return {link["ifname"].split("@")[0] for link in json.loads(ip("-json", "link"))}
