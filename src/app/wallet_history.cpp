#include "app/wallet_history.hpp"

#include <algorithm>
#include <set>

#include "base/hex.hpp"
#include "base/utf8.hpp"

namespace dusk::app {
namespace {

using ledger::Lux;
using wallet::CachedNote;
using wallet::PublicMove;
using wallet::Sent;
using wallet::SentState;

HistoryRow row_of(const Sent& sent) {
    HistoryRow out{.id = sent.id,
                   .action = sent.action,
                   .state = std::string(to_string(sent.state)),
                   .profile = sent.profile,
                   .value = sent.value,
                   .other = sent.to,
                   .memo = sent.memo,
                   .time = sent.time,
                   .gas_limit = sent.gas_limit,
                   .gas_price = sent.gas_price,
                   .nonce = sent.nonce,
                   .error = sent.error};
    if (sent.state == SentState::done || sent.state == SentState::failed) {
        out.height = sent.height;
        out.fee = checked_cost(sent.gas_spent, sent.gas_price).value_or(Lux{});
    }
    return out;
}

HistoryRow row_of(const CachedNote& note) {
    return {.height = note.height,
            .action = "received",
            .state = note.is_spent ? "spent" : "done",
            .profile = note.profile,
            .value = note.value.value_or(Lux{}),
            .position = note.note.pos(),
            .comes_in = true};
}

HistoryRow row_of(const PublicMove& move, std::uint8_t profile) {
    HistoryRow out{.height = move.height,
                   .id = move.id,
                   .action = move.action,
                   .state = move.is_failed ? "failed" : "done",
                   .profile = profile,
                   .value = move.value,
                   .other = move.other,
                   .comes_in = move.action == "received"};
    if (is_utf8(move.memo)) out.memo.assign(move.memo.begin(), move.memo.end());
    return out;
}

}  // namespace

Result<void, Failure> read_on(PublicHistory& history, const wallet::WalletSettings& settings, WalletNode& node) {
    if (!history) history.emplace(settings.profiles.size());
    for (std::size_t i = 0; i < settings.profiles.size(); ++i) {
        std::vector<PublicMove>& known = history->at(i);
        // All of a block becomes final at once.
        const std::uint64_t from = known.empty() ? 0 : known.back().height + 1;
        const auto more = node.public_history(settings.profiles[i].account, from);
        if (!more) return fail(more.error());
        if (!*more) {
            history.reset();
            return {};
        }
        known.insert(known.end(), (*more)->begin(), (*more)->end());
    }
    return {};
}

Result<PublicHistory, Failure> public_history_of(const wallet::WalletSettings& settings, WalletNode& node) {
    PublicHistory out;
    if (const auto read = read_on(out, settings, node); !read) return fail(read.error());
    return out;
}

std::vector<HistoryRow> history_rows(const HistorySources& sources, std::optional<std::uint8_t> profile) {
    std::vector<HistoryRow> out;
    std::set<std::string> own_notes;  // that our own transactions made
    std::set<std::pair<std::uint8_t, std::string>> sent_ids;
    for (const Sent& sent : sources.journal.sent()) {
        own_notes.insert(sent.own_notes.begin(), sent.own_notes.end());
        sent_ids.emplace(sent.profile, sent.id);
        out.push_back(row_of(sent));
    }
    for (const auto& [position, note] : sources.notes.notes()) {
        const bool is_worth = note.value.value_or(Lux{}) > Lux{};
        if (is_worth && !own_notes.contains(to_hex(note.note.stealth_address().to_bytes())))
            out.push_back(row_of(note));
    }
    for (std::size_t i = 0; sources.archive && i < sources.archive->size(); ++i) {
        const auto index = static_cast<std::uint8_t>(i);
        for (const PublicMove& move : (*sources.archive)[i]) {
            if (!sent_ids.contains({index, move.id})) out.push_back(row_of(move, index));
        }
    }
    std::erase_if(out, [&](const HistoryRow& row) { return profile && row.profile != *profile; });
    // In the order in which they were added where the height is the same.
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    for (std::size_t i = 0; i < out.size(); ++i) order.emplace_back(out[i].height.value_or(~std::uint64_t{0}), i);
    std::ranges::sort(order);
    std::vector<HistoryRow> sorted;
    sorted.reserve(out.size());
    for (const auto& [height, place] : order) sorted.push_back(std::move(out[place]));
    return sorted;
}

nlohmann::ordered_json to_json(const HistoryRow& row) {
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    if (!row.id.empty()) out["id"] = row.id;
    out["action"] = row.action;
    out["state"] = row.state;
    if (row.height) out["height"] = *row.height;
    out["profile"] = row.profile;
    out["value"] = row.value.value;
    if (row.fee) out["fee"] = row.fee->value;
    if (!row.other.empty()) out[row.comes_in ? "from" : "to"] = row.other;
    if (!row.memo.empty()) out["memo"] = row.memo;
    if (!row.error.empty()) out["error_text"] = row.error;
    if (row.time != 0) {
        out["time"] = row.time;
        out["gas_limit"] = row.gas_limit.value;
        out["gas_price"] = row.gas_price.value;
    }
    if (row.nonce) out["nonce"] = row.nonce->value;
    if (row.position) {
        out["position"] = *row.position;
        out["spent"] = row.state == "spent";
    }
    return out;
}

}  // namespace dusk::app
