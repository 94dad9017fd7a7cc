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


def enter_namespace():
    """Starts this program again in a network namespace; says where it runs."""
    if os.environ.get(MARK):
        bring_up("lo")
        return "in a network namespace of its own"
    unshare = shutil.which("unshare")
    refused = not unshare or subprocess.run([unshare, "-Urn", "true"], stderr=subprocess.DEVNULL, check=False).returncode
    if refused:
        return "on the machine's loopback network: the kernel forbids namespaces"
    os.environ[MARK] = "1"
    os.execv(unshare, [unshare, "-Urn", sys.executable, *sys.argv])
