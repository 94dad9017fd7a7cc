// What a wallet asks a node: ours or a released one (spec/interfaces.md §3, §7.2).
#pragma once

#include <optional>

#include "app/remote_contract.hpp"
#include "ledger/stake_contract.hpp"
#include "wallet/note_cache.hpp"
#include "wallet/notes_file.hpp"
#include "wallet/public_history.hpp"

namespace dusk::app {

// Of a public account.
struct AccountStatus {
    ledger::Lux balance{};
    ledger::Nonce nonce{};       // of its last transaction in a block
    ledger::Nonce next_nonce{};  // the first one after it that no transaction in the mempool has
};

// What became of a transaction.
struct SpentStatus {
    std::uint64_t height = 0;
    ledger::Gas gas_spent{};
    std::string error{};  // empty: what it called worked
};

// Of the chain.
struct ChainHeights {
    std::uint64_t last = 0;
    std::uint64_t last_final = 0;
};

class WalletNode {
  public:
    // "host:port", "http://…" or "https://…". Connects when it is asked. `authorities`: a file of those that https is
    // trusted by; empty: the system's. Error: usage.
    [[nodiscard]] static Result<WalletNode, Failure> at(const std::string& address,
                                                        const std::string& authorities = {});

    // Errors of all: no_answer.
    [[nodiscard]] Result<AccountStatus, Failure> account(const std::string& account);
    [[nodiscard]] Result<ledger::ChainId, Failure> chain_id();
    // The last block.
    [[nodiscard]] Result<wallet::Bookmark, Failure> tip();
    [[nodiscard]] Result<ChainHeights, Failure> heights();
    // The public transactions of an account in blocks from this height on that are final, oldest first. Nothing where
    // the node has no archive. Asked for in parts where it does not tell so much at once.
    [[nodiscard]] Result<std::optional<std::vector<wallet::PublicMove>>, Failure> public_history(
        const std::string& account, std::uint64_t from);
    // Nothing where the chain is not that high.
    [[nodiscard]] Result<std::optional<ByteArray<32>>, Failure> block_at(std::uint64_t height);
    // Nothing where it is in no block.
    [[nodiscard]] Result<std::optional<SpentStatus>, Failure> spent(const std::string& id);
    [[nodiscard]] Result<bool, Failure> is_in_mempool(const std::string& id);
    // Nothing where the account has no stake.
    [[nodiscard]] Result<std::optional<ledger::StakeData>, Failure> stake(const ledger::AccountKey& account);
    // By the data driver that the node has; nothing where it has none. Errors: also bad_argument, bad_answer.
    [[nodiscard]] Result<std::optional<Bytes>, Failure> encode_argument(const ledger::ContractId& contract,
                                                                        const std::string& function,
                                                                        const std::string& json);
    [[nodiscard]] Result<std::optional<nlohmann::json>, Failure> decode_answer(const ledger::ContractId& contract,
                                                                               const std::string& function,
                                                                               ByteView answer);
    // What a contract answers on the last state; archives, or whatever it takes and gives.
    [[nodiscard]] Result<Bytes, Failure> ask_contract(const ledger::ContractId& contract, const std::string& function,
                                                      ByteView argument);
    // The median price of what waits in the mempool; 1 where the node does not tell.
    [[nodiscard]] ledger::GasPrice gas_price();
    // Hands a transaction over. Errors: also rejected, with the words of the node.
    [[nodiscard]] Result<void, Failure> propagate(ByteView transaction);
    [[nodiscard]] RemoteTransfer transfer() { return RemoteTransfer(client_); }
    [[nodiscard]] const std::string& address() const { return client_.address(); }

  private:
    explicit WalletNode(client::HttpClient client) : client_(std::move(client)) {}
    [[nodiscard]] Result<nlohmann::json, Failure> post(const std::string& path, std::string_view body = {});
    [[nodiscard]] Result<nlohmann::json, Failure> graphql(const std::string& query);
    struct HeightRange {
        std::uint64_t from = 0;
        std::uint64_t to = 0;
    };
    // Error: also kNoArchive.
    [[nodiscard]] Result<void, Failure> read_history(const std::string& account, const HeightRange& range,
                                                     std::vector<wallet::PublicMove>& out);

    client::HttpClient client_;
};

}  // namespace dusk::app
