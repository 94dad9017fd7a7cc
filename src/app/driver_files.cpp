#include "app/driver_files.hpp"

#include "app/public_files.hpp"
#include "ledger/hex_name.hpp"

namespace dusk::app {
namespace {

constexpr std::size_t kSignature = std::tuple_size_v<decltype(rpc::StoredDriver::signature)>;

}  // namespace

std::filesystem::path DriverFiles::path_of(const ledger::ContractId& contract) const {
    return folder_ / ledger::hex(contract);
}

Result<std::optional<rpc::StoredDriver>, std::string> DriverFiles::find(const ledger::ContractId& contract) {
    const std::filesystem::path path = path_of(contract);
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        if (error) return fail(error.message());
        return std::nullopt;
    }
    const auto content = read_public_file(path);
    if (!content) return fail(content.error().message);
    if (content->size() < kSignature) return fail(path.string() + " is no driver");
    return rpc::StoredDriver{.code = to_vector(ByteView(*content).subspan(kSignature)),
                             .signature = take<kSignature>(*content)};
}

Result<void, std::string> DriverFiles::put(const ledger::ContractId& contract, const rpc::StoredDriver& driver) {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    if (error) return fail(error.message());
    Bytes content = to_vector(driver.signature);
    append(content, driver.code);
    if (const auto written = write_public_file(path_of(contract), content, Overwrite::allow); !written) {
        return fail(written.error().message);
    }
    return {};
}

}  // namespace dusk::app
