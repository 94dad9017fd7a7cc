// Signing journals. One that can be read is written with the same records; what was signed in it may be signed again,
// and nothing else in its place; one with damage is refused and left as it was. A whole journal that is cut, or of
// which a byte is changed, is refused or has lost its last record.
#include "crypto/blake3.hpp"
#include "ledger/wire.hpp"
#include "require.hpp"
#include "storage/signing_journal.hpp"

namespace {

using namespace dusk;
using fuzz::require;
using storage::JournalContent;

// The key of the seeds: the identity.
const JournalContent::Digest& identity() {
    static const auto out = crypto::blake3(crypto::BlsPublicKey().to_bytes());
    return out;
}

void any_bytes(const Bytes& bytes) {
    const auto content = JournalContent::parse(bytes);
    if (content) {
        const auto again = JournalContent::parse(content->to_bytes());
        require(again.has_value() && again->all == content->all && again->key == content->key && !again->torn);
        require(content->torn || content->to_bytes().size() == bytes.size());
    } else {
        require(!content.error().text.empty());
    }
    storage::MemoryJournal disk;
    disk.content() = bytes;
    const auto journal = storage::SigningJournal::open(disk, {});
    if (!journal) {
        require(disk.content() == bytes);
        return;
    }
    if (bytes.empty()) return;
    require(content.has_value() && content->all.size() == (*journal)->size());
    for (const auto& [slot, digest] : content->all) {
        const auto permitted = (*journal)->permit(slot, Bytes{1});
        require(permitted.has_value() == (digest == crypto::blake3(Bytes{1})));
        require(permitted.has_value() || permitted.error() == consensus::SigningError::conflict);
    }
}

void damaged_journal(ByteView bytes) {
    ledger::WireReader in(bytes);
    const std::uint64_t cut = in.le<std::uint16_t>();
    const std::uint64_t at = in.le<std::uint16_t>();
    const std::uint8_t change = in.u8();
    JournalContent content{.key = identity(), .lowest_round = in.u8()};
    while (true) {
        consensus::SigningSlot slot{.header = ledger::ConsensusHeader::read(in)};
        slot.step = static_cast<ledger::Step>(in.u8() % 3);
        const auto digest = in.array<32>();
        if (!in.ok()) break;
        if (slot.header.round >= content.lowest_round) content.all.emplace(slot, digest);
    }
    const Bytes whole = content.to_bytes();
    Bytes now(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(cut, whole.size())));
    if (at < now.size()) now[at] ^= change;
    const auto parsed = JournalContent::parse(now);
    if (!parsed) return;
    require(parsed->key == content.key && parsed->lowest_round == content.lowest_round);
    require(parsed->all.size() + 1 >= (now.size() - JournalContent::kHeadSize) / JournalContent::kRecordSize);
    for (const auto& entry : parsed->all) require(content.all.at(entry.first) == entry.second);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    any_bytes(Bytes(data, data + size));
    damaged_journal({data, size});
    return 0;
}
