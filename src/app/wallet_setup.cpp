#include "app/wallet_setup.hpp"

#include <fmt/core.h>

#include "app/contract_values.hpp"
#include "app/key_files.hpp"
#include "app/wallet_node.hpp"
#include "base/hex.hpp"
#include "crypto/jubjub_multiply.hpp"
#include "ledger/network.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using wallet::PublicProfile;
using wallet::WalletSecret;

PublicProfile public_profile(const crypto::WalletSeed& seed, std::size_t index) {
    const wallet::Profile profile = wallet::derive_profile(seed, static_cast<std::uint8_t>(index));
    return {.address = profile.address(), .account = profile.account()};
}

Result<void, Failure> set_place(wallet::WalletSettings& settings, const WalletPlace& place) {
    if (ledger::network_named(place.network) == nullptr) {
        return usage(fmt::format("there is no network \"{}\"", printable(place.network)));
    }
    if (const auto node = WalletNode::at(place.node); !node) return fail(node.error());
    settings.network = place.network;
    if (place.chain_id) settings.chain_id = static_cast<std::uint8_t>(*place.chain_id);
    settings.node = place.node;
    settings.birthday = place.birthday;
    return {};
}

void describe_profiles(const wallet::WalletSettings& settings, Outcome& outcome) {
    outcome.json["profiles"] = Json::array();
    for (std::size_t i = 0; i < settings.profiles.size(); ++i) {
        const PublicProfile& one = settings.profiles[i];
        outcome.text +=
            fmt::format("Profile {}\n  shielded address  {}\n  public account    {}\n", i, one.address, one.account);
        outcome.json["profiles"].push_back({{"index", i}, {"address", one.address}, {"account", one.account}});
    }
}

Outcome made_outcome(const WalletFolder& folder) {
    Outcome out{.text = fmt::format("Made the wallet {}\n", folder.path().string()),
                .json = {{"wallet", folder.path().string()}}};
    describe_profiles(folder.settings, out);
    return out;
}

Result<void, Failure> write_secret(const WalletFolder& folder, const WalletSecret& secret, const SecretBytes& password,
                                   const wallet::KeystoreCost& cost, Overwrite overwrite, RandomSource& random) {
    const auto sealed = wallet::seal_keystore(secret, password, cost, random);
    if (!sealed) return fail(failure_of(sealed.error(), folder.keystore()));
    const auto written = write_key_file(folder.keystore(), as_bytes(*sealed), overwrite);
    if (!written) return fail(failure_of(written.error()));
    return {};
}

// The secret first: without it the rest is worth nothing.
CommandResult fill(WalletFolder& folder, const WalletSecret& secret, const SecretBytes& password,
                   const wallet::KeystoreCost& cost, RandomSource& random) {
    for (std::size_t i = 0; i < secret.profiles(); ++i) {
        folder.settings.profiles.push_back(public_profile(secret.seed(), i));
    }
    const auto written = write_secret(folder, secret, password, cost, Overwrite::refuse, random);
    if (!written) return fail(written.error());
    if (const auto saved = folder.save_settings(); !saved) {
        // Keys that nobody has seen yet, or that are elsewhere too.
        std::error_code ignored;
        fs::remove(folder.keystore(), ignored);
        return fail(saved.error());
    }
    folder.keep();
    return made_outcome(folder);
}

Result<SecretBytes, Failure> new_password(const WalletOptions& options, const WalletFolder& folder) {
    auto password =
        read_password(options.password, PasswordUse::protect_new, "New password for " + folder.path().string());
    if (!password) return fail(failure_of(password.error()));
    return *std::move(password);
}

}  // namespace

CommandResult wallet_create(const WalletCreate& command, RandomSource& random) {
    auto folder = WalletFolder::make(command.wallet);
    if (!folder) return fail(folder.error());
    if (const auto set = set_place(folder->settings, command.place); !set) return fail(set.error());
    const auto password = new_password(command.wallet, *folder);
    if (!password) return fail(password.error());
    auto mnemonic = crypto::Mnemonic::generate(command.words, random);
    if (!mnemonic) return fail(failure_of(mnemonic.error()));
    auto out = fill(*folder, WalletSecret(*std::move(mnemonic), command.profiles), *password, command.cost, random);
    if (out) {
        out->text +=
            fmt::format("\nWrite its words on paper: `dusk keys export phrase {}`\n", folder->keystore().string());
    }
    return out;
}

CommandResult wallet_restore(const WalletRestore& command, RandomSource& random) {
    auto folder = WalletFolder::make(command.wallet);
    if (!folder) return fail(folder.error());
    if (const auto set = set_place(folder->settings, command.place); !set) return fail(set.error());
    const auto phrase = read_phrase(command.phrase, "Recovery phrase");
    if (!phrase) return fail(failure_of(phrase.error()));
    auto mnemonic = crypto::Mnemonic::parse(phrase->reveal_text());
    if (!mnemonic) return fail(failure_of(mnemonic.error()));
    const auto password = new_password(command.wallet, *folder);
    if (!password) return fail(password.error());
    return fill(*folder, WalletSecret(*std::move(mnemonic), command.profiles), *password, command.cost, random);
}

CommandResult wallet_open(const WalletOpen& command, RandomSource& random) {
    const auto content = read_key_file(command.from);
    if (!content) return fail(failure_of(content.error()));
    const KeyFileKind kind = kind_of(command.from, content->reveal());
    if (kind != KeyFileKind::wallet && kind != KeyFileKind::wallet_dat) {
        return refused("not_a_key_file", command.from.string() + ": this is no file of a wallet");
    }
    auto folder = WalletFolder::make(command.wallet);
    if (!folder) return fail(folder.error());
    if (const auto set = set_place(folder->settings, command.place); !set) return fail(set.error());
    const auto password =
        read_password(command.wallet.password, PasswordUse::open_existing, "Password for " + command.from.string());
    if (!password) return fail(failure_of(password.error()));
    const auto secret = open_wallet(command.from, content->reveal(), *password);
    if (!secret) return fail(secret.error());
    return fill(*folder, *secret, *password, command.cost, random);
}

CommandResult wallet_watch(const WalletWatch& command) {
    auto folder = WalletFolder::make(command.wallet);
    if (!folder) return fail(folder.error());
    if (const auto set = set_place(folder->settings, command.place); !set) return fail(set.error());
    const auto text = read_phrase(command.view_key, "View key, 128 hexadecimal digits");
    if (!text) return fail(failure_of(text.error()));
    folder->settings.watches = true;
    folder->settings.profiles.push_back(
        {.address = command.address, .account = command.account, .view_key = std::string(text->reveal_text())});
    // The file says by itself what a view key is; it must also be that of the address.
    const auto read = wallet::WalletSettings::read(as_bytes(folder->settings.to_file()));
    if (!read) return usage(read.error());
    const auto key = phoenix::ViewKey::from_bytes(from_hex(read->profiles[0].view_key).value());
    const auto address = phoenix::PublicKey::from_base58(command.address);
    if (!key || !address || key->b() != address->b() || crypto::multiply_generator(key->a()) != address->a()) {
        return usage("the view key is not that of the address");
    }
    if (const auto saved = folder->save_settings(); !saved) return fail(saved.error());
    folder->keep();
    return made_outcome(*folder);
}

CommandResult wallet_profiles(const WalletProfiles& command, RandomSource& random) {
    auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    Outcome out;
    if (command.add > 0) {
        const std::size_t count = folder->settings.profiles.size() + command.add;
        if (count > 255) return usage("a wallet has 255 profiles at most");
        if (folder->settings.watches) return refused("watch_only", "this wallet only watches: it has no secret keys");
        const auto content = read_key_file(folder->keystore());
        if (!content) return fail(failure_of(content.error()));
        const auto password = read_password(command.wallet.password, PasswordUse::open_existing,
                                            "Password for " + folder->keystore().string());
        if (!password) return fail(failure_of(password.error()));
        const auto secret = open_wallet(folder->keystore(), content->reveal(), *password);
        if (!secret) return fail(secret.error());
        const auto cost = wallet::cost_of_keystore(content->reveal());
        const auto number = static_cast<std::uint8_t>(count);
        const auto& phrase = secret->mnemonic();
        const WalletSecret more =
            phrase ? WalletSecret(crypto::Mnemonic::from_entropy(phrase->entropy().reveal()).value(), number)
                   : WalletSecret(secret->seed().clone(), number);
        const auto written =
            write_secret(*folder, more, *password, cost.value_or(wallet::KeystoreCost{}), Overwrite::allow, random);
        if (!written) return fail(written.error());
        for (std::size_t i = folder->settings.profiles.size(); i < count; ++i) {
            folder->settings.profiles.push_back(public_profile(more.seed(), i));
        }
        if (const auto saved = folder->save_settings(); !saved) return fail(saved.error());
        // Notes of the new ones may be anywhere in the chain.
        auto notes = folder->notes();
        if (!notes) return fail(notes.error());
        notes->forget_all();
        if (const auto saved = folder->save(*notes); !saved) return fail(saved.error());
    }
    describe_profiles(folder->settings, out);
    return out;
}

CommandResult wallet_view_key(const WalletViewKey& command) {
    const auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    if (command.profile >= folder->settings.profiles.size()) return usage("the wallet has no such profile");
    const auto secret = folder->open_secret(command.wallet);
    if (!secret) return fail(secret.error());
    const wallet::Profile profile = wallet::derive_profile(secret->seed(), command.profile);
    const std::string key = to_hex(profile.phoenix.view_key().to_bytes().reveal());
    return Outcome{
        .text = key + "\n",
        .json = {{"view_key", key}, {"address", profile.address()}, {"account", profile.account()}},
        .warnings = {"who has this key sees everything that the profile receives shielded, but spends nothing"}};
}

CommandResult wallet_settings(const WalletSettingsChange& command) {
    auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    wallet::WalletSettings& settings = folder->settings;
    const bool other_chain = command.network || command.chain_id || command.birthday;
    WalletPlace place{.network = command.network.value_or(settings.network),
                      .chain_id = command.chain_id,
                      .node = command.node.value_or(settings.node),
                      .birthday = command.birthday.value_or(settings.birthday)};
    if (command.network) settings.chain_id = std::nullopt;
    if (const auto set = set_place(settings, place); !set) return fail(set.error());
    if (command.prover && !command.prover->empty()) {
        if (const auto prover = WalletNode::at(*command.prover); !prover) return fail(prover.error());
    }
    if (command.prover) settings.prover = *command.prover;
    if (const auto saved = folder->save_settings(); !saved) return fail(saved.error());
    if (other_chain) {
        if (const auto saved = folder->save(wallet::NoteCache()); !saved) return fail(saved.error());
    }
    const auto* const network = ledger::network_named(settings.network);
    const unsigned chain =
        settings.chain_id.value_or(network == nullptr ? 0 : static_cast<unsigned>(network->chain_id));
    Outcome out;
    out.text = fmt::format("wallet    {}\nnetwork   {}, chain {}\nnode      {}\nprover    {}\nbirthday  block {}\n",
                           folder->path().string(), settings.network, chain, settings.node,
                           settings.prover.empty() ? "this machine" : settings.prover, settings.birthday);
    if (settings.watches) out.text += "it only watches: there are no secret keys\n";
    out.json = {{"wallet", folder->path().string()},
                {"network", settings.network},
                {"chain_id", chain},
                {"node", settings.node},
                {"prover", settings.prover},
                {"birthday", settings.birthday},
                {"watches", settings.watches},
                {"profiles", settings.profiles.size()}};
    return out;
}

CommandResult wallet_contacts(const WalletContacts& command) {
    const auto folder = WalletFolder::open(command.wallet);
    if (!folder) return fail(folder.error());
    auto contacts = folder->contacts();
    if (!contacts) return fail(contacts.error());
    if (command.what == WalletContacts::What::add) {
        if (const auto added = contacts->add(command.name, command.address); !added) return usage(added.error());
    }
    if (command.what == WalletContacts::What::remove && !contacts->remove(command.name)) {
        return usage(fmt::format("there is no contact \"{}\"", printable(command.name)));
    }
    if (command.what != WalletContacts::What::list) {
        if (const auto saved = folder->save(*contacts); !saved) return fail(saved.error());
    }
    Outcome out;
    out.json["contacts"] = Json::array();
    for (const auto& [name, address] : contacts->contacts()) {
        out.text += fmt::format("{:<20} {}\n", name, address);
        out.json["contacts"].push_back({{"name", name}, {"address", address}});
    }
    if (contacts->contacts().empty()) out.text = "The address book is empty\n";
    return out;
}

}  // namespace dusk::app
