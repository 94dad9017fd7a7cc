#include "app/node_settings.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "app/public_files.hpp"
#include "consensus/rules.hpp"
#include "node/bootstrap_names.hpp"
#include "node/udp_socket.hpp"

namespace dusk::app {
namespace {

constexpr std::size_t kLargestConfig = std::size_t{1} << 20;

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::unexpected<Failure> bad_value(std::string_view where, std::string_view what) {
    return fail(Failure{.exit = ExitCode::usage, .code = "usage", .message = fmt::format("{} {}", where, what)});
}

Result<void, Failure> set_address(const std::string& text, std::string_view where,
                                  const std::function<void(node::Peer)>& set) {
    if (text.empty()) return {};
    const auto peer = node::parse_socket_address(text);
    if (!peer) return bad_value(where, "is no address and port, such as 127.0.0.1:9000");
    set(*peer);
    return {};
}

Result<void, Failure> set_bootstrap(const std::vector<std::string>& texts, std::string_view where,
                                    node::NodeConfig& config) {
    if (texts.empty()) return {};
    if (!std::ranges::all_of(texts, node::is_node_name)) {
        return bad_value(where, "has a part that is no address or name with a port, such as node.example:9000");
    }
    config.kadcast.bootstrap = texts;
    return {};
}

std::vector<std::string> parts_of(const std::string& list) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t comma = std::min(list.find(',', at), list.size());
        if (comma > at) out.push_back(list.substr(at, comma - at));
        at = comma + 1;
    }
    return out;
}

Result<void, Failure> apply_environment(node::NodeConfig& config) {
    if (const std::string time = variable("RUSK_MINIMUM_BLOCK_TIME"); !time.empty()) {
        std::uint32_t seconds = 0;
        const auto [end, error] = std::from_chars(time.data(), time.data() + time.size(), seconds);
        const bool good = error == std::errc() && end == time.data() + time.size();
        if (good && (seconds > 3600 || (seconds == 0 && !config.instant))) {
            return bad_value("RUSK_MINIMUM_BLOCK_TIME", "is a time from 1 to 3600 seconds; 0 only with devnet.instant");
        }
        config.minimum_block_time = good ? std::chrono::seconds(seconds) : consensus::kMinimumBlockTime;
    }
    if (const std::string time = variable("RUSK_CONSENSUS_SPIN_TIME"); !time.empty()) {
        std::uint32_t seconds = 0;
        const auto [end, error] = std::from_chars(time.data(), time.data() + time.size(), seconds);
        if (error != std::errc() || end != time.data() + time.size()) {
            return bad_value("RUSK_CONSENSUS_SPIN_TIME", "is no time in unix seconds");
        }
        config.consensus_from = seconds;
    }
    const auto bootstrap = variable("KADCAST_BOOTSTRAP");
    if (const auto done = set_bootstrap(parts_of(bootstrap), "KADCAST_BOOTSTRAP", config); !done) return done;
    auto done = set_address(variable("KADCAST_PUBLIC_ADDRESS"), "KADCAST_PUBLIC_ADDRESS",
                            [&](node::Peer peer) { config.kadcast.public_address = peer; });
    if (!done) return done;
    return set_address(variable("KADCAST_LISTEN_ADDRESS"), "KADCAST_LISTEN_ADDRESS",
                       [&](node::Peer peer) { config.kadcast.listen_address = peer; });
}

Result<void, Failure> apply_log_options(const NodeOptions& options, node::NodeConfig& config) {
    if (!options.log_level.empty()) config.log_filter = options.log_level;
    if (!options.log_filter.empty()) config.log_filter += "," + options.log_filter;
    if (!parse_log_filter(config.log_filter))
        return bad_value("--log-level or --log-filter", "has a part that is no level");
    if (options.log_type == "json") config.log_form = LogForm::json;
    if (options.log_type == "plain") config.log_form = LogForm::plain;
    if (options.log_type == "coloured") config.log_form = LogForm::coloured;
    return {};
}

Result<void, Failure> apply_options(const NodeOptions& options, node::NodeConfig& config) {
    if (const auto done = apply_log_options(options, config); !done) return done;
    if (!options.db_path.empty()) config.db_path = options.db_path;
    if (!options.consensus_keys_path.empty()) config.consensus_keys_path = options.consensus_keys_path;
    if (options.no_archive_backfill) config.archive_backfill = false;
    if (!options.http_listen_addr.empty()) config.http_listen_address = options.http_listen_addr;
    if (const auto done = set_bootstrap(options.kadcast_bootstrap, "--kadcast-bootstrap", config); !done) return done;
    const auto done = set_address(options.kadcast_public_address, "--kadcast-public-address",
                                  [&](node::Peer peer) { config.kadcast.public_address = peer; });
    if (!done) return done;
    return set_address(options.kadcast_listen_address, "--kadcast-listen-address",
                       [&](node::Peer peer) { config.kadcast.listen_address = peer; });
}

}  // namespace

Result<node::ParsedConfig, Failure> load_node_config(const NodeOptions& options) {
    node::ParsedConfig out;
    if (!options.config.empty()) {
        const auto content = read_public_file(options.config);
        if (!content) return fail(content.error());
        if (content->size() > kLargestConfig) {
            return fail(
                Failure{.exit = ExitCode::file,
                        .code = "file_too_large",
                        .message = fmt::format("{} is larger than any configuration", options.config.string())});
        }
        auto parsed = node::parse_config({reinterpret_cast<const char*>(content->data()), content->size()});
        if (!parsed) {
            return fail(Failure{.exit = ExitCode::bad_input,
                                .code = "bad_config",
                                .message = fmt::format("{}, {}", options.config.string(), describe(parsed.error()))});
        }
        out = *std::move(parsed);
    }
    if (const auto done = apply_environment(out.config); !done) return fail(done.error());
    if (const auto done = apply_options(options, out.config); !done) return fail(done.error());
    return out;
}

}  // namespace dusk::app
