#include "ledger/block.hpp"

#include "crypto/block_tree.hpp"
#include "ledger/limits.hpp"

namespace dusk::ledger {
namespace {

MerkleRoot root_over(std::span<const ByteArray<32>> leaves) {
    const auto root = crypto::block_merkle_root(leaves);
    if (!root) throw std::length_error("a block has at most 2^15 transactions or faults");
    return {*root};
}

template <class Item>
std::vector<Item> read_list(WireReader& in, std::uint32_t most, WireFault above) {
    const auto count = in.at_most<std::uint32_t>(most, above);
    std::vector<Item> out;  // grows with what is really there
    for (std::uint32_t i = 0; i < count && in.ok(); ++i) out.push_back(Item::read(in));
    return out;
}

template <class Item>
void write_list(Writer& out, const std::vector<Item>& items, std::uint32_t most) {
    if (items.size() > most) throw std::length_error("a block has too many transactions or faults");
    out.count_le<std::uint32_t>(items.size());
    for (const Item& item : items) item.write(out);
}

}  // namespace

Block Block::read(WireReader& in) {
    Block out;
    out.header = BlockHeader::read(in);
    out.transactions = read_list<LedgerTransaction>(in, kMostBlockTransactions, WireFault::too_many_transactions);
    out.faults = read_list<Fault>(in, kMostBlockFaults, WireFault::too_many_faults);
    if (in.ok() && out.header.hash.is_zero()) out.header.hash = out.header.content_hash();
    return out;
}

void Block::write(Writer& out) const {
    header.write(out);
    write_list(out, transactions, kMostBlockTransactions);
    write_list(out, faults, kMostBlockFaults);
}

MerkleRoot transactions_root(std::span<const LedgerTransaction> transactions) {
    std::vector<ByteArray<32>> leaves;
    leaves.reserve(transactions.size());
    for (const LedgerTransaction& transaction : transactions) leaves.push_back(transaction.digest().bytes);
    return root_over(leaves);
}

MerkleRoot faults_root(std::span<const Fault> faults) {
    std::vector<ByteArray<32>> leaves;
    leaves.reserve(faults.size());
    for (const Fault& fault : faults) leaves.push_back(fault.id().bytes);
    return root_over(leaves);
}

}  // namespace dusk::ledger
