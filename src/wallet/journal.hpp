// What a wallet sent: its own record, which no node without an archive keeps for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "ledger/quantities.hpp"

namespace dusk::wallet {

enum class SentState : std::uint8_t {
    pending,   // handed to a node; in no block yet
    done,      // in a block
    failed,    // in a block, but what it called failed: the fee is spent, nothing else
    replaced,  // another transaction with the same nonce or notes is in a block
};
[[nodiscard]] std::string_view to_string(SentState state);

struct Sent {
    std::string id{};        // of the transaction, 64 hexadecimal digits
    std::uint64_t time = 0;  // seconds since 1970
    std::uint8_t profile = 0;
    std::string action{};  // "send", "shield", "stake" …
    std::string to{};      // an address or a contract; may be empty
    ledger::Lux value{};   // what is paid, put in or taken out
    ledger::Gas gas_limit{};
    ledger::GasPrice gas_price{};
    std::optional<ledger::Nonce> nonce{};  // of the account that pays; or
    std::vector<std::uint64_t> spends{};   // positions of the notes that pay
    std::string memo{};
    std::vector<std::string> own_notes{};  // stealth addresses of notes that come back to the wallet, in hexadecimal
    SentState state = SentState::pending;
    std::uint64_t height = 0;  // of its block
    ledger::Gas gas_spent{};
    std::string error{};  // why what it called failed
    // What it was made from, so that it can be made again with another fee; and its bytes. Empty when it is not
    // pending.
    std::string order{};
    Bytes bytes{};
};

// A file in JSON: {"format": "dusk-wallet-journal", "version": 1, "sent": […], "checksum"}, the oldest first.
class Journal {
  public:
    // The error is a sentence.
    [[nodiscard]] static Result<Journal, std::string> read(ByteView file);
    [[nodiscard]] std::string to_file() const;

    void add(Sent sent) { sent_.push_back(std::move(sent)); }
    // By the whole id or by as many of its first digits as tell it from others; null where that is none or several.
    [[nodiscard]] Sent* find(std::string_view id);
    [[nodiscard]] std::vector<Sent>& sent() { return sent_; }
    [[nodiscard]] const std::vector<Sent>& sent() const { return sent_; }
    // The transaction is in a block.
    void settle(Sent& sent, std::uint64_t height, ledger::Gas gas_spent, std::string error);
    // The nonce for the next transaction of a profile, where the node says `from`: the first one from there on that no
    // pending transaction took within the last two minutes. The node may not know those yet; an older one that it does
    // not count is lost, and its nonce is free.
    [[nodiscard]] ledger::Nonce next_nonce(std::uint8_t profile, ledger::Nonce from, std::uint64_t now) const;
    // The ids of others that are pending and spend the same: of all these one can come into a block.
    [[nodiscard]] std::vector<std::string> rivals(const Sent& sent) const;
    // The notes that pending transactions spend.
    [[nodiscard]] std::vector<std::uint64_t> spent_notes() const;

  private:
    std::vector<Sent> sent_;
};

}  // namespace dusk::wallet
