// Plays a scripted session on the VM and compares every step.
//
// Allowed for:
// - They leave out calls that only measured what a call needs. Such a call is the same as the next one, with ample gas;
//   it is put back where the state after a step shows it.
// - They finalize commits whose ancestors are commits still. The reference then loses pages of these ancestors, and its
//   next start gives a commit another root (spec/vm.md §7.6, §7.7). We lose none (docs/deviations.md); steps that
//   differ in sessions on such commits are counted as excused.
// - How deep a recursion gets before the stack ends depends on how the host was compiled. The events that such a call
//   leaves for the next receipt may be more or fewer; that is excused too.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "report.hpp"
#include "vm/machine.hpp"

namespace dusk::vectors {

// Whether a scripted session may leave out measuring calls. A recorded one has every step.
enum class Recorded : bool { in_part, fully };

class Scenario {
  public:
    Scenario(Report& report, Recorded recorded = Recorded::in_part);
    ~Scenario();
    Scenario(const Scenario&) = delete;
    Scenario& operator=(const Scenario&) = delete;

    void play(const Node& step);
    // A step on which the reference died: it has no result, and ours is not looked at.
    void survive(const Node& step);
    [[nodiscard]] std::size_t excused() const { return excused_; }

    // The bytecode of a test contract, by the name that the steps use.
    static Bytes contract(const std::string& name);
    static Bytes bytecode(const Node& step);
    void compare_error(const Node& expected, const vm::CallError& error);
    vm::Session& session(const Node& step);
    void open_genesis(std::uint8_t chain_id);

  private:
    using CallReceipt = vm::CallResult<vm::CallReceipt>;
    using Call = std::function<CallReceipt(vm::Session&, std::uint64_t gas)>;

    void open_machine();
    void open_session(const Node& step);
    void deploy(const Node& step);
    void call(const Node& step, bool with_feed);
    void restore_measuring_call(const Node& step, const Call& call, CallReceipt& receipt);
    std::unique_ptr<vm::Session> reopen();
    void finalize(const Node& step);
    void expect(bool ok, const Node& node, std::string_view what);
    void expect_bytes(ByteView got, const Node& expected);
    void commit(const Node& step);
    void list_commits(const Node& step);
    void compare_root(const Node& step);
    void compare_receipt(const Node& expected, const vm::CallReceipt& receipt);
    void compare_events(const Node& expected, const vm::CallReceipt& receipt);
    void compare_call_tree(const Node& expected, const vm::CallReceipt& receipt);
    const vm::Hash& commit_named(const Node& name) const;

    Report* report_;
    Recorded recorded_;
    std::filesystem::path folder_;
    std::shared_ptr<vm::Machine> machine_;
    std::unique_ptr<vm::Session> session_;
    std::map<std::string, vm::Hash> commits_;
    std::map<vm::Hash, vm::Hash> parents_;
    std::optional<vm::Hash> session_base_;
    std::uint8_t chain_id_ = 0;
    std::uint64_t block_height_ = 0;
    std::set<vm::Hash> damaged_;  // commits of which the reference has lost pages
    bool is_damaged_ = false;     // the session is on such a commit
    bool was_damaged_ = false;    // there was one
    std::size_t excused_ = 0;
    bool has_overflowed_ = false;  // a call since the last receipt ended at the limit of the stack
    std::vector<std::function<void(vm::Session&)>> journal_;  // what the session did
};

}  // namespace dusk::vectors
