#include "rpc/contract_queries.hpp"

#include <stdexcept>

#include "base/hex.hpp"
#include "execution/call_errors.hpp"
#include "rpc/answers.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;
using Json = nlohmann::json;

ContractFailure failure_of(const vm::CallError& error) {
    using Kind = ContractFailure::Kind;
    if (error.kind == vm::CallErrorKind::missing_feed) return {Kind::feeds, execution::display(error)};
    const bool is_machine = execution::is_machine_failure(error);
    return {is_machine ? Kind::machine : Kind::failed, is_machine ? std::string() : execution::display(error)};
}

HttpResponse answer_of(const ContractFailure& failure, const ContractQuestion& question) {
    switch (failure.kind) {
        case ContractFailure::Kind::no_driver:
            return not_found("Unsupported contract " + to_hex(question.contract));
        case ContractFailure::Kind::bad_argument:
            return invalid_input("Invalid JSON: " + failure.text);
        case ContractFailure::Kind::feeds:
            return invalid_input("rusk-feeder header is missing");
        case ContractFailure::Kind::failed:
        case ContractFailure::Kind::machine:
            break;
    }
    return internal_error();
}

std::string_view to_text(const Bytes& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

// Makes bytes of an argument in JSON. The driver is null where none is asked for.
Result<std::shared_ptr<DataDriver>, ContractFailure> prepare(ContractQuestion& question) {
    using Kind = ContractFailure::Kind;
    if (question.drivers == nullptr) return std::shared_ptr<DataDriver>();
    auto driver = question.drivers->find({question.contract});
    if (!driver) return fail(ContractFailure{Kind::machine, {}});
    if (!*driver) return fail(ContractFailure{Kind::no_driver, "the contract has no driver here"});
    auto bytes = (*driver)->encode_input(question.function, to_text(question.argument));
    if (!bytes) return fail(ContractFailure{Kind::bad_argument, debug_text(bytes.error())});
    question.argument = *std::move(bytes);
    return *std::move(driver);
}

HttpResponse ask(ContractQuestion& question, ledger::Gas gas) {
    const auto answer = ask_contract(question, gas);
    if (!answer) return answer_of(answer.error(), question);
    if (answer->value) return json_answer(*answer->value);
    return bytes_answer(answer->data, question.is_binary);
}

struct NobodyReads {};
struct CannotBeRead {};

// One thing after the other.
class Feeding {
  public:
    Feeding(const ContractQuestion& question, DataDriver* driver, FeedWriter& writer)
        : question_(question), driver_(driver), writer_(writer) {}

    void take(const Bytes& item) {
        if (driver_ == nullptr) return put(question_.is_binary ? item : to_vector(as_bytes(to_hex(item))));
        const auto json = driver_->decode_output(question_.function, item);
        if (!json) throw CannotBeRead();
        put(to_vector(as_bytes((is_first_ ? "[" : ",") + text_of(*json))));
        is_first_ = false;
    }
    void end() {
        if (driver_ != nullptr) put(to_vector(as_bytes(is_first_ ? "[]" : "]")));
        writer_.end();
    }

  private:
    void put(const Bytes& part) {
        if (!writer_.put(part)) throw NobodyReads();
    }

    const ContractQuestion& question_;
    DataDriver* driver_;
    FeedWriter& writer_;
    bool is_first_ = true;
};

void feed_into(ContractQuestion& question, ledger::Gas gas, FeedWriter& writer) {
    try {
        const auto driver = prepare(question);
        if (!driver) return writer.break_off(answer_of(driver.error(), question));
        Feeding feeding(question, driver->get(), writer);
        // An exception ends the call.
        const auto receipt = question.session->feeder_call(question.contract, question.function, question.argument,
                                                           gas.value, [&](const Bytes& item) { feeding.take(item); });
        if (!receipt) return writer.break_off(answer_of(failure_of(receipt.error()), question));
        feeding.end();
    } catch (...) {
        writer.break_off(internal_error());
    }
}

}  // namespace

Result<ContractAnswer, ContractFailure> ask_contract(ContractQuestion& question, ledger::Gas gas) {
    const auto driver = prepare(question);
    if (!driver) return fail(driver.error());
    auto receipt = question.session->call(question.contract, question.function, question.argument, gas.value);
    if (!receipt) return fail(failure_of(receipt.error()));
    ContractAnswer out{.data = std::move(receipt->data), .gas_spent = {receipt->gas_spent}};
    if (*driver) {
        if (auto json = (*driver)->decode_output(question.function, out.data)) out.value = *std::move(json);
    }
    return out;
}

asio::awaitable<HttpResponse> ContractQueries::call(ContractQuestion question) {
    auto answer = co_await threads_.ask(
        [question = std::move(question), gas = limits_.gas]() mutable { return ask(question, gas); });
    co_return answer ? *std::move(answer)
    : stopped_       ? HttpResponse::error(503, "the node is stopping")
                     : too_many_requests();
}

asio::awaitable<HttpResponse> ContractQueries::feed(ContractQuestion question) {
    if (stopped_) co_return HttpResponse::error(503, "the node is stopping");
    if (feeding_ >= limits_.feeders) co_return too_many_requests();
    const bool is_json = question.drivers != nullptr;
    auto channel = feed_channel(loop_, limits_.fed);
    const std::uint64_t number = next_reader_++;
    readers_.emplace(number, channel.reader);
    ++feeding_;
    asio::post(feeders_, [this, number, question = std::make_shared<ContractQuestion>(std::move(question)),
                          writer = channel.writer]() mutable {
        feed_into(*question, limits_.feeder_gas, *writer);
        question.reset();
        asio::post(loop_, [this, number] {
            --feeding_;
            readers_.erase(number);
        });
    });
    if (auto answer = co_await channel.reader->begun()) co_return *std::move(answer);
    HttpResponse out{.status = 200, .headers = {}, .body = {}};
    if (is_json) out.headers.emplace_back("Content-Type", "application/json");
    out.source = std::move(channel.reader);
    co_return out;
}

void ContractQueries::stop() {
    if (stopped_) return;
    stopped_ = true;
    for (const auto& [number, weak] : readers_) {
        if (const auto reader = weak.lock()) reader->close();
    }
    feeders_.stop();
    feeders_.join();
}

}  // namespace dusk::rpc
