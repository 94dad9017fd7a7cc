// Watches the calls of a transaction: which there were, which failed first, and how much gas they needed to be given.
//
// What a call spends is less than what it must be given: a contract passes on 93 of 100 parts of the gas that it has
// left, unless it names a limit (spec/vm.md §6.3), so that a call within a call needs more left over than it spends.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vm/session.hpp"
#include "vm/trace.hpp"

namespace dusk::execution {

// One call, in the order in which they began.
struct WatchedCall {
    std::size_t depth = 0;  // 0: asked for by the node
    vm::ContractId contract{};
    std::string function{};
    std::uint64_t gas_limit = 0;
    std::uint64_t gas_spent = 0;
    std::optional<std::string> error{};
};

// The call in which a failure began that ended those around it.
struct FailedCall {
    vm::CallError error{};
    vm::ContractId contract{};
    std::string function{};
};

// The least gas of which a contract passes on `gas`.
[[nodiscard]] std::uint64_t least_to_pass_on(std::uint64_t gas);

// O(depth) memory besides the calls that it keeps.
class GasWatch final : public vm::CallObserver {
  public:
    // `session` outlives it.
    GasWatch(const vm::Session& session, std::size_t most_calls) : session_(session), most_calls_(most_calls) {}

    void on_call(const vm::ContractId& contract, std::string_view function, ByteView argument,
                 std::uint64_t gas_limit) override;
    void on_return(ByteView result, std::uint64_t spent) override;
    void on_failure(const vm::CallError& error, std::uint64_t spent) override;
    void on_event(const vm::EventView& /*event*/) override {}

    [[nodiscard]] const std::vector<WatchedCall>& calls() const { return calls_; }
    [[nodiscard]] bool is_cut() const { return cut_; }
    struct RootCall {
        // Gas that it needed to be given, by the calls that it made; exact while none of them failed.
        std::uint64_t need = 0;
        std::uint64_t spent = 0;
        // Where its failure began; also one that it caught and gave back as a result.
        std::optional<FailedCall> failure{};
    };
    // The calls that the node made, in order.
    [[nodiscard]] const std::vector<RootCall>& roots() const { return roots_; }
    // Whether a call ended for want of gas, be it caught.
    [[nodiscard]] bool ran_out_of_gas() const { return ran_out_; }

  private:
    struct Frame {
        std::size_t call = 0;  // in calls_; beyond them where they were cut
        vm::ContractId contract{};
        std::string function{};
        std::uint64_t limit = 0;
        std::uint64_t left_before = 0;  // of the caller
        std::uint64_t need = 0;
        std::optional<FailedCall> last_failure{};  // of a call that it made last
    };
    void end(std::uint64_t spent, std::optional<vm::CallError> error);

    const vm::Session& session_;
    std::size_t most_calls_;
    std::vector<Frame> frames_;
    std::vector<WatchedCall> calls_;
    std::vector<RootCall> roots_;
    bool ran_out_ = false;
    bool cut_ = false;
};

}  // namespace dusk::execution
