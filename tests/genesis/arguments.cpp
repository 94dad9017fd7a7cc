#include "arguments.hpp"

#include <algorithm>

namespace dusk::genesis {
namespace {

void put(Bytes& out, std::size_t at, ByteView bytes) { std::ranges::copy(bytes, out.begin() + std::ptrdiff_t(at)); }
void put_u64(Bytes& out, std::size_t at, std::uint64_t value) { store_le(out.data() + at, value); }

// (StakeKeys, StakeData) and what is inside.
namespace archived {
constexpr std::size_t kStake = 456;
constexpr std::size_t kOwner = 8;  // behind a tag that is 0 for an account
constexpr std::size_t kAccount = 208;
constexpr std::size_t kHasAmount = 408;
constexpr std::size_t kAmount = 416;
constexpr std::size_t kEligibility = 432;
constexpr std::size_t kReward = 440;
}  // namespace archived

}  // namespace

Bytes account_balance(const crypto::BlsPublicKey& account, std::uint64_t lux) {
    Bytes out(208);
    put(out, 0, account.to_archive());
    put_u64(out, 200, lux);
    return out;
}

Bytes contract_balance(const vm::ContractId& contract, std::uint64_t lux) {
    Bytes out(40);
    put(out, 0, contract);
    put_u64(out, 32, lux);
    return out;
}

Bytes note_at(std::uint64_t height, const phoenix::Note& note) {
    Bytes out(736);
    put_u64(out, 0, height);
    put(out, 8, note.to_archive());
    return out;
}

Bytes stake_of(const Stake& stake) {
    Bytes out(archived::kStake);
    put(out, archived::kOwner, stake.owner.to_archive());
    put(out, archived::kAccount, stake.account.to_archive());
    put_u64(out, archived::kReward, stake.reward);
    if (stake.amount == 0) return out;
    out[archived::kHasAmount] = 1;
    put_u64(out, archived::kAmount, stake.amount);
    put_u64(out, archived::kEligibility, stake.eligibility);
    return out;
}

}  // namespace dusk::genesis
