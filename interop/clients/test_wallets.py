"""The wallets that a devnet's first state funds, by the phrases that docs/genesis.md lists."""
import hashlib
import pathlib
import re

DUSK = 10 ** 9                 # lux
PUBLIC = 1_000_000 * DUSK      # of each account
NOTES = [100_000 * DUSK] * 10  # of each shielded address

_LIST = pathlib.Path(__file__).resolve().parents[2] / "docs/genesis.md"
PHRASES = re.findall(r"^\d\. `([a-z ]+)`$", _LIST.read_text(), re.MULTILINE)


def seed(phrase):
    """64 bytes, of BIP-39."""
    return hashlib.pbkdf2_hmac("sha512", phrase.encode(), b"mnemonic", 2048, 64)
