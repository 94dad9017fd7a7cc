// Contracts that attack the node: each attack ends as an error of its call, in bounded time and memory, and what was
// there before is there afterwards.
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "base/hex.hpp"
#include "vm/test_machine.hpp"

namespace dusk::vm {
namespace {

constexpr std::uint64_t kGas = 100'000'000;

ContractId id_of(std::uint8_t first, std::uint8_t last = 0x77) {
    ContractId id{};
    id[0] = first;
    id[31] = last;
    return id;
}

class Hostile : public MachineTest {
  protected:
    Hostile() { start(open()); }
    void start(std::shared_ptr<Machine> machine) {
        machine_ = std::move(machine);
        session_ = machine_->genesis_session(0xFA);
        EXPECT_TRUE(session_->deploy(contract_, hostile_contract(), Bytes(32, 7), {}, kGas));
        root_ = *session_->root();
    }

    CallResult<CallReceipt> call(std::string_view function, std::initializer_list<std::uint32_t> values,
                                 std::uint64_t gas = kGas) {
        return session_->call(contract_, function, words(values), gas);
    }
    void expect_error(std::string_view function, std::initializer_list<std::uint32_t> values, CallErrorKind kind,
                      Trap trap = Trap::none, std::uint64_t gas = kGas) {
        const Hash before = *session_->root();
        const auto receipt = call(function, values, gas);
        ASSERT_FALSE(receipt) << function;
        EXPECT_EQ(receipt.error().kind, kind) << describe(receipt.error());
        EXPECT_EQ(receipt.error().trap, trap) << describe(receipt.error());
        EXPECT_TRUE(*session_->root() == before) << function << " left something behind";
    }
    std::uint32_t expect_value(std::string_view function, std::initializer_list<std::uint32_t> values,
                               std::uint64_t gas = kGas) {
        const auto receipt = call(function, values, gas);
        if (!receipt) {
            ADD_FAILURE() << function << ": " << describe(receipt.error());
            return 0;
        }
        EXPECT_EQ(receipt->data.size(), 4);
        return load_le<std::uint32_t>(receipt->data.data());
    }

    ContractId contract_ = id_of(1, 0);
    std::shared_ptr<Machine> machine_;
    std::unique_ptr<Session> session_;
    Hash root_{};
};

// Nothing of a module that no block can hold is looked at: the compiler's time and memory are bounded by its size.
TEST_F(Hostile, BytecodeBeyondABlockIsNotCompiled) {
    Bytes bytecode = hostile_contract();
    const std::size_t module_bytes = bytecode.size();
    bytecode.resize(MachineLimits{}.most_bytecode_bytes);
    // A custom section fills the module: its id, its size in five bytes, an empty name, zeros.
    std::size_t left = bytecode.size() - module_bytes - 6;
    for (std::size_t i = 1; i <= 5; ++i, left >>= 7) {
        bytecode[module_bytes + i] = static_cast<std::uint8_t>((left & 0x7f) | (i < 5 ? 0x80 : 0));
    }
    const auto largest = session_->deploy(id_of(2), bytecode, {}, {}, kGas);
    EXPECT_TRUE(largest) << describe(largest.error());
    bytecode.push_back(0);
    const auto too_large = session_->deploy(id_of(3), bytecode, {}, {}, kGas);
    ASSERT_FALSE(too_large);
    EXPECT_EQ(too_large.error().kind, CallErrorKind::too_large);
    EXPECT_FALSE(session_->has_contract(id_of(3)));
}

TEST_F(Hostile, LoopsEndWithTheGas) { expect_error("spin", {}, CallErrorKind::out_of_gas); }

TEST_F(Hostile, RecursionEndsWithTheStack) {
    const auto receipt = call("recurse", {}, 3'000'000'000);
    ASSERT_FALSE(receipt);
    EXPECT_EQ(receipt.error().kind, CallErrorKind::runtime);
    EXPECT_EQ(*session_->root(), root_);
}

TEST_F(Hostile, ChainsOfContractsThatEachUseTheirWholeStack) {
    for (std::uint8_t i = 1; i < 47; ++i) {
        ASSERT_TRUE(session_->deploy(id_of(i), hostile_contract(), {}, {}, kGas));
    }
    EXPECT_GE(expect_value("chain", {2000, 46}, 3'000'000'000), 1);
}

TEST_F(Hostile, EmptyAndMissingTableSlots) {
    expect_error("call_slot", {0}, CallErrorKind::runtime, Trap::indirect_call_to_null);
    expect_error("call_slot", {0x7fffffff}, CallErrorKind::runtime, Trap::table_out_of_bounds);
    // The faults of pages are still served after the trap.
    EXPECT_EQ(expect_value("pages", {100, 3, 1, 0}), 0);
}

TEST_F(Hostile, AccessesBeyondFourGigabytes) {
    expect_error("beyond", {}, CallErrorKind::runtime, Trap::memory_out_of_bounds);
    expect_error("fill", {0x10000000, 1, 1}, CallErrorKind::runtime, Trap::memory_out_of_bounds);
    EXPECT_EQ(expect_value("pages", {100, 3, 1, 0}), 0);
}

// A contract with a 64-bit memory and a function `f` with this body.
Bytes contract_of_64_bits(Bytes minimum, const Bytes& body) {
    Bytes code{0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00};
    const auto section = [&code](std::uint8_t id, const Bytes& content) {
        code.push_back(id);
        code.push_back(static_cast<std::uint8_t>(content.size()));
        code.insert(code.end(), content.begin(), content.end());
    };
    section(1, {1, 0x60, 1, 0x7f, 1, 0x7f});
    section(3, {1, 0});
    minimum.insert(minimum.begin(), {1, 0x04});
    section(5, minimum);
    section(6, {1, 0x7e, 0x00, 0x42, 0x00, 0x0b});
    section(7, {3, 6, 'm', 'e', 'm', 'o', 'r', 'y', 2, 0, 1, 'A', 3, 0, 1, 'f', 0, 0});
    Bytes function{1, static_cast<std::uint8_t>(body.size() + 4), 0};  // no locals
    function.insert(function.end(), body.begin(), body.end());
    function.insert(function.end(), {0x41, 0x00, 0x0b});  // i32.const 0, end
    section(10, function);
    return code;
}

TEST_F(Hostile, MemoriesOf64BitsBeyondFourGigabytes) {
    // memory.grow by 65536 pages; memory.fill of 128 KiB at 2^32
    const Bytes fill{0x42, 0x80, 0x80, 0x04, 0x40, 0x00, 0x1a, 0x42, 0x80, 0x80, 0x80,
                     0x80, 0x10, 0x41, 0x01, 0x42, 0x80, 0x80, 0x08, 0xfc, 0x0b, 0x00};
    // i64.store of 1 at 2^32, with a memory of 65537 pages from the start
    const Bytes store{0x42, 0x80, 0x80, 0x80, 0x80, 0x10, 0x42, 0x01, 0x37, 0x03, 0x00};
    constexpr std::uint32_t kHigh = std::uint32_t{1} << 16;
    const auto pages_of = [&](const Bytes& code) {
        session_ = machine_->genesis_session(0xFA);
        EXPECT_TRUE(session_->deploy(id_of(2), code, {}, {}, kGas));
        const auto receipt = session_->call(id_of(2), "f", {}, kGas);
        EXPECT_TRUE(receipt) << describe(receipt.error());
        // Stored and read again.
        const Hash commit = *session_->commit();
        session_ = *machine_->session(commit, 0xFA, 1);
        EXPECT_TRUE(session_->call(id_of(2), "f", {}, kGas));
        EXPECT_EQ(*session_->root(), commit);
        return session_->page_leaves(id_of(2));
    };
    EXPECT_EQ(pages_of(contract_of_64_bits({2}, fill)), (std::vector<std::uint32_t>{kHigh, kHigh + 1}));
    EXPECT_EQ(pages_of(contract_of_64_bits({0x81, 0x80, 0x04}, store)), (std::vector<std::uint32_t>{kHigh}));
}

TEST_F(Hostile, CallsOfContractsThatCannotBeReadAreNoResult) {
    ASSERT_TRUE(session_->deploy(id_of(46), test_contract("counter"), {}, {}, kGas));
    const Hash commit = *session_->commit();
    session_ = *machine_->session(commit, 0xFA, 1);
    EXPECT_TRUE(call("chain", {1, 46}, 3'000'000'000));  // an error of the callee is an answer
    session_.reset();
    machine_.reset();
    std::filesystem::remove_all(folder_ / "modules");
    const std::string name = to_hex(default_contract_id(test_contract("counter")));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
        if (entry.path().filename().string().starts_with(name)) std::filesystem::resize_file(entry.path(), 1);
    }
    machine_ = open();
    session_ = *machine_->session(commit, 0xFA, 1);
    const auto receipt = call("chain", {1, 46}, 3'000'000'000);
    ASSERT_FALSE(receipt);
    EXPECT_EQ(receipt.error().kind, CallErrorKind::session_lost);
}

TEST_F(Hostile, GrowthIsBoundedAndUndone) {
    EXPECT_GT(expect_value("grow", {}), 0);
    const std::uint64_t length = *session_->memory_length(contract_);
    EXPECT_LE(length, std::uint64_t{1} << 32);
    EXPECT_GT(length, (std::uint64_t{1} << 32) - 1024 * kPageSize);
    expect_error("length", {0x80000000}, CallErrorKind::memory_out_of_bounds);
}

TEST_F(Hostile, ResultsThatDoNotFit) {
    expect_error("length", {65537}, CallErrorKind::memory_out_of_bounds);
    expect_error("length", {0xffffffff}, CallErrorKind::memory_out_of_bounds);
    EXPECT_EQ(session_->call(contract_, "echo", Bytes(65536, 1), kGas)->data.size(), 65536);
    const auto refused = session_->call(contract_, "echo", Bytes(65537, 1), kGas);
    EXPECT_EQ(refused.error().kind, CallErrorKind::memory_out_of_bounds);
}

TEST_F(Hostile, PanicsOfAnyLength) {
    const auto receipt = call("panic_with", {65536});
    ASSERT_FALSE(receipt);
    EXPECT_EQ(receipt.error().text, std::string(65536, 'x'));
    EXPECT_EQ(expect_value("call_panic", {65532}), 0xffffffff);  // -1: a panic, whose text just fits
    const auto too_long = call("call_panic", {65533});
    ASSERT_FALSE(too_long);
    EXPECT_EQ(too_long.error().kind, CallErrorKind::memory_out_of_bounds);
    EXPECT_EQ(call("panic_with", {65537}).error().kind, CallErrorKind::memory_out_of_bounds);
}

TEST_F(Hostile, CallsNestFortyEightDeep) { EXPECT_EQ(expect_value("call_deep", {}, 3'000'000'000), 48); }

TEST_F(Hostile, ManyCalls) {
    const auto receipt = call("call_many", {20'000}, 3'000'000'000);
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->call_tree.size(), 20'001);
}

TEST_F(Hostile, NamesOfAnyLengthAndPlace) {
    constexpr std::uint32_t kFree = 0x200000;  // only zeros from here on
    constexpr std::uint32_t kWhole = 0xffe00000;
    EXPECT_EQ(expect_value("long_name", {0, kFree, kWhole}), 0x80000000);  // no such function
    expect_error("long_name", {0, kFree, kWhole + 1}, CallErrorKind::memory_out_of_bounds);
    expect_error("long_name", {1, kFree, 0x100000}, CallErrorKind::missing_host_query);
    EXPECT_EQ(expect_value("long_name", {2, kFree, kWhole}), 0);
    expect_error("long_name", {3, kFree, kWhole}, CallErrorKind::out_of_gas);
    EXPECT_EQ(expect_value("long_name", {4, 0xffffffe0, 0}), 0);
    expect_error("long_name", {4, 0xffffffe1, 0}, CallErrorKind::memory_out_of_bounds);
    expect_error("long_name", {5, 0, 65537}, CallErrorKind::memory_out_of_bounds);
    expect_error("long_name", {5, 0, 10}, CallErrorKind::missing_feed);
}

TEST_F(Hostile, QueriesWithAnyArgument) {
    rc::check("no argument of a query harms the host", [&] {
        const auto names = HostQueries::names();
        const auto name = names[*rc::gen::inRange<std::size_t>(0, names.size())];
        const auto body = *rc::gen::container<Bytes>(rc::gen::arbitrary<std::uint8_t>());
        Bytes argument{static_cast<std::uint8_t>(name.size())};
        argument.insert(argument.end(), name.begin(), name.end());
        argument.insert(argument.end(), body.begin(), body.end());
        const auto receipt = session_->call(contract_, "query", argument, kGas);
        const bool is_answered = receipt || receipt.error().kind == CallErrorKind::host_query_refused;
        RC_ASSERT(is_answered);
    });
}

TEST_F(Hostile, EventsTakeWhatTheirGasPaysFor) {
    const auto receipt = call("emit_many", {1'000'000, 0, 0});
    ASSERT_TRUE(receipt) << describe(receipt.error());
    EXPECT_EQ(receipt->events.size(), 1'000'000);
    EXPECT_LT(receipt->events.bytes(), 1'000'100);
    const auto large = call("emit_many", {3, 40'000, 65536});
    ASSERT_TRUE(large) << describe(large.error());
    EXPECT_EQ(large->events.size(), 3);
    for (const EventView& event : large->events) {
        EXPECT_EQ(event.source, contract_);
        EXPECT_EQ(event.topic, std::string(40'000, '\0'));
        EXPECT_EQ(event.data.size(), 65536);
    }
    // All that the gas of a block pays for fits.
    constexpr std::uint64_t kBlockGas = 3'000'000'000;
    EXPECT_LE(kBlockGas / 2, MachineLimits{}.most_event_bytes);
}

class HostileEvents : public Hostile {
  protected:
    HostileEvents() {
        session_.reset();
        machine_.reset();
        std::filesystem::remove_all(folder_);
        start(open({.most_event_bytes = 1'000'000}));
    }
    void expect_loss(std::string_view function, std::initializer_list<std::uint32_t> values) {
        const auto receipt = call(function, values, std::numeric_limits<std::uint64_t>::max());
        ASSERT_FALSE(receipt);
        EXPECT_EQ(receipt.error().kind, CallErrorKind::session_lost);
        EXPECT_FALSE(session_->commit());
    }
};

TEST_F(HostileEvents, MoreOfThemThanASessionMayHold) {
    ASSERT_TRUE(call("emit_many", {900'000, 0, 0}));
    expect_loss("emit_many", {1'100'000, 0, 0});
}
TEST_F(HostileEvents, LargerOnesThanASessionMayHold) { expect_loss("emit_many", {1, 0x40000000, 0}); }
TEST_F(HostileEvents, ThoseOfFailedCallsCount) {
    for (int i = 0; i < 2; ++i)
        expect_error("emit_many", {10, 40'000, 0}, CallErrorKind::out_of_gas, Trap::none, 1'500'000);
    ASSERT_EQ(call("noop", {})->events.size(), 18);
    for (int i = 0; i < 2; ++i) EXPECT_FALSE(call("emit_many", {10, 40'000, 0}, 1'500'000));
    expect_loss("emit_many", {7, 40'000, 0});
}

class HostileMemory : public Hostile {
  protected:
    static constexpr std::size_t kMostPages = 2000;
    HostileMemory() {
        session_.reset();
        machine_.reset();
        std::filesystem::remove_all(folder_);
        start(open({.most_session_pages = kMostPages}));
    }
};

TEST_F(HostileMemory, WritingMorePagesThanASessionMayHold) {
    const Hash commit = *session_->commit();
    session_ = *machine_->session(commit, 0xFA, 1);
    EXPECT_EQ(expect_value("pages", {64, 1000, 1, 0}), 0);
    const auto bomb = call("pages", {64, 60'000, 1, 0}, 3'000'000'000);
    ASSERT_FALSE(bomb);
    EXPECT_EQ(bomb.error().kind, CallErrorKind::session_lost);
    EXPECT_EQ(call("noop", {}).error().kind, CallErrorKind::session_lost);
    EXPECT_EQ(session_->commit().error().kind, CallErrorKind::session_lost);
    // The state is what it was, and other sessions go on.
    session_ = *machine_->session(commit, 0xFA, 1);
    EXPECT_EQ(*session_->root(), commit);
    EXPECT_EQ(expect_value("pages", {64, 1000, 1, 0}), 0);
}

TEST_F(HostileMemory, FillingMorePagesThanASessionMayHold) {
    ASSERT_TRUE(call("grow", {}));
    const auto bomb = call("fill", {0x200000, 1, 0xf0000000}, 3'000'000'000);
    ASSERT_FALSE(bomb);
    EXPECT_EQ(bomb.error().kind, CallErrorKind::session_lost);
}

TEST_F(Hostile, MoreMappingsThanTheSystemAllows) {
    // Every second page: as many mappings as pages, and the system allows 65530. Either it is done, or the session is
    // lost; both are answers.
    const auto receipt = call("pages", {64, 32'700, 2, 1}, 3'000'000'000);
    if (!receipt) EXPECT_EQ(receipt.error().kind, CallErrorKind::session_lost);
    const auto all = call("pages", {64, 65'000, 1, 1}, 3'000'000'000);
    if (!all) EXPECT_EQ(all.error().kind, CallErrorKind::session_lost);
}

}  // namespace
}  // namespace dusk::vm
