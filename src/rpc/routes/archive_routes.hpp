// What people browse (docs/interfaces.md, "The archive in lists"):
//
//     GET /archive                               how far it is
//     GET /archive/accounts                      who holds most; without an archive too
//     GET /archive/accounts/KEY/history          what happened to an account
//     GET /archive/provisioners[/KEY/blocks]     who makes blocks; those that one made or missed
//     GET /archive/blocks/BLOCK/committees       who was to vote on a block, and who voted
//     GET /archive/contracts[/ID[/transactions | /events]]
//     GET /archive/transactions[/ID]
//     GET /archive/charts                        counts for each hour, day, week or month
//     GET /archive/search                        what a hash begins with
#pragma once

#include "rpc/archive/list_answer.hpp"
#include "rpc/archive/rich_list.hpp"
#include "rpc/archive_progress.hpp"
#include "rpc/archive_reader.hpp"
#include "rpc/drivers/driver_shelf.hpp"
#include "rpc/route_table.hpp"
#include "rpc/routes/node_parts.hpp"

namespace dusk::rpc {

inline constexpr std::string_view kNoArchive = "this node has no archive: docs/operate/archive.md says how to have one";

class ArchiveRoutes {
  public:
    // All outlive it. `archive` may be null: the node has none.
    ArchiveRoutes(const NodeParts& parts, ArchiveReader* archive, AskArchiveProgress progress, DriverShelf& drivers,
                  const Clock& clock)
        : parts_(parts),
          archive_(archive),
          progress_(std::move(progress)),
          drivers_(drivers),
          clock_(clock),
          rich_(parts, clock) {}

    // They refer to this.
    void add_to(RouteTable& table);

  private:
    using Answer = boost::asio::awaitable<HttpResponse>;
    using Handler = Answer (ArchiveRoutes::*)(RouteRequest request);
    template <class Item>
    using Items = std::vector<Item>;

    [[nodiscard]] Answer about(RouteRequest request);
    [[nodiscard]] Answer richest(RouteRequest request);
    [[nodiscard]] Answer history(RouteRequest request);
    [[nodiscard]] Answer provisioners(RouteRequest request);
    [[nodiscard]] Answer blocks(RouteRequest request);
    [[nodiscard]] Answer committees(RouteRequest request);
    [[nodiscard]] Answer contracts(RouteRequest request);
    [[nodiscard]] Answer contract(RouteRequest request);
    [[nodiscard]] Answer contract_transactions(RouteRequest request);
    [[nodiscard]] Answer contract_events(RouteRequest request);
    [[nodiscard]] Answer transactions(RouteRequest request);
    [[nodiscard]] Answer transaction(RouteRequest request);
    [[nodiscard]] Answer charts(RouteRequest request);
    [[nodiscard]] Answer search(RouteRequest request);

    // A list, with the block from which on the archive is complete.
    [[nodiscard]] Answer answer(ListQuery query, std::string name, ReadPart read);
    [[nodiscard]] Answer list_transactions(ListQuery query, std::string name, chronicle::TransactionFilter filter);
    // The calls of some transactions with their arguments, by id; what the chain has forgotten is left out.
    [[nodiscard]] boost::asio::awaitable<std::map<std::string, OrderedJson>> calls_of(std::vector<std::string> ids);
    // What the archive answers. The error is the answer.
    template <class T>
    [[nodiscard]] boost::asio::awaitable<Result<T, HttpResponse>> ask(
        std::function<chronicle::Outcome<T>(chronicle::Lists& lists)> question) {
        if (archive_ == nullptr) co_return fail(HttpResponse::error(501, kNoArchive));
        const auto out = std::make_shared<std::optional<T>>();
        const auto asked =
            co_await archive_->ask_lists([out, question](chronicle::Lists& lists) -> chronicle::Outcome<void> {
                auto found = question(lists);
                if (!found) return fail(found.error());
                *out = *std::move(found);
                return {};
            });
        if (!asked || !*out) co_return fail(HttpResponse::error(503, asked ? "no answer" : asked.error()));
        co_return **std::move(out);
    }

    NodeParts parts_;
    ArchiveReader* archive_;
    AskArchiveProgress progress_;
    DriverShelf& drivers_;
    const Clock& clock_;
    RichList rich_;
};

}  // namespace dusk::rpc
