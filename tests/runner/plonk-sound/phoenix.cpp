// phoenix-1.json to phoenix-4.json: rows, witnesses, keys and proofs of the circuit of a transaction.
#include <fmt/core.h>

#include <bit>
#include <optional>
#include <stdexcept>

#include "phoenix/transfer_circuit.hpp"
#include "phoenix_circuit.hpp"
#include "plonk/check.hpp"
#include "proofs.hpp"
#include "table_checks.hpp"

namespace dusk::vectors {

phoenix::TransferRequest transfer_request(const Node& request, std::uint64_t inputs, phoenix::PointRule rule) {
    auto decoded = phoenix::TransferRequest::from_bytes(request.hex(), rule);
    if (!decoded) throw std::runtime_error(std::string(to_string(decoded.error())));
    if (decoded->inputs.size() != inputs) throw std::runtime_error("a request for another number of inputs");
    return std::move(*decoded);
}

BuildCircuit phoenix_circuit(const phoenix::TransferRequest& request) {
    return [&request](plonk::Composer& composer) { transfer_circuit(composer, request); };
}

bool in_part(std::string_view path, std::string_view part) {
    std::string wanted = "transfer/" + std::string(part);
    if (const auto colon = wanted.find(": "); colon != std::string::npos) wanted.replace(colon, 2, "/");
    if (!path.starts_with(wanted)) return false;
    return path.size() == wanted.size() || path[wanted.size()] == '/';
}

namespace {

void check_parts(const plonk::CircuitTable& table, const Node& parts, Report& report) {
    std::size_t next = 4;
    for (const Node& part : parts.items()) {
        const auto fields = part.items();
        const std::string name = fields.at(0).text();
        const std::uint64_t first = fields.at(1).u64();
        const std::uint64_t rows = fields.at(2).u64();
        report.expect(first == next, fields.at(1), "does not follow the part before");
        next = first + rows;
        report.expect_bytes(rows_digest(table, first, next), fields.at(3));
        if (rows == 0) continue;
        for (const std::uint64_t row : {first, next - 1}) {
            const auto path = table.gadgets.path_of_row(static_cast<std::uint32_t>(row));
            report.expect(in_part(path, name), fields.at(0), "is another gadget: " + std::string(path));
        }
    }
    report.expect(next == table.rows(), parts, "is not the whole circuit");
}

void check_request(const Node& root, const Node& c, const plonk::Prover& prover, Report& report) {
    const std::uint64_t inputs = root["inputs"].u64();
    const auto request = transfer_request(c["request"], inputs);
    report.expect_bytes(request.to_bytes().reveal(), c["request"]);
    const BuildCircuit build = phoenix_circuit(request);
    const auto table = build_table(build);
    report.expect(table.rows() == phoenix::transfer_rows(inputs), root["gates"], "other number of rows");
    check_rows(table, root, report);
    check_modes(table, build, root, report);
    check_parts(table, root["parts_name_first_rows_sha256"], report);
    report.expect_bytes(values_digest(table), c["witness_sha256"]);
    check_values(transfer_public_inputs(request), c["public_inputs"], report);
    std::vector<crypto::Fq> values;
    values.reserve(table.public_inputs.size());
    for (const auto& input : table.public_inputs) values.push_back(input.value);
    check_values(values, c["public_inputs"], report);

    const auto blank = phoenix::TransferRequest::blank(inputs);
    plonk::Composer keys(plonk::Composer::Mode::keys);
    transfer_circuit(keys, blank);
    const auto key_table = std::move(keys).finish();
    report.expect(key_table && key_table->wires == table.wires && key_table->selectors == table.selectors, root,
                  "the circuit for keys is another one");
    check_proof(c, prover, table, root["verifier_data"], report);
}

// The keys of the circuit, from a run without a witness.
plonk::Prover prover_of(const Node& circuit, const plonk::PublicParameters& parameters, Report& report) {
    plonk::Composer keys(plonk::Composer::Mode::keys);
    transfer_circuit(keys, phoenix::TransferRequest::blank(circuit["inputs"].u64()));
    const auto table = std::move(keys).finish();
    if (!table) circuit.complain("cannot be built");
    return check_keys(circuit, *table, parameters, report);
}

void phoenix_file(const Node& root, Report& report) {
    root["seed"].describe();
    const plonk::PublicParameters& parameters =
        development_parameters(root["crs_seed"].u64(), std::bit_ceil(phoenix::transfer_rows(4)));
    for (const Node& circuit : root["phoenix"].items()) {
        circuit["seed"].describe();
        std::optional<plonk::Prover> prover;
        report.run(circuit, [&] {
            prover = prover_of(circuit, parameters, report);
            report.expect(circuit["label"].text() == phoenix::kTransferLabel, circuit["label"], "another label");
            report.expect(circuit["outputs"].u64() == 2, circuit["outputs"], "another number of outputs");
            report.expect(circuit["domain"].u64() == std::bit_ceil(phoenix::transfer_rows(circuit["inputs"].u64())),
                          circuit["domain"], "another domain");
        });
        for (const Node& c : circuit["proofs"].items()) {
            report.run(c, [&] {
                if (!prover) c.complain("has no keys");
                check_request(circuit, c, *prover, report);
            });
        }
    }
}

// One file per number of inputs.
const Registered one{{"plonk-sound", "phoenix-1", {"crs_seed", "phoenix", "seed"}, phoenix_file}};
const Registered two{{"plonk-sound", "phoenix-2", {"crs_seed", "phoenix", "seed"}, phoenix_file}};
const Registered three{{"plonk-sound", "phoenix-3", {"crs_seed", "phoenix", "seed"}, phoenix_file}};
const Registered four{{"plonk-sound", "phoenix-4", {"crs_seed", "phoenix", "seed"}, phoenix_file}};

}  // namespace
}  // namespace dusk::vectors
