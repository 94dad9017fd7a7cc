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
using TaskPoints = std::array<JubJubExtended, kTask>;

// The encodings of all points with one inversion.
std::array<SharedPoint, kTask> encode_all(const TaskPoints& points, std::size_t count) {
    Secret<std::array<Fq, kTask>> products;
    Secret<Fq> product(Fq::one());
    for (std::size_t i = 0; i < count; ++i) {
        products.reveal()[i] = product.reveal();
        product.reveal() *= points[i].z();
    }
    std::array<SharedPoint, kTask> out;
    Secret<Fq> inverse(*product.reveal().invert());
    for (std::size_t i = count; i-- > 0;) {
        const Secret<Fq> z_inverse(inverse.reveal() * products.reveal()[i]);
        inverse.reveal() *= points[i].z();
        const Secret<JubJubAffine> affine(JubJubAffine::from_coordinates_unchecked(points[i].u() * z_inverse.reveal(),
                                                                                   points[i].v() * z_inverse.reveal()));
        out[i] = SharedPoint(affine.reveal().to_bytes());
    }
    return out;
}

// Sets owned[i] for up to kTask addresses. Missing lanes compute with the identity.
void scan_task(const ViewKey& key, std::span<const StealthAddress> addresses, std::uint8_t* owned) {
    Secret<TaskPoints> shared;
    Secret<std::array<Fr, kLanes>> scalars;
    scalars.reveal().fill(key.a());
    for (std::size_t begin = 0; begin < addresses.size(); begin += kLanes) {
        EightPoints r;
        const std::size_t lanes = std::min(kLanes, addresses.size() - begin);
        for (std::size_t i = 0; i < lanes; ++i) r[i] = addresses[begin + i].r();
        const Secret<EightPoints> products(crypto::multiply_eight(r, scalars.reveal()));
        std::ranges::copy(products.reveal(), shared.reveal().begin() + static_cast<std::ptrdiff_t>(begin));
    }
    const std::array<SharedPoint, kTask> encoded = encode_all(shared.reveal(), addresses.size());
    const crypto::JubJubNiels b = to_niels(key.b());
    for (std::size_t begin = 0; begin < addresses.size(); begin += kLanes) {
        const std::size_t lanes = std::min(kLanes, addresses.size() - begin);
        for (std::size_t i = 0; i < lanes; ++i) scalars.reveal()[i] = hash_shared_point(encoded[begin + i]).reveal();
        const Secret<EightPoints> hashed(crypto::multiply_generator_eight(scalars.reveal()));
        for (std::size_t i = 0; i < lanes; ++i) {
            owned[begin + i] = hashed.reveal()[i] + b == addresses[begin + i].note_pk() ? 1 : 0;
        }
    }
}

}  // namespace

std::vector<std::size_t> owned_addresses(const ViewKey& key, std::span<const StealthAddress> addresses,
                                         Executor& executor) {
    std::vector<std::uint8_t> owned(addresses.size());
    const std::size_t tasks = (addresses.size() + kTask - 1) / kTask;
    executor.parallel_for(tasks, [&](std::size_t task) {
        const std::size_t begin = task * kTask;
        scan_task(key, addresses.subspan(begin, std::min(kTask, addresses.size() - begin)), owned.data() + begin);
    });
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < owned.size(); ++i) {
        if (owned[i] != 0) out.push_back(i);
    }
    return out;
}

}  // namespace dusk::phoenix
