#include "app/devnet_folder.hpp"

#include <fmt/core.h>

#include "app/db_store.hpp"
#include "app/genesis_file.hpp"
#include "app/key_files.hpp"
#include "app/public_files.hpp"
#include "crypto/blake2b.hpp"
#include "crypto/chacha_rng.hpp"
#include "crypto/os_random.hpp"
#include "ledger/genesis_toml.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

constexpr ledger::Lux kFunds{1'000'000 * ledger::kLuxPerDusk};         // of a provisioner, and its stake
constexpr ledger::Lux kFaucetFunds{10'000'000 * ledger::kLuxPerDusk};  // public, and as much in notes
constexpr std::size_t kLargestShape = 4096;

Failure unwritable(const fs::path& path, const std::error_code& error) {
    return {.exit = ExitCode::file,
            .code = "file_unwritable",
            .message = fmt::format("{}: {}", path.string(), error.message())};
}

Result<void, Failure> write_text(const fs::path& path, const std::string& text) {
    return write_public_file(path, as_bytes(text), Overwrite::allow);
}

Result<void, Failure> write_shape(const fs::path& path, const DevnetShape& shape, bool complete) {
    const nlohmann::ordered_json json{{"nodes", shape.nodes},
                                      {"block_time", shape.block_time},
                                      {"instant", shape.instant},
                                      {"accounts", shape.accounts},
                                      {"genesis_timestamp", shape.genesis_timestamp},
                                      {"complete", complete}};
    return write_text(path, json.dump(2) + "\n");
}

// What the keys of a devnet are drawn from.
std::unique_ptr<RandomSource> key_source(const DevnetShape& shape) {
    if (!shape.instant) return std::make_unique<crypto::OsRandom>();
    return std::make_unique<crypto::ChaChaRng>(crypto::blake2b_256(as_bytes("dusk devnet instant keys")));
}

Result<std::vector<ledger::AccountKey>, Failure> make_keys(const DevnetFolder& folder, unsigned nodes,
                                                           RandomSource& source) {
    std::vector<ledger::AccountKey> out;
    crypto::OsRandom random;  // of the encryption
    const SecretBytes password(as_bytes(kDevnetPassword));
    for (unsigned i = 0; i < nodes; ++i) {
        std::error_code error;
        fs::create_directories(folder.node(i), error);
        if (error) return fail(unwritable(folder.node(i), error));
        auto secret = crypto::BlsSecretKey::random(source);
        const auto key = secret.public_key();
        const crypto::ConsensusKeys keys{.secret_key = std::move(secret), .public_key = key};
        const auto written =
            write_consensus_keys(folder.node(i) / "consensus.keys", keys, password, Overwrite::allow, random);
        if (!written) return fail(written.error());
        out.push_back(key);
    }
    return out;
}

Result<wallet::Profile, Failure> make_faucet(const fs::path& path, RandomSource& source) {
    const auto mnemonic = crypto::Mnemonic::generate(12, source).value();
    const SecretBytes phrase = mnemonic.phrase();
    if (const auto written = write_key_file(path, phrase.reveal(), Overwrite::allow); !written) {
        return fail(failure_of(written.error()));
    }
    return wallet::derive_profile(mnemonic.seed(), 0);
}

// A path as a text of TOML.
std::string quoted(const fs::path& path) {
    std::string out = "\"";
    for (const char c : path.string()) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string node_toml(const DevnetFolder& folder, const DevnetShape& shape, const std::vector<DevnetNode>& nodes,
                      unsigned i, const DevnetNodesSetup& setup) {
    std::string others;
    for (unsigned j = 0; j < nodes.size(); ++j) {
        if (j != i) others += fmt::format("{}\"{}\"", others.empty() ? "" : ", ", nodes[j].address.to_text());
    }
    const fs::path own = fs::absolute(folder.node(i));
    std::error_code ignored;
    const std::string faucet =
        fs::exists(folder.faucet_file(), ignored) ? "faucet = " + quoted(fs::absolute(folder.path())) : std::string();
    return fmt::format(R"(# Written anew at each start of the devnet.
network = "devnet"
log_level = "info"
log_filter = "{}"
log_type = "plain"

[chain]
db_path = {}
consensus_keys_path = {}
genesis_file = {}
genesis_timestamp = {}
minimum_block_time = {}
first_step_time = 7

[archive]
enabled = {}

[devnet]
instant = {}
{}

[kadcast]
public_address = "{}"
bootstrapping_nodes = [{}]

[http]
listen_address = "{}"
prover = "{}"
enable_docs = true
# `dusk devnet load` hands in more than the clients of a real node.
[http.policy.global_limits.classes.tx_propagate]
rps = 100000
burst = 100000
concurrency = 1000
)",
                       setup.log_filter, quoted(own / "data"), quoted(own / "consensus.keys"),
                       quoted(fs::absolute(folder.path()) / "genesis.toml"), shape.genesis_timestamp, shape.block_time,
                       setup.archive, shape.instant, faucet, nodes[i].address.to_text(), others, nodes[i].http,
                       setup.prover);
}

// Stakes of 1 000 000 DUSK and as much in public for each provisioner; test wallets with as much in public and in ten
// notes, and last the faucet.
ledger::GenesisSnapshot devnet_genesis(const std::vector<ledger::AccountKey>& provisioners, unsigned accounts,
                                       const wallet::Profile& faucet) {
    ledger::GenesisSnapshot out;
    for (const ledger::AccountKey& key : provisioners) {
        out.moonlight_accounts.push_back({key, kFunds});
        out.stakes.push_back({.account = key, .amount = kFunds});
    }
    for (const TestWallet& wallet : test_wallets(accounts)) fund(out, wallet.profile);
    fund(out, faucet, kFaucetFunds);
    return out;
}

}  // namespace

fs::path DevnetFolder::node(unsigned i) const { return path_ / fmt::format("node-{}", i); }

Result<std::optional<DevnetShape>, Failure> DevnetFolder::shape() const {
    const fs::path path = path_ / "devnet.json";
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return std::nullopt;
    const auto content = read_public_file(path);
    if (!content) return fail(content.error());
    const Failure damaged{
        .exit = ExitCode::bad_input, .code = "damaged", .message = fmt::format("{} is not of a devnet", path.string())};
    if (content->size() > kLargestShape) return fail(damaged);
    const auto json = nlohmann::json::parse(*content, nullptr, false);
    if (!json.is_object()) return fail(damaged);
    const auto number = [&](const char* key) -> std::uint64_t {
        const auto at = json.find(key);
        return at != json.end() && at->is_number_unsigned() ? at->get<std::uint64_t>() : 0;
    };
    const auto complete = json.find("complete");
    if (complete == json.end() || !complete->is_boolean()) return fail(damaged);
    if (!complete->get<bool>()) return std::nullopt;
    const auto instant = json.find("instant");  // not there in older ones
    DevnetShape out{.nodes = static_cast<unsigned>(number("nodes")),
                    .block_time = static_cast<unsigned>(number("block_time")),
                    .instant = instant != json.end() && instant->is_boolean() && instant->get<bool>(),
                    .accounts = static_cast<unsigned>(number("accounts")),
                    .genesis_timestamp = number("genesis_timestamp")};
    if (out.nodes == 0 || (out.block_time == 0) != out.instant) return fail(damaged);
    return out;
}

Result<wallet::Profile, Failure> DevnetFolder::faucet() const {
    std::error_code ignored;
    if (!fs::exists(faucet_file(), ignored)) {
        return fail(Failure{.exit = ExitCode::file,
                            .code = "no_faucet",
                            .message = fmt::format("the devnet in {} was made without a faucet: make a new one with "
                                                   "`dusk devnet --keep --fresh`",
                                                   path_.string())});
    }
    const auto content = read_key_file(faucet_file());
    if (!content) return fail(failure_of(content.error()));
    const auto mnemonic = crypto::Mnemonic::parse(content->reveal_text());
    if (!mnemonic) {
        return fail(Failure{.exit = ExitCode::bad_input,
                            .code = "damaged",
                            .message = fmt::format("{} holds no recovery phrase", faucet_file().string())});
    }
    return wallet::derive_profile(mnemonic->seed(), 0);
}

bool DevnetFolder::is_free() const {
    std::error_code error;
    if (!fs::exists(path_, error)) return true;
    if (!fs::is_directory(path_, error)) return false;
    if (fs::exists(path_ / "devnet.json", error)) return true;
    for (const auto& entry : fs::directory_iterator(path_, error)) {
        if (entry.path().filename() != "lock") return false;
    }
    return !error;
}

Result<node::FolderLock, Failure> DevnetFolder::lock() const {
    std::error_code error;
    fs::create_directories(path_, error);
    if (error) return fail(unwritable(path_, error));
    auto lock = node::FolderLock::take(path_);
    if (lock) return *std::move(lock);
    return fail(Failure{.exit = ExitCode::file, .code = "in_use", .message = lock.error()});
}

Result<void, Failure> DevnetFolder::make(const DevnetShape& shape, Executor& executor) const {
    remove();
    std::error_code error;
    fs::create_directories(path_, error);
    if (error) return fail(unwritable(path_, error));
    if (const auto done = write_shape(path_ / "devnet.json", shape, false); !done) return done;
    const auto source = key_source(shape);
    const auto keys = make_keys(*this, shape.nodes, *source);
    if (!keys) return fail(keys.error());
    const auto faucet = make_faucet(faucet_file(), *source);
    if (!faucet) return fail(faucet.error());
    const auto snapshot = devnet_genesis(*keys, shape.accounts, *faucet);
    const auto text = ledger::genesis_toml(snapshot);
    if (!text) {
        return fail(Failure{.exit = ExitCode::failure, .code = "bad_genesis", .message = describe(text.error())});
    }
    if (const auto done = write_text(path_ / "genesis.toml", *text); !done) return done;
    // As whoever reads the file makes it: the notes depend on the coordinates by which an address is written, and a key
    // that was computed has others than one that was read.
    const auto genesis = ledger::parse_genesis(*text);
    if (!genesis) {
        return fail(Failure{.exit = ExitCode::failure, .code = "bad_genesis", .message = describe(genesis.error())});
    }
    // One node's state is made, the others get copies.
    const auto state = [this](unsigned i) { return node(i) / "data" / "state"; };
    fs::create_directories(state(0), error);
    const auto root =
        make_genesis_store(state(0), ledger::devnet(), genesis->snapshot, db_options(executor), GenesisForm::commit);
    if (!root) return fail(root.error());
    for (unsigned i = 1; i < shape.nodes; ++i) {
        fs::create_directories(state(i).parent_path(), error);
        fs::copy(state(0), state(i), fs::copy_options::recursive, error);
        if (error) return fail(unwritable(state(i), error));
    }
    return write_shape(path_ / "devnet.json", shape, true);
}

Result<void, Failure> DevnetFolder::configure(const DevnetShape& shape, const std::vector<DevnetNode>& nodes,
                                              const DevnetNodesSetup& setup) const {
    for (unsigned i = 0; i < nodes.size(); ++i) {
        const auto done = write_text(node(i) / "node.toml", node_toml(*this, shape, nodes, i, setup));
        if (!done) return done;
    }
    return {};
}

void DevnetFolder::remove() const {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(path_, ignored)) {
        const std::string name = entry.path().filename().string();
        const bool is_answer = name.starts_with("faucet-") && name.ends_with(".answer");
        if (is_answer || name.starts_with("node-")) fs::remove_all(entry.path(), ignored);
    }
    fs::remove(running_file(), ignored);
    for (const char* name : {"devnet.json", "genesis.toml", "faucet.phrase", "faucet.json", "faucet.notes",
                             "faucet.lock", "faucet.log", "prover.log", "activity.log"}) {
        fs::remove(path_ / name, ignored);
    }
}

}  // namespace dusk::app
