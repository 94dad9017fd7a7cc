#include "app/transfer_keys.hpp"

#include <fmt/core.h>

#include <chrono>

#include "node/thread_pool.hpp"

namespace dusk::app {

std::string_view to_string(TransferKeys::State state) {
    switch (state) {
        case TransferKeys::State::waiting:
            return "waiting";
        case TransferKeys::State::making:
            return "making";
        case TransferKeys::State::ready:
            return "ready";
        case TransferKeys::State::failed:
            return "failed";
    }
    return "";
}

TransferKeys::TransferKeys(const std::shared_ptr<const plonk::PublicParameters>& parameters, const Options& options,
                           Logger logger)
    : cache_({.digest = options.digest, .parameters = [parameters] { return parameters; }, .pinned = options.pinned},
             options.folder),
      cosets_(options.cosets),
      threads_(options.threads),
      logger_(std::move(logger)) {
    thread_ = std::thread([this] { make_all(); });
}

TransferKeys::~TransferKeys() {
    stopping_ = true;
    thread_.join();
}

std::shared_ptr<const TransferKey> TransferKeys::key(std::size_t inputs) const {
    if (inputs == 0 || inputs > slots_.size()) return nullptr;
    const std::scoped_lock lock(mutex_);
    return slots_[inputs - 1].key;
}

std::vector<TransferKeys::Progress> TransferKeys::progress() const {
    const std::scoped_lock lock(mutex_);
    std::vector<Progress> out;
    for (std::size_t i = 0; i < slots_.size(); ++i)
        out.push_back({.inputs = i + 1, .state = slots_[i].state, .detail = slots_[i].detail});
    return out;
}

void TransferKeys::set(std::size_t inputs, State state, std::string detail, std::shared_ptr<const TransferKey> key) {
    const std::scoped_lock lock(mutex_);
    slots_[inputs - 1] = {.state = state, .detail = std::move(detail), .key = std::move(key)};
}

void TransferKeys::make_all() {
    node::ThreadPool pool(threads_);
    for (std::size_t inputs = 1; inputs <= slots_.size() && !stopping_; ++inputs) {
        try {
            make(inputs, pool);
        } catch (const std::exception& exception) {  // no memory, most likely: the other circuits may do with less
            logger_.error("a prover key cannot be made",
                          {{"inputs", inputs}, {"reason", std::string_view(exception.what())}});
            set(inputs, State::failed, exception.what());
        }
    }
}

void TransferKeys::make(std::size_t inputs, Executor& executor) {
    const auto start = std::chrono::steady_clock::now();
    set(inputs, State::making, "");
    auto loaded = cache_.load(inputs, executor, [&] { logger_.info("making a prover key", {{"inputs", inputs}}); });
    if (!loaded) {
        logger_.error("a prover key cannot be made", {{"inputs", inputs}, {"reason", loaded.error()}});
        set(inputs, State::failed, loaded.error());
        return;
    }
    for (const std::string& warning : loaded->warnings) logger_.warn(warning, {{"inputs", inputs}});
    if (cosets_) loaded->key.prover.cache_cosets(executor);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    logger_.info("a prover key is ready",
                 {{"inputs", inputs}, {"seconds", seconds}, {"from_cache", loaded->from_cache}});
    set(inputs, State::ready, fmt::format("{} in {:.1f} s", loaded->from_cache ? "read" : "made", seconds),
        std::make_shared<const TransferKey>(std::move(loaded->key)));
}

}  // namespace dusk::app
