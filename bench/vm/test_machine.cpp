#include "test_machine.hpp"

#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace dusk::bench {

TestMachine::TestMachine(vm::Durability durability) {
    std::string name = (std::filesystem::temp_directory_path() / "dusk-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder = name;
    options.store.durability = durability;
    open();
}

TestMachine::~TestMachine() {
    machine.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

void TestMachine::open() {
    machine.reset();
    auto opened = vm::Machine::open(folder, options);
    if (!opened) throw std::runtime_error(opened.error().text);
    machine = *std::move(opened);
}

std::unique_ptr<vm::Session> TestMachine::session(const vm::Hash& commit) const {
    auto session = machine->session(commit, 0xFA, 1);
    if (!session) throw std::runtime_error(describe(session.error()));
    return *std::move(session);
}

TestContracts::TestContracts(vm::Session& session) {
    const Bytes owner(32, 7);
    const auto deploy = [&](const std::string& name, ByteView argument) {
        const auto deployed = session.deploy({}, test_contract(name), owner, argument, kGas);
        if (!deployed) throw std::runtime_error(describe(deployed.error()));
        return deployed->contract;
    };
    counter = deploy("counter", {});
    host = deploy("host", {});
    mem = deploy("mem", {});
    kv = deploy("kv", Bytes(8));
}

Bytes test_contract(const std::string& name) {
    std::ifstream file(std::filesystem::path(DUSK_TEST_CONTRACTS) / (name + ".wasm"), std::ios::binary);
    if (!file) throw std::runtime_error("no test contract " + name);
    return Bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
}

Bytes words(std::initializer_list<std::uint32_t> values) {
    Bytes out(4 * values.size());
    std::size_t at = 0;
    for (const std::uint32_t value : values) store_le(out.data() + 4 * at++, value);
    return out;
}

void must_call(vm::Session& session, const vm::ContractId& contract, std::string_view function, ByteView argument) {
    const auto receipt = session.call(contract, function, argument, kGas);
    if (!receipt) throw std::runtime_error(describe(receipt.error()));
}

Bytes inner_call(const vm::ContractId& contract, std::string_view function) {
    Bytes out(contract.begin(), contract.end());
    out.resize(out.size() + 8);  // no gas limit
    out.push_back(static_cast<std::uint8_t>(function.size()));
    out.insert(out.end(), function.begin(), function.end());
    return out;
}

}  // namespace dusk::bench
