// base58.json; the section `addresses` is in addresses.cpp.
#include "base/base58.hpp"

#include "addresses.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

void run(const Node& root, Report& report) {
    for (const Node& c : root["base58"].items()) {
        report.run(c, [&] {
            const Bytes bytes = c["bytes"].hex();
            const std::string text = c["base58"].text();
            report.expect(to_base58(bytes) == text, c["base58"], "got " + to_base58(bytes));
            const auto back = from_base58(text, bytes.size());
            report.expect(back && *back == bytes, c["bytes"], "the text does not decode to these bytes");
        });
    }
    for (const Node& c : root["invalid"].items()) {
        report.run(c, [&] {
            const std::string text = c["text"].text();
            report.expect(from_base58(text, text.size()).has_value() == c["ok"].boolean(), c["ok"],
                          "decoded otherwise");
        });
    }
    run_addresses(root["addresses"], report);
}

const Registered base58{{"crypto", "base58", {"addresses", "base58", "invalid"}, run}};

}  // namespace
}  // namespace dusk::vectors
