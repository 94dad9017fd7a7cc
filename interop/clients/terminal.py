"""A program that asks a person at a terminal."""
import os
import pty
import select
import time


class NoQuestion(Exception):
    """What was expected on the terminal did not come."""


def answer(words, answers, env, seconds=60):
    """Runs the program and gives each answer when the text before it has appeared; all that it printed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(str(words[0]), [str(word) for word in words], env)
    waiting, printed, seen, end = list(answers), b"", 0, time.monotonic() + seconds
    try:
        while True:
            if time.monotonic() > end:
                raise NoQuestion(f"not within {seconds} s: {waiting[:1]}; printed: {printed[-2000:].decode(errors='replace')}")
            if not select.select([terminal], [], [], 0.1)[0]:
                continue
            try:
                part = os.read(terminal, 65536)
            except OSError:  # the program closed it
                part = b""
            if not part:
                break
            printed += part
            if waiting and waiting[0][0].encode() in printed[seen:]:
                seen = len(printed)
                os.write(terminal, waiting.pop(0)[1].encode() + b"\r")
    finally:
        os.close(terminal)
        if time.monotonic() > end:
            os.kill(pid, 9)
        os.waitpid(pid, 0)
    if waiting:
        raise NoQuestion(f"never asked: {waiting[0][0]}; printed: {printed[-2000:].decode(errors='replace')}")
    return printed.decode(errors="replace")
