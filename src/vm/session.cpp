#include "vm/session.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "vm/execution_stack.hpp"
#include "vm/imports.hpp"
#include "vm/machine.hpp"

namespace dusk::vm {
namespace {

constexpr std::string_view kInit = "init";
constexpr std::size_t kMostRested = 32;  // each some megabytes (Instance::can_renew)

std::unexpected<CallError> error(CallErrorKind kind, std::string text = {}) {
    return fail(CallError{kind, Trap::none, std::move(text)});
}

// Where the pages of a stored contract lie. The record lives as long as the session's base state.
PageLookup page_lookup(const ContractRecord& record) {
    return [&record](std::uint32_t index) -> std::optional<PagePlace> {
        const StoredPage* page = record.page(index);
        if (page == nullptr) return std::nullopt;
        return PagePlace{page->descriptor(), page->offset()};
    };
}

}  // namespace

Session::Session(std::shared_ptr<const Machine> machine, StatePtr base)
    : machine_(std::move(machine)),
      base_(std::move(base)),
      buffers_(machine_->limits().most_session_pages * kPageBlocks) {}

Session::~Session() = default;

CallResult<CallReceipt> Session::call(const ContractId& contract, std::string_view function, ByteView argument,
                                      std::uint64_t gas_limit) {
    return checked_call(contract, function, argument, gas_limit);
}

CallResult<CallReceipt> Session::feeder_call(const ContractId& contract, std::string_view function, ByteView argument,
                                             std::uint64_t gas_limit, Feed feed) {
    feed_ = std::move(feed);
    auto receipt = checked_call(contract, function, argument, gas_limit);
    feed_ = nullptr;
    return receipt;
}

CallResult<CallReceipt> Session::checked_call(const ContractId& contract, std::string_view function, ByteView argument,
                                              std::uint64_t gas_limit) {
    if (function == kInit) return error(CallErrorKind::initialization, "init runs once, at deployment");
    return receipt_of(root_call(contract, function, argument, gas_limit), gas_limit);
}

CallResult<CallReceipt> Session::receipt_of(CallResult<Finished> finished, std::uint64_t gas_limit) {
    if (!finished) return fail(std::move(finished).error());
    return CallReceipt{std::move(finished->data), gas_limit, finished->spent, std::exchange(events_, {}),
                       std::move(finished->tree)};
}

CallResult<Session::Deployed> Session::deploy(std::optional<ContractId> id, ByteView bytecode, ByteView owner,
                                              ByteView init_argument, std::uint64_t gas_limit) {
    const ContractId contract = id ? *id : default_contract_id(bytecode);
    prepared_.reset();
    auto added = add_contract(contract, bytecode, owner);
    if (!added) return fail(std::move(added).error());

    Deployed deployment{contract, {}};
    std::optional<CallError> failure;
    const bool ran = run_on_execution_stack([&] {
        const ServedMemories served(memories_);
        try {
            if (auto instance = instantiate(contract); !instance) failure = std::move(instance).error();
        } catch (const std::bad_alloc&) {
            failure = CallError{CallErrorKind::session_lost, Trap::none, {}};
        }
    });
    if (!ran) failure = CallError{CallErrorKind::session_lost, Trap::none, "no memory for a stack"};
    if (!failure && (*added)->module->exports_function(kInit)) {
        auto receipt = receipt_of(root_call(contract, kInit, init_argument, gas_limit), gas_limit);
        if (receipt) {
            deployment.init = *std::move(receipt);
        } else {
            failure = std::move(receipt).error();
        }
    }
    if (!failure) return deployment;
    remove(contract);
    return fail(*std::move(failure));
}

CallResult<Contract*> Session::add_contract(const ContractId& id, ByteView bytecode, ByteView owner) {
    // The archive of a contract's metadata has to fit a buffer of 64 KiB: the owner and 40 bytes.
    constexpr std::size_t kMostOwnerBytes = 65536 - 40;
    if (has_contract(id)) return error(CallErrorKind::initialization, "there is a contract with this id already");
    auto module = machine_->compile(bytecode);
    if (!module) {
        note_loss(module.error().kind);
        return fail(std::move(module).error());
    }
    if (owner.size() > kMostOwnerBytes) return error(CallErrorKind::too_large, "the owner has more than 65496 bytes");
    if (module->exported_memories() != 1) {
        return error(CallErrorKind::persistence, "a contract exports exactly one memory");
    }
    auto contract = std::make_unique<Contract>();
    contract->session = this;
    contract->id = id;
    contract->bytecode = to_vector(bytecode);
    contract->owner = to_vector(owner);
    contract->is_64 = module->is_64();
    contract->module = *std::move(module);
    return contracts_.emplace(id, std::move(contract)).first->second.get();
}

void Session::remove(const ContractId& id) {
    const auto at = contracts_.find(id);
    if (at == contracts_.end()) return;
    std::erase(memories_, at->second->memory.get());
    std::erase(running_, at->second.get());
    std::erase(rested_, at->second.get());
    contracts_.erase(at);
}

bool Session::has_contract(const ContractId& contract) const {
    return contracts_.contains(contract) || (base_ && base_->find(contract) != nullptr);
}

CallResult<Contract*> Session::find(const ContractId& id) {
    if (const auto at = contracts_.find(id); at != contracts_.end()) return at->second.get();
    const ContractRecord* record = base_ ? base_->find(id) : nullptr;
    if (record == nullptr) return nullptr;
    auto contract = std::make_unique<Contract>();
    contract->session = this;
    contract->id = id;
    contract->record = record;
    contract->owner = record->deployment->owner;
    contract->is_64 = record->is_64;
    return contracts_.emplace(id, std::move(contract)).first->second.get();
}

CallResult<Contract*> Session::instantiate(const ContractId& id) {
    const auto found = find(id);
    if (!found) return found;
    if (*found == nullptr) return error(CallErrorKind::contract_does_not_exist);
    Contract& contract = **found;
    if (!contract.module) {
        auto module = machine_->module_of(*contract.record);
        if (!module) return fail(std::move(module).error());
        contract.module = *std::move(module);
    }
    if (!contract.memory) {
        PageLookup lookup;
        if (contract.record != nullptr) lookup = page_lookup(*contract.record);
        const std::uint64_t length = contract.record != nullptr ? contract.record->memory_length : 0;
        contract.memory = ContractMemory::create(contract.is_64, length, std::move(lookup), buffers_);
        if (!contract.memory) return error(CallErrorKind::session_lost, "no address space for a memory");
        memories_.push_back(contract.memory.get());
    }
    if (auto created = create_instance(contract); !created) return fail(std::move(created).error());
    running_.push_back(&contract);
    return &contract;
}

CallResult<Instance> Session::new_instance(Contract& contract) {
    LinearMemory& memory = contract.memory->linear();
    if (!contract.former) return Instance::create(*contract.module, memory, Imports::table(), &contract);
    std::erase(rested_, &contract);
    Instance instance = *std::exchange(contract.former, std::nullopt);
    if (auto renewed = instance.renew(*contract.module, memory); !renewed) return fail(std::move(renewed).error());
    return instance;
}

CallResult<void> Session::create_instance(Contract& contract) {
    auto instance = new_instance(contract);
    if (!instance) return fail(std::move(instance).error());
    const std::optional<std::uint64_t> buffer = instance->argument_buffer();
    // The sum wraps around as the reference's does.
    if (!buffer || *buffer + kArgumentBufferBytes >= contract.memory->linear().maximum) {
        return error(CallErrorKind::invalid_argument_buffer, "the global A is no address of 64 KiB in the memory");
    }
    contract.memory->linear().needs_data = false;
    contract.argument_buffer = *buffer;
    contract.instance = *std::move(instance);
    return {};
}

void Session::clear_instances() {
    calls_.clear();
    for (Contract* contract : running_) {
        if (contract->instance->can_renew()) {
            contract->former = std::move(contract->instance);
            rested_.push_back(contract);
        }
        contract->instance.reset();
    }
    running_.clear();
    if (rested_.size() <= kMostRested) return;
    const auto kept = rested_.end() - kMostRested;
    for (auto at = rested_.begin(); at != kept; ++at) (*at)->former.reset();
    rested_.erase(rested_.begin(), kept);
}

std::optional<ByteView> Session::metadata(std::string_view name) const {
    const auto at = metadata_.find(name);
    if (at == metadata_.end()) return std::nullopt;
    return ByteView(at->second);
}

std::optional<std::uint64_t> Session::gas_left() const {
    const CallTree::Node* const running = calls_.ancestor(0);
    if (running == nullptr) return {};
    const auto at = contracts_.find(running->element.contract);
    if (at == contracts_.end() || !at->second->instance) return {};
    return at->second->instance->fuel();
}

std::optional<Bytes> Session::peek(const ContractId& contract, std::uint64_t offset, std::size_t size) const {
    const auto at = contracts_.find(contract);
    if (at == contracts_.end() || !at->second->memory) return {};
    const std::uint64_t end = at->second->memory->linear().maximum;
    if (offset >= end) return Bytes{};
    return at->second->memory->peek(offset, std::min<std::uint64_t>(size, end - offset));
}

void Session::note_loss(CallErrorKind kind) {
    using enum CallErrorKind;
    lost_ = lost_ || kind == session_lost || kind == persistence || kind == compile_limit;
}

CallError Session::loss() const {
    if (std::ranges::any_of(memories_, [](const ContractMemory* memory) { return memory->is_unreadable(); })) {
        return {CallErrorKind::persistence, Trap::none, "a stored page cannot be read: the disk may be damaged"};
    }
    return {CallErrorKind::session_lost, Trap::none, "the call needed more memory than there is"};
}

bool Session::is_lost() const {
    return lost_ || std::ranges::any_of(memories_, [](const ContractMemory* memory) { return memory->is_lost(); });
}

}  // namespace dusk::vm
