// Contracts in the real VM, on a state of one's own (app/contract_state.hpp).
#pragma once

#include "app/contract_state.hpp"

namespace dusk::app {

inline constexpr std::uint64_t kDefaultGas = 1'000'000'000;

struct RunOptions {
    std::filesystem::path state = "dusk-state";
    CallSetting setting{};
    std::uint64_t gas = kDefaultGas;
    bool trace = false;
};

// An argument: typed values, or bytes as they are.
struct ArgumentWords {
    std::vector<std::string> values{};
    std::optional<std::string> hex{};
    std::filesystem::path file{};
};

struct DeployContract {
    RunOptions run{};
    std::filesystem::path file{};
    std::string id{};     // hex; empty: BLAKE3 of the module
    std::string owner{};  // a KEY, or hex behind "0x"; empty: nobody
    ArgumentWords init{};
};
// Errors: usage, bad_input (no contract; the id is taken), file, failure (its `init` failed).
[[nodiscard]] CommandResult deploy_contract(const DeployContract& command);

struct CallContract {
    RunOptions run{};
    std::string contract{};
    std::string function{};
    ArgumentWords argument{};
    std::string caller{};            // a contract; empty: the call is one of a transaction
    std::string as{};                // the type of the result
    bool keeps = true;               // false: a query
    std::filesystem::path record{};  // where the call is written for `dusk replay`; empty: nowhere
};
// Errors: usage, bad_input (no such contract), file, failure (the contract failed; nothing has changed).
[[nodiscard]] CommandResult call_contract(const CallContract& command);

}  // namespace dusk::app
