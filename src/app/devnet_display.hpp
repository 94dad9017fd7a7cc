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
    struct Place {  // in consensus
        std::uint64_t round = 0;
        unsigned iteration = 0;
        unsigned step = 0;
    };
    std::optional<Place> place{};  // nothing while consensus does not run
    bool in_sync = false;
    bool stalled = false;
    bool idle = false;  // blocks are instant, and no transaction is there
    std::uint64_t mempool = 0;
    std::uint64_t peers = 0;
    std::uint64_t transactions = 0;  // since its start, as what follows
    std::uint64_t gas = 0;
    std::uint64_t proofs = 0;

    // From what /status answers; one that does not answer where it is something else.
    [[nodiscard]] static DevnetNodeView from_json(std::string_view text);
};

// Of the whole network, a second.
struct DevnetRates {
    double transactions = 0;
    double gas = 0;
    double proofs = 0;  // and signatures, by all nodes together
};

// Lines of at most `columns` characters, at most `rows` of them where that is 4 or more.
[[nodiscard]] std::vector<std::string> devnet_picture(const std::vector<DevnetNodeView>& nodes,
                                                      const DevnetRates& rates, std::size_t columns, std::size_t rows);
// The same in one line of any length.
[[nodiscard]] std::string devnet_line(const std::vector<DevnetNodeView>& nodes, const DevnetRates& rates);

class DevnetDisplay {
  public:
    DevnetDisplay(std::FILE* out, bool is_terminal) : out_(out), is_terminal_(is_terminal) {}

    // Something that stays on the screen.
    void say(const std::string& line);
    // The picture stays as it is, and this comes below it.
    void end(const std::string& line) {
        drawn_ = 0;
        say(line);
    }
    // On a terminal at each call; else when the final height has changed, or nothing was said for ten seconds.
    void show(const std::vector<DevnetNodeView>& nodes, std::chrono::steady_clock::time_point now);

  private:
    void count(const std::vector<DevnetNodeView>& nodes, std::chrono::steady_clock::time_point now);
    void draw(const std::vector<std::string>& lines);

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
    DevnetRates rates_{};
};

}  // namespace dusk::app
