// Items of lists in JSON, as docs/interfaces.md describes them, with what happened in plain words.
#pragma once

#include <nlohmann/json.hpp>

#include "chronicle/lists.hpp"

namespace dusk::rpc {

// Lux as decimal digits in a string: more than numbers of JavaScript hold.
[[nodiscard]] std::string lux_text(ledger::Lux lux);
// Base58; of bytes that are no key as well.
[[nodiscard]] std::string account_text(const chronicle::AccountBytes& account);
// The text, or "0x" and hexadecimal digits where it is none.
[[nodiscard]] std::string readable(std::string_view bytes);
[[nodiscard]] std::string readable(ByteView bytes);

[[nodiscard]] std::string_view to_string(chronicle::TransactionKind kind);
[[nodiscard]] std::optional<chronicle::TransactionKind> transaction_kind(std::string_view name);

[[nodiscard]] nlohmann::ordered_json transaction_item(const chronicle::ListedTransaction& transaction);
// `transaction`: in which it happened; null: the block itself did it, or it is not known.
[[nodiscard]] nlohmann::ordered_json happening_item(const chronicle::ListedHappening& happening,
                                                    const chronicle::AccountBytes& account,
                                                    const chronicle::ListedTransaction* transaction);
[[nodiscard]] nlohmann::ordered_json block_item(const chronicle::ListedBlock& block);
[[nodiscard]] nlohmann::ordered_json contract_item(const chronicle::ListedContract& contract);
[[nodiscard]] nlohmann::ordered_json event_item(const chronicle::EventRecord& event);
[[nodiscard]] nlohmann::ordered_json provisioner_item(const chronicle::ProvisionerSum& sum);
[[nodiscard]] nlohmann::ordered_json period_item(const chronicle::Period& period);

// A bit for each happening of a list such as "sent,received,rewarded"; nothing where one is not known. "rewarded" is
// all rewards, "all" everything.
[[nodiscard]] std::optional<std::uint32_t> happenings_of(std::string_view names);
// Without rewards, of which a provisioner has one in every block.
inline constexpr std::uint32_t kUsualHappenings = (1U << 11U) - 1;
static_assert(static_cast<unsigned>(chronicle::Happening::reward_generator_fixed) == 11);

}  // namespace dusk::rpc
