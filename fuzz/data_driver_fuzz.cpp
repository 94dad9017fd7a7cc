// The drivers of the genesis contracts: JSON that is an argument becomes bytes, which mean the same argument; any bytes
// are read or refused. The first byte chooses the driver and the function, the second the direction.
#include "input.hpp"
#include "require.hpp"
#include "rpc/drivers/genesis_drivers.hpp"

namespace {

using namespace dusk;

const std::vector<std::string>& names(rpc::DataDriver& driver) {
    static std::map<rpc::DataDriver*, std::vector<std::string>> known;
    std::vector<std::string>& out = known[&driver];
    if (out.empty()) {
        const auto schema = nlohmann::json::parse(*driver.schema());
        for (const auto& one : schema["functions"]) out.push_back(one["name"]);
        for (const auto& one : schema["events"]) out.push_back(one["topic"]);
    }
    return out;
}

// A text that was understood is written and read to the same bytes.
void encode(rpc::DataDriver& driver, std::string_view function, std::string_view text) {
    const auto bytes = driver.encode_input(function, text);
    if (!bytes) return;
    const auto json = driver.decode_input(function, *bytes);
    if (!json) return;  // points that are no values of the type
    const auto again = driver.encode_input(function, json->dump());
    fuzz::require(again && *again == *bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input input(data, size);
    const std::uint8_t choice = input.next();
    rpc::DataDriver& driver = choice % 2 == 0 ? rpc::transfer_driver() : rpc::stake_driver();
    const std::string& name = names(driver)[choice / 2 % names(driver).size()];
    const std::uint8_t direction = input.next();
    const ByteView rest = input.take(size);
    if (direction == 0) {
        encode(driver, name, {reinterpret_cast<const char*>(rest.data()), rest.size()});
    } else {
        (void)driver.decode_input(name, rest);
        (void)driver.decode_output(name, rest);
        (void)driver.decode_event(name, rest);
    }
    return 0;
}
