//! GraphQL behind `include/dusk_graphql.h`: a schema that is read from text, whose values come from the caller.

use std::ffi::c_void;
use std::sync::{Arc, Mutex};

use async_graphql::dynamic::{Field, FieldFuture, FieldValue, InputValue, Object, Scalar, Schema, TypeRef};
use async_graphql::futures_util::FutureExt;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};
use async_graphql::{BatchRequest, BatchResponse, Error, Lookahead, PathSegment, Request, Value};
use serde_json::{Map, Value as Json};

use crate::{guard, slice};

const DONE: i32 = 0;
const NO_REQUEST: i32 = 1;
const QUERY: &str = "Query";

type Write = extern "C" fn(*mut c_void, *const u8, usize);
type Resolve =
    extern "C" fn(*mut c_void, *const u8, usize, *const u8, usize, *const u8, usize, *mut Answer);

/// Where a resolver puts its value.
pub struct Answer(Option<Result<Json, String>>);

/// The caller's resolver, for the time of one call of `dusk_graphql_execute`.
struct Host {
    resolve: Resolve,
    context: *mut c_void,
    /// Under which name the first field stands in the answer that got an error: the crate does not say it.
    failed: Arc<Mutex<Option<String>>>,
}
// SAFETY: the future that holds it is polled on the calling thread alone, and is done when the call returns.
unsafe impl Send for Host {}
// SAFETY: as above.
unsafe impl Sync for Host {}

impl Host {
    fn ask(&self, field: &str, arguments: &Json, selection: &Json) -> Result<Json, String> {
        let (arguments, selection) = (arguments.to_string(), selection.to_string());
        let mut answer = Answer(None);
        (self.resolve)(
            self.context,
            field.as_ptr(),
            field.len(),
            arguments.as_ptr(),
            arguments.len(),
            selection.as_ptr(),
            selection.len(),
            &mut answer,
        );
        answer.0.unwrap_or_else(|| Err("no value was given".into()))
    }
}

fn selection_of(ahead: &Lookahead) -> Json {
    let mut out = Map::new();
    for field in ahead.selection_fields() {
        collect(&mut out, field);
    }
    Json::Object(out)
}

fn collect(out: &mut Map<String, Json>, field: async_graphql::SelectionField) {
    for child in field.selection_set() {
        let inner = out.entry(child.name()).or_insert_with(|| Json::Object(Map::new()));
        if let Json::Object(inner) = inner {
            collect(inner, child);
        }
    }
}

fn type_ref(from: &Type) -> TypeRef {
    let base = match &from.base {
        BaseType::Named(name) => TypeRef::named(name.to_string()),
        BaseType::List(inner) => TypeRef::List(Box::new(type_ref(inner))),
    };
    if from.nullable { base } else { TypeRef::NonNull(Box::new(base)) }
}

/// Objects stay as they are until their fields are asked for; all else is a value.
fn field_value(json: Json, of_object: bool) -> FieldValue<'static> {
    match json {
        Json::Array(items) if of_object => FieldValue::list(items.into_iter().map(|item| field_value(item, true))),
        Json::Object(_) if of_object => FieldValue::owned_any(json),
        other => FieldValue::value(Value::from_json(other).unwrap_or_default()),
    }
}

fn base_name(of: &Type) -> &str {
    match &of.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(inner) => base_name(inner),
    }
}

fn field(definition: &FieldDefinition, of_query: bool, objects: &[String]) -> Field {
    let name = definition.name.node.to_string();
    let of_object = objects.iter().any(|object| object == base_name(&definition.ty.node));
    let known_as = name.clone();
    let mut out = Field::new(name, type_ref(&definition.ty.node), move |ctx| {
        let name = known_as.clone();
        FieldFuture::new(async move {
            let json = if of_query {
                let mut arguments = Map::new();
                for (key, value) in ctx.args.as_index_map() {
                    arguments.insert(key.to_string(), value.clone().into_json()?);
                }
                let selection = selection_of(&ctx.ctx.look_ahead());
                let host = ctx.ctx.data::<Host>()?;
                let field = ctx.ctx.field();
                host.ask(&name, &Json::Object(arguments), &selection).map_err(|text| {
                    let key = field.alias().unwrap_or(field.name()).to_string();
                    host.failed.lock().expect("one thread").get_or_insert(key);
                    Error::new(text)
                })?
            } else {
                let parent = ctx.parent_value.try_downcast_ref::<Json>()?;
                parent.get(&name).cloned().unwrap_or(Json::Null)
            };
            Ok((!json.is_null()).then(|| field_value(json, of_object)))
        })
    });
    for argument in &definition.arguments {
        let argument = &argument.node;
        let mut value = InputValue::new(argument.name.node.to_string(), type_ref(&argument.ty.node));
        if let Some(default) = &argument.default_value {
            value = value.default_value(default.node.clone());
        }
        out = out.argument(value);
    }
    out
}

fn build(sdl: &str, depth: usize, complexity: usize) -> Option<Schema> {
    let document = parse_schema(sdl).ok()?;
    let types: Vec<_> = document
        .definitions
        .iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(one) => Some(&one.node),
            _ => None,
        })
        .collect();
    let objects: Vec<String> = types
        .iter()
        .filter(|one| matches!(one.kind, TypeKind::Object(_)))
        .map(|one| one.name.node.to_string())
        .collect();
    let mut builder = Schema::build(QUERY, None, None);
    for one in types {
        let name = one.name.node.to_string();
        match &one.kind {
            TypeKind::Object(object) => {
                let of_query = name == QUERY;
                let mut out = Object::new(name);
                for definition in &object.fields {
                    out = out.field(field(&definition.node, of_query, &objects));
                }
                builder = builder.register(out);
            }
            TypeKind::Scalar => {
                let mut out = Scalar::new(name);
                if let Some(text) = &one.description {
                    out = out.description(text.node.clone());
                }
                builder = builder.register(out);
            }
            _ => return None,
        }
    }
    if depth > 0 {
        builder = builder.limit_depth(depth);
    }
    if complexity > 0 {
        builder = builder.limit_complexity(complexity);
    }
    builder.finish().ok()
}

/// Nothing here waits, so that one poll is enough.
fn run(schema: &Schema, request: Request, host: &Host) -> async_graphql::Response {
    let failed = Arc::new(Mutex::new(None));
    let host = Host { resolve: host.resolve, context: host.context, failed: failed.clone() };
    let mut out = schema.execute(request.data(host)).now_or_never().expect("no resolver waits");
    // One error of the caller's ends the whole answer, as in the released node.
    if let Some(key) = failed.lock().expect("one thread").take() {
        out.data = Value::Null;
        out.errors.truncate(1);
        for error in &mut out.errors {
            if error.path.is_empty() {
                error.path.push(PathSegment::Field(key.clone()));
            }
        }
    }
    out
}

fn execute(schema: &Schema, request: &[u8], host: &Host) -> Result<String, String> {
    let request: BatchRequest = serde_json::from_slice(request).map_err(|error| error.to_string())?;
    let response = match request {
        BatchRequest::Single(one) => BatchResponse::Single(run(schema, one, host)),
        BatchRequest::Batch(all) => {
            BatchResponse::Batch(all.into_iter().map(|one| run(schema, one, host)).collect())
        }
    };
    Ok(serde_json::to_string(&response).expect("an answer is JSON"))
}

/// See `dusk_graphql.h`.
///
/// # Safety
/// `sdl` is valid for `sdl_size` bytes.
#[no_mangle]
pub unsafe extern "C" fn dusk_graphql_schema_new(
    sdl: *const u8,
    sdl_size: usize,
    depth: usize,
    complexity: usize,
) -> *mut Schema {
    // SAFETY: the caller vouches for it.
    let sdl = unsafe { slice(sdl, sdl_size) };
    let built = std::panic::catch_unwind(|| build(std::str::from_utf8(sdl).ok()?, depth, complexity));
    built.ok().flatten().map_or(std::ptr::null_mut(), |schema| Box::into_raw(Box::new(schema)))
}

/// See `dusk_graphql.h`.
///
/// # Safety
/// `schema` comes from `dusk_graphql_schema_new` and is not used any more.
#[no_mangle]
pub unsafe extern "C" fn dusk_graphql_schema_free(schema: *mut Schema) {
    if !schema.is_null() {
        // SAFETY: the caller vouches for it.
        drop(unsafe { Box::from_raw(schema) });
    }
}

/// See `dusk_graphql.h`.
///
/// # Safety
/// `answer` is the one that the resolver was given; `json` is valid for `json_size` bytes.
#[no_mangle]
pub unsafe extern "C" fn dusk_graphql_answer_value(answer: *mut Answer, json: *const u8, json_size: usize) {
    // SAFETY: the caller vouches for both.
    let (answer, json) = unsafe { (&mut *answer, slice(json, json_size)) };
    answer.0 = Some(serde_json::from_slice(json).map_err(|_| "a value is no JSON".into()));
}

/// See `dusk_graphql.h`.
///
/// # Safety
/// `answer` is the one that the resolver was given; `text` is valid for `text_size` bytes.
#[no_mangle]
pub unsafe extern "C" fn dusk_graphql_answer_error(answer: *mut Answer, text: *const u8, text_size: usize) {
    // SAFETY: the caller vouches for both.
    let (answer, text) = unsafe { (&mut *answer, slice(text, text_size)) };
    answer.0 = Some(Err(String::from_utf8_lossy(text).into_owned()));
}

/// See `dusk_graphql.h`.
///
/// # Safety
/// `schema` is a live schema, `request` is valid for `request_size` bytes, and the functions may be called with their
/// contexts.
#[no_mangle]
pub unsafe extern "C" fn dusk_graphql_execute(
    schema: *const Schema,
    request: *const u8,
    request_size: usize,
    resolve: Resolve,
    resolve_context: *mut c_void,
    write: Write,
    write_context: *mut c_void,
) -> i32 {
    // SAFETY: the caller vouches for both.
    let (schema, request) = unsafe { (&*schema, slice(request, request_size)) };
    let host = Host { resolve, context: resolve_context, failed: Arc::default() };
    guard(|| {
        let (text, outcome) = match execute(schema, request, &host) {
            Ok(answer) => (answer, DONE),
            Err(reason) => (reason, NO_REQUEST),
        };
        write(write_context, text.as_ptr(), text.len());
        outcome
    })
}

/// See `dusk_graphql.h`.
///
/// # Safety
/// `schema` is a live schema, and `write` may be called with its context.
#[no_mangle]
pub unsafe extern "C" fn dusk_graphql_sdl(schema: *const Schema, write: Write, write_context: *mut c_void) -> i32 {
    // SAFETY: the caller vouches for it.
    let schema = unsafe { &*schema };
    guard(|| {
        let text = schema.sdl();
        write(write_context, text.as_ptr(), text.len());
        DONE
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SDL: &str = "type Block { height: Int! hash: String! json: JSON! txs: [Tx!]! }
        type Tx { id: String! }
        scalar JSON
        type Query { block(height: Int!): Block blocks(range: [Int!]): [Block!]! }";

    extern "C" fn resolve(
        _: *mut c_void,
        field: *const u8,
        field_size: usize,
        arguments: *const u8,
        arguments_size: usize,
        selection: *const u8,
        selection_size: usize,
        answer: *mut Answer,
    ) {
        // SAFETY: as `ask` calls it.
        let (field, arguments, selection) = unsafe {
            (slice(field, field_size), slice(arguments, arguments_size), slice(selection, selection_size))
        };
        let arguments: Json = serde_json::from_slice(arguments).unwrap();
        let block = format!(
            r#"{{"height": {}, "hash": "aa", "json": {}, "txs": [{{"id": "t1"}}, {{"id": "t2"}}]}}"#,
            arguments["height"].as_u64().unwrap_or(7),
            std::str::from_utf8(selection).unwrap()
        );
        let text = match (field, arguments["height"].as_u64()) {
            (b"block", Some(0)) => "null".to_string(),
            // SAFETY: the answer is the one that was given.
            (b"block", Some(13)) => unsafe {
                return dusk_graphql_answer_error(answer, b"no luck".as_ptr(), 7);
            },
            (b"block", _) => block,
            _ => format!("[{block}]"),
        };
        // SAFETY: the answer is the one that was given.
        unsafe { dusk_graphql_answer_value(answer, text.as_ptr(), text.len()) };
    }

    fn host() -> Host {
        Host { resolve, context: std::ptr::null_mut(), failed: Arc::default() }
    }

    fn ask(query: &str) -> String {
        let schema = build(SDL, 5, 20).unwrap();
        let request = serde_json::json!({ "query": query }).to_string();
        execute(&schema, request.as_bytes(), &host()).unwrap()
    }

    #[test]
    fn values_come_from_the_caller() {
        assert_eq!(ask("{ block(height: 3) { height a: hash } }"), r#"{"data":{"block":{"height":3,"a":"aa"}}}"#);
        assert_eq!(ask("{ block(height: 0) { height } }"), r#"{"data":{"block":null}}"#);
        assert_eq!(
            ask("{ blocks(range: [1, 2]) { txs { id } } }"),
            r#"{"data":{"blocks":[{"txs":[{"id":"t1"},{"id":"t2"}]}]}}"#
        );
    }

    #[test]
    fn the_caller_is_told_what_is_asked_for() {
        assert_eq!(
            ask("{ block(height: 3) { json txs { id } ...F } } fragment F on Block { hash }"),
            r#"{"data":{"block":{"json":{"hash":{},"json":{},"txs":{"id":{}}},"txs":[{"id":"t1"},{"id":"t2"}],"hash":"aa"}}}"#
        );
    }

    #[test]
    fn errors_are_worded_as_in_the_released_node() {
        assert_eq!(
            ask("{ nope }"),
            r#"{"data":null,"errors":[{"message":"Unknown field \"nope\" on type \"Query\".","locations":[{"line":1,"column":3}]}]}"#
        );
        assert_eq!(
            ask("{ a: block(height: 3) { height } b: block(height: 13) { height } }"),
            r#"{"data":null,"errors":[{"message":"no luck","locations":[{"line":1,"column":34}],"path":["b"]}]}"#
        );
    }

    #[test]
    fn deep_and_wide_queries_are_refused() {
        assert!(ask("{ __schema { types { fields { type { ofType { name } } } } } }").contains("too deep"));
        let wide: String = (0..30).map(|i| format!("a{i}: block(height: 1) {{ hash }} ")).collect();
        assert!(ask(&format!("{{ {wide} }}")).contains("too complex"));
    }

    #[test]
    fn requests_that_are_none() {
        let schema = build(SDL, 0, 0).unwrap();
        assert!(execute(&schema, b"{", &host()).unwrap_err().starts_with("EOF while parsing"));
        assert!(build("type Query {", 0, 0).is_none());
    }
}
