#include "rpc/graphql/archive_answer.hpp"

#include <map>

namespace dusk::rpc::graphql {
namespace {

using Json = nlohmann::json;

// By field and arguments: what is asked twice is fetched once.
using Key = std::pair<std::string, std::string>;
struct Asked {
    Json arguments{};
    ArchiveValue value{Json(nullptr)};
};
using AskedFields = std::map<Key, Asked>;

Key key_of(std::string_view field, const Json& arguments) {
    return {std::string(field), arguments.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

chronicle::Outcome<void> fetch(chronicle::Queries& queries, AskedFields& fields, const ReadEvent& read) {
    for (auto& [key, asked] : fields) {
        auto value = archive_value(queries, key.first, asked.arguments, read);
        if (!value) return fail(value.error());
        asked.value = *std::move(value);
    }
    return {};
}

}  // namespace

boost::asio::awaitable<HttpResponse> answer_with_archive(Execute execute, MakeResolver ledger, ArchiveReader& archive,
                                                         ReadEvent read) {
    const auto fields = std::make_shared<AskedFields>();
    bool is_too_much = false;
    const Resolver first_ledger = ledger();
    HttpResponse first =
        execute([&](std::string_view field, const Json& arguments, const Json& selection) -> Result<Json, std::string> {
            if (!is_archive_field(field)) return first_ledger(field, arguments, selection);
            is_too_much = is_too_much || fields->size() >= kMostArchiveFields;
            if (is_too_much) return fail(std::string("too many questions to the archive: ask for less at once"));
            fields->emplace(key_of(field, arguments), Asked{.arguments = arguments});
            return Json(nullptr);
        });
    if (fields->empty() || is_too_much) co_return first;
    const auto fetched =
        co_await archive.ask([fields, read = std::move(read)](auto& queries) { return fetch(queries, *fields, read); });
    const Resolver second_ledger = ledger();
    co_return execute(
        [&](std::string_view field, const Json& arguments, const Json& selection) -> Result<Json, std::string> {
            if (!is_archive_field(field)) return second_ledger(field, arguments, selection);
            if (!fetched) return fail(fetched.error());
            const auto found = fields->find(key_of(field, arguments));
            if (found == fields->end()) return fail(std::string("Internal server error"));
            return found->second.value;
        });
}

}  // namespace dusk::rpc::graphql
