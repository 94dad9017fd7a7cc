// A driver made of tables: one row for each function and each event.
#pragma once

#include <fmt/core.h>

#include <span>

#include "rpc/drivers/data_driver.hpp"
#include "rpc/drivers/json_values.hpp"

namespace dusk::rpc {

using EncodeJson = DriverResult<Bytes> (*)(std::string_view json);
using DecodeBytes = DriverResult<nlohmann::json> (*)(ByteView bytes);

struct FunctionRow {
    std::string_view name;
    std::string_view input;  // types as the schema names them
    std::string_view output;
    EncodeJson encode_input;
    DecodeBytes decode_input;
    DecodeBytes decode_output;  // null: it has no form in JSON
};
struct EventRow {
    std::string_view topic;
    std::string_view data;
    DecodeBytes decode;
};

class TableDriver final : public DataDriver {
  public:
    // The rows outlive it.
    TableDriver(std::string_view name, std::span<const FunctionRow> functions, std::span<const EventRow> events)
        : name_(name), functions_(functions), events_(events) {}

    [[nodiscard]] DriverResult<Bytes> encode_input(std::string_view function, std::string_view json) override;
    [[nodiscard]] DriverResult<nlohmann::json> decode_input(std::string_view function, ByteView bytes) override;
    [[nodiscard]] DriverResult<nlohmann::json> decode_output(std::string_view function, ByteView bytes) override;
    [[nodiscard]] DriverResult<nlohmann::json> decode_event(std::string_view topic, ByteView bytes) override;
    [[nodiscard]] DriverResult<std::string> schema() override;
    [[nodiscard]] DriverResult<std::string> version() override { return std::string("0.1.0"); }

  private:
    [[nodiscard]] const FunctionRow* function(std::string_view name) const;

    std::string_view name_;
    std::span<const FunctionRow> functions_;
    std::span<const EventRow> events_;
};

// --- cells of the tables ---

template <class T>
DriverResult<Bytes> encode_as(std::string_view json) {
    const auto parsed = parse_json(json);
    if (!parsed) return fail(parsed.error());
    ValueReader reader;
    T value{};
    reader.read(*parsed, value);
    if (!reader.ok()) return fail(DriverError{.kind = DriverError::Kind::json, .text = reader.fault()});
    if constexpr (std::is_same_v<T, NoValue>) {
        return Bytes();
    } else {
        return archive_write(value);
    }
}

template <class T>
DriverResult<nlohmann::json> decode_as(ByteView bytes) {
    const auto value = archive_read<T>(bytes);
    if (!value) return fail(DriverError{.kind = DriverError::Kind::rkyv, .text = describe(value.error())});
    ValueWriter writer;
    nlohmann::json out = writer.write(*value);
    if (!writer.ok()) return fail(DriverError{.kind = DriverError::Kind::rkyv, .text = writer.fault()});
    return out;
}

// Whatever the text is.
inline DriverResult<Bytes> encode_nothing(std::string_view /*json*/) { return Bytes(); }
// Whatever the bytes are.
inline DriverResult<nlohmann::json> decode_nothing(ByteView /*bytes*/) { return nlohmann::json(nullptr); }

}  // namespace dusk::rpc
