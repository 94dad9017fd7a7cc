#include "app/node_doctor.hpp"

#include <fmt/core.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "app/free_port.hpp"
#include "app/genesis_file.hpp"
#include "app/key_files.hpp"
#include "app/node_doctor_network.hpp"
#include "app/node_folder.hpp"
#include "app/tls_files.hpp"
#include "base/clock.hpp"
#include "client/http_client.hpp"
#include "consensus/rules.hpp"
#include "crypto/os_random.hpp"
#include "execution/state_queries.hpp"
#include "node/thread_pool.hpp"
#include "rpc/http_server.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::uint64_t kGiB = std::uint64_t{1} << 30;
constexpr std::uint64_t kLeastDisk = kGiB;
constexpr std::uint64_t kAmpleDisk = 10 * kGiB;

class Examination {
  public:
    explicit Examination(const node::NodeConfig& config) : config_(config) {}

    std::vector<Finding> run() {
        owner();
        look_for_running_node();
        versions();
        clock();
        keys();
        disk();
        ports();
        certificate();
        for (Finding& finding : examine_network(config_.kadcast)) findings_.push_back(std::move(finding));
        first_state();
        stake();
        return std::move(findings_);
    }

  private:
    void say(std::string subject, Health health, std::string text) {
        findings_.push_back({std::move(subject), health, std::move(text)});
    }

    // What another user than the node's opens in its folder, the node may not be able to open afterwards.
    void owner() {
        struct stat folder{};
        const bool is_there = ::stat(config_.db_path.c_str(), &folder) == 0;
        is_foreign_ = is_there ? folder.st_uid != ::geteuid() : errno == EACCES;
        if (!is_foreign_) return;
        if (!is_there) {
            return say("user", Health::warning,
                       config_.db_path.string() + " is closed to you: run this as the user of the node");
        }
        const passwd* const user = ::getpwuid(folder.st_uid);
        say("user", Health::warning,
            fmt::format("{} belongs to {}: only when that user runs this, what is in it is looked at",
                        config_.db_path.string(),
                        user == nullptr ? fmt::format("user {}", folder.st_uid) : user->pw_name));
    }

    // Whether a node works in the folder: then some things are asked of it, and others cannot be tried.
    void look_for_running_node() {
        std::error_code error;
        if (!is_foreign_ && !fs::exists(config_.db_path / "lock", error)) return;
        if (!is_foreign_) running_ = !node::FolderLock::take(config_.db_path).has_value();
        if ((!is_foreign_ && !running_) || !config_.http) return;
        // Its own address, for which its certificate need not be good.
        const bool is_secure = !config_.http_rules.cert.empty();
        client::HttpClient client((is_secure ? "https://" : "") + config_.http_listen_address,
                                  {.patience = std::chrono::seconds(3), .is_verified = false});
        const auto reply = client.get("/status");
        if (reply && reply->status == 200) status_ = ordered_json::parse(reply->text(), nullptr, false);
        running_ = running_ || status_.is_object();
    }

    void versions() {
        say("version", Health::good, fmt::format("dusk {}, network {}", DUSK_VERSION, config_.network->name));
        if (!running_) return;
        if (!status_.is_object()) {
            return say("node", Health::warning, "a node runs in the folder, but does not answer over HTTP");
        }
        const auto text = [&](const char* key) { return status_.value(key, ordered_json()).dump(); };
        const bool stalled = status_.value("stalled", false);
        say("node", stalled ? Health::warning : Health::good,
            fmt::format("runs: height {}, final {}, peers {}{}", text("height"), text("final_height"), text("peers"),
                        stalled ? ", and the chain does not move: look at the peers and the clock" : ""));
    }

    void certificate() {
        if (config_.http_rules.cert.empty()) return;
        const auto certificate = load_certificate(config_.http_rules);
        if (!certificate) return say("certificate", Health::bad, certificate.error().message);
        const auto warnings = certificate_warnings(config_.http_rules, *certificate, SystemClock().wall_time());
        for (const std::string& warning : warnings) say("certificate", Health::warning, warning);
        if (!warnings.empty()) return;
        const auto left = std::chrono::floor<std::chrono::days>(certificate->expires - SystemClock().wall_time());
        say("certificate", Health::good,
            fmt::format("{} of {}, good for {} days", config_.http_rules.cert, certificate->subject, left.count()));
    }

    void clock() {
        timex state{};
        const int kind = ::adjtimex(&state);
        const auto now = SystemClock().wall_time().time_since_epoch();
        if (now < std::chrono::seconds(config_.genesis_timestamp)) {
            return say("clock", Health::bad, "the clock is before the time of the first block: set it");
        }
        if (kind < 0 || kind == TIME_ERROR || (state.status & STA_UNSYNC) != 0) {
            return say(
                "clock", Health::warning,
                "the system does not say that the clock is synchronised: blocks more than 3 s ahead are refused; "
                "run an NTP service");
        }
        say("clock", Health::good, fmt::format("synchronised, estimated error {} ms", state.esterror / 1000));
    }

    void keys() {
        if (config_.consensus_keys_path.empty()) {
            return say("keys", Health::warning,
                       "chain.consensus_keys_path is not set: the node follows and earns nothing");
        }
        const auto content = read_key_file(config_.consensus_keys_path);
        if (!content) return say("keys", Health::bad, to_string(content.error()));
        const char* const password = std::getenv("DUSK_CONSENSUS_KEYS_PASS");
        if (password == nullptr) {
            return say("keys", Health::bad, "DUSK_CONSENSUS_KEYS_PASS is not set, so the keys cannot be opened");
        }
        const auto opened = crypto::open_consensus_keys(content->reveal(), as_bytes(password));
        if (!opened) return say("keys", Health::bad, failure_of(opened.error(), config_.consensus_keys_path).message);
        if (!opened->keys.belong_together()) {
            return say("keys", Health::bad, "the secret and the public key in the file do not belong together");
        }
        key_ = opened->keys.public_key;
        const std::string warning = mode_warning(config_.consensus_keys_path);
        const std::string account = key_->to_base58();
        if (!warning.empty()) return say("keys", Health::warning, warning);
        if (opened->format == crypto::ConsensusKeysFormat::old) {
            return say("keys", Health::good, account + "; the file is of the old format and is renewed at the start");
        }
        say("keys", Health::good, account);
    }

    void disk() {
        std::error_code error;
        fs::path existing = fs::absolute(config_.db_path, error);
        while (!fs::exists(existing, error) && existing.has_relative_path()) existing = existing.parent_path();
        const auto space = fs::space(existing, error);
        if (error) return say("disk", Health::bad, fmt::format("{}: {}", existing.string(), error.message()));
        if (!is_foreign_ && ::access(existing.c_str(), W_OK) != 0) {
            return say("disk", Health::bad, fmt::format("{} cannot be written", existing.string()));
        }
        const std::string text =
            fmt::format("{:.1f} GiB free for {}", static_cast<double>(space.available) / static_cast<double>(kGiB),
                        config_.db_path.string());
        if (space.available < kLeastDisk) return say("disk", Health::bad, text + ": a node needs more");
        say("disk", space.available < kAmpleDisk ? Health::warning : Health::good, text);
    }

    void port(const std::string& subject, const std::string& address, std::uint16_t number, PortUse use) {
        const bool is_free = free_port(number, use) == number;
        if (!is_free && !running_) {
            return say(subject, Health::bad, address + " is in use by another program");
        }
        say(subject, Health::good, address + (running_ ? " is the running node's" : " is free"));
    }
    void ports() {
        const node::Peer address = config_.kadcast.listen_address.value_or(config_.kadcast.public_address);
        port("port", address.to_text(), address.port, PortUse::nodes);
        if (!config_.http) return;
        const auto http = rpc::parse_endpoint(config_.http_listen_address);
        if (!http) return say("http", Health::bad, http.error());
        port("http", config_.http_listen_address, http->port(), PortUse::http);
    }

    void first_state() {
        std::error_code error;
        const bool there = fs::exists(config_.db_path / "state", error);
        if (config_.genesis_file.empty()) {
            if (there) return say("genesis", Health::good, "the first state was made before");
            return say("genesis", Health::bad, "there is no state yet and chain.genesis_file is not set");
        }
        const auto genesis = read_genesis_file(config_.genesis_file);
        if (!genesis) return say("genesis", there ? Health::warning : Health::bad, genesis.error().message);
        say("genesis", Health::good,
            fmt::format("{} stakes, {} accounts{}", genesis->snapshot.stakes.size(),
                        genesis->snapshot.moonlight_accounts.size(), there ? "; the state is there" : ""));
        if (there || !key_) return;
        for (const auto& stake : genesis->snapshot.stakes) {
            if (stake.account == *key_) genesis_stake_ = stake.amount;
        }
    }

    // Of the last accepted block.
    void stake() {
        if (!key_) return;
        std::error_code error;
        if (running_) {
            const bool eligible = status_.is_object() && status_.value("eligible", false);
            return eligible ? say("stake", Health::good, "the running node may propose and vote")
                            : say("stake", Health::warning, "the running node has no stake that counts now");
        }
        if (is_foreign_) return;
        if (!fs::exists(config_.db_path / "state", error)) {
            if (genesis_stake_) return judge_stake(*genesis_stake_, {0}, {0});
            return say("stake", Health::warning, "the keys have no stake in the genesis file");
        }
        stored_stake();
    }
    void stored_stake() {
        node::ThreadPool threads;
        std::vector<std::string> ignored;
        const SystemClock clock;
        node::NodeConfig without_keys = config_;
        without_keys.consensus_keys_path.clear();
        const auto folder = open_node_folder(without_keys, {}, threads, clock, ignored);
        if (!folder) return say("state", Health::bad, folder.error().message);
        const auto tip = folder->blocks->tip();
        if (!tip) return say("state", Health::bad, tip.error().text);
        const auto header = tip->value_or(folder->genesis.header);
        auto session = folder->machine->session(
            header.state_root.bytes, static_cast<std::uint8_t>(config_.network->chain_id), header.height.value);
        if (!session) return say("state", Health::bad, describe(session.error()));
        const auto stake = execution::StateQueries(**session).stake(*key_);
        if (!stake) return say("state", Health::bad, "the stake contract does not answer: " + stake.error().text);
        say("state", Health::good, fmt::format("height {}", header.height.value));
        if (!*stake || !(*stake)->amount)
            return say("stake", Health::warning, "the keys have no stake: the node only follows");
        judge_stake((*stake)->amount->value, (*stake)->amount->eligibility, header.height);
    }
    void judge_stake(ledger::Lux value, ledger::Height eligible_since, ledger::Height height) {
        const std::string amount = fmt::format("{} DUSK", value.value / ledger::kLuxPerDusk);
        if (value < consensus::kMinimumStake) {
            return say("stake", Health::warning, amount + ": at least 1000 DUSK are needed");
        }
        if (eligible_since.value > height.value + 1) {
            return say("stake", Health::warning,
                       fmt::format("{}, which counts from height {} on", amount, eligible_since.value));
        }
        say("stake", Health::good, amount + ", which counts");
    }

    const node::NodeConfig& config_;
    std::vector<Finding> findings_;
    bool is_foreign_ = false;  // the folder belongs to another user
    bool running_ = false;
    ordered_json status_;
    std::optional<ledger::AccountKey> key_;
    std::optional<ledger::Lux> genesis_stake_;
};

}  // namespace

CommandResult examine_node(const NodeOptions& options) {
    const auto config = load_node_config(options);
    if (!config) return fail(config.error());
    const std::vector<Finding> findings = Examination(config->config).run();
    Outcome outcome;
    outcome.warnings = config->warnings;
    auto list = ordered_json::array();
    bool healthy = true;
    for (const Finding& finding : findings) {
        list.push_back({{"subject", finding.subject}, {"health", to_string(finding.health)}, {"text", finding.text}});
        outcome.text += fmt::format("{:8} {:9} {}\n", to_string(finding.health), finding.subject, finding.text);
        healthy &= finding.health != Health::bad;
    }
    outcome.json = {{"healthy", healthy}, {"findings", list}};
    if (healthy) return outcome;
    return fail(Failure{.exit = ExitCode::failure,
                        .code = "unhealthy",
                        .message = "the node cannot work like this: see what is bad above",
                        .report = std::move(outcome.text),
                        .details = std::move(outcome.json)});
}

}  // namespace dusk::app
