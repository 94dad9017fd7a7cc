#include "node/config.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/hex.hpp"
#include "ledger/charges.hpp"
#include "ledger/toml_parser.hpp"
#include "node/loopback_transport.hpp"

namespace dusk::node {
namespace {

// What the protocol fixes: the released node refuses other values on networks that it knows.
struct FixedKey {
    std::string_view name;
    std::uint64_t value;
};
constexpr std::array kFixedVmKeys{
    FixedKey{"gas_per_deploy_byte", ledger::kGasPerDeployByte},
    FixedKey{"gas_per_blob", ledger::kGasPerBlob},
    FixedKey{"min_deploy_points", ledger::kMinDeployCharge.value},
    FixedKey{"min_deployment_gas_price", ledger::kMinDeployPrice.value},
};

// Keys of the released node that are read and have no effect here.
constexpr std::array<std::string_view, 3> kUnusedSections{"telemetry", "archive", "prover"};
constexpr std::array<std::string_view, 22> kUnusedKeys{"chain.max_queue_size",
                                                       "chain.db_options",
                                                       "vm.features",
                                                       "databroker.max_ongoing_requests",
                                                       "databroker.max_queue_size",
                                                       "databroker.delay_on_resp_msg",
                                                       "mempool.mempool_download_redundancy",
                                                       "kadcast.auto_propagate",
                                                       "kadcast.channel_size",
                                                       "kadcast.recursive_discovery",
                                                       "kadcast.version",
                                                       "kadcast.version_match",
                                                       "kadcast.bucket",
                                                       "kadcast.network",
                                                       "kadcast.fec",
                                                       "http.cert",
                                                       "http.key",
                                                       "http.enable_docs",
                                                       "http.ws_sub_channel_cap",
                                                       "http.ws_event_channel_cap",
                                                       "http.headers",
                                                       "http.policy"};

// The parser's tables for characters beyond ASCII have undefined behaviour, but paths may have such characters. It gets
// them as "<mark>XX" for each byte; elsewhere than in texts and comments that is an error, as it is in TOML.
constexpr std::string_view kMark = "~8-bit~";

std::string to_ascii(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x80) {
            out += c;
        } else {
            out += fmt::format("{}{:02x}", kMark, static_cast<unsigned char>(c));
        }
    }
    return out;
}

std::string from_ascii(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        const auto byte = from_hex(rest.starts_with(kMark) ? rest.substr(kMark.size(), 2) : std::string_view());
        if (byte && byte->size() == 1) {
            out += static_cast<char>(byte->front());
            at += kMark.size() + 2;
        } else {
            out += rest.front();
            ++at;
        }
    }
    return out;
}

std::size_t line_of(const toml::node& node) { return node.source().begin.line; }

struct Findings {
    std::optional<ConfigError> error{};  // the first
    std::vector<std::string> warnings{};

    void refuse(std::size_t line, std::string key, std::string text) {
        if (!error) error = ConfigError{.line = line, .key = std::move(key), .text = std::move(text)};
    }
};

// The keys of one table, each asked for once. Values that are not there leave what they go to as it is.
class Section {
  public:
    Section(const toml::table& table, std::string name, Findings& findings)
        : table_(&table), name_(std::move(name)), findings_(&findings) {}

    const toml::node* find(std::string_view key) {
        asked_.push_back(key);
        return table_->get(key);
    }
    void refuse(std::string_view key, std::string text) {
        const toml::node* const node = table_->get(key);
        findings_->refuse(node == nullptr ? 0 : line_of(*node), path(key), std::move(text));
    }
    std::optional<std::string> text(std::string_view key) {
        const toml::node* const node = find(key);
        if (node == nullptr) return {};
        if (const auto* const value = node->as<std::string>()) return from_ascii(value->get());
        refuse(key, "must be a text");
        return {};
    }
    void text(std::string_view key, std::string& out) {
        if (auto value = text(key)) out = *std::move(value);
    }
    void path(std::string_view key, std::filesystem::path& out) {
        if (auto value = text(key)) out = *std::move(value);
    }
    void flag(std::string_view key, bool& out) {
        const toml::node* const node = find(key);
        if (node == nullptr) return;
        if (const auto* const value = node->as<bool>()) {
            out = value->get();
        } else {
            refuse(key, "must be true or false");
        }
    }
    std::optional<std::uint64_t> number(std::string_view key, std::uint64_t least, std::uint64_t most) {
        const toml::node* const node = find(key);
        if (node == nullptr) return {};
        const auto* const value = node->as<std::int64_t>();
        if (value != nullptr && value->get() >= 0) {
            const auto out = static_cast<std::uint64_t>(value->get());
            if (out >= least && out <= most) return out;
        }
        refuse(key, fmt::format("must be a number from {} to {}", least, most));
        return {};
    }
    template <class T>
    void number(std::string_view key, T& out, std::uint64_t least, std::uint64_t most) {
        if (const auto value = number(key, least, most)) out = T{*value};
    }
    // The released node takes large numbers as text only.
    template <class T>
    void number_or_text(std::string_view key, T& out, std::uint64_t least, std::uint64_t most) {
        const toml::node* const node = find(key);
        const auto* const written = node == nullptr ? nullptr : node->as<std::string>();
        if (written == nullptr) return number(key, out, least, most);
        const std::string& digits = written->get();
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error == std::errc() && end == digits.data() + digits.size() && value >= least && value <= most) {
            out = T{value};
        } else {
            refuse(key, fmt::format("must be a number from {} to {}", least, most));
        }
    }
    void seconds(std::string_view key, std::chrono::seconds& out, std::uint64_t least, std::uint64_t most) {
        if (const auto value = number(key, least, most)) out = std::chrono::seconds(*value);
    }
    void duration(std::string_view key, std::chrono::milliseconds& out) {
        const auto value = text(key);
        if (!value) return;
        if (const auto parsed = parse_duration(*value)) {
            out = *parsed;
        } else {
            refuse(key, "must be a duration, such as \"3s\" or \"1h 30m\"");
        }
    }
    std::optional<Peer> peer(std::string_view key) {
        const auto value = text(key);
        if (!value) return {};
        auto out = parse_peer(*value);
        if (!out) refuse(key, "must be an address and a port, such as \"127.0.0.1:9000\"");
        return out;
    }
    void peers(std::string_view key, std::vector<Peer>& out) {
        const toml::node* const node = find(key);
        if (node == nullptr) return;
        const auto wrong = [&] { refuse(key, "must be a list of addresses with ports"); };
        const toml::array* const items = node->as_array();
        if (items == nullptr) return wrong();
        for (const toml::node& item : *items) {
            const auto* const value = item.as<std::string>();
            const auto parsed = value == nullptr ? std::nullopt : parse_peer(value->get());
            if (!parsed) return wrong();
            out.push_back(*parsed);
        }
    }
    // A table inside; empty where there is none.
    Section section(std::string_view key) {
        static const toml::table none;
        const toml::node* const node = find(key);
        const toml::table* const table = node == nullptr ? &none : node->as_table();
        if (table == nullptr) refuse(key, "must be a table");
        return {table == nullptr ? none : *table, path(key), *findings_};
    }
    void note_unknown() const {
        for (const auto& [key, node] : *table_) {
            if (std::ranges::find(asked_, key.str()) != asked_.end()) continue;
            const std::string where = path(key.str());
            const bool unused = std::ranges::find(kUnusedKeys, where) != kUnusedKeys.end() ||
                                std::ranges::find(kUnusedSections, where) != kUnusedSections.end();
            findings_->warnings.push_back(
                fmt::format("line {}: {} {}", line_of(node), where, unused ? "has no effect" : "means nothing here"));
        }
    }

  private:
    [[nodiscard]] std::string path(std::string_view key) const {
        return name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
    }

    const toml::table* table_;
    std::string name_;
    Findings* findings_;
    std::vector<std::string_view> asked_;
};

void read_log(Section& top, NodeConfig& out) {
    std::string level = "info";
    std::string filter;
    top.text("log_level", level);
    top.text("log_filter", filter);
    out.log_filter = filter.empty() ? level : fmt::format("{},{}", level, filter);
    if (!parse_log_filter(out.log_filter)) {
        top.refuse(filter.empty() ? "log_level" : "log_filter", "has a part that is no level");
    }
    const auto type = top.text("log_type");
    if (!type) return;
    if (*type == "json") {
        out.log_form = LogForm::json;
    } else if (*type == "plain") {
        out.log_form = LogForm::plain;
    } else if (*type != "coloured") {
        top.refuse("log_type", "must be \"coloured\", \"plain\" or \"json\"");
    }
}

constexpr std::uint64_t kKeptBlocks = 86'400;  // of a pruned node: ten days

// How much of the past is kept.
void read_history(Section& chain, Section blob, chain::History& out) {
    const std::string mode = chain.text("mode").value_or("full");
    if (mode == "archive") {
        out.blobs.reset();
    } else if (mode == "pruned") {
        out.blocks = kKeptBlocks;
    } else if (mode != "full") {
        chain.refuse("mode", "must be \"archive\", \"full\" or \"pruned\"");
    }
    if (const auto blocks = chain.number("keep_blocks", chain::History::kLeastBlocks, 1'000'000'000)) {
        if (mode != "pruned") chain.refuse("keep_blocks", "is of a node with chain.mode = \"pruned\"");
        out.blocks = *blocks;
    }
    if (const auto blocks = blob.number("expire_after", 0, 1'000'000'000)) {
        out.blobs = *blocks == 0 ? std::nullopt : blocks;
    }
    blob.note_unknown();
}

void read_chain(Section& chain, Section blob, NodeConfig& out) {
    chain.path("db_path", out.db_path);
    chain.path("consensus_keys_path", out.consensus_keys_path);
    chain.path("genesis_file", out.genesis_file);
    chain.number("genesis_timestamp", out.genesis_timestamp, 0, std::numeric_limits<std::int64_t>::max());
    chain.number("min_gas_limit", out.min_gas_limit, 0, 3'000'000'000);
    chain.seconds("minimum_block_time", out.minimum_block_time, 0, 3600);
    chain.seconds("first_step_time", out.first_step_time, 1, 40);
    chain.duration("doppelganger_wait", out.doppelganger_wait);
    read_history(chain, std::move(blob), out.history);
    chain.note_unknown();
}

void read_vm(Section vm, NodeConfig& out) {
    vm.duration("generation_timeout", out.generation_timeout);
    vm.number("block_gas_limit", out.block_gas_limit, 1, std::numeric_limits<std::int64_t>::max());
    for (const FixedKey& fixed : kFixedVmKeys) {
        const auto value = vm.number(fixed.name, 0, std::numeric_limits<std::int64_t>::max());
        if (value && *value != fixed.value) {
            vm.refuse(fixed.name, fmt::format("is {} on every network and cannot be changed", fixed.value));
        }
    }
    vm.note_unknown();
}

void read_pool(Section pool, NodeConfig& out) {
    pool.number("max_mempool_txn_count", out.max_mempool_txn_count, 1, 1'000'000);
    pool.number("max_queue_size", out.max_queue_size, 0, 1'000'000);
    pool.number("max_moonlight_future_nonce_per_account", out.max_future_nonces, 0, 1'000'000);
    pool.duration("idle_interval", out.idle_interval);
    pool.duration("mempool_expiry", out.mempool_expiry);
    pool.note_unknown();
}

void read_network(Section& top, NodeConfig& out) {
    const auto name = top.text("network");
    if (name) {
        out.network = ledger::network_named(*name);
        if (out.network == nullptr) top.refuse("network", "must be \"devnet\" or \"rusk\"");
    }
    Section kadcast = top.section("kadcast");
    if (const auto id = kadcast.number("kadcast_id", 0, 255)) {
        const auto known = ledger::networks();
        const auto at = std::ranges::find(known, *id, &ledger::Network::kadcast_id);
        if (at == known.end()) {
            kadcast.refuse("kadcast_id", "is no network of this program: 100 (devnet) or 0 (rusk)");
        } else if (name && out.network != nullptr && out.network != &*at) {
            kadcast.refuse("kadcast_id", "belongs to another network than `network` names");
        } else {
            out.network = &*at;
        }
    }
    if (const auto address = kadcast.peer("public_address")) out.public_address = *address;
    out.listen_address = kadcast.peer("listen_address");
    kadcast.peers("bootstrapping_nodes", out.bootstrapping_nodes);
    kadcast.note_unknown();
}

}  // namespace

std::string describe(const ConfigError& error) {
    std::string out = error.line == 0 ? std::string() : fmt::format("line {}: ", error.line);
    if (!error.key.empty()) out += error.key + " ";
    return out + error.text;
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::uint64_t>, 5> kUnits{
        {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
    static constexpr std::uint64_t kMost = 10ULL * 366 * 86'400'000;
    std::uint64_t total = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    if (at == end) return {};
    while (at != end) {
        std::uint64_t count = 0;
        const auto [after, error] = std::from_chars(at, end, count);
        if (error != std::errc()) return {};
        const char* const unit_end = std::find_if(after, end, [](char c) { return c < 'a' || c > 'z'; });
        const auto unit = std::ranges::find(kUnits, std::string_view(after, unit_end), [](auto& u) { return u.first; });
        if (unit == kUnits.end() || count > kMost / unit->second) return {};
        total += count * unit->second;
        if (total > kMost) return {};
        at = std::find_if(unit_end, end, [](char c) { return c != ' '; });
    }
    return std::chrono::milliseconds(total);
}

Result<ParsedConfig, ConfigError> parse_config(std::string_view text) {
    toml::table table;
    try {
        table = toml::parse(to_ascii(text));
    } catch (const toml::parse_error& error) {
        return fail(ConfigError{.line = error.source().begin.line, .text = std::string(error.description())});
    } catch (const ledger::TomlParserFault&) {
        return fail(ConfigError{.text = "the text is no TOML"});
    }
    Findings findings;
    ParsedConfig out;
    Section top(table, "", findings);
    read_log(top, out.config);
    read_network(top, out.config);
    Section chain = top.section("chain");
    read_chain(chain, top.section("blob"), out.config);
    read_vm(top.section("vm"), out.config);
    read_pool(top.section("mempool"), out.config);
    Section broker = top.section("databroker");
    broker.number("max_inv_entries", out.config.max_inv_entries, 1, 10'000);
    broker.note_unknown();
    Section http = top.section("http");
    http.flag("listen", out.config.http);
    http.text("listen_address", out.config.http_listen_address);
    http.number_or_text("feeder_call_gas", out.config.feeder_call_gas, 1, std::numeric_limits<std::int64_t>::max());
    http.note_unknown();
    Section devnet = top.section("devnet");
    devnet.flag("instant", out.config.instant);
    if (out.config.instant && out.config.network != nullptr && out.config.network != &ledger::devnet()) {
        devnet.refuse("instant", "is for networks of the kind devnet only");
    }
    if (out.config.minimum_block_time.count() == 0 && !out.config.instant) {
        chain.refuse("minimum_block_time", "may be 0 only with devnet.instant: blocks would follow without a pause");
    }
    devnet.note_unknown();
    top.note_unknown();
    if (findings.error) return fail(*std::move(findings.error));
    out.warnings = std::move(findings.warnings);
    return out;
}

}  // namespace dusk::node
