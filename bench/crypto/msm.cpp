#include "crypto/msm.hpp"

#include <string>
#include <vector>

#include "base/executor.hpp"
#include "harness.hpp"
#include "node/thread_pool.hpp"

namespace dusk::bench {
namespace {

// As the official rows: random scalars, consecutive points of an arithmetic progression.
struct Terms {
    std::vector<crypto::G1Affine> points;
    std::vector<crypto::Fq> scalars;

    explicit Terms(std::size_t count) {
        std::vector<crypto::G1Projective> progression;
        crypto::G1Projective point = crypto::G1Projective::generator();
        const crypto::G1Projective step = point.doubled();
        for (std::size_t i = 0; i < count; ++i) {
            progression.push_back(point += step);
            scalars.push_back(crypto::Fq::hash_to_scalar(as_bytes("bench" + std::to_string(i))));
        }
        points = crypto::G1Projective::batch_to_affine(progression);
    }
};

void rows(Bench& bench) {
    SerialExecutor one_thread;
    node::ThreadPool all_threads;
    for (const unsigned log : {0U, 4U, 8U, 12U, 16U}) {
        const std::string name = "G1 multi-scalar multiplication 2^" + std::to_string(log);
        const std::string official = "g1_msm_2_" + std::to_string(log);
        const Terms terms(std::size_t{1} << log);
        const int samples = log == 16 ? 5 : 9;
        bench.run(name + ", one thread", log < 12 ? "" : official + "_1_thread", 1, samples,
                  [&] { keep(crypto::msm_vartime(terms.points, terms.scalars, one_thread)); });
        if (log < 12) continue;
        bench.run(name + ", all threads", official + "_all_threads", 1, samples,
                  [&] { keep(crypto::msm_vartime(terms.points, terms.scalars, all_threads)); });
    }
}

const Registered registered("crypto", rows);

}  // namespace
}  // namespace dusk::bench
