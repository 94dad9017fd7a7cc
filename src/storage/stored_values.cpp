#include "storage/stored_values.hpp"

#include <algorithm>
#include <limits>

namespace dusk::storage {

using ledger::WireReader;

namespace {

constexpr std::uint32_t kNotHere = std::numeric_limits<std::uint32_t>::max();

}  // namespace

StoredFormat StoredFormat::read(WireReader& in) { return {.magic = in.array<8>(), .version = in.le<std::uint32_t>()}; }
void StoredFormat::write(Writer& out) const { out.bytes(magic).le(version); }

StoredHeader StoredHeader::read(WireReader& in) {
    StoredHeader out;
    out.header = ledger::BlockHeader::read(in);
    const auto transactions = in.le<std::uint32_t>();
    out.transactions = transactions == kNotHere ? std::nullopt : std::optional(transactions);
    out.faults = in.le<std::uint32_t>();
    return out;
}
void StoredHeader::write(Writer& out) const {
    header.write(out);
    out.le(transactions.value_or(kNotHere)).le(faults);
}

StoredLabel StoredLabel::read(WireReader& in) {
    StoredLabel out;
    out.hash = ledger::BlockHash::read(in);
    out.label = ledger::Label::read(in);
    return out;
}
void StoredLabel::write(Writer& out) const {
    hash.write(out);
    label.write(out);
}

StoredHeight StoredHeight::read(WireReader& in) { return {{in.le<std::uint64_t>()}}; }
void StoredHeight::write(Writer& out) const { out.le(height.value); }

StoredPlace StoredPlace::read(WireReader& in) {
    StoredPlace out;
    out.height = {in.le<std::uint64_t>()};
    out.position = in.le<std::uint32_t>();
    return out;
}
void StoredPlace::write(Writer& out) const { out.le(height.value).le(position); }

StoredSidecar StoredSidecar::read(WireReader& in) {
    StoredSidecar out;
    out.sidecar.commitment = in.array<48>();
    out.sidecar.proof = in.array<48>();
    const ByteView content = in.bytes(ledger::BlobContent::kSize);
    if (in.ok()) out.sidecar.content = ledger::BlobContent::copy_of(content);
    return out;
}
void StoredSidecar::write(Writer& out) const {
    out.bytes(sidecar.commitment).bytes(sidecar.proof).bytes(sidecar.content.bytes());
}

StoredIteration StoredIteration::read(WireReader& in) {
    StoredIteration out;
    out.last.tip = ledger::BlockHash::read(in);
    out.last.iteration = in.u8();
    return out;
}
void StoredIteration::write(Writer& out) const {
    last.tip.write(out);
    out.u8(last.iteration);
}

StoredStepTimes StoredStepTimes::read(WireReader& in) {
    StoredStepTimes out;
    const auto count = in.at_most<std::uint8_t>(chain::BlockStore::kKeptStepTimes, ledger::WireFault::too_many_items);
    for (std::uint8_t i = 0; i < count; ++i) out.times.emplace_back(in.le<std::uint32_t>());
    return out;
}
void StoredStepTimes::write(Writer& out) const {
    constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
    out.count_le<std::uint8_t>(times.size());
    for (const auto time : times) {
        out.le(static_cast<std::uint32_t>(std::clamp(std::int64_t{time.count()}, std::int64_t{0}, kMost)));
    }
}

StoredPoolTransaction StoredPoolTransaction::read(WireReader& in) {
    StoredPoolTransaction out;
    out.time = WallTime(std::chrono::milliseconds(static_cast<std::int64_t>(in.le<std::uint64_t>())));
    out.transaction = ledger::LedgerTransaction::read(in);
    return out;
}
void StoredPoolTransaction::write(Writer& out) const {
    out.le(static_cast<std::uint64_t>(time.time_since_epoch().count()));
    transaction.write(out);
}

}  // namespace dusk::storage
