#include "app/contract_test_chain.hpp"

#include <fmt/format.h>

#include <charconv>
#include <thread>

#include "base/archive.hpp"
#include "base/hex.hpp"
#include "crypto/blake3.hpp"

namespace dusk::app {
namespace {

constexpr std::uint8_t kChainId = 0xfa;  // of local networks
constexpr std::size_t kMostPrinted = 1000;

constexpr vm::ContractId kTransferContract{1};

std::string no_answer(std::string_view why) { return fmt::format("!{}", why); }

std::string failure_text(const vm::CallError& error) {
    switch (error.kind) {
        case vm::CallErrorKind::panic:
            return "p" + error.text;
        case vm::CallErrorKind::out_of_gas:
            return "g";
        case vm::CallErrorKind::contract_does_not_exist:
            return "n";
        default:
            return "u" + describe(error);
    }
}

// The first word; the rest behind it.
std::string_view take_word(std::string_view& text) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

template <class T>
std::optional<T> number(std::string_view text) {
    T value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

}  // namespace

void TestObserver::on_call(const vm::ContractId& contract, std::string_view function, ByteView argument,
                           std::uint64_t gas_limit) {
    trace_.on_call(contract, function, argument, gas_limit);
    const bool is_known =
        std::ranges::any_of(legend_.names.contracts, [&](const auto& known) { return known.first == contract; });
    running_.push_back(is_known ? &gas_[{legend_.names.contract(contract), std::string(function)}] : nullptr);
}
void TestObserver::on_return(ByteView result, std::uint64_t spent) {
    trace_.on_return(result, spent);
    if (running_.back() != nullptr) running_.back()->spent.push_back(spent);
    running_.pop_back();
}
void TestObserver::on_failure(const vm::CallError& error, std::uint64_t spent) {
    trace_.on_failure(error, spent);
    if (running_.back() != nullptr) ++running_.back()->failed;
    running_.pop_back();
}

const vm::ContractId& TestChain::runner_id() {
    static const vm::ContractId id = [] {
        vm::ContractId made{};
        std::ranges::copy(as_bytes("dusk contract test"), made.begin());
        return made;
    }();
    return id;
}

TestChain::TestChain(std::shared_ptr<vm::Machine> machine, const TestModules& modules, GasReport& gas)
    : machine_(std::move(machine)),
      modules_(modules),
      observer_(trace_, legend_, gas),
      head_(machine_->store().genesis()),
      session_(std::make_unique<vm::Session>(machine_, head_)) {
    setting_.sender = archive_of_sender({});
    legend_.names.contracts.emplace_back(kTransferContract, "transfer");
}

std::string TestChain::run_command(std::string_view words, ByteView argument) {
    std::string out;
    std::thread([&] { out = command(words, argument); }).join();
    return out;
}

std::string TestChain::command(std::string_view words, ByteView argument) {
    answer_.clear();
    const std::string_view word = take_word(words);
    if (word == "call") return call(words, argument);
    if (word == "query") return query(words, argument);
    if (word == "deploy") return deploy(words, argument);
    if (word == "key") return key(words);
    if (word == "spent") return answered(archive_write(spent_));
    if (word == "events") return answered(archive_write(static_cast<std::uint32_t>(events_.size())));
    if (word == "source" || word == "topic" || word == "data") return event_part(word, words);
    if (word == "print") {
        if (printed_.size() < kMostPrinted) printed_.emplace_back(words);
        return "+";
    }
    return set(word, words, argument);
}

std::string TestChain::answered(ByteView bytes) {
    answer_ = to_vector(bytes);
    return "+";
}

std::string TestChain::set(std::string_view word, std::string_view rest, ByteView argument) {
    if (word == "sender") {
        constexpr std::size_t kTagSize = 8;
        setting_.sender = archive_of_sender({});
        if (argument.empty()) return "+";
        if (argument.size() != setting_.sender.size() - kTagSize) return no_answer("a sender is the archive of a key");
        setting_.sender[0] = 1;
        std::ranges::copy(argument, setting_.sender.begin() + kTagSize);
        return "+";
    }
    if (word == "caller") {
        setting_.caller = parse_contract_id(rest);
        return setting_.caller || rest.empty() ? "+" : no_answer("a caller is 64 hexadecimal digits");
    }
    if (word == "owner") {
        const auto owner = from_hex(rest);
        if (!owner) return no_answer("an owner is hexadecimal");
        setting_.owner = *owner;
        return "+";
    }
    const auto value = number<std::uint64_t>(rest);
    if (!value || (word != "height" && word != "gas")) return no_answer(fmt::format("no command: {} {}", word, rest));
    (word == "height" ? setting_.height : setting_.gas) = *value;
    return "+";
}

void TestChain::prepare(vm::Session& session, bool is_transaction) {
    session.set_metadata("chain_id", archive_write(kChainId));
    session.set_metadata("block_height", archive_write(setting_.height));
    session.set_metadata("public_sender", setting_.sender);
    std::optional<vm::ContractId> caller = setting_.caller;
    if (!caller && is_transaction) caller = kTransferContract;
    session.set_outer_caller(caller);
    session.set_observer(&observer_);
}

std::string TestChain::finished(const vm::CallResult<vm::CallReceipt>& receipt) {
    events_.clear();
    spent_ = 0;
    if (!receipt) return failure_text(receipt.error());
    spent_ = receipt->gas_spent;
    total_spent_ += spent_;
    for (const vm::EventView& event : receipt->events) {
        if (!event.reverted) events_.emplace_back(event);
    }
    return answered(receipt->data);
}

std::string TestChain::deploy(std::string_view name, ByteView argument) {
    const auto module = modules_.find(name);
    if (module == modules_.end()) return no_answer(fmt::format("there is no module \"{}\" in tests/modules", name));
    // The same ids whatever the contracts are compiled to.
    const std::string label = name.empty() ? "contract" : std::string(name);
    const vm::ContractId id = crypto::blake3(as_bytes(fmt::format("dusk contract test {} {}", deployed_, label)));
    const auto count = std::ranges::count_if(legend_.names.contracts, [&](const auto& known) {
        return known.second == label || known.second.starts_with(label + "#");
    });
    legend_.names.contracts.emplace_back(id, count == 0 ? label : fmt::format("{}#{}", label, count + 1));
    if (auto contract = interface_of_module(module->second))
        legend_.interfaces.insert_or_assign(id, *std::move(contract));
    prepare(*session_, true);
    auto deployed = session_->deploy(id, module->second, setting_.owner, argument, setting_.gas);
    ++deployed_;
    if (!deployed) return finished(fail(deployed.error()));
    if (deployed->init) {
        (void)finished(*std::move(deployed->init));
    } else {
        (void)finished(vm::CallReceipt{});
    }
    return answered(archive_write(id));
}

std::string TestChain::call(std::string_view words, ByteView argument) {
    const auto id = parse_contract_id(take_word(words));
    if (!id) return no_answer("the id of a contract is 64 hexadecimal digits");
    prepare(*session_, true);
    return finished(session_->call(*id, words, argument, setting_.gas));
}

bool TestChain::keep_changes() {
    const auto root = session_->commit();
    if (!root) return false;
    auto state = machine_->store().state(*root);
    if (state) head_ = *std::move(state);
    session_ = std::make_unique<vm::Session>(machine_, head_);
    return state.has_value();
}

std::string TestChain::query(std::string_view words, ByteView argument) {
    const auto id = parse_contract_id(take_word(words));
    if (!id) return no_answer("the id of a contract is 64 hexadecimal digits");
    if (!keep_changes()) return "uthe session is lost";
    vm::Session session(machine_, head_);
    prepare(session, false);
    // Nothing of it is kept: the events stay those of the last transaction.
    const std::uint64_t total = total_spent_;
    std::vector<vm::Event> events = std::move(events_);
    std::string out = finished(session.call(*id, words, argument, setting_.gas));
    events_ = std::move(events);
    total_spent_ = total;
    return out;
}

std::string TestChain::event_part(std::string_view word, std::string_view rest) {
    const auto index = number<std::size_t>(rest);
    if (!index || *index >= events_.size()) return no_answer("there is no such event");
    const vm::Event& event = events_[*index];
    if (word == "source") return answered(event.source);
    return answered(word == "topic" ? as_bytes(event.topic) : ByteView(event.data));
}

std::string TestChain::key(std::string_view name) {
    if (!is_test_key(name)) return no_answer("the name of a test key is letters, digits, - and _, 32 at most");
    const auto key = parse_public_key(name);
    if (!key) return no_answer(key.error());
    const auto archive = key->to_archive();
    const bool is_known =
        std::ranges::any_of(legend_.names.keys, [&](const auto& known) { return known.second == name; });
    if (!is_known) legend_.names.keys.emplace_back(to_vector(archive), name);
    return answered(archive);
}

}  // namespace dusk::app
