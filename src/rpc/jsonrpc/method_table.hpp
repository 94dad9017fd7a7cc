// The methods of the interface. What stands here of a method is all there is: requests are dispatched by it, parameters
// checked, and the document of the interface (open_rpc.hpp) and docs/api.md are made of it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <vector>

#include "node/http_settings.hpp"
#include "rpc/jsonrpc/params.hpp"
#include "rpc/jsonrpc/schema.hpp"

namespace dusk::rpc::jsonrpc {

class Subscriber;

struct Parameter {
    std::string name{};
    Json type{};
    bool is_required = true;
    std::string meaning{};  // a phrase
};
// What a node must have to answer.
enum class Need : std::uint8_t { nothing, archive, socket };

struct Call {
    Params params;
    Subscriber* subscriber = nullptr;  // whoever asks over a WebSocket; else null
};
using Handler = std::function<boost::asio::awaitable<Answer<Json>>(Call)>;

struct Method {
    std::string name{};     // "blocks.get"
    std::string meaning{};  // one sentence
    std::vector<Parameter> params{};
    Json result{};                                             // its type
    std::vector<ErrorCode> errors{};                           // besides those that every method may have
    node::RequestClass kind = node::RequestClass::other_rues;  // whose limits it counts for
    Need need = Need::nothing;
    Handler handler{};
};

class MethodTable {
  public:
    void add(Method method);
    // Null: there is none. O(log n).
    [[nodiscard]] const Method* find(std::string_view name) const;
    // In the order in which they were added.
    [[nodiscard]] const std::vector<Method>& methods() const { return methods_; }

  private:
    std::vector<Method> methods_;
    std::map<std::string, std::size_t, std::less<>> places_;
};

// The parameters of a request by name, checked: null (there are none), a list in the order of the method's, or an
// object.
[[nodiscard]] Answer<Params> params_of(const Method& method, const RequestJson& params);

// A method that is answered at once: `answer` takes the parameters and gives an `Answer<Json>`.
template <class F>
[[nodiscard]] Handler at_once(F answer) {
    return [answer = std::move(answer)](Call call) -> boost::asio::awaitable<Answer<Json>> {
        co_return answer(call.params);
    };
}

}  // namespace dusk::rpc::jsonrpc
