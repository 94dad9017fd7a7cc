// From a struct with methods to the exported functions of a contract.
//
//     struct Counter {
//         uint64_t value = 0;
//         void init(uint64_t start) { value = start; }   // called once, at deployment
//         void increment() { value += 1; }
//         uint64_t read() const { return value; }
//     };
//     DUSK_CONTRACT(Counter, init, increment, read)      // in the namespace of Counter, once in the program
//
// The one object of the struct is the contract's state. Its default constructor must be constexpr: the state at
// deployment is data of the module. Every function takes the archive of its parameters (several: a tuple) and leaves
// the archive of what it returns; what does not validate ends in a panic before any of the contract's code runs.
#pragma once

#include "dusk/contract/archive_struct.hpp"
#include "dusk/contract/call.hpp"

namespace dusk::contract {

// Never destroyed: linear memory outlives the call.
template <class State>
union Static {
    State value;
    constexpr Static() : value{} {}
    constexpr ~Static() {}
};

template <class Owner, class R, class... P>
struct MethodShape {
    using State = Owner;
    using Answer = R;
    using Arguments = Tuple<Plain<P>...>;
    static constexpr size_t count = sizeof...(P);
};
template <class Pointer>
struct SignatureOf;
template <class C, class R, class... P>
struct SignatureOf<R (C::*)(P...)> : MethodShape<C, R, P...> {};
template <class C, class R, class... P>
struct SignatureOf<R (C::*)(P...) const> : MethodShape<C, R, P...> {};

// The bytes of the argument buffer that the answer takes.
template <class T>
[[nodiscard]] uint32_t answer(const T& value) {
    return write_archive(host::buffer(), argument_buffer_size, value);
}
[[noreturn]] inline __attribute__((noinline)) void bad_argument() {
    panic("the argument is not an archive of the parameters");
}

// Runs a method on the argument in the buffer; the length of its answer there.
template <auto Method, class State>
[[nodiscard]] uint32_t run(State& state, uint32_t length) {
    using Of = SignatureOf<decltype(Method)>;
    return [&]<size_t... I>(Indices<I...>) -> uint32_t {
        typename Of::Arguments arguments{};
        if constexpr (Of::count == 1) {
            if (!read_archive(host::buffer(), length, get<0>(arguments))) bad_argument();
        } else if constexpr (Of::count > 1) {
            if (!read_archive(host::buffer(), length, arguments)) bad_argument();
        }
        using Answer = decltype((state.*Method)(contract::move(get<I>(arguments))...));
        if constexpr (Same<Answer, void>) {
            (state.*Method)(contract::move(get<I>(arguments))...);
            return 0;
        } else {
            return answer<Plain<Answer>>((state.*Method)(contract::move(get<I>(arguments))...));
        }
    }(IndicesUpTo<Of::count>{});
}

// DUSK_EVENT(transfer, Moved): behind the contract; tools show what the events of this topic hold.
#define DUSK_EVENT(topic, ...) DUSK_DECLARE_EVENT(topic, __VA_ARGS__)

#if defined(DUSK_TEST_BUILD)

// The contract's types for tests (vm_testing.hpp); the contract itself is another module.
#define DUSK_CONTRACT(State, ...)
#define DUSK_DECLARE_EVENT(topic, ...)

#elif defined(DUSK_DESCRIBE)

// The macros are in describe.hpp.

#elif defined(__wasm__)

#define DUSK_DECLARE_EVENT(topic, ...)
#define DUSK_CONTRACT(State, ...)                                \
    static constinit ::dusk::contract::Static<State> dusk_state; \
    DUSK_FOR_EACH(DUSK_EXPORT_METHOD, State, __VA_ARGS__)
#define DUSK_EXPORT_METHOD(State, name)                                                             \
    extern "C" __attribute__((export_name(#name))) uint32_t dusk_exported_##name(uint32_t length) { \
        return ::dusk::contract::run<&State::name>(dusk_state.value, length);                       \
    }

#else

#define DUSK_DECLARE_EVENT(topic, ...)

template <class State>
struct NamedMethod {
    StringView name;
    uint32_t (*run)(State&, uint32_t);
};
template <class State>
struct Methods {
    const NamedMethod<State>* first;
    size_t count;
};

#define DUSK_CONTRACT(State, ...)                                           \
    inline ::dusk::contract::Methods<State> dusk_methods(const State*) {    \
        static constexpr ::dusk::contract::NamedMethod<State> methods[] = { \
            DUSK_LIST(DUSK_EXPORT_METHOD, State, __VA_ARGS__)};             \
        return {methods, sizeof(methods) / sizeof(methods[0])};             \
    }
#define DUSK_EXPORT_METHOD(State, name) {#name, &::dusk::contract::run<&State::name, State>}

#endif

}  // namespace dusk::contract
