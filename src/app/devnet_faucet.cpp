#include "app/devnet_faucet.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include "app/devnet_folder.hpp"
#include "app/devnet_nodes.hpp"
#include "app/faucet_book.hpp"
#include "app/public_files.hpp"
#include "app/remote_notes.hpp"
#include "app/tx_data.hpp"
#include "app/tx_from_notes.hpp"
#include "base/clock.hpp"
#include "base/hex.hpp"
#include "ledger/dusk_amount.hpp"
#include "ledger/network.hpp"
#include "phoenix/address.hpp"

namespace dusk::app {
namespace {

namespace fs = std::filesystem;

constexpr ledger::GasPrice kGasPrice{1};
constexpr ledger::Gas kAccountGas{2'000'000};
constexpr ledger::Gas kNotesGas{15'000'000};

std::unexpected<Failure> failure(std::string code, std::string message) {
    return fail(Failure{.exit = ExitCode::failure, .code = std::move(code), .message = std::move(message)});
}

// One command at a time, whoever waits for it.
class FaucetLock {
  public:
    static Result<FaucetLock, Failure> take(const fs::path& path) {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        FaucetLock out(descriptor);
        if (descriptor >= 0 && ::flock(descriptor, LOCK_EX) == 0) return out;
        return fail(Failure{.exit = ExitCode::file,
                            .code = "file_unwritable",
                            .message = fmt::format("cannot lock {}: {}", path.string(), std::strerror(errno))});
    }
    FaucetLock(FaucetLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FaucetLock& operator=(FaucetLock&&) = delete;
    ~FaucetLock() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

  private:
    explicit FaucetLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

Result<FaucetBook, Failure> read_book(const fs::path& path) {
    std::error_code ignored;
    if (!fs::exists(path, ignored)) return FaucetBook();
    const auto content = read_public_file(path);
    if (!content) return fail(content.error());
    auto book = FaucetBook::read(*content);
    if (book) return *std::move(book);
    return fail(Failure{
        .exit = ExitCode::bad_input,
        .code = "damaged",
        .message = fmt::format("{}: {}; without the file the faucet begins anew", path.string(), book.error())});
}

Failure limit_reached(const FaucetWait& wait, const FaucetLimits& limits) {
    const bool is_one = wait.limit == FaucetLimit::one;
    const ledger::Lux most = is_one ? limits.to_one : limits.to_all;
    std::string text = fmt::format("the faucet pays {} at most {} DUSK in {} minutes", is_one ? "an address" : "all",
                                   ledger::format_dusk(most), limits.window.count() / 60);
    Failure out{.exit = ExitCode::failure, .code = "faucet_limit", .message = {}};
    if (wait.time) {
        text += fmt::format(": try again in {} s", wait.time->count());
        out.details["retry_after"] = wait.time->count();
    } else {
        text += ": ask for less";
    }
    out.details["limit"] = is_one ? "address" : "all";
    out.message = std::move(text);
    return out;
}

class Payer {
  public:
    Payer(const DevnetFaucet& command, const DevnetFolder& folder, DevnetNodes& nodes, wallet::Profile faucet)
        : command_(command), folder_(folder), nodes_(nodes), faucet_(std::move(faucet)) {}

    Result<ledger::Transaction, Failure> to_account(const ledger::AccountKey& receiver, ledger::Lux value) {
        const auto status = nodes_.post("/on/account:" + faucet_.account() + "/status");
        if (!status) return fail(status.error());
        const ledger::AccountKey sender = faucet_.bls.public_key();
        auto made = ledger::MoonlightTransaction::sign({.chain_id = ledger::devnet().chain_id,
                                                        .sender = sender,
                                                        .receiver = receiver,
                                                        .value = value,
                                                        .deposit = {},
                                                        .fee = {kAccountGas, kGasPrice, sender},
                                                        .nonce = {number_of(*status, "next_nonce")},
                                                        .data = {}},
                                                       faucet_.bls);
        if (!made) return failure("refused", std::string(to_string(made.error())));
        return ledger::Transaction{*std::move(made)};
    }

    // Once: it uses up the keys.
    Result<ledger::Transaction, Failure> to_notes(RandomSource& random, Executor& executor,
                                                  std::vector<std::string>& warnings) {
        auto node = nodes_.answering();
        if (!node) return fail(node.error());
        const OpenedKeys keys{.account = std::move(faucet_.bls), .notes = std::move(faucet_.phoenix)};
        const auto notes = ask_for_notes(**node, *keys.notes, executor);
        if (!notes) return fail(notes.error());
        const fs::path file = folder_.path() / "faucet.notes";
        const std::string text = wallet::write_notes_file(*notes);
        if (const auto written = write_key_file(file, as_bytes(text), Overwrite::allow); !written) {
            return fail(failure_of(written.error()));
        }
        BuildTx build{.receiver = command_.address, .value = command_.amount};
        build.gas_limit = kNotesGas.value;
        build.gas_price = kGasPrice.value;
        build.notes = BuildFromNotes{.file = file, .positions = {}, .transparent = false};
        NotesReport report;
        auto made = pay_by_notes(build, keys, random, executor, report);
        warnings = std::move(report.warnings);
        std::error_code ignored;
        fs::remove(file, ignored);
        return made;
    }

    // Whether a node took it; false where it breaks a rule, which the text says.
    Result<bool, Failure> submit(const ledger::Transaction& transaction, std::string& refusal) {
        const Bytes bytes = transaction.encode(ledger::TransactionFormat::aegis);
        std::string error = "no node answers";
        bool was_asked = false;
        for (client::HttpClient& node : nodes_.clients()) {
            const auto reply = node.post("/on/transactions/propagate", bytes);
            if (reply && reply->status == 202) return true;
            error = reply ? std::string(reply->text()) : reply.error();
            if (reply && reply->status == 400) {
                // A node that was asked before may have taken it.
                if (was_asked) break;
                refusal = error;
                return false;
            }
            was_asked = was_asked || reply.has_value();
        }
        return failure("no_answer", error);
    }

    // The height of its block.
    Result<std::uint64_t, Failure> wait_until_final(const std::string& id) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(command_.patience);
        while (std::chrono::steady_clock::now() < end) {
            const auto spent = nodes_.get("/transactions/" + id);
            if (spent && spent->is_object() && spent->value("state", "") == "final") {
                if (!(*spent)["error"].is_null()) return failure("refused", (*spent)["error"].dump());
                return number_of(*spent, "height");
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return failure("not_final", fmt::format("the network took the payment, but it is not final after {} s: look at "
                                                "http://{}/transactions/{}",
                                                command_.patience, nodes_.clients().front().address(), id));
    }

  private:
    const DevnetFaucet& command_;
    const DevnetFolder& folder_;
    DevnetNodes& nodes_;
    wallet::Profile faucet_;
};

}  // namespace

CommandResult pay_from_faucet(const DevnetFaucet& command, RandomSource& random, Executor& executor) {
    const auto address = phoenix::parse_address(command.address);
    if (!address) return usage("the address is neither a public account nor a shielded address");
    const auto value = parse_amount(command.amount);
    if (!value) return fail(value.error());
    if (*value == ledger::Lux{}) return usage("--amount must be more than nothing");
    const DevnetFolder folder(command.folder);
    auto nodes = DevnetNodes::of(command.folder);
    if (!nodes) return fail(nodes.error());
    auto faucet = folder.faucet();
    if (!faucet) return fail(faucet.error());

    // Held until the payment is final: before that the notes and the nonce of the next one are not known for sure.
    const auto lock = FaucetLock::take(folder.path() / "faucet.lock");
    if (!lock) return fail(lock.error());
    const fs::path book_file = folder.path() / "faucet.json";
    auto book = read_book(book_file);
    if (!book) return fail(book.error());
    const std::uint64_t now = unix_seconds(SystemClock().wall_time());
    if (const auto wait = book->wait(command.address, *value, now)) return fail(limit_reached(*wait, book->limits()));

    Outcome outcome;
    Payer payer(command, folder, *nodes, *std::move(faucet));
    const auto* account = std::get_if<crypto::BlsPublicKey>(&*address);
    const auto transaction =
        account != nullptr ? payer.to_account(*account, *value) : payer.to_notes(random, executor, outcome.warnings);
    if (!transaction) return fail(transaction.error());

    // Written first: whatever ends this process, what was paid counts.
    const auto keep = [&] { return write_public_file(book_file, as_bytes(book->to_json()), Overwrite::allow); };
    book->add({.time = now, .to = command.address, .value = *value});
    if (const auto kept = keep(); !kept) return fail(kept.error());
    std::string refusal;
    const auto taken = payer.submit(*transaction, refusal);
    if (!taken) return fail(taken.error());
    if (!*taken) {
        book->take_back();
        if (const auto kept = keep(); !kept) return fail(kept.error());
        return failure("refused", "the network does not take the payment: " + refusal);
    }
    const std::string id = to_hex(ByteView(transaction->id().bytes));
    const auto height = payer.wait_until_final(id);
    if (!height) return fail(height.error());
    outcome.text = fmt::format("Paid {} DUSK {}, final in block {}\n  transaction {}\n", ledger::format_dusk(*value),
                               account != nullptr ? "in public" : "to a shielded address", *height, id);
    outcome.json = {{"to", command.address},
                    {"value", value->value},
                    {"public", account != nullptr},
                    {"transaction", id},
                    {"height", *height}};
    return outcome;
}

}  // namespace dusk::app
