// Reads the fields of a transaction one after the other. The first fault sticks, and is a reason of this library.
#pragma once

#include <limits>
#include <optional>

#include "base/reader.hpp"
#include "ledger/identifiers.hpp"
#include "ledger/quantities.hpp"
#include "ledger/transaction_error.hpp"

namespace dusk::ledger {

class FieldReader {
  public:
    explicit FieldReader(ByteView bytes) : in_(bytes) {}

    [[nodiscard]] bool ok() const { return !error_ && in_.ok(); }
    [[nodiscard]] std::uint8_t u8() { return in_.u8(); }
    [[nodiscard]] std::uint64_t u64() { return in_.le<std::uint64_t>(); }
    template <class Unit>
    void read(Quantity<Unit>& out) {
        out = {u64()};
    }
    [[nodiscard]] ByteView bytes(std::size_t count) { return in_.bytes(count); }
    template <std::size_t N>
    [[nodiscard]] ByteArray<N> array() {
        return in_.array<N>();
    }
    [[nodiscard]] ByteView rest() { return in_.rest(); }
    [[nodiscard]] std::size_t remaining() const { return in_.remaining(); }
    // Behind a u64 length.
    [[nodiscard]] ByteView prefixed() {
        return in_.prefixed_le<std::uint64_t>(std::numeric_limits<std::size_t>::max());
    }
    // A byte that must be 0 or 1.
    [[nodiscard]] bool flag() {
        const std::uint8_t byte = u8();
        if (byte > 1) reject(TransactionError::bad_flag);
        return byte == 1;
    }
    [[nodiscard]] AccountKey account_key() {
        const ByteView bytes = in_.bytes(AccountKey::kSize);
        if (!ok()) return {};
        const auto key = AccountKey::from_bytes(bytes);
        if (!key) reject(TransactionError::bad_account_key);
        return key.value_or(AccountKey());
    }

    // What was read last is wrong. Keeps the first fault.
    void reject(TransactionError error) {
        if (ok()) error_ = error;
    }
    // Nothing may be left.
    [[nodiscard]] Result<void, TransactionError> finish() {
        if (error_) return fail(*error_);
        if (!in_.ok()) return fail(TransactionError::short_input);
        if (in_.remaining() > 0) return fail(TransactionError::trailing_bytes);
        return {};
    }
    template <class T>
    [[nodiscard]] Result<std::remove_cvref_t<T>, TransactionError> finish(T&& value) {
        if (const auto end = finish(); !end) return fail(end.error());
        return std::forward<T>(value);
    }

  private:
    Reader in_;
    std::optional<TransactionError> error_;
};

}  // namespace dusk::ledger
