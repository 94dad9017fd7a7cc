// What a contract says of itself: the types of its functions and events, so that their archives can be shown. It stands
// in the custom section "dusk.interface" of a module, as text (docs/formats/contract-interface.md); nobody vouches for
// it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/contract_values.hpp"
#include "base/archive_error.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"

namespace dusk::app {

enum class InterfaceFault : std::uint8_t {
    version,         // it does not begin with "interface 1"
    too_long,        // more than 64 KiB, or more than 4096 types
    bad_line,        // no line of a struct, enum, function or event
    bad_type,        // not written as a type
    bad_layout,      // a field outside of its struct, or one that is not aligned
    unknown_type,    // a name without a line before
    duplicate_name,  // two types, functions or events of one name
    too_deep,        // types within types within types …
};
struct InterfaceError {
    InterfaceFault fault;
    std::size_t line;  // from 1

    bool operator==(const InterfaceError&) const = default;
};
[[nodiscard]] std::string_view to_string(InterfaceFault fault);
[[nodiscard]] std::string describe(const InterfaceError& error);

class Interface {
  public:
    static constexpr std::size_t kMostBytes = 65536;
    static constexpr std::string_view kSection = "dusk.interface";
    using TypeIndex = std::uint32_t;

    enum class Kind : std::uint8_t {
        unknown,  // a type that cannot be read
        unit,
        boolean,
        unsigned_integer,
        signed_integer,
        string,
        id,
        key,
        account,
        error,
        opaque,
        enumeration,
        list,
        array,
        option,
        result,
        tuple,
        structure,
    };
    struct Member {
        std::string name;  // empty in tuples
        TypeIndex type;
        std::size_t offset;
    };
    struct Type {
        Kind kind = Kind::unknown;
        std::string name{};  // of structs and enums
        std::size_t size = 0;
        std::size_t alignment = 1;
        std::size_t count = 0;          // elements of an array, values of an enum
        std::vector<Member> members{};  // of a result: the value and the error; of others: the element
        bool is_readable = true;
    };
    struct Function {
        std::string name;
        TypeIndex argument;
        TypeIndex result;
    };
    struct Event {
        std::string topic;
        TypeIndex data;
    };

    // Time and memory are linear in the text.
    [[nodiscard]] static Result<Interface, InterfaceError> parse(std::string_view text);
    // The text again: with one blank or line end where one is needed, and types in the order of their lines.
    [[nodiscard]] std::string text() const;

    [[nodiscard]] const std::vector<Function>& functions() const { return functions_; }
    [[nodiscard]] const std::vector<Event>& events() const { return events_; }
    [[nodiscard]] const Function* function(std::string_view name) const;
    [[nodiscard]] const Event* event(std::string_view topic) const;
    [[nodiscard]] const Type& type(TypeIndex index) const { return types_[index]; }

    // As people read it: "transfer(account, u64)", "read() -> u64".
    [[nodiscard]] std::string signature(const Function& function) const;
    [[nodiscard]] std::string type_text(TypeIndex index) const;

  private:
    friend class InterfaceParser;
    [[nodiscard]] std::string written(TypeIndex index) const;

    std::vector<Type> types_;
    std::vector<TypeIndex> defined_;  // structs and enums in the order of their lines
    std::vector<Function> functions_;
    std::vector<Event> events_;
};

// The interface in a module; nothing where there is none, or none that can be read.
[[nodiscard]] std::optional<Interface> interface_of_module(ByteView bytecode);
// The module with this interface as its last section, in place of the one it has. `bytecode` is a module.
[[nodiscard]] Bytes with_interface(ByteView bytecode, std::string_view text);

// Names that are shown in place of keys and ids.
struct KnownNames {
    std::vector<std::pair<Bytes, std::string>> keys{};  // by their archives
    std::vector<std::pair<vm::ContractId, std::string>> contracts{};

    [[nodiscard]] std::string contract(const vm::ContractId& id) const;
};

enum class ValueFault : std::uint8_t {
    unreadable,  // of a type that the interface does not describe
    malformed,   // no archive of the type
    too_many,    // more values than anybody reads
};
// The value of an archive. Lists are shown up to their 16th element in the text, whole in the JSON.
[[nodiscard]] Result<ReadValue, ValueFault> read_value(const Interface& contract, Interface::TypeIndex type,
                                                       ByteView archive, const KnownNames& names = {});

}  // namespace dusk::app
