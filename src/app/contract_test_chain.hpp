// The chain that a test of `dusk contract test` works on, and the commands by which it does (docs/contracts/testing.md,
// "Commands").
#pragma once

#include <map>

#include "app/contract_state.hpp"
#include "app/contract_trace.hpp"

namespace dusk::app {

// Gas of the calls of one function, those of the calls it made included.
struct FunctionGas {
    std::vector<std::uint64_t> spent{};  // of calls that succeeded
    std::uint64_t failed = 0;
};
// By contract and function.
using GasReport = std::map<std::pair<std::string, std::string>, FunctionGas>;

// Tells a recorder and measures.
class TestObserver : public vm::CallObserver {
  public:
    TestObserver(TraceRecorder& trace, const TraceLegend& legend, GasReport& gas)
        : trace_(trace), legend_(legend), gas_(gas) {}
    void on_call(const vm::ContractId& contract, std::string_view function, ByteView argument,
                 std::uint64_t gas_limit) override;
    void on_return(ByteView result, std::uint64_t spent) override;
    void on_failure(const vm::CallError& error, std::uint64_t spent) override;
    void on_event(const vm::EventView& event) override { trace_.on_event(event); }

  private:
    TraceRecorder& trace_;
    const TraceLegend& legend_;
    GasReport& gas_;
    std::vector<FunctionGas*> running_;  // null: of a contract or function that is not there
};

// What tests can deploy: by name, "" is the project's contract.
using TestModules = std::map<std::string, Bytes, std::less<>>;

class TestChain {
  public:
    // The contract that is not there: calls of it are commands.
    static const vm::ContractId& runner_id();
    static constexpr std::string_view kAnswer = "dusk_test_answer";  // metadata

    TestChain(std::shared_ptr<vm::Machine> machine, const TestModules& modules, GasReport& gas);

    // What the caller sees as the text of a panic: '+' for success, or why not and a text. The bytes of the answer are
    // in `answer`. Runs on a thread of its own: the caller is inside of the VM.
    [[nodiscard]] std::string run_command(std::string_view words, ByteView argument);
    [[nodiscard]] const Bytes& answer() const { return answer_; }

    [[nodiscard]] const TraceRecorder& trace() const { return trace_; }
    [[nodiscard]] const TraceLegend& legend() const { return legend_; }
    [[nodiscard]] const std::vector<std::string>& printed() const { return printed_; }
    [[nodiscard]] std::uint64_t transactions_gas() const { return total_spent_; }

  private:
    struct Setting {
        Bytes sender;  // the archive of an Option of the key
        std::uint64_t height = 1;
        std::uint64_t gas = 3'000'000'000;  // of a block
        std::optional<vm::ContractId> caller;
        Bytes owner;
    };

    std::string command(std::string_view words, ByteView argument);
    std::string deploy(std::string_view module, ByteView argument);
    std::string call(std::string_view words, ByteView argument);
    std::string query(std::string_view words, ByteView argument);
    std::string set(std::string_view word, std::string_view rest, ByteView argument);
    std::string event_part(std::string_view word, std::string_view rest);
    std::string key(std::string_view name);
    std::string answered(ByteView bytes);
    std::string finished(const vm::CallResult<vm::CallReceipt>& receipt);
    void prepare(vm::Session& session, bool is_transaction);
    [[nodiscard]] bool keep_changes();

    std::shared_ptr<vm::Machine> machine_;
    const TestModules& modules_;
    TraceRecorder trace_;
    TraceLegend legend_;
    TestObserver observer_;
    Setting setting_;
    vm::StatePtr head_;
    std::unique_ptr<vm::Session> session_;
    std::size_t deployed_ = 0;
    Bytes answer_;
    std::vector<vm::Event> events_;  // of the last transaction
    std::uint64_t spent_ = 0;        // of the last call or query
    std::uint64_t total_spent_ = 0;
    std::vector<std::string> printed_;
};

}  // namespace dusk::app
