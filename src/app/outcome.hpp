// What a subcommand gives back, before anybody decides how to print it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/files.hpp"
#include "app/password.hpp"
#include "base/result.hpp"
#include "crypto/consensus_keys.hpp"
#include "wallet/keystore.hpp"
#include "wallet/wallet_dat.hpp"

namespace dusk::app {

// The exit status of the program; `dusk keys --help` lists them.
enum class ExitCode : std::uint8_t {
    ok = 0,
    failure = 1,  // anything without a status of its own
    usage = 2,    // the command line is wrong
    wrong_password = 3,
    bad_input = 4,  // a key file or phrase is truncated, damaged or of another kind
    file = 5,       // a file is missing, unreadable, in the way or cannot be written
    no_answer = 6,  // a node or prover does not answer, or not in time
    rejected = 7,   // the network does not take it, or what it called failed; not enough funds
    declined = 8,   // a person was asked and said no
};

struct Outcome {
    std::string text;             // for a person
    nlohmann::ordered_json json;  // the same for a program
    std::vector<std::string> warnings{};
};

// Overwrites text that may hold a secret; and the texts of an outcome, those in its JSON as well.
void wipe_text(std::string& text);
void wipe_outcome(Outcome& outcome);

struct Failure {
    ExitCode exit;
    std::string code;     // stable, for programs: "wrong_password"
    std::string message;  // one sentence, for a person
    // Of a mistyped recovery phrase: the word that may be meant. It goes to a terminal, never to a file or program.
    std::string_view suggested_word{};
    // What is to be shown beside the error: on the standard output, and as further members of the JSON object.
    std::string report{};
    nlohmann::ordered_json details = nlohmann::ordered_json::object();
};

using CommandResult = Result<Outcome, Failure>;

// The command line is wrong ("usage"); what it names breaks a rule ("refused"); a file does not do. With codes of their
// own where a program may want to know more.
[[nodiscard]] std::unexpected<Failure> usage(std::string message);
[[nodiscard]] std::unexpected<Failure> usage(std::string_view code, std::string message);
[[nodiscard]] std::unexpected<Failure> refused(std::string_view message);
[[nodiscard]] std::unexpected<Failure> refused(std::string_view code, std::string message);
[[nodiscard]] std::unexpected<Failure> file_failure(std::string_view code, std::string message);

[[nodiscard]] Failure failure_of(const FileError& error);
[[nodiscard]] Failure failure_of(const PasswordError& error);
[[nodiscard]] Failure failure_of(const crypto::MnemonicError& error);
// The file that the sentence is about is named in it.
[[nodiscard]] Failure failure_of(wallet::KeystoreError error, const std::filesystem::path& path);
[[nodiscard]] Failure failure_of(wallet::WalletDatError error, const std::filesystem::path& path);
[[nodiscard]] Failure failure_of(crypto::ConsensusKeysError error, const std::filesystem::path& path);

}  // namespace dusk::app
