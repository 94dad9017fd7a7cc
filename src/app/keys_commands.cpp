#include "app/keys_commands.hpp"

#include <fmt/core.h>

#include <array>

#include "app/key_files.hpp"
#include "app/public_files.hpp"
#include "base/base58.hpp"
#include "base/hex.hpp"
#include "wallet/profile.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view kMismatch =
    "the public key in this file is not the one of its secret key: a node would sign what nobody can verify";

Failure unknown_kind(const fs::path& path) {
    return {.exit = ExitCode::bad_input,
            .code = "not_a_key_file",
            .message = path.string() + ": this is no key file that dusk knows, or most of it is missing"};
}

Result<SecretBytes, Failure> password_for(const KeyOptions& options, PasswordUse use, const fs::path& file) {
    const std::string question =
        fmt::format("{} for {}", use == PasswordUse::protect_new ? "New password" : "Password", file.string());
    auto password = read_password(options.password, use, question);
    if (!password) return fail(failure_of(password.error()));
    return std::move(*password);
}

Result<SecretBytes, Failure> content_of(const fs::path& file) {
    auto content = read_key_file(file);
    if (!content) return fail(failure_of(content.error()));
    return std::move(*content);
}

struct OpenedWallet {
    wallet::WalletSecret secret;
    SecretBytes password;
};
Result<OpenedWallet, Failure> open_wallet_file(const KeyOptions& options, const fs::path& file) {
    const auto content = content_of(file);
    if (!content) return fail(content.error());
    const KeyFileKind kind = kind_of(file, content->reveal());
    if (kind != KeyFileKind::wallet && kind != KeyFileKind::wallet_dat) return fail(unknown_kind(file));
    auto password = password_for(options, PasswordUse::open_existing, file);
    if (!password) return fail(password.error());
    auto secret = open_wallet(file, content->reveal(), *password);
    if (!secret) return fail(secret.error());
    return OpenedWallet{.secret = std::move(*secret), .password = std::move(*password)};
}

void warn_of_mode(Outcome& outcome, const fs::path& file) {
    if (std::string warning = mode_warning(file); !warning.empty()) outcome.warnings.push_back(std::move(warning));
}

Outcome wallet_outcome(const wallet::WalletSecret& secret, const fs::path& file, std::uint8_t profiles) {
    Outcome outcome;
    outcome.json = {{"file", file.string()}, {"kind", "wallet"}};
    if (secret.mnemonic()) outcome.json["words"] = secret.mnemonic()->word_count();
    Json list = Json::array();
    for (unsigned i = 0; i < profiles; ++i) {
        const wallet::Profile profile = wallet::derive_profile(secret.seed(), static_cast<std::uint8_t>(i));
        list.push_back(to_json(profile));
        outcome.text += (i == 0 ? "" : "\n") + to_text(profile);
    }
    outcome.json["profiles"] = std::move(list);
    return outcome;
}

CommandResult write_wallet(const wallet::WalletSecret& secret, const fs::path& file, const SecretBytes& password,
                           const wallet::KeystoreCost& cost, Overwrite overwrite, RandomSource& random) {
    const auto sealed = wallet::seal_keystore(secret, password, cost, random);
    if (!sealed) {
        return fail(Failure{.exit = ExitCode::failure,
                            .code = "no_memory",
                            .message = fmt::format("protecting {} needs {} MiB of memory, which the system does not "
                                                   "give: --kdf-memory takes less",
                                                   file.string(), cost.memory_mib)});
    }
    if (const auto written = write_key_file(file, as_bytes(*sealed), overwrite); !written) {
        return fail(failure_of(written.error()));
    }
    Outcome outcome = wallet_outcome(secret, file, secret.profiles());
    outcome.text = fmt::format("Wrote the wallet file {}\n\n{}", file.string(), outcome.text);
    return outcome;
}

Outcome consensus_outcome(const crypto::BlsPublicKey& key) {
    const std::string account = to_base58(key.to_bytes());
    Outcome outcome;
    outcome.text = fmt::format("Provisioner\n  public key  {}\n", account);
    outcome.json = {{"kind", "consensus keys"}, {"public_key", account}};
    return outcome;
}

CommandResult write_consensus(const fs::path& name, const crypto::ConsensusKeys& keys, const SecretBytes& password,
                              Overwrite overwrite, RandomSource& random) {
    const auto paths = write_consensus_keys(name, keys, password, overwrite, random);
    if (!paths) return fail(paths.error());
    Outcome outcome = consensus_outcome(keys.public_key);
    outcome.text = fmt::format("Wrote {} and {}\n\n{}", paths->keys.string(), paths->public_key.string(), outcome.text);
    outcome.json["file"] = paths->keys.string();
    outcome.json["public_key_file"] = paths->public_key.string();
    if (!keys.belong_together()) outcome.warnings.emplace_back(kMismatch);
    return outcome;
}

Result<void, Failure> require_free_pair(const fs::path& name, Overwrite overwrite) {
    const ConsensusKeyPaths paths = consensus_key_paths(name);
    for (const fs::path& path : {paths.keys, paths.public_key}) {
        if (const auto free = require_free(path, overwrite); !free) return free;
    }
    return {};
}

CommandResult show_consensus_keys(const ShowKeys& command, ByteView content) {
    const auto password = password_for(command.common, PasswordUse::open_existing, command.file);
    if (!password) return fail(password.error());
    const auto opened = crypto::open_consensus_keys(content, password->reveal());
    if (!opened) return fail(failure_of(opened.error(), command.file));
    Outcome outcome = consensus_outcome(opened->keys.public_key);
    const bool current = opened->format == crypto::ConsensusKeysFormat::current;
    outcome.json["file"] = command.file.string();
    outcome.json["format"] = current ? "current" : "old";
    outcome.json["belong_together"] = opened->keys.belong_together();
    if (!opened->keys.belong_together()) outcome.warnings.emplace_back(kMismatch);
    if (!current) {
        outcome.warnings.push_back(fmt::format("{} is of the old format: `dusk keys import consensus {}` renews it",
                                               command.file.string(), command.file.string()));
    }
    return outcome;
}

CommandResult show_public_key(const ShowKeys& command, ByteView content) {
    const auto key = crypto::BlsPublicKey::from_bytes(content);
    if (!key) {
        return fail(Failure{.exit = ExitCode::bad_input,
                            .code = content.size() < crypto::BlsPublicKey::kSize ? "truncated" : "damaged",
                            .message = fmt::format("{}: this is not the public key of a provisioner: {}",
                                                   command.file.string(), crypto::to_string(key.error()))});
    }
    Outcome outcome = consensus_outcome(*key);
    outcome.json["kind"] = "consensus public key";
    outcome.json["file"] = command.file.string();
    return outcome;
}

}  // namespace

CommandResult create_wallet(const CreateWallet& command, RandomSource& random) {
    if (const auto free = require_free(command.file, command.common.overwrite); !free) return fail(free.error());
    auto mnemonic = crypto::Mnemonic::generate(command.words, random);
    if (!mnemonic) return fail(failure_of(mnemonic.error()));
    const auto password = password_for(command.common, PasswordUse::protect_new, command.file);
    if (!password) return fail(password.error());
    const wallet::WalletSecret secret(std::move(*mnemonic), command.profiles);
    auto outcome = write_wallet(secret, command.file, *password, command.cost, command.common.overwrite, random);
    if (!outcome) return outcome;
    outcome->text += fmt::format(
        "\nThe recovery phrase is the only way back when this file or its password is lost. Write it on paper:\n"
        "  dusk keys export phrase {}\n",
        command.file.string());
    return outcome;
}

CommandResult create_consensus(const CreateConsensus& command, RandomSource& random) {
    if (const auto free = require_free_pair(command.name, command.common.overwrite); !free) return fail(free.error());
    const auto password = password_for(command.common, PasswordUse::protect_new, command.name);
    if (!password) return fail(password.error());
    auto secret_key = crypto::BlsSecretKey::random(random);
    const crypto::BlsPublicKey public_key = secret_key.public_key();
    return write_consensus(command.name, {.secret_key = std::move(secret_key), .public_key = public_key}, *password,
                           command.common.overwrite, random);
}

CommandResult show_keys(const ShowKeys& command) {
    const auto content = content_of(command.file);
    if (!content) return fail(content.error());
    const KeyFileKind kind = kind_of(command.file, content->reveal());
    CommandResult outcome = fail(unknown_kind(command.file));
    if (kind == KeyFileKind::consensus_public_key) return show_public_key(command, content->reveal());
    if (kind == KeyFileKind::consensus_keys) {
        outcome = show_consensus_keys(command, content->reveal());
    } else if (kind != KeyFileKind::unknown) {
        const auto opened = open_wallet_file(command.common, command.file);
        if (!opened) return fail(opened.error());
        const std::uint8_t profiles = command.profiles == 0 ? opened->secret.profiles() : command.profiles;
        outcome = wallet_outcome(opened->secret, command.file, profiles);
        if (kind == KeyFileKind::wallet_dat) outcome->json["kind"] = "wallet.dat";
    }
    if (outcome) warn_of_mode(*outcome, command.file);
    return outcome;
}

CommandResult import_phrase(const ImportPhrase& command, RandomSource& random) {
    if (const auto free = require_free(command.file, command.common.overwrite); !free) return fail(free.error());
    const auto phrase = read_phrase(command.phrase, "Recovery phrase");
    if (!phrase) return fail(failure_of(phrase.error()));
    auto mnemonic = crypto::Mnemonic::parse(phrase->reveal_text());
    if (!mnemonic) return fail(failure_of(mnemonic.error()));
    const auto password = password_for(command.common, PasswordUse::protect_new, command.file);
    if (!password) return fail(password.error());
    return write_wallet(wallet::WalletSecret(std::move(*mnemonic), command.profiles), command.file, *password,
                        command.cost, command.common.overwrite, random);
}

CommandResult import_wallet_dat(const ImportWalletDat& command, RandomSource& random) {
    if (const auto free = require_free(command.file, command.common.overwrite); !free) return fail(free.error());
    const auto opened = open_wallet_file(command.common, command.from);
    if (!opened) return fail(opened.error());
    auto outcome =
        write_wallet(opened->secret, command.file, opened->password, command.cost, command.common.overwrite, random);
    if (outcome && opened->password.empty()) {
        outcome->warnings.emplace_back("the password of the imported file is empty, and so is that of the new one");
    }
    return outcome;
}

CommandResult import_consensus(const ImportConsensus& command, RandomSource& random) {
    if (!command.name.empty()) {
        if (const auto free = require_free_pair(command.name, command.common.overwrite); !free) {
            return fail(free.error());
        }
    }
    const auto content = content_of(command.from);
    if (!content) return fail(content.error());
    const auto password = password_for(command.common, PasswordUse::open_existing, command.from);
    if (!password) return fail(password.error());
    if (!command.name.empty()) {
        const auto opened = crypto::open_consensus_keys(content->reveal(), password->reveal());
        if (!opened) return fail(failure_of(opened.error(), command.from));
        return write_consensus(command.name, opened->keys, *password, command.common.overwrite, random);
    }
    const auto loaded = load_consensus_keys(command.from, *password, random);
    if (!loaded) return fail(loaded.error());
    if (loaded->not_renewed) return fail(*loaded->not_renewed);
    Outcome outcome = consensus_outcome(loaded->keys.public_key);
    outcome.json["file"] = command.from.string();
    outcome.json["renewed"] = !loaded->old_copy.empty();
    if (loaded->old_copy.empty()) {
        outcome.text =
            fmt::format("{} is of the current format: nothing to do\n\n{}", command.from.string(), outcome.text);
    } else {
        outcome.json["old_copy"] = loaded->old_copy.string();
        outcome.text = fmt::format("Renewed {}; the file as it was is {}\n\n{}", command.from.string(),
                                   loaded->old_copy.string(), outcome.text);
    }
    if (!loaded->keys.belong_together()) outcome.warnings.emplace_back(kMismatch);
    return outcome;
}

CommandResult export_phrase(const ExportPhrase& command) {
    const auto opened = open_wallet_file(command.common, command.file);
    if (!opened) return fail(opened.error());
    if (!opened->secret.mnemonic()) {
        return fail(Failure{
            .exit = ExitCode::failure,
            .code = "no_phrase",
            .message = command.file.string() + ": this wallet came from a wallet.dat, which holds no recovery phrase"});
    }
    const SecretBytes phrase = opened->secret.mnemonic()->phrase();
    Outcome outcome;
    outcome.text.reserve(phrase.size() + 1);  // no growth, no copy left behind
    outcome.text.append(phrase.reveal_text()).push_back('\n');
    outcome.json = {{"phrase", phrase.reveal_text()}};
    outcome.warnings.emplace_back(
        "whoever reads this phrase owns the wallet: write it on paper, keep it off the network");
    return outcome;
}

CommandResult export_consensus(const ExportConsensus& command, RandomSource& random) {
    if (const auto free = require_free_pair(command.name, command.common.overwrite); !free) return fail(free.error());
    const auto opened = open_wallet_file(command.common, command.file);
    if (!opened) return fail(opened.error());
    wallet::Profile profile = wallet::derive_profile(opened->secret.seed(), command.profile);
    const crypto::BlsPublicKey public_key = profile.bls.public_key();
    auto outcome = write_consensus(command.name, {.secret_key = std::move(profile.bls), .public_key = public_key},
                                   opened->password, command.common.overwrite, random);
    if (outcome) outcome->json["profile"] = command.profile;
    return outcome;
}

CommandResult export_profile(const ExportProfile& command) {
    const auto opened = open_wallet_file(command.common, command.file);
    if (!opened) return fail(opened.error());
    const wallet::Profile profile = wallet::derive_profile(opened->secret.seed(), command.profile);
    std::array<std::pair<std::string_view, std::string>, 3> keys{
        {{"Phoenix secret  ", to_hex(profile.phoenix.to_bytes().reveal())},
         {"Phoenix view key", to_hex(profile.phoenix.view_key().to_bytes().reveal())},
         {"BLS secret      ", to_hex(profile.bls.to_bytes().reveal())}}};
    Outcome outcome;
    outcome.json = to_json(profile);
    outcome.json["phoenix_secret_key"] = keys[0].second;
    outcome.json["phoenix_view_key"] = keys[1].second;
    outcome.json["bls_secret_key"] = keys[2].second;
    const std::string about = to_text(profile);
    outcome.text.reserve(about.size() + 512);  // no growth, no copy left behind
    outcome.text = about;
    for (auto& [name, key] : keys) {
        outcome.text.append("  ").append(name).append("  ").append(key).push_back('\n');
        wipe_text(key);
    }
    outcome.warnings.emplace_back("whoever reads these secret keys owns the profile; the view key shows its notes");
    return outcome;
}

}  // namespace dusk::app
