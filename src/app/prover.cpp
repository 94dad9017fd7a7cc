#include "app/prover.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/asio/signal_set.hpp>
#include <thread>

#include "app/cache_directory.hpp"
#include "app/crs_cache.hpp"
#include "app/telemetry.hpp"
#include "app/transfer_keys.hpp"
#include "base/clock.hpp"
#include "crypto/os_random.hpp"
#include "node/thread_pool.hpp"
#include "phoenix/devnet_verifier_data.hpp"
#include "phoenix/signature_format.hpp"
#include "phoenix/transfer_circuit.hpp"
#include "plonk/development.hpp"
#include "rpc/http_server.hpp"
#include "rpc/prover_service.hpp"

namespace dusk::app {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using rpc::ProvingError;
using rpc::ProvingFailure;

rpc::ProvingResult refuse(ProvingFailure kind, std::string message) {
    return fail(ProvingError{.kind = kind, .message = std::move(message)});
}

// From the bytes of a request to those of a proof that its verifier accepts.
rpc::ProvingResult prove(const TransferKeys& keys, ByteView bytes, Executor& executor, const Logger& logger) {
    const auto request = phoenix::TransferRequest::from_bytes(bytes);
    if (!request) return refuse(ProvingFailure::malformed, std::string(to_string(request.error())));
    if (phoenix::signature_format(*request) == phoenix::SignatureFormat::released)
        return refuse(ProvingFailure::malformed, std::string(phoenix::kReleasedSignatures));
    const std::size_t inputs = request->inputs.size();
    const auto key = keys.key(inputs);
    if (!key)
        return refuse(ProvingFailure::not_ready,
                      fmt::format("the prover key for {} inputs is not ready; try again later", inputs));
    crypto::OsRandom random;
    const auto proof = phoenix::prove_transfer(key->prover, *request, random, executor);
    if (!proof) {
        if (proof.error().error != plonk::ProofError::unsatisfied)
            return refuse(ProvingFailure::internal, std::string(to_string(proof.error().error)));
        return refuse(ProvingFailure::false_statement,
                      fmt::format("the transaction does not hold: {}", proof.error().where));
    }
    // Whatever went wrong with memory or disk: no proof leaves that does not verify.
    if (!key->verifier.verify(*proof, phoenix::transfer_public_inputs(*request))) {
        logger.error("a proof that was made does not verify: check this machine's memory", {{"inputs", inputs}});
        return refuse(ProvingFailure::internal, "the proof does not verify");
    }
    const auto out = proof->to_bytes();
    return Bytes(out.begin(), out.end());
}

std::vector<rpc::KeyProgress> progress_of(const TransferKeys& keys) {
    std::vector<rpc::KeyProgress> out;
    for (const TransferKeys::Progress& one : keys.progress()) {
        const std::string detail = one.detail.empty() ? "" : ": " + one.detail;
        out.push_back({.name = fmt::format("transfer-{}", one.inputs),
                       .state = std::string(to_string(one.state)) + detail,
                       .ready = one.state == TransferKeys::State::ready});
    }
    return out;
}

Result<LoadedParameters, Failure> parameters_for(const ProverOptions& options, const std::optional<fs::path>& cache,
                                                 Executor& executor, const Logger& logger) {
    crypto::OsRandom random;
    Result<LoadedParameters, Failure> loaded = options.crs.empty()
                                                   ? load_development_parameters(cache, executor)
                                                   : load_parameters(options.crs, cache, random, executor);
    if (!loaded) return fail(loaded.error());
    for (const std::string& warning : loaded->warnings) logger.warn(warning);
    if (plonk::has_development_secret(loaded->parameters.opening_key(), loaded->parameters.powers()))
        logger.warn("these are the development parameters, whose secret is public: for devnet only");
    return loaded;
}

}  // namespace

CommandResult run_prover(const ProverOptions& options) {
    const auto at = rpc::parse_endpoint(options.listen);
    if (!at) return fail(Failure{.exit = ExitCode::usage, .code = "address", .message = at.error()});
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    const unsigned threads = options.threads != 0 ? options.threads : std::max(1u, cores / options.workers);

    const SystemClock clock;
    StreamSink sink(stderr, options.log_form);
    const Log log(sink, clock, options.log_filter);
    const Logger logger = log.logger("prover");

    // The address first: one that is taken should not cost the time that keys take.
    asio::io_context context(1);
    Telemetry telemetry("dusk-prover", {}, clock, log.logger("telemetry"));
    MetricsRegistry metrics;
    std::unique_ptr<TransferKeys> keys;
    rpc::ProvingQueue queue({.workers = options.workers, .threads_per_worker = threads, .capacity = options.queue},
                            telemetry.traced([&](ByteView request, std::string_view /*trace*/, Executor& executor) {
                                return prove(*keys, request, executor, logger);
                            }),
                            metrics, logger);
    rpc::ProverService service(queue, metrics, [&] { return progress_of(*keys); });
    rpc::HttpServer server(
        context, {},
        telemetry.traced([&](rpc::HttpRequest request) { return service.handle(std::move(request)); },
                         [](std::string_view path) { return std::string(rpc::ProverService::route_of(path)); }),
        log.logger("http"));
    const auto bound = server.listen(*at);
    if (!bound) return fail(Failure{.exit = ExitCode::failure, .code = "listen", .message = bound.error()});

    node::ThreadPool pool(cores);
    const auto cache = options.cache.empty() ? cache_directory() : options.cache;
    if (!cache)
        return fail(Failure{.exit = ExitCode::file,
                            .code = "no_cache",
                            .message = "there is no folder for keys: name one with --cache, or set HOME"});
    auto parameters = parameters_for(options, cache, pool, logger);
    if (!parameters) return fail(parameters.error());
    const TransferKeys::Options key_options{.folder = *cache / "prover",
                                            .digest = parameters->digest,
                                            .cosets = options.fast,
                                            .threads = cores,
                                            .pinned = options.crs.empty() ? &phoenix::devnet_verifier_data() : nullptr};
    keys = std::make_unique<TransferKeys>(
        std::make_shared<const plonk::PublicParameters>(std::move(parameters->parameters)), key_options,
        log.logger("keys"));

    const std::string address = fmt::format("{}:{}", bound->address().to_string(), bound->port());
    logger.info("listening", {{"address", address}, {"workers", options.workers}, {"threads", threads}});
    asio::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait([&](const auto& error, int /*signal*/) {
        if (error) return;
        logger.info("stopping: proofs under way are finished");
        server.stop();
        queue.stop();
    });
    context.run();
    return Outcome{.text = "", .json = {{"stopped", true}}};
}

}  // namespace dusk::app
