// What a client asks of the version: what is read is written in a form that reads the same.
#include "require.hpp"
#include "rpc/version_requirement.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace dusk;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto version = rpc::Version::parse(text)) {
        const auto again = rpc::Version::parse(version->to_text());
        fuzz::require(again && again->numbers == version->numbers && again->pre == version->pre);
    }
    const auto requirement = rpc::VersionRequirement::parse(text);
    if (!requirement) {
        fuzz::require(!requirement.error().empty());
        return 0;
    }
    const auto again = rpc::VersionRequirement::parse(requirement->to_text());
    fuzz::require(again && again->to_text() == requirement->to_text());
    for (const char* version : {"0.0.1", "1.7.0", "1.7.0-rc.1", "2.0.0-0"}) {
        const auto known = *rpc::Version::parse(version);
        fuzz::require(requirement->matches(known) == again->matches(known));
    }
    return 0;
}
