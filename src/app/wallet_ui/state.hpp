// What the full-screen wallet knows, and what a person asks of it: values between the threads that find out and act,
// and the one that draws.
#pragma once

#include <memory>
#include <variant>

#include "app/progress_screen.hpp"
#include "app/wallet_history.hpp"
#include "app/wallet_pay.hpp"

namespace dusk::app::ui {

struct ProfileView {
    std::string address{};
    std::string account{};
    std::optional<AccountStatus> status{};        // nothing: not known yet
    std::optional<wallet::NotesBalance> notes{};  // nothing: not known yet
    std::size_t note_count = 0;                   // that can be spent
    std::optional<ledger::StakeData> stake{};
};

struct PendingView {
    std::string id{};
    std::string action{};
    std::string to{};
    ledger::Lux value{};
    ledger::GasPrice gas_price{};
    std::optional<bool> in_mempool{};  // nothing: not asked yet
};

// Something that was asked for.
struct Job {
    enum class Kind : std::uint8_t {
        none,
        working,
        asks,    // `text` is what is about to happen; the answer is a Decision
        done,    // `text` is the result, one sentence
        failed,  // `text` is the error
    };
    Kind kind = Kind::none;
    std::string text{};
    std::uint64_t number = 0;  // of what was asked for: grows
};

struct WalletState {
    std::string network{};
    std::string node{};
    bool watches = false;
    std::optional<ChainHeights> chain{};
    std::optional<std::uint64_t> read_height{};  // up to which notes are known
    std::string trouble{};                       // why the node does not answer; empty while it does
    std::string sync_trouble{};                  // why notes or history are not up to date
    std::vector<ProfileView> profiles{};
    std::shared_ptr<const std::vector<HistoryRow>> history{};  // oldest first; null: not known yet
    bool has_archive = false;
    std::vector<PendingView> pending{};
    std::vector<std::pair<std::string, std::string>> contacts{};  // name and address, by name
    std::optional<ProgressState> progress{};
    Job job{};
};

// As they were typed.
struct PayWords {
    std::string action{};  // "send", "shield", "unshield", "stake", "unstake", "claim"
    std::uint8_t profile = 0;
    std::string to{};
    std::string amount{};  // empty: everything, of what is taken out
    std::string memo{};
    friend bool operator==(const PayWords&, const PayWords&) = default;
};
struct AgainWords {
    std::string id{};
    WalletAgain::How how = WalletAgain::How::replace;
    friend bool operator==(const AgainWords&, const AgainWords&) = default;
};
struct ContactWords {
    std::string name{};
    std::string address{};  // empty: the name is to be forgotten
    friend bool operator==(const ContactWords&, const ContactWords&) = default;
};
// About what the job asks.
struct Decision {
    bool yes = false;
    friend bool operator==(const Decision&, const Decision&) = default;
};
// For the thread that draws.
struct CopyText {
    std::string text{};
    friend bool operator==(const CopyText&, const CopyText&) = default;
};
struct Redraw {
    friend bool operator==(const Redraw&, const Redraw&) = default;
};
struct Suspend {
    friend bool operator==(const Suspend&, const Suspend&) = default;
};
struct Quit {
    friend bool operator==(const Quit&, const Quit&) = default;
};
using Request = std::variant<PayWords, AgainWords, ContactWords, Decision, CopyText, Redraw, Suspend, Quit>;

}  // namespace dusk::app::ui
