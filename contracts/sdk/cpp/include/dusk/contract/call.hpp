// Calls of other contracts, and what the host tells a contract about its call.
#pragma once

#include "dusk/contract/account.hpp"
#include "dusk/contract/archive_struct.hpp"

namespace dusk::contract {

// Why a call failed. What the callee did is undone and all gas it was given is lost (spec/vm.md §6.3).
// enum ContractError { Panic(String), OutOfGas, DoesNotExist, Unknown } in archives.
struct ContractError {
    enum class Kind : uint8_t {
        panicked,
        out_of_gas,
        does_not_exist,
        unknown,  // a trap, no such function, too deep, `init`, or a callee that answers what is no length
    };
    Kind kind = Kind::unknown;
    String text{};  // of a panic

    bool operator==(const ContractError&) const = default;
};

template <>
struct Archive<ContractError> {
    static constexpr uint32_t size = 12;
    static constexpr uint32_t alignment = 4;
    static constexpr Niche niche{0, 252};
    using Parts = uint32_t;
    static Parts write_parts(Sink& sink, const ContractError& error) {
        return error.kind == ContractError::Kind::panicked ? Archive<String>::write_parts(sink, error.text) : 0;
    }
    static void write_self(Sink& sink, uint32_t at, const ContractError& error, Parts start) {
        sink.store(at, static_cast<uint8_t>(error.kind));
        if (error.kind == ContractError::Kind::panicked) {
            Archive<String>::write_self(sink, at + 4, error.text, start);
        }
    }
    static bool read(Source& source, uint32_t at, ContractError& error) {
        const auto tag = source.load<uint8_t>(at);
        if (tag > 3) return false;
        error.kind = static_cast<ContractError::Kind>(tag);
        return tag != 0 || Archive<String>::read(source, at + 4, error.text);
    }
};

template <class T>
using CallResult = Result<Choose<Same<T, void>, Unit, T>, ContractError>;

// The archive of the arguments of a function stands in the argument buffer: how many bytes. Several arguments are a
// tuple, none is nothing.
template <class... Arguments>
[[nodiscard]] uint32_t put_arguments(const Arguments&... arguments) {
    uint8_t* const to = host::buffer();
    if constexpr (sizeof...(Arguments) == 0) {
        return 0;
    } else if constexpr (sizeof...(Arguments) == 1) {
        return write_archive(to, argument_buffer_size, arguments...);
    } else {
        return write_archive(to, argument_buffer_size, Tuple<Arguments...>(arguments...));
    }
}

[[nodiscard]] inline __attribute__((noinline)) ContractError call_error(int32_t code) {
    using Kind = ContractError::Kind;
    switch (code) {
        case call_panicked: {
            uint32_t length = 0;
            const uint8_t* const buffer = host::buffer();
            __builtin_memcpy(&length, buffer, sizeof(length));
            if (length > argument_buffer_size - 4 || !is_utf8(buffer + 4, length)) return {};
            return {Kind::panicked, String(StringView(reinterpret_cast<const char*>(buffer + 4), length))};
        }
        case call_out_of_gas:
            return {Kind::out_of_gas, {}};
        case call_does_not_exist:
            return {Kind::does_not_exist, {}};
        default:
            return {};
    }
}

// Calls `function` of the contract `id` with the bytes that stand in the argument buffer.
template <class T>
[[nodiscard]] CallResult<T> call_prepared(uint64_t gas, const ContractId& id, StringView function, uint32_t size) {
    const int32_t length = host::call(id.bytes, function.data(), static_cast<uint32_t>(function.size()), size, gas);
    if (length < 0) return failure(call_error(length));
    if constexpr (Same<T, void>) {
        return Unit{};
    } else {
        T result{};
        if (!read_archive(host::buffer(), static_cast<uint32_t>(length), result)) {
            return failure(ContractError{ContractError::Kind::panicked, "the callee's answer is of another type"});
        }
        return result;
    }
}

// call<uint64_t>(token, "balance_of", account). With a limit: the callee may spend `gas`; with 0, or more than is left,
// it gets 93 % of what is left.
template <class T, class... Arguments>
[[nodiscard]] CallResult<T> call_with_limit(uint64_t gas, const ContractId& id, StringView function,
                                            const Arguments&... arguments) {
    return call_prepared<T>(gas, id, function, put_arguments(arguments...));
}
template <class T, class... Arguments>
[[nodiscard]] CallResult<T> call(const ContractId& id, StringView function, const Arguments&... arguments) {
    return call_with_limit<T>(0, id, function, arguments...);
}
// Archives in and out, for contracts whose types are not known here.
[[nodiscard]] inline Result<Vector<uint8_t>, ContractError> call_raw(const ContractId& id, StringView function,
                                                                     const Vector<uint8_t>& argument,
                                                                     uint64_t gas = 0) {
    if (argument.size() > argument_buffer_size) out_of_range();
    if (!argument.empty()) __builtin_memcpy(host::buffer(), argument.data(), argument.size());
    const int32_t length = host::call(id.bytes, function.data(), static_cast<uint32_t>(function.size()),
                                      static_cast<uint32_t>(argument.size()), gas);
    if (length < 0) return failure(call_error(length));
    return Vector<uint8_t>(host::buffer(), static_cast<size_t>(length));
}

[[nodiscard]] inline ContractId id_in_buffer(uint32_t index) {
    ContractId id;
    __builtin_memcpy(id.bytes, host::buffer() + index * ContractId::length, ContractId::length);
    return id;
}

[[nodiscard]] inline ContractId self_id() {
    host::self_id();
    return id_in_buffer(0);
}
// The contract that called this one; nothing when the call came from outside. A transaction of a user comes through
// the transfer contract: `sender` looks behind it.
[[nodiscard]] inline Optional<ContractId> caller() {
    if (host::caller() == 0) return {};
    return id_in_buffer(0);
}
// All callers, the nearest first.
[[nodiscard]] inline Vector<ContractId> callstack() {
    const auto count = static_cast<uint32_t>(host::callstack());
    Vector<ContractId> ids;
    ids.reserve(count);
    for (uint32_t i = 0; i < count; ++i) ids.push_back(id_in_buffer(i));
    return ids;
}

// The owner given at deployment; empty when the contract does not exist.
[[nodiscard]] inline Vector<uint8_t> owner() {
    const int32_t length = host::owner(nullptr);
    return {host::buffer(), static_cast<size_t>(length)};
}
[[nodiscard]] inline Vector<uint8_t> owner(const ContractId& id) {
    const int32_t length = host::owner(id.bytes);
    return {host::buffer(), static_cast<size_t>(length)};
}

// Gas of this call: the limit, and what is spent until now.
[[nodiscard]] inline uint64_t gas_limit() { return host::limit(); }
[[nodiscard]] inline uint64_t gas_spent() { return host::spent(); }

// An event: its data are the archive of `value`. 4 gas for each byte of topic and data.
template <class T>
void emit(StringView topic, const T& value) {
    const uint32_t size = write_archive(host::buffer(), argument_buffer_size, value);
    host::emit(topic.data(), static_cast<uint32_t>(topic.size()), size);
}
// A value for whoever asked with a feeder call; fails the call when nobody did.
template <class T>
void feed(const T& value) {
    host::feed(write_archive(host::buffer(), argument_buffer_size, value));
}

}  // namespace dusk::contract
