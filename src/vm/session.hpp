// A session: calls of contracts on top of a stored state, which nobody else sees until it is committed
// (spec/vm.md §6, §7).
//
//     auto session = machine.session(commit, chain_id, block_height);
//     CallResult<CallReceipt> receipt = session->call(contract, "transfer", argument, gas_limit);
//     Hash root = *session->commit();
//
// Sessions are independent of each other and may run in parallel; one session runs on one thread at a time.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "vm/contract.hpp"
#include "vm/error.hpp"
#include "vm/page_faults.hpp"
#include "vm/receipt.hpp"
#include "vm/store/store.hpp"
#include "vm/trace.hpp"

namespace dusk::vm {

class Machine;

inline constexpr std::size_t kArgumentBufferBytes = 65536;
inline constexpr std::size_t kMostFrames = 48;

// Asked before each call between contracts with the callee, the function and the argument. A text refuses the call: the
// caller sees a panic of the callee with it.
using CallHook = std::function<std::optional<std::string>(const ContractId&, std::string_view, ByteView)>;
// Takes what a contract reports with `feed`, which costs no gas but that of the call: whoever keeps it bounds it. An
// exception ends the call, and the session is lost.
using Feed = std::function<void(Bytes)>;

class Session {
  public:
    Session(std::shared_ptr<const Machine> machine, StatePtr base);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Runs an exported function with `argument` in the argument buffer. On failure nothing has changed, except that
    // events of the failed call wait, marked as reverted, for the next receipt. Arguments beyond 64 KiB and direct
    // calls of `init` are refused.
    CallResult<CallReceipt> call(const ContractId& contract, std::string_view function, ByteView argument,
                                 std::uint64_t gas_limit);
    // The same with a place for what the contract reports.
    CallResult<CallReceipt> feeder_call(const ContractId& contract, std::string_view function, ByteView argument,
                                        std::uint64_t gas_limit, Feed feed);

    struct Deployed {
        ContractId contract{};
        std::optional<CallReceipt> init{};  // when the contract has an `init`
    };
    // Adds a contract and runs its `init` with `init_argument`. Without an id it gets BLAKE3 of its bytecode. On
    // failure the contract is not there. The checks are those of spec/vm.md §2, in that order.
    CallResult<Deployed> deploy(std::optional<ContractId> contract, ByteView bytecode, ByteView owner,
                                ByteView init_argument, std::uint64_t gas_limit);

    [[nodiscard]] bool has_contract(const ContractId& contract) const;

    // Values that contracts read by name (`hd`).
    void set_metadata(std::string name, Bytes value) { metadata_[std::move(name)] = std::move(value); }
    void remove_metadata(const std::string& name) { metadata_.erase(name); }
    [[nodiscard]] std::optional<ByteView> metadata(std::string_view name) const;

    void set_call_hook(CallHook hook) { hook_ = std::move(hook); }
    // Is told of every call and event; null: nobody is. It outlives the session or its replacement.
    void set_observer(CallObserver* observer) { observer_ = observer; }
    // What contracts see as the caller of root calls, and as one call more on the way down to them: a contract that
    // would have called them on the chain. For tools; without it root calls have no caller.
    void set_outer_caller(std::optional<ContractId> caller) { outer_caller_ = caller; }

    // The root that the state would have if the session were committed now.
    [[nodiscard]] CallResult<Hash> root();
    // Stores the state and returns its root, which names it. The session is empty afterwards.
    CallResult<Hash> commit();
    [[nodiscard]] const StatePtr& base() const { return base_; }

    // Pages of a contract that have a leaf now, ascending.
    [[nodiscard]] std::vector<std::uint32_t> page_leaves(const ContractId& contract);
    // For observers. Gas that the innermost running call has left; nothing where none runs.
    [[nodiscard]] std::optional<std::uint64_t> gas_left() const;
    // For observers: memory of a contract as it is now, what lies beyond it left out. Unlike an access of the contract
    // it leaves no trace in the state. Nothing: the contract was not run in this session.
    [[nodiscard]] std::optional<Bytes> peek(const ContractId& contract, std::uint64_t offset, std::size_t size) const;

    // Bytes the contract's memory has now. Nothing: no such contract.
    [[nodiscard]] std::optional<std::uint64_t> memory_length(const ContractId& contract);

  private:
    friend class Imports;

    // What one root call needs and leaves.
    struct Finished {
        Bytes data;
        std::uint64_t spent = 0;
        std::vector<CallTreeElement> tree;
    };

    CallResult<CallReceipt> checked_call(const ContractId& contract, std::string_view function, ByteView argument,
                                         std::uint64_t gas_limit);
    CallResult<CallReceipt> receipt_of(CallResult<Finished> finished, std::uint64_t gas_limit);
    CallResult<Finished> root_call(const ContractId& contract, std::string_view function, ByteView argument,
                                   std::uint64_t gas_limit);
    CallResult<Finished> run_root(const ContractId& contract, std::string_view function, ByteView argument,
                                  std::uint64_t gas_limit);
    void tell_call(const ContractId& contract, std::string_view function, ByteView argument, std::uint64_t gas_limit) {
        if (observer_ != nullptr) observer_->on_call(contract, function, argument, gas_limit);
    }
    void tell_return(ByteView result, std::uint64_t spent) {
        if (observer_ != nullptr) observer_->on_return(result, spent);
    }
    void tell_failure(const CallError& error, std::uint64_t spent) {
        if (observer_ != nullptr) observer_->on_failure(error, spent);
    }
    void tell_import(const ContractId& contract, std::string_view import, std::string_view text = {}) {
        if (observer_ != nullptr) observer_->on_import(contract, import, text);
    }
    CallResult<Contract*> add_contract(const ContractId& contract, ByteView bytecode, ByteView owner);

    // The contract as this session has it, loaded from the base state when needed. Null: there is none.
    CallResult<Contract*> find(const ContractId& contract);
    // Makes the running form of a contract.
    CallResult<Contract*> instantiate(const ContractId& contract);
    CallResult<void> create_instance(Contract& contract);
    CallResult<Instance> new_instance(Contract& contract);
    void remove(const ContractId& contract);
    // Begins a call: checks the depth, makes the instance, remembers the memory's length.
    CallResult<Contract*> push_frame(const ContractId& contract, std::uint64_t gas_limit);
    // Puts the argument in place and runs a function of the innermost frame. The error is out_of_gas whenever nothing
    // of its gas is left.
    CallResult<std::int32_t> run_frame(Contract& contract, std::string_view function, ByteView argument,
                                       std::uint64_t gas_limit);
    // Undoes the memories of the innermost call and of all it called.
    void revert_frames();
    void clear_instances();
    // Remembers errors that are the machine's and not the contracts': contracts that were told of one as of any other
    // error ran on with what no other node has.
    void note_loss(CallErrorKind kind);
    [[nodiscard]] bool is_lost() const;
    // Why a call that lost the session failed.
    [[nodiscard]] CallError loss() const;
    [[nodiscard]] std::vector<ContractChange> changes() const;
    CallResult<const PreparedCommit*> prepared();

    std::shared_ptr<const Machine> machine_;
    StatePtr base_;
    BlockBuffers buffers_;
    std::map<ContractId, std::unique_ptr<Contract>> contracts_;
    std::vector<ContractMemory*> memories_;
    std::vector<Contract*> running_;  // contracts that have an instance
    std::vector<Contract*> rested_;   // contracts that have a former one, latest last
    CallTree calls_;
    EventList events_;
    std::map<std::string, Bytes, std::less<>> metadata_;
    CallHook hook_;
    CallObserver* observer_ = nullptr;
    std::optional<ContractId> outer_caller_;
    Feed feed_;
    std::optional<CallError> import_error_;   // why an import stopped the frame that called it
    bool lost_ = false;                       // the system failed a call: what it made of it is no result
    std::optional<PreparedCommit> prepared_;  // of the state as it is now
};

}  // namespace dusk::vm
