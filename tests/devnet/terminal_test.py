#!/usr/bin/env python3
"""What `dusk devnet` draws on a terminal: one picture that stays in place, below what was said, whatever the size.

    terminal_test.py PROGRAM
"""
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time

from checks import check


class Terminal:
    """As much of one as the program uses; what scrolls out stays in `lines`."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.lines, self.row, self.column, self.unknown = [""], 0, 0, []

    def down(self):
        self.row += 1
        if self.row == len(self.lines):
            self.lines.append("")

    def feed(self, text):
        for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\r|\n|[^\x1b\r\n]+|\x1b", text):
            if part == "\r":
                self.column = 0
            elif part == "\n":
                self.column = 0
                self.down()
            elif part.startswith("\x1b"):
                self.control(part)
            else:
                for character in part:
                    if self.column == self.columns:
                        self.column = 0
                        self.down()
                    line = self.lines[self.row].ljust(self.column)
                    self.lines[self.row] = line[:self.column] + character + line[self.column + 1:]
                    self.column += 1

    def control(self, code):
        if code.endswith("A"):
            top = max(0, len(self.lines) - self.rows)
            self.row = max(top, self.row - int(code[2:-1] or 1))
        elif code == "\x1b[2K":
            self.lines[self.row] = ""
        elif code == "\x1b[J":
            self.lines[self.row] = self.lines[self.row][:self.column]
            del self.lines[self.row + 1:]
        else:
            self.unknown.append(code)


def run(program, rows, columns, options, seconds):
    """The terminal after so many seconds of the first picture, then after Ctrl-C, and the exit status."""
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place) / "net"
        pid, master = pty.fork()
        if pid == 0:
            os.execv(program, [program, "devnet", "--folder", str(folder), *options])
        fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        terminal, begin, shown, stopped, raw = Terminal(rows, columns), time.monotonic(), None, False, ""
        picture = None
        while time.monotonic() - begin < 90:
            if select.select([master], [], [], 0.1)[0]:
                try:
                    text = os.read(master, 65536).decode()
                except OSError:
                    break
                if not text:
                    break
                raw += text
                terminal.feed(text)
            if shown is None and re.search(r"nodes (\d+)/\1", raw):
                shown = time.monotonic()
            if shown and not stopped and time.monotonic() - shown > seconds:
                picture, stopped = list(terminal.lines), True
                os.write(master, b"\x03")
        if not stopped:
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        os.close(master)
        return terminal, picture or [], os.waitstatus_to_exitcode(status)


def test(program, rows, columns, options, nodes):
    where = f"({rows} x {columns}, {nodes} nodes)"
    terminal, picture, status = run(program, rows, columns, options, 4)
    heads = [line for line in picture if re.match(r"height \d+  final", line)]
    check(f"one picture stands there {where}", len(heads) == 1, picture)
    check(f"nothing of it is left above {where}", sum("tx/s" in line for line in picture) == 1, picture)
    listed = [line for line in picture if re.match(r" {3}\d ", line)]
    fits = min(nodes, rows - 4)
    check(f"each node has a line {where}", len(listed) >= fits - 1, picture)
    check(f"what was said is above it {where}", "Devnet in " in picture[0] if picture else False, picture[:1])
    check(f"nothing but what a terminal knows {where}", not terminal.unknown, terminal.unknown)
    # The terminal's own ^C does not spoil a line.
    check(f"Ctrl-C stops it {where}", status == 0 and terminal.lines[-3:] == ["Stopping", "stopped", ""],
          (status, terminal.lines[-4:]))
    return picture


if __name__ == "__main__":
    program = os.path.abspath(sys.argv[1])
    ports = ["--port-base", "39300", "--http-port-base", "38280"]
    test(program, 24, 80, ["--instant", "--accounts", "2", *ports], 1)
    test(program, 24, 40, ["--instant", "--accounts", "2", *ports], 1)
    last = test(program, 24, 80, ["--block-time", "1", "--accounts", "2", *ports], 4)
    if "--show" in sys.argv:
        print("\n".join(last))
    check.end("terminal")
