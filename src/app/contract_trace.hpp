// Keeps what a session tells about its calls, and shows it.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/contract_interface.hpp"
#include "vm/trace.hpp"

namespace dusk::app {

// What turns archives into values: the interfaces of contracts, and names for ids and keys.
struct TraceLegend {
    KnownNames names{};
    std::map<vm::ContractId, Interface> interfaces{};

    // Nothing where the contract does not describe it, or the bytes are none of what it describes.
    [[nodiscard]] std::optional<ReadValue> argument(const vm::ContractId& contract, std::string_view function,
                                                    ByteView bytes) const;
    [[nodiscard]] std::optional<ReadValue> result(const vm::ContractId& contract, std::string_view function,
                                                  ByteView bytes) const;
    [[nodiscard]] std::optional<ReadValue> event(const vm::ContractId& contract, std::string_view topic,
                                                 ByteView bytes) const;
    // The value, else the bytes.
    [[nodiscard]] std::string argument_text(const vm::ContractId& contract, std::string_view function,
                                            ByteView bytes) const;
    [[nodiscard]] std::string result_text(const vm::ContractId& contract, std::string_view function,
                                          ByteView bytes) const;
    [[nodiscard]] std::string event_text(const vm::EventView& event) const;  // "transfer Moved { … }"
};

class TraceRecorder : public vm::CallObserver {
  public:
    // What is kept of one transaction; the rest is counted.
    static constexpr std::size_t kMostSteps = 10'000;
    static constexpr std::size_t kMostBytes = std::size_t{16} << 20;

    struct Step {
        enum class Kind : std::uint8_t { call, event, result, failure };
        Kind kind;
        std::size_t depth;  // calls around it
        vm::ContractId contract{};
        std::string name{};     // function, topic, or why it failed
        Bytes data{};           // argument, data of the event, or result
        std::uint64_t gas = 0;  // limit of a call, spent at its end
    };

    void on_call(const vm::ContractId& contract, std::string_view function, ByteView argument,
                 std::uint64_t gas_limit) override;
    void on_return(ByteView result, std::uint64_t spent) override;
    void on_failure(const vm::CallError& error, std::uint64_t spent) override;
    void on_event(const vm::EventView& event) override;

    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
    // One line per step, what is inside a call indented.
    [[nodiscard]] std::string text(const TraceLegend& legend) const;
    [[nodiscard]] nlohmann::ordered_json json(const TraceLegend& legend) const;
    // Gas of the last root call, also of one that failed.
    [[nodiscard]] std::uint64_t root_spent() const { return root_spent_; }
    // Events of the steps that are kept, undone ones marked.
    [[nodiscard]] std::vector<vm::Event> events() const;

  private:
    void add(Step step);

    std::vector<Step> steps_;
    std::size_t depth_ = 0;
    std::size_t bytes_ = 0;
    std::size_t left_out_ = 0;
    std::uint64_t root_spent_ = 0;
};

// The first bytes in hex, and how many there are when that is not all; "nothing".
[[nodiscard]] std::string short_hex(ByteView bytes);
[[nodiscard]] std::string short_id(const vm::ContractId& id);

}  // namespace dusk::app
