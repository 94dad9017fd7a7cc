// The processes of a devnet: its nodes, which it cannot do without, and companions, which it can.
#pragma once

#include "app/child_process.hpp"
#include "app/devnet_display.hpp"
#include "app/devnet_folder.hpp"
#include "app/stop_signals.hpp"
#include "client/http_client.hpp"

namespace dusk::app {

// A process beside the nodes.
struct DevnetCompanion {
    std::string name{};  // "prover"; its log is NAME.log in the folder of the devnet
    std::vector<std::string> arguments{};
    int nice = 0;
    bool when_running = false;  // begins when all nodes answer
};

class DevnetProcesses {
  public:
    DevnetProcesses(const DevnetFolder& folder, std::vector<DevnetNode> nodes, std::vector<DevnetCompanion> companions,
                    DevnetDisplay& display);

    // What is said once all nodes answer.
    void set_invitation(std::string text) { invitation_ = std::move(text); }
    [[nodiscard]] Result<void, Failure> start_all();
    // Until somebody asks to stop. What ends is started again; a node that ends again and again is an error
    // (node_failed), a companion that does is left alone.
    [[nodiscard]] Result<void, Failure> watch(const StopSignals& signals);
    void stop_all();

  private:
    using SteadyClock = std::chrono::steady_clock;

    struct Process {
        ChildCommand command;
        std::string name;
        std::optional<ChildProcess> process{};
        SteadyClock::time_point started{};
        unsigned short_lives = 0;
        // Whether it did what it is there for and ended all the same, counted.
        [[nodiscard]] std::optional<std::string> ended();
        [[nodiscard]] bool is_hopeless() const;
    };
    struct Node : Process {
        DevnetNode node;
        client::HttpClient client;
    };
    struct Companion : Process {
        bool waits = false;  // for the nodes
    };

    [[nodiscard]] static Result<void, Failure> start(Process& process);
    [[nodiscard]] Result<void, Failure> restart_ended();
    void care_for_companions();
    void look();
    [[nodiscard]] Result<void, Failure> write_running() const;

    const DevnetFolder& folder_;
    DevnetDisplay& display_;
    std::vector<Node> nodes_;
    std::vector<Companion> companions_;
    std::string invitation_;
    bool all_answer_ = false;
};

}  // namespace dusk::app
