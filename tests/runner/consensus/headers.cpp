// headers.json: bytes and hashes of headers; whether they are valid is left for later.
#include "fields.hpp"
#include "later.hpp"

namespace dusk::vectors {
namespace {

// What has more failed iterations than a header names does not decode.
void one_header(const Node& c, Report& report) {
    const Node result = c["result"];
    const bool has_detail = result.has("detail") && !result["detail"].is_null();
    if (!has_detail || result["detail"].text() != "TooMany") {
        return void(read_back<ledger::BlockHeader>(c["header"], report));
    }
    const auto header = ledger::decode<ledger::BlockHeader>(c["header"].hex());
    report.expect(!header && header.error().fault == ledger::WireFault::too_many_iterations, c, "should not decode");
}

void run(const Node& root, Report& report) {
    root["seed"].describe();
    for (const Node& chain : root["headers"].items()) {
        left_for_consensus(chain["emergency_key"]);
        left_for_consensus(chain["provisioners"]);
        left_for_consensus(chain["seed_of_previous_parent"]);
        report.run(chain, [&] {
            const auto previous = read_back<ledger::BlockHeader>(chain["previous_header"], report);
            report.expect(previous.hash == previous.content_hash(), chain["previous_header"], "has another hash");
        });
        for (const Node& c : chain["cases"].items()) {
            c["name"].describe();
            left_for_consensus(c["now"]);
            left_for_consensus(c["in_ledger"]);
            left_for_consensus(c["result"]);
            report.run(c, [&] { one_header(c, report); });
        }
    }
}

const Registered registered{{"consensus", "headers", {"headers", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
