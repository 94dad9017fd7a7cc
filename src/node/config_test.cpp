#include "node/config.hpp"

#include <gtest/gtest.h>

namespace dusk::node {
namespace {

using namespace std::chrono_literals;

TEST(Config, DefaultsAreThoseOfAnEmptyFile) {
    const auto parsed = parse_config("");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->config.network, &ledger::devnet());
    EXPECT_EQ(parsed->config.minimum_block_time, 10s);
    EXPECT_EQ(parsed->config.log_filter, "info");
    EXPECT_TRUE(parsed->warnings.empty());
}

TEST(Config, TakesTheKeysOfTheReleasedNode) {
    const auto parsed = parse_config(R"(
log_level = "debug"
log_type = "json"
log_filter = "consensus=trace"
[chain]
db_path = "/var/lib/dusk"
consensus_keys_path = "/etc/dusk/consensus.keys"
genesis_timestamp = '2023-11-14T22:13:20Z'
min_gas_limit = 75000
max_queue_size = 5000
[vm]
generation_timeout = "1s 500ms"
block_gas_limit = 2_000_000_000
gas_per_deploy_byte = 100
[mempool]
max_mempool_txn_count = 5
max_moonlight_future_nonce_per_account = 7
idle_interval = "1h"
mempool_expiry = "3d"
[databroker]
max_inv_entries = 50
[kadcast]
kadcast_id = 0
public_address = "127.0.0.1:9100"
listen_address = "[::1]:9101"
bootstrapping_nodes = ["127.0.0.1:9102", "seed.example:9103"]
auto_propagate = true
channel_size = 1000
recursive_discovery = false
[kadcast.bucket]
node_ttl = "30s"
node_evict_after = "5s"
bucket_ttl = "1h"
min_peers = 7
[kadcast.network]
udp_recv_buffer_size = 8000000
udp_send_backoff_timeout = "50us"
udp_send_retry_interval = "5ms"
udp_send_retry_count = 3
blocklist_refresh_interval = "10s"
[kadcast.fec.encoder]
min_repair_packets_per_block = 6
mtu = 1400
fec_redundancy = 0.25
[kadcast.fec.decoder]
cache_ttl = "1m"
cache_prune_every = "5m"
max_udp_len = 10485760
[http]
listen_address = "127.0.0.1:8090"
feeder_call_gas = "18000000000"
cert = "cert.pem"
key = "key.pem"
enable_docs = true
[telemetry]
listen_address = "127.0.0.1:1"
)");
    ASSERT_TRUE(parsed) << describe(parsed.error());
    const NodeConfig& config = parsed->config;
    EXPECT_EQ(config.log_filter, "debug,consensus=trace");
    EXPECT_EQ(config.log_form, LogForm::json);
    EXPECT_EQ(config.db_path, "/var/lib/dusk");
    EXPECT_EQ(config.consensus_keys_path, "/etc/dusk/consensus.keys");
    EXPECT_EQ(config.genesis_timestamp, 1'700'000'000U);
    EXPECT_EQ(config.min_gas_limit.value, 75'000U);
    EXPECT_EQ(config.generation_timeout, 1500ms);
    EXPECT_EQ(config.block_gas_limit.value, 2'000'000'000U);
    EXPECT_EQ(config.max_mempool_txn_count, 5U);
    EXPECT_EQ(config.max_future_nonces, 7U);
    EXPECT_EQ(config.feeder_call_gas.value, 18'000'000'000U);
    EXPECT_EQ(config.mempool_expiry, 72h);
    EXPECT_EQ(config.max_inv_entries, 50U);
    EXPECT_EQ(config.network, &ledger::rusk_network());
    const KadcastSettings& kadcast = config.kadcast;
    EXPECT_EQ(kadcast.network, 0);
    EXPECT_EQ(kadcast.public_address.port, 9100);
    ASSERT_TRUE(kadcast.listen_address);
    EXPECT_EQ(kadcast.listen_address->to_text(), "[::1]:9101");
    EXPECT_EQ(kadcast.bootstrap, (std::vector<std::string>{"127.0.0.1:9102", "seed.example:9103"}));
    EXPECT_FALSE(kadcast.overlay.recursive_discovery);
    EXPECT_EQ(kadcast.overlay.table.node_ttl, 30s);
    EXPECT_EQ(kadcast.overlay.table.ping_after, 20s);
    EXPECT_EQ(kadcast.overlay.table.node_evict_after, 5s);
    EXPECT_EQ(kadcast.overlay.table.bucket_ttl, 1h);
    EXPECT_EQ(kadcast.overlay.min_peers, 7U);
    EXPECT_EQ(kadcast.receive_buffer, 8'000'000U);
    EXPECT_EQ(kadcast.pacing.bytes_per_second, 27'500'000U);
    EXPECT_EQ(kadcast.overlay.fec.least_repair, 6U);
    EXPECT_EQ(kadcast.overlay.fec.mtu, 1400);
    EXPECT_EQ(kadcast.overlay.fec.redundancy, 0.25F);
    EXPECT_EQ(kadcast.overlay.reassembly.memory, 60s);
    EXPECT_EQ(kadcast.inlet.chain, 5000U);
    EXPECT_EQ(config.http_listen_address, "127.0.0.1:8090");
    EXPECT_EQ(
        parsed->warnings,
        (std::vector<std::string>{
            "line 40: kadcast.network.blocklist_refresh_interval has no effect",
            "line 39: kadcast.network.udp_send_retry_count has no effect",
            "line 38: kadcast.network.udp_send_retry_interval has no effect",
            "line 47: kadcast.fec.decoder.cache_prune_every has no effect",
            "line 48: kadcast.fec.decoder.max_udp_len has no effect", "line 27: kadcast.auto_propagate has no effect",
            "line 28: kadcast.channel_size has no effect", "line 56: telemetry.listen_address has no effect"}));
    EXPECT_EQ(config.http_rules.cert, "cert.pem");
    EXPECT_EQ(config.http_rules.key, "key.pem");
    EXPECT_TRUE(config.http_rules.docs);
}

TEST(Config, SaysWhatIsWrongAndWhere) {
    const std::pair<const char*, const char*> cases[] = {
        {"a = ", "line 1: "},
        {"é = 1", "line 1: "},
        {"log_level = 3", "line 1: log_level must be a text"},
        {"log_level = \"loud\"", "line 1: log_level has a part that is no level"},
        {"log_type = \"xml\"", "line 1: log_type must be"},
        {"network = \"mainnet\"", "line 1: network must be"},
        {"\n[chain]\ndb_path = 1", "line 3: chain.db_path must be a text"},
        {"chain = 1", "line 1: chain must be a table"},
        {"[chain]\nminimum_block_time = 3601", "line 2: chain.minimum_block_time must be a number from 0 to 3600"},
        {"[chain]\nminimum_block_time = 0", "line 2: chain.minimum_block_time may be 0 only with devnet.instant"},
        {"network = \"rusk\"\n[devnet]\ninstant = true", "line 3: devnet.instant is for networks of the kind devnet"},
        {"network = \"rusk\"\n[devnet]\nfaucet = \"net\"", "line 3: devnet.faucet is for networks of the kind devnet"},
        {"[chain]\ngenesis_timestamp = -1", "line 2: chain.genesis_timestamp must be a number"},
        {"[chain]\ngenesis_timestamp = \"2026-11-30\"", "line 2: chain.genesis_timestamp must be a time"},
        {"[chain]\nmode = \"light\"", "line 2: chain.mode must be"},
        {"[chain]\nmode = \"pruned\"\nkeep_blocks = 2159", "line 3: chain.keep_blocks must be a number from 2160 to"},
        {"[chain]\nkeep_blocks = 3000", "line 2: chain.keep_blocks is of a node with chain.mode = \"pruned\""},
        {"[blob]\nexpire_after = -1", "line 2: blob.expire_after must be a number"},
        {"[vm]\ngas_per_blob = 1", "line 2: vm.gas_per_blob is 1000000 on every network"},
        {"[vm]\ngeneration_timeout = \"3\"", "line 2: vm.generation_timeout must be a duration"},
        {"[kadcast]\nkadcast_id = 1", "line 2: kadcast.kadcast_id is no network"},
        {"network = \"devnet\"\n[kadcast]\nkadcast_id = 0", "line 3: kadcast.kadcast_id belongs to another network"},
        {"[kadcast]\npublic_address = \"localhost:1\"", "line 2: kadcast.public_address must be an address"},
        {"[kadcast]\nbootstrapping_nodes = [1]", "line 2: kadcast.bootstrapping_nodes must be a list"},
        {"[kadcast]\nbootstrapping_nodes = [\"a:0\"]", "line 2: kadcast.bootstrapping_nodes must be a list"},
        {"[kadcast.bucket]\nnode_ttl = \"1us\"", "line 2: kadcast.bucket.node_ttl is shorter than it can be"},
        {"[kadcast.network]\nudp_recv_buffer_size = 1", "line 2: kadcast.network.udp_recv_buffer_size must be"},
        {"[kadcast.network]\nudp_send_backoff_timeout = \"1\"",
         "line 2: kadcast.network.udp_send_backoff_timeout must be"},
        {"[kadcast.fec.encoder]\nmtu = 1000", "line 2: kadcast.fec.encoder.mtu must be a number from 1296 to 8192"},
        {"[kadcast.fec.encoder]\nfec_redundancy = \"a\"",
         "line 2: kadcast.fec.encoder.fec_redundancy must be a number"},
        {"[kadcast.fec.encoder]\nfec_redundancy = nan", "line 2: kadcast.fec.encoder.fec_redundancy must be a number"},
        {"[http]\nlisten = 1", "line 2: http.listen must be true or false"},
        {"[http]\nfeeder_call_gas = \"1 DUSK\"", "line 2: http.feeder_call_gas must be a number from 1 to"},
        {"[[[a[b", "the text is no TOML"},
    };
    for (const auto& [text, expected] : cases) {
        const auto parsed = parse_config(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_TRUE(describe(parsed.error()).starts_with(expected)) << text << ": " << describe(parsed.error());
    }
}

TEST(Config, NamesTheDatabaseOfTheArchive) {
    const auto parsed = parse_config(
        "[archive]\nenabled = true\ndatabase = \"postgresql://dusk@127.0.0.1/dusk\"\nreader_max_connections = 16");
    ASSERT_TRUE(parsed) << describe(parsed.error());
    EXPECT_TRUE(parsed->config.archive);
    EXPECT_EQ(parsed->config.archive_database, "postgresql://dusk@127.0.0.1/dusk");
    EXPECT_EQ(parsed->warnings, std::vector<std::string>{"line 4: archive.reader_max_connections has no effect"});
    EXPECT_FALSE(parse_config("")->config.archive);
    EXPECT_TRUE(parse_config("")->config.archive_backfill);
    EXPECT_FALSE(parse_config("[archive]\nbackfill = false")->config.archive_backfill);
    EXPECT_FALSE(parse_config("[archive]\nbackfill = \"no\""));
    EXPECT_FALSE(parse_config("[archive]\nenabled = 1"));
}

TEST(Config, SaysHowMuchOfThePastIsKept) {
    const auto history = [](const char* text) {
        const auto parsed = parse_config(text);
        if (!parsed) ADD_FAILURE() << describe(parsed.error());
        if (parsed) EXPECT_TRUE(parsed->warnings.empty());
        return parsed ? parsed->config.history : chain::History{};
    };
    EXPECT_EQ(history("").blocks, std::nullopt);
    EXPECT_EQ(history("").blobs, 86'400U);
    EXPECT_EQ(history("[chain]\nmode = \"full\"\n[blob]\nexpire_after = 10").blobs, 10U);
    EXPECT_EQ(history("[blob]\nexpire_after = 0").blobs, std::nullopt);
    EXPECT_EQ(history("[chain]\nmode = \"archive\"").blobs, std::nullopt);
    EXPECT_EQ(history("[chain]\nmode = \"archive\"").blocks, std::nullopt);
    EXPECT_EQ(history("[chain]\nmode = \"pruned\"").blocks, 86'400U);
    EXPECT_EQ(history("[chain]\nmode = \"pruned\"").blobs, 86'400U);
    EXPECT_EQ(history("[chain]\nmode = \"pruned\"\nkeep_blocks = 2160").blocks, 2160U);
}

TEST(Config, ADevnetMayMakeBlocksOnDemandWithoutAPause) {
    const auto parsed = parse_config("[chain]\nminimum_block_time = 0\n[devnet]\ninstant = true");
    ASSERT_TRUE(parsed) << describe(parsed.error());
    EXPECT_EQ(parsed->config.minimum_block_time, 0s);
    EXPECT_TRUE(parsed->config.instant);
    EXPECT_TRUE(parsed->config.faucet.empty());
    EXPECT_EQ(parse_config("[devnet]\nfaucet = \"/tmp/net\"")->config.faucet, "/tmp/net");
    EXPECT_TRUE(parsed->warnings.empty());
}

TEST(Config, PathsMayHaveAnyCharacters) {
    const auto parsed = parse_config("# Überschrift\n[chain]\ndb_path = \"/home/jürgen/数据\"");
    ASSERT_TRUE(parsed) << describe(parsed.error());
    EXPECT_EQ(parsed->config.db_path, "/home/jürgen/数据");
}

TEST(Config, UnknownKeysAreNamed) {
    const auto parsed = parse_config("colour = 1\n[chain]\nspeed = 2");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->warnings, (std::vector<std::string>{"line 3: chain.speed means nothing here",
                                                          "line 1: colour means nothing here"}));
}

TEST(Config, NamesProxiesAndACollector) {
    const auto parsed = parse_config(
        "[http]\ntrusted_proxies = [\"10.0.0.0/24\", \"::1\"]\nproxy_header = \"Forwarded\"\n"
        "[telemetry]\notlp_endpoint = \"http://127.0.0.1:4318\"\nlisten_address = \"127.0.0.1:1\"");
    ASSERT_TRUE(parsed) << describe(parsed.error());
    const ProxySettings& proxies = parsed->config.proxies;
    EXPECT_EQ(proxies.trusted.size(), 2U);
    EXPECT_TRUE(proxies.is_forwarded());
    EXPECT_TRUE(proxies.trusts(boost::asio::ip::make_address("10.0.0.7")));
    EXPECT_FALSE(proxies.trusts(boost::asio::ip::make_address("10.0.1.7")));
    EXPECT_EQ(parsed->config.otlp_endpoint, "http://127.0.0.1:4318");
    EXPECT_EQ(parsed->warnings, std::vector<std::string>{"line 6: telemetry.listen_address has no effect"});
    EXPECT_TRUE(parse_config("")->config.proxies.trusted.empty());
}

TEST(Config, RulesOfHttp) {
    const auto parsed = parse_config(R"(
[http]
headers = [["access-control-allow-origin", "*"], ["x-served-by", "me"]]
cors_origins = ["https://wallet.example"]
page_origins = ["https://node.example:8443", "http://[::1]:8080"]
[http.policy.acl]
enabled = true
default_action = "deny"
[[http.policy.acl.rules]]
id = "reads"
action = "allow"
path = "/on/node/*"
method = ["POST"]
headers = { x-key = "1" }
[[http.policy.acl.rules]]
action = "deny"
enabled = false
path = "*"
[http.policy.global_limits.classes.graphql]
rps = 7
burst = 0
[http.policy.client_limits]
loopback = true
rps = 20
burst = 300
connections = 4
)");
    ASSERT_TRUE(parsed) << describe(parsed.error());
    const HttpSettings& http = parsed->config.http_rules;
    EXPECT_EQ(http.headers.size(), 2U);
    EXPECT_EQ(http.headers.at(1), (std::pair<std::string, std::string>("x-served-by", "me")));
    EXPECT_EQ(http.cors_origins, (std::vector<std::string>{"https://wallet.example"}));
    EXPECT_TRUE(http.page);
    EXPECT_EQ(http.page_origins.size(), 2U);
    EXPECT_TRUE(http.policy);
    EXPECT_TRUE(http.access_rules);
    EXPECT_FALSE(http.allow_by_default);
    ASSERT_EQ(http.rules.size(), 2U);
    EXPECT_EQ(http.rules[0].id, "reads");
    EXPECT_TRUE(http.rules[0].allows);
    EXPECT_EQ(http.rules[0].methods, (std::vector<std::string>{"POST"}));
    EXPECT_EQ(http.rules[0].headers, (std::vector<std::pair<std::string, std::string>>{{"x-key", "1"}}));
    EXPECT_FALSE(http.rules[1].allows);
    EXPECT_FALSE(http.rules[1].enabled);
    const ClassLimits& graphql = http.limits[static_cast<std::size_t>(RequestClass::graphql)];
    EXPECT_EQ(graphql.rps, 7U);
    EXPECT_EQ(graphql.burst, 1U);
    EXPECT_EQ(graphql.concurrency, 64U);
    EXPECT_TRUE(http.client.limited);
    EXPECT_TRUE(http.client.loopback);
    EXPECT_EQ(http.client.rps, 20U);
    EXPECT_EQ(http.client.burst, 300U);
    EXPECT_EQ(http.client.connections, 4U);
    EXPECT_EQ(
        parsed->warnings,
        (std::vector<std::string>{"line 21: http.policy.global_limits.classes.graphql.burst is 0 and is taken as 1"}));
}

TEST(Config, WrongRulesOfHttp) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"[http]\nheaders = [[\"a\"]]", "line 2: http.headers must be a list of pairs"},
        {"[http]\nheaders = [[\"a\", \"b\\r\\nc: d\"]]", "line 2: http.headers must be a list of pairs"},
        {"[http]\nheaders = [[\"a b\", \"c\"]]", "line 2: http.headers must be a list of pairs"},
        {"[http]\ncert = \"a.pem\"", "line 2: http.cert needs http.cert and http.key"},
        {"[http]\nkey = \"a.pem\"", "line 2: http.key needs http.cert and http.key"},
        {"[http]\ncors_origins = \"*\"", "line 2: http.cors_origins must be a list of texts"},
        {"[http]\npage_origins = [\"node.example\"]", "line 2: http.page_origins must be origins"},
        {"[http]\npage_origins = [\"https://a; script-src *\"]", "line 2: http.page_origins must be origins"},
        {"[http.policy.acl]\ndefault_action = \"perhaps\"", "line 2: http.policy.acl.default_action must be"},
        {"[http.policy.acl]\nrules = [1]", "line 2: http.policy.acl.rules must be a list of tables"},
        {"[http.policy.client_limits]\nrps = 0", "line 2: http.policy.client_limits.rps must be a number from 1 to"},
        {"[[http.policy.acl.rules]]\naction = \"deny\"", "http.policy.acl.rules.path is missing"},
        {"[http]\ntrusted_proxies = \"10.0.0.1\"", "line 2: http.trusted_proxies must be a list of texts"},
        {"[http]\ntrusted_proxies = [\"proxy\"]", "line 2: http.trusted_proxies must be addresses or networks"},
        {"[http]\ntrusted_proxies = [\"0.0.0.0/0\"]", "line 2: http.trusted_proxies must be addresses or networks"},
        {"[http]\nproxy_header = \"X-Real-IP\"", "line 2: http.proxy_header must be \"X-Forwarded-For\" or"},
    };
    for (const auto& [text, start] : cases) {
        const auto parsed = parse_config(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_NE(describe(parsed.error()).find(start), std::string::npos) << describe(parsed.error());
    }
}

}  // namespace
}  // namespace dusk::node
