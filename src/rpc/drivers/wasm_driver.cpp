#include "rpc/drivers/wasm_driver.hpp"

#include <fmt/core.h>

#include "base/utf8.hpp"
#include "rpc/drivers/driver_module.hpp"
#include "vm/block_buffers.hpp"
#include "vm/execution_stack.hpp"
#include "vm/memory.hpp"
#include "vm/page_faults.hpp"

namespace dusk::rpc {
namespace {

using Json = nlohmann::json;
using Kind = DriverError::Kind;

std::unexpected<DriverError> refuse(Kind kind, std::string text) {
    return fail(DriverError{.kind = kind, .text = std::move(text)});
}

std::string text_of(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

// A driver with a memory of its own. Where it runs there is room for its stack, and its faults are served.
class Running {
  public:
    explicit Running(const DriverLimits& limits)
        : limits_(limits),
          buffers_(limits.memory / vm::kBlockSize),
          memory_(vm::ContractMemory::create(false, 0, {}, buffers_)) {}

    [[nodiscard]] vm::ContractMemory* memory() const { return memory_.get(); }

    DriverResult<void> start(const vm::Module& module) {
        memory_->snapshot();
        auto instance = vm::Instance::create(module, memory_->linear(), kNoFunctions, nullptr);
        if (!instance) return refuse(Kind::wasm_runtime, "it cannot be started: " + describe(instance.error()));
        instance_.emplace(*std::move(instance));
        memory_->linear().needs_data = false;
        const auto begun = call("init", {});
        if (!begun) return fail(begun.error());
        return {};
    }
    // With words as arguments.
    DriverResult<std::uint32_t> call(std::string_view function, const std::vector<std::uint32_t>& words) {
        const auto at = place(4 * kDriverArguments);
        if (!at) return at;
        Bytes bytes(4 * words.size());
        for (std::size_t i = 0; i < words.size(); ++i) store_le(&bytes[4 * i], words[i]);
        memory_->write(*at, bytes);
        return run(function, *at);
    }
    // Where `size` bytes of its memory are free.
    DriverResult<std::uint32_t> place(std::size_t size) {
        const auto at = run(kDriverAlloc, static_cast<std::uint32_t>(std::max<std::size_t>(size, 1)));
        if (!at) return at;
        if (static_cast<std::int32_t>(*at) <= 0) return refuse(Kind::wasm_memory, "it has no memory left");
        return at;
    }
    DriverResult<std::uint32_t> put(ByteView bytes) {
        const auto at = place(bytes.size());
        if (at) memory_->write(*at, bytes);
        return at;
    }
    // The bytes behind their length, of a place of `size` bytes.
    DriverResult<Bytes> answer(std::uint32_t at, std::size_t size) {
        const Bytes head = memory_->read(at, 4);
        const std::uint32_t length = load_le<std::uint32_t>(head.data());
        if (length > size - 4) return refuse(Kind::wasm_memory, "its answer is longer than the place for it");
        Bytes out = memory_->read(std::uint64_t{at} + 4, length);
        if (memory_->is_lost()) return refuse(Kind::wasm_runtime, "it uses too much memory");
        return out;
    }

  private:
    // A module without imports calls none.
    static constexpr vm::HostFunctions kNoFunctions{};

    DriverResult<std::uint32_t> run(std::string_view function, std::uint32_t argument) {
        const auto result = instance_->call(function, argument, limits_.fuel - spent_);
        spent_ = limits_.fuel - instance_->fuel();
        if (memory_->is_lost()) return refuse(Kind::wasm_runtime, "it uses too much memory");
        if (result) return static_cast<std::uint32_t>(*result);
        if (result.error().kind == vm::CallFault::Kind::no_such_function) {
            return refuse(Kind::wasm_export, fmt::format("it exports no function {}", function));
        }
        if (instance_->fuel() == 0) return refuse(Kind::wasm_runtime, "it takes too long");
        return refuse(Kind::wasm_runtime, std::string(name_of(result.error().trap)));
    }

    DriverLimits limits_;
    vm::BlockBuffers buffers_;
    std::unique_ptr<vm::ContractMemory> memory_;
    std::optional<vm::Instance> instance_{};
    std::uint64_t spent_ = 0;
};

DriverResult<Bytes> ask_running(Running& driver, const vm::Module& module, std::string_view function,
                                const std::vector<ByteView>& arguments) {
    if (const auto started = driver.start(module); !started) return fail(started.error());
    std::vector<std::uint32_t> words;
    for (const ByteView bytes : arguments) {
        const auto at = driver.put(bytes);
        if (!at) return fail(at.error());
        words.push_back(*at);
        words.push_back(static_cast<std::uint32_t>(bytes.size()));
    }
    const auto place = driver.place(WasmDriver::kAnswer);
    if (!place) return fail(place.error());
    words.push_back(*place);
    words.push_back(WasmDriver::kAnswer);
    const auto status = driver.call(function, words);
    if (!status) return fail(status.error());
    if (*status == 0) return driver.answer(*place, WasmDriver::kAnswer);
    const auto error_place = driver.place(WasmDriver::kErrorText);
    if (!error_place) return fail(error_place.error());
    const auto told = driver.call("get_last_error", {*error_place, WasmDriver::kErrorText});
    if (!told) return fail(told.error());
    const auto text = driver.answer(*error_place, WasmDriver::kErrorText);
    return refuse(Kind::ffi,
                  text && is_utf8(*text) && !text->empty() ? text_of(*text) : fmt::format("status {}", *status));
}

}  // namespace

DriverResult<Bytes> WasmDriver::ask(std::string_view function, const std::vector<ByteView>& arguments) const {
    Running driver(limits_);
    if (driver.memory() == nullptr) return refuse(Kind::wasm_memory, "there is no address space for its memory");
    DriverResult<Bytes> out = refuse(Kind::wasm_runtime, "it did not run");
    const std::vector<vm::ContractMemory*> memories{driver.memory()};
    const bool ran = vm::run_on_execution_stack([&] {
        const vm::ServedMemories served(memories);
        try {
            out = ask_running(driver, module_, function, arguments);
        } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): nothing can be thrown off this stack
        }
    });
    if (!ran) return refuse(Kind::wasm_runtime, "there is no memory for its stack");
    return out;
}

DriverResult<Json> WasmDriver::ask_json(std::string_view function, std::string_view name, ByteView bytes) const {
    const auto answer = ask(function, {as_bytes(name), bytes});
    if (!answer) return fail(answer.error());
    return parse_json(text_of(*answer));
}

DriverResult<Bytes> WasmDriver::encode_input(std::string_view function, std::string_view json) {
    return ask("encode_input_fn", {as_bytes(function), as_bytes(json)});
}
DriverResult<Json> WasmDriver::decode_input(std::string_view function, ByteView bytes) {
    return ask_json("decode_input_fn", function, bytes);
}
DriverResult<Json> WasmDriver::decode_output(std::string_view function, ByteView bytes) {
    return ask_json("decode_output_fn", function, bytes);
}
DriverResult<Json> WasmDriver::decode_event(std::string_view topic, ByteView bytes) {
    return ask_json("decode_event", topic, bytes);
}

DriverResult<std::string> WasmDriver::schema() {
    const auto answer = ask("get_schema", {});
    if (!answer) return fail(answer.error());
    std::string text = text_of(*answer);
    if (const auto json = parse_json(text); !json) return fail(json.error());
    return text;
}
DriverResult<std::string> WasmDriver::version() {
    const auto answer = ask("get_version", {});
    if (!answer) return fail(answer.error());
    if (!is_utf8(*answer)) return refuse(Kind::wasm_memory, "its version is no text");
    return text_of(*answer);
}

}  // namespace dusk::rpc
