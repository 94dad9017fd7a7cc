// Lists as files: a line of CSV (RFC 4180) or of JSON for each item.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace dusk::rpc {

using OrderedJson = nlohmann::ordered_json;

// The names of the columns: those of the first item's keys, so that all items of a list have the same keys.
[[nodiscard]] std::string csv_header(const OrderedJson& item);
// Nothing for null; of an object its values with their names: "account:KEY". What a spreadsheet would take for a
// formula gets an apostrophe before it.
[[nodiscard]] std::string csv_line(const OrderedJson& item);
[[nodiscard]] std::string json_line(const OrderedJson& item);

}  // namespace dusk::rpc
