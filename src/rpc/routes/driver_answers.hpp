// What drivers are asked for, and the rules for who may upload one (spec/interfaces.md §6.3, §6.4).
#pragma once

#include "rpc/drivers/driver_shelf.hpp"
#include "rpc/request_body.hpp"

namespace dusk::rpc {

// `method`: get_schema, get_version; encode_input_fn:NAME of a text in JSON; decode_input_fn:NAME,
// decode_output_fn:NAME, decode_event:TOPIC of bytes. 404: no driver, or no such method; 500: the driver refuses.
[[nodiscard]] HttpResponse driver_answer(DriverShelf& shelf, const ledger::ContractId& contract,
                                         std::string_view method, const RequestBody& body);

// `signature`: hexadecimal, 48 bytes, by the owner's key (96 bytes), over SHA3-256 of the code. The error is the
// answer: 500 where the owner is no key or the signature not his; 400 where it is no signature, or the code no driver.
[[nodiscard]] Result<StoredDriver, HttpResponse> signed_driver(ByteView code, std::string_view signature,
                                                               ByteView owner);

}  // namespace dusk::rpc
