"""`dusk wallet`, used as a script uses it."""
import json
import subprocess


class OurWallet:
    def __init__(self, program, folder, password_file):
        self.program, self.folder, self.password_file = program, folder, password_file

    def run(self, *words, stdin=None):
        """Exit status and report."""
        done = subprocess.run([str(word) for word in (self.program, "wallet", *words, "--wallet", self.folder,
                                                      "--password-file", self.password_file, "--json")],
                              input=stdin, stdout=subprocess.PIPE, text=True, check=False, timeout=300)
        return done.returncode, json.loads(done.stdout)

    def restore(self, phrase, node, network):
        return self.run("restore", "--default-node", node, "--network", network, "--kdf-memory", 8, "--kdf-passes", 1,
                        stdin=phrase + "\n")

    def pay(self, *words):
        return self.run(*words, "--yes")

    def balance(self):
        """Of the first profile."""
        return self.run("balance")[1]["profiles"][0]
