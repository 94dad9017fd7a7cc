// What `dusk tx build` does: makes transactions without a network, paid and signed by an account (Moonlight) or paid by
// notes and proven (Phoenix).
#pragma once

#include <chrono>
#include <variant>

#include "app/opened_keys.hpp"
#include "app/transfer_key_reader.hpp"
#include "base/executor.hpp"
#include "base/random.hpp"
#include "ledger/transaction.hpp"
#include "wallet/notes_file.hpp"

namespace dusk::app {

// What the transaction carries; texts are as people type them. Amounts are DUSK.
struct BuildCall {
    std::string contract{};  // hex
    std::string function{};
    std::string arguments{};  // hex
    std::string deposit = "0";
};
struct BuildDeploy {
    std::filesystem::path bytecode{};
    std::optional<Bytes> content{};     // instead of the file
    std::string owner{};                // hex; empty: the key of the account
    std::optional<std::string> init{};  // hex
    std::uint64_t nonce = 0;
};
struct BuildMemo {
    std::string text{};
};
struct BuildBlobs {
    std::vector<std::filesystem::path> contents{};  // 131072 bytes each
    std::filesystem::path setup{};                  // Ethereum's trusted setup
    std::optional<ledger::Blobs> made{};            // instead of the files
};
// Calls of the stake contract about the stake of an account.
struct BuildStake {
    enum class Action : std::uint8_t { stake, unstake, withdraw };
    enum class PaidTo : std::uint8_t { payer, account, notes };
    Action action = Action::stake;
    std::string amount{};
    SigningKey account{};            // whose stake it is; without a file: the key that pays
    SigningKey owner{};              // who may take it out; without a file: the account itself
    PaidTo paid_to = PaidTo::payer;  // what is taken out; the payer: whatever pays for the transaction
};
// From an account to a note of the same profile, or from notes to the account.
struct BuildConvert {
    std::string amount{};
};
using BuildKind = std::variant<std::monostate, BuildCall, BuildDeploy, BuildMemo, BuildBlobs, BuildStake, BuildConvert>;

// The notes that pay.
struct BuildFromNotes {
    std::filesystem::path file{};                // of `dusk tx notes`
    std::optional<wallet::NotesFile> content{};  // instead of the file
    std::vector<std::uint64_t> positions{};      // which of them; none: as few as are enough
    bool transparent = false;                    // the receiver's note shows its value
};

struct BuildTx {
    SigningKey key{};
    std::string network = "devnet";
    std::optional<unsigned> chain_id{};     // that of the network unless it says otherwise
    std::optional<std::uint64_t> nonce{};   // of the account's last transaction, and one; or
    std::optional<BuildFromNotes> notes{};  // one of the two
    std::string receiver{};                 // base58, an account or a shielded address; empty: the sender
    std::string value = "0";                // DUSK
    std::string refund{};                   // base58; empty: the sender. Only of accounts
    std::uint64_t gas_limit = 0;
    std::uint64_t gas_price = 1;
    std::filesystem::path out{};
    Overwrite overwrite = Overwrite::refuse;
    bool aegis = false;                          // the form of wallets; else that of blocks
    std::string prover{};                        // address of who proves; empty: this machine
    std::string authorities{};                   // file of those that https is trusted by; empty: the system's
    std::chrono::milliseconds expected_proof{};  // how long the last proof took here; 0: not known
    std::shared_ptr<TransferKeyReader> keys{};   // for proofs here; null: the key is read when it is needed
    BuildKind kind{};
};

// What the bytes of a transaction hide that notes pay for, and its maker wants to know.
struct NotesReport {
    std::string text{};             // further lines behind those of the transaction
    nlohmann::ordered_json json{};  // "spends": [{position, value}], "change"
    std::vector<std::string> warnings{};
    std::vector<std::uint64_t> spends{};     // positions of the notes
    std::chrono::milliseconds proof_time{};  // of a proof that was made here
};

// The transaction of a command, whatever `out` says; the keys are those of `key`. Errors: as of `build_tx`, those of
// writing excepted; no_answer (of a prover).
[[nodiscard]] Result<ledger::Transaction, Failure> make_transaction(const BuildTx& command, const OpenedKeys& keys,
                                                                    RandomSource& random, Executor& executor,
                                                                    NotesReport& report);

// Writes the bytes of the transaction. From notes: the first time seconds for a prover key, then a second or so for the
// proof; both show on a terminal. Nothing is written that the rules which need no state refuse, signature and proof
// included. Errors: usage, file, wrong_password, bad_notes, bad_blob, insufficient_funds, no_prover (the network takes
// no proofs that can be made here), refused (a rule that the transaction would break).
[[nodiscard]] CommandResult build_tx(const BuildTx& command, RandomSource& random, Executor& executor);

}  // namespace dusk::app
