#include "vm/imports.hpp"

#include "vm/host_text.hpp"
#include "vm/machine.hpp"
#include "vm/session.hpp"

namespace dusk::vm {
namespace {

constexpr std::uint64_t kGasPerEventByte = 4;

std::unexpected<CallError> error(CallErrorKind kind, std::string text = {}) {
    return fail(CallError{kind, Trap::none, std::move(text)});
}

std::unexpected<CallError> out_of_bounds() {
    return error(CallErrorKind::memory_out_of_bounds, "a range handed to the host does not fit the memory");
}

bool argument_fits(const Contract& self, std::uint64_t size) {
    return size <= kArgumentBufferBytes && self.reaches_argument(size);
}

Bytes read_argument(Contract& self, std::size_t size) { return self.memory->read(self.argument_buffer, size); }
void write_argument(Contract& self, ByteView bytes) { self.memory->write(self.argument_buffer, bytes); }

// The largest power of two that divides the address of the argument buffer; memories begin at a page.
std::size_t argument_alignment(const Contract& self) {
    const std::uint64_t at = self.argument_buffer;
    return at == 0 ? kPageSize : std::min<std::uint64_t>(at & (~at + 1), kPageSize);
}

}  // namespace

void Imports::keep(Contract& self, CallError error) {
    self.session->note_loss(error.kind);
    self.session->import_error_ = std::move(error);
}

CallResult<std::int32_t> Imports::caller(Contract& self) {
    self.session->tell_import(self.id, "caller");
    const CallTree::Node* caller = self.session->calls_.ancestor(1);
    const auto& outer = self.session->outer_caller_;
    if (caller == nullptr && !outer) return 0;
    write_argument(self, caller != nullptr ? caller->element.contract : *outer);
    return 1;
}

CallResult<std::int32_t> Imports::callstack(Contract& self) {
    self.session->tell_import(self.id, "callstack");
    Bytes ids;
    std::int32_t count = 0;
    while (const CallTree::Node* caller = self.session->calls_.ancestor(static_cast<std::size_t>(count) + 1)) {
        ids.insert(ids.end(), caller->element.contract.begin(), caller->element.contract.end());
        ++count;
    }
    if (const auto& outer = self.session->outer_caller_) {
        append(ids, *outer);
        ++count;
    }
    write_argument(self, ids);
    return count;
}

CallResult<std::int32_t> Imports::host_query(Contract& self, std::uint64_t name_at, std::uint32_t name_size,
                                             std::uint32_t argument_size) {
    if (!self.memory->reaches(name_at, name_size) || !argument_fits(self, argument_size)) return out_of_bounds();
    const auto name = read_name(*self.memory, name_at, name_size);
    if (!name) return error(CallErrorKind::runtime, "the name of a host query is not UTF-8");
    self.session->tell_import(self.id, "hq", *name);
    // The reference reads nothing of the argument for a query that does not exist, what the price depends on for one
    // that is too dear, and all of it for others.
    const Bytes argument = self.memory->peek(self.argument_buffer, argument_size);
    const auto query = self.session->machine_->queries().prepare(*name, argument, argument_alignment(self));
    if (!query) return error(CallErrorKind::missing_host_query, *name);

    const std::uint64_t remaining = self.instance->fuel();
    const std::size_t unread = remaining < query->price ? query->priced_from : 0;
    self.memory->access(self.argument_buffer + unread, argument_size - unread);
    if (remaining < query->price) {
        self.instance->set_fuel(0);
        return error(CallErrorKind::out_of_gas);
    }
    self.instance->set_fuel(remaining - query->price);
    const auto answer = query->run();
    if (!answer) return error(CallErrorKind::host_query_refused, *name);
    write_argument(self, *answer);
    return static_cast<std::int32_t>(answer->size());
}

CallResult<std::int32_t> Imports::host_data(Contract& self, std::uint64_t name_at, std::uint32_t name_size) {
    if (!self.memory->reaches(name_at, name_size)) return out_of_bounds();
    const auto name = read_name(*self.memory, name_at, name_size);
    if (!name) return error(CallErrorKind::runtime, "the name of a value is not UTF-8");
    self.session->tell_import(self.id, "hd", *name);
    const auto value = self.session->metadata(*name);
    if (!value) return 0;
    write_argument(self, *value);
    return static_cast<std::int32_t>(value->size());
}

CallResult<void> Imports::emit(Contract& self, std::uint64_t topic_at, std::uint32_t topic_size,
                               std::uint32_t data_size) {
    if (!self.memory->reaches(topic_at, topic_size) || !argument_fits(self, data_size)) return out_of_bounds();
    const std::uint64_t remaining = self.instance->fuel();
    const std::uint64_t cost = kGasPerEventByte * (std::uint64_t{topic_size} + data_size);
    if (cost > remaining) {
        self.instance->set_fuel(0);
        return error(CallErrorKind::out_of_gas);
    }
    self.instance->set_fuel(remaining - cost);
    EventList& events = self.session->events_;
    if (events.bytes() + EventList::most_bytes(topic_size, data_size) >
        self.session->machine_->limits().most_event_bytes) {
        return error(CallErrorKind::session_lost, "more events than a session may hold");
    }
    const EventList::Draft event = events.draft(self.id, topic_size, data_size);
    self.memory->read(self.argument_buffer, event.data);
    if (!is_text(*self.memory, topic_at, topic_size)) {
        return error(CallErrorKind::runtime, "the topic of an event is not UTF-8");
    }
    self.memory->read(topic_at, event.topic);
    events.keep(event);
    if (self.session->observer_ != nullptr) {
        self.session->observer_->on_event(
            {self.id, {reinterpret_cast<const char*>(event.topic.data()), event.topic.size()}, event.data, false});
    }
    return {};
}

CallResult<void> Imports::feed(Contract& self, std::uint32_t size) {
    self.session->tell_import(self.id, "feed");
    if (!argument_fits(self, size)) return out_of_bounds();
    Bytes data = read_argument(self, size);
    if (!self.session->feed_) return error(CallErrorKind::missing_feed);
    self.session->feed_(std::move(data));
    return {};
}

CallResult<std::int64_t> Imports::limit(Contract& self) {
    self.session->tell_import(self.id, "limit");
    return static_cast<std::int64_t>(self.session->calls_.ancestor(0)->element.limit);
}

CallResult<std::int64_t> Imports::spent(Contract& self) {
    self.session->tell_import(self.id, "spent");
    return static_cast<std::int64_t>(self.session->calls_.ancestor(0)->element.limit - self.instance->fuel());
}

CallResult<void> Imports::panic(Contract& self, std::uint32_t size) {
    self.session->tell_import(self.id, "panic");
    if (!argument_fits(self, size)) return out_of_bounds();
    if (!is_text(*self.memory, self.argument_buffer, size)) return error(CallErrorKind::not_utf8, "text of a panic");
    const Bytes text = read_argument(self, size);
    return fail(CallError::panicked(std::string(text.begin(), text.end())));
}

CallResult<std::int32_t> Imports::owner(Contract& self, std::uint64_t id_at) {
    constexpr std::uint64_t kOwn = 0;  // an address that is no address
    self.session->tell_import(self.id, "owner");
    ContractId id = self.id;
    if (!self.memory->reaches(id_at, id.size())) return out_of_bounds();
    if (id_at != kOwn) self.memory->read(id_at, MutableByteView(id));
    const auto contract = self.session->find(id);
    if (!contract) return fail(contract.error());
    if (*contract == nullptr) return 0;
    write_argument(self, (*contract)->owner);
    return static_cast<std::int32_t>((*contract)->owner.size());
}

CallResult<void> Imports::self_id(Contract& self) {
    self.session->tell_import(self.id, "self_id");
    write_argument(self, self.id);
    return {};
}

}  // namespace dusk::vm
