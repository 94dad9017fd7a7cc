// Runs reference results (JSON files, tests/vectors/<area>/<file>.json.gz) against the code the node runs.
//
// A file is a JSON object of sections. A runner gets the whole file as a `Node` and turns every case into one
// `Report::run`. Reading a field marks it; a field that nobody read is a failure, so that nothing is skipped.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/bytes.hpp"

namespace dusk::vectors {

using Json = nlohmann::json;
using Seen = std::unordered_set<const Json*>;

// One JSON value, with the path that leads to it. Wrong shapes throw `std::runtime_error` (the case then fails).
class Node {
  public:
    Node(const Json& json, Seen& seen, std::string path) : json_(&json), seen_(&seen), path_(std::move(path)) {}

    [[nodiscard]] Node operator[](std::string_view key) const;  // a field that must be there
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] std::vector<Node> items() const;                           // of an array
    [[nodiscard]] std::vector<std::pair<std::string, Node>> fields() const;  // of an object
    [[nodiscard]] std::size_t size() const { return json_->size(); }

    [[nodiscard]] bool is_null() const;  // marks the value when it is null
    [[nodiscard]] std::string text() const;
    [[nodiscard]] Bytes hex() const;
    template <std::size_t N>
    [[nodiscard]] ByteArray<N> array() const {
        const Bytes bytes = hex();
        if (bytes.size() != N) complain("is not of the expected size");
        return take<N>(bytes);
    }
    [[nodiscard]] std::vector<Bytes> hex_list() const;
    [[nodiscard]] std::uint64_t u64() const;  // a number or its decimal text
    [[nodiscard]] std::int64_t i64() const;
    [[nodiscard]] bool boolean() const;
    // A field that says something to the reader only (a note, an index): marks it and all below it.
    void describe() const;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const Json& json() const { return *json_; }
    [[noreturn]] void complain(std::string_view what) const;

  private:
    const Json* json_;
    Seen* seen_;
    std::string path_;
};

class Report {
  public:
    // One case: passes when `body` neither throws nor fails an expectation.
    void run(const Node& node, const std::function<void()>& body);
    // Inside a case.
    void expect(bool ok, const Node& node, std::string_view what);
    void expect_bytes(ByteView got, const Node& expected);         // against the hex text of `expected`
    void fail_case(std::string_view path, std::string_view what);  // a failure outside any case

    [[nodiscard]] std::size_t passed() const { return passed_; }
    [[nodiscard]] std::size_t failed() const { return failed_; }

  private:
    std::size_t passed_ = 0;
    std::size_t failed_ = 0;
    bool case_ok_ = true;
};

struct Runner {
    std::string_view area;
    std::string_view file;                   // without .json
    std::vector<std::string_view> sections;  // all top-level keys: an unknown file is matched by them
    void (*run)(const Node& root, Report& report);
    bool is_list = false;  // the file is a list, of which every item has these keys
};

// Every source file of the runner registers its files once: `static const Registered r{{"crypto", "g1", {...}, run}};`
struct Registered {
    explicit Registered(Runner runner);
};
[[nodiscard]] const std::vector<Runner>& runners();

}  // namespace dusk::vectors
