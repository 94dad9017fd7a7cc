// genesis.json: the roots of the first states of the released networks, whose snapshots come with their crate.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/hex.hpp"
#include "execution/genesis_state.hpp"
#include "ledger/genesis_toml.hpp"
#include "report.hpp"

namespace dusk::vectors {
namespace {

namespace fs = std::filesystem;

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "dusk-vectors-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
        path_ = name;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

std::string snapshot_of(const std::string& network) {
    std::ifstream file(fs::path(DUSK_OFFICIAL_CONTRACTS) / (network + ".toml"), std::ios::binary);
    if (!file) throw std::runtime_error("there is no snapshot of the network " + network);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void expect_root(const std::string& network, const Node& root, Report& report) {
    const auto genesis = ledger::parse_genesis(snapshot_of(network));
    if (!genesis) root.complain(describe(genesis.error()));
    const TemporaryFolder folder;
    vm::MachineOptions options;
    options.store.durability = vm::Durability::process;
    const auto machine = vm::Machine::open(folder.path(), options);
    if (!machine) root.complain(machine.error().text);
    const auto contracts = execution::genesis_contracts(ledger::rusk_network());
    const auto state = execution::build_genesis_state(**machine, contracts, genesis->snapshot);
    if (!state) root.complain(state.error().text);
    report.expect_bytes(state->root.bytes, root);
}

void run(const Node& root, Report& report) {
    root["source"].describe();
    const Node roots = root["roots"];
    for (const auto& [network, field] : roots.fields()) {
        const Node expected = roots[network];
        report.run(expected, [&] { expect_root(network, expected, report); });
    }
}

const Registered registered{{"transactions", "genesis", {"roots", "source"}, run}};

}  // namespace
}  // namespace dusk::vectors
