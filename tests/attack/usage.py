"""What processes take of the machine, looked at while they run."""
import os
import pathlib
import threading
import time

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    except OSError:
        return 0


def resident_mb(pid):
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


class Usage:
    """From its making to `end`: of the process that takes most, cores and the most memory that it had."""

    def __init__(self, pids, pause=0.25):
        self.pids, self.pause = pids, pause
        self.begin = time.monotonic()
        self.cpu = {pid: cpu_seconds(pid) for pid in pids}
        self.rss = {pid: resident_mb(pid) for pid in pids}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)
        self.thread.start()

    def look(self):
        while not self.over.wait(self.pause):
            for pid in self.pids:
                self.rss[pid] = max(self.rss[pid], resident_mb(pid))

    def end(self):
        self.over.set()
        self.thread.join()
        took = time.monotonic() - self.begin
        cores = [(cpu_seconds(pid) - self.cpu[pid]) / took for pid in self.pids]
        return {"cpu": max(cores), "rss": max(self.rss.values()), "cpu_mean": sum(cores) / len(cores),
                "rss_mean": sum(self.rss.values()) / len(self.rss)}
