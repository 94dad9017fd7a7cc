#include "rpc/jsonrpc/method_table.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace dusk::rpc::jsonrpc {
namespace {

std::string names_of(const Method& method) {
    std::string out;
    for (const Parameter& one : method.params) out += (out.empty() ? "" : ", ") + one.name;
    return out;
}

Answer<RequestJson> by_name(const Method& method, const RequestJson& params) {
    if (params.is_null()) return RequestJson::object();
    if (params.is_object()) return params;
    if (params.size() > method.params.size()) {
        return fail(invalid_params("params", fmt::format("{} takes at most {} of them: {}", method.name,
                                                         method.params.size(), names_of(method))));
    }
    RequestJson out = RequestJson::object();
    for (std::size_t i = 0; i < params.size(); ++i) out[method.params[i].name] = params[i];
    return out;
}

// A null stands for what is left out, where the type has no null.
bool is_left_out(const Parameter& parameter, const RequestJson& value) {
    return !parameter.is_required && value.is_null() && schema::violation(parameter.type, value, "");
}

}  // namespace

void MethodTable::add(Method method) {
    places_.emplace(method.name, methods_.size());
    methods_.push_back(std::move(method));
}

const Method* MethodTable::find(std::string_view name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? nullptr : &methods_[found->second];
}

Answer<Params> params_of(const Method& method, const RequestJson& params) {
    auto named = by_name(method, params);
    if (!named) return fail(named.error());
    for (const auto& [name, value] : named->items()) {
        if (std::ranges::find(method.params, name, &Parameter::name) != method.params.end()) continue;
        // A name of the client's goes back to the client only.
        return fail(invalid_params(name.substr(0, 64),
                                   method.params.empty()
                                       ? fmt::format("is not known: {} takes no parameters", method.name)
                                       : fmt::format("is not known; {} takes {}", method.name, names_of(method))));
    }
    for (const Parameter& one : method.params) {
        const auto value = named->find(one.name);
        if (value == named->end()) {
            if (one.is_required) return fail(invalid_params(one.name, "is missing"));
            continue;
        }
        if (is_left_out(one, *value)) {
            named->erase(value);
        } else if (const auto bad = schema::violation(one.type, *value, one.name)) {
            return fail(invalid_params(bad->place, bad->reason));
        }
    }
    return Params(*std::move(named));
}

}  // namespace dusk::rpc::jsonrpc
