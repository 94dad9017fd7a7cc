#include "app/outcome.hpp"

#include <fmt/core.h>

#include "base/secret.hpp"

namespace dusk::app {
namespace {

Failure about(const std::filesystem::path& path, ExitCode exit, std::string_view code, std::string_view sentence) {
    return {.exit = exit, .code = std::string(code), .message = fmt::format("{}: {}", path.string(), sentence)};
}

void wipe_texts(nlohmann::ordered_json& json) {
    if (auto* text = json.get_ptr<std::string*>()) return wipe_text(*text);
    if (json.is_structured()) {
        for (auto& below : json) wipe_texts(below);
    }
}

}  // namespace

void wipe_text(std::string& text) {
    wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    text.clear();
}

void wipe_outcome(Outcome& outcome) {
    wipe_text(outcome.text);
    wipe_texts(outcome.json);
}

Failure failure_of(const FileError& error) {
    const auto code = [&]() -> std::string {
        switch (error.kind) {
            case FileError::Kind::missing:
                return "file_missing";
            case FileError::Kind::unreadable:
                return "file_unreadable";
            case FileError::Kind::too_large:
                return "file_too_large";
            case FileError::Kind::exists:
                return "file_exists";
            case FileError::Kind::unwritable:
                return "file_unwritable";
        }
        return "file";
    };
    std::string message = to_string(error);
    if (error.kind == FileError::Kind::exists) message += " (--force replaces it)";
    return {.exit = ExitCode::file, .code = code(), .message = std::move(message)};
}

Failure failure_of(const PasswordError& error) {
    const auto code = [&]() -> std::string {
        switch (error.kind) {
            case PasswordError::Kind::no_terminal:
                return "no_terminal";
            case PasswordError::Kind::interrupted:
                return "interrupted";
            case PasswordError::Kind::unreadable:
                return "password_unreadable";
            case PasswordError::Kind::too_long:
                return "password_too_long";
            case PasswordError::Kind::empty:
                return "password_empty";
            case PasswordError::Kind::do_not_match:
                return "passwords_differ";
        }
        return "password";
    };
    const bool file = error.kind == PasswordError::Kind::unreadable;
    return {.exit = file ? ExitCode::file : ExitCode::failure, .code = code(), .message = to_string(error)};
}

Failure failure_of(const crypto::MnemonicError& error) {
    return {.exit = ExitCode::bad_input,
            .code = "bad_phrase",
            .message = "the recovery phrase: " + to_string(error),
            .suggested_word = error.suggestion};
}

Failure failure_of(wallet::KeystoreError error, const std::filesystem::path& path) {
    if (error == wallet::KeystoreError::no_memory) return about(path, ExitCode::failure, "no_memory", to_string(error));
    if (error == wallet::KeystoreError::wrong_password) {
        return about(path, ExitCode::wrong_password, "wrong_password", to_string(error));
    }
    const auto code = [&]() -> std::string_view {
        switch (error) {
            case wallet::KeystoreError::not_a_keystore:
                return "not_a_key_file";
            case wallet::KeystoreError::truncated:
                return "truncated";
            case wallet::KeystoreError::unknown_version:
                return "unsupported_version";
            default:
                return "damaged";
        }
    };
    return about(path, ExitCode::bad_input, code(), to_string(error));
}

Failure failure_of(wallet::WalletDatError error, const std::filesystem::path& path) {
    if (error == wallet::WalletDatError::wrong_password) {
        return about(path, ExitCode::wrong_password, "wrong_password", to_string(error));
    }
    const auto code = [&]() -> std::string_view {
        switch (error) {
            case wallet::WalletDatError::not_a_wallet_dat:
                return "not_a_key_file";
            case wallet::WalletDatError::unsupported_version:
                return "unsupported_version";
            case wallet::WalletDatError::truncated:
                return "truncated";
            default:
                return "damaged";
        }
    };
    return about(path, ExitCode::bad_input, code(), to_string(error));
}

Failure failure_of(crypto::ConsensusKeysError error, const std::filesystem::path& path) {
    if (error == crypto::ConsensusKeysError::wrong_password) {
        return about(path, ExitCode::wrong_password, "wrong_password", to_string(error));
    }
    const bool cut = error == crypto::ConsensusKeysError::truncated;
    return about(path, ExitCode::bad_input, cut ? "truncated" : "damaged", to_string(error));
}

namespace {

std::unexpected<Failure> failure(ExitCode exit, std::string_view code, std::string message) {
    return fail(Failure{.exit = exit, .code = std::string(code), .message = std::move(message)});
}

}  // namespace

std::unexpected<Failure> usage(std::string message) { return usage("usage", std::move(message)); }
std::unexpected<Failure> usage(std::string_view code, std::string message) {
    return failure(ExitCode::usage, code, std::move(message));
}
std::unexpected<Failure> refused(std::string_view message) { return refused("refused", std::string(message)); }
std::unexpected<Failure> refused(std::string_view code, std::string message) {
    return failure(ExitCode::bad_input, code, std::move(message));
}
std::unexpected<Failure> file_failure(std::string_view code, std::string message) {
    return failure(ExitCode::file, code, std::move(message));
}

}  // namespace dusk::app
