#include "app/devnet_load.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <thread>

#include "app/devnet_nodes.hpp"
#include "app/test_wallets.hpp"
#include "base/hex.hpp"
#include "ledger/network.hpp"
#include "ledger/transaction.hpp"

namespace dusk::app {
namespace {

using SteadyClock = std::chrono::steady_clock;
using nlohmann::json;
using namespace std::chrono_literals;

constexpr ledger::Gas kGasLimit{2'000'000};
constexpr ledger::GasPrice kGasPrice{1};
constexpr auto kLook = 100ms;  // from one look at the blocks to the next
constexpr auto kLookInTurn = 10ms;
constexpr auto kReminder = 5s;  // after which a transfer that a node does not know is sent to it again

std::unexpected<Failure> failure(std::string code, std::string message) {
    return fail(Failure{.exit = ExitCode::failure, .code = std::move(code), .message = std::move(message)});
}

struct Account {
    TestWallet wallet;
    std::string key;
    std::uint64_t nonce = 0;
    std::uint64_t balance = 0;  // expected
};

struct Transfer {
    std::size_t from = 0;
    std::size_t to = 0;
    std::uint64_t value = 0;
    Bytes bytes{};
    SteadyClock::time_point sent{};
};

class Load {
  public:
    Load(const DevnetLoad& command, DevnetNodes nodes) : command_(command), nodes_(std::move(nodes)) {
        for (TestWallet& wallet : test_wallets(command.accounts)) {
            std::string key = wallet.profile.account();
            accounts_.push_back({.wallet = std::move(wallet), .key = std::move(key)});
        }
    }

    Result<void, Failure> run() {
        if (const auto read = read_accounts(); !read) return read;
        if (const auto seen = skip_old_blocks(); !seen) return seen;
        const auto start = SteadyClock::now();
        for (std::size_t i = 0; i < command_.count && !has_blocks(); ++i) {
            if (command_.in_turn) follow();
            const double seconds = command_.in_turn ? 0.0 : static_cast<double>(i) / command_.rate;
            const auto due =
                start + std::chrono::duration_cast<SteadyClock::duration>(std::chrono::duration<double>(seconds));
            // Blocks are looked at all the while, so that times are not those of the end.
            do {
                look_at_blocks();
                send_forgotten();
                if (SteadyClock::now() < due)
                    std::this_thread::sleep_for(std::min<SteadyClock::duration>(50ms, due - SteadyClock::now()));
            } while (SteadyClock::now() < due);
            send(i);
            ++sent_;
        }
        follow();
        seconds_ = std::chrono::duration<double>(SteadyClock::now() - start).count();
        if (!open_.empty()) {
            return failure(
                "lost", fmt::format("{} of {} transfers were neither final nor refused in time", open_.size(), sent_));
        }
        return compare_balances();
    }

    [[nodiscard]] Outcome report() {
        std::ranges::sort(times_);
        const auto quantile = [this](double q) {
            if (times_.empty()) return 0.0;
            const auto at = static_cast<std::size_t>(std::ceil(q * static_cast<double>(times_.size())));
            return times_[std::max<std::size_t>(at, 1) - 1];
        };
        Outcome out;
        out.json = {{"sent", sent_},
                    {"final", times_.size()},
                    {"failed", failed_},
                    {"refused", refused_},
                    {"retried", retried_},
                    {"resent", resent_},
                    {"blocks_in_a_row", longest_},
                    {"seconds", seconds_},
                    {"p50", quantile(0.5)},
                    {"p99", quantile(0.99)},
                    {"fees", fees_}};
        out.text = fmt::format(
            "{} transfers: {} final ({} of them failed), {} refused; from sending to final p50 {:.2f} s, p99 {:.2f} s; "
            "{} accounts hold what they should\n",
            sent_, times_.size(), failed_, refused_, quantile(0.5), quantile(0.99), accounts_.size());
        if (!last_refusal_.empty()) out.warnings.push_back("refused, for example: " + last_refusal_);
        return out;
    }

  private:
    // Until all that was sent is final, as long as the patience lasts.
    void follow() {
        const auto end = SteadyClock::now() + std::chrono::seconds(command_.patience);
        while (!open_.empty() && SteadyClock::now() < end) {
            look_at_blocks();
            send_forgotten();
            std::this_thread::sleep_for(look_pause() / 2);
        }
    }
    [[nodiscard]] bool has_blocks() const { return command_.blocks > 0 && longest_ >= command_.blocks; }
    [[nodiscard]] std::chrono::milliseconds look_pause() const { return command_.in_turn ? kLookInTurn : kLook; }

    Result<void, Failure> read_accounts() {
        for (Account& account : accounts_) {
            const auto status = nodes_.post("/on/account:" + account.key + "/status");
            if (!status) return fail(status.error());
            account.nonce = number_of(*status, "next_nonce") - 1;
            account.balance = number_of(*status, "balance");
            if (account.nonce != number_of(*status, "nonce")) {
                return failure("busy", "transactions of the test wallets wait already: try again in a moment");
            }
        }
        return {};
    }
    Result<void, Failure> skip_old_blocks() {
        const auto status = nodes_.get("/status");
        if (!status) return fail(status.error());
        looked_to_ = number_of(*status, "final_height");
        return {};
    }

    void send(std::size_t i) {
        const std::size_t from = i % accounts_.size();
        const std::size_t to = (from + 1 + i / accounts_.size() % (accounts_.size() - 1)) % accounts_.size();
        Account& sender = accounts_[from];
        const ledger::AccountKey key = sender.wallet.profile.bls.public_key();
        ledger::MoonlightPayload payload{.chain_id = ledger::devnet().chain_id,
                                         .sender = key,
                                         .receiver = accounts_[to].wallet.profile.bls.public_key(),
                                         .value = {1'000'000 + i},
                                         .deposit = {},
                                         .fee = {kGasLimit, kGasPrice, key},
                                         .nonce = {sender.nonce + 1},
                                         .data = {}};
        const auto made = ledger::MoonlightTransaction::sign(std::move(payload), sender.wallet.profile.bls);
        const ledger::Transaction transaction{*made};
        const Bytes bytes = transaction.encode(ledger::TransactionFormat::aegis);
        Transfer transfer{.from = from, .to = to, .value = 1'000'000 + i, .bytes = bytes, .sent = SteadyClock::now()};
        const std::string id = to_hex(ByteView(transaction.id().bytes));
        for (unsigned attempt = 0; attempt < 100; ++attempt) {
            auto& clients = nodes_.clients();
            const auto reply = clients[(i + attempt) % clients.size()].post("/on/transactions/propagate", bytes);
            // A node that was asked before may have taken it without an answer.
            const bool taken = reply && reply->status == 202;
            if (taken || (attempt > 0 && nodes_.get("/transactions/" + id))) {
                ++sender.nonce;
                open_.emplace(id, std::move(transfer));
                in_order_.push_back(id);
                return;
            }
            if (reply && reply->status == 400) {
                ++refused_;
                last_refusal_ = reply->text();
                return;
            }
            // The node is down or busy: another one.
            ++retried_;
            std::this_thread::sleep_for(100ms);
        }
        ++refused_;
        last_refusal_ = "no node took it";
    }

    // A node that ends takes with it what it had just taken and not passed on yet, and those that follow by nonce then
    // wait in vain. So whoever sent them does it again.
    void send_forgotten() {
        if (SteadyClock::now() < next_reminder_) return;
        next_reminder_ = SteadyClock::now() + kReminder;
        std::erase_if(in_order_, [this](const std::string& id) { return !open_.contains(id); });
        for (const std::string& id : in_order_) {
            const Transfer& transfer = open_.at(id);
            if (SteadyClock::now() - transfer.sent < kReminder) continue;
            bool known_to_all = true;
            for (client::HttpClient& client : nodes_.clients()) {
                const auto reply = client.get("/transactions/" + id);
                if (!reply || reply->status != 404) continue;
                known_to_all = false;
                static_cast<void>(client.post("/on/transactions/propagate", transfer.bytes));
            }
            resent_ += known_to_all ? 0 : 1;
        }
    }

    void look_at_blocks() {
        if (SteadyClock::now() < next_look_) return;
        next_look_ = SteadyClock::now() + look_pause();
        const auto status = nodes_.get("/status");
        if (!status) return;
        const std::uint64_t final_height = number_of(*status, "final_height");
        while (looked_to_ < final_height) {
            const auto block = nodes_.get(fmt::format("/blocks/{}", looked_to_ + 1));
            if (!block || !block->is_object() || !block->contains("transactions")) return;
            for (const auto& id : (*block)["transactions"]) {
                if (!settle(id.get<std::string>())) return;
            }
            in_a_row_ = (*block)["transactions"].empty() ? 0 : in_a_row_ + 1;
            longest_ = std::max(longest_, in_a_row_);
            ++looked_to_;
        }
    }
    // False where nobody could say what became of it: it is asked again.
    bool settle(const std::string& id) {
        const auto at = open_.find(id);
        if (at == open_.end()) return true;
        const auto spent = nodes_.get("/transactions/" + id);
        if (!spent || !spent->is_object()) return false;
        const Transfer& transfer = at->second;
        const std::uint64_t fee = number_of(*spent, "gas_spent") * kGasPrice.value;
        fees_ += fee;
        accounts_[transfer.from].balance -= fee;
        if ((*spent)["error"].is_null()) {
            accounts_[transfer.from].balance -= transfer.value;
            accounts_[transfer.to].balance += transfer.value;
        } else {
            ++failed_;
        }
        times_.push_back(std::chrono::duration<double>(SteadyClock::now() - transfer.sent).count());
        open_.erase(at);
        return true;
    }
    Result<void, Failure> compare_balances() {
        for (const Account& account : accounts_) {
            const auto status = nodes_.post("/on/account:" + account.key + "/status");
            if (!status) return fail(status.error());
            if (number_of(*status, "balance") != account.balance) {
                return failure("imbalance", fmt::format("{} holds {} lux instead of {}", account.key,
                                                        number_of(*status, "balance"), account.balance));
            }
        }
        return {};
    }

    DevnetLoad command_;
    DevnetNodes nodes_;
    std::vector<Account> accounts_;
    std::map<std::string, Transfer> open_;  // by id
    std::vector<double> times_;             // seconds from sending to final
    std::vector<std::string> in_order_;     // open ones as they were sent, so that nonces rise
    std::size_t sent_ = 0;
    std::size_t in_a_row_ = 0, longest_ = 0;  // blocks with transactions
    std::size_t failed_ = 0, refused_ = 0, retried_ = 0, resent_ = 0;
    std::uint64_t looked_to_ = 0, fees_ = 0;
    double seconds_ = 0;
    std::string last_refusal_;
    SteadyClock::time_point next_look_{};
    SteadyClock::time_point next_reminder_{};
};

}  // namespace

CommandResult load_devnet(const DevnetLoad& command) {
    auto nodes = DevnetNodes::of(command.folder);
    if (!nodes) return fail(nodes.error());
    Load load(command, *std::move(nodes));
    if (const auto ran = load.run(); !ran) return fail(ran.error());
    return load.report();
}

}  // namespace dusk::app
