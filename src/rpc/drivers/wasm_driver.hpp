// A driver that the owner of a contract uploaded, run with bounds on time and memory (spec/interfaces.md §6.2).
#pragma once

#include <functional>

#include "rpc/drivers/data_driver.hpp"
#include "vm/engine.hpp"

namespace dusk::rpc {

struct DriverLimits {
    std::uint64_t fuel = 100'000'000;            // for one question
    std::size_t memory = std::size_t{64} << 20;  // bytes that it may write to
};

// Each question is asked of a new instance: a driver remembers nothing.
class WasmDriver final : public DataDriver {
  public:
    static constexpr std::size_t kAnswer = 65'536;  // bytes of an answer, its length in front of it included
    static constexpr std::size_t kErrorText = 1024;

    // `module`: of `contract_form`, compiled.
    explicit WasmDriver(vm::Module module, const DriverLimits& limits = {})
        : module_(std::move(module)), limits_(limits) {}

    [[nodiscard]] DriverResult<Bytes> encode_input(std::string_view function, std::string_view json) override;
    [[nodiscard]] DriverResult<nlohmann::json> decode_input(std::string_view function, ByteView bytes) override;
    [[nodiscard]] DriverResult<nlohmann::json> decode_output(std::string_view function, ByteView bytes) override;
    [[nodiscard]] DriverResult<nlohmann::json> decode_event(std::string_view topic, ByteView bytes) override;
    [[nodiscard]] DriverResult<std::string> schema() override;
    [[nodiscard]] DriverResult<std::string> version() override;

  private:
    // With these before the place for the answer.
    [[nodiscard]] DriverResult<Bytes> ask(std::string_view function, const std::vector<ByteView>& arguments) const;
    [[nodiscard]] DriverResult<nlohmann::json> ask_json(std::string_view function, std::string_view name,
                                                        ByteView bytes) const;

    vm::Module module_;
    DriverLimits limits_;
};

}  // namespace dusk::rpc
