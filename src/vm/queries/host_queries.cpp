#include "vm/queries/host_queries.hpp"

#include <algorithm>
#include <utility>

#include "crypto/blake3.hpp"
#include "vm/queries/query_list.hpp"

namespace dusk::vm {
namespace {

constexpr std::size_t kQueries = std::tuple_size_v<HostQueryList>;

constexpr auto kNames = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array{std::tuple_element_t<I, HostQueryList>::name...};
}(std::make_index_sequence<kQueries>());

// Answers are small: the largest is an optional key of 66 bytes.
using Answers = LruCache<Bytes>;
constexpr std::size_t kAnswerBytes = 256;

std::size_t index_of(std::string_view name) {
    return static_cast<std::size_t>(std::ranges::find(kNames, name) - kNames.begin());
}

template <class Query>
std::uint64_t price_of(std::uint64_t units) {
    return Query::price.base + Query::price.per_unit * units;
}

template <class Query>
Result<Bytes, QueryError> find_answer(const typename Query::Argument& argument, QueryContext& context) {
    const auto answer = Query::answer(argument, context);
    if (!answer) return fail(answer.error());
    return archive_write(*answer);
}

// Where the lists of an argument stand in its root object.
template <class Argument>
constexpr std::array<std::size_t, 1> kLists{0};
template <>
constexpr std::array<std::size_t, 2> kLists<BlsMultisigStatement>{0, 8};

// What the reference reads to find the price: the root object, unless there is no place for it, and all lists of a
// valid archive. Elements are any bytes, so that it looks at none of an invalid one.
template <class Query>
std::size_t priced_from(ByteView bytes, bool is_valid, std::size_t alignment) {
    using Root = Archived<typename Query::Argument>;
    if constexpr (Query::price.per_unit == 0) return bytes.size();
    const auto root = ArchiveSource(bytes, alignment).open_root(Root::size, Root::alignment);
    if (!root) return bytes.size();
    std::size_t lowest = *root;
    if (!is_valid) return lowest;
    for (const std::size_t list : kLists<typename Query::Argument>) {
        const std::uint8_t* const at = bytes.data() + *root + list;
        if (load_le<std::uint32_t>(at + 4) == 0) continue;
        const auto pointer = static_cast<std::int32_t>(load_le<std::uint32_t>(at));
        lowest = std::min(lowest, static_cast<std::size_t>(static_cast<std::int64_t>(*root + list) + pointer));
    }
    return lowest;
}

template <class Query>
PreparedQuery prepare_query(ByteView bytes, std::size_t alignment, QueryContext& context, Answers& answers) {
    auto argument = archive_read<typename Query::Argument>(bytes, alignment);
    const std::size_t from = priced_from<Query>(bytes, argument.has_value(), alignment);
    if (!argument) {
        return {price_of<Query>(Query::units_of_invalid(bytes.size())), from,
                [] { return Result<Bytes, QueryError>(archive_write(typename Query::Answer{})); }};
    }
    const std::uint64_t price = price_of<Query>(Query::units(*argument));
    // Shared: std::function copies what it holds.
    auto shared = std::make_shared<const typename Query::Argument>(std::move(*argument));
    if constexpr (!Query::kept) {
        return {price, from, [shared, &context] { return find_answer<Query>(*shared, context); }};
    } else {
        return {price, from, [shared, &context, &answers, key = crypto::blake3(bytes)]() -> Result<Bytes, QueryError> {
                    if (auto known = answers.get(key)) return *std::move(known);
                    auto answer = find_answer<Query>(*shared, context);
                    if (answer) answers.put(key, *answer, kAnswerBytes);
                    return answer;
                }};
    }
}

template <class Query>
void note_yes(const typename Query::Argument& argument, std::span<const std::unique_ptr<Answers>> answers) {
    static_assert(Query::kept && std::is_same_v<typename Query::Answer, bool>);
    answers[index_of(Query::name)]->put(crypto::blake3(archive_write(argument)), archive_write(true), kAnswerBytes);
}

using Prepare = PreparedQuery (*)(ByteView, std::size_t, QueryContext&, Answers&);
constexpr auto kPrepare = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<Prepare, kQueries>{&prepare_query<std::tuple_element_t<I, HostQueryList>>...};
}(std::make_index_sequence<kQueries>());

}  // namespace

struct HostQueries::State {
    explicit State(const HostQueryOptions& options)
        : context{.bls_version = options.bls_version,
                  .verifiers = PlonkVerifiers(options.plonk_version, options.verifiers)} {
        for (auto& cache : answers) {
            cache = std::make_unique<Answers>(options.answers, options.answers * kAnswerBytes);
        }
    }

    QueryContext context;
    std::array<std::unique_ptr<Answers>, kQueries> answers;
};

HostQueries::HostQueries(const HostQueryOptions& options) : state_(std::make_unique<State>(options)) {}
HostQueries::~HostQueries() = default;

std::optional<PreparedQuery> HostQueries::prepare(std::string_view name, ByteView argument,
                                                  std::size_t buffer_alignment) const {
    const std::size_t index = index_of(name);
    if (index == kQueries) return std::nullopt;
    return kPrepare[index](argument, buffer_alignment, state_->context, *state_->answers[index]);
}

void HostQueries::note_verified(const BlsStatement& statement) const {
    note_yes<VerifyBlsQuery>(statement, state_->answers);
}
void HostQueries::note_verified(const PlonkStatement& statement) const {
    note_yes<VerifyPlonkQuery>(statement, state_->answers);
}

std::span<const std::string_view> HostQueries::names() { return kNames; }

HostQueries::CacheUse HostQueries::answers_use(std::string_view name) const {
    const std::size_t index = index_of(name);
    if (index == kQueries) return {};
    return {.hits = state_->answers[index]->hits(), .misses = state_->answers[index]->misses()};
}

HostQueries::CacheUse HostQueries::verifiers_use() const {
    return {.hits = state_->context.verifiers.hits(), .misses = state_->context.verifiers.misses()};
}

}  // namespace dusk::vm
