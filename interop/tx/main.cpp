// interop-tx contracts --out DIR
//     The genesis contracts of devnet, as files: transfer_contract.wasm with the verifier data of the sound circuits,
//     and stake_contract.wasm.
// interop-tx prove --cache DIR
//     Reads requests from the standard input, one a line: the secret key of the sender (64 bytes), a blank, the request
//     (phoenix/transfer_request.hpp), in hexadecimal. Answers each with a line, the proof for devnet. Proofs are kept
//     in the folder.
#include <fmt/core.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

#include "base/hex.hpp"
#include "execution/genesis_contracts.hpp"
#include "node/thread_pool.hpp"
#include "tx/transfer_proofs.hpp"

namespace {

using namespace dusk;
namespace fs = std::filesystem;

void write_file(const fs::path& path, ByteView bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) throw std::runtime_error(path.string() + " cannot be written");
}

void write_contracts(const fs::path& folder) {
    fs::create_directories(folder);
    const execution::GenesisContracts contracts = execution::genesis_contracts(ledger::devnet());
    write_file(folder / "transfer_contract.wasm", contracts.transfer);
    write_file(folder / "stake_contract.wasm", contracts.stake);
}

Bytes bytes_of(std::string_view hex) {
    auto bytes = from_hex(hex);
    if (!bytes) throw std::runtime_error("a line is not hexadecimal");
    return *std::move(bytes);
}

void answer_requests(const fs::path& folder) {
    node::ThreadPool pool;
    interop::TransferProofs proofs(folder, pool);
    std::string line;
    while (std::getline(std::cin, line)) {
        const std::size_t blank = line.find(' ');
        if (blank == std::string::npos) throw std::runtime_error("a line is not a key and a request");
        const auto sender = phoenix::SecretKey::from_bytes(bytes_of(std::string_view(line).substr(0, blank)));
        auto request = phoenix::TransferRequest::from_bytes(bytes_of(std::string_view(line).substr(blank + 1)));
        if (!sender) throw std::runtime_error("a line starts with no secret key");
        if (!request) throw std::runtime_error(std::string(to_string(request.error())));
        fmt::print("{}\n", to_hex(proofs.prove(*std::move(request), *sender)));
        (void)std::fflush(stdout);
    }
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view verb = argc == 4 ? argv[1] : "";
    const std::string_view option = argc == 4 ? argv[2] : "";
    try {
        if (verb == "contracts" && option == "--out") {
            write_contracts(argv[3]);
        } else if (verb == "prove" && option == "--cache") {
            answer_requests(argv[3]);
        } else {
            fmt::print(stderr, "usage: interop-tx contracts --out DIR\n       interop-tx prove --cache DIR\n");
            return 2;
        }
    } catch (const std::exception& error) {
        fmt::print(stderr, "interop-tx: {}\n", error.what());
        return 1;
    }
    return 0;
}
