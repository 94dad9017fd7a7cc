#include "node/config_section.hpp"

#include <array>

#include "base/hex.hpp"

namespace dusk::node {
namespace {

// Keys of the released node that are read and have no effect here.
constexpr std::array<std::string_view, 1> kUnusedSections{"prover"};
constexpr std::array<std::string_view, 22> kUnusedKeys{"chain.db_options",
                                                       "archive.events_cf_max_write_buffer_size",
                                                       "archive.events_cf_disable_block_cache",
                                                       "archive.enable_debug",
                                                       "archive.reader_max_connections",
                                                       "vm.features",
                                                       "databroker.max_ongoing_requests",
                                                       "databroker.delay_on_resp_msg",
                                                       "mempool.mempool_download_redundancy",
                                                       "kadcast.auto_propagate",
                                                       "kadcast.channel_size",
                                                       "kadcast.version",
                                                       "kadcast.version_match",
                                                       "kadcast.network.udp_send_retry_interval",
                                                       "kadcast.network.udp_send_retry_count",
                                                       "kadcast.network.blocklist_refresh_interval",
                                                       "kadcast.fec.decoder.cache_prune_every",
                                                       "kadcast.fec.decoder.max_udp_len",
                                                       "http.ws_sub_channel_cap",
                                                       "http.ws_event_channel_cap",
                                                       "telemetry.listen_addr",
                                                       "telemetry.listen_address"};

constexpr std::string_view kMark = "~8-bit~";

}  // namespace

std::string to_parser_text(std::string_view text) {
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

std::string from_parser_text(std::string_view text) {
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

bool is_without_effect(std::string_view key) {
    return std::ranges::find(kUnusedKeys, key) != kUnusedKeys.end() ||
           std::ranges::find(kUnusedSections, key) != kUnusedSections.end();
}

}  // namespace dusk::node
