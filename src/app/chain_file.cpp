#include "app/chain_file.hpp"

#include <fmt/core.h>

#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "base/hex.hpp"
#include "base/json_nesting.hpp"

namespace dusk::app {
namespace {

using nlohmann::json;

// Wrong content of a line; caught where the line is known.
struct BadLine : std::runtime_error {
    using std::runtime_error::runtime_error;
};

const json& member(const json& from, const char* name) {
    if (!from.contains(name)) throw BadLine(fmt::format("{} is missing", name));
    return from[name];
}

std::uint64_t number(const json& value, std::string_view name) {
    if (value.is_number_unsigned()) return value.get<std::uint64_t>();
    std::uint64_t out = 0;
    const std::string text = value.is_string() ? value.get<std::string>() : "";
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
        throw BadLine(fmt::format("{} is no number", name));
    }
    return out;
}

Bytes hex(const json& value, std::string_view name) {
    if (!value.is_string()) throw BadLine(fmt::format("{} is no text", name));
    auto bytes = from_hex(value.get<std::string>());
    if (!bytes) throw BadLine(fmt::format("{} is not hexadecimal", name));
    return *std::move(bytes);
}

template <std::size_t N>
ByteArray<N> array(const json& value, std::string_view name) {
    const Bytes bytes = hex(value, name);
    if (bytes.size() != N) throw BadLine(fmt::format("{} has not {} bytes", name, N));
    return take<N>(bytes);
}

ledger::AccountKey key(const json& value, std::string_view name) {
    const auto out = ledger::AccountKey::from_bytes(hex(value, name));
    if (!out) throw BadLine(fmt::format("{} is no key", name));
    return *out;
}

// An empty one where it is missing.
json list(const json& from, const char* name) {
    if (!from.contains(name)) return json::array();
    if (!from[name].is_array()) throw BadLine(fmt::format("{} is no list", name));
    return from[name];
}

std::vector<execution::Voter> voters(const json& line) {
    std::vector<execution::Voter> out;
    for (const json& voter : list(line, "voters")) {
        if (!voter.is_array() || voter.size() != 2) throw BadLine("a voter is a key and a number");
        out.push_back({key(voter[0], "voters"), number(voter[1], "voters")});
    }
    return out;
}

ledger::LedgerTransaction transaction(const json& value) {
    auto decoded = ledger::decode_any(hex(value, "transactions"));
    if (!decoded) throw BadLine(fmt::format("transactions: {}", to_string(decoded.error())));
    // A block carries the form of its height, whatever form it came in.
    return {.format = ledger::TransactionFormat::boreas, .transaction = std::move(decoded->transaction)};
}

PlannedBlock planned(const json& line) {
    PlannedBlock out{.height = {number(member(line, "height"), "height")},
                     .generator = key(member(line, "generator"), "generator"),
                     .voters = voters(line)};
    for (const json& account : list(line, "slashes")) out.slashes.push_back(key(account, "slashes"));
    for (const json& one : list(line, "transactions")) out.transactions.push_back(transaction(one));
    if (line.contains("state_root")) out.state_root = ledger::StateRoot{array<32>(line["state_root"], "state_root")};
    if (line.contains("event_bloom")) out.event_bloom.emplace(array<256>(line["event_bloom"], "event_bloom"));
    return out;
}

SentBlock sent(const json& line) {
    const auto block = ledger::decode<ledger::Block>(hex(line["block"], "block"));
    if (!block) throw BadLine(fmt::format("block: {}", describe(block.error())));
    if (!line.contains("voters")) return {*block, std::nullopt};
    return {*block, voters(line)};
}

json parse(const std::string& text) {
    constexpr std::size_t kMostNesting = 4;  // lists of voters have three
    if (json_nesting(text) > kMostNesting) throw BadLine("lists and objects in it are nested too deeply");
    json line = json::parse(text, nullptr, false);
    if (!line.is_object()) throw BadLine("this is no JSON object");
    return line;
}

}  // namespace

Result<ChainFile, std::string> ChainFile::open(const std::filesystem::path& path) {
    auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
    if (!*file) return fail(path.string() + ": the file cannot be read");
    return ChainFile(std::move(file));
}

ChainFile ChainFile::of(std::string text) { return ChainFile(std::make_unique<std::istringstream>(std::move(text))); }

Result<std::optional<FileBlock>, std::string> ChainFile::next() {
    std::string text;
    while (text.find_first_not_of(" \t\r") == std::string::npos) {
        text.clear();
        if (file_->peek() == std::istream::traits_type::eof()) return std::optional<FileBlock>();
        ++line_;
        for (char c = 0; file_->get(c) && c != '\n';) {
            if (text.size() == kLongestLine) return fail(fmt::format("line {}: it is too long", line_));
            text.push_back(c);
        }
    }
    try {
        const json line = parse(text);
        if (line.contains("block")) return std::optional<FileBlock>(sent(line));
        return std::optional<FileBlock>(planned(line));
    } catch (const BadLine& error) {
        return fail(fmt::format("line {}: {}", line_, error.what()));
    }
}

}  // namespace dusk::app
