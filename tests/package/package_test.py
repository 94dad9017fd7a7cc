#!/usr/bin/env python3
"""package_test.py BUILD: makes the packages of a built program, unpacks them and looks at what an operator gets.

The programs run as unpacked; the scripts of the Debian package run with stand-ins for the commands that change a system;
a node runs with the files that the container image brings.
"""
import gzip
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "contrib" / "package"
failures = []


def check(what, good, detail=""):
    if not good:
        failures.append(what)
    print(f"{'ok    ' if good else 'FAILED'} {what}{f': {detail}' if detail and not good else ''}", flush=True)


def run(*command, **more):
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, timeout=120, **more)


def make(build, out, epoch):
    done = run(sys.executable, PACKAGE / "package.py", "--build", build, "--out", out, "--fast",
               env={**os.environ, "SOURCE_DATE_EPOCH": epoch})
    check(f"packages are made in {out.name}", done.returncode == 0, done.stdout)
    return {path.name: path for path in out.iterdir()}


def check_sums(files):
    lines = files["SHA256SUMS"].read_text().splitlines()
    good = all(hashlib.sha256(files[name].read_bytes()).hexdigest() == sha for sha, name in map(str.split, lines))
    check("SHA256SUMS is of both packages", len(lines) == 2 and good)


def check_listing(deb):
    listing = run("dpkg-deb", "-c", deb).stdout.splitlines()
    rows = [line.split(None, 5) for line in listing]
    check("all files belong to root", all(row[1] == "root/root" for row in rows))
    check("nobody else may write", all(row[0][0] == "l" or row[0][5] == "-" == row[0][8] for row in rows), listing[:3])
    names = {row[5].split(" -> ")[0].removeprefix(".") for row in rows}
    for name in ("/usr/bin/dusk", "/usr/lib/dusk/dusk", "/usr/lib/dusk/dusk-compile", "/etc/dusk/node.toml",
                 "/lib/systemd/system/dusk-node.service", "/usr/share/man/man1/dusk.1.gz",
                 "/usr/share/bash-completion/completions/dusk", "/usr/share/doc/dusk/copyright",
                 "/usr/share/doc/dusk/NOTICE", "/usr/share/doc/dusk/third-party.md",
                 "/usr/share/doc/dusk/licences.txt.gz", "/usr/share/doc/dusk/operate/README.md",
                 "/usr/share/doc/dusk/examples/grafana/dusk.json",
                 "/usr/share/doc/dusk/examples/prometheus/rules.yml"):
        check(f"the package has {name}", name in names)


def check_control(deb, folder):
    run("dpkg-deb", "-e", deb, folder)
    fields = dict(re.findall(r"^([A-Za-z-]+): (.*)$", (folder / "control").read_text(), re.M))
    check("the version sorts after that of a release before",
          run("dpkg", "--compare-versions", fields["Version"], "gt", "0.0.9").returncode == 0)
    check("it depends on the libraries that it is linked to",
          all(one in fields["Depends"] for one in ("libc6 (>= ", "librocksdb", "libsodium", "libssl3")), fields["Depends"])
    conffiles = (folder / "conffiles").read_text().split()
    check("the configuration is kept in upgrades", conffiles == ["/etc/dusk/node.toml"])
    check("the description has a short and a long part", len(fields["Description"]) < 80)


def check_scripts(folder, work):
    """Runs postinst, prerm and postrm with commands that only say what they were asked."""
    stubs, log = work / "stubs", work / "asked"
    stubs.mkdir()
    for name in ("adduser", "getent", "install", "systemctl", "rmdir", "userdel", "rm"):
        (stubs / name).write_text(f'#!/bin/sh\necho "{name} $*" >>{log}\n[ {name} != getent ]\n')
        (stubs / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{stubs}:{os.environ['PATH']}"}
    for script in ("postinst", "prerm", "postrm"):  # as on a machine that systemd runs
        text = (folder / script).read_text()
        (folder / script).write_text(text.replace("/run/systemd/system", str(stubs)).replace("/var/lib/dusk ]",
                                                                                             f"{work}/none ]"))
    for script, words in (("postinst", ["configure", ""]), ("postinst", ["configure", "0.0.1"]), ("prerm", ["remove"]),
                          ("prerm", ["upgrade", "0.2"]), ("postrm", ["remove"]), ("postrm", ["purge"])):
        log.write_text("")
        done = run("sh", "-e", folder / script, *words, env=environment)
        asked = log.read_text()
        name = f"{script} {words[0]}"
        check(f"{name} succeeds", done.returncode == 0, done.stdout)
        check(f"{name} starts and enables nothing", not re.search(r"systemctl.* (start|restart|enable)\b", asked), asked)
        check(f"{name} removes no file and no user", not re.search(r"^(rm|userdel) ", asked, re.M), asked)
        if name == "prerm remove":
            check(f"{name} stops the node", "systemctl stop dusk-node.service\n" in asked, asked)
        if name == "prerm upgrade":
            check(f"{name} leaves the node alone", not asked, asked)
        if script == "postinst":
            check(f"{name} tells systemd", "systemctl daemon-reload\n" in asked, asked)
            check(f"{name} makes the folder", re.search(r"^install .*-o dusk -g dusk .*/var/lib/dusk$", asked, re.M), asked)
            check(f"{name} makes the user", re.search(r"^adduser .*--system .*dusk$", asked, re.M), asked)


def check_texts(root):
    page = gzip.decompress((root / "usr/share/man/man1/dusk.1.gz").read_bytes()).decode()
    for word in ("node", "keys", "tx", "devnet"):
        check(f"the manual names dusk {word}", f".B dusk {word}\n" in page)
    check("nothing is left to fill in", "@" not in page)
    if shutil.which("man"):
        done = run("man", "--warnings", "-l", root / "usr/share/man/man1/dusk.1.gz",
                   env={**os.environ, "MANPAGER": "cat", "MANWIDTH": "100", "LC_ALL": "C.UTF-8"})
        check("the manual is a manual", done.returncode == 0 and "warning" not in done.stdout, done.stdout[:400])
    completed = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _dusk; printf "%s " "${COMPREPLY[@]}"'
    for words, expected in ((["dusk", "no"], "node"), (["dusk", "node", "doc"], "doctor"),
                            (["dusk", "node", "doctor", "--conf"], "--config"), (["dusk", "keys", "cr"], "create")):
        done = run("bash", "-c", completed, "-", root / "usr/share/bash-completion/completions/dusk", *words)
        check(f"bash completes {' '.join(words)}", done.stdout.split() == [expected], done.stdout)
    licences = gzip.decompress((root / "usr/share/doc/dusk/licences.txt.gz").read_bytes()).decode()
    for name in ("wasmparser", "blst", "CLI11", "Boost"):
        check(f"the licences name {name}", name in licences)


def check_unit(root, work):
    text = (root / "lib/systemd/system/dusk-node.service").read_text()
    program = re.search(r"^ExecStart=(\S+)", text, re.M)[1]
    check("the unit runs a program of the package", os.path.lexists(root / program.lstrip("/")))
    check("the unit runs as a user of its own", "\nUser=dusk\n" in text and "\nNoNewPrivileges=yes\n" in text)
    if shutil.which("systemd-analyze"):
        unit = work / "dusk-node.service"
        unit.write_text(text.replace(program, str(root / program.lstrip("/"))).replace("man:dusk(1) ", ""))
        done = run("systemd-analyze", "verify", "--man=no", unit)
        complaints = [line for line in done.stdout.splitlines() if "dusk-node" in line]
        check("systemd takes the unit", not complaints, done.stdout)


def ask(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError as error:
        return 0, str(error)


def free_ports():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket() as tcp:
        udp.bind(("127.0.0.1", 0))
        tcp.bind(("127.0.0.1", 0))
        return udp.getsockname()[1], tcp.getsockname()[1]


def check_node(root, out, work):
    """A network of one node, made and run by the scripts of the container image."""
    udp, http = free_ports()
    environment = {**os.environ, "PATH": f"{root / 'usr' / 'bin'}:{os.environ['PATH']}", "DUSK_DATA": str(work / "data"),
                   "DUSK_HTTP": f"127.0.0.1:{http}"}
    for name in ("RUSK_CONFIG_TOML", "DUSK_CONSENSUS_KEYS_PASS", "KADCAST_PUBLIC_ADDRESS", "KADCAST_BOOTSTRAP"):
        environment.pop(name, None)
    network = work / "network"
    network.mkdir()
    done = run(out / "make-network.sh", network, f"127.0.0.1:{udp}", env=environment)
    check("make-network.sh makes a network", done.returncode == 0, done.stdout)
    before = (network / "genesis.toml").read_bytes()
    run(out / "make-network.sh", network, f"127.0.0.1:{udp}", env=environment)
    check("and leaves it as it is the next time", (network / "genesis.toml").read_bytes() == before)
    own = network / "node-1"
    check("passwords and keys are its own business", all(path.stat().st_mode & 0o077 == 0 for path in own.iterdir()))

    config = own / "node.toml"
    password = {"DUSK_CONSENSUS_KEYS_PASS_FILE": str(own / "password")}
    doctor = run(out / "entrypoint.sh", "node", "doctor", "--config", config, "--json", env={**environment, **password})
    report = json.loads(doctor.stdout[doctor.stdout.index("{"):])
    findings = {one["subject"]: one for one in report.get("findings", [])}
    check("the doctor finds keys, genesis file and stake in order",
          all(findings.get(name, {}).get("health") == "ok" for name in ("keys", "genesis", "stake")), doctor.stdout)
    check("the doctor leaves nothing in the folder", not (work / "data").exists())
    check("the health check fails where no node runs",
          run("dusk", "node", "health", "--node", f"127.0.0.1:{http}", env=environment).returncode == 1)

    log = (work / "node.log").open("wb")
    node = subprocess.Popen([str(out / "entrypoint.sh"), "node", "--config", str(config)], stdout=log, stderr=log,
                            env={**environment, **password})
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end and node.poll() is None and ask(http, "/healthz")[0] != 200:
            time.sleep(0.1)
        for path in ("/health", "/healthz", "/ready", "/readyz"):
            status, body = ask(http, path)
            check(f"a node answers {path}", status == 200, body)
        metrics = ask(http, "/metrics")[1]
        check("and says how it is", "dusk_provisioner_eligible 1\n" in metrics and "process_open_fds " in metrics)
        for words in ([], ["--ready"]):
            done = run("dusk", "node", "health", "--node", f"127.0.0.1:{http}", *words, env=environment)
            check(" ".join(["dusk node health", *words]), done.returncode == 0, done.stdout)
    finally:
        node.send_signal(signal.SIGTERM)
        try:
            status = node.wait(60)
        except subprocess.TimeoutExpired:
            node.kill()
            status = node.wait()
    log.close()
    check("SIGTERM ends it in order", status == 0, (work / "node.log").read_text()[-2000:])


def check_shipped_node_toml(root, work):
    """The configuration of the package is read without a warning; only what has to be filled in is missing."""
    text = (root / "etc/dusk/node.toml").read_text().replace("/var/lib/dusk/node", str(work / "empty"))
    (work / "empty").mkdir()
    config = work / "node.toml"
    config.write_text(text)
    done = run(root / "usr/bin/dusk", "node", "doctor", "--config", config, "--json")
    report = json.loads(done.stdout[done.stdout.index("{"):])
    check("the doctor leaves nothing in a new folder", not list((work / "empty").iterdir()))
    if os.geteuid() == 0:
        os.chown(work / "empty", 12345, 12345)
        other = run(root / "usr/bin/dusk", "node", "doctor", "--config", config).stdout
        check("the doctor says whose folder it is", "belongs to user 12345" in other, other)
    check("the shipped configuration has no unknown key", not report.get("warnings"), done.stdout)
    bad = sorted(one["subject"] for one in report.get("findings", []) if one["health"] == "bad")
    check("only the genesis file is missing", set(bad) <= {"genesis", "port", "http"} and "genesis" in bad, done.stdout)


def check_containers():
    """What can be said of the files for container engines without one."""
    container = ROOT / "contrib" / "container"
    text = (container / "Containerfile").read_text()
    check("the image runs as nobody special", re.search(r"^USER 10001:10001$", text, re.M))
    check("the image checks its health", "HEALTHCHECK" in text)
    check("no secret is in the image", not re.search(r"(?i)^(ENV|ARG) .*(pass|key|secret)", text, re.M))
    for name in re.findall(r"^COPY (?:--\S+ )?(.*) \S+$", text, re.M):
        for one in name.split():
            check(f"the image gets {one}", one == "dusk_*.deb" or (container / one).exists())
    for script in container.glob("*.sh"):
        check(f"{script.name} is a script", run("sh", "-n", script).returncode == 0 and os.access(script, os.X_OK))
    try:
        import yaml
    except ImportError:
        print("       (python3-yaml is not here: the YAML files are not read)")
        return
    compose = yaml.safe_load((container / "compose.yaml").read_text())
    nodes = {name: one for name, one in compose["services"].items() if name.startswith("node-")}
    volumes = [volume.split(":")[0] for one in nodes.values() for volume in one["volumes"] if not volume.endswith(":ro")]
    check("four nodes, a volume each", len(nodes) == 4 and len(set(volumes)) == 4 and set(volumes) <= set(compose["volumes"]))
    addresses = [one["networks"]["dusk"]["ipv4_address"] + ":9000" for one in nodes.values()]
    check("their addresses are those of the network", compose["services"]["network"]["command"] == addresses)
    documents = list(yaml.safe_load_all((ROOT / "contrib/kubernetes/dusk-node.yaml").read_text()))
    kinds = {document["kind"]: document for document in documents}
    stateful = kinds["StatefulSet"]["spec"]
    pod = stateful["template"]["spec"]
    node = pod["containers"][0]
    check("one replica: keys never run twice", stateful["replicas"] == 1)
    check("liveness and readiness ask different things",
          node["livenessProbe"]["httpGet"]["path"] == "/healthz" and node["readinessProbe"]["httpGet"]["path"] == "/readyz")
    named = {volume["name"] for volume in pod["volumes"]} | {one["metadata"]["name"] for one in stateful["volumeClaimTemplates"]}
    check("every mount has its volume", {mount["name"] for mount in node["volumeMounts"]} == named)
    check("labels and selectors fit", stateful["selector"]["matchLabels"] == stateful["template"]["metadata"]["labels"]
          == kinds["Service"]["spec"]["selector"])
    check("it runs without rights", pod["securityContext"]["runAsNonRoot"] and
          node["securityContext"]["capabilities"]["drop"] == ["ALL"])
    rules = yaml.safe_load((ROOT / "contrib/prometheus/rules.yml").read_text())["groups"]
    check("every alert says what is wrong and how bad it is",
          all(rule["annotations"]["summary"] and rule["labels"]["severity"] in ("critical", "warning") and rule["expr"]
              for group in rules for rule in group["rules"]))


def check_dashboard():
    panels = json.loads((ROOT / "contrib/grafana/dusk.json").read_text())["panels"]
    numbers = [panel["id"] for panel in panels]
    check("panels have numbers of their own", len(set(numbers)) == len(numbers) > 15)
    check("every panel asks something", all(panel["type"] == "row" or panel["targets"] for panel in panels))
    places = {(panel["gridPos"]["y"], x) for panel in panels
              for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])}
    check("no panel lies on another", len(places) == sum(panel["gridPos"]["w"] for panel in panels))


def check_tarball(path, work, version):
    with tarfile.open(path) as archive:
        members = archive.getmembers()
        check("the tarball belongs to root", all(one.uid == one.gid == 0 for one in members))
        check("and stays in one folder", len({one.name.split("/")[0] for one in members}) == 1)
        archive.extractall(work, filter="data") if hasattr(tarfile, "data_filter") else archive.extractall(work)
    folder = work / members[0].name
    done = run(folder / "bin" / "dusk", "--version")
    check("its program runs", done.stdout == version, done.stdout)
    for name in ("LICENSE", "NOTICE", "bin/dusk-compile", "share/doc/dusk/licences.txt.gz", "share/dusk/node.toml"):
        check(f"the tarball has {name}", (folder / name).exists())


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        licences = run(sys.executable, PACKAGE / "third_party.py", "--check", "--binary", build / "bin" / "dusk",
                       build / "bin" / "dusk-compile")
        check("docs/third-party.md is up to date", licences.returncode == 0, licences.stdout)
        first = make(build, work / "first", "1700000000")
        again = make(build, work / "again", "1700000000")
        if failures:
            sys.exit(1)
        check("the same again is the same to the byte", {name: path.read_bytes() for name, path in first.items()} ==
              {name: path.read_bytes() for name, path in again.items()})
        deb = next(path for name, path in first.items() if name.endswith(".deb"))
        root = work / "root"
        run("dpkg-deb", "-x", deb, root)
        version = run(build / "bin" / "dusk", "--version").stdout
        check_sums(first)
        check_listing(deb)
        check_control(deb, work / "control")
        check_scripts(work / "control", work)
        check("the program runs", run(root / "usr/bin/dusk", "--version").stdout == version)
        check_texts(root)
        check_unit(root, work)
        check_shipped_node_toml(root, work)
        check_node(root, work / "first", work)
        check_containers()
        check_dashboard()
        check_tarball(next(path for name, path in first.items() if name.endswith(".tar.gz")), work, version)
    print(f"{len(failures)} of the checks failed" if failures else "all is as it should be")
    sys.exit(1 if failures else 0)


main()
