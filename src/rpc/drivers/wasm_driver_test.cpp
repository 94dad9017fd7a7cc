#include "rpc/drivers/wasm_driver.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "rpc/drivers/driver_module.hpp"
#include "rpc/drivers/driver_shelf.hpp"
#include "rpc/drivers/sample_driver.hpp"

namespace dusk::rpc {
namespace {

using testing::HasSubstr;
using Kind = DriverError::Kind;

// In memory.
class TestStore final : public DriverStore {
  public:
    Result<std::optional<StoredDriver>, std::string> find(const ledger::ContractId& contract) override {
        const auto at = drivers_.find(contract);
        return at == drivers_.end() ? std::nullopt : std::optional(at->second);
    }
    Result<void, std::string> put(const ledger::ContractId& contract, const StoredDriver& driver) override {
        drivers_[contract] = driver;
        return {};
    }

  private:
    std::map<ledger::ContractId, StoredDriver> drivers_;
};

class WasmDriverTest : public testing::Test {
  protected:
    WasmDriverTest() {
        std::string name = (std::filesystem::temp_directory_path() / "dusk-driver-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
        vm::MachineOptions options;
        options.store.durability = vm::Durability::process;
        machine_ = vm::Machine::open(folder_, options).value();
        shelf_.emplace(&store_, *machine_);
        EXPECT_TRUE(shelf_->put(contract_, {.code = sample_driver(), .signature = {}}));
        driver_ = shelf_->find(contract_).value();
    }
    ~WasmDriverTest() override { std::filesystem::remove_all(folder_); }

    // The kind of the error and its text.
    std::pair<Kind, std::string> refusal(std::string_view name, ByteView bytes = {}) {
        const auto answer = driver_->decode_output(name, bytes);
        EXPECT_FALSE(answer) << name;
        return {answer.error().kind, answer.error().text};
    }

    std::filesystem::path folder_;
    std::shared_ptr<vm::Machine> machine_;
    TestStore store_;
    ledger::ContractId contract_{{9}};
    std::optional<DriverShelf> shelf_;
    std::shared_ptr<DataDriver> driver_;
};

TEST_F(WasmDriverTest, AnswersWhatItIsAsked) {
    ASSERT_NE(driver_, nullptr);
    EXPECT_EQ(driver_->encode_input("echo", "abc").value(), to_vector(as_bytes("abc")));
    EXPECT_EQ(driver_->encode_input("echo", "").value(), Bytes());
    EXPECT_EQ(driver_->decode_input("echo", as_bytes(R"({"b":[1,2]})")).value(),
              nlohmann::json::parse(R"({"b":[1,2]})"));
    EXPECT_EQ(driver_->decode_event("name", {}).value(), "a name");
    EXPECT_EQ(driver_->schema().value(), R"({"name":"Test"})");
    EXPECT_EQ(driver_->version().value(), "1.2.3");
    const std::string longest(WasmDriver::kAnswer - 4, 'x');
    EXPECT_EQ(driver_->encode_input("echo", longest).value().size(), longest.size());
}

TEST_F(WasmDriverTest, SaysWhyNot) {
    EXPECT_EQ(refusal("unknown"), std::pair(Kind::ffi, std::string("no such name")));
    EXPECT_EQ(refusal("silent"), std::pair(Kind::ffi, std::string("status 1")));
    EXPECT_EQ(refusal("no_json").first, Kind::json);
    EXPECT_EQ(driver_->encode_input("echo", std::string(WasmDriver::kAnswer, 'x')).error().kind, Kind::ffi);
}

TEST_F(WasmDriverTest, CannotHurt) {
    EXPECT_EQ(refusal("trap").first, Kind::wasm_runtime);
    EXPECT_EQ(refusal("loop"), std::pair(Kind::wasm_runtime, std::string("it takes too long")));
    EXPECT_EQ(refusal("lie").first, Kind::wasm_memory);
    EXPECT_EQ(refusal("deep").first, Kind::json);
    // And none of it matters to the next question.
    EXPECT_EQ(driver_->decode_event("name", {}).value(), "a name");
}

TEST_F(WasmDriverTest, HasSoMuchMemory) {
    const auto module = machine_->compile(contract_form(sample_driver()).value());
    ASSERT_TRUE(module);
    WasmDriver small(*module, {.fuel = 2'000'000, .memory = std::size_t{1} << 20});
    EXPECT_EQ(small.decode_event("name", {}).value(), "a name");
    EXPECT_EQ(small.decode_event("memory", {}).error().text, "it uses too much memory");
}

TEST_F(WasmDriverTest, AShelfHasTheLastUpload) {
    EXPECT_EQ(shelf_->find({{8}}).value(), nullptr);
    EXPECT_NE(shelf_->find(ledger::kTransferContract).value(), nullptr);
    ASSERT_TRUE(shelf_->put(contract_, {.code = {1, 2, 3}, .signature = {}}));
    EXPECT_FALSE(shelf_->find(contract_));
    ASSERT_TRUE(shelf_->put(contract_, {.code = sample_driver(), .signature = {}}));
    EXPECT_TRUE(shelf_->find(contract_));
}

}  // namespace
}  // namespace dusk::rpc
