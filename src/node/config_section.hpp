// The tables of a configuration file, key by key (config.cpp).
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "ledger/toml_parser.hpp"
#include "node/bootstrap_names.hpp"
#include "node/config.hpp"
#include "node/durations.hpp"
#include "node/points_in_time.hpp"
#include "node/udp_socket.hpp"

namespace dusk::node {

// The parser's tables for characters beyond ASCII have undefined behaviour, but paths may have such characters. It gets
// them as "<mark>XX" for each byte; elsewhere than in texts and comments that is an error, as it is in TOML.
[[nodiscard]] std::string to_parser_text(std::string_view text);
[[nodiscard]] std::string from_parser_text(std::string_view text);

// Whether the key ("kadcast.version") is one of the released node that has no effect here.
[[nodiscard]] bool is_without_effect(std::string_view key);

inline std::size_t line_of(const toml::node& node) { return node.source().begin.line; }

struct Findings {
    std::optional<ConfigError> error{};  // the first
    std::vector<std::string> warnings{};

    void refuse(std::size_t line, std::string key, std::string text) {
        if (!error) error = ConfigError{.line = line, .key = std::move(key), .text = std::move(text)};
    }
};

// The keys of one table, each asked for once. Values that are not there leave what they go to as it is.
class Section {
  public:
    Section(const toml::table& table, std::string name, Findings& findings)
        : table_(&table), name_(std::move(name)), findings_(&findings) {}

    const toml::node* find(std::string_view key) {
        asked_.push_back(key);
        return table_->get(key);
    }
    void refuse(std::string_view key, std::string text) {
        const toml::node* const node = table_->get(key);
        findings_->refuse(node == nullptr ? 0 : line_of(*node), path(key), std::move(text));
    }
    std::optional<std::string> text(std::string_view key) {
        const toml::node* const node = find(key);
        if (node == nullptr) return {};
        if (const auto* const value = node->as<std::string>()) return from_parser_text(value->get());
        refuse(key, "must be a text");
        return {};
    }
    void text(std::string_view key, std::string& out) {
        if (auto value = text(key)) out = *std::move(value);
    }
    void path(std::string_view key, std::filesystem::path& out) {
        if (auto value = text(key)) out = *std::move(value);
    }
    void flag(std::string_view key, bool& out) {
        const toml::node* const node = find(key);
        if (node == nullptr) return;
        if (const auto* const value = node->as<bool>()) {
            out = value->get();
        } else {
            refuse(key, "must be true or false");
        }
    }
    std::optional<std::uint64_t> number(std::string_view key, std::uint64_t least, std::uint64_t most) {
        const toml::node* const node = find(key);
        if (node == nullptr) return {};
        const auto* const value = node->as<std::int64_t>();
        if (value != nullptr && value->get() >= 0) {
            const auto out = static_cast<std::uint64_t>(value->get());
            if (out >= least && out <= most) return out;
        }
        refuse(key, fmt::format("must be a number from {} to {}", least, most));
        return {};
    }
    template <class T>
    void number(std::string_view key, T& out, std::uint64_t least, std::uint64_t most) {
        if (const auto value = number(key, least, most)) out = static_cast<T>(*value);
    }
    // The released node takes large numbers as text only.
    template <class T>
    void number_or_text(std::string_view key, T& out, std::uint64_t least, std::uint64_t most) {
        const toml::node* const node = find(key);
        const auto* const written = node == nullptr ? nullptr : node->as<std::string>();
        if (written == nullptr) return number(key, out, least, most);
        const std::string& digits = written->get();
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error == std::errc() && end == digits.data() + digits.size() && value >= least && value <= most) {
            out = static_cast<T>(value);
        } else {
            refuse(key, fmt::format("must be a number from {} to {}", least, most));
        }
    }
    // Unix seconds, or text (points_in_time.hpp), which is what the released node takes.
    void point_in_time(std::string_view key, std::uint64_t& out) {
        const toml::node* const node = find(key);
        const auto* const written = node == nullptr ? nullptr : node->as<std::string>();
        if (written == nullptr) return number(key, out, 0, std::numeric_limits<std::int64_t>::max());
        if (const auto parsed = parse_point_in_time(written->get())) {
            out = *parsed;
        } else {
            refuse(key, "must be a time, such as \"2026-11-30T09:12:15Z\", or unix seconds");
        }
    }
    void seconds(std::string_view key, std::chrono::seconds& out, std::uint64_t least, std::uint64_t most) {
        if (const auto value = number(key, least, most)) out = std::chrono::seconds(*value);
    }
    void duration(std::string_view key, std::chrono::milliseconds& out) {
        const auto value = text(key);
        if (!value) return;
        if (const auto parsed = parse_duration(*value)) {
            out = *parsed;
        } else {
            refuse(key, "must be a duration, such as \"3s\" or \"1h 30m\"");
        }
    }
    // Whole numbers of nanoseconds or longer units; from `least` on.
    void short_duration(std::string_view key, std::chrono::nanoseconds& out, std::chrono::nanoseconds least) {
        const auto value = text(key);
        if (!value) return;
        const auto parsed = parse_short_duration(*value);
        if (!parsed) return refuse(key, "must be a duration, such as \"50us\", \"30s\" or \"1h 30m\"");
        if (*parsed < least) return refuse(key, "is shorter than it can be");
        out = *parsed;
    }
    void fraction(std::string_view key, float& out, double least, double most) {
        const toml::node* const node = find(key);
        if (node == nullptr) return;
        const auto value = node->value<double>();
        if (!value || !(*value >= least && *value <= most)) {
            return refuse(key, fmt::format("must be a number from {} to {}", least, most));
        }
        out = static_cast<float>(*value);
    }
    std::optional<Peer> peer(std::string_view key) {
        const auto value = text(key);
        if (!value) return {};
        auto out = parse_socket_address(*value);
        if (!out) refuse(key, "must be an address and a port, such as \"127.0.0.1:9000\"");
        return out;
    }
    void node_names(std::string_view key, std::vector<std::string>& out) {
        const toml::node* const node = find(key);
        if (node == nullptr) return;
        const auto wrong = [&] { refuse(key, "must be a list of addresses or names with ports"); };
        const toml::array* const items = node->as_array();
        if (items == nullptr) return wrong();
        for (const toml::node& item : *items) {
            const auto* const value = item.as<std::string>();
            if (value == nullptr || !is_node_name(value->get())) return wrong();
            out.push_back(value->get());
        }
    }
    // A table inside; empty where there is none.
    Section section(std::string_view key) {
        static const toml::table none;
        const toml::node* const node = find(key);
        const toml::table* const table = node == nullptr ? &none : node->as_table();
        if (table == nullptr) refuse(key, "must be a table");
        return {table == nullptr ? none : *table, path(key), *findings_};
    }
    // The tables of a list; none where there is no list.
    std::vector<Section> sections(std::string_view key) {
        const toml::node* const node = find(key);
        if (node == nullptr) return {};
        std::vector<Section> out;
        const toml::array* const list = node->as_array();
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            const toml::table* const table = list->get(i)->as_table();
            if (table != nullptr) out.emplace_back(*table, path(key), *findings_);
        }
        if (list == nullptr || out.size() < list->size()) refuse(key, "must be a list of tables");
        return out;
    }
    void warn(std::string_view key, std::string_view text) const {
        const toml::node* const node = table_->get(key);
        findings_->warnings.push_back(
            fmt::format("line {}: {} {}", node == nullptr ? 0 : line_of(*node), path(key), text));
    }
    void note_unknown() const {
        for (const auto& [key, node] : *table_) {
            if (std::ranges::find(asked_, key.str()) != asked_.end()) continue;
            const std::string where = path(key.str());
            const bool unused = is_without_effect(where);
            findings_->warnings.push_back(
                fmt::format("line {}: {} {}", line_of(node), where, unused ? "has no effect" : "means nothing here"));
        }
    }

  private:
    [[nodiscard]] std::string path(std::string_view key) const {
        return name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
    }

    const toml::table* table_;
    std::string name_;
    Findings* findings_;
    std::vector<std::string_view> asked_;
};

}  // namespace dusk::node
