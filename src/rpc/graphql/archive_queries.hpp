// The fields of Query that only a node with an archive has (spec/interfaces.md §7.3, §9.3).
#pragma once

#include <nlohmann/json.hpp>

#include "chronicle/queries.hpp"
#include "rpc/graphql/engine.hpp"

namespace dusk::rpc::graphql {

// The schema of a node with an archive.
[[nodiscard]] std::string archive_schema();

[[nodiscard]] bool is_archive_field(std::string_view field);

// What a contract reported, as JSON; nothing where nobody knows how to read it.
using ReadEvent = std::function<std::optional<nlohmann::json>(const ledger::ContractId& contract,
                                                              std::string_view topic, ByteView data)>;

using ArchiveValue = Result<nlohmann::json, std::string>;
// The error of the outer result is one of the database, the one inside is for the client.
[[nodiscard]] chronicle::Outcome<ArchiveValue> archive_value(chronicle::Queries& queries, std::string_view field,
                                                             const nlohmann::json& arguments, const ReadEvent& read);

}  // namespace dusk::rpc::graphql
