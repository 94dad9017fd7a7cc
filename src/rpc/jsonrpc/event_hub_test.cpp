#include "rpc/jsonrpc/event_hub.hpp"

#include <gmock/gmock.h>

namespace dusk::rpc::jsonrpc {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class JsonRpcEvents : public testing::Test {
  protected:
    void publish(Channel channel, EventKeys keys = {}) { hub_.publish(channel, std::move(keys), "{}"); }
    static std::vector<std::uint64_t> numbers(Subscriber& subscriber) {
        std::vector<std::uint64_t> out;
        while (const auto text = subscriber.take()) {
            out.push_back(Json::parse(*text).at("params").at("sequence").get<std::uint64_t>());
        }
        return out;
    }
    static Subscriber::Subscribed subscribe(Subscriber& subscriber, Channel channel, EventFilter filter = {},
                                            std::optional<std::uint64_t> from = {}) {
        auto made = subscriber.subscribe(channel, std::move(filter), from);
        EXPECT_TRUE(made) << made.error().message;
        subscriber.activate();
        return made.value_or(Subscriber::Subscribed{});
    }
    static Json gone(Subscriber& subscriber, std::uint64_t from) {
        const auto made = subscriber.subscribe(Channel::blocks, {}, from);
        EXPECT_FALSE(made);
        EXPECT_EQ(made.error().code, ErrorCode::gone);
        return made.error().data;
    }

    ManualClock clock_;
    EventHub hub_{
        {.log = {.events = 8, .linger = std::chrono::seconds(60)}, .sessions = 2, .subscriptions = 3}, 100, clock_};
};

TEST_F(JsonRpcEvents, ComeInOrderToWhoAskedForThem) {
    const auto one = hub_.connect();
    const auto made = subscribe(*one, Channel::blocks, {.states = {"final"}});
    EXPECT_EQ(made.next, 100U);
    subscribe(*one, Channel::transactions);
    publish(Channel::blocks, {.state = "accepted"});
    publish(Channel::transactions);
    publish(Channel::blocks, {.state = "final"});
    const auto first = one->take();
    ASSERT_TRUE(first);
    EXPECT_EQ(
        *first,
        R"({"jsonrpc":"2.0","method":"subscription","params":{"subscription":"s2","sequence":101,"channel":"transactions","event":{}}})");
    EXPECT_THAT(numbers(*one), ElementsAre(102));
    EXPECT_TRUE(one->unsubscribe(made.id));
    EXPECT_FALSE(one->unsubscribe(made.id));
    publish(Channel::blocks, {.state = "final"});
    EXPECT_THAT(numbers(*one), IsEmpty());
}

TEST_F(JsonRpcEvents, WaitUntilTheAnswerIsSent) {
    const auto one = hub_.connect();
    int woken = 0;
    one->set_wake([&] { ++woken; });
    ASSERT_TRUE(one->subscribe(Channel::blocks, {}, {}));
    publish(Channel::blocks);
    EXPECT_EQ(woken, 0);
    EXPECT_FALSE(one->take());
    one->activate();
    EXPECT_THAT(numbers(*one), ElementsAre(100));
    publish(Channel::blocks);
    EXPECT_EQ(woken, 1);
    publish(Channel::consensus);
    EXPECT_EQ(woken, 2) << "one waits still";
    EXPECT_THAT(numbers(*one), ElementsAre(101));
    publish(Channel::consensus);
    EXPECT_EQ(woken, 2) << "nothing for it";
}

TEST_F(JsonRpcEvents, AreRepeatedToWhoComesBack) {
    auto one = hub_.connect();
    subscribe(*one, Channel::blocks);
    for (int i = 0; i < 3; ++i) publish(Channel::blocks);
    EXPECT_THAT(numbers(*one), ElementsAre(100, 101, 102));
    one.reset();
    publish(Channel::blocks);
    publish(Channel::blocks);
    const auto other = hub_.connect();
    subscribe(*other, Channel::blocks, {}, 103);
    publish(Channel::blocks);
    EXPECT_THAT(numbers(*other), ElementsAre(103, 104, 105));
}

TEST_F(JsonRpcEvents, AreGoneWhenTheWindowWentPast) {
    const auto one = hub_.connect();
    EXPECT_EQ(gone(*one, 100 - 1).at("next"), 100) << "of another start";
    EXPECT_EQ(gone(*one, 101).at("oldest"), 100) << "of the future";
    subscribe(*one, Channel::blocks);
    for (int i = 0; i < 20; ++i) publish(Channel::blocks);
    EXPECT_TRUE(one->is_behind());
    EXPECT_EQ(one->resume_at(), 100U);
    EXPECT_THAT(numbers(*one), IsEmpty());
    const auto other = hub_.connect();
    const Json window = gone(*other, 100);
    EXPECT_EQ(window.at("oldest"), 112);
    EXPECT_EQ(window.at("next"), 120);
    subscribe(*other, Channel::blocks, {}, 112);
    EXPECT_EQ(numbers(*other).size(), 8U);
    EXPECT_FALSE(other->is_behind());
}

// A reader of rare events is not behind because of the others.
TEST_F(JsonRpcEvents, OfOthersDoNotPushAReaderOut) {
    const auto one = hub_.connect();
    subscribe(*one, Channel::consensus);
    for (int i = 0; i < 20; ++i) publish(Channel::blocks);
    EXPECT_FALSE(one->is_behind());
    publish(Channel::consensus);
    EXPECT_THAT(numbers(*one), ElementsAre(120));
}

TEST_F(JsonRpcEvents, AreMadeWhileSomebodyListensAndAWhileAfter) {
    EXPECT_FALSE(hub_.log().records(Channel::consensus));
    auto one = hub_.connect();
    subscribe(*one, Channel::consensus);
    publish(Channel::consensus);
    one.reset();
    clock_.advance(std::chrono::seconds(59));
    EXPECT_TRUE(hub_.log().records(Channel::consensus));
    EXPECT_EQ(hub_.log().oldest(Channel::consensus), 100U);
    clock_.advance(std::chrono::seconds(1));
    EXPECT_FALSE(hub_.log().records(Channel::consensus));
    EXPECT_FALSE(hub_.log().records(Channel::blocks));
    // What happened meanwhile was not written down.
    const auto other = hub_.connect();
    const auto made = other->subscribe(Channel::consensus, {}, 100);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::gone);
    EXPECT_EQ(subscribe(*other, Channel::consensus).next, 101U);
}

TEST_F(JsonRpcEvents, HaveLimits) {
    const auto one = hub_.connect();
    const auto two = hub_.connect();
    EXPECT_EQ(hub_.connect(), nullptr);
    for (int i = 0; i < 3; ++i) subscribe(*one, Channel::blocks);
    const auto more = one->subscribe(Channel::blocks, {}, {});
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().code, ErrorCode::limit);
    EventLog log({.events = 1000, .bytes = 4 * sizeof(LoggedEvent)}, 0, clock_);
    for (int i = 0; i < 100; ++i) log.add(Channel::blocks, {}, std::string(sizeof(LoggedEvent), 'x'));
    EXPECT_LE(log.next() - log.oldest(), 2U);
    EXPECT_EQ(log.next(), 100U);
}

TEST_F(JsonRpcEvents, EndWithTheirHub) {
    const auto one = hub_.connect();
    int woken = 0;
    one->set_wake([&] { ++woken; });
    hub_.end();
    EXPECT_TRUE(one->is_ended());
    EXPECT_EQ(woken, 1);
    EXPECT_EQ(hub_.connect(), nullptr);
    auto hub = std::make_unique<EventHub>(HubLimits{}, 1, clock_);
    const auto left = hub->connect();
    hub.reset();
    EXPECT_TRUE(left->is_ended());
}

TEST(JsonRpcFilter, ChoosesByAllThatIsGiven) {
    const ledger::TransactionId id{{1}};
    const ledger::KeyBytes account{{2}};
    const EventKeys keys{
        .state = "executed", .transaction = id, .accounts = {account}, .contract = {}, .topic = "stake"};
    EXPECT_TRUE(EventFilter{}.fits(keys));
    EXPECT_TRUE((EventFilter{.states = {"executed", "removed"}, .transactions = {id}, .account = account}.fits(keys)));
    EXPECT_FALSE((EventFilter{.states = {"removed"}}.fits(keys)));
    EXPECT_FALSE((EventFilter{.transactions = {{{9}}}}.fits(keys)));
    EXPECT_FALSE((EventFilter{.account = ledger::KeyBytes{{9}}}.fits(keys)));
    EXPECT_FALSE((EventFilter{.contract = ledger::kStakeContract}.fits(keys)));
    EXPECT_FALSE((EventFilter{.topic = "unstake"}.fits(keys)));
}

}  // namespace
}  // namespace dusk::rpc::jsonrpc
