#include "ledger/genesis_toml.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ledger/toml_parser.hpp"

namespace dusk::ledger {
namespace {

struct Findings {
    std::optional<GenesisError> error;  // the first
    std::vector<ParsedGenesis::UnknownKey> unknown_keys;

    void refuse(GenesisFault fault, std::size_t line, std::string key) {
        if (!error) error = GenesisError{.fault = fault, .line = line, .key = std::move(key)};
    }
};

std::size_t line_of(const toml::node& node) { return node.source().begin.line; }

// The keys of one table, each asked for once.
class Fields {
  public:
    Fields(const toml::table& table, std::string path, Findings& findings)
        : table_(&table), path_(std::move(path)), findings_(&findings) {}

    // Null where it is not there, or of another type (then that is the error).
    template <class Type>
    auto get(std::string_view name) -> decltype(std::declval<const toml::node&>().as<Type>()) {
        const toml::node* const node = find(name);
        if (node == nullptr) return nullptr;
        const auto* const value = node->as<Type>();
        if (value == nullptr) findings_->refuse(GenesisFault::wrong_type, line_of(*node), path(name));
        return value;
    }
    std::optional<std::string> text(std::string_view name) {
        const auto* const value = get<std::string>(name);
        return value == nullptr ? std::nullopt : std::optional(value->get());
    }
    std::optional<std::uint64_t> number(std::string_view name) {
        const auto* const value = get<std::int64_t>(name);
        return value == nullptr ? std::nullopt : std::optional(natural(*value, path(name)));
    }
    std::uint64_t required_number(std::string_view name) {
        require(name);
        return number(name).value_or(0);
    }
    std::vector<Lux> amounts(std::string_view name) {
        std::vector<Lux> out;
        const toml::array* const items = get<toml::array>(name);
        if (items == nullptr) return out;
        for (std::size_t i = 0; i < items->size(); ++i) {
            const toml::node& item = *items->get(i);
            const auto* const value = item.as<std::int64_t>();
            const std::string where = fmt::format("{}[{}]", path(name), i);
            if (value == nullptr) {
                findings_->refuse(GenesisFault::wrong_type, line_of(item), where);
            } else {
                out.push_back({natural(*value, where)});
            }
        }
        return out;
    }
    template <class Key>
    std::optional<Key> key(std::string_view name, GenesisFault otherwise) {
        const auto* const value = get<std::string>(name);
        if (value == nullptr) return {};
        auto out = Key::from_base58(value->get());
        if (out) return *std::move(out);
        findings_->refuse(otherwise, line_of(*value), path(name));
        return {};
    }
    std::optional<AccountKey> account(std::string_view name) {
        return key<AccountKey>(name, GenesisFault::bad_account);
    }
    AccountKey required_account(std::string_view name) {
        require(name);
        return account(name).value_or(AccountKey{});
    }
    phoenix::PublicKey required_address(std::string_view name) {
        require(name);
        return key<phoenix::PublicKey>(name, GenesisFault::bad_address).value_or(phoenix::PublicKey{});
    }
    // What each table of a list of tables reads as.
    template <class Read>
    auto tables(std::string_view name, Read read) {
        std::vector<decltype(read(std::declval<Fields&>()))> out;
        const toml::array* const items = get<toml::array>(name);
        for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
            const toml::node& item = *items->get(i);
            std::string where = fmt::format("{}[{}]", path(name), i);
            if (item.as_table() == nullptr) {
                findings_->refuse(GenesisFault::wrong_type, line_of(item), std::move(where));
                break;
            }
            Fields fields(*item.as_table(), std::move(where), *findings_);
            out.push_back(read(fields));
            fields.note_unknown();
        }
        return out;
    }
    void note_unknown() const {
        for (const auto& [name, node] : *table_) {
            if (std::ranges::find(asked_, name.str()) != asked_.end()) continue;
            findings_->unknown_keys.push_back({line_of(node), path(name.str())});
        }
    }

  private:
    const toml::node* find(std::string_view name) {
        asked_.push_back(name);
        return table_->get(name);
    }
    void require(std::string_view name) {
        if (!table_->contains(name)) findings_->refuse(GenesisFault::missing, line_of(*table_), path(name));
    }
    std::uint64_t natural(const toml::value<std::int64_t>& value, std::string where) {
        if (value.get() < 0) findings_->refuse(GenesisFault::out_of_range, line_of(value), std::move(where));
        return static_cast<std::uint64_t>(std::max<std::int64_t>(value.get(), 0));
    }
    [[nodiscard]] std::string path(std::string_view name) const {
        return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
    }

    const toml::table* table_;
    std::string path_;
    Findings* findings_;
    std::vector<std::string_view> asked_;  // names of keys, literals all of them
};

GenesisNotes read_notes(Fields& fields) {
    return {
        .address = fields.required_address("address"), .seed = fields.number("seed"), .notes = fields.amounts("notes")};
}

GenesisAccount read_account(Fields& fields) {
    return {.address = fields.required_account("address"), .balance = {fields.required_number("balance")}};
}

template <class Quantity>
std::optional<Quantity> quantity(std::optional<std::uint64_t> number) {
    return number ? std::optional(Quantity{*number}) : std::nullopt;
}

GenesisStake read_stake(Fields& fields) {
    return {.account = fields.required_account("address"),
            .owner = fields.account("owner"),
            .amount = {fields.required_number("amount")},
            .eligibility = quantity<Height>(fields.number("eligibility")),
            .reward = quantity<Lux>(fields.number("reward"))};
}

std::string_view what(GenesisFault fault) {
    switch (fault) {
        case GenesisFault::not_toml:
            return "not TOML";
        case GenesisFault::missing:
            return "is missing";
        case GenesisFault::wrong_type:
            return "has a value of the wrong type";
        case GenesisFault::out_of_range:
            return "is not a whole number from 0 to 9223372036854775807";
        case GenesisFault::bad_account:
            return "is no account, which is a BLS public key in base58";
        case GenesisFault::bad_address:
            return "is no Phoenix address, which is 64 bytes in base58";
    }
    return "is wrong";
}

// The parser's tables for characters beyond ASCII have undefined behaviour. No value of a genesis file has such
// characters; in comments it does not matter what they are.
std::string ascii(std::string_view text) {
    std::string out(text);
    std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) > 0x7f; }, '?');
    return out;
}

}  // namespace

std::string describe(const GenesisError& error) {
    std::string out = error.line == 0 ? std::string() : fmt::format("line {}: ", error.line);
    if (!error.key.empty()) out += error.key + " ";
    out += what(error.fault);
    return error.detail.empty() ? out : fmt::format("{}: {}", out, error.detail);
}

Result<ParsedGenesis, GenesisError> parse_genesis(std::string_view text) {
    toml::table root;
    try {
        root = toml::parse(ascii(text));
    } catch (const toml::parse_error& error) {
        return fail(GenesisError{.fault = GenesisFault::not_toml,
                                 .line = error.source().begin.line,
                                 .detail = std::string(error.description())});
    } catch (const TomlParserFault&) {
        return fail(GenesisError{.fault = GenesisFault::not_toml});
    }
    Findings findings;
    Fields fields(root, {}, findings);
    GenesisSnapshot snapshot{.base_state = fields.text("base_state"),
                             .owner = fields.account("owner"),
                             .phoenix_balances = fields.tables("phoenix_balance", read_notes),
                             .moonlight_accounts = fields.tables("moonlight_account", read_account),
                             .stakes = fields.tables("stake", read_stake)};
    fields.note_unknown();
    if (findings.error) return fail(*std::move(findings.error));
    return ParsedGenesis{std::move(snapshot), std::move(findings.unknown_keys)};
}

}  // namespace dusk::ledger
