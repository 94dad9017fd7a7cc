#include "rpc/graphql/engine.hpp"

#include <dusk_graphql.h>

#include <exception>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/bytes.hpp"

namespace dusk::rpc::graphql {
namespace {

using Json = nlohmann::json;

std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

void append_to(void* out, const std::uint8_t* bytes, std::size_t size) noexcept {
    static_cast<std::string*>(out)->append(text_of(bytes, size));
}

// A request under way.
struct Execution {
    const Resolver& resolver;
    std::size_t bytes_left;  // of values
};

Result<std::string, std::string> value_of(Execution& execution, std::string_view field, std::string_view arguments,
                                          std::string_view selection) {
    try {
        const auto value = execution.resolver(field, Json::parse(arguments), Json::parse(selection));
        if (!value) return fail(value.error());
        std::string out = value->dump(-1, ' ', false, Json::error_handler_t::replace);
        if (out.size() > execution.bytes_left) {
            return fail(std::string("the answer is too large: ask for less at once"));
        }
        execution.bytes_left -= out.size();
        return out;
    } catch (const std::exception& error) {
        return fail(std::string("Internal server error"));
    }
}

// Nothing may be thrown through the bridge.
void resolve(void* execution, const std::uint8_t* field, std::size_t field_size, const std::uint8_t* arguments,
             std::size_t arguments_size, const std::uint8_t* selection, std::size_t selection_size,
             dusk_graphql_answer* answer) noexcept {
    const auto value = value_of(*static_cast<Execution*>(execution), text_of(field, field_size),
                                text_of(arguments, arguments_size), text_of(selection, selection_size));
    const ByteView text = as_bytes(value ? *value : value.error());
    (value ? dusk_graphql_answer_value : dusk_graphql_answer_error)(answer, text.data(), text.size());
}

}  // namespace

void Engine::Free::operator()(dusk_graphql_schema* schema) const { dusk_graphql_schema_free(schema); }

Engine::Engine(std::string_view sdl, const Limits& limits) : most_answer_(limits.answer) {
    const ByteView text = as_bytes(sdl);
    schema_.reset(dusk_graphql_schema_new(text.data(), text.size(), limits.depth, limits.complexity));
    if (!schema_) throw std::invalid_argument("the schema cannot be read");
}

Result<std::string, std::string> Engine::execute(std::string_view request, const Resolver& resolver) const {
    const ByteView text = as_bytes(request);
    std::string out;
    Execution execution{.resolver = resolver, .bytes_left = most_answer_};
    const auto outcome =
        dusk_graphql_execute(schema_.get(), text.data(), text.size(), resolve, &execution, append_to, &out);
    if (outcome == DUSK_GRAPHQL_DONE) return out;
    if (outcome == DUSK_GRAPHQL_NO_REQUEST) return fail(std::move(out));
    throw std::runtime_error("a GraphQL request failed");
}

std::string Engine::sdl() const {
    std::string out;
    if (dusk_graphql_sdl(schema_.get(), append_to, &out) != DUSK_GRAPHQL_DONE) {
        throw std::runtime_error("the GraphQL schema cannot be written");
    }
    return out;
}

}  // namespace dusk::rpc::graphql
