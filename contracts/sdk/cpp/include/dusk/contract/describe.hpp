// The types of a contract's functions and events as text, for tools that show and read arguments (docs/formats/
// contract-interface.md). No part of a contract: `dusk contract build` compiles the source once more with
// DUSK_DESCRIBE, runs the exports `dusk_describe_…`, and puts their text into the module as a custom section.
#pragma once

#include "dusk/contract/export.hpp"

namespace dusk::contract {

// Text in the argument buffer.
class Description {
  public:
    Description& operator<<(StringView text) {
        require(text.size() <= argument_buffer_size - size_, "the description is too long");
        if (!text.empty()) __builtin_memcpy(host::buffer() + size_, text.data(), text.size());
        size_ += static_cast<uint32_t>(text.size());
        return *this;
    }
    Description& operator<<(uint64_t number) { return *this << String().append(number).view(); }
    [[nodiscard]] uint32_t size() const { return size_; }

  private:
    uint32_t size_ = 0;
};

// `define` writes the lines of the types that `name` mentions; each once.
template <class T>
struct Described;

template <class T>
    requires Integer<T> || Same<T, uint128_t>
struct Described<T> {
    static void define(Description& /*to*/) {}
    static void name(Description& to) {
        to << (static_cast<T>(-1) < T{} ? StringView("i") : StringView("u")) << uint64_t{8 * sizeof(T)};
    }
};

#define DUSK_DESCRIBED(Type, text)                        \
    template <>                                           \
    struct Described<Type> {                              \
        static void define(Description& /*to*/) {}        \
        static void name(Description& to) { to << text; } \
    }
DUSK_DESCRIBED(bool, "bool");
DUSK_DESCRIBED(Unit, "()");
DUSK_DESCRIBED(Tuple<>, "()");
DUSK_DESCRIBED(String, "string");
DUSK_DESCRIBED(ContractId, "id");
DUSK_DESCRIBED(PublicKey, "key");
DUSK_DESCRIBED(Account, "account");
DUSK_DESCRIBED(ContractError, "error");
#undef DUSK_DESCRIBED

template <class Tag, size_t N, size_t Alignment, size_t Padding>
struct Described<Opaque<Tag, N, Alignment, Padding>> {
    static void define(Description& /*to*/) {}
    static void name(Description& to) { to << "opaque<" << uint64_t{N} << "," << uint64_t{Alignment} << ">"; }
};

template <class T>
    requires requires(T value) { dusk_last_value(value); }
struct Described<T> {
    static void define(Description& to) {
        static bool defined = false;
        if (defined) return;
        defined = true;
        to << "enum " << dusk_type_name(T{}) << " " << static_cast<uint64_t>(dusk_last_value(T{})) + 1 << "\n";
    }
    static void name(Description& to) { to << dusk_type_name(T{}); }
};

template <class T, size_t N>
struct Described<Array<T, N>> {
    static void define(Description& to) { Described<T>::define(to); }
    static void name(Description& to) {
        to << "[";
        Described<T>::name(to);
        to << ";" << uint64_t{N} << "]";
    }
};
template <class T>
struct Described<Vector<T>> {
    static void define(Description& to) { Described<T>::define(to); }
    static void name(Description& to) {
        to << "[";
        Described<T>::name(to);
        to << "]";
    }
};
template <class T>
struct Described<Optional<T>> {
    static void define(Description& to) { Described<T>::define(to); }
    static void name(Description& to) {
        to << "option<";
        Described<T>::name(to);
        to << ">";
    }
};
template <class T, class E>
struct Described<Result<T, E>> {
    static void define(Description& to) {
        Described<T>::define(to);
        Described<E>::define(to);
    }
    static void name(Description& to) {
        to << "result<";
        Described<T>::name(to);
        to << ",";
        Described<E>::name(to);
        to << ">";
    }
};
template <class... T>
    requires(sizeof...(T) > 0)
struct Described<Tuple<T...>> {
    static void define(Description& to) { (Described<T>::define(to), ...); }
    static void name(Description& to) {
        size_t next = 0;
        const auto element = [&](auto name_of) {
            to << (next == 0 ? StringView("(") : StringView(","));
            name_of(to);
            to << "@" << uint64_t{Archive<Tuple<T...>>::layout.offsets[next++]};
        };
        (element(&Described<T>::name), ...);
        to << ";" << uint64_t{Archive<Tuple<T...>>::size} << "," << uint64_t{Archive<Tuple<T...>>::alignment} << ")";
    }
};

template <HasFields T>
struct Described<T> {
    static void define(Description& to) { define(to, T::dusk_fields()); }
    static void name(Description& to) { to << T::dusk_type_name(); }

  private:
    template <auto... Members>
    static void define(Description& to, Fields<Members...> /*fields*/) {
        static bool defined = false;
        if (defined) return;
        defined = true;
        (Described<typename MemberOf<decltype(Members)>::Value>::define(to), ...);
        to << "struct " << T::dusk_type_name() << " " << uint64_t{Archive<T>::size} << " "
           << uint64_t{Archive<T>::alignment};
        StringView names = T::dusk_field_names();
        size_t next = 0;
        const auto field = [&](auto name_of) {
            to << " " << first_name(names) << ":";
            name_of(to);
            to << "@" << uint64_t{Archive<T>::layout.offsets[next++]};
        };
        (field(&Described<typename MemberOf<decltype(Members)>::Value>::name), ...);
        to << "\n";
    }
    // Takes the first of "a, b, c".
    static StringView first_name(StringView& names) {
        size_t end = 0;
        while (end < names.size() && names.data()[end] != ',') ++end;
        const StringView first(names.data(), end);
        while (end < names.size() && (names.data()[end] == ',' || names.data()[end] == ' ')) ++end;
        names = StringView(names.data() + end, names.size() - end);
        return first;
    }
};

template <class Signature>
struct DescribedMethod;
template <class... P>
struct DescribedMethod<Tuple<P...>> {
    static void define(Description& to) { (Described<P>::define(to), ...); }
    static void name(Description& to) {
        if constexpr (sizeof...(P) == 1) {
            (Described<P>::name(to), ...);
        } else {
            Described<Tuple<P...>>::name(to);
        }
    }
};

// "fn NAME ARGUMENT RESULT", after the types it needs. The length of the text in the argument buffer.
template <auto Method>
[[nodiscard]] uint32_t describe_method(StringView name) {
    using Of = SignatureOf<decltype(Method)>;
    using Answer = Choose<Same<typename Of::Answer, void>, Unit, Plain<typename Of::Answer>>;
    Description to;
    DescribedMethod<typename Of::Arguments>::define(to);
    Described<Answer>::define(to);
    to << "fn " << name << " ";
    DescribedMethod<typename Of::Arguments>::name(to);
    to << " ";
    Described<Answer>::name(to);
    to << "\n";
    return to.size();
}
template <class T>
[[nodiscard]] uint32_t describe_event(StringView topic) {
    Description to;
    Described<T>::define(to);
    to << "event " << topic << " ";
    Described<T>::name(to);
    to << "\n";
    return to.size();
}

}  // namespace dusk::contract

#define DUSK_CONTRACT(State, ...) DUSK_FOR_EACH(DUSK_DESCRIBE_METHOD, State, __VA_ARGS__)
#define DUSK_DESCRIBE_METHOD(State, name)                                                                         \
    extern "C" __attribute__((export_name("dusk_describe_fn_" #name))) uint32_t dusk_described_##name(uint32_t) { \
        return ::dusk::contract::describe_method<&State::name>(#name);                                            \
    }
#define DUSK_DECLARE_EVENT(topic, ...)                                                                             \
    extern "C" __attribute__((export_name("dusk_describe_event_" #topic))) uint32_t dusk_event_##topic(uint32_t) { \
        return ::dusk::contract::describe_event<__VA_ARGS__>(#topic);                                              \
    }
