// What happened to the money of a wallet, from its own journal, the notes that it found, and what an archive tells of
// its public accounts.
#pragma once

#include "app/wallet_folder.hpp"
#include "app/wallet_node.hpp"

namespace dusk::app {

struct HistoryRow {
    std::optional<std::uint64_t> height{};  // nothing: it is in no block
    std::string id{};                       // of the transaction; empty: what is known is a note
    std::string action{};                   // "send", "stake", "received" …
    std::string state{};                    // "pending", "done", "failed", "replaced"; of a note also "spent"
    std::uint8_t profile = 0;
    ledger::Lux value{};
    std::optional<ledger::Lux> fee{};  // where it is known
    std::string other{};               // an address or a contract; may be empty
    std::string memo{};
    // Of what this wallet sent: seconds since 1970, and what was offered for it.
    std::uint64_t time = 0;
    ledger::Gas gas_limit{};
    ledger::GasPrice gas_price{};
    std::optional<ledger::Nonce> nonce{};
    std::string error{};                      // why what it called failed
    std::optional<std::uint64_t> position{};  // of the note
    bool comes_in = false;
};

// By profile, what the archive of the node told: nothing where it has none.
using PublicHistory = std::optional<std::vector<std::vector<wallet::PublicMove>>>;
// Of all accounts of the wallet. Error: no_answer.
[[nodiscard]] Result<PublicHistory, Failure> public_history_of(const wallet::WalletSettings& settings,
                                                               WalletNode& node);
// Adds to `history`, which begins as nothing, what has become final since.
[[nodiscard]] Result<void, Failure> read_on(PublicHistory& history, const wallet::WalletSettings& settings,
                                            WalletNode& node);

struct HistorySources {
    const wallet::Journal& journal;
    const wallet::NoteCache& notes;
    const PublicHistory& archive;
};
// The oldest first, what is in no block last. `profile`: only this one. What two of the sources know is told once.
[[nodiscard]] std::vector<HistoryRow> history_rows(const HistorySources& sources, std::optional<std::uint8_t> profile);

// For a program; amounts are lux.
[[nodiscard]] nlohmann::ordered_json to_json(const HistoryRow& row);

}  // namespace dusk::app
