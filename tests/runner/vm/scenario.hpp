// Plays a scripted session on the VM and compares every step.
#pragma once

#include <filesystem>
#include <map>
#include <memory>

#include "report.hpp"
#include "vm/machine.hpp"

namespace dusk::vectors {

class Scenario {
  public:
    Scenario(Report& report);
    ~Scenario();
    Scenario(const Scenario&) = delete;
    Scenario& operator=(const Scenario&) = delete;

    void play(const Node& step);

    // The bytecode of a test contract, by the name that the steps use.
    static Bytes contract(const std::string& name);
    void compare_error(const Node& expected, const vm::CallError& error);
    vm::Session& session(const Node& step);
    void open_genesis(std::uint8_t chain_id);

  private:
    void open_machine();
    void open_session(const Node& step);
    void deploy(const Node& step);
    void call(const Node& step, bool with_feed);
    void commit(const Node& step);
    void list_commits(const Node& step);
    void compare_root(const Node& step);
    void compare_receipt(const Node& expected, const vm::CallReceipt& receipt);
    const vm::Hash& commit_named(const Node& name) const;

    Report* report_;
    std::filesystem::path folder_;
    std::shared_ptr<vm::Machine> machine_;
    std::unique_ptr<vm::Session> session_;
    std::map<std::string, vm::Hash> commits_;
};

}  // namespace dusk::vectors
