#include "crypto/chacha_rng.hpp"
#include "harness.hpp"
#include "phoenix/note.hpp"
#include "phoenix/note_scanner.hpp"

namespace dusk::bench {
namespace {

using crypto::Fr;
using phoenix::Note;
using phoenix::PublicKey;
using phoenix::SecretKey;
using phoenix::ViewKey;

void rows(Bench& bench) {
    crypto::ChaChaRng random(1);
    const SecretKey sk = SecretKey::random(random);
    const PublicKey pk = sk.public_key();
    const ViewKey view_key = sk.view_key();
    const ViewKey other = SecretKey::random(random).view_key();
    const Fr blinder = Fr::random(random);
    const std::array sender_blinders{Fr::random(random), Fr::random(random)};
    const Note note = Note::obfuscated(random, pk, pk, 5, blinder, sender_blinders);
    const ByteArray<Note::kSize> bytes = note.to_bytes();

    bench.run("note creation, obfuscated", "note_create_obfuscated", 1, 11,
              [&] { keep(Note::obfuscated(random, pk, pk, 5, blinder, sender_blinders)); });
    bench.run("note creation, transparent", "note_create_transparent", 1, 11,
              [&] { keep(Note::transparent(random, pk, pk, 5, sender_blinders)); });
    bench.run("note ownership, own", "note_owned_check_true", 1, 11,
              [&] { keep(view_key.owns(note.stealth_address())); });
    bench.run("note ownership, another's", "note_owned_check_false", 1, 11,
              [&] { keep(other.owns(note.stealth_address())); });
    const std::vector<phoenix::StealthAddress> addresses(256, note.stealth_address());
    SerialExecutor executor;
    bench.run("note ownership, 256 scanned together", "note_owned_check_false", 256, 11,
              [&] { keep(phoenix::owned_addresses(other, addresses, executor)); });
    bench.run("note decryption", "note_decrypt_value", 1, 11, [&] { keep(note.value(&view_key)); });
    bench.run("note nullifier", "note_nullifier", 1, 11, [&] { keep(note.nullifier(sk)); });
    bench.run("note hash", "note_hash", 1, 11, [&] { keep(note.hash()); });
    bench.run("note decoding, 7 strict points", "note_decode_bytes", 1, 11, [&] { keep(Note::from_bytes(bytes)); });
}

const Registered registered("crypto", rows);

}  // namespace
}  // namespace dusk::bench
