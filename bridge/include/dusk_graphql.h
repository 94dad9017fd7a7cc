/* GraphQL by the crate async-graphql: parsing, validation, introspection, limits and the form of answers. The caller
 * brings the schema as text, and the values. */
#ifndef DUSK_GRAPHQL_H
#define DUSK_GRAPHQL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DUSK_GRAPHQL_DONE 0
#define DUSK_GRAPHQL_NO_REQUEST 1 /* the request is not the JSON of one; the reason was written instead of an answer */

typedef struct dusk_graphql_schema dusk_graphql_schema;
typedef struct dusk_graphql_answer dusk_graphql_answer;

/* Of object types, scalars and the type Query; at most `depth` fields deep, at most `complexity` fields (0: any number).
 * Null where the text is no schema. Freed by `dusk_graphql_schema_free`; used by any number of threads. */
dusk_graphql_schema *dusk_graphql_schema_new(const uint8_t *sdl, size_t sdl_size, size_t depth, size_t complexity);
void dusk_graphql_schema_free(dusk_graphql_schema *schema);

/* Takes bytes that are valid during the call. */
typedef void (*dusk_graphql_write)(void *context, const uint8_t *bytes, size_t size);
/* Gives the value of a field of Query: calls one of the two functions below once. `arguments`: a JSON object.
 * `selection`: the fields that are asked for, {"header": {"height": {}}}. Must not throw. */
typedef void (*dusk_graphql_resolve)(void *context, const uint8_t *field, size_t field_size, const uint8_t *arguments,
                                     size_t arguments_size, const uint8_t *selection, size_t selection_size,
                                     dusk_graphql_answer *answer);
/* JSON: objects with a member for each field that was asked for, lists of them, scalars, null. */
void dusk_graphql_answer_value(dusk_graphql_answer *answer, const uint8_t *json, size_t json_size);
void dusk_graphql_answer_error(dusk_graphql_answer *answer, const uint8_t *text, size_t text_size);

/* `request`: {"query", "operationName", "variables"} or a list of such, JSON. What is written is the answer, JSON. One
 * of the outcomes above, or DUSK_BRIDGE_PANIC (nothing was written). */
int32_t dusk_graphql_execute(const dusk_graphql_schema *schema, const uint8_t *request, size_t request_size,
                             dusk_graphql_resolve resolve, void *resolve_context, dusk_graphql_write write,
                             void *write_context);
/* Writes the schema in the form of the released node. */
int32_t dusk_graphql_sdl(const dusk_graphql_schema *schema, dusk_graphql_write write, void *write_context);

#ifdef __cplusplus
}
#endif

#endif
