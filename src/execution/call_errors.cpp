#include "execution/call_errors.hpp"

#include <fmt/core.h>

#include "base/cases.hpp"

namespace dusk::execution {
namespace {

using vm::CallErrorKind;

// A text between quotation marks. Characters beyond ASCII stay as they are.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            case '\0':
                out += "\\0";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
                    out += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(c));
                } else {
                    out += c;
                }
        }
    }
    return out + '"';
}

}  // namespace

bool is_machine_failure(const vm::CallError& error) {
    return error.kind == CallErrorKind::session_lost || error.kind == CallErrorKind::persistence;
}

std::string display(const vm::CallError& error) {
    switch (error.kind) {
        case CallErrorKind::panic:
            return "Panic: " + error.text;
        case CallErrorKind::out_of_gas:
            return "OutOfGas";
        default:
            return describe(error);
    }
}

std::string debug_text(const vm::CallError& error) {
    switch (error.kind) {
        case CallErrorKind::panic:
            return fmt::format("Panic({})", quoted(error.text));
        case CallErrorKind::out_of_gas:
            return "OutOfGas";
        case CallErrorKind::initialization:
            return R"(InitalizationError("Deployed error already exists"))";
        case CallErrorKind::invalid_argument_buffer:
            return "InvalidArgumentBuffer";
        case CallErrorKind::missing_feed:
            return "MissingFeed";
        default:
            return fmt::format("RuntimeError({})", describe(error));
    }
}

std::string debug_text(const ledger::ContractError& error) {
    return std::visit(Cases{[](const ledger::Panic& panic) { return fmt::format("Panic({})", quoted(panic.message)); },
                            [](ledger::OutOfGas) { return std::string("OutOfGas"); },
                            [](ledger::DoesNotExist) { return std::string("DoesNotExist"); },
                            [](ledger::UnknownFailure) { return std::string("Unknown"); }},
                      error);
}

}  // namespace dusk::execution
