#include "phoenix/note_scanner.hpp"

#include <algorithm>

#include "crypto/jubjub_multiply_eight.hpp"

namespace dusk::phoenix {

using crypto::Fq;
using crypto::Fr;
using crypto::JubJubAffine;
using crypto::JubJubExtended;

namespace {

constexpr std::size_t kLanes = 8;
// What one task of the executor scans: large enough to outweigh handing it over, small enough to share out.
constexpr std::size_t kTask = 16 * kLanes;

using EightPoints = std::array<JubJubExtended, kLanes>;

// The encodings of eight points with one inversion.
std::array<SharedPoint, kLanes> encode_eight(const EightPoints& points) {
    Secret<std::array<Fq, kLanes>> products;
    Secret<Fq> product(Fq::one());
    for (std::size_t i = 0; i < kLanes; ++i) {
        products.reveal()[i] = product.reveal();
        product.reveal() *= points[i].z();
    }
    std::array<SharedPoint, kLanes> out;
    Secret<Fq> inverse(*product.reveal().invert());
    for (std::size_t i = kLanes; i-- > 0;) {
        const Secret<Fq> z_inverse(inverse.reveal() * products.reveal()[i]);
        inverse.reveal() *= points[i].z();
        const Secret<JubJubAffine> affine(JubJubAffine::from_coordinates_unchecked(points[i].u() * z_inverse.reveal(),
                                                                                   points[i].v() * z_inverse.reveal()));
        out[i] = SharedPoint(affine.reveal().to_bytes());
    }
    return out;
}

// Sets owned[i] for up to eight addresses. Missing lanes compute with the identity.
void scan_eight(const ViewKey& key, std::span<const StealthAddress> addresses, std::uint8_t* owned) {
    EightPoints r;
    for (std::size_t i = 0; i < addresses.size(); ++i) r[i] = addresses[i].r();
    Secret<std::array<Fr, kLanes>> scalars;
    scalars.reveal().fill(key.a());
    const Secret<EightPoints> shared(crypto::multiply_eight(r, scalars.reveal()));
    const std::array<SharedPoint, kLanes> encoded = encode_eight(shared.reveal());
    for (std::size_t i = 0; i < kLanes; ++i) scalars.reveal()[i] = hash_shared_point(encoded[i]).reveal();
    const Secret<EightPoints> hashed(crypto::multiply_generator_eight(scalars.reveal()));
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        owned[i] = hashed.reveal()[i] + key.b() == addresses[i].note_pk() ? 1 : 0;
    }
}

}  // namespace

std::vector<std::size_t> owned_addresses(const ViewKey& key, std::span<const StealthAddress> addresses,
                                         Executor& executor) {
    std::vector<std::uint8_t> owned(addresses.size());
    const std::size_t tasks = (addresses.size() + kTask - 1) / kTask;
    executor.parallel_for(tasks, [&](std::size_t task) {
        const std::size_t end = std::min(addresses.size(), (task + 1) * kTask);
        for (std::size_t begin = task * kTask; begin < end; begin += kLanes) {
            scan_eight(key, addresses.subspan(begin, std::min(kLanes, end - begin)), owned.data() + begin);
        }
    });
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < owned.size(); ++i) {
        if (owned[i] != 0) out.push_back(i);
    }
    return out;
}

}  // namespace dusk::phoenix
