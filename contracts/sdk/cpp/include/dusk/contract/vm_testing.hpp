// Unit tests of contracts in the real VM: `dusk contract test` compiles each tests/*_test.cpp to a module of its own
// and runs its tests one by one, each on a chain without contracts. A test stands outside of the chain: it sends
// transactions, and sees results, events and gas as anybody would.
//
//     #include "../src/contract.cpp"
//     #include <dusk/contract/vm_testing.hpp>
//     using namespace dusk::contract::test;
//
//     DUSK_TEST(the_owner_sets_the_value) {
//         Chain chain;
//         const ContractId id = chain.deploy(Account(key("alice")));
//         chain.set_sender(key("alice"));
//         expect(chain.call<void>(id, "set", uint64_t{5}));
//         DUSK_CHECK_EQUAL(expect(chain.query<uint64_t>(id, "read")), 5U);
//     }
//
// A test passes when it comes to its end; `panic`, `require` and the checks end it.
#pragma once

#ifndef DUSK_TEST_BUILD
#error "vm_testing.hpp is for the tests that `dusk contract test` compiles"
#endif

#include "dusk/contract.hpp"

#define DUSK_TEST(name)                                                                                       \
    static void dusk_test_##name();                                                                           \
    extern "C" __attribute__((export_name("test_" #name))) uint32_t dusk_run_test_##name(uint32_t /*size*/) { \
        dusk_test_##name();                                                                                   \
        return 0;                                                                                             \
    }                                                                                                         \
    static void dusk_test_##name()

// Ends the test unless the expression holds; the message has it and its place.
#define DUSK_CHECK(...) \
    ::dusk::contract::test::check(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__, {__FILE__, __LINE__})
// The same, and what the two are where that can be shown: integers and text.
#define DUSK_CHECK_EQUAL(actual, expected) \
    ::dusk::contract::test::check_equal(actual, expected, #actual, {__FILE__, __LINE__})

namespace dusk::contract::test {

struct Place {
    const char* file;
    uint32_t line;
};

[[noreturn]] inline __attribute__((noinline)) void fail_at(const Place& place, StringView what, StringView more = {}) {
    size_t length = 0;  // no library has it here
    while (place.file[length] != '\0') ++length;
    panic(StringView(place.file, length), ":", uint64_t{place.line}, ": ", what, more);
}

inline void check(bool holds, StringView expression, const Place& place) {
    if (!holds) fail_at(place, "this does not hold: ", expression);
}

// What a message shows of a value.
template <class T>
[[nodiscard]] String shown(const T& value) {
    if constexpr (Same<T, bool>) {
        return value ? String("true") : String("false");
    } else if constexpr (Integer<T>) {
        if (static_cast<T>(-1) < T{} && value < T{}) return String("-").append(-static_cast<uint64_t>(value));
        return String().append(static_cast<uint64_t>(value));
    } else if constexpr (Same<T, String> || Same<T, StringView>) {
        return String("\"").append(value).append("\"");
    } else {
        return {};
    }
}
template <class A, class B>
void check_equal(const A& actual, const B& expected, StringView expression, const Place& place) {
    if (actual == expected) return;
    const String is = shown(actual);
    const String should = shown(expected);
    String text(expression);
    if (is.empty() || should.empty()) {
        text.append(" is another value than expected");
    } else {
        text.append(" is ").append(is).append(", not ").append(should);
    }
    fail_at(place, text);
}

[[nodiscard]] inline String described(const ContractError& error) {
    switch (error.kind) {
        case ContractError::Kind::panicked:
            return String("it panicked: ").append(error.text);
        case ContractError::Kind::out_of_gas:
            return "out of gas";
        case ContractError::Kind::does_not_exist:
            return "there is no such contract";
        default:
            return error.text.empty() ? String("it failed") : error.text;
    }
}

// The value of a call that must succeed.
template <class T>
T expect(Result<T, ContractError> result, const char* file = __builtin_FILE(), uint32_t line = __builtin_LINE()) {
    if (!result) fail_at({file, line}, "the call failed: ", described(result.error()));
    return contract::move(*result);
}

[[nodiscard]] inline bool contains(StringView text, StringView part) {
    for (size_t at = 0; at + part.size() <= text.size(); ++at) {
        if (StringView(text.data() + at, part.size()) == part) return true;
    }
    return false;
}
// A call that must panic with a text that contains `part`.
template <class T>
void expect_panic(const Result<T, ContractError>& result, StringView part, const char* file = __builtin_FILE(),
                  uint32_t line = __builtin_LINE()) {
    if (result) fail_at({file, line}, "the call succeeded; expected a panic: ", part);
    const ContractError& error = result.error();
    if (error.kind != ContractError::Kind::panicked) {
        fail_at({file, line}, "expected a panic; ", described(error));
    }
    if (!contains(error.text, part))
        fail_at({file, line}, String("expected a panic \"").append(part).append("\"; "), described(error));
}

// What runs the test (docs/contracts/testing.md). A command is the text of a call's function, its argument stands in
// the argument buffer; the answer comes as a panic's text, and what is longer as metadata.
namespace runner {

inline constexpr ContractId id = [] {
    ContractId runner;
    constexpr char name[] = "dusk contract test";
    for (size_t i = 0; i + 1 < sizeof(name); ++i) runner.bytes[i] = static_cast<uint8_t>(name[i]);
    return runner;
}();

// The bytes of the answer, which stand in the argument buffer.
[[nodiscard]] inline __attribute__((noinline)) Result<uint32_t, ContractError> command(StringView words,
                                                                                       uint32_t size = 0) {
    using Kind = ContractError::Kind;
    const int32_t code = host::call(id.bytes, words.data(), static_cast<uint32_t>(words.size()), size, 0);
    if (code != call_panicked) panic("this module is run by `dusk contract test` only");
    const ContractError answer = call_error(code);
    const StringView text = answer.text;
    const StringView rest = text.empty() ? text : StringView(text.data() + 1, text.size() - 1);
    switch (text.empty() ? '?' : *text.data()) {
        case '+': {
            constexpr StringView name = "dusk_test_answer";
            return host::metadata(name.data(), static_cast<uint32_t>(name.size()));
        }
        case 'p':
            return failure(ContractError{Kind::panicked, rest});
        case 'g':
            return failure(ContractError{Kind::out_of_gas, {}});
        case 'n':
            return failure(ContractError{Kind::does_not_exist, {}});
        case 'u':
            return failure(ContractError{Kind::unknown, rest});
        default:
            panic("the test asked what cannot be: ", rest);
    }
}
inline void set(StringView words, uint32_t size = 0) { static_cast<void>(command(words, size)); }

template <class T>
[[nodiscard]] CallResult<T> answer(const Result<uint32_t, ContractError>& length) {
    if (!length) return failure(length.error());
    if constexpr (Same<T, void>) {
        return Unit{};
    } else {
        T value{};
        if (!read_archive(host::buffer(), *length, value)) {
            return failure(ContractError{ContractError::Kind::unknown, "the answer is of another type"});
        }
        return value;
    }
}

inline String& append_hex(String& to, const uint8_t* bytes, size_t size) {
    constexpr char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size; ++i) {
        const char pair[] = {digits[bytes[i] >> 4], digits[bytes[i] & 15]};
        to.append(StringView(pair, sizeof(pair)));
    }
    return to;
}

}  // namespace runner

// A test key, the same for a name everywhere; a real one, whose secret is no secret. Letters, digits, - and _.
[[nodiscard]] inline PublicKey key(StringView name) {
    return expect(runner::answer<PublicKey>(runner::command(String("key ").append(name))));
}
// A line that is shown with the test.
inline void print(StringView text) { runner::set(String("print ").append(text)); }

struct Event {
    ContractId source;
    String topic;
    Vector<uint8_t> data;

    // The data as a value; ends the test when they are none of this type.
    template <class T>
    [[nodiscard]] T as() const {
        __builtin_memcpy(host::buffer(), data.data(), data.size());
        T value{};
        require(read_archive(host::buffer(), static_cast<uint32_t>(data.size()), value),
                "the event is of another type");
        return value;
    }
};

// The chain of this test.
class Chain {
  public:
    // Deploys the project's contract with the arguments of `init`; the test ends when that fails.
    template <class... Arguments>
    ContractId deploy(const Arguments&... arguments) {
        return expect(try_deploy("", arguments...));
    }
    // Another contract of tests/modules.
    template <class... Arguments>
    ContractId deploy_module(StringView module, const Arguments&... arguments) {
        return expect(try_deploy(module, arguments...));
    }
    template <class... Arguments>
    [[nodiscard]] CallResult<ContractId> try_deploy(StringView module, const Arguments&... arguments) {
        const uint32_t size = put_arguments(arguments...);
        return runner::answer<ContractId>(runner::command(String("deploy ").append(module), size));
    }

    // A transaction: the transfer contract calls, for the sender. What it does is kept when it succeeds.
    template <class T, class... Arguments>
    CallResult<T> call(const ContractId& id, StringView function, const Arguments&... arguments) {
        return run<T>("call ", id, function, put_arguments(arguments...));
    }
    // From outside the chain: nobody is the caller, and nothing is kept.
    template <class T, class... Arguments>
    CallResult<T> query(const ContractId& id, StringView function, const Arguments&... arguments) {
        return run<T>("query ", id, function, put_arguments(arguments...));
    }
    // Any bytes as the argument.
    template <class T>
    CallResult<T> call_bytes(const ContractId& id, StringView function, const Vector<uint8_t>& bytes) {
        require(bytes.size() <= argument_buffer_size, "an argument has 64 KiB at most");
        if (!bytes.empty()) __builtin_memcpy(host::buffer(), bytes.data(), bytes.size());
        return run<T>("call ", id, function, static_cast<uint32_t>(bytes.size()));
    }

    // For the calls from here on. A chain begins at height 1, with nobody as the sender.
    void set_sender(const PublicKey& sender) { runner::set("sender", put_arguments(sender)); }
    void set_shielded() { runner::set("sender"); }
    void set_height(uint64_t height) { runner::set(String("height ").append(height)); }
    void set_gas(uint64_t limit) { runner::set(String("gas ").append(limit)); }
    // A contract that calls instead of the transfer contract, and the transfer contract again.
    void set_caller(const ContractId& id) {
        String words("caller ");
        runner::set(runner::append_hex(words, id.bytes, ContractId::length));
    }
    void set_transactions() { runner::set("caller"); }
    // The owner of contracts that are deployed from here on.
    void set_owner(const Vector<uint8_t>& owner) {
        String words("owner ");
        runner::set(runner::append_hex(words, owner.data(), owner.size()));
    }

    // Gas of the last call, query or deployment, and the events of the last transaction: none when it failed.
    [[nodiscard]] uint64_t gas_spent() { return expect(runner::answer<uint64_t>(runner::command("spent"))); }
    [[nodiscard]] Vector<Event> events() {
        const auto count = expect(runner::answer<uint32_t>(runner::command("events")));
        Vector<Event> out;
        for (uint32_t i = 0; i < count; ++i) {
            Event event;
            event.source = expect(runner::answer<ContractId>(part("source ", i)));
            const uint32_t topic = expect(part("topic ", i));
            event.topic = StringView(reinterpret_cast<const char*>(host::buffer()), topic);
            const uint32_t data = expect(part("data ", i));
            event.data = Vector<uint8_t>(host::buffer(), data);
            out.push_back(contract::move(event));
        }
        return out;
    }

  private:
    static Result<uint32_t, ContractError> part(StringView what, uint32_t index) {
        return runner::command(String(what).append(uint64_t{index}));
    }
    template <class T>
    static CallResult<T> run(StringView how, const ContractId& id, StringView function, uint32_t size) {
        String words(how);
        runner::append_hex(words, id.bytes, ContractId::length).append(" ").append(function);
        return runner::answer<T>(runner::command(words, size));
    }
};

}  // namespace dusk::contract::test
