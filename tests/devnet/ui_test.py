#!/usr/bin/env python3
"""`dusk wallet ui` at a terminal, against a devnet: it shows what is there, pays, sees the payment become final, follows
the size of its window, shows no secret, and leaves the terminal as it was.

    ui_test.py PROGRAM
"""
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

from checks import check
from running_devnet import Devnet
from wallet_test import CHEAP, Wallet


class Screen:
    """A terminal as far as the wallet uses one."""

    def __init__(self, program, arguments, environment, rows=30, columns=100):
        self.rows, self.columns, self.raw = rows, columns, ""
        self.cells = [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0
        self.unknown, self.rest, self.exit = set(), "", None
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.execve(program, [program, *arguments], {**os.environ, "TERM": "xterm-256color", **environment})
        self.resize(rows, columns)
        self.before = termios.tcgetattr(self.master)

    def resize(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.cells = [[" "] * columns for _ in range(rows)]
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def control(self, code):
        if code.endswith("H"):
            numbers = [int(part or 1) for part in (code[2:-1] or "1;1").split(";")]
            self.row, self.column = numbers[0] - 1, (numbers[1] if len(numbers) > 1 else 1) - 1
        elif code == "\x1b[2K" and self.row < self.rows:
            self.cells[self.row] = [" "] * self.columns
        elif code == "\x1b[2J":
            self.cells = [[" "] * self.columns for _ in range(self.rows)]
        elif not re.fullmatch(r"\x1b\[[0-9;]*m|\x1b\[\?(25|1049|2004)[hl]|\x1b\[2K", code):
            self.unknown.add(code)

    def put(self, character):
        if self.column == self.columns:
            self.row, self.column = self.row + 1, 0
        if self.row < self.rows:
            self.cells[self.row][self.column] = character
        self.column += 1

    def feed(self, text):
        text, self.rest = self.rest + text, ""
        # What is cut off in the middle of a control sequence waits for the rest.
        cut = re.search(r"\x1b(\[[0-9;?]*)?$|\x1b\][^\x07]*$", text)
        if cut:
            text, self.rest = text[:cut.start()], text[cut.start():]
        for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07|[^\x1b]|\x1b", text):
            if part.startswith("\x1b["):
                self.control(part)
            elif part == "\r":
                self.column = 0
            elif part == "\n":
                self.row += 1
            elif not part.startswith("\x1b"):
                self.put(part)

    def read(self, seconds):
        """Whether the program still runs."""
        if not select.select([self.master], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.master, 65536)
        except OSError:
            data = b""
        if not data:
            return False
        text = data.decode("utf-8", "replace")
        self.raw += text
        self.feed(text)
        return True

    def text(self):
        return "\n".join("".join(line).rstrip() for line in self.cells)

    def wait(self, what, pattern, seconds=60):
        """Until the screen shows it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if re.search(pattern, self.text()):
                check(what, True)
                return True
            if not self.read(0.2):
                break
        check(what, False, "\n" + self.text())
        return False

    def keys(self, text):
        os.write(self.master, text.encode())

    def end(self, seconds=20):
        """The exit status, once the program has ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(0.2):
            pass
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit = os.waitstatus_to_exitcode(status)
                break
            time.sleep(0.05)
        if self.exit is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.master)
        return self.exit


def check_clean(screen, what):
    check(f"{what}: the terminal is given back", screen.raw.rstrip().endswith("\x1b[?1049l") or
          "\x1b[?1049l" in screen.raw[-200:], repr(screen.raw[-200:]))
    check(f"{what}: the cursor is there again", screen.raw.rfind("\x1b[?25h") > screen.raw.rfind("\x1b[?25l"))
    check(f"{what}: nothing but what a terminal knows", not screen.unknown, screen.unknown)


def ui(program, wallet, *words, rows=30, columns=100, **environment):
    return Screen(program, ["wallet", "ui", "--wallet", str(wallet.folder), "--password-file", str(wallet.password), *words],
                  environment, rows, columns)


def test_payment(program, wallet, profiles):
    screen = ui(program, wallet)
    screen.wait("it shows what is there", r"public +5,000 DUSK")
    screen.wait("and how high the chain is", r"block \d+, final \d+")
    screen.wait("what the archive tells", r"received +final +\+5000")
    screen.keys("s")
    screen.wait("it asks whom to pay", "Pay somebody")
    # An address is pasted, as terminals mark it.
    screen.keys("\x1b[200~" + profiles[1]["account"] + "\x1b[201~\r")
    screen.keys("12.5\r")
    screen.keys("tea\r")
    screen.wait("what is about to happen is shown", r"Send 12.5 DUSK[\s\S]*memo +tea[\s\S]*Go on\?")
    screen.keys("y")
    screen.wait("it is sent", r"Sent [0-9a-f]{12}…")
    screen.keys("2")
    screen.wait("and becomes final", r"send +final +12\.5")
    screen.keys("\r")
    screen.wait("with all that is known of it", r"memo +tea[\s\S]*transaction\n[0-9a-f]{64}")
    screen.keys("\x1b")
    screen.keys("1")
    screen.keys("h")
    screen.wait("it asks how much to shield", "From the public account to a shielded note")
    screen.keys("20\r")
    screen.wait("shows it", r"Turn 20 DUSK")
    screen.keys("y")
    screen.wait("and sees the note", r"shielded +20 DUSK +in 1 note")
    screen.keys("n")
    screen.keys("\r")
    screen.wait("what cannot be is told", "there is nothing to take out")
    screen.resize(12, 44)
    os.kill(screen.pid, signal.SIGWINCH)
    screen.wait("a small window", r"^dusk wallet +devnet[\s\S]*public")
    screen.resize(40, 120)
    os.kill(screen.pid, signal.SIGWINCH)
    screen.keys("4")
    screen.wait("the address, with its code", "Shielded address of profile 0\n" + profiles[0]["address"] + "\n[\\s\\S]*█")
    screen.keys("q")
    check("it leaves", screen.end() == 0, screen.text())
    check_clean(screen, "q")
    secret = "secret"
    check("no password was on the screen", secret not in screen.raw)
    check("there were colours", re.search(r"\x1b\[0;3[123]m", screen.raw) is not None)


def test_ends(program, wallet, node):
    """However it ends, the terminal is as it was."""
    screen = ui(program, wallet, NO_COLOR="1")
    screen.wait("it opens without colours", r"public +4,9\d\d\.")
    screen.keys("\x03")
    check("Ctrl-C leaves", screen.end() == 0)
    check_clean(screen, "Ctrl-C")
    check("and there was no colour", re.search(r"\x1b\[[0-9;]*(3[0-7]|9[0-7]|4[0-7])m", screen.raw) is None)

    screen = ui(program, wallet)
    screen.wait("it opens again", r"public +4,9\d\d\.")
    os.kill(screen.pid, signal.SIGTERM)
    check("SIGTERM ends it", screen.end() == 0)
    check_clean(screen, "SIGTERM")

    screen = ui(program, wallet, "--node", "127.0.0.1:9")
    screen.wait("a node that does not answer is named", "no answer from 127.0.0.1:9")
    screen.keys("q")
    check("it leaves all the same", screen.end() == 0)

    screen = ui(program, wallet, TERM="dumb")
    check("a terminal that cannot place a cursor", screen.end() == 8 and "cannot place a cursor" in screen.raw, screen.raw)
    status, refused = wallet.run("ui")
    check("no terminal at all", status == 8 and refused["error"]["code"] == "no_terminal", refused)


def test(program, parent):
    devnet = Devnet(program, parent / "devnet", "--instant", "--archive", "--keep", "--port-base", "39700",
                    "--http-port-base", "38780")
    try:
        devnet.wait("the node answers", lambda: any(s and s["idle"] for s in devnet.statuses()), 60)
        password = parent / "password"
        password.write_text("secret\n")
        wallet = Wallet(program, parent / "wallet", password)
        node = devnet.running()[0]["http"]
        status, made = wallet.run("create", "--profiles", "2", "--default-node", node, *CHEAP)
        check("a wallet is made", status == 0, made)
        paid = subprocess.run([program, "devnet", "faucet", "--folder", str(devnet.folder),
                               made["profiles"][0]["account"], "--amount", "5000", "--json"], stdout=subprocess.PIPE,
                              check=False)
        check("the faucet pays", paid.returncode == 0, paid.stdout)
        test_payment(program, wallet, made["profiles"])
        test_ends(program, wallet, node)
        status, balance = wallet.run("balance", "--profile", "1")
        check("the payment arrived", status == 0 and balance["profiles"][0]["public"] == 12_500_000_000, balance)
        check("the devnet stops", devnet.stop() == 0)
    except (RuntimeError, OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
        check("the wallet works", False, repr(error))
    finally:
        devnet.kill()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        test(os.path.abspath(sys.argv[1]), pathlib.Path(place))
    check.end("ui")
