#include <fmt/core.h>

#include <sstream>

#include "ledger/genesis_toml.hpp"
#include "ledger/toml_parser.hpp"

namespace dusk::ledger {
namespace {

class Lines {
  public:
    void table(std::string_view name) { text_ += fmt::format("{}[[{}]]\n", text_.empty() ? "" : "\n", name); }
    void text(std::string_view name, std::string_view value) {
        // TOML's own rules of quoting, for addresses that people wrote.
        std::ostringstream quoted;
        quoted << toml::value<std::string>(std::string(value));
        text_ += fmt::format("{} = {}\n", name, quoted.str());
    }
    template <class Key>
    void key(std::string_view name, const Key& value) {
        text_ += fmt::format("{} = '{}'\n", name, value.to_base58());
    }
    void number(std::string_view name, std::uint64_t value) {
        text_ += fmt::format("{} = {}\n", name, grouped(value, name));
    }
    void numbers(std::string_view name, const std::vector<Lux>& values) {
        text_ += fmt::format("{} = [", name);
        for (std::size_t i = 0; i < values.size(); ++i) {
            text_ += fmt::format("{}{}", i == 0 ? "" : ", ", grouped(values[i].value, name));
        }
        text_ += "]\n";
    }
    Result<std::string, GenesisError> finish() && {
        if (error_) return fail(*std::move(error_));
        return std::move(text_);
    }

  private:
    // "1_000_000"
    std::string grouped(std::uint64_t value, std::string_view name) {
        if (value >> 63U != 0 && !error_) {
            error_ = GenesisError{.fault = GenesisFault::out_of_range, .key = std::string(name)};
        }
        std::string digits = std::to_string(value);
        for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, '_');
        return digits;
    }

    std::string text_;
    std::optional<GenesisError> error_;
};

void write_notes(Lines& lines, const GenesisNotes& balance) {
    lines.table("phoenix_balance");
    lines.key("address", balance.address);
    if (balance.seed) lines.number("seed", *balance.seed);
    if (!balance.notes.empty()) lines.numbers("notes", balance.notes);
}

void write_stake(Lines& lines, const GenesisStake& stake) {
    lines.table("stake");
    lines.key("address", stake.account);
    if (stake.owner) lines.key("owner", *stake.owner);
    lines.number("amount", stake.amount.value);
    if (stake.eligibility) lines.number("eligibility", stake.eligibility->value);
    if (stake.reward) lines.number("reward", stake.reward->value);
}

}  // namespace

Result<std::string, GenesisError> genesis_toml(const GenesisSnapshot& snapshot) {
    Lines lines;
    if (snapshot.base_state) lines.text("base_state", *snapshot.base_state);
    if (snapshot.owner) lines.key("owner", *snapshot.owner);
    for (const GenesisNotes& balance : snapshot.phoenix_balances) write_notes(lines, balance);
    for (const GenesisAccount& account : snapshot.moonlight_accounts) {
        lines.table("moonlight_account");
        lines.key("address", account.address);
        lines.number("balance", account.balance.value);
    }
    for (const GenesisStake& stake : snapshot.stakes) write_stake(lines, stake);
    return std::move(lines).finish();
}

}  // namespace dusk::ledger
