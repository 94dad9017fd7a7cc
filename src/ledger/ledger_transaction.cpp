#include "ledger/ledger_transaction.hpp"

#include "base/utf8.hpp"
#include "ledger/limits.hpp"

namespace dusk::ledger {
namespace {

void write_limited(Writer& out, ByteView bytes, std::size_t most) {
    if (bytes.size() > most) throw std::length_error("longer than the ledger takes");
    out.prefixed_le<std::uint32_t>(bytes);
}

}  // namespace

LedgerTransaction LedgerTransaction::read(WireReader& in) {
    LedgerTransaction out;
    out.version = in.le<std::uint32_t>();
    out.type = in.le<std::uint32_t>();
    const auto size = in.at_most<std::uint32_t>(kMostTransactionBytes, WireFault::transaction_too_long);
    const std::size_t at = in.position();
    const ByteView bytes = in.bytes(size);
    if (!in.ok()) return out;
    if (auto decoded = decode_any(bytes)) {
        out.format = decoded->format;
        out.transaction = std::move(decoded->transaction);
    } else {
        in.refuse(WireFault::bad_transaction, at);
    }
    return out;
}

void LedgerTransaction::write(Writer& out) const {
    out.le(version).le(type);
    write_limited(out, transaction.encode(format), kMostTransactionBytes);
}

SpentTransaction SpentTransaction::read(WireReader& in) {
    SpentTransaction out;
    out.transaction = LedgerTransaction::read(in);
    out.block_height = {in.le<std::uint64_t>()};
    out.gas_spent = {in.le<std::uint64_t>()};
    const auto size = in.at_most<std::uint32_t>(kMostErrorTextBytes, WireFault::text_too_long);
    const std::size_t at = in.position();
    const ByteView text = in.bytes(size);
    if (text.empty()) return out;
    if (is_utf8(text)) {
        out.error.emplace(text.begin(), text.end());
    } else {
        in.refuse(WireFault::bad_text, at);
    }
    return out;
}

void SpentTransaction::write(Writer& out) const {
    transaction.write(out);
    out.le(block_height.value).le(gas_spent.value);
    write_limited(out, as_bytes(error.value_or("")), kMostErrorTextBytes);
}

}  // namespace dusk::ledger
