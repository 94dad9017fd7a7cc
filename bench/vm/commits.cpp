// Roots and commits: by the number of written pages, and with many contracts.
#include "harness.hpp"
#include "test_machine.hpp"

namespace dusk::bench {
namespace {

// Counts on, so that no two commits are the same.
void count(vm::Session& session, const vm::ContractId& counter) {
    static std::uint64_t number = 0;
    Bytes argument(8);
    store_le(argument.data(), ++number);
    must_call(session, counter, "add", argument);
}

void page_rows(Bench& bench, vm::Durability durability, const std::string& suffix) {
    const TestMachine test(durability);
    auto session = test.machine->genesis_session(0xFA);
    const TestContracts contracts(*session);
    const vm::Hash base = *session->commit();
    for (const std::uint32_t pages : {1U, 100U, 1000U}) {
        const std::string number = std::to_string(pages);
        const auto write = [&] {
            session = test.session(base);
            must_call(*session, contracts.mem, "dirty", words({16, pages}));
            count(*session, contracts.counter);
        };
        if (suffix.empty()) {
            bench.run_each("root: " + number + " written pages", "root_" + number + "_dirty_pages", 11, write,
                           [&] { keep(session->root()); });
        }
        // The reference computes the root twice: once when asked, once for the commit. We remember it.
        bench.run_each("root and commit: " + number + " written pages" + suffix,
                       suffix.empty() ? "root_and_commit_" + number : "", 11, write, [&] {
                           keep(session->root());
                           if (!session->commit()) throw std::runtime_error("not committed");
                       });
    }
}

void commit_rows(Bench& bench) {
    page_rows(bench, vm::Durability::process, "");
    page_rows(bench, vm::Durability::power_loss, ", synced to the disk");
}

// A commit that writes ten of many contracts.
void many_rows(Bench& bench) {
    const Bytes code = test_contract("counter");
    for (const std::uint32_t contracts : {1'000U, 10'000U, 100'000U}) {
        const std::string name = "commit of 10 contracts out of " + std::to_string(contracts);
        if (!bench.wants(name)) continue;
        const TestMachine test;
        vm::Hash base{};
        const auto id_of = [](std::uint32_t number) {
            vm::ContractId id{};
            store_le(id.data(), number);
            id[31] = 1;
            return id;
        };
        for (std::uint32_t done = 0; done < contracts;) {
            auto session = done == 0 ? test.machine->genesis_session(0xFA) : test.session(base);
            for (std::uint32_t i = 0; i < 1000; ++i, ++done) {
                if (!session->deploy(id_of(done), code, {}, {}, kGas)) throw std::runtime_error("not deployed");
            }
            base = *session->commit();
        }
        std::unique_ptr<vm::Session> session;
        bench.run_each(
            name, "", 21,
            [&] {
                session = test.session(base);
                for (std::uint32_t i = 0; i < 10; ++i) count(*session, id_of(i * (contracts / 10)));
            },
            [&] {
                if (!session->commit()) throw std::runtime_error("not committed");
            });
    }
}

const Registered g_commits("vm", commit_rows);
const Registered g_many("vm", many_rows);

}  // namespace
}  // namespace dusk::bench
