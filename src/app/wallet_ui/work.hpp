// What the full-screen wallet does with its folder and its keys: notes and history are kept up to date, payments made.
#pragma once

#include <deque>

#include "app/wallet_ui/feed.hpp"

namespace dusk::app::ui {

// `ask` is for any thread, the rest for one.
class Work {
  public:
    struct Parts {
        WalletFolder folder;
        std::optional<wallet::WalletSecret> secret{};  // none in a wallet that only watches
        WalletNode node;
        std::string prover{};  // instead of the one in the settings; may be empty
    };
    // All but the parts outlive this.
    Work(Parts parts, Feed& feed, RandomSource& random, Executor& executor)
        : parts_(std::move(parts)), feed_(&feed), random_(&random), executor_(&executor) {}

    void ask(Request request);
    // Does what was asked for next, else looks whether the chain has grown. How long to wait before the next time.
    [[nodiscard]] std::chrono::milliseconds step();

    // What the files of a wallet tell before a node was asked.
    [[nodiscard]] static Result<WalletState, Failure> first_state(const WalletFolder& folder, const std::string& node);

  private:
    [[nodiscard]] std::optional<Request> next();
    void carry_out(const Request& request);
    void prepare(const PayWords& words);
    void prepare(const AgainWords& words);
    void decide(bool yes);
    void change_contacts(const ContactWords& words);

    [[nodiscard]] Result<WalletOrder, Failure> order_of(const PayWords& words);
    [[nodiscard]] CommandResult send(const WalletOrder& order);
    void ask_about(const Result<WalletOrder, Failure>& order);
    void begin(std::string what);
    void end(Job::Kind kind, std::string text);
    void end(const CommandResult& result);

    void read_on(std::uint64_t height);
    [[nodiscard]] Result<void, Failure> read_chain();
    [[nodiscard]] Result<void, Failure> show_files();

    Parts parts_;
    Feed* feed_;
    RandomSource* random_;
    Executor* executor_;
    std::mutex mutex_;  // of the queue
    std::deque<Request> queue_;
    std::optional<WalletOrder> asked_about_{};
    PublicHistory archive_{};
    std::optional<std::uint64_t> read_at_{};  // the last block when the chain was read
};

}  // namespace dusk::app::ui
