// The progress of an archive in JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "rpc/archive_progress.hpp"

namespace dusk::rpc {

// Null where there is nothing to do.
[[nodiscard]] inline nlohmann::ordered_json backfill_json(const std::optional<BackfillProgress>& progress) {
    if (!progress) return nullptr;
    return {{"height", progress->height.value},
            {"target", progress->target.value},
            {"blocks_per_second", progress->blocks_per_second},
            {"seconds_left", progress->seconds_left ? nlohmann::ordered_json(*progress->seconds_left) : nullptr},
            {"problem",
             progress->problem.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(progress->problem)}};
}

[[nodiscard]] inline nlohmann::ordered_json archive_json(const ArchiveProgress& progress) {
    return {{"height", progress.height ? nlohmann::ordered_json(progress.height->value) : nullptr},
            {"works", progress.works},
            {"backfill", backfill_json(progress.backfill)}};
}

}  // namespace dusk::rpc
