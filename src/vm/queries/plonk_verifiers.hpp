// Answers of the host query `verify_plonk`, with the verifiers of verifier data that come again kept at hand.
#pragma once

#include <memory>
#include <span>

#include "plonk/verifier.hpp"
#include "vm/queries/lru_cache.hpp"

namespace dusk::vm {

// Thread-safe.
class PlonkVerifiers {
  public:
    // Keeps at most `capacity` verifiers, and 32 MiB of them.
    PlonkVerifiers(plonk::Version version, std::size_t capacity);

    // What `plonk::verify_as_network` says of any bytes. Verifier data that come the first time are only noted: their
    // tables would cost more than they save, so nobody gets work done here by asking once with each.
    [[nodiscard]] bool verify(ByteView verifier_data, ByteView proof, std::span<const crypto::Fq> public_inputs);

    [[nodiscard]] std::uint64_t hits() const { return verifiers_.hits(); }
    [[nodiscard]] std::uint64_t misses() const { return verifiers_.misses(); }

  private:
    struct Nothing {};

    plonk::Version version_;
    LruCache<Nothing> seen_;
    LruCache<std::shared_ptr<const plonk::Verifier>> verifiers_;
};

}  // namespace dusk::vm
