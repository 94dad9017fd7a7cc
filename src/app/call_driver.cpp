#include "app/call_driver.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "app/contract_values.hpp"
#include "app/public_files.hpp"
#include "base/hex.hpp"
#include "rpc/drivers/driver_shelf.hpp"
#include "rpc/drivers/genesis_drivers.hpp"

namespace dusk::app {
namespace {

std::unexpected<Failure> no_driver() {
    return usage("no_driver",
                 "nobody has a data driver of this contract: name a file with --driver, or give bytes with --arg-hex");
}

std::string words_of(const rpc::DriverError& error) { return printable(error.text.substr(0, 500)); }

// Names are part of a path that a node is asked for.
Result<void, Failure> check_name(const std::string& function) {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    if (!function.empty() && function.size() <= 128 && std::ranges::all_of(function, is_letter)) return {};
    return usage(fmt::format("\"{}\" is no name of a function", printable(function.substr(0, 128))));
}

// The one driver that a file holds.
class OneDriver final : public rpc::DriverStore {
  public:
    explicit OneDriver(Bytes code) { driver_.code = std::move(code); }
    Result<std::optional<rpc::StoredDriver>, std::string> find(const ledger::ContractId& /*contract*/) override {
        return driver_;
    }
    Result<void, std::string> put(const ledger::ContractId& /*contract*/,
                                  const rpc::StoredDriver& /*driver*/) override {
        return fail(std::string("a file is not replaced"));
    }

  private:
    rpc::StoredDriver driver_{};
};

}  // namespace

struct CallDriver::FromFile {
    FromFile(ScratchFolder place, std::shared_ptr<vm::Machine> runs, Bytes code)
        : folder(std::move(place)), machine(std::move(runs)), store(std::move(code)), shelf(&store, *machine) {}

    ScratchFolder folder;
    std::shared_ptr<vm::Machine> machine;
    OneDriver store;
    rpc::DriverShelf shelf;
};

CallDriver::CallDriver(const ledger::ContractId& contract, WalletNode* node) : contract_(contract), node_(node) {}
CallDriver::CallDriver(CallDriver&&) noexcept = default;
CallDriver::~CallDriver() = default;

Result<CallDriver, Failure> CallDriver::of(const ledger::ContractId& contract, const std::filesystem::path& file,
                                           WalletNode* node) {
    CallDriver out(contract, node);
    if (file.empty()) {
        if (rpc::DataDriver* const own = rpc::genesis_driver(contract)) {
            out.driver_ = std::shared_ptr<rpc::DataDriver>(own, [](rpc::DataDriver*) {});
        }
        return out;
    }
    auto code = read_public_file(file);
    if (!code) return fail(code.error());
    if (code->size() > rpc::DriverShelf::kMostCode) {
        return refused("bad_driver",
                       fmt::format("{}: a driver has {} bytes at most", file.string(), rpc::DriverShelf::kMostCode));
    }
    auto folder = ScratchFolder::make();
    if (!folder) return fail(folder.error());
    auto machine = scratch_machine(*folder);
    if (!machine) return fail(machine.error());
    out.file_ = std::make_unique<FromFile>(*std::move(folder), *std::move(machine), *std::move(code));
    auto driver = out.file_->shelf.find(contract);
    if (!driver) return refused("bad_driver", fmt::format("{}: {}", file.string(), words_of(driver.error())));
    out.driver_ = *std::move(driver);
    return out;
}

Result<Bytes, Failure> CallDriver::encode(const std::string& function, const std::string& argument) {
    if (const auto good = check_name(function); !good) return fail(good.error());
    if (!driver_) {
        if (node_ == nullptr) return no_driver();
        auto bytes = node_->encode_argument(contract_, function, argument);
        if (bytes && !*bytes) return no_driver();
        if (!bytes) return fail(bytes.error());
        return **std::move(bytes);
    }
    auto bytes = driver_->encode_input(function, argument);
    if (bytes) return *std::move(bytes);
    return usage("bad_argument",
                 fmt::format("{} does not take this: {}", printable(function), words_of(bytes.error())));
}

Result<nlohmann::json, Failure> CallDriver::decode(const std::string& function, ByteView answer) {
    if (const auto good = check_name(function); !good) return fail(good.error());
    if (!driver_) {
        if (node_ == nullptr) return no_driver();
        auto value = node_->decode_answer(contract_, function, answer);
        if (value && !*value) return no_driver();
        if (!value) return fail(value.error());
        return **std::move(value);
    }
    auto value = driver_->decode_output(function, answer);
    if (value) return *std::move(value);
    return refused("bad_answer", fmt::format("the driver cannot read the answer of {}: {}", printable(function),
                                             words_of(value.error())));
}

}  // namespace dusk::app
