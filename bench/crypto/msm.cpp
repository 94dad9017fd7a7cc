#include "crypto/msm.hpp"

#include <blst.h>

#include <string>
#include <vector>

#include "base/executor.hpp"
#include "harness.hpp"
#include "node/thread_pool.hpp"

namespace dusk::bench {
namespace {

// As the official rows: random scalars, consecutive points of an arithmetic progression.
struct Terms {
    std::vector<blst_p1_affine> points;
    std::vector<crypto::Fq> scalars;

    explicit Terms(std::size_t count) : points(count) {
        std::vector<blst_p1> progression(count);
        blst_p1 point = *blst_p1_generator();
        blst_p1 step;
        blst_p1_double(&step, &point);
        std::vector<const blst_p1*> all;
        for (std::size_t i = 0; i < count; ++i) {
            blst_p1_add_or_double(&point, &point, &step);
            progression[i] = point;
            scalars.push_back(crypto::Fq::hash_to_scalar(as_bytes("bench" + std::to_string(i))));
        }
        all = {progression.data(), nullptr};
        blst_p1s_to_affine(points.data(), all.data(), count);
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
