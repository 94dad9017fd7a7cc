#include "app/devnet_activity.hpp"

#include <fmt/core.h>

#include <future>
#include <random>

#include "app/devnet_folder.hpp"
#include "app/devnet_nodes.hpp"
#include "app/embedded_binary.hpp"
#include "app/remote_notes.hpp"
#include "app/stop_signals.hpp"
#include "app/tx_build.hpp"
#include "app/wallet_node.hpp"
#include "base/archive.hpp"
#include "base/hex.hpp"
#include "crypto/os_random.hpp"
#include "ledger/dusk_amount.hpp"
#include "ledger/identifiers.hpp"
#include "ledger/network.hpp"
#include "node/thread_pool.hpp"

namespace dusk::app {
namespace {

using SteadyClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t kWallets = 4;
constexpr std::size_t kLookBack = 5;           // blocks whose pace is looked at
constexpr std::uint64_t kDeployPrice = 2000;   // lux a gas, what the network asks at least
constexpr std::uint64_t kMillion = 1'000'000;  // gas
constexpr auto kRest = 5s;
constexpr const char* kMemos[] = {"coffee", "invoice 2026-117", "thank you", "rent", "\xf0\x9f\x8e\x82 happy birthday"};

struct Actor {
    std::size_t number;  // of the test wallet
    std::string account;
    std::string address;
    OpenedKeys keys;
};

struct Deed {
    std::string text;  // what it does, for people
    BuildTx tx;
};

class Activity {
  public:
    Activity(const DevnetActivity& command, DevnetNodes nodes, const DevnetShape& shape)
        : command_(command), nodes_(std::move(nodes)), shape_(shape), luck_(std::random_device()()) {
        auto wallets = test_wallets(shape.accounts);
        const std::size_t first = wallets.size() > kWallets ? wallets.size() - kWallets : 0;
        for (std::size_t i = first; i < wallets.size(); ++i) {
            wallet::Profile& one = wallets[i].profile;
            std::string account = one.account();
            std::string address = one.address();
            actors_.push_back({.number = i,
                               .account = std::move(account),
                               .address = std::move(address),
                               .keys = {.account = std::move(one.bls), .notes = std::move(one.phoenix)}});
        }
    }
    [[nodiscard]] std::size_t actors() const { return actors_.size(); }

    void run(const StopSignals& signals) {
        auto next_public = SteadyClock::now();
        auto next_private = SteadyClock::now() + wait_of(command_.private_pace);
        std::chrono::milliseconds pause = 0ms;
        while (!signals.wait_for_stop(pause) && (command_.count == 0 || sent_ + refused_ < command_.count)) {
            look_at_proof();
            if (is_slow()) {
                pause = kRest;
                continue;
            }
            const auto now = SteadyClock::now();
            if (command_.private_pace > 0 && now >= next_private) {
                next_private = now + wait_of(command_.private_pace, 1.0);
                by_notes();
            } else if (now >= next_public) {
                next_public = now + wait_of(command_.pace);
                in_public();
            }
            pause = 100ms;
        }
    }
    [[nodiscard]] Outcome report() const {
        return {.text = fmt::format("{} transactions sent, {} refused\n", sent_, refused_),
                .json = {{"sent", sent_}, {"refused", refused_}}};
    }

  private:
    // Around `seconds`, at least `least` of it, so that what happens is not a clockwork.
    std::chrono::milliseconds wait_of(double seconds, double least = 0.2) {
        std::uniform_real_distribution<double> part(least, 2 - least);
        return std::chrono::milliseconds(static_cast<std::int64_t>(1000 * seconds * std::max(least, part(luck_))));
    }
    std::uint64_t up_to(std::uint64_t most) { return std::uniform_int_distribution<std::uint64_t>(1, most)(luck_); }

    // The last blocks took more than twice as long as they should.
    bool is_slow() {
        if (shape_.instant || SteadyClock::now() < next_look_) return is_slow_;
        next_look_ = SteadyClock::now() + std::chrono::seconds(shape_.block_time);
        const auto status = nodes_.get("/status");
        if (!status) return is_slow_ = true;
        const std::uint64_t height = number_of(*status, "height");
        if (height <= kLookBack) return is_slow_ = false;
        const auto last = nodes_.get(fmt::format("/blocks/{}", height));
        const auto first = nodes_.get(fmt::format("/blocks/{}", height - kLookBack));
        if (!last || !first) return is_slow_ = true;
        const std::uint64_t took = number_of(*last, "timestamp") - number_of(*first, "timestamp");
        const bool slow = took > 2 * kLookBack * shape_.block_time;
        if (slow && !is_slow_) say("the last blocks took too long: waiting");
        return is_slow_ = slow;
    }

    // Two of them.
    std::pair<Actor*, Actor*> pair() {
        const std::size_t from = up_to(actors_.size()) - 1;
        const std::size_t to = (from + up_to(actors_.size() - 1)) % actors_.size();
        return {&actors_[from], &actors_[to]};
    }
    static std::string dusk(std::uint64_t hundredths) {
        return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
    }

    void in_public() {
        const auto [from, to] = pair();
        switch (turn_++ % 12) {
            case 1:
                return stake_or_take_out(*from);
            case 4:
            case 9:
                return count(*from);
            case 6:
                return shield(*from);
            case 3:
            case 8: {
                Deed deed = pay(*from, *to);
                const char* memo = kMemos[up_to(std::size(kMemos)) - 1];
                deed.tx.kind = BuildMemo{.text = memo};
                deed.text += fmt::format(", \"{}\"", memo);
                return send_in_public(*from, std::move(deed));
            }
            default:
                return send_in_public(*from, pay(*from, *to));
        }
    }
    Deed pay(const Actor& from, const Actor& to) {
        const std::string value = dusk(up_to(20'000));
        Deed out{.text = fmt::format("wallet {} pays wallet {} {} DUSK in public", from.number, to.number, value),
                 .tx = {}};
        out.tx.receiver = to.account;
        out.tx.value = value;
        out.tx.gas_limit = 5 * kMillion / 2;
        return out;
    }
    void shield(Actor& from) {
        const std::string amount = dusk(up_to(10'000));
        Deed deed{.text = fmt::format("wallet {} shields {} DUSK", from.number, amount), .tx = {}};
        deed.tx.kind = BuildConvert{.amount = amount};
        deed.tx.gas_limit = 40 * kMillion;
        send_in_public(from, std::move(deed));
    }
    // Stakes where there is none. What is staked belongs to nobody who votes: it is too little to slow the network.
    void stake_or_take_out(Actor& from) {
        Deed deed;
        BuildStake stake{.amount = "", .account = {}, .owner = {}};
        auto node = nodes_.answering();
        if (!node) return tell(refusal(deed, node.error()));
        auto asked = WalletNode::at((*node)->address());
        const auto there = asked ? asked->stake(from.keys.account.public_key()) : fail(asked.error());
        if (!there) return tell(refusal(deed, there.error()));
        if (!*there || !(*there)->amount) {
            stake.action = BuildStake::Action::stake;
            stake.amount = fmt::format("{}", 1000 + up_to(4000));
            deed.text = fmt::format("wallet {} stakes {} DUSK", from.number, stake.amount);
        } else {
            const ledger::StakeAmount& amount = *(*there)->amount;
            stake.action = BuildStake::Action::unstake;
            stake.amount = ledger::format_dusk(ledger::Lux{amount.value.value + amount.locked.value});
            deed.text = fmt::format("wallet {} takes its stake out", from.number);
        }
        deed.tx.kind = std::move(stake);
        deed.tx.gas_limit = 45 * kMillion;
        send_in_public(from, std::move(deed));
    }
    // Calls the contract; deploys it first where it is not there.
    void count(Actor& from) {
        const Bytes code = to_vector(embedded_demo_counter());
        const Bytes owner = to_vector(actors_.front().keys.account.public_key().to_bytes());
        const std::string contract = to_hex(ByteView(ledger::deployed_contract_id(code, 0, owner).bytes));
        Deed deed;
        if (!has_contract(contract)) {
            deed.text = fmt::format("wallet {} deploys the contract {}", actors_.front().number, contract);
            deed.tx.kind = BuildDeploy{.bytecode = {},
                                       .content = code,
                                       .owner = {},
                                       .init = to_hex(ByteView(archive_write(std::uint64_t{0}))),
                                       .nonce = 0};
            deed.tx.gas_limit = 20 * kMillion;
            deed.tx.gas_price = kDeployPrice;
            return send_in_public(actors_.front(), std::move(deed));
        }
        const std::uint64_t amount = up_to(10);
        deed.text = fmt::format("wallet {} calls add({}) of {}", from.number, amount, contract);
        deed.tx.kind =
            BuildCall{.contract = contract, .function = "add", .arguments = to_hex(ByteView(archive_write(amount)))};
        deed.tx.gas_limit = 10 * kMillion;
        send_in_public(from, std::move(deed));
    }
    bool has_contract(const std::string& id) {
        if (is_deployed_) return true;
        const auto found = nodes_.post("/on/contract:" + id + "/metadata");
        return is_deployed_ = found && found->value("owner", "") != "";
    }

    // Beside all else: a proof may take its time.
    void by_notes() {
        if (proving_.valid()) return;
        auto [from, to] = pair();
        const bool unshields = private_turn_++ % 4 == 3;
        const std::string value = dusk(up_to(unshields ? 5'000 : 20'000));
        Deed deed;
        deed.tx.gas_limit = (unshields ? 18 : 15) * kMillion;
        deed.tx.prover = command_.prover;
        if (unshields) {
            deed.text = fmt::format("wallet {} unshields {} DUSK", from->number, value);
            deed.tx.kind = BuildConvert{.amount = value};
        } else {
            deed.text = fmt::format("wallet {} pays wallet {} {} DUSK by notes", from->number, to->number, value);
            deed.tx.receiver = to->address;
            deed.tx.value = value;
        }
        proving_ = std::async(std::launch::async, [this, from, deed = std::move(deed)]() mutable {
            return prove_and_send(*from, std::move(deed));
        });
    }
    // On a thread of its own. The error: of what was not sent, with the reason.
    Result<std::string, std::string> prove_and_send(const Actor& from, Deed deed) const {
        crypto::OsRandom random;
        node::ThreadPool threads;
        auto nodes = DevnetNodes::of(command_.folder);
        if (!nodes) return refusal(deed, nodes.error());
        auto node = nodes->answering();
        if (!node) return refusal(deed, node.error());
        auto notes = ask_for_notes(**node, *from.keys.notes, threads);
        if (!notes) return refusal(deed, notes.error());
        deed.tx.notes = BuildFromNotes{.file = {}, .content = *std::move(notes), .positions = {}};
        return send(*nodes, from, deed, random, threads);
    }
    // What became of the last proof, once it is known.
    void look_at_proof() {
        if (!proving_.valid() || proving_.wait_for(0s) != std::future_status::ready) return;
        tell(proving_.get());
    }
    void send_in_public(const Actor& from, Deed deed) {
        const auto status = nodes_.post("/on/account:" + from.account + "/status");
        if (!status) return tell(refusal(deed, status.error()));
        deed.tx.nonce = number_of(*status, "next_nonce");
        tell(send(nodes_, from, deed, random_, threads_));
    }
    static Result<std::string, std::string> send(DevnetNodes& nodes, const Actor& from, const Deed& deed,
                                                 RandomSource& random, Executor& executor) {
        NotesReport report;
        const auto made = make_transaction(deed.tx, from.keys, random, executor, report);
        if (!made) return refusal(deed, made.error());
        const Bytes bytes = made->encode(ledger::TransactionFormat::aegis);
        Failure failure{.exit = ExitCode::rejected, .code = "rejected", .message = "no node answers"};
        for (client::HttpClient& node : nodes.clients()) {
            const auto reply = node.post("/on/transactions/propagate", bytes);
            if (reply && reply->status == 202) {
                return fmt::format("{}  {}", deed.text, to_hex(ByteView(made->id().bytes)));
            }
            failure.message = reply ? std::string(reply->text()) : reply.error();
            if (reply && reply->status == 400) break;
        }
        return refusal(deed, failure);
    }
    static std::unexpected<std::string> refusal(const Deed& deed, const Failure& why) {
        return std::unexpected(fmt::format("{}: not sent, {}", deed.text, why.message));
    }
    void tell(const Result<std::string, std::string>& what) {
        ++(what ? sent_ : refused_);
        say(what ? *what : what.error());
    }
    static void say(const std::string& line) {
        fmt::print("{}\n", line);
        std::fflush(stdout);
    }

    DevnetActivity command_;
    DevnetNodes nodes_;
    DevnetShape shape_;
    std::vector<Actor> actors_;
    node::ThreadPool threads_;
    crypto::OsRandom random_;
    std::mt19937_64 luck_;  // what happens, never keys
    bool is_deployed_ = false;
    bool is_slow_ = false;
    SteadyClock::time_point next_look_{};
    std::size_t turn_ = 0, private_turn_ = 0;
    std::size_t sent_ = 0, refused_ = 0;
    std::future<Result<std::string, std::string>> proving_;  // last: it uses what stands before
};

}  // namespace

CommandResult run_devnet_activity(const DevnetActivity& command) {
    const StopSignals signals;
    const DevnetFolder folder(command.folder);
    auto nodes = DevnetNodes::of(command.folder);
    if (!nodes) return fail(nodes.error());
    const auto shape = folder.shape();
    if (!shape) return fail(shape.error());
    Activity activity(command, *std::move(nodes), shape->value_or(DevnetShape()));
    if (activity.actors() < 2) {
        return fail(Failure{.exit = ExitCode::failure,
                            .code = "no_wallets",
                            .message = "the devnet has no two test wallets: make one with `dusk devnet --fresh "
                                       "--accounts 10`"});
    }
    activity.run(signals);
    return activity.report();
}

}  // namespace dusk::app
