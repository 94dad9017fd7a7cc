// What a devnet shows while it runs: one picture that is drawn anew on a terminal, lines elsewhere.
#pragma once

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace dusk::app {

// What one node said last; nothing of a node that does not answer.
struct DevnetNodeView {
    bool answers = false;
    std::uint64_t height = 0;
    std::uint64_t final_height = 0;
    std::uint64_t round = 0;
    unsigned iteration = 0;
    unsigned step = 0;
    bool in_sync = false;
    bool stalled = false;
    std::uint64_t mempool = 0;
    std::uint64_t peers = 0;
    std::uint64_t transactions = 0;  // since its start, as what follows
    std::uint64_t gas = 0;
    std::uint64_t proofs = 0;

    // From what /status answers; one that does not answer where it is something else.
    [[nodiscard]] static DevnetNodeView from_json(std::string_view text);
};

class DevnetDisplay {
  public:
    DevnetDisplay(std::FILE* out, bool is_terminal) : out_(out), is_terminal_(is_terminal) {}

    // Something that stays on the screen.
    void say(const std::string& line);
    // On a terminal at each call; else when the final height has changed, or nothing was said for ten seconds.
    void show(const std::vector<DevnetNodeView>& nodes, std::chrono::steady_clock::time_point now);

  private:
    void erase();

    std::FILE* out_;
    bool is_terminal_;
    std::size_t drawn_ = 0;  // lines of the picture
    std::optional<std::uint64_t> said_{};
    std::chrono::steady_clock::time_point said_at_{};
    struct Totals {
        std::chrono::steady_clock::time_point at{};
        std::uint64_t transactions = 0;
        std::uint64_t gas = 0;
        std::uint64_t proofs = 0;
    };
    std::optional<Totals> before_{};
    double transactions_rate_ = 0, gas_rate_ = 0, proofs_rate_ = 0;
};

}  // namespace dusk::app
