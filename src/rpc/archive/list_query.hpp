// What a request for a list asks: `?limit=20&cursor=…&order=asc&from=1&to=9&format=csv`, and words of the list's own.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "chronicle/lists.hpp"

namespace dusk::rpc {

enum class ListFormat : std::uint8_t { json, csv, jsonl };

struct ListQuery {
    static constexpr std::size_t kMost = 200;  // items of an answer

    chronicle::ListPart part{};  // without `after`
    std::optional<std::string> cursor{};
    ListFormat format = ListFormat::json;
    std::map<std::string, std::string, std::less<>> words{};  // of the list's own
    // The word, or nothing.
    [[nodiscard]] std::optional<std::string> word(std::string_view name) const;
};

// `own`: the words that this list knows besides. `query` as it was sent. The error is a sentence.
[[nodiscard]] Result<ListQuery, std::string> parse_list_query(std::string_view query,
                                                              std::span<const std::string_view> own);

// Decimal digits and nothing else.
[[nodiscard]] std::optional<std::uint64_t> parse_number(std::string_view text);

}  // namespace dusk::rpc
