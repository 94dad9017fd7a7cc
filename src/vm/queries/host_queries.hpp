// Host queries: what contracts ask the host to compute (spec/vm.md §8.6), with the gas prices of the fork Boreas.
//
//     if (const auto query = queries.prepare(name, argument, alignment)) {
//         …charge query->price…
//         const Result<Bytes, QueryError> answer = query->run();
//     }
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/bls_signature.hpp"
#include "plonk/transcript.hpp"
#include "vm/queries/query_arguments.hpp"
#include "vm/queries/query_error.hpp"

namespace dusk::vm {

struct HostQueryOptions {
    plonk::Version plonk_version = plonk::Version::v3;
    crypto::BlsVersion bls_version = crypto::BlsVersion::v2;
    // Answers kept of each query that costs more than finding them again; about 200 bytes each.
    std::size_t answers = 2048;
    // PLONK verifiers kept, for verifier data that come again; 70 kB each, at most 32 MiB of them. 0 keeps none.
    std::size_t verifiers = 64;
};

// A query whose argument has been read. It owns what it needs of the argument, but not the `HostQueries`.
struct PreparedQuery {
    std::uint64_t price;  // gas, whatever the answer and whoever asked before
    // Where the part of the argument begins that the price depends on; it goes to the end. All of it where the price is
    // the same for all.
    std::size_t priced_from;
    // The archive for the argument buffer: at most 66 bytes. Same answer every time.
    std::function<Result<Bytes, QueryError>()> run;
};

// Thread-safe: the sessions of all threads share one. What it remembers shows in times only.
class HostQueries {
  public:
    explicit HostQueries(const HostQueryOptions& options = {});
    ~HostQueries();
    HostQueries(const HostQueries&) = delete;
    HostQueries& operator=(const HostQueries&) = delete;

    // None: there is no such query. `argument`: the archive in the argument buffer, anything whatsoever.
    // `buffer_alignment`: the largest power of two that divides the address of the buffer. Time and memory are linear
    // in the size of the argument.
    [[nodiscard]] std::optional<PreparedQuery> prepare(std::string_view name, ByteView argument,
                                                       std::size_t buffer_alignment) const;

    // The statement was verified elsewhere, in a batch perhaps: contracts that ask for it get their yes without another
    // verification, as long as it is remembered. Nothing is checked here.
    void note_verified(const BlsStatement& statement) const;
    void note_verified(const PlonkStatement& statement) const;

    // Of all queries, in the order of the specification.
    [[nodiscard]] static std::span<const std::string_view> names();

    struct CacheUse {
        std::uint64_t hits = 0;
        std::uint64_t misses = 0;
    };
    // Of the answers of one query; nothing for queries whose answers are not kept.
    [[nodiscard]] CacheUse answers_use(std::string_view name) const;
    // Of the verifiers of `verify_plonk`.
    [[nodiscard]] CacheUse verifiers_use() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace dusk::vm
