// How long a wallet takes to look through the notes of a chain, as a node feeds them.
#include <stdexcept>

#include "crypto/chacha_rng.hpp"
#include "harness.hpp"
#include "node/thread_pool.hpp"
#include "wallet/note_scan.hpp"

namespace dusk::bench {
namespace {

constexpr std::size_t kNotes = 100'000;
constexpr std::size_t kOwned = 1'000;      // every hundredth
constexpr std::size_t kDifferent = 2'000;  // then the same again: making a note takes as long as a hundred looks

Bytes some_leaves(const phoenix::SecretKey& owner) {
    crypto::ChaChaRng random(2);
    const phoenix::PublicKey own = owner.public_key();
    const phoenix::PublicKey other = phoenix::SecretKey::random(random).public_key();
    Bytes out;
    for (std::size_t i = 0; i < kDifferent; ++i) {
        const phoenix::PublicKey& to = i % (kNotes / kOwned) == 0 ? own : other;
        const std::array blinders{crypto::Fr::random(random), crypto::Fr::random(random)};
        phoenix::NoteLeaf leaf{
            .block_height = i,
            .note = phoenix::Note::obfuscated(random, own, to, 5, crypto::Fr::random(random), blinders)};
        leaf.note.set_pos(i);
        append(out, leaf.to_archive());
    }
    return out;
}

void scan(const Bytes& leaves, const phoenix::ViewKey& key, Executor& executor) {
    std::size_t found = 0;
    for (std::size_t i = 0; i < kNotes / kDifferent; ++i)
        found += wallet::scan_notes(leaves, {&key, 1}, executor).size();
    if (found != kOwned) throw std::runtime_error("other notes are found than there are");
}

void rows(Bench& bench) {
    crypto::ChaChaRng random(1);
    const phoenix::SecretKey owner = phoenix::SecretKey::random(random);
    const phoenix::ViewKey key = owner.view_key();
    const Bytes leaves = some_leaves(owner);
    SerialExecutor serial;
    bench.run("wallet scan of 100 000 notes, for each", "map_owned", kNotes, 3, [&] { scan(leaves, key, serial); });
    node::ThreadPool threads;
    bench.run("wallet scan of 100 000 notes, for each, all cores", "map_owned", kNotes, 3,
              [&] { scan(leaves, key, threads); });
}

const Registered registered("wallet", rows);

}  // namespace
}  // namespace dusk::bench
