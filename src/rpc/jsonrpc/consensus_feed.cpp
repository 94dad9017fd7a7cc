#include "rpc/jsonrpc/consensus_feed.hpp"

#include "base/base58.hpp"
#include "base/cases.hpp"
#include "consensus/quorum.hpp"
#include "consensus/rules.hpp"
#include "ledger/hex_name.hpp"
#include "rpc/jsonrpc/values.hpp"

namespace dusk::rpc::jsonrpc {
namespace {

constexpr std::size_t kMostKeyTexts = 4096;

Json timeouts_json(const std::array<std::chrono::milliseconds, 3>& timeouts) {
    return {
        {"proposal", timeouts[0].count()}, {"validation", timeouts[1].count()}, {"ratification", timeouts[2].count()}};
}

std::string_view outcome_name(consensus::IterationEnded::Outcome outcome) {
    switch (outcome) {
        case consensus::IterationEnded::Outcome::agreed:
            return "agreed";
        case consensus::IterationEnded::Outcome::failed:
            return "failed";
        case consensus::IterationEnded::Outcome::timed_out:
            return "timed_out";
    }
    return "";
}

Json members_of(std::uint64_t bitset) {
    Json out = Json::array();
    for (unsigned i = 0; i < 64; ++i) {
        if ((bitset >> i & 1) != 0) out.push_back(i);
    }
    return out;
}

}  // namespace

void ConsensusFeed::follow_listeners() {
    const bool wanted = hub_.log().records(Channel::consensus);
    if (wanted == is_watching_) return;
    node_.core().watch_rounds(wanted ? this : nullptr);
    is_watching_ = wanted;
}

void ConsensusFeed::stop() {
    if (is_watching_) node_.core().watch_rounds(nullptr);
    is_watching_ = false;
}

void ConsensusFeed::on_action(const node::CoreAction& action) {
    if (!is_watching_) return;
    follow_listeners();
    const auto* accepted = std::get_if<chain::BlockAccepted>(&action);
    if (accepted == nullptr || !is_watching_) return;
    const ledger::BlockHeader& header = accepted->block->header;
    publish(header.height.value, header.iteration, "round_ended",
            {{"hash", hex(header.hash)}, {"generator", key_text(header.generator)}});
}

void ConsensusFeed::on_event(const consensus::RoundEvent& event) {
    using namespace consensus;
    const auto tell = [&](std::string_view name, const Json& what) {
        publish(event.round, event.iteration, name, what);
    };
    std::visit(
        Cases{[&](const RoundStarted& one) {
                  tell("round_started", {{"prev_block_hash", hex(one.tip)}, {"first_iteration", event.iteration}});
              },
              [&](const IterationStarted& one) {
                  tell("iteration_started",
                       {{"generator", one.generator == nullptr ? Json(nullptr) : Json(key_text(one.generator->bytes))},
                        {"is_emergency", event.iteration >= kEmergencyFrom},
                        {"timeouts_ms", timeouts_json(one.timeouts)},
                        {"committees",
                         {{"validation", committee(one.validation)}, {"ratification", committee(one.ratification)}}}});
              },
              [&](const StepStarted& one) {
                  tell("step_started", {{"step", step_name(one.step)},
                                        {"deadline_ms", one.deadline ? Json(unix_ms(*one.deadline)) : Json(nullptr)}});
              },
              [&](const CandidateSeen& one) {
                  const ledger::BlockHeader& header = one.block.header;
                  tell("candidate_seen", {{"hash", hex(header.hash)},
                                          {"generator", key_text(header.generator)},
                                          {"timestamp", header.timestamp},
                                          {"transactions", one.block.transactions.size()},
                                          {"is_own", one.is_own}});
              },
              [&](const CandidateJudged& one) {
                  tell("candidate_judged", {{"hash", hex(one.hash)}, {"verdict", verdict_name(one.verdict)}});
              },
              [&](const VoteCounted& one) {
                  const Committee::Member& member = one.committee.members()[one.member];
                  tell("vote", {{"step", step_name(one.step)},
                                {"member", one.member},
                                {"key", key_text(member.bytes)},
                                {"credits", member.credits},
                                {"vote", vote_name(one.vote)},
                                {"hash", vote_hash(one.vote)},
                                {"total", one.total},
                                {"needed", quorum_credits(one.vote)},
                                {"is_own", one.is_own}});
              },
              [&](const QuorumReached& one) {
                  tell("quorum", {{"step", step_name(one.step)},
                                  {"vote", vote_name(one.vote)},
                                  {"hash", vote_hash(one.vote)},
                                  {"credits", one.credits},
                                  {"needed", quorum_credits(one.vote)},
                                  {"voters", members_of(one.voters)}});
              },
              [&](const IterationEnded& one) {
                  tell("iteration_ended", {{"outcome", outcome_name(one.outcome)},
                                           {"vote", one.vote ? Json(vote_name(*one.vote)) : Json(nullptr)},
                                           {"hash", one.vote ? vote_hash(*one.vote) : Json(nullptr)}});
              }},
        event.what);
}

void ConsensusFeed::publish(std::uint64_t round, std::uint8_t iteration, std::string_view name, const Json& what) {
    Json json{{"event", name},
              {"round", round},
              {"iteration", iteration},
              {"time_ms", clock_.wall_time().time_since_epoch().count()}};
    json.update(what);
    hub_.publish(Channel::consensus, {}, json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json ConsensusFeed::round() {
    const auto view = node_.core().round_view();
    if (!view) return nullptr;
    Json candidate = nullptr;
    if (view->candidate) {
        candidate = {{"hash", hex(*view->candidate)},
                     {"verdict", view->verdict ? Json(verdict_name(*view->verdict)) : Json(nullptr)}};
    }
    return {
        {"round", view->round},
        {"iteration", view->iteration},
        {"step", step_name(view->step)},
        {"prev_block_hash", hex(view->tip)},
        {"generator", view->generator ? Json(key_text(*view->generator)) : Json(nullptr)},
        {"is_emergency", view->iteration >= consensus::kEmergencyFrom},
        {"step_began_ms", unix_ms(view->step_began)},
        {"deadline_ms", view->deadline ? Json(unix_ms(*view->deadline)) : Json(nullptr)},
        {"timeouts_ms", timeouts_json(view->timeouts)},
        {"candidate", std::move(candidate)},
        {"agreed", view->is_agreed},
        {"committees", {{"validation", committee(view->validation)}, {"ratification", committee(view->ratification)}}},
        {"next", hub_.log().next()}};
}

Json ConsensusFeed::committee(const consensus::Committee& committee) {
    Json members = Json::array();
    for (const auto& member : committee.members()) {
        members.push_back({{"key", key_text(member.bytes)}, {"credits", member.credits}});
    }
    return {{"credits", committee.credits()}, {"members", std::move(members)}};
}

Json ConsensusFeed::committee(const std::vector<consensus::MemberView>& members) {
    Json list = Json::array();
    std::uint32_t credits = 0;
    for (const auto& member : members) {
        credits += member.credits;
        list.push_back({{"key", key_text(member.key)},
                        {"credits", member.credits},
                        {"vote", member.vote ? Json(vote_name(*member.vote)) : Json(nullptr)},
                        {"hash", member.vote ? vote_hash(*member.vote) : Json(nullptr)}});
    }
    return {{"credits", credits}, {"members", std::move(list)}};
}

const std::string& ConsensusFeed::key_text(const ledger::KeyBytes& key) {
    if (const auto known = key_texts_.find(key); known != key_texts_.end()) return known->second;
    if (key_texts_.size() >= kMostKeyTexts) key_texts_.clear();
    return key_texts_.emplace(key, to_base58(ByteView(key.bytes))).first->second;
}

std::int64_t ConsensusFeed::unix_ms(MonotonicTime time) const {
    const auto ahead = std::chrono::duration_cast<std::chrono::milliseconds>(time - clock_.monotonic_time());
    return (clock_.wall_time().time_since_epoch() + ahead).count();
}

}  // namespace dusk::rpc::jsonrpc
