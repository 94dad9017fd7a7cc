"""A network of one's own, where the kernel allows it."""
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys

MARK = "DUSK_OWN_NETWORK"


def bring_up(interface):
    siocgifflags, siocsifflags, iff_up = 0x8913, 0x8914, 0x1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14s", interface.encode(), 0, b"")
        flags = struct.unpack("16sH14s", fcntl.ioctl(any_socket, siocgifflags, request))[1]
        fcntl.ioctl(any_socket, siocsifflags, struct.pack("16sH14s", interface.encode(), flags | iff_up, b""))


def start_in_namespace():
    """Starts this program again in a network namespace of its own, where it returns "" from here. Else why not."""
    if os.environ.get(MARK):
        return ""
    words = ["unshare", "-Urn"]
    if not shutil.which(words[0]):
        return "there is no unshare: Debian has it in util-linux"
    tried = subprocess.run([*words, "true"], stderr=subprocess.PIPE, check=False)
    if tried.returncode:
        return tried.stderr.decode().strip()
    os.environ[MARK] = "1"
    os.execvp(words[0], [*words, sys.executable, *sys.argv])


def enter_namespace():
    """The same, or goes on here; says where it runs."""
    if start_in_namespace():
        return "on the machine's loopback network: the kernel forbids namespaces"
    bring_up("lo")
    return "in a network namespace of its own"
