#include "kadcast/reassembly.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "kadcast/object_samples.hpp"

namespace dusk::kadcast {
namespace {

using namespace std::chrono_literals;

const SocketAddress kAlice = sample_source(1);
const SocketAddress kBob = sample_source(2);

class Receiver {
  public:
    explicit Receiver(const ReassemblySettings& settings = {}) : objects(settings) {}

    // What the frame completes.
    std::optional<CompleteObject> add(ByteView frame, const SocketAddress& source = kAlice, bool is_known = true,
                                      std::uint8_t height = 1) {
        const auto chunk = Chunk::from_frame(frame);
        EXPECT_TRUE(chunk);
        auto added = objects.add(*chunk, height, source, is_known, now);
        if (added) return *std::move(added);
        EXPECT_EQ(added.error(), ChunkError::no_room);
        return {};
    }
    // Whether one of the frames completed the object.
    bool add_all(const std::vector<Bytes>& frames, ByteView object, const SocketAddress& source = kAlice,
                 bool is_known = true) {
        bool is_complete = false;
        for (const Bytes& frame : frames) {
            const auto complete = add(frame, source, is_known);
            if (!complete) continue;
            EXPECT_FALSE(is_complete) << "twice";
            EXPECT_TRUE(equal(complete->object, object));
            is_complete = true;
        }
        return is_complete;
    }

    Reassembly objects;
    MonotonicTime now{1h};
};

std::vector<Bytes> damaged(std::vector<Bytes> frames) {
    for (Bytes& frame : frames) frame[kSymbolAt] ^= 1;
    return frames;
}

TEST(Reassembly, AnObjectComesWithItsLastSourceSymbol) {
    for (const std::size_t size : {1U, 1295U, 1296U, 1297U, 4000U, 70'000U}) {
        Receiver receiver;
        const Bytes object = sample_object(size);
        const auto frames = sample_frames(object);
        const std::size_t needed = (size + 1295) / 1296;
        for (std::size_t i = 0; i < frames.size(); ++i) {
            const auto complete = receiver.add(frames[i], kAlice, true, static_cast<std::uint8_t>(i));
            ASSERT_EQ(complete.has_value(), i + 1 == needed) << size << " " << i;
            if (!complete) continue;
            EXPECT_EQ(complete->object, object);
            EXPECT_EQ(complete->ray_id, ray_id_of(object));
            EXPECT_EQ(complete->height, i);
        }
        EXPECT_EQ(receiver.objects.counts().objects, 0U);
        EXPECT_EQ(receiver.objects.counts().bytes, 0U);
        EXPECT_EQ(receiver.objects.counts().superfluous, frames.size() - needed);
    }
}

TEST(Reassembly, AnObjectIsOfAKnownSourceWhoBeganOrEndedIt) {
    for (const bool begins : {false, true}) {
        for (const bool ends : {false, true}) {
            Receiver receiver;
            const auto frames = sample_frames(sample_object(3000));
            EXPECT_FALSE(receiver.add(frames[0], kAlice, begins));
            EXPECT_FALSE(receiver.add(frames[1], kBob, false));
            const auto complete = receiver.add(frames[2], kBob, ends);
            ASSERT_TRUE(complete);
            EXPECT_EQ(complete->is_known, begins || ends);
        }
    }
}

TEST(Reassembly, RepairSymbolsStandForThoseThatAreLost) {
    for (const std::size_t size : {1U, 4000U, 70'000U, 1'000'000U}) {
        Receiver receiver;
        const Bytes object = sample_object(size);
        auto frames = sample_frames(object);
        std::ranges::reverse(frames);
        EXPECT_TRUE(receiver.add_all(frames, object)) << size;
        // The source symbols are the last ones now: what repair symbols there are were enough for as many.
        const std::size_t repair = frames.size() - (size + 1295) / 1296;
        EXPECT_GE(receiver.objects.counts().superfluous, repair - 2);
    }
}

// Objects above 8030 symbols have two sub-blocks.
TEST(Reassembly, TheLargestObjectComesWithAndWithoutLosses) {
    const Bytes object = sample_object(kMostObjectBytes);
    auto frames = sample_frames(object);
    EXPECT_EQ(Chunk::from_frame(frames[0])->info.sub_blocks, 2);
    Receiver receiver;
    EXPECT_TRUE(receiver.add_all(frames, object));
    std::size_t i = 0;
    std::erase_if(frames, [&](const Bytes&) { return i++ % 20 == 3; });
    Receiver lossy;
    EXPECT_TRUE(lossy.add_all(frames, object));
}

// Several senders, each of whom loses and repeats chunks and mixes their order.
RC_GTEST_PROP(Reassembly, DeliversOnceWhatEnoughSymbolsCameOf, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(1, 40'000);
    const auto senders = *rc::gen::inRange<std::uint16_t>(1, 5);
    const auto loss = *rc::gen::inRange(0, 90);
    std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
    const Bytes object = sample_object(size, static_cast<std::uint32_t>(random()));
    const auto frames = sample_frames(object);
    const std::size_t needed = (size + 1295) / 1296;

    std::vector<std::pair<std::uint16_t, std::size_t>> sent;
    for (std::uint16_t sender = 0; sender < senders; ++sender) {
        for (std::size_t i = 0; i < frames.size(); ++i) {
            for (int times = 0; times < 2; ++times) {
                if (static_cast<int>(random() % 100) >= loss) sent.emplace_back(sender, i);
            }
        }
    }
    std::ranges::shuffle(sent, random);
    Receiver receiver;
    std::set<std::size_t> came;
    std::size_t delivered = 0;
    for (const auto& [sender, i] : sent) {
        const auto complete = receiver.add(frames[i], sample_source(sender), sender % 2 == 0);
        came.insert(i);
        if (!complete) continue;
        ++delivered;
        RC_ASSERT(complete->object == object);
        RC_ASSERT(came.size() >= needed);
    }
    RC_ASSERT(delivered <= 1);
    const bool has_source_symbols = came.size() >= needed && std::ranges::count_if(came, [&](std::size_t i) {
                                                                 return i < needed;
                                                             }) == static_cast<std::ptrdiff_t>(needed);
    if (has_source_symbols || came.size() > needed + 4) RC_ASSERT(delivered == 1);
    if (delivered == 1) RC_ASSERT(receiver.objects.counts().bytes == 0);
}

TEST(Reassembly, AnObjectIsIgnoredForAWhileAfterItCame) {
    Receiver receiver;
    const Bytes object = sample_object(3000);
    const auto frames = sample_frames(object);
    EXPECT_TRUE(receiver.add_all(frames, object));
    receiver.now += 59s;
    EXPECT_FALSE(receiver.add_all(frames, object));
    ASSERT_NE(receiver.objects.find(ray_id_of(object), receiver.now), nullptr);
    receiver.now += 1s;
    EXPECT_EQ(receiver.objects.find(ray_id_of(object), receiver.now), nullptr);
    EXPECT_TRUE(receiver.add_all(frames, object));
}

TEST(Reassembly, AnAnswerIsIgnoredForAShortWhile) {
    Receiver receiver;
    const Bytes object = sample_object(10);
    const Bytes frame = sample_frames(object).front();
    EXPECT_TRUE(receiver.add(frame, kAlice, true, 0));
    EXPECT_EQ(receiver.objects.find(ray_id_of(object), receiver.now)->height, 0);
    receiver.now += 4s;
    EXPECT_FALSE(receiver.add(frame, kAlice, true, 0));
    receiver.now += 1s;
    EXPECT_TRUE(receiver.add(frame, kAlice, true, 0));
}

TEST(Reassembly, AnObjectOfOnesOwnIsIgnored) {
    Receiver receiver;
    const Bytes object = sample_object(3000);
    const auto frames = sample_frames(object);
    receiver.add(frames[0]);
    receiver.objects.remember(ray_id_of(object), receiver.now);
    EXPECT_EQ(receiver.objects.counts().bytes, 0U);
    EXPECT_FALSE(receiver.add_all(frames, object));
    const Reassembly::Seen* seen = receiver.objects.find(ray_id_of(object), receiver.now);
    ASSERT_NE(seen, nullptr);
    EXPECT_TRUE(seen->is_own);
}

TEST(Reassembly, WhatIsNotCompleteInTimeIsForgotten) {
    Receiver receiver;
    const Bytes object = sample_object(3000);
    const auto frames = sample_frames(object);
    receiver.add(frames[0]);
    receiver.add(frames[1]);
    EXPECT_EQ(receiver.objects.find(ray_id_of(object), receiver.now), nullptr);
    receiver.now += 60s;
    EXPECT_FALSE(receiver.add(frames[2]));
    EXPECT_EQ(receiver.objects.counts().expired, 1U);
    EXPECT_EQ(receiver.objects.counts().objects, 1U);
    EXPECT_TRUE(receiver.add(frames[0]) || receiver.add(frames[1]));
}

TEST(Reassembly, AWrongSymbolSpoilsTheCopyOfItsSenderAlone) {
    for (const std::size_t size : {100U, 4000U, 20'000U}) {
        const Bytes object = sample_object(size);
        const auto frames = sample_frames(object);
        const auto wrong = damaged(frames);
        for (std::size_t lies = 1; lies <= frames.size(); ++lies) {
            Receiver receiver;
            for (std::size_t i = 0; i < lies; ++i) EXPECT_FALSE(receiver.add(wrong[i], kBob));
            EXPECT_TRUE(receiver.add_all(frames, object, kAlice)) << size << " " << lies;
        }
        for (std::size_t step = 1; step < 4; ++step) {
            Receiver receiver;
            bool is_complete = false;
            for (std::size_t i = 0; i < frames.size(); ++i) {
                if (i % step == 0) EXPECT_FALSE(receiver.add(wrong[frames.size() - 1 - i], kBob));
                is_complete = receiver.add(frames[i], kAlice).has_value() || is_complete;
            }
            EXPECT_TRUE(is_complete) << size << " every " << step;
        }
    }
}

// Random mixtures of honest senders and of such that send wrong symbols: each honest one alone suffices.
RC_GTEST_PROP(Reassembly, LiarsKeepNothingAway, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(1, 12'000);
    const auto liars = *rc::gen::inRange<std::uint16_t>(0, 6);
    std::mt19937 random(*rc::gen::arbitrary<std::uint32_t>());
    const Bytes object = sample_object(size, static_cast<std::uint32_t>(random()));
    const auto frames = sample_frames(object);
    std::vector<std::pair<std::uint16_t, Bytes>> sent;
    for (const Bytes& frame : frames) sent.emplace_back(100, frame);
    for (std::uint16_t liar = 0; liar < liars; ++liar) {
        for (Bytes frame : frames) {
            if (random() % 2 == 0) frame[kSymbolAt + random() % 1296] ^= static_cast<std::uint8_t>(1 + random() % 255);
            sent.emplace_back(liar, std::move(frame));
        }
    }
    std::ranges::shuffle(sent, random);
    Receiver receiver;
    std::size_t delivered = 0;
    for (const auto& [sender, frame] : sent) {
        const auto complete = receiver.add(frame, sample_source(sender), sender == 100);
        if (!complete) continue;
        ++delivered;
        RC_ASSERT(complete->object == object);
    }
    RC_ASSERT(delivered == 1);
}

TEST(Reassembly, ASourceWhoseOwnCopyIsWrongBeginsAnew) {
    Receiver receiver;
    const Bytes object = sample_object(3000);
    auto frames = sample_frames(object);
    frames[1][kSymbolAt] ^= 1;
    for (std::size_t i = 0; i < 3; ++i) EXPECT_FALSE(receiver.add(frames[i]));
    EXPECT_EQ(receiver.objects.counts().mismatches, 1U);
    EXPECT_EQ(receiver.objects.counts().objects, 0U);
    EXPECT_TRUE(receiver.add_all({frames.begin() + 3, frames.end()}, object));
}

TEST(Reassembly, OneRayIdMayHaveSeveralInformations) {
    const Bytes object = sample_object(20'000);
    const auto small = sample_frames(object);
    const auto large = sample_frames(object, {.mtu = 8192});
    Receiver receiver;
    for (std::size_t i = 0; i < 10; ++i) EXPECT_FALSE(receiver.add(small[i], kAlice));
    EXPECT_FALSE(receiver.add(large[0], kBob));
    EXPECT_FALSE(receiver.add(large[1], kBob));
    EXPECT_EQ(receiver.objects.counts().objects, 1U);
    EXPECT_TRUE(receiver.add(large[2], kBob));
    EXPECT_EQ(receiver.objects.counts().bytes, 0U);
}

Bytes with_length(Bytes frame, std::uint32_t length) {
    store_be(&frame[kInfoAt + 1], length);
    return frame;
}
Bytes with_ray_id(Bytes frame, std::uint64_t number) {
    store_le(frame.data(), number);
    return frame;
}

TEST(Reassembly, StrangersDoNotCrowdOutTheInformationOfAKnownNode) {
    const Bytes object = sample_object(20'000);
    const auto frames = sample_frames(object);
    Receiver receiver;
    for (std::uint16_t i = 0; i < 100; ++i) {
        receiver.add(with_length(frames[0], 20'001U + i), sample_source(static_cast<std::uint16_t>(1000 + i)), false);
    }
    EXPECT_TRUE(receiver.add_all(frames, object, kAlice, true));
    // And one information of a source is enough.
    Receiver other;
    other.add(frames[0], kAlice);
    other.add(with_length(frames[0], 20'001), kAlice);
    EXPECT_EQ(other.objects.counts().refused, 1U);
}

TEST(Reassembly, MemoryIsThatOfTheSymbolsThatCame) {
    Receiver receiver;
    const auto frame = with_length(sample_frames(sample_object(4000)).front(), kMostObjectBytes);
    receiver.add(frame);
    EXPECT_LT(receiver.objects.counts().bytes, 3000U);
    EXPECT_GT(receiver.objects.counts().bytes, 1296U);
}

TEST(Reassembly, StrangersTakeRoomFromStrangersAlone) {
    const ReassemblySettings settings{.most_bytes_of_strangers = 100'000};
    Receiver receiver(settings);
    const Bytes object = sample_object(50'000);
    const auto frames = sample_frames(object);
    for (std::size_t i = 0; i < 30; ++i) receiver.add(frames[i], kAlice, true);
    const auto of_stranger = sample_frames(sample_object(3000));
    for (std::uint16_t i = 0; i < 1000; ++i) {
        receiver.add(with_ray_id(of_stranger[0], i), sample_source(i), false);
        ASSERT_LE(receiver.objects.counts().bytes, 100'000U + 60'000U);
    }
    EXPECT_GT(receiver.objects.counts().displaced, 900U);
    EXPECT_EQ(receiver.objects.counts().refused, 0U);
    // The latest is still there, and so is that of the known node.
    EXPECT_TRUE(receiver.add_all({frames.begin() + 30, frames.end()}, object, kAlice));
    EXPECT_FALSE(receiver.add(of_stranger[1], kBob, false));
}

TEST(Reassembly, AKnownNodeTakesRoomFromItself) {
    const ReassemblySettings settings{.most_bytes = 200'000, .most_bytes_of_source = 150'000};
    Receiver receiver(settings);
    const Bytes object = sample_object(20'000);
    const auto frames = sample_frames(object);
    for (std::size_t i = 0; i < 10; ++i) receiver.add(frames[i], kAlice);
    const auto of_bob = sample_frames(sample_object(3000));
    for (std::uint16_t i = 0; i < 1000; ++i) {
        receiver.add(with_ray_id(of_bob[0], i), kBob);
        ASSERT_LE(receiver.objects.counts().bytes, 200'000U);
    }
    EXPECT_TRUE(receiver.add_all({frames.begin() + 10, frames.end()}, object, kAlice));
    // As do many nodes together: the fullest makes room.
    Receiver crowd(settings);
    for (std::size_t i = 0; i < 10; ++i) crowd.add(frames[i], kAlice);
    for (std::uint16_t i = 0; i < 1000; ++i) {
        crowd.add(with_ray_id(of_bob[0], i), sample_source(static_cast<std::uint16_t>(50 + i % 3)));
        ASSERT_LE(crowd.objects.counts().bytes, 200'000U);
    }
    EXPECT_TRUE(crowd.add_all({frames.begin() + 10, frames.end()}, object, kAlice));
}

TEST(Reassembly, ObjectsOfASourceAreBoundedInNumber) {
    Receiver receiver({.most_objects_of_source = 10});
    const auto frames = sample_frames(sample_object(3000));
    for (std::uint64_t i = 0; i < 100; ++i) receiver.add(with_ray_id(frames[0], i));
    EXPECT_EQ(receiver.objects.counts().objects, 10U);
}

// An object that a stranger began and a known node sends belongs to the known node.
TEST(Reassembly, AKnownNodeTakesOverWhatAStrangerBegan) {
    Receiver receiver({.most_bytes_of_strangers = 50'000});
    const Bytes object = sample_object(20'000);
    const auto frames = sample_frames(object);
    receiver.add(frames[0], kBob, false);
    receiver.add(frames[1], kAlice, true);
    const auto of_stranger = sample_frames(sample_object(3000));
    for (std::uint16_t i = 0; i < 1000; ++i) {
        receiver.add(with_ray_id(of_stranger[0], i), sample_source(static_cast<std::uint16_t>(100 + i)), false);
    }
    EXPECT_TRUE(receiver.add_all({frames.begin() + 2, frames.end()}, object, kAlice));
}

TEST(Reassembly, ARoomThatIsTooSmallForOneObjectRefusesIt) {
    Receiver receiver({.most_bytes_of_source = 10'000});
    const auto frames = sample_frames(sample_object(20'000));
    for (const Bytes& frame : frames) EXPECT_FALSE(receiver.add(frame));
    EXPECT_GT(receiver.objects.counts().refused, 5U);
    EXPECT_LE(receiver.objects.counts().bytes, 10'000U);
}

TEST(Reassembly, TheOldestCompleteObjectsAreForgotten) {
    Receiver receiver({.most_objects = 30});
    std::vector<Bytes> objects;
    for (std::uint32_t i = 0; i < 20; ++i) {
        objects.push_back(sample_object(50, i));
        EXPECT_TRUE(receiver.add(sample_frames(objects.back()).front()));
    }
    EXPECT_EQ(receiver.objects.find(ray_id_of(objects[9]), receiver.now), nullptr);
    EXPECT_NE(receiver.objects.find(ray_id_of(objects[10]), receiver.now), nullptr);
    // Those of strangers make no other forgotten.
    for (std::uint32_t i = 100; i < 200; ++i) receiver.add(sample_frames(sample_object(50, i)).front(), kBob, false);
    EXPECT_NE(receiver.objects.find(ray_id_of(objects[10]), receiver.now), nullptr);
}

// Symbols that say nothing new about the object are tried a few times only, and bounded in number.
TEST(Reassembly, SymbolsThatDetermineNothingAreBounded) {
    const Bytes object = sample_object(4000);
    const auto frames = sample_frames(object, {.least_repair = 100});
    Receiver receiver;
    // Without the first source symbol, and with repair symbols that all claim to be zeros: wrong from the start.
    for (std::size_t i = 1; i < 4; ++i) receiver.add(frames[i], kBob);
    for (std::size_t i = 4; i < frames.size(); ++i) {
        Bytes frame = frames[i];
        std::fill(frame.begin() + kSymbolAt, frame.end(), std::uint8_t{0});
        receiver.add(frame, kBob);
        ASSERT_LT(receiver.objects.counts().bytes, 40'000U);
    }
    EXPECT_TRUE(receiver.add_all(frames, object, kAlice));
}

TEST(Reassembly, ManyTinySymbolsArePutTogetherButNotSolved) {
    // 9000 symbols of 8 bytes: no encoder of the network makes such objects.
    const Bytes object = sample_object(72'000);
    ByteArray<12> info{0, 0, 1, 0x19, 0x40, 0, 0, 8, 1, 0, 1, 8};
    const RayId ray_id = ray_id_of(object);
    std::vector<Bytes> frames;
    for (std::uint32_t i = 0; i < 9000; ++i) {
        Bytes frame = to_vector(ray_id);
        append(frame, info);
        ByteArray<4> place;
        store_be(place.data(), i);
        append(frame, place);
        append(frame, ByteView(object).subspan(std::size_t{8} * i, 8));
        frames.push_back(std::move(frame));
    }
    Receiver receiver;
    EXPECT_TRUE(receiver.add_all(frames, object));
}

}  // namespace
}  // namespace dusk::kadcast
