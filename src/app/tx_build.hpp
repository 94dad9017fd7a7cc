// What `dusk tx build` does: makes and signs Moonlight transactions, without a network.
#pragma once

#include "app/outcome.hpp"

namespace dusk::app {

// Who signs: a wallet file and a profile, or the keys of a provisioner.
struct SigningKey {
    std::filesystem::path file{};
    std::uint8_t profile = 0;
    PasswordSource password{};
};

struct BuildCall {
    std::string contract{};
    std::string function{};
    std::string arguments{};  // hex
};
struct BuildDeploy {
    std::filesystem::path bytecode{};
    std::string owner{};                // hex; empty: the sender's key
    std::optional<std::string> init{};  // hex
    std::uint64_t nonce = 0;
};

struct BuildTx {
    SigningKey key{};
    std::string network = "devnet";
    std::optional<unsigned> chain_id{};  // that of the network unless it says otherwise
    std::uint64_t nonce = 0;             // of the account's last transaction, and one
    std::string receiver{};              // base58; empty: the sender
    std::string value = "0";             // DUSK
    std::string deposit = "0";           // DUSK
    std::string refund{};                // base58; empty: the sender
    std::uint64_t gas_limit = 0;
    std::uint64_t gas_price = 1;
    std::filesystem::path out{};
    Overwrite overwrite = Overwrite::refuse;
    bool aegis = false;  // the form of wallets; else that of blocks

    // One of these at most.
    std::optional<BuildCall> call{};
    std::optional<BuildDeploy> deploy{};
    std::optional<std::string> memo{};
};

// Writes the bytes of the transaction. Errors: usage, file, wrong_password, bad_input (a rule that the transaction
// would break).
[[nodiscard]] CommandResult build_tx(const BuildTx& command);

}  // namespace dusk::app
