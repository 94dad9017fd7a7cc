// The archive codec: the first byte picks a type, the rest is the archive. Whatever is accepted is written again; the
// new archive must read as an equal value, and from the new archive on the bytes no longer change.
#include <cstdlib>

#include "vm/archive_samples.hpp"

namespace {

using namespace dusk;

void require(bool condition) {
    if (!condition) std::abort();
}

template <class T>
void check(ByteView bytes) {
    for (const std::size_t alignment : {1, 4, 16}) {
        const auto value = archive_read<T>(bytes, alignment);
        if (!value) {
            require(value.error().offset <= bytes.size());
            continue;
        }
        require(alignment >= Archived<T>::alignment);
        const Bytes written = archive_write(*value);
        const auto again = archive_read<T>(written);
        require(again.has_value() && *again == *value);
        require(archive_write(*again) == written);
        const auto limited = archive_write(*value, contract_argument_limits);
        require(limited ? *limited == written
                        : written.size() > 65536 || limited.error().fault != ArchiveFault::buffer_full);
    }
}

constexpr void (*checks[])(ByteView) = {
    check<bool>,
    check<U128>,
    check<std::string>,
    check<Bytes>,
    check<std::vector<std::uint64_t>>,
    check<std::vector<Bytes>>,
    check<std::vector<std::string>>,
    check<std::optional<Bytes>>,
    check<Tuple<Bytes, Bytes, std::vector<vectors::RawScalar>>>,
    check<std::expected<Bytes, vectors::ContractError>>,
    check<std::vector<vectors::Sample>>,
    check<std::vector<vectors::Mixed>>,
    check<std::map<std::uint32_t, std::uint64_t>>,
    check<std::set<std::uint64_t>>,
    check<std::vector<Boxed<std::vector<std::string>>>>,
    check<std::vector<std::map<std::uint32_t, std::uint64_t>>>,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    checks[data[0] % std::size(checks)](ByteView(data + 1, size - 1));
    return 0;
}
