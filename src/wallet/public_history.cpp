#include "wallet/public_history.hpp"

#include <algorithm>
#include <charconv>

#include "base/hex.hpp"
#include "ledger/identifiers.hpp"

namespace dusk::wallet {
namespace {

using ledger::Lux;
using nlohmann::json;

const json* member(const json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string text_of(const json& object, const char* name) {
    const json* const found = member(object, name);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

// Drivers write 64-bit numbers as texts.
std::uint64_t number_of(const json& object, const char* name) {
    const json* const found = member(object, name);
    if (found == nullptr) return 0;
    if (found->is_number_unsigned()) return found->get<std::uint64_t>();
    const std::string text = text_of(object, name);
    std::uint64_t out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? out : 0;
}

struct Event {
    std::string target{};
    std::string topic{};
    json data{};
    bool is_reverted = false;
};

std::vector<Event> events_of(const json& transaction) {
    std::vector<Event> out;
    const json* const list = member(transaction, "events");
    if (list == nullptr || !list->is_array()) return out;
    for (const json& one : *list) {
        const json* const data = member(one, "data");
        const json* const reverted = member(one, "reverted");
        if (data == nullptr) continue;
        out.push_back({.target = text_of(one, "target"),
                       .topic = text_of(one, "topic"),
                       .data = *data,
                       .is_reverted = reverted != nullptr && reverted->is_boolean() && reverted->get<bool>()});
    }
    return out;
}

// What the events of a transaction say about one account.
class Reading {
  public:
    explicit Reading(const std::string& account) : account_(&account) {}

    void take(const Event& event) {
        is_failed_ = is_failed_ || event.is_reverted;
        if (event.is_reverted) return;
        if (event.target == to_hex(ledger::kTransferContract.bytes)) return take_transfer(event);
        if (event.target == to_hex(ledger::kStakeContract.bytes)) return take_stake(event);
        called_ = event.target;
    }

    // Nothing where the account has no part in it.
    [[nodiscard]] std::optional<PublicMove> result() const {
        PublicMove out{.memo = memo_, .gas_spent = gas_, .is_failed = is_failed_};
        if (!pays_) {
            if (received_ == Lux{}) return {};
            out.action = "received";
            out.value = received_;
            out.other = payer_;
            return out;
        }
        out.action = !stake_.empty() ? stake_ : shielded_ > Lux{} ? "shield" : "send";
        out.value = !stake_.empty() ? staked_ : shielded_ > Lux{} ? shielded_ : sent_;
        out.other = receiver_;
        const bool is_call = out.action == "send" && sent_ == Lux{} && (!called_.empty() || deposit_ > Lux{});
        if (is_call) {
            out.action = "call";
            out.value = deposit_;
            out.other = called_;
        }
        return out;
    }

  private:
    void take_transfer(const Event& event) {
        const Lux value{number_of(event.data, "value")};
        const json* const receiver = member(event.data, "receiver");
        if (event.topic == "moonlight") {
            payer_ = text_of(event.data, "sender");
            pays_ = payer_ == *account_;
            const std::string paid = text_of(event.data, "receiver");
            if (pays_) {
                receiver_ = paid;
                sent_ = value;
                gas_ = {number_of(event.data, "gas_spent")};
            } else if (paid == *account_) {
                add(value);
            }
            memo_ = from_hex(text_of(event.data, "memo")).value_or(Bytes());
            take_refund(event.data);
        } else if (event.topic == "deposit") {
            deposit_ = value;
        } else if (event.topic == "contract_to_account") {
            if (text_of(event.data, "receiver") == *account_) add(value);
            if (payer_.empty()) payer_ = text_of(event.data, "sender");
        } else if (receiver != nullptr &&
                   (event.topic == "convert" || event.topic == "withdraw" || event.topic == "mint")) {
            if (text_of(*receiver, "Moonlight") == *account_) add(value);
            if (event.topic == "convert" && receiver->is_object() && receiver->contains("Phoenix")) shielded_ = value;
        }
    }
    // Gas that was not spent may go to another account.
    void take_refund(const json& data) {
        const json* const refund = member(data, "refund_info");
        if (pays_ || refund == nullptr || !refund->is_array() || refund->size() != 2) return;
        const json pair{{"account", (*refund)[0]}, {"value", (*refund)[1]}};
        if (text_of(pair, "account") == *account_ && text_of(data, "receiver") != *account_) {
            add({number_of(pair, "value")});
        }
    }
    void take_stake(const Event& event) {
        if (event.topic != "stake" && event.topic != "unstake" && event.topic != "withdraw") return;
        stake_ = event.topic == "withdraw" ? "claim" : event.topic;
        staked_ = sum(Lux{number_of(event.data, "value")}, Lux{number_of(event.data, "locked")});
    }
    void add(Lux value) { received_ = sum(received_, value); }
    [[nodiscard]] static Lux sum(Lux a, Lux b) { return checked_add(a, b).value_or(Lux{~std::uint64_t{0}}); }

    const std::string* account_;
    bool pays_ = false;
    bool is_failed_ = false;
    std::string payer_{};
    std::string receiver_{};
    std::string stake_{};
    std::string called_{};
    Lux sent_{};
    Lux received_{};
    Lux deposit_{};
    Lux shielded_{};
    Lux staked_{};
    ledger::Gas gas_{};
    Bytes memo_{};
};

}  // namespace

Result<std::vector<PublicMove>, std::string> read_public_history(const json& list, const std::string& account) {
    std::vector<PublicMove> out;
    if (list.is_null()) return out;
    if (!list.is_array()) return fail(std::string("the history is no list"));
    for (const json& transaction : list) {
        const std::string id = text_of(transaction, "origin");
        if (id.size() != 64 || !from_hex(id)) return fail(std::string("a transaction of the history has no id"));
        Reading reading(account);
        for (const Event& event : events_of(transaction)) reading.take(event);
        auto move = reading.result();
        if (!move) continue;
        move->id = id;
        move->height = number_of(transaction, "block_height");
        out.push_back(*std::move(move));
    }
    return out;
}

}  // namespace dusk::wallet
