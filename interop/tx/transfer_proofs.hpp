// Proofs of transfers that the official code built, for the network devnet.
#pragma once

#include <filesystem>
#include <map>
#include <optional>

#include "base/executor.hpp"
#include "phoenix/transfer_verifiers.hpp"
#include "plonk/prover.hpp"

namespace dusk::interop {

// Keys are made when a proof first needs them: parameters, then seconds for each number of inputs. Proofs are kept in a
// folder under the hash of what they prove, and their masks are drawn from that hash: the same statement has the same
// proof on every machine. (So whoever knows the statement can take the masks off: these are proofs of test money.)
class TransferProofs {
  public:
    // `folder` is made where it is missing.
    TransferProofs(std::filesystem::path folder, Executor& executor);

    // `sender` owns the notes; its signatures take the place of those in the request, which are for the circuits of the
    // released network. Throws std::runtime_error where the statement is false.
    [[nodiscard]] Bytes prove(phoenix::TransferRequest request, const phoenix::SecretKey& sender);

  private:
    [[nodiscard]] const plonk::Prover& prover(std::size_t inputs);

    std::filesystem::path folder_;
    Executor* executor_;
    phoenix::TransferVerifiers verifiers_;
    std::optional<plonk::PublicParameters> parameters_{};
    std::map<std::size_t, plonk::Prover> provers_{};
};

}  // namespace dusk::interop
