// A wallet for tests of the screen.
#pragma once

#include "app/wallet_ui/keys.hpp"
#include "app/wallet_ui/state.hpp"
#include "crypto/mnemonic.hpp"
#include "wallet/profile.hpp"

namespace dusk::app::ui {

inline Key letter(const std::string& text) { return {.kind = Key::Kind::text, .text = text}; }

inline HistoryRow row(std::uint64_t height, const std::string& action, std::uint64_t lux) {
    return {.height = height,
            .id = std::string(64, 'a'),
            .action = action,
            .state = "done",
            .value = {lux},
            .other = std::string(88, 'x'),
            .comes_in = action == "received"};
}

inline WalletState some_state() {
    const auto phrase = crypto::Mnemonic::parse(
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about");
    WalletState out{.network = "devnet", .node = "127.0.0.1:8080"};
    for (std::uint8_t i = 0; i < 2; ++i) {
        const wallet::Profile profile = wallet::derive_profile(phrase->seed(), i);
        out.profiles.push_back({.address = profile.address(), .account = profile.account()});
    }
    out.chain = ChainHeights{.last = 120, .last_final = 118};
    out.profiles[0].status = AccountStatus{.balance = {1'234'567'890'123}};
    out.profiles[0].notes = wallet::NotesBalance{.total = {5'000'000'000}, .spendable = {4'000'000'000}};
    out.profiles[0].note_count = 7;
    out.history = std::make_shared<const std::vector<HistoryRow>>(
        std::vector{row(3, "received", 2'000'000'000), row(119, "send", 1'000'000'000)});
    out.contacts = {{"alice", out.profiles[1].account}, {"bob", out.profiles[1].address}};
    return out;
}

}  // namespace dusk::app::ui
