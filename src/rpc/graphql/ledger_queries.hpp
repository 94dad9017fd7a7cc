// The fields of Query that are about the ledger and the mempool (spec/interfaces.md §7.3). What the archive answers is
// not among them.
#pragma once

#include "chain/block_store.hpp"
#include "mempool/mempool.hpp"
#include "rpc/graphql/engine.hpp"

namespace dusk::rpc::graphql {

// The schema of a node without archive.
extern const std::string_view kLedgerSchema;

struct QueryLimits {
    std::size_t blocks = 2000;  // that one request may have read
    bool has_archive = false;   // clients ask such a node what is final
};

// For one request: what it may read is counted.
class LedgerQueries {
  public:
    // Both outlive this; all on their thread.
    LedgerQueries(chain::BlockStore& blocks, const mempool::Mempool& pool, const QueryLimits& limits = {})
        : blocks_(blocks), pool_(pool), limits_(limits) {}

    using Value = Result<nlohmann::json, std::string>;
    [[nodiscard]] Value resolve(std::string_view field, const nlohmann::json& arguments,
                                const nlohmann::json& selection);

  private:
    using Json = nlohmann::json;

    [[nodiscard]] Value block(const Json& arguments, const Json& selection);
    [[nodiscard]] Value blocks(const Json& arguments, const Json& selection);
    [[nodiscard]] Value block_transactions(const Json& arguments, const Json& selection);
    [[nodiscard]] Value transaction(const Json& arguments, const Json& selection);
    [[nodiscard]] Value transactions(const Json& arguments, const Json& selection);
    [[nodiscard]] Value pooled(const Json& arguments, const Json& selection);
    [[nodiscard]] Value all_pooled(const Json& selection);
    [[nodiscard]] Value last_pair();
    [[nodiscard]] Value check_block(const Json& arguments);

    using Found = Result<std::optional<ledger::Block>, std::string>;
    [[nodiscard]] Found block_at(ledger::Height height);
    [[nodiscard]] Found block_of(const ledger::BlockHash& hash);
    // Of `last` or `range`.
    [[nodiscard]] Result<std::vector<ledger::Block>, std::string> chosen_blocks(const Json& arguments);
    [[nodiscard]] Value block_value(const ledger::Block& block, const Json& selection);
    // Those of the block, of `contract` where one is named.
    [[nodiscard]] Value spent_values(const ledger::Block& block, const std::optional<ledger::ContractId>& contract,
                                     const Json& selection);
    [[nodiscard]] Result<std::vector<ledger::SpentTransaction>, std::string> spent_of(const ledger::Block& block);
    [[nodiscard]] Result<ledger::BlockHeader, std::string> tip();

    chain::BlockStore& blocks_;
    const mempool::Mempool& pool_;
    QueryLimits limits_;
    std::size_t read_ = 0;
};

}  // namespace dusk::rpc::graphql
