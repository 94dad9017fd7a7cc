// Measures like the oracle does: samples of at least about 20 ms each, wall clock and process CPU time, median,
// minimum and maximum. Rows carry the names of the oracle's rows, so that the two can be set side by side.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dusk::bench {

struct Stats {
    double median = 0, min = 0, max = 0;  // ns per operation
};
struct Row {
    std::string name;      // ours, also in the table
    std::string official;  // the oracle's row to compare with
    Stats wall, cpu;
};

class Bench {
  public:
    explicit Bench(std::string only) : only_(std::move(only)) {}
    // Whether a row of this name is asked for: to leave out what is costly to prepare.
    [[nodiscard]] bool wants(std::string_view name) const { return name.find(only_) != std::string_view::npos; }
    // `body` does `operations` operations per call, and is called once before what counts; with one sample it is
    // called only once. Skipped when the name lacks the wanted text.
    void run(std::string_view name, std::string_view official, std::uint64_t operations, int samples,
             const std::function<void()>& body);
    // `body`, which does `operations` operations, once per sample, each time after `prepare`, which does not count.
    void run_each(std::string_view name, std::string_view official, int samples, const std::function<void()>& prepare,
                  const std::function<void()>& body, std::uint64_t operations = 1);
    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

  private:
    std::string only_;
    std::vector<Row> rows_;
};

// Every source file registers its rows once: `static const Registered r("crypto", poseidon_rows);`
struct Registered {
    Registered(std::string_view area, void (*rows)(Bench&));
};

// Keeps the compiler from removing or hoisting the computation of `value`.
template <class T>
inline void keep(const T& value) {
    asm volatile("" : : "r"(&value) : "memory");
}

}  // namespace dusk::bench
