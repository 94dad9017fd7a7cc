// Files of blocks: any text is blocks or an error with its line, after which nothing comes; what is read is encoded and
// reads back as the same.
#include "app/chain_file.hpp"
#include "require.hpp"

namespace {

using namespace dusk;
using fuzz::require;

void check(const app::PlannedBlock& planned) {
    for (const auto& one : planned.transactions) {
        require(one.format == ledger::TransactionFormat::boreas);
        const auto again = ledger::Transaction::decode(one.transaction.encode(one.format), one.format);
        require(again.has_value() && *again == one.transaction);
    }
}

void check(const app::SentBlock& sent) {
    const Bytes encoded = ledger::encode(sent.block);
    const auto again = ledger::decode<ledger::Block>(encoded);
    require(again.has_value() && ledger::encode(*again) == encoded);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto file = app::ChainFile::of(std::string(reinterpret_cast<const char*>(data), size));
    while (true) {
        const auto block = file.next();
        if (!block) {
            require(block.error().starts_with("line "));
            return 0;
        }
        if (!*block) return 0;
        std::visit([](const auto& one) { check(one); }, **block);
    }
}
