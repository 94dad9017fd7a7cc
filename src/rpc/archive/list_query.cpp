#include "rpc/archive/list_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "rpc/percent.hpp"

namespace dusk::rpc {
namespace {

using Words = std::map<std::string, std::string, std::less<>>;

Result<Words, std::string> words_of(std::string_view query) {
    Words out;
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::string_view part = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
        if (part.empty()) continue;
        const std::size_t equals = part.find('=');
        const auto name = percent_decoded(part.substr(0, equals));
        const auto value =
            percent_decoded(equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1));
        if (!name || !value) return fail(std::string("the part behind '?' cannot be read"));
        if (!out.emplace(*name, *value).second) return fail(fmt::format("\"{}\" is given twice", *name));
    }
    return out;
}

std::unexpected<std::string> bad(std::string_view name, std::string_view is) {
    return fail(fmt::format("\"{}\" is {}", name, is));
}

}  // namespace

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t out = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (text.empty() || wrong != std::errc() || end != text.data() + text.size()) return {};
    return out;
}

std::optional<std::string> ListQuery::word(std::string_view name) const {
    const auto at = words.find(name);
    return at == words.end() ? std::nullopt : std::optional(at->second);
}

Result<ListQuery, std::string> parse_list_query(std::string_view query, std::span<const std::string_view> own) {
    auto words = words_of(query);
    if (!words) return fail(words.error());
    ListQuery out;
    for (auto& [name, value] : *words) {
        const auto number = parse_number(value);
        if (name == "limit") {
            if (!number || *number == 0 || *number > ListQuery::kMost) {
                return bad(name, fmt::format("a number from 1 to {}", ListQuery::kMost));
            }
            out.part.most = static_cast<std::size_t>(*number);
        } else if (name == "from" || name == "to") {
            if (!number) return bad(name, "the height of a block");
            if (name == "from") out.part.from = {*number};
            if (name == "to") out.part.to = ledger::Height{*number};
        } else if (name == "cursor") {
            out.cursor = value;
        } else if (name == "order") {
            if (value != "asc" && value != "desc") return bad(name, "asc or desc");
            out.part.rising = value == "asc";
        } else if (name == "format") {
            if (value != "json" && value != "csv" && value != "jsonl") return bad(name, "json, csv or jsonl");
            out.format = value == "csv" ? ListFormat::csv : value == "jsonl" ? ListFormat::jsonl : ListFormat::json;
        } else if (std::ranges::find(own, name) != own.end()) {
            out.words.emplace(name, value);
        } else {
            std::string known = "limit, cursor, order, from, to, format";
            for (const std::string_view one : own) known += fmt::format(", {}", one);
            return fail(fmt::format("\"{}\" is not known here: {} are", name, known));
        }
    }
    return out;
}

}  // namespace dusk::rpc
