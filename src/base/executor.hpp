// Work that may run on several threads, without knowing of threads: the owner of the threads passes an `Executor` in.
#pragma once

#include <cstddef>
#include <functional>

namespace dusk {

class Executor {
  public:
    Executor() = default;
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;
    virtual ~Executor() = default;

    // How many calls can run at once, at least 1.
    [[nodiscard]] virtual unsigned concurrency() const = 0;
    // Calls task(0) … task(count - 1), in any order and perhaps at once; returns when all are done. What a task throws
    // is thrown here when none runs any more; those that had not begun are left out.
    virtual void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task) = 0;
};

// The calling thread, one after the other.
class SerialExecutor final : public Executor {
  public:
    [[nodiscard]] unsigned concurrency() const override { return 1; }
    void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task) override {
        for (std::size_t i = 0; i < count; ++i) task(i);
    }
};

}  // namespace dusk
