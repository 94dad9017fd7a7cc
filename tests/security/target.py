"""The node that is attacked: whether it goes on to serve, and what it takes."""
import http.client
import json
import os
import pathlib
import time

from checks import check


class Target:
    def __init__(self, address, pid):
        self.address, self.pid = address, pid
        self.memory = self.resident()
        self.files = self.open_files()

    def ask(self, method, path, body=b"", headers=None, timeout=60):
        """Status, body and headers."""
        connection = http.client.HTTPConnection(self.address, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.read(), {k.lower(): v for k, v in response.getheaders()}
        finally:
            connection.close()

    def graphql(self, query, **more):
        status, body, _ = self.ask("POST", "/graphql", json.dumps({"query": query, **more}),
                                   {"Content-Type": "application/json"})
        return status, body

    def resident(self):
        """Bytes of memory."""
        pages = int(pathlib.Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def open_files(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def check_well(self, after):
        """It answers others, soon."""
        begin = time.monotonic()
        try:
            status = self.ask("GET", "/status")[0]
        except OSError as error:
            status = repr(error)
        took = time.monotonic() - begin
        check(f"it goes on after {after}", status == 200 and took < 10, (status, took))

    def check_memory(self, after, most):
        grown = self.resident() - self.memory
        check(f"memory has a bound: {after}", grown < most, f"grown by {grown >> 20} MiB, at most {most >> 20}")
