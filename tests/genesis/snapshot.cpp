#include "snapshot.hpp"

#include <toml++/toml.h>

namespace dusk::genesis {
namespace {

// Reads fields and remembers the first that is wrong.
class Fields {
  public:
    Fields(const toml::table& table, std::string& error) : table_(&table), error_(&error) {}

    std::optional<std::uint64_t> number(std::string_view name) {
        const toml::node* const node = table_->get(name);
        if (node == nullptr) return std::nullopt;
        return amount(*node, name);
    }
    std::uint64_t required_number(std::string_view name) {
        const auto value = number(name);
        if (!value) complain(name, "is missing");
        return value.value_or(0);
    }
    std::vector<std::uint64_t> numbers(std::string_view name) {
        std::vector<std::uint64_t> out;
        const toml::array* const items = table_->get_as<toml::array>(name);
        if (items == nullptr) return out;
        for (const toml::node& item : *items) out.push_back(amount(item, name));
        return out;
    }
    template <class Key>
    std::optional<Key> key(std::string_view name) {
        const toml::value<std::string>* const text = table_->get_as<std::string>(name);
        if (text == nullptr) return std::nullopt;
        auto key = Key::from_base58(text->get());
        if (!key) complain(name, "is no key");
        return key ? std::optional<Key>(*std::move(key)) : std::nullopt;
    }
    template <class Key>
    Key required_key(std::string_view name) {
        auto value = key<Key>(name);
        if (!value) complain(name, "is missing");
        return value.value_or(Key{});
    }
    void complain(std::string_view name, std::string_view what) {
        if (error_->empty()) *error_ = std::string(name) + " " + std::string(what);
    }

  private:
    std::uint64_t amount(const toml::node& node, std::string_view name) {
        const auto value = node.value_exact<std::int64_t>();
        if (!value || *value < 0) complain(name, "is not a number of the range 0 to 2^63 - 1");
        return static_cast<std::uint64_t>(value.value_or(0));
    }

    const toml::table* table_;
    std::string* error_;
};

// Calls `read` with the fields of each table of an array of tables.
template <class Read>
void each_table(const toml::table& root, std::string_view name, std::string& error, Read&& read) {
    const toml::array* const items = root.get_as<toml::array>(name);
    if (items == nullptr) return;
    for (const toml::node& item : *items) {
        const toml::table* const table = item.as_table();
        if (table == nullptr) {
            Fields(root, error).complain(name, "is not a list of tables");
            return;
        }
        Fields fields(*table, error);
        read(fields);
    }
}

PhoenixBalance phoenix_balance(Fields& fields) {
    return {.address = fields.required_key<phoenix::PublicKey>("address"),
            .seed = fields.required_number("seed"),
            .notes = fields.numbers("notes")};
}

Stake stake(Fields& fields) {
    const auto account = fields.required_key<crypto::BlsPublicKey>("address");
    return {.account = account,
            .owner = fields.key<crypto::BlsPublicKey>("owner").value_or(account),
            .amount = fields.required_number("amount"),
            .eligibility = fields.number("eligibility").value_or(0),
            .reward = fields.number("reward").value_or(0)};
}

}  // namespace

Result<Snapshot, std::string> parse_snapshot(std::string_view text) {
    toml::table root;
    try {
        root = toml::parse(text);
    } catch (const toml::parse_error& error) {
        return fail(std::string(error.description()));
    }
    std::string error;
    Fields top(root, error);
    if (root.contains("base_state")) top.complain("base_state", "is not supported");
    Snapshot out;
    out.owner = top.key<crypto::BlsPublicKey>("owner");
    each_table(root, "phoenix_balance", error,
               [&](Fields& fields) { out.phoenix_balances.push_back(phoenix_balance(fields)); });
    each_table(root, "moonlight_account", error, [&](Fields& fields) {
        out.accounts.push_back({.address = fields.required_key<crypto::BlsPublicKey>("address"),
                                .balance = fields.required_number("balance")});
    });
    each_table(root, "stake", error, [&](Fields& fields) { out.stakes.push_back(stake(fields)); });
    if (!error.empty()) return fail(std::move(error));
    return out;
}

}  // namespace dusk::genesis
