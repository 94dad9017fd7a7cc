#include "plonk/quotient_loop.hpp"

namespace dusk::plonk {
namespace {

struct OneLane {
    using Number = Fq;
    static constexpr std::size_t kCount = 1;
    static Fq load(const Fq* from) { return *from; }
    static void store(const Fq& value, Fq* to) { *to = value; }
};

}  // namespace

void quotient_rows_portable(const QuotientPass& pass, std::size_t begin, std::size_t end) {
    quotient_rows<OneLane>(pass, begin, end);
}

}  // namespace dusk::plonk
