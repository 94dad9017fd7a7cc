// invalid.json: altered messages, and how the reference's decoder fails.
#include "fields.hpp"
#include "ledger/message.hpp"

namespace dusk::vectors {
namespace {

using ledger::WireFault;

// How the reference's text begins; empty for faults that it has no one text for.
std::string_view reference_text(WireFault fault) {
    using enum WireFault;
    switch (fault) {
        case short_input:
            return "failed to fill whole buffer";
        case bad_vote:
            return "Invalid vote";
        case bad_ratification_result:
            return "Invalid RatificationResult";
        case too_many_iterations:
            return "Invalid iterations_info count";
        case bad_option:
            return "Invalid option";
        case too_many_transactions:
            return "too many block transactions";
        case transaction_too_long:
            return "length-prefixed field too large";
        case too_many_faults:
            return "too many block faults";
        case bad_fault:
            return "Invalid fault";
        case too_many_items:
            return "too many inv items";
        case unknown_topic:
            return "Unknown topic";
        case bad_key:
        case bad_item:
            return "invalid data";
        case bad_address:
            return "Invalid IP type";
        case bad_label:
        case bad_transaction:
        case text_too_long:
        case bad_text:
            return "";
    }
    return "";
}

void expect_failure(const ledger::WireError& error, const Node& result, Report& report) {
    const bool is_short = error.fault == WireFault::short_input;
    report.expect(result["error_kind"].text() == (is_short ? "UnexpectedEof" : "InvalidData"), result,
                  "fails in another way: " + describe(error));
    report.expect(result["error"].text().starts_with(reference_text(error.fault)), result["error"],
                  "is another reason: " + describe(error));
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    for (const Node& c : root["invalid"].items()) {
        report.run(c, [&] {
            c["name"].describe();
            const Node result = c["result"];
            const auto message = ledger::decode<ledger::Message>(c["hex"].hex());
            report.expect(message.has_value() == result["ok"].boolean(), c, "decodes or not");
            if (!message) return expect_failure(message.error(), result, report);
            report.expect_bytes(ledger::encode(*message), result["reencoded"]);
        });
    }
}

const Registered registered{{"consensus", "invalid", {"invalid", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
