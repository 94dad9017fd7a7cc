// Data drivers: what contracts take, give back and report, between bytes and JSON (spec/interfaces.md §6).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk::rpc {

struct DriverError {
    enum class Kind : std::uint8_t {
        rkyv,         // bytes that are no archive of the type
        json,         // text that is no JSON, or no value of the type
        unsupported,  // no such function or event
        other,
        wasm_runtime,  // a driver of a contract: it failed, or used up what it may use
        wasm_memory,   // it answers with bytes that it has not
        wasm_export,   // it lacks a function
        ffi,           // it says of itself that it failed
    };
    Kind kind{};
    std::string text{};
};
// In the syntax of the released node's language: `Json("…")`.
[[nodiscard]] std::string debug_text(const DriverError& error);

template <class T>
using DriverResult = Result<T, DriverError>;

class DataDriver {
  public:
    static constexpr std::size_t kMostJson = std::size_t{1} << 20;  // bytes of a text
    static constexpr std::size_t kMostNesting = 128;

    DataDriver() = default;
    DataDriver(const DataDriver&) = delete;
    DataDriver& operator=(const DataDriver&) = delete;
    virtual ~DataDriver() = default;

    // For one thread at a time.
    [[nodiscard]] virtual DriverResult<Bytes> encode_input(std::string_view function, std::string_view json) = 0;
    [[nodiscard]] virtual DriverResult<nlohmann::json> decode_input(std::string_view function, ByteView bytes) = 0;
    [[nodiscard]] virtual DriverResult<nlohmann::json> decode_output(std::string_view function, ByteView bytes) = 0;
    [[nodiscard]] virtual DriverResult<nlohmann::json> decode_event(std::string_view topic, ByteView bytes) = 0;
    [[nodiscard]] virtual DriverResult<std::string> schema() = 0;  // JSON
    [[nodiscard]] virtual DriverResult<std::string> version() = 0;
};

// A text within these bounds; the error is of the kind json.
[[nodiscard]] DriverResult<nlohmann::json> parse_json(std::string_view text);

}  // namespace dusk::rpc
