// What the files of the network say about an application frame: its fields, or why it is none.
#pragma once

#include "ledger/message.hpp"
#include "report.hpp"

namespace dusk::vectors {

// `fields`: version, topic and payload of the message.
void expect_message(const ledger::Message& message, const Node& fields, Report& report);

// `result`: {"ok": fields, "unread_bytes", "reencodes_identically"} or {"error"}.
void expect_frame_result(ByteView frame, const Node& result, Report& report);

// The frame is a message, which is written again as it was read.
[[nodiscard]] ledger::Message message_of(ByteView frame, const Node& node, Report& report);
// One with these fields, which may be null.
void expect_frame(ByteView frame, const Node& fields, Report& report);
void expect_topic(const ledger::Message& message, const Node& name, Report& report);

}  // namespace dusk::vectors
