#include "sim/kadcast/experiment.hpp"

#include "sim/kadcast/counted_network.hpp"

namespace dusk::sim {
namespace {

// Nodes in an order drawn by the seed: the first of them go away, the others stay.
struct Fates {
    std::vector<VirtualNode> leaving{};
    std::vector<VirtualNode> staying{};
};

// Those that others begin with stay.
Fates draw_fates(const Wishes& wishes, std::size_t firm) {
    std::vector<VirtualNode> order;
    Fates out;
    for (std::size_t node = 0; node < wishes.nodes; ++node) {
        (node < firm ? out.staying : order).push_back(static_cast<VirtualNode>(node));
    }
    Draws(wishes.seed, "fates").shuffle(order);
    const auto leaving = static_cast<std::size_t>(wishes.silent * static_cast<double>(wishes.nodes));
    for (std::size_t i = 0; i < order.size(); ++i) (i < leaving ? out.leaving : out.staying).push_back(order[i]);
    return out;
}

// Whoever has something to send has been there for a while.
VirtualNode draw_origin(const OverlayNetwork& network, const std::vector<VirtualNode>& staying, Draws& draws) {
    VirtualNode out = draws.pick(staying);
    while (!network.is_there(out, std::chrono::seconds(10))) out = draws.pick(staying);
    return out;
}

Outcome run_overlay(const Wishes& wishes) {
    OverlayNetworkSettings settings{
        .nodes = wishes.nodes, .seed = wishes.seed, .links = wishes.links, .check = wishes.check};
    settings.overlay.fec = wishes.fec;
    OverlayNetwork network(settings);
    const Fates fates = draw_fates(wishes, settings.bootstrap_nodes);
    Draws draws(wishes.seed, "origins");
    Outcome out;
    network.join();
    network.run_for(wishes.settling);
    out.joined = network.tables();
    out.joining = network.take_control_traffic();
    network.run_for(std::chrono::minutes(1));
    out.idle = network.take_control_traffic();
    network.silence(fates.leaving);
    if (wishes.churn > 0) network.begin_churn({.leaving = wishes.churn});
    network.run_for(wishes.after);
    out.tables = network.tables();
    for (const auto bytes : wishes.object_bytes) {
        for (std::size_t i = 0; i < wishes.broadcasts; ++i) {
            network.run_for(std::chrono::seconds(1));
            network.broadcast(draw_origin(network, fates.staying, draws), bytes);
        }
        out.sizes.push_back({bytes, network.summary()});
        network.forget_summary();
    }
    out.most_incomplete_bytes = network.most_incomplete_bytes();
    out.counts = network.counts();
    return out;
}

Outcome run_counted(const Wishes& wishes, Way& way) {
    const Fates fates = draw_fates(wishes, 0);
    const bool is_coded = wishes.is_coded || wishes.spreading == Spreading::counted;
    Outcome out;
    for (const auto bytes : wishes.object_bytes) {
        CountedNetwork network(wishes.nodes, wishes.seed, {wishes.links, wishes.check, wishes.is_reliable}, way);
        network.silence(fates.leaving);
        Draws draws(wishes.seed, "origins");
        const auto coding = is_coded ? Coding::kadcast(bytes, wishes.fec) : Coding::plain(bytes, wishes.fec);
        for (std::size_t i = 0; i < wishes.broadcasts; ++i) network.broadcast(draws.pick(fates.staying), coding);
        out.sizes.push_back({bytes, network.summary()});
    }
    return out;
}

}  // namespace

Outcome run(const Wishes& wishes) {
    switch (wishes.spreading) {
        case Spreading::overlay:
            return run_overlay(wishes);
        case Spreading::counted: {
            const Population population(wishes.nodes, wishes.seed);
            KadcastWay way(population, wishes.seed, wishes.far_first);
            return run_counted(wishes, way);
        }
        case Spreading::flood: {
            FloodWay way(wishes.nodes, wishes.degree, wishes.seed);
            return run_counted(wishes, way);
        }
        case Spreading::gossip:
            break;
    }
    GossipWay way(wishes.nodes, wishes.fanout, wishes.seed);
    return run_counted(wishes, way);
}

}  // namespace dusk::sim
