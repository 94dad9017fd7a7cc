#include "app/prover_cli.hpp"

#include <memory>

#include "app/prover.hpp"

namespace dusk::app {
namespace {

constexpr const char* kFooter = R"(Wallets that cannot prove by themselves send the bytes of a transaction's circuit to

  POST /on/prover/prove     Content-Type: application/octet-stream; answers 1008 bytes of proof

and a node can name this process as its prover. A request holds what is paid to whom, but no key to
spend with: run the prover where its users trust it, behind TLS when it is not on this machine.

  GET /health     200 when the keys of all circuits are ready, 503 before
  GET /status     the queue and the keys, JSON
  GET /metrics    for Prometheus

Keys are made in the background at the first start (some seconds to a minute) and kept in the cache
folder. Requests beyond the queue are answered 503 with Retry-After. The keys take 0.35 GB, a proof
0.2 GB per worker while it is made.

Examples:
  dusk prover                                           one worker on all cores, 127.0.0.1:8081
  dusk prover --workers 4 --threads 2 --listen [::]:8081
  curl --data-binary @circuit -H 'Content-Type: application/octet-stream' \
       127.0.0.1:8081/on/prover/prove > proof)";

}  // namespace

void add_prover_command(CLI::App& dusk, Chosen& chosen) {
    CLI::App* app = dusk.add_subcommand("prover", "Prove Phoenix transactions for wallets, over HTTP");
    const auto options = std::make_shared<ProverOptions>();
    app->add_option("--listen", options->listen, "Address and port to serve on")
        ->type_name("ADDRESS")
        ->capture_default_str();
    app->add_option("--workers", options->workers, "Proofs at once")
        ->type_name("N")
        ->check(CLI::Range(1u, 256u))
        ->capture_default_str();
    app->add_option("--threads", options->threads, "Threads for one proof (the cores divided by the workers)")
        ->type_name("N")
        ->check(CLI::Range(1u, 256u));
    app->add_option("--queue", options->queue, "Requests that may wait")
        ->type_name("N")
        ->check(CLI::Range(1u, 100000u))
        ->capture_default_str();
    app->add_option("--crs", options->crs, "Public parameters (without it: those for development)")->type_name("FILE");
    app->add_option("--cache", options->cache, "Where keys are kept ($DUSK_CACHE, else ~/.cache/dusk)")
        ->type_name("FOLDER");
    app->add_flag("--fast", options->fast, "Proofs in a tenth less time, for 0.7 GB more memory");
    app->add_option_function<std::string>(
           "--log",
           [options](const std::string& text) {
               const auto filter = parse_log_filter(text);
               if (!filter) throw CLI::ValidationError("--log", "\"" + filter.error() + "\" is no level");
               options->log_filter = *filter;
           },
           "Levels of the log: \"info\", \"warn,prover=debug\"")
        ->type_name("LEVELS");
    app->add_flag_callback("--log-json", [options] { options->log_form = LogForm::json; }, "One JSON object per line");
    app->add_flag("--json", chosen.json, "Print errors as one JSON object");
    app->callback([&chosen, options] { chosen.command = [options] { return run_prover(*options); }; });
    app->footer(kFooter);
}

}  // namespace dusk::app
