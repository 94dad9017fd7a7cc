#include "wallet/wallet_settings.hpp"

#include <fmt/core.h>

#include "phoenix/address.hpp"
#include "wallet/json_fields.hpp"

namespace dusk::wallet {
namespace {

constexpr FileForm kForm{
    .format = "dusk-wallet", .version = 1, .most_bytes = std::size_t{1} << 20, .has_checksum = true};

// The error says which member is wrong.
Result<PublicProfile, std::string_view> read_profile(const Json& json, bool watches) {
    PublicProfile out{.address = text_at(json, "address").value_or(""),
                      .account = text_at(json, "account").value_or("")};
    const auto address = phoenix::parse_address(out.address);
    if (!address || !std::holds_alternative<phoenix::PublicKey>(*address)) return fail(std::string_view("address"));
    const auto account = phoenix::parse_address(out.account);
    if (!account || !std::holds_alternative<crypto::BlsPublicKey>(*account)) return fail(std::string_view("account"));
    if (!watches) return out;
    const auto view_key = hex_at(json, "view_key");
    if (!view_key || !phoenix::ViewKey::from_bytes(*view_key)) return fail(std::string_view("view_key"));
    out.view_key = *text_at(json, "view_key");
    return out;
}

}  // namespace

Result<WalletSettings, std::string> WalletSettings::read(ByteView file) {
    const auto json = parse_file(file, kForm);
    if (!json) return fail(json.error());
    WalletSettings out;
    out.network = text_at(*json, "network").value_or("");
    if (const auto chain = number_at(*json, "chain_id")) {
        if (*chain > 255) return fail(std::string("chain_id has one byte"));
        out.chain_id = static_cast<std::uint8_t>(*chain);
    }
    out.node = text_at(*json, "node").value_or("");
    out.prover = text_at(*json, "prover").value_or("");
    out.birthday = number_at(*json, "birthday").value_or(0);
    out.watches = truth_at(*json, "watches").value_or(false);
    const Json* const profiles = list_at(*json, "profiles");
    if (profiles == nullptr || profiles->empty() || profiles->size() > 255) {
        return fail(std::string("profiles is missing or no list of 1 to 255"));
    }
    for (const Json& one : *profiles) {
        auto profile = read_profile(one, out.watches);
        if (!profile) return fail(fmt::format("profile {}: {} is wrong", out.profiles.size(), profile.error()));
        out.profiles.push_back(*std::move(profile));
    }
    if (const Json* const times = list_at(*json, "proof_milliseconds")) {
        for (std::size_t i = 0; i < std::min(times->size(), out.proof_milliseconds.size()); ++i) {
            if ((*times)[i].is_number_unsigned()) out.proof_milliseconds.at(i) = (*times)[i].get<std::uint64_t>();
        }
    }
    return out;
}

std::string WalletSettings::to_file() const {
    Json json = begin_file(kForm);
    json["network"] = network;
    if (chain_id) json["chain_id"] = *chain_id;
    json["node"] = node;
    json["prover"] = prover;
    json["birthday"] = birthday;
    json["watches"] = watches;
    json["profiles"] = Json::array();
    for (const PublicProfile& one : profiles) {
        Json profile{{"address", one.address}, {"account", one.account}};
        if (!one.view_key.empty()) profile["view_key"] = one.view_key;
        json["profiles"].push_back(std::move(profile));
    }
    json["proof_milliseconds"] = proof_milliseconds;
    return file_text(std::move(json), kForm);
}

}  // namespace dusk::wallet
