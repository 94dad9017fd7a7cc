#include <algorithm>

#include "base/archive_layout.hpp"
#include "crypto/chacha_rng.hpp"
#include "phoenix/transfer_builder.hpp"
#include "wallet/contract_orders.hpp"
#include "walletcore/seed.hpp"
#include "walletcore/transactions.hpp"

namespace dusk {

// Alone, as it stands in a transaction of either kind behind the tag.
template <>
struct Archived<ledger::PhoenixTransaction>
    : ArchivedStruct<ledger::PhoenixTransaction, 2216, 8, Field<&ledger::PhoenixTransaction::payload, 0>,
                     Field<&ledger::PhoenixTransaction::proof, 2208>> {};

}  // namespace dusk

namespace dusk::walletcore {
namespace {

using phoenix::NoteLeaf;
using phoenix::SpendableNote;
using Data = std::optional<ledger::TransactionData>;
using DataMaker = std::function<Result<Data, Status>(const phoenix::TransactionSkeleton&)>;

Result<std::vector<SpendableNote>, Status> inputs_at(In inputs, In openings) {
    const auto leaves = unarchive<std::vector<NoteLeaf>>(read_buffer(inputs), "notes");
    if (!leaves) return fail(leaves.error());
    const auto paths = unarchive<std::vector<std::optional<crypto::NoteOpening>>>(read_buffer(openings), "openings");
    if (!paths) return fail(paths.error());
    std::vector<SpendableNote> out;
    for (std::size_t i = 0; i < std::min(leaves->size(), paths->size()); ++i) {
        if ((*paths)[i]) out.push_back({(*leaves)[i].note, *(*paths)[i]});
    }
    return out;
}

struct Order {
    const wallet::Profile& own;
    std::vector<SpendableNote> notes;
    phoenix::PublicKey receiver;
    std::uint64_t value;
    bool obfuscated;
    std::uint64_t deposit;
    Terms terms;
    crypto::Fq root;
};

Status refused(std::string_view why) { return fail_with(Status::phoenix_transaction, why); }

Status send(const Order& order, const DataMaker& data_of, RandomSource& random, NewBuffer transaction,
            NewBuffer request) {
    const auto fee = checked_cost(order.terms.gas_limit, order.terms.gas_price);
    if (!fee) return refused("gas limit times gas price is more than there is");
    auto draft = phoenix::TransferDraft::make(
        order.own.phoenix, order.notes,
        {.receiver = order.receiver,
         .value = order.value,
         .type = order.obfuscated ? phoenix::NoteType::obfuscated : phoenix::NoteType::transparent,
         .deposit = order.deposit,
         .max_fee = fee->value},
        random);
    if (!draft) return refused(to_string(draft.error()));
    if (draft->skeleton().root != order.root) return refused("the openings belong to another root");
    auto data = data_of(draft->skeleton());
    if (!data) return data.error();
    const phoenix::Note& change = draft->skeleton().outputs[1];
    ledger::PhoenixPayload payload{.chain_id = order.terms.chain,
                                   .skeleton = draft->skeleton(),
                                   .fee = {.gas_limit = order.terms.gas_limit,
                                           .gas_price = order.terms.gas_price,
                                           .stealth_address = change.stealth_address(),
                                           .sender = change.sender()},
                                   .data = *std::move(data)};
    const auto made = std::move(*draft).sign(payload.hash(), random);
    write_buffer(archive_write(ledger::PhoenixTransaction{.payload = std::move(payload), .proof = {}}), transaction);
    write_buffer(made.to_bytes().reveal(), request);
    return Status::ok;
}

}  // namespace

DUSK_EXPORT(phoenix)
Status phoenix_transaction(In rng, In seed, std::uint32_t index, In receiver, In inputs, In openings, In root, In value,
                           std::uint32_t obfuscated, In deposit, In gas_limit, In gas_price, std::uint32_t chain_id,
                           In data, NewBuffer transaction, NewBuffer request) {
    start();
    const wallet::Profile own = profile_of(seed, index);
    auto to = phoenix::PublicKey::from_bytes(fixed<phoenix::PublicKey::kSize>(receiver));
    if (!to) return fail_with(Status::deserialization, "the receiver is no shielded address");
    const auto at = unarchive<crypto::Fq>(fixed<32>(root), "root");
    if (!at) return at.error();
    auto notes = inputs_at(inputs, openings);
    if (!notes) return notes.error();
    auto read = data_at(data);
    if (!read) return read.error();
    crypto::ChaChaRng random(take<32>(fixed<32>(rng)));
    return send(
        {.own = own,
         .notes = *std::move(notes),
         .receiver = *std::move(to),
         .value = amount(value),
         .obfuscated = obfuscated != 0,
         .deposit = amount(deposit),
         .terms = terms_of(gas_limit, gas_price, chain_id),
         .root = *at},
        [&](const auto&) -> Result<Data, Status> { return *std::move(read); }, random, transaction, request);
}

DUSK_EXPORT(phoenix_to_moonlight)
Status phoenix_to_moonlight(In rng, In seed, std::uint32_t index, In inputs, In openings, In nullifiers, In root,
                            In value, In gas_limit, In gas_price, std::uint32_t chain_id, NewBuffer transaction,
                            NewBuffer request) {
    start();
    const wallet::Profile own = profile_of(seed, index);
    const auto at = unarchive<crypto::Fq>(fixed<32>(root), "root");
    if (!at) return at.error();
    auto notes = inputs_at(inputs, openings);
    if (!notes) return notes.error();
    // Not needed: they follow from the notes.
    if (const auto read = unarchive<std::vector<crypto::Fq>>(read_buffer(nullifiers), "nullifiers"); !read) {
        return read.error();
    }
    crypto::ChaChaRng random(take<32>(fixed<32>(rng)));
    const auto permit = [&](const phoenix::TransactionSkeleton& skeleton) -> Result<Data, Status> {
        const ledger::NullifierToken token{{skeleton.nullifiers.begin(), skeleton.nullifiers.end()}};
        return wallet::convert_call({amount(value)}, {.account = own.bls}, token, random);
    };
    return send({.own = own,
                 .notes = *std::move(notes),
                 .receiver = own.phoenix.public_key(),
                 .value = 0,
                 .obfuscated = false,
                 .deposit = amount(value),
                 .terms = terms_of(gas_limit, gas_price, chain_id),
                 .root = *at},
                permit, random, transaction, request);
}

DUSK_EXPORT(into_proven) Status into_proven(In transaction, In proof, NewBuffer proven, Out hash) {
    start();
    auto read = unarchive<ledger::PhoenixTransaction>(read_buffer(transaction), "transaction");
    if (!read) return read.error();
    read->proof = to_vector(read_buffer(proof));
    write_transaction(ledger::Transaction{*std::move(read)}, proven, hash);
    return Status::ok;
}

}  // namespace dusk::walletcore
