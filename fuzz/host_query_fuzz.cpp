// Host queries. The first byte picks the query, the second the alignment of the buffer, the rest is the argument. A
// query has an answer or a typed error for any of them, the same one with caches and without, and its price stays in
// the bounds of spec/vm.md §8.6.
#include "require.hpp"
#include "vm/queries/host_queries.hpp"

namespace {

using namespace dusk;
using namespace dusk::vm;
using fuzz::require;

constexpr std::size_t kMaxSize = 65536;  // of an argument buffer

const HostQueries& remembering() {
    static const HostQueries queries({.answers = 16, .verifiers = 2});
    return queries;
}
const HostQueries& forgetful() {
    static const HostQueries queries({.answers = 0, .verifiers = 0});
    return queries;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2 || size - 2 > kMaxSize) return 0;
    const std::string_view name = HostQueries::names()[data[0] % HostQueries::names().size()];
    const std::size_t alignment = std::size_t{1} << data[1] % 5;
    const ByteView argument(data + 2, size - 2);
    const auto query = remembering().prepare(name, argument, alignment);
    const auto other = forgetful().prepare(name, argument, alignment);
    require(query.has_value() && other.has_value());
    require(query->price == other->price && query->price >= 3000 && query->price <= 200'000'000);
    const auto answer = query->run();
    require(answer == query->run() && answer == other->run());
    require(!answer || (!answer->empty() && answer->size() <= 66));
    return 0;
}
