#include "execution/preconditions.hpp"

#include "ledger/charges.hpp"
#include "vm/wasm_reader.hpp"

namespace dusk::execution {
namespace {

using ledger::Transaction;

Result<void, Refusal> check_fee(const Transaction& transaction) {
    const ledger::PhoenixTransaction* phoenix = transaction.phoenix();
    if (phoenix == nullptr) return {};
    const auto& [gas_limit, gas_price, refund_address, sender] = phoenix->payload.fee;
    const auto fee = checked_cost(gas_limit, gas_price);
    if (!fee) return fail(Refusal::fee_overflow);
    if (fee->value != phoenix->payload.skeleton.max_fee) return fail(Refusal::fee_tampered);
    // Nobody signs or proves the fee: without this, whoever makes the block could take the refund.
    const auto& change = phoenix->payload.skeleton.outputs[1];
    if (refund_address != change.stealth_address()) return fail(Refusal::refund_address);
    return {};
}

Result<void, Refusal> check_deployment(const Transaction& transaction) {
    const ledger::ContractDeploy* deployment = transaction.deploy();
    if (deployment == nullptr) return {};
    const auto terms =
        check_deploy_terms(deployment->bytecode.size(), transaction.gas_limit(), transaction.gas_price());
    if (!terms) return terms;
    if (declares_memory64(deployment->bytecode)) return fail(Refusal::memory64);
    return {};
}

Result<void, Refusal> check_blobs(const Transaction& transaction) {
    const ledger::Blobs* blobs = transaction.blobs();
    if (blobs == nullptr) return {};
    const std::size_t count = blobs->blobs.size();
    if (count == 0) return fail(Refusal::no_blob);
    if (count > ledger::kMaxExecutedBlobs) return fail(Refusal::too_many_blobs);
    if (transaction.gas_limit() < ledger::blob_charge(count)) return fail(Refusal::blob_limit);
    return {};
}

constexpr std::uint8_t kCustomSection = 0;
constexpr std::uint8_t kMemorySection = 5;
constexpr std::uint8_t kLastKnownSection = 13;

// Up to the first memory that cannot be read.
bool has_memory64(vm::WasmReader section) {
    constexpr std::uint8_t kHasMaximum = 1;
    constexpr std::uint8_t kIs64 = 4;
    constexpr std::uint8_t kHasPageSize = 8;
    constexpr std::uint8_t kFlags = 15;
    for (std::uint32_t left = section.u32(); left > 0 && section.ok(); --left) {
        const std::uint8_t flags = section.u8();
        if (flags > kFlags) return false;
        (void)section.u64();
        if ((flags & kHasMaximum) != 0) (void)section.u64();
        if ((flags & kHasPageSize) != 0 && section.u32() >= 64) return false;
        if (section.ok() && (flags & kIs64) != 0) return true;
    }
    return false;
}

// Whether the released parser gets past a section of no memories: it reads the name or the number of items.
bool is_passed(vm::WasmReader section, std::uint8_t id) {
    constexpr std::size_t kLongestName = 100'000;
    if (id > kMemorySection) return true;
    if (id == kCustomSection) return section.name().size() <= kLongestName && section.ok();
    (void)section.u32();
    return section.ok();
}

}  // namespace

Result<void, Refusal> check_deploy_terms(std::uint64_t bytecode_size, ledger::Gas limit, ledger::GasPrice price) {
    const auto charge = ledger::deploy_charge(bytecode_size);
    if (!charge) return fail(Refusal::deploy_charge_overflow);
    if (price < ledger::kMinDeployPrice) return fail(Refusal::deploy_price);
    if (limit < *charge) return fail(Refusal::deploy_limit);
    return {};
}

bool declares_memory64(ByteView bytecode) {
    static constexpr ByteArray<8> kHeader{0, 'a', 's', 'm', 1, 0, 0, 0};
    static constexpr ByteView kMagic = ByteView(kHeader).first(4);
    if (bytecode.size() < kHeader.size() || !equal(bytecode.first(kHeader.size()), kHeader)) return false;
    vm::WasmReader in(bytecode, kHeader.size(), bytecode.size());
    std::uint8_t last = 0;
    while (in.remaining() > 0) {
        const std::size_t start = in.position();
        if (in.remaining() >= kMagic.size() && equal(bytecode.subspan(start, kMagic.size()), kMagic)) return false;
        const std::uint8_t id = in.u8();
        const std::uint32_t size = in.u32();
        const std::size_t begin = in.position();
        (void)in.bytes(size);
        if (!in.ok() || id >= 0x80) return false;
        const vm::WasmReader content(bytecode, begin, begin + size);
        if (id == kMemorySection) return has_memory64(content);
        if (!is_passed(content, id)) return false;
        if (id == kCustomSection || id > kLastKnownSection) continue;
        // Memories behind this would be out of order.
        if (id > kMemorySection || id <= last) return false;
        last = id;
    }
    return false;
}

Result<void, Refusal> check_preconditions(const Transaction& transaction) {
    if (auto fee = check_fee(transaction); !fee) return fee;
    if (auto deployment = check_deployment(transaction); !deployment) return deployment;
    return check_blobs(transaction);
}

}  // namespace dusk::execution
