#include "rpc/graphql/ledger_values.hpp"

#include "base/base58.hpp"
#include "base/hex.hpp"
#include "ledger/header_json.hpp"
#include "ledger/hex_name.hpp"
#include "ledger/transaction_json.hpp"

namespace dusk::rpc::graphql {
namespace {

using Json = nlohmann::json;

// Makes the value of a field where it is asked for.
class Fields {
  public:
    explicit Fields(const Json& selection) : selection_(selection) {}

    template <class Make>
    void add(const char* name, Make&& make) {
        const auto asked = selection_.find(name);
        if (asked == selection_.end()) return;
        if constexpr (std::is_invocable_v<Make, const Json&>) {
            out_[name] = make(*asked);
        } else {
            out_[name] = make();
        }
    }
    [[nodiscard]] Json take() { return std::move(out_); }

  private:
    const Json& selection_;
    Json out_ = Json::object();
};

Json call_value(const ledger::ContractCall* call) {
    if (call == nullptr) return nullptr;
    return {{"contractId", hex(call->contract)}, {"fnName", call->fn_name}, {"data", to_hex(call->fn_args)}};
}

Json blob_hashes(const ledger::Blobs* blobs) {
    if (blobs == nullptr) return nullptr;
    Json out = Json::array();
    for (const ledger::Blob& blob : blobs->blobs) out.push_back(hex(blob.hash));
    return out;
}

}  // namespace

Json header_value(const ledger::BlockHeader& header, const Json& selection) {
    Fields fields(selection);
    fields.add("version", [&] { return header.version; });
    fields.add("height", [&] { return header.height.value; });
    fields.add("prevBlockHash", [&] { return hex(header.prev_block_hash); });
    fields.add("timestamp", [&] { return header.timestamp; });
    fields.add("hash", [&] { return hex(header.hash); });
    fields.add("stateHash", [&] { return hex(header.state_root); });
    fields.add("generatorBlsPubkey", [&] { return to_base58(ByteView(header.generator.bytes)); });
    fields.add("txRoot", [&] { return hex(header.transactions_root); });
    fields.add("gasLimit", [&] { return header.gas_limit.value; });
    fields.add("seed", [&] { return hex(header.seed); });
    fields.add("iteration", [&] { return header.iteration; });
    fields.add("json", [&] { return ledger::header_json(header).dump(); });
    return fields.take();
}

Json transaction_value(const ledger::LedgerTransaction& ledger_transaction, const Json& selection) {
    const ledger::Transaction& transaction = ledger_transaction.transaction;
    Fields fields(selection);
    fields.add("raw", [&] { return to_hex(transaction.encode(ledger_transaction.format)); });
    fields.add("json", [&] { return ledger::transaction_json(transaction).dump(); });
    fields.add("id", [&] { return hex(transaction.id()); });
    fields.add("gasLimit", [&] { return transaction.gas_limit().value; });
    fields.add("gasPrice", [&] { return transaction.gas_price().value; });
    fields.add("txType", [&] { return transaction.phoenix() != nullptr ? "Phoenix" : "Moonlight"; });
    fields.add("callData", [&] { return call_value(transaction.call()); });
    fields.add("blobHashes", [&] { return blob_hashes(transaction.blobs()); });
    fields.add("isDeploy", [&] { return transaction.deploy() != nullptr; });
    fields.add("contractId", [&]() -> Json {
        const ledger::ContractDeploy* deploy = transaction.deploy();
        return deploy == nullptr ? Json(nullptr) : Json(hex(deploy->contract_id()));
    });
    fields.add("memo", [&]() -> Json {
        const ledger::Memo* memo = transaction.memo();
        return memo == nullptr ? Json(nullptr) : Json(to_hex(memo->bytes));
    });
    return fields.take();
}

Json spent_value(const ledger::SpentTransaction& spent, const ledger::BlockHeader& header, const Json& selection) {
    Fields fields(selection);
    fields.add("tx", [&](const Json& inner) { return transaction_value(spent.transaction, inner); });
    fields.add("err", [&] { return spent.error ? Json(*spent.error) : Json(nullptr); });
    fields.add("gasSpent", [&] { return spent.gas_spent.value; });
    fields.add("blockHash", [&] { return hex(header.hash); });
    fields.add("blockHeight", [&] { return spent.block_height.value; });
    fields.add("blockTimestamp", [&] { return header.timestamp; });
    fields.add("id", [&] { return hex(spent.transaction.id()); });
    fields.add("raw", [&] { return to_hex(spent.transaction.transaction.encode(spent.transaction.format)); });
    return fields.take();
}

Json label_value(const ledger::Label& label) {
    switch (label.kind) {
        case ledger::Label::Kind::accepted:
            return {{"Accepted", label.value}};
        case ledger::Label::Kind::attested:
            return {{"Attested", label.value}};
        case ledger::Label::Kind::confirmed:
            return {{"Confirmed", label.value}};
        case ledger::Label::Kind::final:
            return {{"Final", label.value}};
    }
    return nullptr;
}

}  // namespace dusk::rpc::graphql
