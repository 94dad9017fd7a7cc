#include "crypto/fft.hpp"

#include <vector>

#include "harness.hpp"
#include "node/thread_pool.hpp"

namespace dusk::bench {
namespace {

void rows(Bench& bench) {
    constexpr unsigned kLog2Size = 16;
    const crypto::FftDomain domain(kLog2Size);
    std::vector<crypto::Fq> values(domain.size());
    crypto::Fq x = crypto::Fq::from_u64(3);
    for (crypto::Fq& value : values) {
        value = x;
        x = x.square();
    }
    SerialExecutor serial;
    const char* official = "fft_2_16_serial_radix2";
    bench.run("FFT 2^16", official, 1, 7, [&] { domain.forward(values, serial); });
    bench.run("FFT 2^16, with making the domain", official, 1, 5,
              [&] { crypto::FftDomain(kLog2Size).forward(values, serial); });
    bench.run("FFT 2^16, inverse", official, 1, 5, [&] { domain.inverse(values, serial); });
    bench.run("FFT 2^16, coset", official, 1, 5,
              [&] { domain.forward_coset(values, crypto::Fq::from_u64(7), serial); });
    bench.run("FFT 2^16, inverse coset", official, 1, 5,
              [&] { domain.inverse_coset(values, crypto::Fq::from_u64(7), serial); });
    node::ThreadPool pool;
    bench.run("FFT 2^16, all threads", official, 1, 5, [&] { domain.forward(values, pool); });
}

const Registered registered("crypto", rows);

}  // namespace
}  // namespace dusk::bench
