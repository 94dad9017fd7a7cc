// The drivers of the genesis contracts: arguments, results and events between bytes and JSON.
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "report.hpp"
#include "rpc/drivers/genesis_drivers.hpp"
#include "rpc/drivers/json_values.hpp"

namespace dusk::vectors {
namespace {

rpc::DataDriver& driver_of(const Node& c) {
    const std::string name = c["driver"].text();
    if (name == "transfer") return rpc::transfer_driver();
    if (name == "stake") return rpc::stake_driver();
    c["driver"].complain("is no driver here");
}

// Errors of a kind are the same; what a parser says is not.
void expect_error(const rpc::DriverError& error, const Node& expected, Report& report) {
    const std::string wanted = expected.text();
    const std::string got = "Data-Driver Error: " + rpc::debug_text(error);
    const std::string kind = wanted.substr(0, wanted.find('(') + 1);
    const bool is_ours = error.kind == rpc::DriverError::Kind::unsupported;
    report.expect(is_ours ? got == wanted : got.starts_with(kind), expected, "is told '" + got + "'");
}

void expect_json(const rpc::DriverResult<Json>& got, const Node& expected, Report& report) {
    if (expected.has("err")) {
        report.expect(!got, expected, "is taken");
        if (!got) expect_error(got.error(), expected["err"], report);
        return;
    }
    const Node wanted = expected["ok"];
    wanted.describe();
    report.expect(got.has_value(), expected, "is refused");
    if (got) report.expect(*got == wanted.json(), wanted, "is " + got->dump());
}

void input(const Node& c, Report& report) {
    rpc::DataDriver& driver = driver_of(c);
    const std::string function = c["fn"].text();
    const auto encoded = driver.encode_input(function, c["json"].text());
    const Node rkyv = c["rkyv"];
    const Node decoded = c["decoded"];
    if (rkyv.json().is_object()) {
        report.expect(!encoded, rkyv, "is taken");
        if (!encoded) expect_error(encoded.error(), rkyv["err"], report);
        report.expect(decoded.is_null(), decoded, "is there without bytes");
        return;
    }
    report.expect(encoded.has_value(), rkyv, "is refused");
    if (encoded) report.expect_bytes(*encoded, rkyv);
    expect_json(driver.decode_input(function, rkyv.hex()), decoded, report);
}

void output(const Node& c, Report& report) {
    expect_json(driver_of(c).decode_output(c["fn"].text(), c["rkyv"].hex()), c["decoded"], report);
}

// Notes in JSON are read as they are written.
void notes(const Node& decoded, Report& report) {
    if (!decoded.has("ok") || !decoded["ok"].json().contains("notes")) return;
    for (const Json& note : decoded["ok"].json()["notes"]) {
        rpc::ValueReader reader;
        phoenix::Note read;
        reader.read(note, read);
        rpc::ValueWriter writer;
        report.expect(reader.ok() && writer.write(read) == note, decoded, "has a note that reads as something else");
    }
}

void event(const Node& c, Report& report) {
    expect_json(driver_of(c).decode_event(c["event"].text(), c["rkyv"].hex()), c["decoded"], report);
    notes(c["decoded"], report);
}

void schema(rpc::DataDriver& driver, const Node& c, Report& report) {
    report.expect(driver.schema() == c["schema"].text(), c["schema"], "is another text");
    report.expect(driver.version() == c["version"].text(), c["version"], "is another version");
    c["schema_json"].describe();
    report.expect(Json::parse(driver.schema().value_or("")) == c["schema_json"].json(), c["schema_json"],
                  "says something else");
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    root["crates"].describe();
    const Node drivers = root["drivers"];
    for (const Node& c : drivers["inputs"].items()) {
        report.run(c, [&] { input(c, report); });
    }
    for (const Node& c : drivers["outputs"].items()) {
        report.run(c, [&] { output(c, report); });
    }
    for (const Node& c : drivers["events"].items()) {
        report.run(c, [&] { event(c, report); });
    }
    const Node transfer = drivers["schemas"]["transfer"];
    report.run(transfer, [&] { schema(rpc::transfer_driver(), transfer, report); });
    const Node stake = drivers["schemas"]["stake"];
    report.run(stake, [&] { schema(rpc::stake_driver(), stake, report); });
}

const Registered registered{{"interfaces", "drivers", {"crates", "drivers", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
