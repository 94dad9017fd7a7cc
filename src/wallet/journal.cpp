#include "wallet/journal.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/hex.hpp"
#include "wallet/json_fields.hpp"

namespace dusk::wallet {
namespace {

constexpr FileForm kForm{
    .format = "dusk-wallet-journal", .version = 1, .most_bytes = std::size_t{256} << 20, .has_checksum = true};
constexpr std::array kStates{SentState::pending, SentState::done, SentState::failed, SentState::replaced};

std::optional<SentState> state_named(const std::string& name) {
    const auto found = std::ranges::find(kStates, name, [](SentState state) { return to_string(state); });
    return found == kStates.end() ? std::nullopt : std::optional(*found);
}

Json to_json(const Sent& one) {
    Json out{{"id", one.id},
             {"time", one.time},
             {"profile", one.profile},
             {"action", one.action},
             {"to", one.to},
             {"value", one.value.value},
             {"gas_limit", one.gas_limit.value},
             {"gas_price", one.gas_price.value}};
    if (one.nonce) out["nonce"] = one.nonce->value;
    if (!one.spends.empty()) out["spends"] = one.spends;
    if (!one.memo.empty()) out["memo"] = one.memo;
    if (!one.own_notes.empty()) out["own_notes"] = one.own_notes;
    out["state"] = to_string(one.state);
    if (one.height != 0) out["height"] = one.height;
    if (one.gas_spent.value != 0) out["gas_spent"] = one.gas_spent.value;
    if (!one.error.empty()) out["error"] = one.error;
    if (!one.order.empty()) out["order"] = one.order;
    if (!one.bytes.empty()) out["bytes"] = to_hex(one.bytes);
    return out;
}

bool is_id(const std::string& text) { return text.size() == 64 && from_hex(text).has_value(); }

std::optional<Sent> read_sent(const Json& json) {
    const auto id = text_at(json, "id");
    const auto profile = number_at(json, "profile");
    const auto state = state_named(text_at(json, "state").value_or(""));
    if (!id || !is_id(*id) || !profile || *profile > 255 || !state) return {};
    const auto number = [&](const char* name) { return number_at(json, name).value_or(0); };
    const auto text = [&](const char* name) { return text_at(json, name).value_or(""); };
    Sent out{.id = *id,
             .time = number("time"),
             .profile = static_cast<std::uint8_t>(*profile),
             .action = text("action"),
             .to = text("to"),
             .value = {number("value")},
             .gas_limit = {number("gas_limit")},
             .gas_price = {number("gas_price")}};
    if (const auto nonce = number_at(json, "nonce")) out.nonce = ledger::Nonce{*nonce};
    if (const Json* const spends = list_at(json, "spends")) {
        for (const Json& one : *spends) {
            if (!one.is_number_unsigned()) return {};
            out.spends.push_back(one.get<std::uint64_t>());
        }
    }
    out.memo = text("memo");
    if (const Json* const notes = list_at(json, "own_notes")) {
        for (const Json& one : *notes) {
            if (!one.is_string()) return {};
            out.own_notes.push_back(one.get<std::string>());
        }
    }
    out.state = *state;
    out.height = number("height");
    out.gas_spent = {number("gas_spent")};
    out.error = text("error");
    out.order = text("order");
    out.bytes = hex_at(json, "bytes").value_or(Bytes());
    return out;
}

// Whether only one of the two can be in the chain.
bool are_rivals(const Sent& a, const Sent& b) {
    if (a.profile != b.profile) return false;
    if (a.nonce && b.nonce) return *a.nonce == *b.nonce;
    return std::ranges::find_first_of(a.spends, b.spends) != a.spends.end();
}

void end(Sent& sent, SentState state) {
    sent.state = state;
    sent.order.clear();
    sent.bytes.clear();
}

}  // namespace

std::string_view to_string(SentState state) {
    switch (state) {
        case SentState::pending:
            return "pending";
        case SentState::done:
            return "done";
        case SentState::failed:
            return "failed";
        case SentState::replaced:
            return "replaced";
    }
    return "unknown";
}

Result<Journal, std::string> Journal::read(ByteView file) {
    const auto json = parse_file(file, kForm);
    if (!json) return fail(json.error());
    const Json* const list = list_at(*json, "sent");
    if (list == nullptr) return fail(std::string("sent is missing or no list"));
    Journal out;
    for (const Json& one : *list) {
        auto sent = read_sent(one);
        if (!sent) return fail(fmt::format("the transaction {} of the list is damaged", out.sent_.size()));
        out.sent_.push_back(*std::move(sent));
    }
    return out;
}

std::string Journal::to_file() const {
    Json json = begin_file(kForm);
    json["sent"] = Json::array();
    for (const Sent& one : sent_) json["sent"].push_back(to_json(one));
    return file_text(std::move(json), kForm);
}

Sent* Journal::find(std::string_view id) {
    const auto begins = [&](const Sent& one) { return !id.empty() && one.id.starts_with(id); };
    const auto found = std::ranges::find_if(sent_, begins);
    if (found != sent_.end() && found->id == id) return &*found;
    if (found == sent_.end() || std::any_of(found + 1, sent_.end(), begins)) return nullptr;
    return &*found;
}

void Journal::settle(Sent& sent, std::uint64_t height, ledger::Gas gas_spent, std::string error) {
    sent.height = height;
    sent.gas_spent = gas_spent;
    sent.error = std::move(error);
    for (Sent& other : sent_) {
        if (&other != &sent && other.state == SentState::pending && are_rivals(other, sent)) {
            end(other, SentState::replaced);
        }
    }
    end(sent, sent.error.empty() ? SentState::done : SentState::failed);
}

std::vector<std::string> Journal::rivals(const Sent& sent) const {
    std::vector<std::string> out;
    for (const Sent& other : sent_) {
        if (other.id != sent.id && other.state == SentState::pending && are_rivals(other, sent))
            out.push_back(other.id);
    }
    return out;
}

ledger::Nonce Journal::next_nonce(std::uint8_t profile, ledger::Nonce from, std::uint64_t now) const {
    constexpr std::uint64_t kRecent = 120;
    const auto takes = [&](const Sent& one) {
        return one.state == SentState::pending && one.profile == profile && one.nonce == from &&
               one.time + kRecent > now;
    };
    while (std::ranges::any_of(sent_, takes)) ++from.value;
    return from;
}

std::vector<std::uint64_t> Journal::spent_notes() const {
    std::vector<std::uint64_t> out;
    for (const Sent& one : sent_) {
        if (one.state == SentState::pending) out.insert(out.end(), one.spends.begin(), one.spends.end());
    }
    return out;
}

}  // namespace dusk::wallet
