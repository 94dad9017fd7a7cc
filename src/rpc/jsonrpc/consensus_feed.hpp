// Makes events of rounds, as this node sees them, while somebody listens (docs/json-rpc.md); and shows the round that
// runs.
#pragma once

#include <map>

#include "node/node.hpp"
#include "rpc/jsonrpc/event_hub.hpp"

namespace dusk::rpc::jsonrpc {

// On the loop of the node.
class ConsensusFeed final : public consensus::RoundWatcher {
  public:
    // All of them outlive this, or its `stop`.
    ConsensusFeed(EventHub& hub, node::Node& node, const Clock& clock) : hub_(hub), node_(node), clock_(clock) {}
    ~ConsensusFeed() override { stop(); }

    // Watches from now on if somebody listens, else no more.
    void follow_listeners();
    void on_action(const node::CoreAction& action);
    void on_event(const consensus::RoundEvent& event) override;
    void stop();

    // Null while consensus does not run.
    [[nodiscard]] Json round();

  private:
    void publish(std::uint64_t round, std::uint8_t iteration, std::string_view name, const Json& what);
    [[nodiscard]] Json committee(const consensus::Committee& committee);
    [[nodiscard]] Json committee(const std::vector<consensus::MemberView>& members);
    // As people write it. Writing one takes some 10 us, and the same ones come again and again.
    [[nodiscard]] const std::string& key_text(const ledger::KeyBytes& key);
    [[nodiscard]] std::int64_t unix_ms(MonotonicTime time) const;

    EventHub& hub_;
    node::Node& node_;
    const Clock& clock_;
    bool is_watching_ = false;
    std::map<ledger::KeyBytes, std::string> key_texts_{};
};

}  // namespace dusk::rpc::jsonrpc
