#include "app/transfer_key_reader.hpp"

#include "app/cache_directory.hpp"
#include "app/crs_cache.hpp"
#include "phoenix/devnet_verifier_data.hpp"
#include "plonk/parameters_pin.hpp"

namespace dusk::app {

TransferKeyCache devnet_transfer_keys(Executor& executor, std::vector<std::string>& warnings) {
    const auto cache = cache_directory();
    const auto parameters = [cache, &executor, &warnings] {
        auto loaded = load_development_parameters(cache, executor);
        warnings.insert(warnings.end(), loaded.warnings.begin(), loaded.warnings.end());
        return std::make_shared<const plonk::PublicParameters>(std::move(loaded.parameters));
    };
    return {
        {.digest = plonk::development_digest(), .parameters = parameters, .pinned = &phoenix::devnet_verifier_data()},
        cache ? *cache / "prover" : std::filesystem::path()};
}

void TransferKeyReader::expect(std::size_t inputs) {
    if (reading_.valid() && inputs_ == inputs) return;
    inputs_ = inputs;
    reading_ = std::async(std::launch::async, [inputs, executor = executor_]() -> Key {
        std::vector<std::string> ignored;
        auto found = devnet_transfer_keys(*executor, ignored).find(inputs, *executor);
        return found ? std::make_shared<const TransferKey>(*std::move(found)) : nullptr;
    });
}

std::shared_ptr<const TransferKey> TransferKeyReader::key(std::size_t inputs) const {
    return reading_.valid() && inputs_ == inputs ? reading_.get() : nullptr;
}

}  // namespace dusk::app
