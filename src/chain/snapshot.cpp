#include "chain/snapshot.hpp"

#include "chain/header_rules.hpp"
#include "crypto/blake3.hpp"
#include "ledger/limits.hpp"
#include "ledger/wire.hpp"

namespace dusk::chain {
namespace {

using ledger::Height;
using ledger::WireReader;

constexpr ByteArray<8> kMagic = {'D', 'U', 'S', 'K', 'S', 'N', 'A', 'P'};
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kDigestSize = 32;
constexpr auto kMostBlocks = static_cast<std::uint32_t>(History::kLeastBlocks + 1);

ledger::Block read_block(WireReader& in) {
    ledger::Block out;
    out.header = ledger::BlockHeader::read(in);
    const auto faults = in.at_most<std::uint32_t>(ledger::kMostBlockFaults, ledger::WireFault::too_many_items);
    for (std::uint32_t i = 0; i < faults && in.ok(); ++i) out.faults.push_back(ledger::Fault::read(in));
    return out;
}

Result<void, SnapshotError> check_blocks(const ChainSnapshot& snapshot) {
    const ledger::BlockHeader& genesis = snapshot.genesis;
    if (genesis != ledger::genesis_header(genesis.state_root, genesis.timestamp)) {
        return fail(SnapshotError::broken_header);
    }
    if (snapshot.blocks.empty()) return fail(SnapshotError::broken_chain);
    const Height first = snapshot.blocks.front().header.height;
    if (first == Height{0} || first != first_snapshot_block(snapshot.last().height)) {
        return fail(SnapshotError::broken_chain);
    }
    const ledger::BlockHeader* previous = first == Height{1} ? &genesis : nullptr;
    Height height = first;
    for (const ledger::Block& block : snapshot.blocks) {
        if (block.header.height != height) return fail(SnapshotError::broken_chain);
        if (!block.hash_holds()) return fail(SnapshotError::broken_header);
        if (previous != nullptr && block.header.prev_block_hash != previous->hash) {
            return fail(SnapshotError::broken_chain);
        }
        if (ledger::faults_root(block.faults) != block.header.faults_root) return fail(SnapshotError::broken_faults);
        previous = &block.header;
        ++height.value;
    }
    if (!has_certificate(snapshot.last())) return fail(SnapshotError::unattested);
    return {};
}

}  // namespace

std::string_view to_string(SnapshotError error) {
    switch (error) {
        case SnapshotError::not_a_snapshot:
            return "it is no snapshot of a node";
        case SnapshotError::unknown_version:
            return "it was written by a later version of this program";
        case SnapshotError::too_large:
            return "its first part is larger than any can be";
        case SnapshotError::truncated:
            return "it is cut off";
        case SnapshotError::wrong_checksum:
            return "it is damaged: its checksum does not hold";
        case SnapshotError::malformed:
            return "a block in it cannot be read";
        case SnapshotError::broken_header:
            return "the hash of a block in it is not that of its content";
        case SnapshotError::broken_chain:
            return "its blocks do not follow one another";
        case SnapshotError::broken_faults:
            return "the faults of a block in it are not those of its header";
        case SnapshotError::unattested:
            return "its block is one of emergency, which no committee has attested: a later one is needed";
    }
    return "unknown error";
}

Height first_snapshot_block(Height last) {
    return {last.value <= History::kLeastBlocks ? 1 : last.value - History::kLeastBlocks};
}

Result<std::size_t, SnapshotError> snapshot_size(ByteView prefix) {
    if (prefix.size() < ChainSnapshot::kPrefixSize || !equal(prefix.first(kMagic.size()), kMagic)) {
        return fail(SnapshotError::not_a_snapshot);
    }
    if (load_le<std::uint32_t>(prefix.data() + 8) != kVersion) return fail(SnapshotError::unknown_version);
    const std::size_t size = ChainSnapshot::kPrefixSize + load_le<std::uint32_t>(prefix.data() + 12) + kDigestSize;
    if (size > ChainSnapshot::kLargest) return fail(SnapshotError::too_large);
    return size;
}

Result<ChainSnapshot, SnapshotError> decode_snapshot(ByteView bytes) {
    const auto size = snapshot_size(bytes);
    if (!size) return fail(size.error());
    if (bytes.size() < *size) return fail(SnapshotError::truncated);
    if (bytes.size() > *size) return fail(SnapshotError::malformed);
    const std::size_t content = bytes.size() - kDigestSize;
    if (!equal(crypto::blake3(bytes.first(content)), bytes.subspan(content))) {
        return fail(SnapshotError::wrong_checksum);
    }
    WireReader in(bytes.first(content).subspan(ChainSnapshot::kPrefixSize));
    ChainSnapshot out;
    out.kadcast_id = in.u8();
    out.chain_id = static_cast<ledger::ChainId>(in.u8());
    out.genesis = ledger::BlockHeader::read(in);
    const auto count = in.at_most<std::uint32_t>(kMostBlocks, ledger::WireFault::too_many_items);
    for (std::uint32_t i = 0; i < count && in.ok(); ++i) out.blocks.push_back(read_block(in));
    if (!in.ok() || in.position() != content - ChainSnapshot::kPrefixSize) return fail(SnapshotError::malformed);
    if (auto good = check_blocks(out); !good) return fail(good.error());
    return out;
}

Result<Bytes, SnapshotError> encode_snapshot(const ChainSnapshot& snapshot) {
    Writer content;
    content.u8(snapshot.kadcast_id).u8(static_cast<std::uint8_t>(snapshot.chain_id));
    snapshot.genesis.write(content);
    content.le(static_cast<std::uint32_t>(snapshot.blocks.size()));
    for (const ledger::Block& block : snapshot.blocks) {
        block.header.write(content);
        content.le(static_cast<std::uint32_t>(block.faults.size()));
        for (const ledger::Fault& fault : block.faults) fault.write(content);
    }
    const std::size_t size = content.view().size();
    if (size > ChainSnapshot::kLargest - ChainSnapshot::kPrefixSize - kDigestSize) {
        return fail(SnapshotError::too_large);
    }
    Writer out;
    out.bytes(kMagic).le(kVersion).le(static_cast<std::uint32_t>(size)).bytes(content.view());
    const auto digest = crypto::blake3(out.view());
    out.bytes(digest);
    return std::move(out).finish();
}

}  // namespace dusk::chain
