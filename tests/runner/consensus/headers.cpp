// headers.json: bytes and hashes of headers; whether they are valid is left for later.
#include "fields.hpp"
#include "later.hpp"

namespace dusk::vectors {
namespace {

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
            report.run(c, [&] { (void)read_back<ledger::BlockHeader>(c["header"], report); });
        }
    }
}

const Registered registered{{"consensus", "headers", {"headers", "seed"}, run}};

}  // namespace
}  // namespace dusk::vectors
