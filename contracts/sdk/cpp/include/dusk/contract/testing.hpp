// A harness for unit tests of contracts, compiled natively: a mock of the host in this process. Calls go through the
// same archives, validation and entry functions as in the VM; a failed call undoes the states of all contracts.
//
// What it is not: there is no gas (limit and spent are what the test sets), no linear memory, and the queries answer
// only what the test says. `dusk contract test` runs the compiled module in the VM.
//
//     mock::Chain chain;
//     const ContractId id = chain.deploy<Counter>({}, uint64_t{7});
//     chain.set_sender(key);
//     EXPECT_EQ(*chain.call<uint64_t>(id, "read"), 7u);
#pragma once

#ifdef __wasm__
#error "testing.hpp is for native tests; it is no part of a contract"
#endif

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dusk/contract.hpp"

namespace dusk::contract::mock {

struct Event {
    ContractId source;
    std::string topic;
    std::vector<uint8_t> data;

    // The data as a value; panics (in the test: throws) when they are no such archive.
    template <class T>
    [[nodiscard]] T as() const {
        alignas(16) uint8_t aligned[argument_buffer_size];
        std::copy(data.begin(), data.end(), aligned);
        T value{};
        if (!read_archive(aligned, static_cast<uint32_t>(data.size()), value)) throw std::string("another event");
        return value;
    }
};

// How a call ends early.
struct Stopped {
    ContractError::Kind kind;
    std::string text;
};

// One deployed contract.
class Instance {
  public:
    explicit Instance(std::vector<uint8_t> owner) : owner_(std::move(owner)) {}
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;
    virtual ~Instance() = default;
    // The length of the answer; nothing when there is no such function.
    virtual std::optional<uint32_t> run(StringView function, uint32_t length) = 0;
    // A function that puts the state back to what it is now.
    virtual std::function<void()> save() = 0;
    [[nodiscard]] uint8_t* buffer() { return buffer_; }
    [[nodiscard]] const std::vector<uint8_t>& owner() const { return owner_; }

  private:
    alignas(16) uint8_t buffer_[argument_buffer_size]{};
    std::vector<uint8_t> owner_;
};

template <class State>
class InstanceOf final : public Instance {
  public:
    using Instance::Instance;
    std::optional<uint32_t> run(StringView function, uint32_t length) override {
        const Methods<State> methods = dusk_methods(static_cast<const State*>(nullptr));
        for (size_t i = 0; i < methods.count; ++i) {
            if (methods.first[i].name == function) return methods.first[i].run(state_, length);
        }
        return {};
    }
    std::function<void()> save() override {
        return [this, kept = state_] { state_ = kept; };
    }
    [[nodiscard]] State& state() { return state_; }

  private:
    State state_{};
};

class Chain final : public Host {
  public:
    static constexpr size_t deepest = 48;

    Chain() : previous_(std::exchange(host::current, this)) {
        set_metadata("chain_id", uint8_t{0});
        set_height(1);
    }
    ~Chain() override { host::current = previous_; }

    // Deploys a contract and calls `init` where it has one. Throws Stopped when that fails.
    template <class State, class... Arguments>
    ContractId deploy(std::vector<uint8_t> owner, const Arguments&... arguments) {
        ContractId id;
        id.bytes[0] = 0xc0;
        for (size_t i = 0; i < 4; ++i) id.bytes[28 + i] = static_cast<uint8_t>(contracts_.size() >> (8 * i));
        contracts_[id] = std::make_unique<InstanceOf<State>>(std::move(owner));
        const uint32_t size = put_arguments(arguments...);
        try {
            run(id, "init", size, buffer());
        } catch (const Stopped&) {
            contracts_.erase(id);
            throw;
        }
        return id;
    }

    // A call by a transaction: the contract sees the transfer contract as its caller and `set_sender` as the sender.
    template <class T, class... Arguments>
    CallResult<T> call(const ContractId& id, StringView function, const Arguments&... arguments) {
        frames_.push_back({transfer_contract, nullptr});
        return from_outside<T>(id, function, put_arguments(arguments...));
    }
    // A call from outside the chain: nobody is the caller, and whatever changes is put back.
    template <class T, class... Arguments>
    CallResult<T> query(const ContractId& id, StringView function, const Arguments&... arguments) {
        const auto restore = save();
        auto result = from_outside<T>(id, function, put_arguments(arguments...));
        restore();
        return result;
    }
    // The answer to any bytes.
    CallResult<Vector<uint8_t>> call_bytes(const ContractId& id, StringView function,
                                           const std::vector<uint8_t>& bytes) {
        frames_.push_back({transfer_contract, nullptr});
        std::copy(bytes.begin(), bytes.end(), buffer());
        const int32_t length = start(id, function, static_cast<uint32_t>(bytes.size()));
        frames_.pop_back();
        if (length < 0) return failure(call_error(length));
        return Vector<uint8_t>(buffer(), static_cast<size_t>(length));
    }

    void set_sender(std::optional<PublicKey> key) {
        set_metadata("public_sender", key ? Optional<PublicKey>(*key) : Optional<PublicKey>());
    }
    void set_height(uint64_t height) { set_metadata("block_height", height); }
    template <class T>
    void set_metadata(const std::string& name, const T& value) {
        alignas(16) uint8_t bytes[argument_buffer_size];
        const uint32_t size = write_archive(bytes, argument_buffer_size, value);
        metadata_[name].assign(bytes, bytes + size);
    }
    // What a query answers: from the bytes of its argument to a value.
    template <class T>
    void set_query(const std::string& name, std::function<T(const std::vector<uint8_t>&)> answer) {
        queries_[name] = [this, answer = std::move(answer)](const std::vector<uint8_t>& argument) {
            return write_archive(buffer(), argument_buffer_size, answer(argument));
        };
    }
    void set_gas(uint64_t limit, uint64_t spent) {
        limit_ = limit;
        spent_ = spent;
    }

    // Events of calls that succeeded, in order.
    [[nodiscard]] const std::vector<Event>& events() const { return events_; }
    [[nodiscard]] const std::vector<std::vector<uint8_t>>& fed() const { return fed_; }
    template <class State>
    [[nodiscard]] State& state(const ContractId& id) {
        return dynamic_cast<InstanceOf<State>&>(*contracts_.at(id)).state();
    }

    uint8_t* buffer() override {
        return frames_.empty() || frames_.back().instance == nullptr ? buffer_ : frames_.back().instance->buffer();
    }
    int32_t caller() override {
        if (frames_.size() < 2) return 0;
        put_id(0, frames_[frames_.size() - 2].id);
        return 1;
    }
    int32_t callstack() override {
        const size_t count = frames_.size() - 1;
        for (size_t i = 0; i < count; ++i) put_id(i, frames_[count - 1 - i].id);
        return static_cast<int32_t>(count);
    }
    int32_t call(const uint8_t* id, const char* name, uint32_t name_size, uint32_t size, uint64_t /*gas*/) override {
        ContractId callee;
        std::copy_n(id, ContractId::length, callee.bytes);
        const StringView function(name, name_size);
        return function == "init" ? unknown : start(callee, function, size);
    }
    uint32_t query(const char* name, uint32_t name_size, uint32_t size) override {
        const auto found = queries_.find(std::string(name, name_size));
        if (found == queries_.end()) throw Stopped{ContractError::Kind::unknown, "no such query: set_query"};
        return found->second(std::vector<uint8_t>(buffer(), buffer() + size));
    }
    uint32_t metadata(const char* name, uint32_t size) override {
        const auto found = metadata_.find(std::string(name, size));
        if (found == metadata_.end()) return 0;
        std::copy(found->second.begin(), found->second.end(), buffer());
        return static_cast<uint32_t>(found->second.size());
    }
    void emit(const char* topic, uint32_t topic_size, uint32_t size) override {
        events_.push_back(
            {frames_.back().id, std::string(topic, topic_size), std::vector<uint8_t>(buffer(), buffer() + size)});
    }
    void feed(uint32_t size) override { fed_.emplace_back(buffer(), buffer() + size); }
    uint64_t limit() override { return limit_; }
    uint64_t spent() override { return spent_; }
    [[noreturn]] void panic(uint32_t size) override {
        throw Stopped{ContractError::Kind::panicked, std::string(buffer(), buffer() + size)};
    }
    int32_t owner(const uint8_t* id) override {
        ContractId of = frames_.back().id;
        if (id != nullptr) std::copy_n(id, ContractId::length, of.bytes);
        const auto found = contracts_.find(of);
        if (found == contracts_.end()) return 0;
        const auto& bytes = found->second->owner();
        std::copy(bytes.begin(), bytes.end(), buffer());
        return static_cast<int32_t>(bytes.size());
    }
    void self_id() override { put_id(0, frames_.back().id); }

  private:
    static constexpr int32_t unknown = INT32_MIN;
    struct Frame {
        ContractId id;
        Instance* instance;
    };

    void put_id(size_t index, const ContractId& id) {
        std::copy_n(id.bytes, ContractId::length, buffer() + index * ContractId::length);
    }
    std::function<void()> save() {
        std::vector<std::function<void()>> restore;
        restore.reserve(contracts_.size());
        for (const auto& [id, instance] : contracts_) restore.push_back(instance->save());
        return [this, restore = std::move(restore), events = events_.size(), fed = fed_.size()] {
            for (const auto& one : restore) one();
            events_.resize(events);
            fed_.resize(fed);
        };
    }
    // Runs a function in a frame of its own; its answer goes to `from`, where the argument stands as well.
    std::optional<uint32_t> run(const ContractId& id, StringView function, uint32_t size, uint8_t* from) {
        Instance& instance = *contracts_.at(id);
        std::copy_n(from, size, instance.buffer());
        frames_.push_back({id, &instance});
        struct Leave {
            std::vector<Frame>& frames;
            ~Leave() { frames.pop_back(); }
        } const leave{frames_};
        const auto length = instance.run(function, size);
        if (length && from != instance.buffer()) std::copy_n(instance.buffer(), *length, from);
        return length;
    }
    int32_t start(const ContractId& id, StringView function, uint32_t size) {
        if (frames_.size() >= deepest) return unknown;
        if (!contracts_.contains(id)) return call_does_not_exist;
        const auto restore = save();
        uint8_t* const from = buffer();
        try {
            const auto length = run(id, function, size, from);
            return length ? static_cast<int32_t>(*length) : unknown;
        } catch (const Stopped& stopped) {
            restore();
            if (stopped.kind != ContractError::Kind::panicked) return unknown;
            const auto text_size = static_cast<uint32_t>(stopped.text.size());
            __builtin_memcpy(from, &text_size, sizeof(text_size));
            std::copy(stopped.text.begin(), stopped.text.end(), from + 4);
            return call_panicked;
        }
    }
    template <class T>
    CallResult<T> from_outside(const ContractId& id, StringView function, uint32_t size) {
        auto result = call_prepared<T>(0, id, function, size);
        frames_.clear();
        return result;
    }

    Host* previous_;
    alignas(16) uint8_t buffer_[argument_buffer_size]{};
    std::map<ContractId, std::unique_ptr<Instance>> contracts_;
    std::vector<Frame> frames_;
    std::map<std::string, std::vector<uint8_t>> metadata_;
    std::map<std::string, std::function<uint32_t(const std::vector<uint8_t>&)>> queries_;
    std::vector<Event> events_;
    std::vector<std::vector<uint8_t>> fed_;
    uint64_t limit_ = UINT64_MAX;
    uint64_t spent_ = 0;
};

}  // namespace dusk::contract::mock
