#include "replay.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "crypto/blake2b.hpp"
#include "crypto/blake3.hpp"
#include "ledger/identifiers.hpp"
#include "vm/archive_samples.hpp"

namespace dusk::genesis {
namespace {

constexpr vm::ContractId kTransferContract = ledger::kTransferContract.bytes;
constexpr std::uint64_t kGasPerDeployByte = 100;
constexpr std::uint64_t kLeastDeployGas = 5'000'000;
constexpr std::uint64_t kLeastDeployPrice = 2'000;
constexpr std::uint64_t kGasPerBlob = 1'000'000;
constexpr std::string_view kPublicSender = "public_sender";

std::uint64_t deploy_charge(const Deployment& deployment) {
    return std::max(deployment.bytecode.size() * kGasPerDeployByte, kLeastDeployGas);
}

std::optional<std::string> precondition(const MoonlightEnvelope& transaction) {
    const auto error = [](const char* text) { return "Precondition error: " + std::string(text); };
    if (transaction.deployment) {
        if (transaction.gas_price < kLeastDeployPrice) return error("gas price too low to deploy");
        if (transaction.gas_limit < deploy_charge(*transaction.deployment)) return error("not enough gas to deploy");
    }
    if (transaction.blobs) {
        if (*transaction.blobs == 0) return error("no blob attached to the transaction");
        if (transaction.gas_limit < *transaction.blobs * kGasPerBlob) return error("not enough gas for blobs");
    }
    return std::nullopt;
}

std::string text_of(const vm::CallError& error) {
    if (error.kind == vm::CallErrorKind::panic) return "Panic: " + error.text;
    if (error.kind == vm::CallErrorKind::out_of_gas) return "OutOfGas";
    return std::string(name_of(error.kind));
}

std::string discard_text(const vm::CallError& error) {
    constexpr std::string_view kNotReady = "Nonce not ready to be used yet";
    if (error.kind == vm::CallErrorKind::panic && error.text == kNotReady) return std::string(kNotReady);
    return "Unspendable: " + text_of(error);
}

std::string text_of(const vectors::ContractError& error) {
    if (const auto* panic = std::get_if<vectors::Panic>(&error)) return "Panic: " + panic->message;
    if (std::holds_alternative<vectors::OutOfGas>(error)) return "OutOfGas";
    if (std::holds_alternative<vectors::DoesNotExist>(error)) return "Contract does not exist";
    return "Unknown";
}

void add_events(std::vector<vm::Event>& to, const vm::EventList& events) {
    for (const vm::EventView& event : events) to.emplace_back(event);
}

// Gas of the deployment, events appended; or the error of the transaction.
Result<std::uint64_t, std::string> deploy(vm::Session& session, const MoonlightEnvelope& transaction,
                                          std::uint64_t spent, std::vector<vm::Event>& events) {
    const Deployment& deployment = *transaction.deployment;
    const std::uint64_t charge = deploy_charge(deployment);
    const std::uint64_t left = transaction.gas_limit - spent;
    if (left < charge) return fail(std::string("OutOfGas"));
    if (crypto::blake3(deployment.bytecode) != deployment.stated_hash) {
        return fail(std::string("Panic: failed bytecode hash check"));
    }
    Bytes named = deployment.bytecode;
    named.resize(named.size() + 8);
    store_le(named.data() + deployment.bytecode.size(), deployment.nonce);
    append(named, deployment.owner);
    const auto done = session.deploy(crypto::blake2b_256(named), deployment.bytecode, deployment.owner,
                                     deployment.init_argument, left - charge);
    if (!done) return fail("Panic: failed deployment: " + vm::describe(done.error()));
    if (!done->init) return charge;
    add_events(events, done->init->events);
    return charge + done->init->gas_spent;
}

Bytes some_key(const ByteArray<96>& key) {
    Bytes out(208);
    out[0] = 1;
    std::ranges::copy(crypto::BlsPublicKey::from_bytes(key).value().to_archive(), out.begin() + 8);
    return out;
}

}  // namespace

Outcome execute(vm::Session& session, const MoonlightEnvelope& transaction, ByteView argument) {
    if (auto error = precondition(transaction)) return Discarded{*std::move(error)};
    session.set_metadata(std::string(kPublicSender), some_key(transaction.sender));
    auto spend = session.call(kTransferContract, "spend_and_execute", argument, transaction.gas_limit);
    if (!spend) return Discarded{discard_text(spend.error())};

    const auto result = archive_read<std::expected<Bytes, vectors::ContractError>>(spend->data).value();
    Spent out{.gas = spend->gas_spent, .error = {}, .data = {}, .events = {}};
    add_events(out.events, spend->events);
    if (result) {
        out.data = *result;
    } else {
        out.error = text_of(result.error());
    }
    if (result && transaction.deployment) {
        const auto gas = deploy(session, transaction, out.gas, out.events);
        if (gas) {
            out.gas += *gas;
        } else {
            out.error = gas.error();
        }
    }
    if (transaction.blobs) out.gas = std::max(out.gas, *transaction.blobs * kGasPerBlob);
    if (out.error) out.gas = transaction.gas_limit;

    const auto refund =
        session.call(kTransferContract, "refund", archive_write(out.gas), std::numeric_limits<std::uint64_t>::max());
    if (!refund) throw std::runtime_error("the refund failed: " + vm::describe(refund.error()));
    add_events(out.events, refund->events);
    session.remove_metadata(std::string(kPublicSender));
    return out;
}

}  // namespace dusk::genesis
