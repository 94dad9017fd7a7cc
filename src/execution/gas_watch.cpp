#include "execution/gas_watch.hpp"

#include <algorithm>
#include <limits>

namespace dusk::execution {
namespace {

std::uint64_t passed_on(std::uint64_t left) { return left / 100 * 93 + left % 100 * 93 / 100; }

std::uint64_t sum(std::uint64_t a, std::uint64_t b) {
    return a > std::numeric_limits<std::uint64_t>::max() - b ? std::numeric_limits<std::uint64_t>::max() : a + b;
}

}  // namespace

std::uint64_t least_to_pass_on(std::uint64_t gas) {
    constexpr std::uint64_t kHighest = std::numeric_limits<std::uint64_t>::max();
    if (gas > passed_on(kHighest)) return kHighest;
    std::uint64_t low = gas;
    std::uint64_t high = kHighest;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (passed_on(middle) >= gas) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

void GasWatch::on_call(const vm::ContractId& contract, std::string_view function, ByteView /*argument*/,
                       std::uint64_t gas_limit) {
    Frame frame{.call = calls_.size(), .contract = contract, .function = std::string(function), .limit = gas_limit};
    if (!frames_.empty()) frame.left_before = session_.gas_left().value_or(gas_limit);
    if (calls_.size() < most_calls_) {
        calls_.push_back({.depth = frames_.size(),
                          .contract = contract,
                          .function = frame.function,
                          .gas_limit = gas_limit,
                          .gas_spent = 0,
                          .error = {}});
    } else {
        cut_ = true;
        frame.call = most_calls_;
    }
    frames_.push_back(std::move(frame));
}

void GasWatch::on_return(ByteView /*result*/, std::uint64_t spent) { end(spent, {}); }

void GasWatch::on_failure(const vm::CallError& error, std::uint64_t spent) { end(spent, error); }

void GasWatch::end(std::uint64_t spent, std::optional<vm::CallError> error) {
    if (frames_.empty()) return;
    const Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.call < calls_.size()) {
        calls_[frame.call].gas_spent = spent;
        if (error) calls_[frame.call].error = describe(*error);
    }
    ran_out_ = ran_out_ || (error && error->kind == vm::CallErrorKind::out_of_gas);
    // A call that was ended by one within it: that one is the reason.
    std::optional<FailedCall> failure = frame.last_failure;
    if (error && !failure) {
        failure = FailedCall{.error = *std::move(error), .contract = frame.contract, .function = frame.function};
    } else if (!error && !frames_.empty()) {
        failure.reset();
    }
    const std::uint64_t need = std::max(spent, frame.need);
    if (frames_.empty()) {
        roots_.push_back({.need = need, .spent = spent, .failure = std::move(failure)});
        return;
    }
    Frame& caller = frames_.back();
    caller.last_failure = std::move(failure);
    const std::uint64_t before = caller.limit - std::min(caller.limit, frame.left_before);
    const bool names_limit = frame.limit != passed_on(frame.left_before);
    std::uint64_t left = least_to_pass_on(need);
    if (names_limit) left = std::min(left, sum(frame.limit, 1));
    caller.need = std::max(caller.need, sum(before, left));
}

}  // namespace dusk::execution
