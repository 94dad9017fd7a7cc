#include "node/config_http.hpp"

namespace dusk::node {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

bool is_token(std::string_view text) {
    constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::ranges::all_of(text, [&](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || kOthers.find(c) != std::string_view::npos;
    });
}

bool is_header_value(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= ' ' && c <= '~') || c == '\t'; });
}

// A scheme, a host and perhaps a port: what a policy of a page can name without meaning more.
bool is_origin(std::string_view text) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!text.starts_with(scheme)) continue;
        constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
        const std::string_view host = text.substr(scheme.size());
        return !host.empty() && host.find_first_not_of(kLetters) == std::string_view::npos;
    }
    return false;
}

std::optional<std::string> text_of(const toml::node& node) {
    const auto* const value = node.as<std::string>();
    if (value == nullptr) return {};
    return from_parser_text(value->get());
}

// [["name", "value"], …], or a table of them.
void read_headers(Section& section, std::string_view key, Pairs& out) {
    const toml::node* const node = section.find(key);
    if (node == nullptr) return;
    const auto take = [&](std::optional<std::string> name, std::optional<std::string> value) {
        const bool good = name && value && is_token(*name) && is_header_value(*value);
        if (good) out.emplace_back(*std::move(name), *std::move(value));
        return good;
    };
    bool good = true;
    if (const toml::table* const table = node->as_table()) {
        for (const auto& [name, value] : *table) good = good && take(std::string(name.str()), text_of(value));
    } else if (const toml::array* const list = node->as_array()) {
        for (const toml::node& item : *list) {
            const toml::array* const pair = item.as_array();
            good = good && pair != nullptr && pair->size() == 2 && take(text_of(*pair->get(0)), text_of(*pair->get(1)));
        }
    } else {
        good = false;
    }
    if (!good) section.refuse(key, "must be a list of pairs [\"name\", \"value\"] of HTTP headers");
}

void read_texts(Section& section, std::string_view key, std::vector<std::string>& out) {
    const toml::node* const node = section.find(key);
    if (node == nullptr) return;
    const toml::array* const list = node->as_array();
    bool good = list != nullptr;
    for (std::size_t i = 0; good && i < list->size(); ++i) {
        auto text = text_of(*list->get(i));
        good = text.has_value();
        if (good) out.push_back(*std::move(text));
    }
    if (!good) section.refuse(key, "must be a list of texts");
}

// "allow": true, "deny": false
void read_action(Section& section, std::string_view key, bool& out) {
    const auto text = section.text(key);
    if (!text) return;
    if (*text != "allow" && *text != "deny") return section.refuse(key, "must be \"allow\" or \"deny\"");
    out = *text == "allow";
}

AccessRule read_rule(Section section) {
    AccessRule out;
    section.text("id", out.id);
    section.flag("enabled", out.enabled);
    read_action(section, "action", out.allows);
    section.text("path", out.path);
    read_texts(section, "method", out.methods);
    read_headers(section, "headers", out.headers);
    if (out.path.empty()) section.refuse("path", "is missing");
    section.note_unknown();
    return out;
}

void read_access(Section acl, HttpSettings& out) {
    acl.flag("enabled", out.access_rules);
    read_action(acl, "default_action", out.allow_by_default);
    for (Section& rule : acl.sections("rules")) out.rules.push_back(read_rule(rule));
    acl.note_unknown();
}

void read_limits(Section limits, HttpSettings& out) {
    limits.flag("enabled", out.limited);
    Section classes = limits.section("classes");
    for (std::size_t i = 0; i < kRequestClassNames.size(); ++i) {
        Section one = classes.section(kRequestClassNames[i]);
        ClassLimits& to = out.limits[i];
        constexpr std::uint64_t kMost = 1'000'000'000;
        for (const auto& [key, value] : {std::pair<std::string_view, std::uint32_t*>{"rps", &to.rps},
                                         {"burst", &to.burst},
                                         {"concurrency", &to.concurrency}}) {
            one.number(key, *value, 0, kMost);
            if (*value > 0) continue;
            *value = 1;
            one.warn(key, "is 0 and is taken as 1");
        }
        one.note_unknown();
    }
    classes.note_unknown();
    limits.note_unknown();
}

void read_client(Section limits, ClientSettings& out) {
    limits.flag("enabled", out.limited);
    limits.flag("loopback", out.loopback);
    constexpr std::uint64_t kMost = 1'000'000'000;
    limits.number("rps", out.rps, 1, kMost);
    limits.number("burst", out.burst, 1, kMost);
    limits.number("connections", out.connections, 1, kMost);
    limits.note_unknown();
}

}  // namespace

void read_proxies(Section& http, ProxySettings& out) {
    std::vector<std::string> texts;
    read_texts(http, "trusted_proxies", texts);
    for (const std::string& text : texts) {
        if (const auto range = parse_address_range(text)) {
            out.trusted.push_back(*range);
        } else {
            http.refuse("trusted_proxies", "must be addresses or networks, such as \"10.0.0.5\" or \"10.0.0.0/24\"");
        }
    }
    http.text("proxy_header", out.header);
    if (out.header != "X-Forwarded-For" && !out.is_forwarded()) {
        http.refuse("proxy_header", "must be \"X-Forwarded-For\" or \"Forwarded\"");
    }
}

void read_http(Section& http, HttpSettings& out) {
    read_headers(http, "headers", out.headers);
    read_texts(http, "cors_origins", out.cors_origins);
    if (!std::ranges::all_of(out.cors_origins, is_header_value)) {
        http.refuse("cors_origins", "must be origins, such as \"https://wallet.example\", or \"*\"");
    }
    http.flag("page", out.page);
    read_texts(http, "page_origins", out.page_origins);
    if (!std::ranges::all_of(out.page_origins, is_origin)) {
        http.refuse("page_origins", "must be origins, such as \"https://node.example\"");
    }
    http.text("cert", out.cert);
    http.text("key", out.key);
    // The released node takes one of them alone for none, and serves in the clear.
    if (out.cert.empty() != out.key.empty()) {
        http.refuse(out.cert.empty() ? "key" : "cert", "needs http.cert and http.key: TLS takes both");
    }
    http.number("connections", out.connections, 1, 1'000'000);
    http.flag("enable_docs", out.docs);
    http.text("crs_file", out.crs_file);
    http.text("prover", out.prover);
    Section policy = http.section("policy");
    policy.flag("enabled", out.policy);
    read_access(policy.section("acl"), out);
    read_limits(policy.section("global_limits"), out);
    read_client(policy.section("client_limits"), out.client);
    policy.note_unknown();
}

}  // namespace dusk::node
