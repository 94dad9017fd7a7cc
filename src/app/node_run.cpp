#include "app/node_run.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/asio/signal_set.hpp>
#include <cstdlib>
#include <cstring>

#include "app/core_dump.hpp"
#include "app/devnet_faucet_service.hpp"
#include "app/driver_files.hpp"
#include "app/node_archive.hpp"
#include "app/open_files.hpp"
#include "app/public_files.hpp"
#include "app/telemetry.hpp"
#include "app/tls_files.hpp"
#include "app/web_page.hpp"
#include "crypto/os_random.hpp"
#include "node/filtered_sink.hpp"
#include "node/kadcast_transport.hpp"
#include "node/node.hpp"
#include "node/thread_pool.hpp"
#include "node/tip_state.hpp"
#include "phoenix/signature_format.hpp"
#include "rpc/http_server.hpp"
#include "rpc/node_service.hpp"
#include "vm/compiler_memory.hpp"

namespace dusk::app {
namespace {

namespace asio = boost::asio;

// What clients of the released node ask for.
constexpr const char* kOfficialVersion = "1.7.0";

// Taken out of the environment, where others would see it as long as the node runs, and programs that it starts.
std::optional<SecretBytes> take_password_of_keys() {
    constexpr const char* kName = "DUSK_CONSENSUS_KEYS_PASS";
    char* const value = std::getenv(kName);
    if (value == nullptr) return {};
    SecretBytes out(as_bytes(value));
    wipe(std::span(reinterpret_cast<std::uint8_t*>(value), std::strlen(value)));
    ::unsetenv(kName);
    return out;
}

node::NodeSettings settings_of(const node::NodeConfig& config) {
    node::NodeSettings out;
    out.core.chain.consensus.minimum_block_time = config.minimum_block_time;
    out.core.chain.on_demand = config.instant;
    out.core.chain.consensus_from = WallTime(std::chrono::seconds(config.consensus_from));
    out.core.chain.block_gas_limit = config.block_gas_limit;
    out.core.chain.most_inventory = config.max_inv_entries;
    out.core.chain.history = config.history;
    out.core.pool.rules = {.chain = config.network->chain_id, .least_gas_limit = config.min_gas_limit};
    out.core.pool.most_transactions = config.max_mempool_txn_count;
    out.core.pool.expiry = config.mempool_expiry;
    out.core.pool.expiry_interval = config.idle_interval;
    out.core.pool.waiting.transactions = config.max_queue_size;
    out.core.pool.waiting.of_account = config.max_future_nonces;
    out.start_peers = std::min(config.kadcast.bootstrap.size(), config.kadcast.overlay.min_peers);
    out.candidate.gas = config.block_gas_limit;
    out.candidate.time = config.generation_timeout;
    return out;
}

// What a network of sound circuits answers to wallets that sign for the released ones.
std::optional<std::string> why_unprovable(ByteView request) {
    const auto decoded = phoenix::TransferRequest::from_bytes(request);
    if (!decoded || phoenix::signature_format(*decoded) != phoenix::SignatureFormat::released) return {};
    return std::string(phoenix::kReleasedSignatures);
}

Failure start_failure(const chain::StartFailure& failure) {
    const bool other = failure.kind == chain::StartFailure::Kind::other_genesis;
    return {.exit = ExitCode::file, .code = other ? "other_genesis" : "damaged", .message = failure.text};
}

// The node and what it runs on, from the folder to the sockets.
class Program {
  public:
    Program(const NodeOptions& options, node::NodeConfig config)
        : options_(options),
          config_(std::move(config)),
          lines_(stderr, config_.log_form),
          sink_(lines_, parse_log_filter(config_.log_filter).value_or(LogFilter())),
          log_(sink_, clock_, LogFilter(LogLevel::trace)),
          logger_(log_.logger("node")),
          signals_(loop_, SIGINT, SIGTERM, SIGHUP) {}

    Result<void, Failure> open(const std::vector<std::string>& warnings) {
        std::vector<std::string> more = warnings;
        auto folder = open_node_folder(config_, take_password_of_keys(), pool_, clock_, more);
        for (const std::string& warning : more) logger_.warn(warning);
        if (!folder) return fail(folder.error());
        folder_.emplace(std::move(*folder));
        if (const auto told = tell_first_block(); !told) return told;
        if (config_.archive) folder_->blocks->keep_events();
        states_.emplace(folder_->machine, config_.network->chain_id, &checks_, state_random_, pool_);
        pool_state_.emplace(*folder_->blocks, folder_->machine, config_.network->chain_id);
        auto node = node::Node::open(loop_, settings_of(config_),
                                     {.blocks = folder_->blocks.get(),
                                      .states = &*states_,
                                      .checks = &checks_,
                                      .signatures = &signatures_,
                                      .signer = folder_->signer.get(),
                                      .pool_state = &*pool_state_,
                                      .pool_store = folder_->pool.get(),
                                      .random = &random_,
                                      .executor = &pool_,
                                      .clock = &clock_},
                                     folder_->genesis, log_);
        if (!node) return fail(start_failure(node.error()));
        node_ = std::move(*node);
        if (config_.archive) {
            auto archive = start_archive(config_, *folder_, log_);
            if (!archive) return fail(archive.error());
            archive_ = *std::move(archive);
        }
        node_->set_observer([this](const node::CoreAction& action) { on_action(action); });
        vm::give_back_compiler_memory();
        return {};
    }

    Result<void, Failure> run() {
        if (const auto served = serve(); !served) return served;
        if (const auto joined = join(); !joined) return joined;
        node_->set_on_failure([this] { stop("the node cannot go on"); });
        wait_for_signal();
        loop_.run();
        if (!node_->failure().empty()) {
            return fail(Failure{.exit = ExitCode::file, .code = "stopped", .message = node_->failure()});
        }
        logger_.info("stopped");
        return {};
    }

  private:
    void on_action(const node::CoreAction& action) {
        if (service_) service_->on_action(action);
        const bool changes_chain = std::holds_alternative<chain::BlockAccepted>(action) ||
                                   std::holds_alternative<chain::BlocksReverted>(action);
        if (archive_ && changes_chain) archive_->look();
    }
    // A node that was pruned, or began with a snapshot, has no old blocks, whatever it is told to keep from now on.
    Result<void, Failure> tell_first_block() {
        const auto first = folder_->blocks->first_block();
        if (!first) return fail(Failure{.exit = ExitCode::file, .code = "storage", .message = first.error().text});
        if (config_.history.blocks || !*first || **first == ledger::Height{1}) return {};
        logger_.warn(
            "blocks below this height are not here and do not come back; to have them, remove the folder and "
            "fetch the chain anew",
            {{"height", (*first)->value}});
        return {};
    }
    Result<void, Failure> serve() {
        if (!config_.http) return {};
        const auto at = rpc::parse_endpoint(config_.http_listen_address);
        if (!at) return fail(Failure{.exit = ExitCode::usage, .code = "address", .message = at.error()});
        rpc::NodeServiceSettings settings{.version = kOfficialVersion,
                                          .build = "dusk " DUSK_VERSION,
                                          .network = config_.network,
                                          .block_gas_limit = config_.block_gas_limit,
                                          .feeder_call_gas = config_.feeder_call_gas,
                                          .bootstrapping_nodes = config_.kadcast.bootstrap,
                                          .generation_timeout = config_.generation_timeout,
                                          .http = config_.http_rules};
        if (config_.archive) settings.archive_database = archive_database(config_);
        if (folder_->signer) settings.provisioner = folder_->signer->key();
        auto sources = sources_of_service();
        if (!sources) return fail(sources.error());
        service_.emplace(std::move(settings), *node_, *folder_->blocks, *folder_->machine, loop_, clock_,
                         *std::move(sources));
        const node::ClientSettings& client = config_.http_rules.client;
        const bool limited = config_.http_rules.policy && client.limited;
        server_.emplace(
            loop_,
            rpc::HttpLimits{.connections = config_.http_rules.connections,
                            .of_client = limited ? client.connections : 0,
                            .limits_loopback = client.loopback,
                            .proxies = config_.proxies},
            telemetry_.traced([this](rpc::HttpRequest request) { return service_->handle(std::move(request)); },
                              [this](std::string_view path) {
                                  const auto match = service_->routes().find(path);
                                  return match ? match->path->pattern : std::string();
                              }),
            log_.logger("http"));
        server_->set_upgrade(
            "/on",
            [this](auto stream, auto request, const auto& /*client*/) {
                return rpc::serve_events(std::move(stream), std::move(request), service_->events(), kOfficialVersion);
            },
            [this](const rpc::HttpRequest& request) { return service_->refuse_socket(request); });
        server_->set_upgrade(
            std::string(rpc::jsonrpc::JsonRpc::kPath),
            [this](auto stream, auto request, auto client) {
                return service_->json_rpc().serve(std::move(stream), std::move(request), std::move(client));
            },
            [this](const rpc::HttpRequest& request) { return service_->refuse_rpc_socket(request); });
        service_->set_connections([this] { return server_->counts(); });
        if (const auto set = set_certificate(config_.http_rules); !set) return set;
        const auto bound = server_->listen(*at);
        if (!bound) return fail(Failure{.exit = ExitCode::failure, .code = "listen", .message = bound.error()});
        logger_.info("serving", {{is_secure() ? "https" : "http",
                                  fmt::format("{}:{}", bound->address().to_string(), bound->port())}});
        return {};
    }
    [[nodiscard]] bool is_secure() const { return !config_.http_rules.cert.empty(); }
    // For the connections from now on.
    Result<void, Failure> set_certificate(const node::HttpSettings& settings) {
        if (settings.cert.empty()) return {};
        const auto certificate = load_certificate(settings);
        if (!certificate) return fail(certificate.error());
        for (const std::string& warning : certificate_warnings(settings, *certificate, clock_.wall_time())) {
            logger_.warn(warning);
        }
        server_->set_tls(certificate->context);
        logger_.info("certificate", {{"subject", certificate->subject}, {"file", settings.cert}});
        return {};
    }
    Result<rpc::NodeSources, Failure> sources_of_service() {
        rpc::NodeSources out{.blobs = [this](const ledger::BlobHash& hash) { return folder_->blocks->blob(hash); },
                             .drivers = &drivers_,
                             .page = config_.http_rules.page ? web_page() : nullptr};
        if (archive_) out.archive_progress = [this] { return archive_->progress(); };
        if (!config_.http_rules.crs_file.empty()) {
            out.public_parameters = [path = config_.http_rules.crs_file]() -> std::optional<Bytes> {
                auto content = read_public_file(path);
                return content ? std::optional(*std::move(content)) : std::nullopt;
            };
        }
        if (!config_.http_rules.prover.empty()) {
            const auto prover = rpc::parse_endpoint(config_.http_rules.prover);
            if (!prover) return fail(Failure{.exit = ExitCode::usage, .code = "address", .message = prover.error()});
            out.prover = *prover;
        }
        if (config_.network->proof_rules == phoenix::ProofRules::sound) out.unprovable = why_unprovable;
        if (!config_.faucet.empty()) {
            faucet_.emplace(loop_, config_.faucet, log_.logger("faucet"));
            out.faucet = [this](rpc::HttpRequest request) { return faucet_->answer(std::move(request)); };
        }
        return out;
    }
    Result<void, Failure> join() {
        Result<void, std::string> started;
        node_->start([&](node::Transport::Receiver receiver) {
            auto transport = std::make_unique<node::KadcastTransport>(loop_, config_.kadcast, clock_,
                                                                      std::move(receiver), log_.logger("network"));
            started = transport->start();
            return transport;
        });
        if (!started) return fail(Failure{.exit = ExitCode::failure, .code = "listen", .message = started.error()});
        const auto status = node_->status();
        logger_.info("running", {{"network", config_.network->name},
                                 {"address", node_->own_address().to_text()},
                                 {"height", status.core.chain.tip.value},
                                 {"votes", folder_->signer != nullptr}});
        return {};
    }
    void wait_for_signal() {
        signals_.async_wait([this](const auto& error, int signal) {
            if (error) return;
            if (signal != SIGHUP) return stop("asked to stop");
            read_again();
            wait_for_signal();
        });
    }
    // What may change while the node runs: levels of the log, and the certificate. What cannot be read stays as it is.
    void read_again() {
        const auto config = load_node_config(options_);
        if (!config) {
            logger_.error("the configuration cannot be read again; everything stays as it is",
                          {{"reason", config.error().message}});
            return;
        }
        sink_.set_filter(parse_log_filter(config->config.log_filter).value_or(LogFilter()));
        logger_.info("levels of the log", {{"filter", config->config.log_filter}});
        if (!server_ || !is_secure() || config->config.http_rules.cert.empty()) return;
        if (const auto set = set_certificate(config->config.http_rules); !set) {
            logger_.error("the certificate cannot be read again; the one before stays",
                          {{"reason", set.error().message}});
        }
    }
    void stop(std::string_view why) {
        logger_.info("stopping", {{"why", why}});
        if (server_) server_->stop();
        if (faucet_) faucet_->stop();
        if (service_) service_->stop();
        node_->stop();
        boost::system::error_code ignored;
        signals_.cancel(ignored);
    }

    NodeOptions options_;
    node::NodeConfig config_;
    const SystemClock clock_;
    StreamSink lines_;
    node::FilteredSink sink_;
    Log log_;
    Logger logger_;
    Telemetry telemetry_{"dusk-node", config_.otlp_endpoint, clock_, log_.logger("telemetry")};
    crypto::OsRandom random_;
    crypto::OsRandom state_random_;
    node::ThreadPool pool_;
    asio::io_context loop_{1};
    asio::signal_set signals_;
    execution::ProofChecks checks_{phoenix::TransferVerifiers::of_network(config_.network->name).value()};
    consensus::BlsSignatures signatures_;
    std::optional<NodeFolder> folder_;
    DriverFiles drivers_{config_.db_path / "drivers"};
    std::optional<chain::ContractStates> states_;
    std::optional<node::TipState> pool_state_;
    std::unique_ptr<NodeArchive> archive_;  // null: none
    std::unique_ptr<node::Node> node_;
    std::optional<FaucetService> faucet_;
    std::optional<rpc::NodeService> service_;
    std::optional<rpc::HttpServer> server_;
};

}  // namespace

CommandResult run_node(const NodeOptions& options) {
    auto config = load_node_config(options);
    if (!config) return fail(config.error());
    // Signing keys stay in memory: no core file holds them.
    if (!config->config.consensus_keys_path.empty()) forbid_core_dumps();
    // Each client is one, and each file of contracts and blocks.
    raise_open_files();
    Program program(options, std::move(config->config));
    if (const auto opened = program.open(config->warnings); !opened) return fail(opened.error());
    if (const auto ran = program.run(); !ran) return fail(ran.error());
    return Outcome{.text = "", .json = {{"stopped", true}}};
}

}  // namespace dusk::app
