// How things stand in the store: values of the tables (storage/tables.hpp) that are no wire form by themselves.
// Integers are little-endian, as on the wire.
#pragma once

#include <array>
#include <chrono>

#include "base/clock.hpp"
#include "chain/block_store.hpp"
#include "ledger/blob.hpp"
#include "ledger/wire.hpp"

namespace dusk::storage {

// magic 8 ‖ version u32: 12 bytes.
struct StoredFormat {
    static constexpr ByteArray<8> kMagic = {'D', 'U', 'S', 'K', 'N', 'O', 'D', 'E'};
    static constexpr std::uint32_t kVersion = 1;

    ByteArray<8> magic = kMagic;
    std::uint32_t version = kVersion;

    [[nodiscard]] static StoredFormat read(ledger::WireReader& in);
    void write(Writer& out) const;
};

// header ‖ number of transactions u32 ‖ number of faults u32. 2^32 - 1 transactions: they are not here.
struct StoredHeader {
    ledger::BlockHeader header{};
    std::optional<std::uint32_t> transactions = 0;
    std::uint32_t faults = 0;

    [[nodiscard]] static StoredHeader read(ledger::WireReader& in);
    void write(Writer& out) const;
};

// hash 32 ‖ label 9.
struct StoredLabel {
    ledger::BlockHash hash{};
    ledger::Label label{};

    [[nodiscard]] static StoredLabel read(ledger::WireReader& in);
    void write(Writer& out) const;
};

// height u64: 8 bytes.
struct StoredHeight {
    ledger::Height height{};

    [[nodiscard]] static StoredHeight read(ledger::WireReader& in);
    void write(Writer& out) const;
};

// height u64 ‖ number in the block u32: 12 bytes.
struct StoredPlace {
    ledger::Height height{};
    std::uint32_t position = 0;

    [[nodiscard]] static StoredPlace read(ledger::WireReader& in);
    void write(Writer& out) const;
};

// commitment 48 ‖ proof 48 ‖ content 131 072.
struct StoredSidecar {
    ledger::BlobSidecar sidecar{};

    [[nodiscard]] static StoredSidecar read(ledger::WireReader& in);
    void write(Writer& out) const;
};

// hash 32 ‖ iteration 1.
struct StoredIteration {
    chain::BlockStore::LastIteration last{};

    [[nodiscard]] static StoredIteration read(ledger::WireReader& in);
    void write(Writer& out) const;
};

// count u8, at most 5 ‖ milliseconds u32 each.
struct StoredStepTimes {
    chain::BlockStore::StepTimes times{};

    [[nodiscard]] static StoredStepTimes read(ledger::WireReader& in);
    void write(Writer& out) const;
};

// milliseconds since 1970 i64 ‖ transaction.
struct StoredPoolTransaction {
    WallTime time{};
    ledger::LedgerTransaction transaction{};

    [[nodiscard]] static StoredPoolTransaction read(ledger::WireReader& in);
    void write(Writer& out) const;
};

// A value whole, with nothing behind it. The error says why not, for people.
template <class T>
[[nodiscard]] Result<T, std::string> decode_value(ByteView bytes) {
    ledger::WireReader in(bytes);
    T value = T::read(in);
    if (in.error()) return fail(ledger::describe(*in.error()));
    if (in.position() != bytes.size()) return fail(std::string("there are bytes behind its end"));
    return value;
}

}  // namespace dusk::storage
