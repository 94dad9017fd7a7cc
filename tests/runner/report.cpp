#include "report.hpp"

#include <fmt/core.h>

#include <charconv>
#include <stdexcept>

#include "base/hex.hpp"

namespace dusk::vectors {

void Node::complain(std::string_view what) const { throw std::runtime_error(fmt::format("{}: {}", path_, what)); }

Node Node::operator[](std::string_view key) const {
    if (!json_->is_object() || !json_->contains(key)) complain(fmt::format("has no field {}", key));
    seen_->insert(json_);
    return {json_->at(std::string(key)), *seen_, fmt::format("{}.{}", path_, key)};
}

bool Node::has(std::string_view key) const { return json_->is_object() && json_->contains(key); }

std::vector<Node> Node::items() const {
    if (!json_->is_array()) complain("is not a list");
    seen_->insert(json_);
    std::vector<Node> out;
    out.reserve(json_->size());
    for (std::size_t i = 0; i < json_->size(); ++i) {
        out.emplace_back((*json_)[i], *seen_, fmt::format("{}[{}]", path_, i));
    }
    return out;
}

std::vector<std::pair<std::string, Node>> Node::fields() const {
    if (!json_->is_object()) complain("is not an object");
    seen_->insert(json_);
    std::vector<std::pair<std::string, Node>> out;
    for (const auto& [key, value] : json_->items()) {
        out.emplace_back(key, Node{value, *seen_, fmt::format("{}.{}", path_, key)});
    }
    return out;
}

bool Node::is_null() const {
    if (json_->is_null()) seen_->insert(json_);
    return json_->is_null();
}

std::string Node::text() const {
    if (!json_->is_string()) complain("is not a text");
    seen_->insert(json_);
    return json_->get<std::string>();
}

Bytes Node::hex() const {
    const auto bytes = from_hex(text());
    if (!bytes) complain("is not hexadecimal");
    return *bytes;
}

std::vector<Bytes> Node::hex_list() const {
    std::vector<Bytes> out;
    out.reserve(json_->size());
    for (const Node& item : items()) out.push_back(item.hex());
    return out;
}

std::uint64_t Node::u64() const {
    seen_->insert(json_);
    if (json_->is_number_unsigned()) return json_->get<std::uint64_t>();
    std::uint64_t value = 0;
    const std::string digits = text();
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size()) complain("is not an unsigned integer");
    return value;
}

std::int64_t Node::i64() const {
    if (!json_->is_number_integer()) complain("is not an integer");
    seen_->insert(json_);
    return json_->get<std::int64_t>();
}

bool Node::boolean() const {
    if (!json_->is_boolean()) complain("is not true or false");
    seen_->insert(json_);
    return json_->get<bool>();
}

void Node::describe() const {
    seen_->insert(json_);
    if (json_->is_array()) {
        for (const Node& item : items()) item.describe();
    } else if (json_->is_object()) {
        for (const auto& [key, value] : fields()) value.describe();
    }
}

void Report::run(const Node& node, const std::function<void()>& body) {
    case_ok_ = true;
    try {
        body();
    } catch (const std::exception& error) {
        expect(false, node, error.what());
    }
    ++(case_ok_ ? passed_ : failed_);
}

void Report::expect(bool ok, const Node& node, std::string_view what) {
    if (ok) return;
    case_ok_ = false;
    fmt::print(stderr, "FAILED {}: {}\n", node.path(), what);
}

void Report::expect_bytes(ByteView got, const Node& expected) {
    const Bytes bytes = expected.hex();
    if (equal(got, bytes)) return;
    expect(false, expected, fmt::format("expected {}, got {}", to_hex(bytes), to_hex(got)));
}

void Report::fail_case(std::string_view path, std::string_view what) {
    ++failed_;
    fmt::print(stderr, "FAILED {}: {}\n", path, what);
}

namespace {
std::vector<Runner>& table() {
    static std::vector<Runner> all;
    return all;
}
}  // namespace

Registered::Registered(Runner runner) { table().push_back(std::move(runner)); }
const std::vector<Runner>& runners() { return table(); }

}  // namespace dusk::vectors
