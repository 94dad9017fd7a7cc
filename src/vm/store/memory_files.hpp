// A file system in memory for tests: it counts calls, fails or stops at one of them, and knows what a loss of power
// would leave.
#pragma once

#include <cerrno>
#include <functional>
#include <map>
#include <random>

#include "vm/store/file_system.hpp"

namespace dusk::vm {

class MemoryFiles final : public FileSystem {
  public:
    // What happens at a call that changes something: 0 nothing, else it fails with this error.
    enum class Stop : std::uint8_t {
        no,
        fail_once,  // this call fails, half of a write done; later ones work
        end,        // the same, and nothing works any more: the process was killed here
    };

    // The call with this number (from 0) and what it does.
    void stop_at(std::uint64_t call, Stop stop, int error = EIO) {
        calls_ = 0;
        stop_call_ = call;
        stop_ = stop;
        error_ = error;
        ended_ = false;
    }
    [[nodiscard]] std::uint64_t calls() const { return calls_; }
    [[nodiscard]] bool ended() const { return ended_; }

    // The disk after the end of the process: everything that was written.
    [[nodiscard]] std::unique_ptr<MemoryFiles> after_kill() const {
        auto out = std::make_unique<MemoryFiles>();
        out->disk_ = out->names_ = {};
        for (const auto& [name, node] : names_)
            out->names_[name] = std::make_shared<Node>(Node{node->now, node->now, {}});
        out->disk_ = out->names_;
        return out;
    }
    // The disk after a loss of power: what was synced, and of the rest any part, a write sector by sector.
    [[nodiscard]] std::unique_ptr<MemoryFiles> after_power_loss(std::mt19937_64& random) const {
        auto out = std::make_unique<MemoryFiles>();
        std::map<std::string, NodePtr> names = disk_;
        const std::size_t done = renamings_.empty() ? 0 : random() % (renamings_.size() + 1);
        for (std::size_t i = 0; i < done; ++i) renamings_[i](names);
        for (const auto& [name, node] : names) {
            Bytes content = node->synced;
            for (const Write& write : node->pending) {
                if (write.is_resize) {
                    if (random() % 2 == 0) content.resize(write.offset);
                    continue;
                }
                constexpr std::size_t kSector = 512;
                const bool skip_most = random() % 2 == 0;
                for (std::size_t at = 0; at < write.bytes.size(); at += kSector) {
                    if (random() % (skip_most ? 8 : 2) != 0) continue;
                    const std::size_t size = std::min(kSector, write.bytes.size() - at);
                    if (content.size() < write.offset + at + size) content.resize(write.offset + at + size);
                    std::copy_n(write.bytes.begin() + static_cast<std::ptrdiff_t>(at), size,
                                content.begin() + static_cast<std::ptrdiff_t>(write.offset + at));
                }
            }
            out->names_[name] = std::make_shared<Node>(Node{content, content, {}});
        }
        out->disk_ = out->names_;
        return out;
    }
    // For damage: the content of a file.
    [[nodiscard]] Bytes& content(const std::string& name) { return names_.at(name)->now; }
    [[nodiscard]] bool has(const std::string& name) const { return names_.contains(name); }

    [[nodiscard]] Result<std::unique_ptr<File>, SystemError> open(const Path& path, Open how) override {
        const std::string name = path.string();
        const auto there = names_.find(name);
        if (how == Open::existing || how == Open::read) {
            if (ended_) return fail(EIO);
            if (there == names_.end()) return fail(ENOENT);
            return std::make_unique<OpenFile>(*this, there->second);
        }
        if (there != names_.end()) {
            if (how == Open::replace) {
                if (const int error = count()) return fail(error);
                write_to(*there->second, {.is_resize = true, .offset = 0, .bytes = {}});
            }
            return std::make_unique<OpenFile>(*this, there->second);
        }
        if (const int error = count()) return fail(error);
        auto node = std::make_shared<Node>();
        rename_now([name, node](auto& names) { names[name] = node; });
        return std::make_unique<OpenFile>(*this, node);
    }
    [[nodiscard]] Result<void, SystemError> rename(const Path& from, const Path& to) override {
        if (const int error = count()) return fail(error);
        if (!names_.contains(from.string())) return fail(ENOENT);
        rename_now([from = from.string(), to = to.string()](auto& names) {
            const auto found = names.find(from);
            if (found == names.end()) return;
            names[to] = found->second;
            names.erase(from);
        });
        return {};
    }
    [[nodiscard]] Result<void, SystemError> remove(const Path& path) override {
        if (const int error = count()) return fail(error);
        if (!names_.contains(path.string())) return fail(ENOENT);
        rename_now([name = path.string()](auto& names) { names.erase(name); });
        return {};
    }
    [[nodiscard]] Result<void, SystemError> make_folder(const Path&) override { return {}; }
    [[nodiscard]] Result<std::vector<std::string>, SystemError> list(const Path& folder) override {
        std::vector<std::string> out;
        for (const auto& [name, node] : names_) {
            if (Path(name).parent_path() == folder) out.push_back(Path(name).filename().string());
        }
        return out;
    }
    [[nodiscard]] Result<void, SystemError> sync_folder(const Path&) override {
        if (const int error = count()) return fail(error);
        disk_ = names_;
        renamings_.clear();
        return {};
    }
    [[nodiscard]] Result<std::unique_ptr<FileLock>, SystemError> lock(const Path&) override {
        if (ended_) return fail(EIO);
        if (locked_) return fail(EWOULDBLOCK);
        return std::make_unique<Lock>(*this);
    }

  private:
    struct Write {
        bool is_resize;
        std::uint64_t offset;  // or the size
        Bytes bytes;
    };
    struct Node {
        Bytes now{};
        Bytes synced{};
        std::vector<Write> pending{};
    };
    using NodePtr = std::shared_ptr<Node>;

    class Lock final : public FileLock {
      public:
        explicit Lock(MemoryFiles& files) : files_(files) { files_.locked_ = true; }
        ~Lock() override { files_.locked_ = false; }

      private:
        MemoryFiles& files_;
    };

    class OpenFile final : public File {
      public:
        OpenFile(MemoryFiles& files, NodePtr node) : files_(files), node_(std::move(node)) {}
        [[nodiscard]] Result<std::size_t, SystemError> read_at(MutableByteView out,
                                                               std::uint64_t offset) const override {
            if (offset >= node_->now.size()) return 0;
            const std::size_t size = std::min<std::size_t>(out.size(), node_->now.size() - offset);
            std::copy_n(node_->now.begin() + static_cast<std::ptrdiff_t>(offset), size, out.begin());
            return size;
        }
        [[nodiscard]] Result<void, SystemError> write_at(std::span<const ByteView> pieces,
                                                         std::uint64_t offset) override {
            Bytes all;
            for (const ByteView piece : pieces) append(all, piece);
            const bool alive = !files_.ended_;
            const int error = files_.count();
            if (error != 0) all.resize(alive ? all.size() / 2 : 0);
            if (!all.empty()) files_.write_to(*node_, {.is_resize = false, .offset = offset, .bytes = std::move(all)});
            if (error != 0) return fail(error);
            return {};
        }
        [[nodiscard]] Result<std::uint64_t, SystemError> size() const override { return node_->now.size(); }
        [[nodiscard]] Result<void, SystemError> resize(std::uint64_t size) override {
            if (const int error = files_.count()) return fail(error);
            files_.write_to(*node_, {.is_resize = true, .offset = size, .bytes = {}});
            return {};
        }
        [[nodiscard]] Result<void, SystemError> sync() override {
            if (const int error = files_.count()) return fail(error);
            node_->synced = node_->now;
            node_->pending.clear();
            return {};
        }
        [[nodiscard]] int descriptor() const override { return -1; }

      private:
        MemoryFiles& files_;
        NodePtr node_;
    };

    // The error of this call, 0 when it works.
    [[nodiscard]] int count() {
        if (ended_) return EIO;
        if (stop_ == Stop::no || calls_++ != stop_call_) return 0;
        ended_ = stop_ == Stop::end;
        return error_;
    }
    void write_to(Node& node, Write write) {
        if (write.is_resize) {
            node.now.resize(write.offset);
        } else {
            if (node.now.size() < write.offset + write.bytes.size()) node.now.resize(write.offset + write.bytes.size());
            std::ranges::copy(write.bytes, node.now.begin() + static_cast<std::ptrdiff_t>(write.offset));
        }
        node.pending.push_back(std::move(write));
    }
    void rename_now(std::function<void(std::map<std::string, NodePtr>&)> renaming) {
        renaming(names_);
        renamings_.push_back(std::move(renaming));
    }

    std::map<std::string, NodePtr> names_;  // as the process sees them
    std::map<std::string, NodePtr> disk_;   // as they are after a loss of power, at least
    std::vector<std::function<void(std::map<std::string, NodePtr>&)>> renamings_;
    std::uint64_t calls_ = 0;
    std::uint64_t stop_call_ = 0;
    Stop stop_ = Stop::no;
    int error_ = EIO;
    bool ended_ = false;
    bool locked_ = false;
};

}  // namespace dusk::vm
