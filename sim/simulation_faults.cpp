// What goes wrong, and the checks that are made now and then.
#include <fmt/format.h>

#include "sim/simulation.hpp"

namespace dusk::sim {
namespace {

// 1000 of each step, and 16 MiB of candidates and of votes each (consensus/future_messages.hpp).
constexpr std::size_t kMostEarly = std::size_t{1000} * 3 * 256 * 10;
constexpr std::size_t kMostEarlyBytes = std::size_t{32} << 20;

}  // namespace

void Simulation::begin_fault(const Fault& fault) {
    if (healed_) return;
    if (trace_ != nullptr) trace_->line(now_, kNobody, "fault: " + describe(fault));
    const auto over = [&] {
        push(Event::Kind::fault_over, fault.until, kNobody, static_cast<std::uint64_t>(&fault - plan_.faults.data()));
    };
    SimNode* node = fault.node == kNobody ? nullptr : nodes_[fault.node].get();
    switch (fault.kind) {
        case Fault::Kind::weather:
            network_.weather = fault.weather;
            return over();
        case Fault::Kind::partition:
            network_.partition(fault.groups);
            return over();
        case Fault::Kind::cut:
            network_.cut(fault.node, fault.other);
            return over();
        case Fault::Kind::clock:
            node->set_clock_wrong_by(fault.time);
            return over();
        case Fault::Kind::slow_jobs:
            node->job_time = fault.time;
            return over();
        case Fault::Kind::crash:
        case Fault::Kind::power_cut:
        case Fault::Kind::lost_disk: {
            if (!node->runs()) return;
            node->ended_between_inputs = true;
            const std::size_t lost = fault.kind == Fault::Kind::crash ? 0 : draws_.below(8);
            end(*node, fault.time, lost, "crash");
            if (fault.kind != Fault::Kind::lost_disk) return;
            node->lose_database();
            watch_.lost_database(fault.node);
            return;
        }
        case Fault::Kind::crash_at:
            if (!node->runs()) return;
            node->away_after_crash = fault.time;
            node->crash_point().arm(fault.number);
            return over();
        case Fault::Kind::disk_fails:
            if (!node->runs()) return;
            node->away_after_crash = fault.time;
            node->disk_will_fail = true;
            node->disk().stop_at(fault.number, draws_.chance(0.5) ? storage::MemoryStore::Stop::before
                                                                  : storage::MemoryStore::Stop::after);
            return over();
    }
}

void Simulation::end_fault(const Fault& fault) {
    if (healed_) return;
    if (trace_ != nullptr) trace_->line(now_, kNobody, "over: " + describe(fault));
    switch (fault.kind) {
        case Fault::Kind::weather:
            network_.weather = plan_.weather;
            return;
        case Fault::Kind::partition:
            return network_.heal();
        case Fault::Kind::cut:
            return network_.mend(fault.node, fault.other);
        case Fault::Kind::clock:
            return nodes_[fault.node]->set_clock_wrong_by({});
        case Fault::Kind::slow_jobs:
            nodes_[fault.node]->job_time = {};
            return;
        default:
            return;  // a crash that did not come by now comes later, or when everything is healed
    }
}

void Simulation::heal() {
    tell(kNobody, "faults are over");
    network_.weather = plan_.weather;
    network_.heal();
    network_.mend_all();
    for (const auto& node : nodes_) {
        node->set_clock_wrong_by({});
        node->job_time = {};
        if (!node->runs()) {
            push(Event::Kind::start, now_ + std::chrono::seconds(1), node->index());
        } else if (node->crash_point().is_armed() || node->disk_will_fail) {
            node->ended_between_inputs = !node->disk().stopped();
            end(*node, std::chrono::seconds(1), 0, "so that nothing is left of the faults");
        }
    }
    healed_ = true;
    target_ = watch_.final_height() + 2;
    look_for_progress();
}

void Simulation::look_for_progress() {
    for (const auto& node : nodes_) {
        if (!node->is_byzantine() && watch_.chain(node->index()).final_height < target_) return;
    }
    done_ = true;
    statistics_.recovery = now_ - SimTime(plan_.faulty_for);
    tell(kNobody, "all honest nodes hold height {} final", target_);
}

void Simulation::look_at_bounds() {
    for (const auto& node : nodes_) {
        if (!node->runs() || node->is_byzantine()) continue;
        const node::CoreStatus status = node->core().status();
        const auto bound = [&](std::string_view what, std::size_t is, std::size_t most) {
            if (is > most) throw Violation(fmt::format("node {} holds {} {}", node->index(), is, what));
        };
        bound("transactions that wait for a check", status.unchecked, shared_.settings.most_unchecked);
        bound("pooled transactions", status.pooled, shared_.settings.pool.most_transactions);
        if (status.consensus) {
            bound("early messages", status.consensus->queued, kMostEarly);
            bound("bytes of early messages", status.consensus->queued_bytes, kMostEarlyBytes);
        }
        // A block has a dozen records and some for each transaction; of a round there are candidates and results.
        const std::uint64_t height = watch_.chain(node->index()).height();
        bound("records in its store", node->disk().size(), 2000 + 20 * height + 10 * 1000);
        const SeenChain& chain = watch_.chain(node->index());
        bound("states", node->model_disk().size(), height - chain.final_height + chain.left.size() + 8);
        watch_.holds_final(node->index(), status.chain.last_final);
        if (status.chain.tip.value != height) {
            throw Violation(fmt::format("node {} says its tip is at {} and reported {}", node->index(),
                                        status.chain.tip.value, height));
        }
    }
}

std::string Simulation::situation() const {
    std::string out;
    for (const auto& node : nodes_) {
        const SeenChain& chain = watch_.chain(node->index());
        out += fmt::format("node {:>3}{}: height {}, final {}, tip {}", node->index(),
                           node->is_byzantine() ? " (byzantine)" : "", chain.height(), chain.final_height,
                           short_name(chain.blocks.back().bytes));
        if (!node->runs()) {
            out += ", down\n";
            continue;
        }
        const auto status = node->core().status();
        out += fmt::format(", {}{}{}, pool {}\n", status.chain.in_sync ? "in sync" : "syncing",
                           status.chain.runs_consensus ? ", in consensus" : "", status.chain.stalled ? ", stalled" : "",
                           status.pooled);
    }
    return out;
}

void Simulation::count_final_blocks() {
    for (const ledger::BlockHash& hash : watch_.final_blocks()) {
        const Audit::Seen* seen = audit_.find(hash);
        if (seen == nullptr) throw Violation("a final block was never accepted");
        statistics_.spent += seen->transactions;
        statistics_.highest_iteration = std::max(statistics_.highest_iteration, seen->header.iteration);
    }
}

}  // namespace dusk::sim
