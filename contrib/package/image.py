#!/usr/bin/env python3
"""Builds the container image of the packages in build/package and tries it: ./dev image

The image runs a network of one provisioner: as nobody special, with no rights, on a file system that nobody writes to. It
must say that it is healthy, answer on the published port, stop in order when it is asked to, and go on with its volume in
another container. What is made for that is taken away again; the image stays.

Wants Docker with BuildKit, or Podman. DUSK_ENGINE names the engine with options of its own, DUSK_ENGINE_BUILD and
DUSK_ENGINE_RUN hold options of `build` and `run` that this machine needs.
"""
import argparse
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
TIGHT = ["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"]  # as in compose.yaml
failures = []


def check(what, good, detail=""):
    if not good:
        failures.append(what)
    print(f"{'ok    ' if good else 'FAILED'} {what}{f': {detail}' if detail else ''}", flush=True)


def works(engine):
    return subprocess.run([*engine, "info"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def find_engine():
    if os.environ.get("DUSK_ENGINE"):
        return shlex.split(os.environ["DUSK_ENGINE"])
    for name in ("docker", "podman"):
        if shutil.which(name) and works([name]):
            return [name]
    sys.exit("image: neither Docker nor Podman works here: install one (Debian packages docker.io, podman), start its service")


class Engine:
    def __init__(self):
        self.command = find_engine()
        self.podman = "podman" in self.ask("--version")[1]  # also where Podman calls itself docker
        self.build_options = shlex.split(os.environ.get("DUSK_ENGINE_BUILD", ""))
        self.run_options = shlex.split(os.environ.get("DUSK_ENGINE_RUN", ""))

    def ask(self, *words):
        """(status, standard output) of a command of the engine."""
        done = subprocess.run([*self.command, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        self.errors = done.stderr
        return done.returncode, done.stdout.strip()

    def must(self, *words):
        status, text = self.ask(*words)
        if status != 0:
            raise SystemExit(f"image: {shlex.join([*self.command, *words])}\n{text}\n{self.errors}")
        return text

    def run(self, *words):
        return self.must("run", *self.run_options, *words)

    def build(self, tag, folder):
        # The form of OCI has no place for a health check; Docker's is the one that Docker makes anyway.
        form = ["--format", "docker"] if self.podman else []
        command = [*self.command, "build", *form, *self.build_options, "-t", tag, "-f", folder / "Containerfile", folder]
        environment = {**os.environ, "DOCKER_BUILDKIT": "1"}  # the Docker of Debian 12 has it, but asks to be asked
        if subprocess.run(command, stdout=sys.stderr, env=environment, check=False).returncode != 0:
            sys.exit("image: the engine could not build it (above)")


def until(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.5)
    return None


def ask_node(address, path="/status"):
    try:
        with urllib.request.urlopen(f"http://{address}{path}", timeout=5) as answer:
            return json.load(answer)
    except OSError:
        return None


class Trial:
    """A network of one node: containers and volumes with names of their own."""

    def __init__(self, engine, tag):
        self.engine, self.tag = engine, tag
        self.name = f"dusk-image-{os.getpid()}"
        self.volumes = [f"{self.name}-network", f"{self.name}-data"]

    def __enter__(self):
        for volume in self.volumes:
            self.engine.must("volume", "create", volume)
        return self

    def __exit__(self, *error):
        self.engine.ask("rm", "--force", self.name)
        for volume in self.volumes:
            self.engine.ask("volume", "rm", volume)

    def make_network(self):
        self.engine.run("--rm", *TIGHT, "--network", "none", "-v", f"{self.volumes[0]}:/network", "--entrypoint",
                        "make-network.sh", self.tag, "/network", "127.0.0.1:9000")

    def start(self):
        self.engine.run("-d", "--name", self.name, *TIGHT, "--tmpfs", "/tmp", "-p", "127.0.0.1::8080",
                        "-e", "DUSK_CONSENSUS_KEYS_PASS_FILE=/network/node-1/password",
                        "-v", f"{self.volumes[0]}:/network:ro", "-v", f"{self.volumes[1]}:/var/lib/dusk", self.tag,
                        "node", "--config", "/network/node-1/node.toml")
        self.address = self.engine.must("port", self.name, "8080/tcp").splitlines()[0]

    def inside(self, *command):
        return self.engine.ask("exec", self.name, *command)

    def height(self, least, seconds=120):
        """The height of the node when it has reached at least this one."""
        def reached():
            status = ask_node(self.address)
            return status and status["height"] >= least and status["height"]
        return until(reached, seconds)

    def stop(self):
        begin = time.monotonic()
        self.engine.must("stop", "-t", "60", self.name)
        took = time.monotonic() - begin
        state = json.loads(self.engine.must("inspect", self.name))[0]["State"]
        return state["ExitCode"], took


def check_image(engine, tag):
    image = json.loads(engine.must("image", "inspect", tag))[0]
    config = image["Config"]
    user = config.get("User") or image.get("User")
    health = config.get("Healthcheck") or image.get("HealthCheck") or image.get("Healthcheck") or {}
    check("the user of the image is nobody special", user == "10001:10001", user)
    check("it has a health check", health.get("Test", [])[-3:] == ["dusk", "node", "health"])
    check("it announces its ports", set(config.get("ExposedPorts") or {}) == {"9000/udp", "8080/tcp"})
    check("its data are a volume", list(config.get("Volumes") or {}) == ["/var/lib/dusk"])
    check("it is stopped by SIGTERM", config.get("StopSignal") == "SIGTERM")
    print(f"       its size is {image['Size'] / 1e6:.0f} MB")
    version = engine.run("--rm", tag, "--version")
    check("its program runs", version.startswith("dusk "), version)


def check_node(trial):
    trial.make_network()
    trial.start()
    check("the node is healthy", until(lambda: trial.inside("dusk", "node", "health")[0] == 0, 120))
    if trial.engine.podman:  # where no systemd starts the check of the image it is started here
        check("the engine finds so by the check of the image", trial.engine.ask("healthcheck", "run", trial.name)[0] == 0)
    else:
        check("the engine finds so by the check of the image", until(lambda: json.loads(trial.engine.must(
            "inspect", trial.name))[0]["State"]["Health"]["Status"] == "healthy", 90))
    first = trial.height(2)
    check("it makes blocks, and the published port says so", first, f"height {first}")
    identity = trial.inside("id", "-u")[1], trial.inside("id", "-g")[1]
    check("it runs as user 10001", identity == ("10001", "10001"), str(identity))
    rights = trial.inside("sh", "-c", "grep CapEff /proc/1/status")[1].split()[-1]
    check("and has no rights", int(rights, 16) == 0, rights)
    check("its files are its own", trial.inside("sh", "-c", "find /var/lib/dusk ! -user dusk")[1] == "")
    check("nobody writes outside the volume", trial.inside("sh", "-c", "touch /etc/dusk/x")[0] != 0)
    status, took = trial.stop()
    check("SIGTERM ends it in order", status == 0, f"status {status} after {took:.1f} s")
    trial.engine.must("rm", trial.name)
    trial.start()
    again = until(lambda: ask_node(trial.address), 120)
    height = again and again["height"]
    check("another container goes on with its volume", again and height >= first, f"height {height}")
    check("and makes more blocks", again and trial.height(height + 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "build" / "package", help="what ./dev package made")
    parser.add_argument("--tag", default="dusk", help="name of the image")
    options = parser.parse_args()
    if not list(options.folder.glob("dusk_*.deb")):
        sys.exit(f"image: no Debian package is in {options.folder}: run ./dev package")
    engine = Engine()
    engine.build(options.tag, options.folder.resolve())
    check_image(engine, options.tag)
    with Trial(engine, options.tag) as trial:
        check_node(trial)
    if failures:
        sys.exit(f"{len(failures)} of the checks failed")
    print(f"the image {options.tag} is as it should be")


main()
