// What JavaScript hands the functions of the wallet core in buffers, the first byte says to which: whatever it is,
// there is a status, and a refusal has a reason.
#include "require.hpp"
#include "walletcore/exports.hpp"

namespace {

using namespace dusk::walletcore;
using dusk::Bytes;
using dusk::ByteView;

Bytes buffer_of(ByteView input) {
    Bytes out(4);
    dusk::store_le(out.data(), static_cast<std::uint32_t>(input.size()));
    dusk::append(out, input);
    return out;
}

// A buffer that a function makes, given back.
class Made {
  public:
    Made() = default;
    Made(const Made&) = delete;
    Made& operator=(const Made&) = delete;
    ~Made() {
        if (bytes_ != nullptr) free_for_caller(bytes_, 0);
    }
    [[nodiscard]] NewBuffer out() { return &bytes_; }

  private:
    std::uint8_t* bytes_ = nullptr;
};

Status run(std::uint8_t which, Bytes& input) {
    const Bytes zeros(256);
    const Bytes empty(4);
    const Bytes indexes{2, 0, 1};
    std::array<std::uint8_t, 256> out{};
    Made made;
    Made other;
    const In seed = zeros.data();
    switch (which % 16) {
        case 0:
            return map_owned(seed, indexes.data(), input.data(), made.out(), out.data());
        case 1:
            return balance(seed, 0, input.data(), out.data());
        case 2:
            return pick_notes(seed, 0, zeros.data(), input.data());
        case 3:
            return bookmarks(input.data(), made.out());
        case 4:
            return scan_notes(seed, indexes.data(), input.data(), made.out());
        case 5:
            return accounts_into_raw(input.data(), made.out());
        case 6:
            return into_proven(input.data(), empty.data(), made.out(), out.data());
        case 7:
            return moonlight_transaction(seed, 0, nullptr, zeros.data(), zeros.data(), zeros.data(), zeros.data(),
                                         zeros.data(), 0, input.data(), made.out(), out.data());
        case 8:
            return phoenix_to_moonlight(zeros.data(), seed, 0, input.data(), input.data(), input.data(), zeros.data(),
                                        zeros.data(), zeros.data(), zeros.data(), 0, made.out(), other.out());
        case 9:
            return phrase_to_seed(input.data(), out.data());
        case 10:
            return account_of_text(input.data(), out.data());
        case 11:
            return address_of_text(input.data(), out.data());
        case 12:
            return pending_commit(0, input.data());
        case 13:
            return coset_quotient(input.data(), 0, made.out());
        case 14:
            return coset_give(0, input.data());
        default:
            return key_load(1, input.data());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    Bytes input = buffer_of({data + 1, size - 1});
    const Status status = run(data[0], input);
    if (status == Status::ok) return 0;
    Made why;
    dusk::fuzz::require(last_error(why.out()) == Status::ok);
    return 0;
}
