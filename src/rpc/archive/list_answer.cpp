#include "rpc/archive/list_answer.hpp"

namespace dusk::rpc {
namespace {

namespace asio = boost::asio;

constexpr std::size_t kMostInFile = 200;  // items of one part

// Parts of a list, one after the other, no faster than they are taken.
class ListFile final : public BodySource {
  public:
    ListFile(ReadPart read, ListFormat format, ListedPart first)
        : read_(std::move(read)), format_(format), part_(std::move(first)) {}

    asio::awaitable<std::optional<Bytes>> next() override {
        if (is_over_) co_return Bytes{};
        std::string text;
        if (is_first_ && format_ == ListFormat::csv && !part_.items.empty()) text += csv_header(part_.items.front());
        is_first_ = false;
        for (const OrderedJson& item : part_.items)
            text += format_ == ListFormat::csv ? csv_line(item) : json_line(item);
        if (part_.next) {
            auto more = co_await read_(part_.next, kMostInFile);
            if (!more) co_return std::nullopt;
            part_ = *std::move(more);
            // A part that is empty would end the file.
            if (text.empty()) co_return co_await next();
        } else {
            is_over_ = true;
        }
        co_return to_vector(as_bytes(text));
    }

  private:
    ReadPart read_;
    ListFormat format_;
    ListedPart part_;
    bool is_first_ = true;
    bool is_over_ = false;
};

}  // namespace

asio::awaitable<HttpResponse> list_answer(ListQuery query, std::string name, ReadPart read,
                                          std::optional<ledger::Height> complete_from) {
    const bool is_file = query.format != ListFormat::json;
    auto part = co_await read(query.cursor, is_file ? kMostInFile : query.part.most);
    if (!part) co_return std::move(part).error();
    if (!is_file) {
        OrderedJson items = OrderedJson::array();
        for (OrderedJson& item : part->items) items.push_back(std::move(item));
        const OrderedJson out{
            {"items", std::move(items)},
            {"next", part->next ? OrderedJson(*part->next) : OrderedJson(nullptr)},
            {"complete_from", complete_from ? OrderedJson(complete_from->value) : OrderedJson(nullptr)}};
        co_return HttpResponse::json(200, out.dump(-1, ' ', false, OrderedJson::error_handler_t::replace));
    }
    const bool is_csv = query.format == ListFormat::csv;
    HttpResponse out;
    if (complete_from) out.headers.emplace_back("Archive-Complete-From", std::to_string(complete_from->value));
    out.headers.emplace_back("Content-Type",
                             is_csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson");
    out.headers.emplace_back("Content-Disposition",
                             "attachment; filename=\"" + name + (is_csv ? ".csv\"" : ".jsonl\""));
    out.source = std::make_shared<ListFile>(std::move(read), query.format, *std::move(part));
    co_return out;
}

}  // namespace dusk::rpc
