// Files of blocks for `dusk chain exec` (app/chain_exec.hpp).
#pragma once

#include <filesystem>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/result.hpp"
#include "execution/execute_block.hpp"

namespace dusk::app {

// Transactions of a block that nobody has made yet.
struct PlannedBlock {
    ledger::Height height{};
    ledger::AccountKey generator{};
    std::vector<execution::Voter> voters{};
    std::vector<ledger::AccountKey> slashes{};
    std::vector<ledger::LedgerTransaction> transactions{};
    std::optional<ledger::StateRoot> state_root{};
    std::optional<ledger::EventBloom> event_bloom{};
};
struct SentBlock {
    ledger::Block block{};
    std::optional<std::vector<execution::Voter>> voters{};  // nothing: those who attested the block before
};
using FileBlock = std::variant<PlannedBlock, SentBlock>;

class ChainFile {
  public:
    // Longer lines are refused: twice the largest block, in hexadecimal.
    static constexpr std::size_t kLongestLine = std::size_t{8} << 20;

    // The error is a sentence.
    [[nodiscard]] static Result<ChainFile, std::string> open(const std::filesystem::path& path);
    // The same of a text in memory.
    [[nodiscard]] static ChainFile of(std::string text);
    // The next block; nothing at the end. Memory for one line at a time, and some thirty times as much for what it
    // says. The error is a sentence with the line; nothing is read after it.
    [[nodiscard]] Result<std::optional<FileBlock>, std::string> next();

  private:
    explicit ChainFile(std::unique_ptr<std::istream> file) : file_(std::move(file)) {}
    std::unique_ptr<std::istream> file_;
    std::size_t line_ = 0;
};

}  // namespace dusk::app
