#include "app/faucet_book.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dusk::app {
namespace {

// How long until `value` more fits below the limit, given what was paid, oldest first.
std::optional<std::chrono::seconds> time_until_room(const std::vector<const FaucetPayment*>& paid, ledger::Lux value,
                                                    ledger::Lux limit, std::chrono::seconds window, std::uint64_t now) {
    if (value > limit) return std::nullopt;
    const auto age = [&](const FaucetPayment& one) { return std::chrono::seconds(now - std::min(now, one.time)); };
    std::uint64_t room = limit.value - value.value;
    std::chrono::seconds wait{0};
    // The newest ones count longest.
    for (auto one = paid.rbegin(); one != paid.rend(); ++one) {
        if (age(**one) >= window) break;
        if ((*one)->value.value > room) {
            wait = window - age(**one);
            break;
        }
        room -= (*one)->value.value;
    }
    return wait;
}

}  // namespace

Result<FaucetBook, std::string> FaucetBook::read(ByteView text, const FaucetLimits& limits) {
    const auto json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    const auto damaged = [] { return fail(std::string("it is no list of payments")); };
    if (!json.is_object() || !json.contains("payments") || !json["payments"].is_array()) return damaged();
    FaucetBook out(limits);
    for (const auto& one : json["payments"]) {
        if (!one.is_object() || !one.contains("time") || !one["time"].is_number_unsigned() || !one.contains("to") ||
            !one["to"].is_string() || !one.contains("lux") || !one["lux"].is_number_unsigned()) {
            return damaged();
        }
        out.payments_.push_back({one["time"], one["to"], {one["lux"]}});
    }
    std::ranges::sort(out.payments_, {}, &FaucetPayment::time);
    return out;
}

std::string FaucetBook::to_json() const {
    auto list = nlohmann::ordered_json::array();
    for (const FaucetPayment& one : payments_) {
        list.push_back({{"time", one.time}, {"to", one.to}, {"lux", one.value.value}});
    }
    return nlohmann::ordered_json{{"payments", list}}.dump(2) + "\n";
}

std::optional<FaucetWait> FaucetBook::wait(const std::string& to, ledger::Lux value, std::uint64_t now) const {
    std::vector<const FaucetPayment*> all;
    std::vector<const FaucetPayment*> to_one;
    for (const FaucetPayment& one : payments_) {
        all.push_back(&one);
        if (one.to == to) to_one.push_back(&one);
    }
    constexpr std::chrono::seconds kNone{0};
    const auto of_one = time_until_room(to_one, value, limits_.to_one, limits_.window, now);
    const auto of_all = time_until_room(all, value, limits_.to_all, limits_.window, now);
    if (of_one == kNone && of_all == kNone) return {};
    // The longer wait counts; nothing is the longest.
    if (!of_one || (of_all && *of_one >= *of_all)) return FaucetWait{FaucetLimit::one, of_one};
    return FaucetWait{FaucetLimit::all, of_all};
}

void FaucetBook::add(FaucetPayment payment) {
    const auto window = static_cast<std::uint64_t>(limits_.window.count());
    std::erase_if(payments_, [&](const FaucetPayment& one) {
        return one.time < payment.time && payment.time - one.time >= window;
    });
    payments_.push_back(std::move(payment));
}

void FaucetBook::take_back() {
    if (!payments_.empty()) payments_.pop_back();
}

}  // namespace dusk::app
